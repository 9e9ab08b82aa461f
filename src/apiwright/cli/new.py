"""`apiwright new`: from a prompt to a proven project."""

import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from apiwright import bootstrap
from apiwright.cli.delivery import Delivery, deliver, tell
from apiwright.cli.options import (
    ForceOption,
    JsonOption,
    ModelOption,
    OutputOption,
    PlannerOption,
    PromptArgument,
    ReportOption,
    VerifyOption,
    prompt_text,
)
from apiwright.cli.progress import shown
from apiwright.filetree import refuse_occupied
from apiwright.pipeline import plan


def command(
    prompt: PromptArgument,
    output: OutputOption = None,
    database: Annotated[
        Literal["sqlite", "postgresql"] | None, typer.Option(help="What it runs on by default; else as the prompt says, or SQLite.")
    ] = None,
    planner: PlannerOption = "auto",
    model: ModelOption = None,
    verify: VerifyOption = "standard",
    report: ReportOption = None,
    *,
    as_json: JsonOption = False,
    force: ForceOption = False,
) -> None:
    """Make a FastAPI project from a prompt. It appears when it is proven, whole or not at all.

    A project that fails its proof is kept as DIR.failed, with the report beside it.
    """
    started = time.perf_counter()
    with shown(as_json=as_json) as emit:
        blueprint = plan(prompt_text(prompt), planner=bootstrap.planner(planner, model=model), emit=emit)
        if database is not None:
            blueprint = blueprint.model_copy(update={"database": database})
        target = output or Path(blueprint.name)
        refuse_occupied(target, force=force)
        delivery = Delivery(
            target=target, verify=verify, force=force, as_json=as_json, report=report, started=started, usage=emit.usage,
            writer=bootstrap.writer(planner, model=model),
        )  # fmt: skip
        delivered = deliver(blueprint, delivery, emit)
    tell(delivered, delivery)
