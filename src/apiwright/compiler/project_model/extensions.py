"""What code of the project answers for, and how the generated code calls it: computed fields, hooks, endpoints."""

from typing import Literal

from msgspec import Struct

from apiwright.blueprint import Field
from apiwright.compiler.project_model.fields import FieldModel
from apiwright.compiler.project_model.routes import Guard
from apiwright.compiler.python_source import Code

ExtensionKind = Literal["computed", "hook", "endpoint"]


class ExtensionModel(Struct, frozen=True, kw_only=True):
    """The module of one extension.

    Attributes:
        entity, name, description: As the blueprint has them.
        where: Its place in the blueprint, e.g. `entities.Order.computed.total`.
        package, module: Names in `app.extensions`.
        function: Name of the function that the module has; `local` is what it is imported as.
        parameters, returns: Its signature.
        body: Statement of the stub; empty where the docstring is enough.
        title: What it is called in texts: `Order.total`.
        purpose: First line of the function's docstring.
        words: What is to be written, escaped.
        meanwhile: What happens until it is.
    """

    kind: ExtensionKind
    entity: str
    name: str
    description: str
    where: str
    package: Code
    module: Code
    function: Code
    local: Code
    parameters: Code
    returns: Code
    body: Code
    title: Code
    purpose: Code
    words: Code
    meanwhile: Code

    @property
    def dotted(self) -> Code:
        """Name of the module as it is imported."""
        return Code(f"app.extensions.{self.package}.{self.module}")

    @property
    def test_name(self) -> Code:
        """Part of a test's name."""
        return Code(self.name)

    @property
    def path(self) -> str:
        """Where the module lies."""
        return f"app/extensions/{self.package}/{self.module}.py"

    @property
    def test_path(self) -> str:
        """Where its tests lie."""
        return f"tests/extensions/{self.package}/test_{self.name}.py"


class ComputedModel(Struct, frozen=True, kw_only=True):
    """A member of answers that an extension works out.

    Attributes:
        field: As a field of the blueprint would have it.
        read: Line of the Read schema after the attribute's name.
        found: Variable with the values by id.
    """

    extension: ExtensionModel
    field: Field
    name: str
    attribute: Code
    read: Code
    found: Code

    @property
    def name_code(self) -> Code:
        """Part of a test's name."""
        return Code(self.name)


class HookModel(Struct, frozen=True, kw_only=True):
    """A call before or after an operation."""

    extension: ExtensionModel
    moment: Literal["before", "after"]
    operation: Literal["create", "update", "delete"]


class HooksModel(Struct, frozen=True, kw_only=True):
    """The hooks of an entity, by when they run."""

    before_create: tuple[HookModel, ...] = ()
    after_create: tuple[HookModel, ...] = ()
    before_update: tuple[HookModel, ...] = ()
    after_update: tuple[HookModel, ...] = ()
    before_delete: tuple[HookModel, ...] = ()
    after_delete: tuple[HookModel, ...] = ()

    @property
    def every(self) -> tuple[HookModel, ...]:
        """All of them."""
        return tuple(item for name in self.__struct_fields__ for item in getattr(self, name))

    @property
    def on_create(self) -> bool:
        """Whether some run around create."""
        return bool(self.before_create or self.after_create)

    @property
    def on_update(self) -> bool:
        """Whether some run around update."""
        return bool(self.before_update or self.after_update)

    @property
    def on_delete(self) -> bool:
        """Whether some run around delete."""
        return bool(self.before_delete or self.after_delete)


class EndpointModel(Struct, frozen=True, kw_only=True):
    """A route whose answer an extension gives.

    Attributes:
        row: Whether it is about one row, which is looked up within the caller's reach.
        reads: Whether it is a GET, whose arguments are in the query string.
        decorator: `get` or `post`.
        path: The last segment.
        request, answer: Payload classes; empty where nothing is sent or answered.
        arguments, members: Members of the two.
        reach: The condition on the rows that it may be about, for a collection of which callers reach their own rows only; else empty.
        parameter: `, payload: ...`, where something is sent.
        returned: What the route answers: `answer`, or `None`; `gives` is the word before the call.
        called: Arguments of the extension after the context.
    """

    extension: ExtensionModel
    guard: Guard
    row: bool
    reads: bool
    decorator: Code
    function: Code
    operation_id: str
    hidden: Literal[403, 404]
    path: str
    path_literal: Code
    request: Code
    answer: Code
    arguments: tuple[FieldModel, ...]
    members: tuple[FieldModel, ...]
    summary: Code
    statuses: tuple[int, ...]
    problems: Code
    caller: Code
    scope: Code
    reach: Code
    context: Code
    parameter: Code
    returned: Code
    gives: Code
    called: Code
