"""The planner that asks a language model, beginning with what the embedded one makes of the words."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change, apply, diff, widened
from apiwright.diagnostics import Diagnostic
from apiwright.errors import ModelError, PromptError
from apiwright.planner.choice import ModelChoice
from apiwright.planner.llm.asking import Interview
from apiwright.planner.llm.authoring import Author, Commission
from apiwright.planner.llm.budget import Budget, Meter
from apiwright.planner.llm.origins import with_origins
from apiwright.planner.llm.outline import Outline, RevisedOutline
from apiwright.planner.llm.vendors import open_model
from apiwright.planner.protocol import Planner, Progress, Tell, unheard

_NO_WORDS = frozenset({"prompt-empty", "prompt-too-long", "prompt-binary", "prompt-no-words"})
"""Refusals that hold whoever reads the prompt; others are of rules that read English only."""
_SHOWN = 20


class EnhancedPlanner:
    """Plans and revises with a model, within a budget for each generation.

    Args:
        choice: Of the model.
        budget: Of one generation.
        drafter: Makes the draft that the model begins with.
        spent: What the generation has used already, where its work is taken up again.
    """

    def __init__(self, choice: ModelChoice, *, budget: Budget, drafter: Planner, spent: Mapping[str, Any] | None = None) -> None:
        self._choice, self._budget, self._drafter, self._spent = choice, budget, drafter, spent

    @property
    def name(self) -> str:
        """What users know it by: `vendor:model`."""
        return self._choice.name

    def plan(self, prompt: str, *, tell: Tell = unheard) -> Blueprint:
        """The blueprint that the prompt describes. Must not be called within a running event loop.

        Raises:
            PromptError: There are no words to read.
            ModelError: The model could not do its part.
        """
        draft = self._draft(prompt)
        _, blueprint = self._write(Commission(request=prompt, draft=draft, revision=False), tell)
        blueprint = with_origins(blueprint, draft, self.name)
        if draft is None:
            return blueprint
        changes = [change.sentence for change in diff(draft, blueprint)]
        tell(Progress(phase="changes", message=_told(changes), share=1.0, data={"changes": changes}))
        wider = tuple(f"More people than by our rules are let in: {item.sentence}" for item in widened(draft, blueprint))
        return blueprint.model_copy(update={"assumptions": tuple(dict.fromkeys((*blueprint.assumptions, *wider)))})

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> tuple[Change, ...]:
        """The changes that a request asks for. Must not be called within a running event loop.

        Raises:
            PromptError: There is nothing to do.
            ModelError: The model could not do its part.
        """
        understood = self._understood(blueprint, prompt)
        base = apply(blueprint, understood)
        commission = Commission(request=prompt, draft=base, revision=True, read_as=[change.sentence for change in understood])
        outline, revised = self._write(commission, tell)
        # What was assumed when it was made stays true, whatever a model says of its own.
        assumptions = tuple(dict.fromkeys((*base.assumptions, *revised.assumptions)))
        revised = with_origins(revised, base, self.name).model_copy(update={"prompt": base.prompt, "assumptions": assumptions})
        changes = (*understood, *diff(base, revised, renamed=_renamed(outline)))
        if not changes:
            message = "Nothing is to be changed: it is all so already."
            raise PromptError([Diagnostic(code="request-empty", message=message, hint="Say what is to be different.")])
        return changes

    def _draft(self, prompt: str) -> Blueprint | None:
        try:
            return self._drafter.plan(prompt)
        except PromptError as error:
            if any(item.code in _NO_WORDS for item in error.diagnostics):
                raise
            return None

    def _understood(self, blueprint: Blueprint, prompt: str) -> tuple[Change, ...]:
        try:
            return self._drafter.revise(blueprint, prompt)
        except PromptError as error:
            if any(item.code in _NO_WORDS for item in error.diagnostics):
                raise
            return ()

    def _write(self, commission: Commission, tell: Tell) -> tuple[Outline, Blueprint]:
        tell = _rising(tell)

        def on_count(meter: Meter) -> None:
            tell(Progress(phase="usage", message=meter.sentence(), share=0.0, data={"spent": meter.as_dict()}))

        meter = Meter(self._budget, self.name, spent=self._spent, on_count=on_count)
        try:
            return asyncio.run(self._written(commission, meter, tell))
        finally:
            tell(Progress(phase="usage", message=meter.account(), share=1.0, data={"usage": meter.as_dict()}))

    async def _written(self, commission: Commission, meter: Meter, tell: Tell) -> tuple[Outline, Blueprint]:
        def on_wait(error: ModelError, seconds: float) -> None:
            waiting = {"code": error.code, "seconds": seconds}
            tell(Progress(phase="wait", message=f"{error} Asking again in {seconds:.0f} s.", share=0.0, data={"waiting": waiting}))

        # Clients belong to the event loop that they are used in, so each generation has its own.
        async with open_model(self._choice) as model:
            interview = Interview(model, self._choice, meter, on_wait)
            return await Author(interview, commission, tell, self.name).write()


def _told(changes: Sequence[str]) -> str:
    """For people; programs are told all of them."""
    count = f"{len(changes)} change{'' if len(changes) == 1 else 's'} to the draft"
    more = [f"and {len(changes) - _SHOWN} more"] if len(changes) > _SHOWN else []
    return f"{count}: {'; '.join([*changes[:_SHOWN], *more])}" if changes else f"{count}."


def _rising(tell: Tell) -> Tell:
    """The same listener, to whom no share of the work ever falls."""
    highest = 0.0

    def told(step: Progress) -> None:
        nonlocal highest
        highest = max(highest, step.share)
        tell(replace(step, share=highest))

    return told


def _renamed(outline: Outline) -> dict[str, str]:
    return {item.was: item.now for item in outline.renamed} if isinstance(outline, RevisedOutline) else {}
