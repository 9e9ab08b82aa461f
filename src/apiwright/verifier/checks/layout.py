"""Every file that the blueprint asks for is there, whatever is imported exists, and nothing lies about."""

import ast
import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from apiwright.blueprint import Blueprint
from apiwright.kit.casing import snake
from apiwright.kit.inflection import plural
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Outcome
from apiwright.verifier.report import Finding, Level

_SUPPORT = (
    "README.md", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "blueprint.yaml", ".env.example", ".gitignore",
    ".dockerignore", "Dockerfile", "compose.yaml", ".github/workflows/ci.yml", "main.py", "alembic.ini", "migrations/env.py",
    "app/__init__.py", "app/main.py", "app/dependencies.py", "app/core/config.py", "app/core/database.py", "app/core/errors.py",
    "app/core/pagination.py", "app/core/logging.py", "app/models/base.py", "app/repositories/base.py", "app/routers/health.py",
    "tests/conftest.py", "tests/test_openapi.py",
)  # fmt: skip
_AUTH = ("app/core/security.py", "app/routers/auth.py", "tests/test_auth.py")
_KNOWN_KINDS = re.compile(r"\.(py|md|toml|txt|ya?ml|ini|cfg|json|mako|lock|sh|sql|html|css|js|svg|png|typed|example|pem|csv)$")
_PROGRAM = 'if __name__ == "__main__":'
_KNOWN_NAMES = frozenset({"Dockerfile", "Makefile", "LICENSE", "Procfile", "justfile", "CODEOWNERS"})


class Layout:
    """Compares the project's files with what its own blueprint asks for."""

    name: ClassVar[str] = "layout"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ()

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        project = bench.project
        findings = [*project.odd, *project.blueprint_problems(), *_missing(project), *_strays(project), *_dangling_imports(project)]
        return Outcome(findings=tuple(findings), detail=f"{len(project.files)} files")


def _missing(project: Project) -> list[Finding]:
    wanted = [*_SUPPORT]
    if project.blueprint is not None:
        wanted += _AUTH if project.blueprint.auth else ()
        wanted += entity_files(project.blueprint)
    findings = [Finding(message="This file is missing.", path=path) for path in wanted if not _present(path, project.files)]
    if not any(re.match(r"migrations/versions/\w+\.py$", path) for path in project.files):
        findings.append(Finding(message="There is no migration.", path="migrations/versions"))
    return findings


def entity_files(blueprint: Blueprint) -> list[str]:
    """The four files of each entity, and its tests where it has routes."""
    paths: list[str] = []
    for entity in blueprint.entities:
        one, many = snake(entity.name), snake(entity.plural or plural(entity.name))
        paths += [f"app/{room}/{one}.py" for room in ("models", "schemas", "repositories")]
        paths += [f"app/routers/{many}.py", f"tests/test_{many}.py"]
    return paths


def _present(path: str, files: Mapping[str, str]) -> bool:
    """A name that is a word of Python, or taken, may end in underscores."""
    return path in files or any(f"{path.removesuffix('.py')}{'_' * more}.py" in files for more in (1, 2))


def _strays(project: Project) -> list[Finding]:
    """Files that are of no known kind, and modules of the application that nothing imports."""
    findings = [
        Finding(message="This is no file of a project.", path=path)
        for path in project.files
        if not (_KNOWN_KINDS.search(path) or path.rsplit("/", 1)[-1] in _KNOWN_NAMES or path.rsplit("/", 1)[-1].startswith("."))
    ]
    imported = {name for path in project.python for name, _ in _imports(path, project.files[path])}
    for path in project.python:
        name = _module(path)
        if path.startswith("app/") and not path.endswith("__init__.py") and name not in imported and _PROGRAM not in project.files[path]:
            findings.append(Finding(message="Nothing imports this module.", path=path))
    return findings


def _dangling_imports(project: Project) -> list[Finding]:
    """Imports of the project's own modules that are not there."""
    modules = {_module(path) for path in project.python}
    packages = {".".join(name.split(".")[: depth + 1]) for name in modules for depth in range(name.count(".") + 1)}
    own = {name.split(".")[0] for name in modules}
    findings: list[Finding] = []
    for path in project.python:
        for name, line in _imports(path, project.files[path]):
            parent = name.rpartition(".")[0]
            if name.split(".")[0] in own and name not in packages and parent not in modules:
                findings.append(Finding(message=f"It imports {name}, which is not there.", path=path, line=line))
    return findings


def _imports(path: str, text: str) -> Iterable[tuple[str, int]]:
    """Dotted names that a module imports: of `from app.models import user` both `app.models` and `app.models.user`."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    package = _module(path).split(".") if path.endswith("__init__.py") else _module(path).split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base, node.lineno
            yield from ((f"{base}.{alias.name}", node.lineno) for alias in node.names)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
