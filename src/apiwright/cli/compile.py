"""`apiwright compile`: from a blueprint to a proven project."""

import time
from pathlib import Path
from typing import Annotated

import typer

from apiwright.blueprint import load
from apiwright.cli.delivery import Delivery, deliver, tell
from apiwright.cli.options import ForceOption, JsonOption, OutputOption, ReportOption, VerifyOption, read_text
from apiwright.cli.progress import shown
from apiwright.cli.reports import refuse_unwritable
from apiwright.filetree import refuse_occupied


def command(
    source: Annotated[str, typer.Argument(metavar="BLUEPRINT", help="A blueprint in YAML or JSON; `-` reads standard input.")],
    output: OutputOption = None,
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    as_json: JsonOption = False,
    force: ForceOption = False,
) -> None:
    """Make a FastAPI project from a blueprint. It appears when it is proven, whole or not at all."""
    started = time.perf_counter()
    blueprint = load(read_text(source))
    target = output or Path(blueprint.name)
    refuse_occupied(target, force=force)
    refuse_unwritable(report, target=target)
    with shown(as_json=as_json) as emit:
        delivery = Delivery(target=target, verify=verify, force=force, as_json=as_json, report=report, started=started)
        delivered = deliver(blueprint, delivery, emit)
    tell(delivered, delivery)
