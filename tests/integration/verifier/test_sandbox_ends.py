"""What runs in the sandbox ends: in time, with its job, and with the sandbox."""

import threading
import time
from uuid import uuid4

import psutil
import pytest
from tests.integration.verifier.sandboxed import SMALL, ends, inside, processes_with

from apiwright.verifier.runtime.interpreter import base_interpreter, interpreter_parts
from apiwright.verifier.sandbox import Sandbox
from apiwright.verifier.sandbox.limits import MIB

pytestmark = pytest.mark.usefixtures("bubblewrap")


def test_a_fork_bomb_is_bounded_and_gone_afterwards() -> None:
    marker = f"bomb{uuid4().hex}"
    code = """
import os, sys, time
made = 0
while True:
    try:
        if os.fork() == 0:
            time.sleep(600)
        made += 1
    except OSError:
        print(made, flush=True)
        time.sleep(600)
"""
    answer = inside(code, marker, seconds=4)
    assert answer.ended == "timeout"
    assert 0 < int(answer.output.split()[0]) <= SMALL.processes
    assert not processes_with(marker)


def test_nothing_outlives_its_time() -> None:
    marker = f"stay{uuid4().hex}"
    code = """
import os, signal, sys, time
for number in range(1, 32):
    if number not in (signal.SIGKILL, signal.SIGSTOP):
        signal.signal(number, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    os._exit(0)
time.sleep(600)
"""
    started = time.monotonic()
    answer = inside(code, marker, seconds=2)
    assert answer.ended == "timeout"
    assert time.monotonic() - started < 30
    assert not processes_with(marker)


def test_a_process_left_behind_is_ended_with_its_job() -> None:
    leave = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    os._exit(0)
"""
    count = "import os\nprint(len([name for name in os.listdir('/proc') if name.isdigit()]))\n"
    with Sandbox(base_interpreter(), readable=interpreter_parts(), limits=SMALL) as sandbox:
        sandbox.write({"leave.py": leave, "count.py": count})
        python = str(base_interpreter())
        before = int(sandbox.execute([python, "-I", "count.py"], seconds=30, memory=512 * MIB).result().output)
        sandbox.execute([python, "-I", "leave.py"], seconds=30, memory=512 * MIB).result()
        after = int(sandbox.execute([python, "-I", "count.py"], seconds=30, memory=512 * MIB).result().output)
    assert after <= before


def test_the_end_of_the_zygote_ends_every_job() -> None:
    code = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(600)\n"
    answer = inside(code, seconds=30)
    assert answer.ended == "died"


def test_ending_it_reaches_what_outlives_the_kill(monkeypatch: pytest.MonkeyPatch) -> None:
    marker = f"600.{uuid4().int}"
    with Sandbox(base_interpreter(), readable=interpreter_parts(), limits=SMALL) as sandbox:
        job = sandbox.execute(["/bin/sleep", marker], seconds=900, memory=64 * MIB)
        monkeypatch.setattr(sandbox, "_kill", lambda: None)
        sandbox.end()
        assert job.result(timeout=30).ended == "died"
    assert not processes_with(marker)


def test_killed_from_without_as_it_begins_it_leaves_nothing_behind() -> None:
    for _ in range(60):  # of which three or four meet the moment in which a child waits for what is killed here
        sandbox = Sandbox(base_interpreter(), readable=interpreter_parts(), limits=SMALL).start()
        outermost = psutil.Process(sandbox._process.pid)  # pyright: ignore[reportPrivateUsage]
        begun = _begun_by(outermost)
        outermost.kill()
        closing = threading.Thread(target=sandbox.close, daemon=True)
        closing.start()
        closing.join(timeout=20)
        assert not closing.is_alive()
        assert ends(begun)


def _begun_by(process: psutil.Process) -> list[psutil.Process]:
    until = time.monotonic() + 10
    while not (begun := process.children()) and time.monotonic() < until:
        pass
    return begun
