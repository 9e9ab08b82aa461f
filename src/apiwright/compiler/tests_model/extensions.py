"""How the calls of extensions are tested: with something in the place of each."""

from msgspec import Struct

from apiwright.compiler.project_model import ComputedModel, EndpointModel, HookModel
from apiwright.compiler.python_source import Code, join, source
from apiwright.compiler.tests_model.cases import WrongValue
from apiwright.compiler.tests_model.routes import RouteTests


class StandInModel(Struct, frozen=True, kw_only=True):
    """What takes the place of an extension: where it is called from, as a literal, and the expression that makes it."""

    place: Code
    made: Code


class ComputedTests(Struct, frozen=True, kw_only=True):
    """A computed field with a value as Python has it, and the comparison that holds for it in an answer."""

    computed: ComputedModel
    place: Code
    key: Code
    value: Code
    same: Code


class CreationTests(Struct, frozen=True, kw_only=True):
    """One way to make a row around which hooks run: create itself, or registering.

    Attributes:
        name: Part of the test's name.
        place: Where the hook is called from.
        arrange: Statement that makes the caller; empty when no token is needed.
    """

    name: Code
    place: Code
    path: Code
    arrange: Code
    headers: Code


class HookTests(Struct, frozen=True, kw_only=True):
    """A hook; `creations` are the ways to make a row, for a hook of create."""

    hook: HookModel
    place: Code
    creations: tuple[CreationTests, ...]


class EndpointTests(RouteTests, frozen=True, kw_only=True):
    """An endpoint.

    Attributes:
        path: Expression of the path for the row of the test; `nowhere` for no row.
        request: Values that are taken, as a dict display.
        keyword: `json` or `params`.
        needed: Keys that must be sent, as literals.
        answer: Values that are answered, as a dict display.
        others: The expression that makes a row of somebody else.
        able: Whether there are values for all that must be sent and answered.
    """

    endpoint: EndpointModel
    place: Code
    path: Code
    nowhere: Code
    keyword: Code
    request: Code
    needed: tuple[Code, ...]
    wrong: tuple[WrongValue, ...]
    answer: Code
    others: Code
    able: bool

    @property
    def needed_keys(self) -> Code:
        """The keys that must be sent, between commas."""
        return join(self.needed)

    @property
    def sent(self) -> Code:
        """The argument by which the client sends the values; empty when there is nothing to send."""
        return source(", <keyword>=<request>", keyword=self.keyword, request=self.request) if self.endpoint.request else Code("")


class WiringTests(Struct, frozen=True, kw_only=True):
    """What is tested of the calls to the extensions of one entity; nothing of what needs rows where none can be made."""

    computed: tuple[ComputedTests, ...]
    hooks: tuple[HookTests, ...]
    endpoints: tuple[EndpointTests, ...]
    set_aside: tuple[StandInModel, ...]
