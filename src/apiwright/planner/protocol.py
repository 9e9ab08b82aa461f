"""What every planner is."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct, field

from apiwright.blueprint import Blueprint

if TYPE_CHECKING:  # thirty models that planning a first version does without
    from apiwright.blueprint.changes import Change


class Progress(Struct, frozen=True, kw_only=True):
    """One step of a planner that takes its time.

    Attributes:
        phase: What it is about: `outline`, `entity:Todo`; empty for the whole.
        message: A sentence for people.
        share: How much of the planning is done, 0 to 1; never falls.
        data: What programs read: `partial` (names so far), `changes` (to the draft), `spent` (so far), `usage` (in all), `fallback`.
    """

    message: str
    share: float
    phase: str = ""
    data: Mapping[str, Any] = field(default_factory=dict[str, Any])


Tell = Callable[[Progress], None]


def unheard(_: Progress) -> None:
    """For whoever does not listen."""


class Reader(Protocol):
    """Understands a prompt. `name` is what users know it by, e.g. `embedded`, `google:gemini-2.5-flash`."""

    @property
    def name(self) -> str: ...

    def plan(self, prompt: str, *, tell: Tell = unheard) -> Blueprint:
        """The blueprint that the prompt describes; it holds together (`validate` finds no error), and tells its assumptions.

        Raises:
            PromptError: The prompt says nothing that a backend could be built on.
            ModelError: A language model is what plans, and it could not do its part.
        """
        ...


class Planner(Reader, Protocol):
    """Understands requests to change what there is, too."""

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> "tuple[Change, ...]":
        """The changes that a request asks for; `apply` makes the next blueprint of them, which holds together.

        Raises:
            PromptError: Some of the request is not understood; its diagnostics tell which words. Nothing is changed then.
            ModelError: A language model is what plans, and it could not do its part.
        """
        ...
