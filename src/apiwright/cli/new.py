"""`apiwright new`: from a prompt to a proven project."""

import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from apiwright import bootstrap
from apiwright.cli.ahead import planner_of
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
    text = prompt_text(prompt)
    with planner_of(text, planner, model=model) as reader:
        # Only now, that is, while a copy of this process plans: this takes as long as that.
        from apiwright.cli.delivery import Delivery, deliver, tell  # noqa: PLC0415
        from apiwright.cli.progress import shown  # noqa: PLC0415
        from apiwright.cli.reports import refuse_unwritable  # noqa: PLC0415
        from apiwright.compiler import get_ready  # noqa: PLC0415
        from apiwright.filetree import refuse_occupied  # noqa: PLC0415
        from apiwright.pipeline import plan  # noqa: PLC0415

        get_ready()
        with shown(as_json=as_json) as emit:
            blueprint = plan(text, planner=reader, emit=emit)
            if database is not None:
                blueprint = blueprint.model_copy(update={"database": database})
            target = output or Path(blueprint.name)
            refuse_occupied(target, force=force)
            refuse_unwritable(report, target=target)
            delivery = Delivery(
                target=target, verify=verify, force=force, as_json=as_json, report=report, started=started, usage=emit.usage,
                writer=bootstrap.writer(planner, model=model),
            )  # fmt: skip
            delivered = deliver(blueprint, delivery, emit)
    tell(delivered, delivery)
