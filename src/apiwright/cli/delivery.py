"""From a blueprint to a proven directory, told as it goes: what `new` and `compile` share."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from msgspec import Struct
from msgspec.structs import replace

from apiwright.blueprint import Blueprint
from apiwright.cli.copies import side_by_side
from apiwright.cli.options import Verify
from apiwright.cli.reports import print_failures, print_notes, write_report
from apiwright.compiler import Sheet, Spread
from apiwright.filetree import FileTree, staged
from apiwright.pipeline import Emit, Generated, code, completed, review
from apiwright.pipeline.beginning import Beginning, beginning
from apiwright.pipeline.extending import Extended, extend
from apiwright.pipeline.versions import first_version
from apiwright.planner.writing import Writer
from apiwright.verifier import VerificationReport


class Delivery(Struct, frozen=True, kw_only=True):
    """What to do with a blueprint: where the project goes, and how much proof it takes to get there.

    Attributes:
        usage: What a language model has used for the blueprint.
        writer: Writes the extensions of the blueprint; nobody where there is None.
    """

    target: Path
    verify: Verify
    force: bool
    as_json: bool
    report: Path | None
    started: float
    usage: Mapping[str, Any] | None = None
    writer: Writer | None = None


class Delivered(Struct, frozen=True, kw_only=True):
    """What came of it. `place` is the target, or `<target>.failed`; `kept` is where what stood in the way is now."""

    blueprint: Blueprint
    extended: Extended
    report: VerificationReport | None
    place: Path
    kept: Path | None

    @property
    def tree(self) -> FileTree:
        """Every file of it."""
        return self.extended.tree

    @property
    def proven(self) -> bool:
        """Whether the proof that was asked for succeeded."""
        return self.report is None or self.report.ok


def deliver(blueprint: Blueprint, delivery: Delivery, emit: Emit) -> Delivered:
    """Compile, verify, and only then let the project appear; one that fails its proof is kept beside, with its report.

    Raises:
        OutputError: The target cannot be written to.
    """
    version = first_version(blueprint)
    with beginning(delivery.target) as history:
        generated = FileTree([*code(blueprint, emit=emit, spread=_spread_beside(history)), version.record()])
        extended = extend(
            blueprint,
            generated,
            writer=delivery.writer,
            request=version.request,
            spent=delivery.usage,
            emit=emit,
            deep=delivery.verify == "deep",
        )
        history.keep(version, generated, extended.tree)
        with staged(extended.tree, delivery.target, force=delivery.force) as staging:
            report = None if delivery.verify == "none" else review(staging.path, level=delivery.verify, emit=emit)
            report = report and replace(report, notes=(*report.notes, *extended.notes))
            proven = report is None or report.ok
            if proven:
                history.settle(staging.path)
            kept = staging.publish() if proven else None
            place = staging.target if proven else staging.set_aside()
    delivered = Delivered(blueprint=blueprint, extended=extended, report=report, place=place, kept=kept)
    if report is not None and not proven:
        write_report(report, place.with_name(f"{place.name}.html"), extended.usage)
    if report is not None and delivery.report is not None:
        write_report(report, delivery.report, extended.usage)
    if proven:
        emit(completed(Generated(blueprint=blueprint, tree=extended.tree, report=report, not_written=extended.not_written)))
    return delivered


def _spread_beside(history: Beginning) -> Spread:
    """Texts are made on all processors, once git has nothing to do: its thread has ended then (see `copies`)."""

    def spread(make: Callable[[Sheet], str], sheets: Sequence[Sheet]) -> Iterable[str]:
        history.wait()
        return side_by_side(make, sheets)

    return spread


def tell(delivered: Delivered, delivery: Delivery) -> None:
    """Say what came of it, as text or as one JSON document.

    Raises:
        typer.Exit: With code 1, when the project was not proven.
    """
    if delivery.as_json:
        print(json.dumps(_document(delivered, delivery), indent=2, ensure_ascii=False))
    elif delivered.proven:
        _tell_success(delivered, delivery)
    if delivered.report is not None and not delivered.proven:
        print_failures(delivered.report, delivered.place)
        raise typer.Exit(1)


def _document(delivered: Delivered, delivery: Delivery) -> dict[str, object]:
    return {
        "ok": delivered.proven,
        "directory": str(delivered.place),
        "seconds": round(time.perf_counter() - delivery.started, 3),
        "files": list(delivered.tree.paths),
        "assumptions": list(delivered.blueprint.assumptions),
        "blueprint": delivered.blueprint.model_dump(mode="json"),
        "report": delivered.report.as_dict() if delivered.report else None,
        "extensions": delivered.extended.as_dict(),
        "usage": delivered.extended.usage,
    }


def _tell_success(delivered: Delivered, delivery: Delivery) -> None:
    for assumption in delivered.blueprint.assumptions:
        print(f"assumed: {assumption}")
    print_notes(delivered.report.notes if delivered.report else delivered.extended.unproven_notes)
    if delivered.kept is not None:
        print(f"what was there before is now in {delivered.kept}")
    place = delivered.place
    shown = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    print(f"{delivered.blueprint.title} is in {shown} ({time.perf_counter() - delivery.started:.1f} s). Try it: apiwright run {shown}")
