"""What the workflow needs done, and in which words it asks for it. Stages run in a process of their own (see `stage_child`)."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypedDict

from apiwright.errors import ApiwrightError

if TYPE_CHECKING:
    # What asks for stages is not to load the compiler and the verifier.
    from apiwright.blueprint import Blueprint
    from apiwright.blueprint.changes import Change, Widening
    from apiwright.filetree import FileTree
    from apiwright.pipeline import Emit
    from apiwright.pipeline.extending import Extended
    from apiwright.pipeline.proof import Step
    from apiwright.pipeline.revision import Revised, Wish
    from apiwright.pipeline.versions import History
    from apiwright.store import Generation
    from apiwright.verifier import Level, VerificationReport


class ModelAccess(TypedDict):
    """A language model and how to reach it. It goes to the process of the stage through a pipe, and is written down nowhere.

    `name` is `vendor:model`; `budget` has the caps of the generation, `spent` what it has used already; `absent` says why it cannot
    be had.
    """

    name: str
    key: str | None
    url: str | None
    budget: dict[str, Any]
    spent: dict[str, Any] | None
    absent: str | None


class Planning(TypedDict):
    """Who plans: in modes `enhanced` and `auto` the model, if there is one."""

    mode: str
    model: ModelAccess | None


class Models(Protocol):
    """Knows who plans."""

    async def planning_of(self, generation: "Generation") -> Planning:
        """As the generation was asked for, with its user's key or the service's, as they are now."""
        ...


class Stages(Protocol):
    """The pipeline's stages, as `pipeline` has them, with the planner that is asked for."""

    def plan(self, prompt: str, *, planning: Planning, emit: "Emit") -> "Blueprint": ...

    def changes(self, blueprint: "Blueprint", prompt: str, *, planning: Planning, emit: "Emit") -> "Sequence[Change]": ...

    def unasked(self, blueprint: "Blueprint", prompt: str, changes: "Sequence[Change]") -> "Sequence[Widening]":
        """What changes open wider though the request does not say so."""
        ...

    def code(self, blueprint: "Blueprint", *, emit: "Emit") -> "FileTree": ...

    def extend(  # noqa: PLR0913 - keyword-only
        self, blueprint: "Blueprint", tree: "FileTree", *, request: str, planning: Planning, deep: bool, emit: "Emit"
    ) -> "Extended":
        """The project with what its blueprint only names, as far as the model that plans could write it; none writes nothing.

        `deep`: whether the checks of that level have to find nothing in it.
        """
        ...

    def revise(self, history: "History", changes: "Sequence[Change]", wish: "Wish") -> "Revised": ...

    def review(self, directory: Path, *, level: "Level", emit: "Emit") -> "VerificationReport": ...

    def prove(self, directory: Path, step: "Step", *, level: "Level", emit: "Emit") -> "VerificationReport": ...

    def rest(self) -> None:
        """Called when an answer has been given: the time to get ready for the next proof."""
        ...


class PlanRequest(TypedDict):
    """`database` is what the user chose, if they did."""

    stage: Literal["plan"]
    prompt: str
    planning: Planning
    database: str | None


class ChangeRequest(TypedDict):
    """`records` are the records of the versions so far; `to_version` is the one to go back to, in their counting.

    In this and the next ones `directory` is an empty one for the request alone, in which files may be left behind.
    """

    stage: Literal["change"]
    kind: str
    prompt: str
    planning: Planning
    records: list[dict[str, str]]
    to_version: int | None
    conversions: list[dict[str, Any]]
    allow_data_loss: bool
    allow_wider_access: bool
    directory: str


class CodeRequest(TypedDict):
    stage: Literal["code"]
    blueprint: dict[str, Any]


class MergeRequest(TypedDict):
    """`files` are the project as its user has it, `generated` the version as it was generated, `steps` the changes."""

    stage: Literal["merge"]
    kind: str
    prompt: str
    files: list[dict[str, str]]
    generated: list[dict[str, str]]
    steps: list[dict[str, Any]]
    allow_data_loss: bool
    directory: str


class ExtendRequest(TypedDict):
    """`files` are the project before, `level` is the proof that it is to have.

    Of a revision `former` are the files of its user, and `told` is the outcome of the merge.
    """

    stage: Literal["extend"]
    blueprint: dict[str, Any]
    files: list[dict[str, str]]
    prompt: str
    planning: Planning
    level: str
    former: list[dict[str, str]] | None
    told: dict[str, Any] | None
    directory: str


class ReviewRequest(TypedDict):
    """`former` is the project before, from which the way is to be proven as well."""

    stage: Literal["review"]
    files: list[dict[str, str]]
    former: list[dict[str, str]] | None
    directory: str
    level: str


StageRequest = PlanRequest | ChangeRequest | CodeRequest | MergeRequest | ExtendRequest | ReviewRequest


class StageFailedError(ApiwrightError):
    """A stage ended with an error that trying again would not mend."""

    def __init__(self, *, code: str, message: str, diagnostics: Sequence[dict[str, str]] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.diagnostics = list(diagnostics)


class StageCrashedError(ApiwrightError):
    """The process of a stage died. Trying again may help."""
