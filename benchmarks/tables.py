"""What every measurement writes: a Markdown table, when and on what it was taken, and how busy the machine was."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path


def keep(name: str, title: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print the table and write it to `benchmarks/<name>.md`."""
    lines = [f"# {title}", "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    place = f"{os.cpu_count()} cores, Python {platform.python_version()}, load {load}"
    lines += [""]
    if notes:
        lines += [*notes, ""]
    lines += [f"{datetime.now(UTC):%Y-%m-%d}, {place}."]
    text = "\n".join(lines) + "\n"
    Path(__file__).with_name(f"{name}.md").write_text(text, "utf-8")
    print(text)
