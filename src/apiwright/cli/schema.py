"""`apiwright schema`: the published shape of blueprints."""

import json

from apiwright.blueprint import json_schema


def command() -> None:
    """Print the JSON schema of blueprints, for editors and other programs."""
    print(json.dumps(json_schema(), indent=2))
