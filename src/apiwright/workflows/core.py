"""The stages as the product has them."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from apiwright import pipeline
from apiwright.blueprint import Blueprint
from apiwright.blueprint.changes import Change
from apiwright.filetree import FileTree
from apiwright.pipeline import Emit
from apiwright.pipeline.proof import Step, prove
from apiwright.pipeline.revision import Revised, Wish, revise
from apiwright.pipeline.versions import History
from apiwright.planner import Planner
from apiwright.verifier import Level, VerificationReport
from apiwright.workflows.stages import Mode


class CoreStages:
    """Plans with the planner that the mode names, and runs the pipeline's own functions."""

    def __init__(self, planners: Mapping[Mode, Planner]) -> None:
        self._planners = planners

    def plan(self, prompt: str, *, mode: Mode, emit: Emit) -> Blueprint:
        return pipeline.plan(prompt, planner=self._planners[mode], emit=emit)

    def changes(self, blueprint: Blueprint, prompt: str, *, mode: Mode, emit: Emit) -> Sequence[Change]:  # noqa: ARG002 - the protocol's
        return self._planners[mode].revise(blueprint, prompt)

    def code(self, blueprint: Blueprint, *, emit: Emit) -> FileTree:
        return pipeline.code(blueprint, emit=emit)

    def revise(self, history: History, changes: Sequence[Change], wish: Wish) -> Revised:
        return revise(history, changes, wish)

    def review(self, directory: Path, *, level: Level, emit: Emit) -> VerificationReport:
        return pipeline.review(directory, level=level, emit=emit)

    def prove(self, directory: Path, step: Step, *, level: Level, emit: Emit) -> VerificationReport:
        return prove(directory, step, level=level, emit=emit)
