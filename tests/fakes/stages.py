"""Stages that are quick and do what the prompt tells them, for tests of what runs them.

A prompt may hold directives: `[sleep:review=2]` sleeps before the stage ends, `[hold:review=/a/file]` waits until that file is there,
`[fail:plan]` refuses, `[crash:code]` dies with the whole process, `[stubborn:review]` starts a child process that ignores SIGTERM and
sleeps beside it, `[files=50]` makes so many files more.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from apiwright.blueprint import Blueprint, Entity, Field, dump_yaml
from apiwright.blueprint.changes import AddEntity, Change, Widening, apply
from apiwright.diagnostics import Diagnostic
from apiwright.errors import PromptError
from apiwright.filetree import FileTree, GeneratedFile, diff_trees, merge_trees
from apiwright.pipeline.events import Emit, Event
from apiwright.pipeline.extending import Extended
from apiwright.pipeline.merging import merge_text
from apiwright.pipeline.proof import Step
from apiwright.pipeline.revision import Revised, Wish, read_project_tree
from apiwright.pipeline.versions import History, Version
from apiwright.verifier.report import CheckResult, Finding, Level, VerificationReport
from apiwright.workflows.stages import Planning

CHECKS = ("layout", "lint", "migrations", "tests")
LONGEST_HOLD = 300.0
PHASES = ("core", "entity:Note", "support", "main")


def stages() -> "ScriptedStages":
    """Named to the service as `tests.fakes.stages:stages`."""
    return ScriptedStages()


class ScriptedStages:
    """Does as its prompt says."""

    def plan(self, prompt: str, *, planning: Planning, emit: Emit) -> Blueprint:
        emit(Event(stage="analysis", message="Reading the prompt", progress=0.05, data={"planner": "scripted"}))
        if not re.search(r"[A-Za-z]", prompt):
            raise PromptError([Diagnostic(code="prompt-empty", message="The prompt names nothing.", hint="Name what it keeps.")])
        _obey(prompt, "plan")
        note = Entity(name="Note", fields=(Field(name="title", required=True), Field(name="body", type="text")))
        extra = [Entity(name=name, fields=(Field(name="name", required=True),)) for name in re.findall(r"entity ([A-Z][a-z]+)", prompt)]
        emit(Event(stage="schema", message="Note", progress=0.2, data={"entities": ["Note"]}))
        return Blueprint(name="notes", title="Notes", entities=(note, *extra), prompt=prompt)

    def code(self, blueprint: Blueprint, *, emit: Emit) -> FileTree:
        files: list[GeneratedFile] = []
        for number, phase in enumerate(PHASES, start=1):
            files.append(GeneratedFile(f"app/{phase.replace(':', '_').lower()}.py", f'"""{phase}."""\n', phase))
            emit(Event(stage="code", phase=phase, message="1 file", progress=0.25 + 0.35 * number / len(PHASES), files=(files[-1].path,)))
        _obey(blueprint.prompt or "", "code")
        entities = "".join(f"class {entity.name}: ...\n" for entity in blueprint.entities)
        count = re.search(r"\[files=(\d+)\]", blueprint.prompt or "")
        more = [GeneratedFile(f"app/more/file_{number}.py", f"VALUE = {number}\n") for number in range(int(count[1]) if count else 0)]
        return FileTree(
            [
                *files,
                *more,
                GeneratedFile("app/models.py", entities),
                GeneratedFile("prompt.txt", (blueprint.prompt or "") + "\n"),
                GeneratedFile("blueprint.yaml", dump_yaml(blueprint)),
            ]
        )

    def changes(self, blueprint: Blueprint, prompt: str, *, planning: Planning, emit: Emit) -> Sequence[Change]:
        _obey(prompt, "plan")
        named = re.findall(r"entity ([A-Z][a-z]+)", prompt)
        if not named:
            raise PromptError(
                [Diagnostic(code="request-unclear", message=f'I do not understand "{prompt}".', hint="Say it in other words.")]
            )
        return [AddEntity(entity=Entity(name=name, fields=(Field(name="name", required=True),))) for name in named]

    def unasked(self, blueprint: Blueprint, prompt: str, changes: Sequence[Change]) -> Sequence[Widening]:
        return ()

    def extend(self, blueprint: Blueprint, tree: FileTree, *, request: str, planning: Planning, deep: bool, emit: Emit) -> Extended:
        return Extended(tree=tree)

    def revise(self, history: History, changes: Sequence[Change], wish: Wish) -> Revised:
        former = history.last
        blueprint = apply(former.blueprint, changes)
        number = former.version + 1
        version = Version(
            version=number,
            kind=wish.kind,
            generator="0",
            request=wish.request,
            revision="0001",
            changes=tuple(changes),
            blueprint=blueprint,
        )
        ours = read_project_tree(history.directory)
        records = [file for file in ours if file.path.startswith(".apiwright/")]
        generated = FileTree([*self.code(blueprint, emit=lambda _: None), *records, version.record()])
        base = FileTree([*self.code(former.blueprint, emit=lambda _: None), *records])
        merge = merge_trees(base, ours, generated, merge_text=merge_text)
        diffs = diff_trees(ours, merge.tree)
        return Revised(former=former, version=version, migration=None, generated=generated, merge=merge, diffs=diffs)

    def prove(self, directory: Path, step: Step, *, level: Level, emit: Emit) -> VerificationReport:
        return self.review(directory, level=level, emit=emit)

    def rest(self) -> None: ...

    def review(self, directory: Path, *, level: Level, emit: Emit) -> VerificationReport:
        prompt = (directory / "prompt.txt").read_text()
        emit(Event(stage="review", message=f"Verifying: {level}", progress=0.6, data={"level": level, "checks": len(CHECKS)}))
        refused = "[fail:review]" in prompt
        results: list[CheckResult] = []
        for number, name in enumerate(CHECKS, start=1):
            failed = refused and name == "tests"
            findings = (Finding(message="1 test failed"),) if failed else ()
            output = "tests/test_notes.py:12\nE   assert 404 == 200" if failed else ""
            status = "failed" if failed else "passed"
            results.append(CheckResult(name=name, level="quick", status=status, seconds=0.01, findings=findings, output=output))
            data = {"status": results[-1].status, "seconds": 0.01, "findings": [item.message for item in findings]}
            progress = 0.6 + 0.35 * number / len(CHECKS)
            emit(Event(stage="review", phase=name, message=results[-1].status, progress=progress, data=data))
            if number == 2:
                _obey(prompt.replace("[fail:review]", ""), "review")
        return VerificationReport(level=level, checks=tuple(results), seconds=0.1, isolation="none")


def _obey(prompt: str, stage: str) -> None:
    if f"[fail:{stage}]" in prompt:
        raise PromptError([Diagnostic(code="told-to-fail", message=f"Stage {stage} was told to fail.", where=stage)])
    if f"[crash:{stage}]" in prompt:
        os.kill(os.getpid(), signal.SIGKILL)
    if f"[stubborn:{stage}]" in prompt:
        subprocess.Popen([sys.executable, "-c", "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)  # stubborn"])
        time.sleep(60)
    if found := re.search(rf"\[sleep:{stage}=([\d.]+)\]", prompt):
        time.sleep(float(found[1]))
    if found := re.search(rf"\[hold:{stage}=([^\]\s]+)\]", prompt):
        ends = time.monotonic() + LONGEST_HOLD
        while not Path(found[1]).exists() and time.monotonic() < ends:
            time.sleep(0.05)
