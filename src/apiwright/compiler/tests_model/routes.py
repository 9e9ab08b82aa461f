"""Who calls a route in its tests, and who is refused."""

from msgspec import Struct

from apiwright.compiler.project_model import OperationModel, PairActionModel, TransitionModel
from apiwright.compiler.python_source import Code


class CallerModel(Struct, frozen=True, kw_only=True):
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


class RouteTests(Struct, frozen=True, kw_only=True):
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


class OperationTests(RouteTests, frozen=True, kw_only=True):
    """One of the five.

    Attributes:
        payload_fixtures: Parameters of a test that makes this caller and a payload.
    """

    operation: OperationModel
    payload_fixtures: Code


class TransitionTests(RouteTests, frozen=True, kw_only=True):
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


class PairTests(RouteTests, frozen=True, kw_only=True):
    """A pair of actions."""

    action: PairActionModel
    through: Code
    path: Code
    undo_path: Code
