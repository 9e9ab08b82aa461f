"""What the templates of generated tests print, resolved: see `project_model` for the rules on text.

Values come in two forms, as Python source: `json` is what a client sends, `value` what a row holds.
"""

from dataclasses import dataclass

from apiwright.compiler.project_model import (
    AuthModel,
    CountModel,
    EntityModel,
    FieldModel,
    OperationModel,
    PairActionModel,
    RelationModel,
    TransitionModel,
)
from apiwright.compiler.python_source import Code


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleModel:
    """Values of one field.

    Attributes:
        key: Name in payloads, as a literal.
        attribute: Name in Python classes.
        value, json: What factories and payloads hold; with `number` in it where values must differ.
        fixed_value, fixed_json: One constant value.
        other_json: Another constant value; empty when there is none.
        distinct: How many different values there are, as far as that matters.
        numbered: Whether values must differ from row to row.
        values: Two JSON values, or the only one.
    """

    field: FieldModel
    key: Code
    attribute: Code
    value: Code
    json: Code
    fixed_value: Code
    fixed_json: Code
    other_json: Code
    distinct: int
    numbered: bool
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentModel:
    """A link that a factory fills when it is not given.

    Attributes:
        attribute: Of the row, as an identifier; `literal` the same as text, `key` its name in payloads as text.
        make: Expression that makes the target and answers with its id.
        json: The same as a payload has it (text; a list of one for many_to_many).
    """

    relation: RelationModel
    attribute: Code
    literal: Code
    key: Code
    make: Code
    json: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class CallerModel:
    """Who makes a request.

    Attributes:
        arrange: Statement that makes the account `caller`; empty when no token is needed.
        headers: `, headers=authorization(caller)`, or nothing.
        row: Statement that makes a row which this caller reaches.
        make: The same as an expression.
    """

    arrange: Code
    headers: Code
    row: Code
    make: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTests:
    """What is tested of one route on a row or a collection.

    Attributes:
        caller: Somebody who may call it.
        fixtures: Parameters of a test that makes this caller and no row.
        login: Without a token the answer is 401.
        role: A plain account is told 403.
        stranger: Another account's row is answered with `hidden`.
        privileged: Somebody with a role who reaches everybody's rows although owners have to own them; or None.
    """

    caller: CallerModel
    fixtures: Code
    login: bool
    role: bool
    stranger: bool
    hidden: int
    privileged: CallerModel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationTests(RouteTests):
    """One of the five.

    Attributes:
        payload_fixtures: Parameters of a test that makes this caller and a payload.
    """

    operation: OperationModel
    payload_fixtures: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionTests(RouteTests):
    """A transition: from each of `sources` it succeeds, from `forbidden` (empty when there is no such state) it does not.

    Attributes:
        row: Statement that makes a row of this caller in the state `source`.
        stamp: The key of the stamp; empty without one.
    """

    transition: TransitionModel
    path: Code
    row: Code
    key: Code
    sources: Code
    forbidden: Code
    target: Code
    stamp: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class PairTests(RouteTests):
    """A pair of actions."""

    action: PairActionModel
    through: Code
    path: Code
    undo_path: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterCase:
    """One query string and whether it finds the row."""

    parameter: Code
    text: Code
    found: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFilter:
    """A filter by the id of a linked row: its parameter as a literal, and the attribute of the row that holds the id."""

    name: Code
    parameter: Code
    attribute: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongValue:
    """A member of the payload with a value that it refuses."""

    key: Code
    json: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a payload may set."""

    key: Code
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A rule that a second row breaks.

    Attributes:
        name: Part of the test's name.
        make: Expression that makes the first row, for `caller`.
        refers: Whether `payload` refers to it, as `stored`.
        payload: Expression of a payload that has in common with it what must be unique.
    """

    name: Code
    make: Code
    refers: bool
    payload: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksTests:
    """A many_to_many of the entity that create can set."""

    relation: RelationModel
    key: Code
    make: Code
    parameter: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTests:
    """A link that may only lead to the caller's own rows: its name, its key, and how a row of somebody else is made."""

    name: Code
    key: Code
    make: Code
    many: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildTests:
    """Rows of another entity that point here, and what deleting a row does to them.

    Attributes:
        name: Part of the test's name.
        make: Expression that makes the child of the row.
        rule: `cascade`, `restrict` or `set_null`.
    """

    name: Code
    make: Code
    model: Code
    attribute: Code
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTests:
    """A count and how to raise it by one."""

    count: CountModel
    key: Code
    make: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTests:
    """Everything that the tests of one entity print.

    Attributes:
        module: Name of the test module, `test_<router_module>`.
        imports: What it imports from the factories.
        variable: Local variable of a row.
        path: Path of the collection, as a literal; `row_path` and `nowhere` are the insides of f-strings.
        make_row: Statement that makes a row of nobody in particular.
        make_account: Expression that makes a plain account.
        factory, payload: Names of the functions that make a row and a payload.
        make_payload: Expression of the payload for `caller`; `account` entities have a password in it.
        samples: Fields that a row or payload has, in order.
        create_samples: Those that payloads have.
        parents, payload_parents: Links that the factory, or the payload, must fill.
        wrong: Values that create and update refuse.
        locked_keys: Keys of members that only the server sets.
        needed: Keys that create must have.
        read_keys: Keys of the payload that the answer repeats.
        hidden_keys: Keys of the payload that no answer has.
        update: Dict display of one new value for each member that update takes; empty when there is none.
        paged: Whether a list test may make three rows for one caller and find no others.
        filtered_row: Statement that makes the row which `filters` are about, for `caller`.
        own_account_listed: That row is the caller, and is made by this statement too.
        searched: Text that `q` finds; empty when nothing is searched.
        unlinked: Links that payloads may have.
    """

    entity: EntityModel
    module: str
    imports: tuple[Code, ...]
    variable: Code
    path: Code
    row_path: Code
    nowhere: Code
    make_row: Code
    make_account: Code
    factory: Code
    payload: Code
    make_payload: Code
    model: Code
    account_hint: Code
    samples: tuple[SampleModel, ...]
    create_samples: tuple[SampleModel, ...]
    parents: tuple[ParentModel, ...]
    payload_parents: tuple[ParentModel, ...]
    numbered: bool
    payload_numbered: bool
    uses_owner: bool
    owner_parameter: Code
    payload_uses_owner: bool
    payload_needed: bool
    create: OperationTests | None
    list: OperationTests | None
    read: OperationTests | None
    update: OperationTests | None
    delete: OperationTests | None
    wrong: tuple[WrongValue, ...]
    needed: tuple[Code, ...]
    hidden_keys: tuple[Code, ...]
    locked_keys: tuple[Code, ...]
    update_json: Code
    paged: bool
    filtered_row: Code
    own_account_listed: bool
    filters: tuple[FilterCase, ...]
    link_filters: tuple[LinkFilter, ...]
    searched: Code
    unlinked: tuple[Link, ...]
    conflicts: tuple[Conflict, ...]
    links: tuple[LinksTests, ...]
    foreign: tuple[ForeignTests, ...]
    children: tuple[ChildTests, ...]
    counts: tuple[CountTests, ...]
    transitions: tuple[TransitionTests, ...]
    pair_actions: tuple[PairTests, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsModel:
    """All tests.

    Attributes:
        made: The entities whose rows factories can make.
        first_role: A role that is not `user`, as a literal; empty when there is none.
    """

    entities: tuple[EntityTests, ...]
    made: tuple[EntityTests, ...]
    auth: AuthModel | None
    account: EntityTests | None
    roles: bool
    first_role: Code
    account_path: Code
    login_key: Code
    login_attribute: Code
