"""`python -m tests.fakes.serve`: the service as it is, with scripted stages."""

import sys

from apiwright.bootstrap.settings import settings_from
from apiwright.cli.serve import run
from apiwright.errors import ApiwrightError


def main() -> None:
    """As the settings in the environment say."""
    try:
        run(settings_from(), stages_factory="tests.fakes.stages:stages")
    except ApiwrightError as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
