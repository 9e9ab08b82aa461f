"""Ctrl-C, or SIGTERM, while a model plans, while it writes code, and while that code is tried: the command ends and leaves nothing."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tests.fakes.vendors import Answer, Call, Hung, Reply, VendorServer, orders, vendor_server
from tests.integration.llm.harness import COMMAND, environment

ENDLESS = {**orders.LIMIT, "module": orders.LIMIT["module"].replace("    if payload", "    while True:\n        pass\n    if payload")}


def hangs_while_planning(_: Call) -> Reply:
    return Hung(seconds=60)


def hangs_while_writing(call: Call) -> Reply:
    return Hung(seconds=60) if call.unit == "Order.limit_discount" else orders.clerk(call)


def writes_what_does_not_end(call: Call) -> Reply:
    return Answer(document=ENDLESS) if call.unit == "Order.limit_discount" else orders.clerk(call)


def asks(unit: str) -> Callable[[VendorServer, psutil.Process], bool]:
    return lambda server, _: any(call.unit == unit for call in server.calls)


def tries(_: VendorServer, command: psutil.Process) -> bool:
    """Whether tests run in the sandbox: its interpreters are forks of one of them."""
    return any("inside.zygote" in " ".join(item.cmdline()) and item.children() for item in living(command) if item.name() != "bwrap")


MOMENTS: dict[str, tuple[Callable[[Call], Reply], Callable[[VendorServer, psutil.Process], bool], signal.Signals]] = {
    "it plans": (hangs_while_planning, asks("outline"), signal.SIGINT),
    "it writes": (hangs_while_writing, asks("Order.limit_discount"), signal.SIGINT),
    "it writes, SIGTERM": (hangs_while_writing, asks("Order.limit_discount"), signal.SIGTERM),
    "its code is tried": (writes_what_does_not_end, tries, signal.SIGINT),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_cancelling_leaves_nothing_behind(moment: str, tmp_path: Path) -> None:
    script, has_come, number = MOMENTS[moment]
    place, temporary = tmp_path / "place", tmp_path / "temporary"
    place.mkdir()
    temporary.mkdir()
    with vendor_server("anthropic", script) as server:
        process = subprocess.Popen(
            [COMMAND, "new", orders.PROMPT, "--planner", "enhanced"],
            cwd=place, env=environment(server, place, TMPDIR=str(temporary)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        command = psutil.Process(process.pid)
        deadline = time.monotonic() + 120
        while not has_come(server, command) and time.monotonic() < deadline and process.poll() is None:
            time.sleep(0.05)
        children = command.children(recursive=True)
        process.send_signal(number)
        try:
            _, errors = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
    assert process.returncode == 130, errors
    assert "nothing was left behind" in errors
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
    assert (os.listdir(place), os.listdir(temporary)) == ([], [])  # noqa: PTH208


def living(command: psutil.Process) -> list[psutil.Process]:
    """What it has started and what still is."""
    found: list[psutil.Process] = []
    for item in command.children(recursive=True):
        try:
            item.cmdline()
        except psutil.Error:
            continue
        found.append(item)
    return found
