"""Every module is Python; every YAML and TOML file is what its name says."""

import tomllib
from typing import ClassVar

import yaml

from apiwright.verifier.protocol import Bench, Outcome, unfinished
from apiwright.verifier.report import Finding, Level


class Parse:
    """Compiles the modules with the project's interpreter, and reads the configuration files."""

    name: ClassVar[str] = "parse"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ()

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        modules = bench.project.python
        answer = bench.sandbox.call("inside.source:parse", paths=modules, seconds=60, copy=False).result()
        findings = list(unfinished(answer, "Parsing"))
        if answer.value:
            findings += [Finding(message=item["message"], path=item["path"], line=item["line"]) for item in answer.value["problems"]]
        configuration = [path for path in bench.project.files if path.endswith((".yaml", ".yml", ".toml"))]
        findings += [finding for path in configuration for finding in _configuration(path, bench.project.files[path])]
        return Outcome(findings=tuple(findings), detail=f"{len(modules)} modules", output=answer.output)


def _configuration(path: str, text: str) -> list[Finding]:
    try:
        if path.endswith(".toml"):
            tomllib.loads(text)
        else:
            for event in yaml.parse(text, Loader=yaml.SafeLoader):
                if isinstance(event, yaml.AliasEvent) and path == "blueprint.yaml":
                    return [Finding(message="An alias is not allowed here.", path=path)]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return [Finding(message=str(getattr(error, "problem", None) or error), path=path, line=mark.line + 1 if mark else None)]
    return []
