"""The stages as the product has them."""

from collections.abc import Mapping
from pathlib import Path

from apiwright import pipeline
from apiwright.blueprint import Blueprint
from apiwright.filetree import FileTree
from apiwright.pipeline import Emit
from apiwright.planner import Planner
from apiwright.verifier import Level, VerificationReport
from apiwright.workflows.stages import Mode


class CoreStages:
    """Plans with the planner that the mode names, and runs the pipeline's own functions."""

    def __init__(self, planners: Mapping[Mode, Planner]) -> None:
        self._planners = planners

    def plan(self, prompt: str, *, mode: Mode, emit: Emit) -> Blueprint:
        return pipeline.plan(prompt, planner=self._planners[mode], emit=emit)

    def code(self, blueprint: Blueprint, *, emit: Emit) -> FileTree:
        return pipeline.code(blueprint, emit=emit)

    def review(self, directory: Path, *, level: Level, emit: Emit) -> VerificationReport:
        return pipeline.review(directory, level=level, emit=emit)
