"""Progress, as people see it: a line per stage, phase and check."""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from apiwright.pipeline import Emit, Event

_MARKS = {"passed": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]-[/]"}
_GROWING = {"partial", "spent"}


class Heard:
    """A receiver of events that shows them, and keeps what a language model has used."""

    def __init__(self, show: Emit) -> None:
        self._show = show
        self.usage: dict[str, Any] | None = None

    def __call__(self, event: Event) -> None:
        self.usage = event.data.get("usage", self.usage)
        self._show(event)


@contextmanager
def shown(*, as_json: bool) -> Generator[Heard]:
    """A receiver of events: rich lines in a terminal, plain ones in a pipe; on standard error when standard output is for JSON."""
    stream = sys.stderr if as_json else sys.stdout
    if not stream.isatty():
        # What is still growing is for who watches, not for a log.
        yield Heard(lambda event: None if _GROWING & event.data.keys() else print(_plain(event), file=stream, flush=True))
        return
    from rich.console import Console  # noqa: PLC0415 - 60 ms that a pipe need not pay
    from rich.markup import escape  # noqa: PLC0415

    console = Console(file=stream, highlight=False)
    with console.status("Starting") as status:

        def show(event: Event) -> None:
            if _GROWING & event.data.keys():
                status.update(f"{event.phase}: {escape(event.message)}")
                return
            console.print(_rich(event))
            status.update(f"{event.stage} {event.progress:.0%}")

        yield Heard(show)


def _plain(event: Event) -> str:
    return f"{event.stage:<9} {event.phase:<22} {_told(event)}".rstrip()


def _rich(event: Event) -> str:
    from rich.markup import escape  # noqa: PLC0415

    mark = _MARKS.get(str(event.data.get("status")), "[red]✗[/]" if event.status == "failed" else "[cyan]·[/]")
    return f"{mark} [bold]{event.stage:<9}[/] {escape(f'{event.phase:<22}')} {escape(_told(event))}"


def _told(event: Event) -> str:
    seconds = event.data.get("seconds")
    return f"{event.message} ({seconds:.2f} s)" if isinstance(seconds, float) else event.message
