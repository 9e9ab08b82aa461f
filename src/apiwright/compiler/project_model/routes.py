"""What can be called, and by whom."""

from typing import Literal

from msgspec import Struct

from apiwright.blueprint import Operation, PairAction, Transition
from apiwright.compiler.project_model.fields import FieldModel
from apiwright.compiler.project_model.relations import EntityRef
from apiwright.compiler.python_source import Code


class Guard(Struct, frozen=True, kw_only=True):
    """Who may call a route. Exactly one of these holds: `public`; `everybody`; or only `roles` and/or `owner` may.

    Attributes:
        public: No token is needed, and every row is in reach.
        everybody: Any valid token will do, and every row is in reach.
        roles: Roles that reach every row, sorted; empty when `public` or `everybody`.
        owner: The owner reaches the own rows; False when `public` or `everybody`.
        allowed: The roles as a Python set display `{"admin", "manager"}`; empty when there are none.
    """

    public: bool
    everybody: bool
    roles: tuple[str, ...]
    owner: bool
    allowed: Code

    @property
    def login(self) -> bool:
        """Whether a token is needed: without one the answer is 401."""
        return not self.public

    @property
    def scoped(self) -> bool:
        """Whether some callers reach only the rows that they own."""
        return self.owner

    @property
    def role_only(self) -> bool:
        """Whether a role is needed, whoever owns the row: without it the answer is 403, whether or not the row is there."""
        return bool(self.roles) and not self.owner


class OperationModel(Struct, frozen=True, kw_only=True):
    """One route of the five. Operations that nobody may call are left out.

    Attributes:
        kind: Which of the five.
        guard: Who may call it.
        function: Name of the endpoint function, e.g. `list_todos`.
        operation_id: The same, as the OpenAPI document has it.
        hidden: What a caller who does not own the row is told, when only the owner may: 404 where the row is not readable
            to everybody logged in, else 403.
        scope: Argument that limits the rows in reach, `arguments` with what else the repository is told.
        context: The call that makes what hooks are told.
        statuses: Error statuses that the document lists, sorted.
    """

    kind: Operation
    guard: Guard
    function: Code
    operation_id: str
    hidden: Literal[403, 404]
    statuses: tuple[int, ...]
    problems: Code
    summary: Code
    caller: Code
    scope: Code
    arguments: Code
    context: Code


class TransitionModel(Struct, frozen=True, kw_only=True):
    """`POST /orders/{order_id}/approve` answers 200 with the row; 409 from a state that is not among its sources.

    Attributes:
        transition: As the blueprint has it.
        field: The enum that moves.
        stamp: The datetime that receives the moment, or None.
        path: Its last segment, e.g. `approve`.
        sources: States it leaves from; never empty (all but the target when the blueprint names none).
        sources_code, target_code: The same as Python source.
    """

    transition: Transition
    field: FieldModel
    stamp: FieldModel | None
    guard: Guard
    function: Code
    operation_id: str
    hidden: Literal[403, 404]
    path: str
    path_literal: Code
    sources: tuple[str, ...]
    sources_code: Code
    target_code: Code
    column_literal: Code
    stamp_literal: Code
    summary: Code
    statuses: tuple[int, ...]
    problems: Code
    caller: Code
    arguments: Code
    scope_parameter: Code


class PairActionModel(Struct, frozen=True, kw_only=True):
    """`POST /posts/{post_id}/like` and `.../unlike`: 204 both, as often as they are called.

    Attributes:
        action: As the blueprint has it.
        through: The entity of the pairs.
        actor_key, subject_key: Its two columns.
        path, undo_path: Last segments.
        guard: Who may act.
        reach: The same, as far as callers may also read the subject.
        hidden: What a caller who does not own the row is told, when only the owner may; see `OperationModel`.
    """

    action: PairAction
    through: EntityRef
    actor_key: str
    subject_key: str
    guard: Guard
    reach: Guard
    hidden: Literal[403, 404]
    function: Code
    undo_function: Code
    operation_id: str
    undo_operation_id: str
    path: str
    undo_path: str
    path_literal: Code
    undo_path_literal: Code
    summary: Code
    undo_summary: Code
    statuses: tuple[int, ...]
    problems: Code
    caller: Code
    arguments: Code
    scope_parameter: Code
    scope_argument: Code
    pair: Code


class CountModel(Struct, frozen=True, kw_only=True):
    """A read-only number in answers.

    Attributes:
        name: Its name in payloads.
        expression: The correlated subquery, as Python source.
        read: Line of the Read schema after the attribute's name.
    """

    name: str
    attribute: Code
    alias: bool
    source: EntityRef
    expression: Code
    read: Code
