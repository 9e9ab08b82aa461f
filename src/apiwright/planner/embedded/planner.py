"""The embedded planner: rules and a catalogue, no network, no model weights."""

from typing import TYPE_CHECKING

from apiwright.blueprint import Blueprint
from apiwright.planner.embedded.accounts import choose_account
from apiwright.planner.embedded.building import build, default_blueprint
from apiwright.planner.embedded.decide import decide
from apiwright.planner.embedded.intake import (
    checked,
    is_foreign,
    mentions_backend,
    refuse_foreign,
    refuse_nonsense,
    refuse_other_wishes,
)
from apiwright.planner.embedded.reading import read
from apiwright.planner.embedded.spelling import Spelling
from apiwright.planner.protocol import Tell, unheard

if TYPE_CHECKING:
    from apiwright.blueprint.changes import Change


class EmbeddedPlanner:
    """Reads English prompts. The same prompt gives the same blueprint, always and everywhere."""

    @property
    def name(self) -> str:
        """What users choose it by."""
        return "embedded"

    def plan(self, prompt: str, *, tell: Tell = unheard) -> Blueprint:  # noqa: ARG002 - over before there is anything to tell
        """The blueprint that the prompt describes, with what was assumed.

        Raises:
            PromptError: The prompt says nothing that a backend could be built on.
        """
        prompt = checked(prompt)
        refuse_other_wishes(prompt)
        spelling = Spelling(prompt)
        notes = read(spelling.text)
        decision = decide(notes)
        foreign = is_foreign(prompt)
        if not decision.chosen and choose_account(notes, decision) is None:
            if foreign:
                raise refuse_foreign()
            if not mentions_backend(prompt):
                raise refuse_nonsense()
            return default_blueprint(prompt)
        if foreign:
            if all(item.entry is None for item in decision.chosen.values()):
                raise refuse_foreign()
            decision.assumptions.append("Parts of the prompt are not English and were not read.")
        return build(notes, decision, spelling)

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> "tuple[Change, ...]":  # noqa: ARG002
        """The changes that a request asks for, all of them or none.

        Raises:
            PromptError: Some of the request is not understood; its diagnostics tell which words.
        """
        from apiwright.planner.embedded.revise import revise  # noqa: PLC0415 - `plan` does without it

        return revise(blueprint, prompt)
