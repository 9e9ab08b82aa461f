"""What the files around the application print: README, packaging, containers, CI."""

from msgspec import Struct

from apiwright.compiler.python_source import Code


class Setting(Struct, frozen=True, kw_only=True):
    """One environment variable, its default and what it is for, as Markdown; `example` is its line in `.env.example`."""

    name: Code
    default: Code
    meaning: Code
    example: Code


class Endpoint(Struct, frozen=True, kw_only=True):
    """One row of the README's table."""

    method: Code
    path: Code
    who: Code
    what: Code


class EndpointGroup(Struct, frozen=True, kw_only=True):
    """The endpoints under one heading."""

    heading: Code
    text: Code
    endpoints: tuple[Endpoint, ...]


class ExtensionRow(Struct, frozen=True, kw_only=True):
    """One row of the README's table of extensions."""

    what: Code
    module: Code
    tests: Code


class SupportModel(Struct, frozen=True, kw_only=True):
    """Everything around the application.

    Attributes:
        slug: Name of the distribution; `database` the same with underscores, as a database may be called.
        title, description: Markdown; `summary` the title as a quoted string.
        postgresql: Whether PostgreSQL is the database that it was asked for.
        auth, roles: Whether there are accounts, and roles.
        diagram: Lines of a Mermaid `erDiagram`.
        dependencies, dev_dependencies: Requirements with bounds, quoted.
        pins, dev_pins: Exact requirements, one a line; `dev_pins` are a whole lock as well.
    """

    slug: Code
    database: Code
    title: Code
    description: Code
    summary: Code
    postgresql: bool
    auth: bool
    roles: bool
    assumptions: tuple[Code, ...]
    diagram: tuple[Code, ...]
    settings: tuple[Setting, ...]
    groups: tuple[EndpointGroup, ...]
    extensions: tuple[ExtensionRow, ...]
    dependencies: tuple[Code, ...]
    dev_dependencies: tuple[Code, ...]
    pins: tuple[Code, ...]
    dev_pins: tuple[Code, ...]
