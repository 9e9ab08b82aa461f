"""The stages as the product has them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from apiwright import pipeline
from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change, Widening
from apiwright.filetree import FileTree
from apiwright.pipeline import Emit
from apiwright.pipeline.extending import Extended, extend
from apiwright.pipeline.proof import Step, prove, requirements_of
from apiwright.pipeline.requests import request_changes, unasked_widenings
from apiwright.pipeline.revision import Revised, Wish, revise
from apiwright.pipeline.versions import History
from apiwright.planner import Planner
from apiwright.planner.writing import Writer
from apiwright.verifier import Level, Standby, VerificationReport
from apiwright.workflows.stages import Planning


class CoreStages:
    """Runs the pipeline's own functions.

    Args:
        planner_of: Makes the planner that is asked for.
        writer_of: Makes the writer that is asked for; None where nobody is to write.
        reader: Knows rules only; what it reads in a request is what the request plainly says.
    """

    def __init__(
        self, planner_of: Callable[[Planning], Planner], *, writer_of: Callable[[Planning], Writer | None], reader: Planner
    ) -> None:
        self._planner_of, self._writer_of, self._reader = planner_of, writer_of, reader
        self._standby = Standby()
        self._proven: tuple[str, Level] | None = None

    def plan(self, prompt: str, *, planning: Planning, emit: Emit) -> Blueprint:
        return pipeline.plan(prompt, planner=self._planner_of(planning), emit=emit)

    def changes(self, blueprint: Blueprint, prompt: str, *, planning: Planning, emit: Emit) -> Sequence[Change]:
        return request_changes(blueprint, prompt, planner=self._planner_of(planning), emit=emit)

    def unasked(self, blueprint: Blueprint, prompt: str, changes: Sequence[Change]) -> Sequence[Widening]:
        return unasked_widenings(blueprint, prompt, changes, reader=self._reader)

    def code(self, blueprint: Blueprint, *, emit: Emit) -> FileTree:
        return pipeline.code(blueprint, emit=emit)

    def extend(  # noqa: PLR0913 - keyword-only
        self, blueprint: Blueprint, tree: FileTree, *, request: str, planning: Planning, deep: bool, emit: Emit
    ) -> Extended:
        access = planning["model"]
        spent = access["spent"] if access is not None else None
        return extend(blueprint, tree, writer=self._writer_of(planning), request=request, spent=spent, emit=emit, deep=deep)

    def revise(self, history: History, changes: Sequence[Change], wish: Wish) -> Revised:
        return revise(history, changes, wish)

    def review(self, directory: Path, *, level: Level, emit: Emit) -> VerificationReport:
        self._proven = requirements_of(directory), level
        return pipeline.review(directory, level=level, emit=emit, standby=self._standby)

    def prove(self, directory: Path, step: Step, *, level: Level, emit: Emit) -> VerificationReport:
        self._proven = requirements_of(directory), level
        return prove(directory, step, level=level, emit=emit, standby=self._standby)

    def rest(self) -> None:
        if self._proven is not None:
            requirements, level = self._proven
            self._proven = None
            self._standby.prepare(requirements, level=level)
