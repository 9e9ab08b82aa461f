"""The code of extensions by a model: one question for each module and its tests. What comes back is text, and is not trusted."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from apiwright.errors import ModelError
from apiwright.planner.choice import ModelChoice
from apiwright.planner.llm.asking import Interview, Question
from apiwright.planner.llm.budget import Budget, Meter
from apiwright.planner.llm.vendors import open_model
from apiwright.planner.llm.wording import EXTENSION, as_text, extension_words
from apiwright.planner.protocol import Progress, Tell, unheard
from apiwright.planner.writing import Assignment, Draft, Drafts

_AT_ONCE = 4
_STAGE = "extensions"
_SCHEMA: dict[str, Any] = {
    "title": "Sources",
    "type": "object",
    "additionalProperties": False,
    "required": ["module", "test"],
    "properties": {
        "module": {"type": "string", "description": "The whole text of the Python module."},
        "test": {"type": "string", "description": "The whole text of the Python module with its tests."},
    },
}


class ExtensionWriter:
    """Writes with a model, within what is left of the budget of a generation."""

    def __init__(self, choice: ModelChoice, *, budget: Budget) -> None:
        self._choice, self._budget = choice, budget

    @property
    def name(self) -> str:
        """What users know it by: `vendor:model`."""
        return self._choice.name

    def write(
        self, request: str, assignments: Sequence[Assignment], *, spent: Mapping[str, Any] | None = None, tell: Tell = unheard
    ) -> Drafts:
        """See `Writer`. Must not be called within a running event loop."""

        def on_count(meter: Meter) -> None:
            tell(Progress(phase="usage", message=meter.sentence(), share=0.0, data={"spent": meter.as_dict()}))

        meter = Meter(self._budget, self.name, spent=spent, on_count=on_count)
        try:
            return asyncio.run(_Desk(self._choice, meter, request, tell).drafts(assignments))
        finally:
            tell(Progress(phase="usage", message=meter.account(), share=1.0, data={"usage": meter.as_dict()}))


class _Desk:
    """One round of questions. Who fails for a reason that holds for all ends the round: what is under way is finished."""

    def __init__(self, choice: ModelChoice, meter: Meter, request: str, tell: Tell) -> None:
        self._choice, self._meter, self._request, self._tell = choice, meter, request, tell
        self._written: dict[str, Draft] = {}
        self._unusable: dict[str, str] = {}
        self._failure: ModelError | None = None
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def drafts(self, assignments: Sequence[Assignment]) -> Drafts:
        # Clients belong to the event loop that they are used in, so each round has its own.
        async with open_model(self._choice) as model:
            interview = Interview(model, self._choice, self._meter, self._wait)
            await asyncio.gather(*(self._one(interview, item) for item in assignments))
        return Drafts(written=self._written, unusable=self._unusable, failure=self._failure)

    async def _one(self, interview: Interview, assignment: Assignment) -> None:
        async with self._turns:
            if self._failure is not None:
                return
            words = as_text(extension_words(self._request, assignment))
            question = Question(stage=_STAGE, instructions=EXTENSION, words=words, schema=_SCHEMA)
            try:
                answer = await interview.ask(question, _unshown)
            except ModelError as error:
                if error.code == "unusable":
                    self._unusable[assignment.name] = str(error)
                else:
                    self._failure = error
                return
            module, test = answer.get("module"), answer.get("test")
            if isinstance(module, str) and isinstance(test, str):
                self._written[assignment.name] = Draft(module, test)
            else:
                self._unusable[assignment.name] = "The answer has not both texts, `module` and `test`."

    def _wait(self, error: ModelError, seconds: float) -> None:
        waiting = {"code": error.code, "seconds": seconds}
        self._tell(Progress(phase="wait", message=f"{error} Asking again in {seconds:.0f} s.", share=0.0, data={"waiting": waiting}))


def _unshown(_: Mapping[str, Any]) -> None:
    """Code in the making is shown to nobody."""
