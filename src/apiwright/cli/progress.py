"""Progress, as people see it: a line per stage, phase and check."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from apiwright.pipeline import Emit, Event

_MARKS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]-[/]"}


@contextmanager
def shown(*, as_json: bool) -> Generator[Emit]:
    """A receiver of events: rich lines in a terminal, plain ones in a pipe; on standard error when standard output is for JSON."""
    stream = sys.stderr if as_json else sys.stdout
    if not stream.isatty():
        yield lambda event: print(_plain(event), file=stream, flush=True)
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that a pipe need not pay

    console = Console(file=stream, highlight=False)
    with console.status("Starting") as status:

        def show(event: Event) -> None:
            console.print(_rich(event))
            status.update(f"{event.stage} {event.progress:.0%}")

        yield show


def _plain(event: Event) -> str:
    return f"{event.stage:<9} {event.phase:<22} {_told(event)}".rstrip()


def _rich(event: Event) -> str:
    from rich.markup import escape  # noqa: PLC0415

    mark = _MARKS.get(str(event.data.get("status")), "[red]✗[/]" if event.status == "failed" else "[cyan]·[/]")
    return f"{mark} [bold]{event.stage:<9}[/] {escape(f'{event.phase:<22}')} {escape(_told(event))}"


def _told(event: Event) -> str:
    seconds = event.data.get("seconds")
    return f"{event.message} ({seconds:.2f} s)" if isinstance(seconds, float) else event.message
