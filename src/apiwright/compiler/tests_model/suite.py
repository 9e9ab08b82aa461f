"""Tests of an entity, and of the whole project."""

from msgspec import Struct

from apiwright.compiler.project_model import AuthModel, EntityModel
from apiwright.compiler.python_source import Code
from apiwright.compiler.tests_model.cases import (
    ChildTests,
    Conflict,
    CountTests,
    Filters,
    ForeignTests,
    Link,
    LinkFilter,
    LinksTests,
)
from apiwright.compiler.tests_model.extensions import StandInModel, WiringTests
from apiwright.compiler.tests_model.routes import OperationTests, PairTests, TransitionTests
from apiwright.compiler.tests_model.rows import ParentModel, SampleModel


class EntityTests(Struct, frozen=True, kw_only=True):
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
        wrong: Dict displays of members that create and update refuse, each of them.
        locked_keys: Keys of members that only the server sets.
        needed: Keys that create must have.
        read_keys: Keys of the payload that the answer repeats.
        hidden_keys: Keys of the payload that no answer has.
        update_json: Dict display of one new value for each member that update takes; `changes`: whether there is any.
        paged: Whether a list test may make three rows for one caller and find no others.
        filtered_row: Statement that makes the row which `filters` are about, for `caller`.
        filters: None when the list has none.
        own_account_listed: That row is the caller, and is made by this statement too.
        searched: Text that `q` finds; empty when nothing is searched.
        wiring: Tests of the calls to its extensions; None when it has none.
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
    wrong: tuple[Code, ...]
    needed: tuple[Code, ...]
    hidden_keys: tuple[Code, ...]
    locked_keys: tuple[Code, ...]
    update_json: Code
    changes: bool
    paged: bool
    filtered_row: Code
    own_account_listed: bool
    filters: Filters | None
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
    wiring: WiringTests | None = None


class TestsModel(Struct, frozen=True, kw_only=True):
    """All tests.

    Attributes:
        made: The entities whose rows factories can make.
        any_used: Whether some of them point to rows of which any will do.
        set_aside: What takes the place of extensions in tests that are not theirs.
        first_role: A role that is not `user`, as a literal; empty when there is none.
    """

    entities: tuple[EntityTests, ...]
    made: tuple[EntityTests, ...]
    any_used: bool
    set_aside: tuple[StandInModel, ...]
    auth: AuthModel | None
    account: EntityTests | None
    roles: bool
    first_role: Code
    account_path: Code
    login_key: Code
    login_attribute: Code
