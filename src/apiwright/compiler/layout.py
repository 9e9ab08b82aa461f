"""Which template makes which file, when, and in which phase of the `code` stage."""

from collections.abc import Callable

from msgspec import Struct

from apiwright.compiler.project_model import EntityModel, ExtensionModel, ProjectModel


class EntityTemplate(Struct, frozen=True, kw_only=True):
    """A template that is rendered for each entity. `target` names the file; None leaves it out."""

    source: str
    target: Callable[[EntityModel], str | None]


class ExtensionTemplate(Struct, frozen=True, kw_only=True):
    """A template that is rendered for each extension of each entity."""

    source: str
    target: Callable[[ExtensionModel], str]


class ProjectTemplate(Struct, frozen=True, kw_only=True):
    """A template that is rendered once, into the path that its own path says.

    Attributes:
        phase: `core`, `support` or `main`.
        when: Whether the project has the file.
    """

    source: str
    phase: str = "core"
    when: Callable[[ProjectModel], bool] = lambda _project: True

    @property
    def target(self) -> str:
        """Path of the file."""
        return self.source.removesuffix(".jinja")


def _has_auth(project: ProjectModel) -> bool:
    return project.auth is not None


def _has_roles(project: ProjectModel) -> bool:
    return project.auth is not None and bool(project.auth.roles)


def _has_extensions(project: ProjectModel) -> bool:
    return project.uses.extensions


CORE = (
    ProjectTemplate(source="app/__init__.py.jinja"),
    ProjectTemplate(source="app/core/__init__.py.jinja"),
    ProjectTemplate(source="app/core/config.py.jinja"),
    ProjectTemplate(source="app/core/database.py.jinja"),
    ProjectTemplate(source="app/core/errors.py.jinja"),
    ProjectTemplate(source="app/core/limits.py.jinja"),
    ProjectTemplate(source="app/core/logging.py.jinja"),
    ProjectTemplate(source="app/core/openapi.py.jinja"),
    ProjectTemplate(source="app/core/pagination.py.jinja"),
    ProjectTemplate(source="app/core/security.py.jinja", when=_has_auth),
    ProjectTemplate(source="app/extensions/__init__.py.jinja", when=_has_extensions),
    ProjectTemplate(source="app/models/base.py.jinja"),
    ProjectTemplate(source="app/models/refresh_token.py.jinja", when=_has_auth),
    ProjectTemplate(source="app/repositories/__init__.py.jinja"),
    ProjectTemplate(source="app/repositories/base.py.jinja"),
    ProjectTemplate(source="app/repositories/refresh_token.py.jinja", when=_has_auth),
    ProjectTemplate(source="app/schemas/__init__.py.jinja"),
    ProjectTemplate(source="app/schemas/base.py.jinja"),
    ProjectTemplate(source="app/routers/__init__.py.jinja"),
    ProjectTemplate(source="app/routers/auth.py.jinja", when=_has_auth),
    ProjectTemplate(source="app/routers/health.py.jinja"),
)
ENTITY = (
    EntityTemplate(source="app/models/__entity__.py.jinja", target=lambda entity: f"app/models/{entity.module}.py"),
    EntityTemplate(source="app/schemas/__entity__.py.jinja", target=lambda entity: f"app/schemas/{entity.module}.py"),
    EntityTemplate(source="app/repositories/__entity__.py.jinja", target=lambda entity: f"app/repositories/{entity.module}.py"),
    EntityTemplate(
        source="app/routers/__entity__.py.jinja", target=lambda entity: f"app/routers/{entity.router_module}.py" if entity.routed else None
    ),
    EntityTemplate(
        source="tests/test___entity__.py.jinja", target=lambda entity: f"tests/test_{entity.router_module}.py" if entity.routed else None
    ),
)
EXTENDED = (
    EntityTemplate(
        source="app/extensions/__entity__/__init__.py.jinja", target=lambda entity: f"app/extensions/{entity.module}/__init__.py"
    ),
    EntityTemplate(
        source="tests/extensions/__entity__/__init__.py.jinja", target=lambda entity: f"tests/extensions/{entity.module}/__init__.py"
    ),
    EntityTemplate(source="tests/wiring/test___entity__.py.jinja", target=lambda entity: f"tests/wiring/test_{entity.router_module}.py"),
)
"""Of entities that have extensions."""
EXTENSION = (
    ExtensionTemplate(source="app/extensions/__entity__/__extension__.py.jinja", target=lambda extension: extension.path),
    ExtensionTemplate(source="tests/extensions/__entity__/test___extension__.py.jinja", target=lambda extension: extension.test_path),
)
SUPPORT = (
    ProjectTemplate(source="README.md.jinja", phase="support"),
    ProjectTemplate(source="pyproject.toml.jinja", phase="support"),
    ProjectTemplate(source="requirements.txt.jinja", phase="support"),
    ProjectTemplate(source="requirements-dev.txt.jinja", phase="support"),
    ProjectTemplate(source=".env.example.jinja", phase="support"),
    ProjectTemplate(source=".gitignore.jinja", phase="support"),
    ProjectTemplate(source=".dockerignore.jinja", phase="support"),
    ProjectTemplate(source="Dockerfile.jinja", phase="support"),
    ProjectTemplate(source="compose.yaml.jinja", phase="support"),
    ProjectTemplate(source=".github/workflows/ci.yml.jinja", phase="support"),
    ProjectTemplate(source="tests/__init__.py.jinja", phase="support"),
    ProjectTemplate(source="tests/conftest.py.jinja", phase="support"),
    ProjectTemplate(source="tests/extensions/__init__.py.jinja", phase="support", when=_has_extensions),
    ProjectTemplate(source="tests/factories.py.jinja", phase="support"),
    ProjectTemplate(source="tests/stand_ins.py.jinja", phase="support", when=_has_extensions),
    ProjectTemplate(source="tests/wiring/__init__.py.jinja", phase="support", when=_has_extensions),
    ProjectTemplate(source="tests/test_auth.py.jinja", phase="support", when=_has_auth),
    ProjectTemplate(source="tests/test_health.py.jinja", phase="support"),
    ProjectTemplate(source="tests/test_openapi.py.jinja", phase="support"),
)
MAIN = (
    ProjectTemplate(source="app/models/__init__.py.jinja", phase="main"),
    ProjectTemplate(source="app/dependencies.py.jinja", phase="main"),
    ProjectTemplate(source="app/grant.py.jinja", phase="main", when=_has_roles),
    ProjectTemplate(source="app/main.py.jinja", phase="main"),
    ProjectTemplate(source="main.py.jinja", phase="main"),
    ProjectTemplate(source="alembic.ini.jinja", phase="main"),
    ProjectTemplate(source="migrations/env.py.jinja", phase="main"),
    ProjectTemplate(source="migrations/script.py.mako.jinja", phase="main"),
    ProjectTemplate(source="migrations/versions/0001_initial.py.jinja", phase="main"),
    ProjectTemplate(source="blueprint.yaml.jinja", phase="main"),
)
PROJECT = (*CORE, *SUPPORT, *MAIN)
