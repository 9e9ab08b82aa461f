"""What the workflow needs done, and in which words it asks for it. Stages run in a process of their own (see `stage_child`)."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict

from apiwright.errors import ApiwrightError

if TYPE_CHECKING:
    # What asks for stages is not to load the compiler and the verifier.
    from apiwright.blueprint import Blueprint
    from apiwright.filetree import FileTree
    from apiwright.pipeline import Emit
    from apiwright.verifier import Level, VerificationReport

Mode = Literal["classic", "enhanced", "auto"]


class Stages(Protocol):
    """The pipeline's stages, as `pipeline` has them, with the planner chosen by mode."""

    def plan(self, prompt: str, *, mode: Mode, emit: "Emit") -> "Blueprint": ...

    def code(self, blueprint: "Blueprint", *, emit: "Emit") -> "FileTree": ...

    def review(self, directory: Path, *, level: "Level", emit: "Emit") -> "VerificationReport": ...


StagesFactory = Callable[[], Stages]


class PlanRequest(TypedDict):
    """`parent` is the blueprint that the new one goes on from, and `database` what the user chose, if they did."""

    stage: Literal["plan"]
    prompt: str
    mode: str
    database: str | None
    parent: dict[str, Any] | None


class CodeRequest(TypedDict):
    stage: Literal["code"]
    blueprint: dict[str, Any]


class ReviewRequest(TypedDict):
    """`directory` is an empty one for this request alone; `files` are written below it."""

    stage: Literal["review"]
    files: list[dict[str, str]]
    directory: str
    level: str


StageRequest = PlanRequest | CodeRequest | ReviewRequest


class StageFailedError(ApiwrightError):
    """A stage ended with an error that trying again would not mend."""

    def __init__(self, *, code: str, message: str, diagnostics: Sequence[dict[str, str]] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.diagnostics = list(diagnostics)


class StageCrashedError(ApiwrightError):
    """The process of a stage died. Trying again may help."""
