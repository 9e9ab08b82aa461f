"""Mode `auto`: a language model plans, and where it cannot, the embedded planner does, and that is told."""

from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change
from apiwright.errors import ModelError
from apiwright.planner.protocol import Planner, Progress, Tell, unheard


class AutoPlanner:
    """Asks `first`; when its model fails, `second`."""

    def __init__(self, first: Planner, second: Planner) -> None:
        self._first, self._second = first, second

    @property
    def name(self) -> str:
        """What users know it by."""
        return self._first.name

    def plan(self, prompt: str, *, tell: Tell = unheard) -> Blueprint:
        """The blueprint that the prompt describes; with the fallback among its assumptions, when there was one.

        Raises:
            PromptError: The prompt says nothing that a backend could be built on.
        """
        try:
            return self._first.plan(prompt, tell=tell)
        except ModelError as error:
            self._tell_fallback(error, tell)
            blueprint = self._second.plan(prompt, tell=tell)
            note = f"{self._first.name} could not plan this ({error.code}); the {self._second.name} planner did."
            return blueprint.model_copy(update={"assumptions": (*blueprint.assumptions, note)})

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> tuple[Change, ...]:
        """The changes that a request asks for.

        Raises:
            PromptError: Some of the request is not understood.
        """
        try:
            return self._first.revise(blueprint, prompt, tell=tell)
        except ModelError as error:
            self._tell_fallback(error, tell)
            return self._second.revise(blueprint, prompt, tell=tell)

    def _tell_fallback(self, error: ModelError, tell: Tell) -> None:
        fallback = {"planner": self._second.name, "code": error.code, "reason": str(error)}
        message = f"{error} The {self._second.name} planner goes on."
        tell(Progress(message=message, share=1.0, phase="fallback", data={"fallback": fallback}))
