"""Every file that the blueprint asks for is there, whatever is imported exists, and nothing lies about."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from apiwright.blueprint import Blueprint, Entity
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
_COPY = re.compile(r"^(?:COPY|ADD)[ \t]+(?:--(?!from)\S+[ \t]+)*(?P<what>[^\[\s-][^\n]*?)[ \t]+\S+[ \t]*$", re.MULTILINE | re.IGNORECASE)
_PIN = re.compile(r"^([a-z0-9][a-z0-9.-]*)(?:\[[^\]]*\])?==", re.MULTILINE)
_PATTERN = re.compile(r"[*?$:\[]")
_PROGRAM = 'if __name__ == "__main__":'
_KNOWN_NAMES = frozenset({"Dockerfile", "Makefile", "LICENSE", "Procfile", "justfile", "CODEOWNERS"})


Imports = Mapping[str, list[tuple[str, int]] | None]


class Layout:
    """Compares the project's files with what its own blueprint asks for."""

    name: ClassVar[str] = "layout"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ()

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        project = bench.project
        findings = [*project.odd, *project.blueprint_problems(), *_missing(project)]
        imports = {path: _imports(path, project.files[path]) for path in project.python}
        findings += [
            *_strays(project, imports),
            *_dangling_imports(imports),
            *_not_to_copy(project.files),
            *_not_installed(project.files, imports),
        ]
        return Outcome(findings=tuple(findings), detail=f"{len(project.files)} files")


def _missing(project: Project) -> list[Finding]:
    wanted = [*_SUPPORT]
    if project.blueprint is not None:
        wanted += _AUTH if project.blueprint.auth else ()
        wanted += entity_files(project.blueprint)
        wanted += extension_files(project.blueprint)
    findings = [Finding(message="This file is missing.", path=path) for path in wanted if not _present(path, project.files)]
    if not any(re.match(r"migrations/versions/\w+\.py$", path) for path in project.files):
        findings.append(Finding(message="There is no migration.", path="migrations/versions"))
    return findings


def entity_files(blueprint: Blueprint) -> list[str]:
    """The files of each entity; its router and its tests where anybody may ask it for anything."""
    paths: list[str] = []
    for entity in blueprint.entities:
        one, many = snake(entity.name), snake(entity.plural or plural(entity.name))
        paths += [f"app/{room}/{one}.py" for room in ("models", "schemas", "repositories")]
        paths += [f"app/routers/{many}.py", f"tests/test_{many}.py"] if _is_asked(entity) else []
    return paths


def _is_asked(entity: Entity) -> bool:
    actions = (*entity.transitions, *entity.pair_actions, *entity.endpoints)
    return any(entity.access.of(item) for item in entity.operations) or any(item.access for item in actions)


def extension_files(blueprint: Blueprint) -> list[str]:
    """The module of each extension, its tests, and the tests of the calls to it."""
    paths: list[str] = []
    for entity in blueprint.entities:
        one, many = snake(entity.name), snake(entity.plural or plural(entity.name))
        for item in entity.extensions:
            paths += [f"app/extensions/{one}/{item.name}.py", f"tests/extensions/{one}/test_{item.name}.py"]
        paths += [f"tests/wiring/test_{many}.py"] if entity.extensions else []
    return [*paths, "app/extensions/__init__.py", "tests/stand_ins.py"] if paths else []


def _offered_nowhere(blueprint: Blueprint) -> Iterable[str]:
    """The files of entities that have no route to a row of their own: only pair actions of others make them."""
    for entity in blueprint.entities:
        operations = any(entity.access.of(item) for item in entity.operations)
        about_rows = (item for item in entity.endpoints if item.scope == "row")
        if not operations and not any(item.access for item in (*entity.transitions, *entity.pair_actions, *about_rows)):
            for path in entity_files(blueprint.model_copy(update={"entities": (entity,)})):
                yield from (path, f"{path.removesuffix('.py')}_.py")


def _present(path: str, files: Mapping[str, str]) -> bool:
    """A name that is a word of Python, or taken, may end in underscores."""
    if path in files:
        return True
    folder, _, name = path.rpartition("/")
    stem = name.removesuffix(".py")
    return any(f"{folder}{'_' * above}/{stem}{'_' * more}.py" in files for above in (0, 1, 2) for more in (0, 1, 2))


def _strays(project: Project, imports: Imports) -> list[Finding]:
    """Files that are of no known kind, and modules of the application that nothing imports."""
    findings = [
        Finding(message="This is no file of a project.", path=path)
        for path in project.files
        if not (_KNOWN_KINDS.search(path) or path.rsplit("/", 1)[-1] in _KNOWN_NAMES or path.rsplit("/", 1)[-1].startswith("."))
    ]
    if None in imports.values():
        return findings  # what a module imports that does not parse is not known
    imported = {name for names in imports.values() for name, _ in names or ()}
    imported |= {_module(path) for path in (_offered_nowhere(project.blueprint) if project.blueprint else ())}
    return findings + [
        Finding(message="Nothing imports this module.", path=path)
        for path in project.python
        if path.startswith("app/")
        and not path.endswith("__init__.py")
        and _module(path) not in imported
        and _PROGRAM not in project.files[path]
    ]


def _dangling_imports(imports: Imports) -> list[Finding]:
    """Imports of the project's own modules that are not there."""
    modules = {_module(path) for path in imports}
    packages = {".".join(name.split(".")[: depth + 1]) for name in modules for depth in range(name.count(".") + 1)}
    own = {name.split(".")[0] for name in modules}
    findings: list[Finding] = []
    for path, names in imports.items():
        for name, line in names or ():
            parent = name.rpartition(".")[0]
            if name.split(".")[0] in own and name not in packages and parent not in modules:
                findings.append(Finding(message=f"It imports {name}, which is not there.", path=path, line=line))
    return findings


def _not_to_copy(files: Mapping[str, str]) -> Iterator[Finding]:
    """What the image is to hold, and is not there."""
    for found in _COPY.finditer(files.get("Dockerfile", "")):
        for name in (word.removeprefix("./").rstrip("/") for word in found["what"].split()):
            there = name in {"", "."} or name in files or any(path.startswith(f"{name}/") for path in files)
            if not there and not _PATTERN.search(name):
                line = found.string.count("\n", 0, found.start()) + 1
                yield Finding(message=f"It copies {name}, which is not there.", path="Dockerfile", line=line)


def _not_installed(files: Mapping[str, str], imports: Imports) -> Iterator[Finding]:
    """What the application imports and only a developer's environment has."""
    running, developing = (set(_PIN.findall(files.get(name, "").lower())) for name in ("requirements.txt", "requirements-dev.txt"))
    for path, names in imports.items():
        for root, line in {name.split(".")[0]: line for name, line in names or ()}.items() if path.startswith("app/") else ():
            plain = root.lower().replace("_", "-")
            package = next((name for name in (plain, f"py{plain}", f"python-{plain}") if name in developing), None)
            if package is not None and package not in running:
                yield Finding(message=f"It imports {root}: requirements.txt has no {package}.", path=path, line=line)


def _imports(path: str, text: str) -> list[tuple[str, int]] | None:
    """Dotted names that a module imports, of `from app.models import user` both `app.models` and `app.models.user`, with their lines.

    None for a module that does not parse.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return None
    package = _module(path).split(".") if path.endswith("__init__.py") else _module(path).split(".")[:-1]
    found: list[tuple[str, int]] = []
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            found += [(base, node.lineno), *((f"{base}.{alias.name}", node.lineno) for alias in node.names)]
    return found


def _statements(block: ast.AST) -> Iterator[ast.AST]:
    """All of a module, however deep; expressions, which are most of it, hold none."""
    for part in ("body", "handlers", "orelse", "finalbody", "cases"):
        for node in getattr(block, part, ()):
            yield node
            yield from _statements(node)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
