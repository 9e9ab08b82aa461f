"""What the project's own code answers for is written, and its tests pass; what is not written yet is told, never taken for done."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Literal

from apiwright.blueprint import Entity
from apiwright.kit.casing import snake
from apiwright.kit.stubs import is_written
from apiwright.verifier.checks.tests import EXTENSIONS, outcome_of
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Outcome
from apiwright.verifier.report import Level

State = Literal["done", "failing", "without a test", "not written"]
STATES: tuple[State, ...] = ("done", "failing", "without a test", "not written")


class Extensions:
    """The tests of computed fields, hooks and endpoints, told for each: done, failing, without a test that passes, or not written."""

    name: ClassVar[str] = "extensions"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import")

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        answer = bench.sandbox.call("inside.tests:run", paths=[EXTENSIONS], leave={}, seconds=300, first=True).result()
        outcome = outcome_of(answer)
        if answer.value is None:
            return outcome
        states = dict(_states(bench.project, answer.value))
        counts = {state: [name for name, each in states.items() if each == state] for state in STATES}
        detail = ", ".join(f"{len(names)} {state}" for state, names in counts.items() if names)
        notes = tuple(f"{state.capitalize()}: {', '.join(names)}." for state, names in counts.items() if names and state != "done")
        return Outcome(findings=outcome.findings, detail=f"{len(states)} declared: {detail}", output=outcome.output, notes=notes)


def unwritten(project: Project) -> tuple[str, ...]:
    """The note of those that are not written, where no test of any is run."""
    names = [name for name, state in _states(project, {"failures": [], "passed_in": {}}) if state == "not written"]
    return (f"Not written: {', '.join(names)}.",) if names else ()


def _states(project: Project, value: Mapping[str, Any]) -> Iterator[tuple[str, State]]:
    """Each extension by its name, e.g. `Order.total`, and how far it is."""
    failed = {item["path"].partition("::")[0] for item in value["failures"]}
    for entity in project.blueprint.entities if project.blueprint else ():
        for item in entity.extensions:
            module = _path(project, entity, "app/extensions", f"{item.name}.py")
            test = _path(project, entity, EXTENSIONS, f"test_{item.name}.py")
            yield f"{entity.name}.{item.name}", _state(project.files.get(module, ""), test in failed, test in value["passed_in"])


def _state(text: str, red: bool, passed: bool) -> State:  # noqa: FBT001 - what is known of one module
    if red:
        return "failing"
    if not is_written(text):
        return "not written"
    return "done" if passed else "without a test"


def _path(project: Project, entity: Entity, root: str, name: str) -> str:
    """Where a file of an extension is; names that are words of Python, or taken, end in underscores."""
    stem = name.removesuffix(".py")
    folders = [f"{root}/{snake(entity.name)}{'_' * more}" for more in (0, 1, 2)]
    places = [f"{folder}/{stem}{'_' * more}.py" for folder in folders for more in (0, 1)]
    return next((place for place in places if place in project.files), places[0])
