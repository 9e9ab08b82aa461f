"""What code in the sandbox cannot do, tried by code in the sandbox."""

import json
import os
import socket
import threading
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.integration.verifier.sandboxed import SMALL, inside

from apiwright.verifier.runtime.interpreter import base_interpreter, interpreter_parts
from apiwright.verifier.sandbox import Sandbox
from apiwright.verifier.sandbox.limits import MIB

pytestmark = pytest.mark.usefixtures("bubblewrap")


def told(code: str, *arguments: str) -> Any:
    """What the code prints, as JSON."""
    answer = inside(code, *arguments)
    assert answer.ended == "finished", answer
    return json.loads(answer.output)


@pytest.fixture
def listener() -> Generator[tuple[int, list[bool]]]:
    """A server on this machine's loopback; the list fills when somebody reaches it."""
    reached: list[bool] = []
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(60)

        def accept() -> None:
            try:
                server.accept()[0].close()
            except OSError:
                return
            reached.append(True)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1], reached
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_no_network_is_in_reach(listener: tuple[int, list[bool]]) -> None:
    code = """
import json, socket, sys
def tried(address):
    try:
        socket.create_connection(address, timeout=3)
        return "reached"
    except OSError as error:
        return type(error).__name__
places = [("127.0.0.1", int(sys.argv[1])), ("1.1.1.1", 53), ("10.0.0.1", 80), ("example.com", 80)]
print(json.dumps([[tried(place) for place in places], sorted(name for _, name in socket.if_nameindex())]))
"""
    port, reached = listener
    attempts, interfaces = told(code, str(port))
    assert "reached" not in attempts
    assert interfaces == ["lo"]
    assert not reached


def test_the_loopback_of_the_sandbox_works() -> None:
    code = """
import socket
server = socket.create_server(("127.0.0.1", 0))
client = socket.create_connection(server.getsockname())
client.sendall(b"yes")
print('"' + server.accept()[0].recv(3).decode() + '"')
"""
    assert told(code) == "yes"


def test_files_of_the_user_are_not_there(tmp_path: Path) -> None:
    secret = f"secret-{uuid4()}"
    home = Path.home() / f".apiwright-test-{uuid4().hex}"
    home.write_text(secret)
    (tmp_path / "secret").write_text(secret)
    code = """
import json, os, sys
seen = {}
for path in sys.argv[2:]:
    try:
        seen[path] = open(path).read()[:20]
    except OSError as error:
        seen[path] = type(error).__name__
hits = []
for root, folders, names in os.walk("/"):
    folders[:] = [] if root in ("/proc", "/sys", "/usr", "/dev", *sys.argv[1].split()) else folders
    for name in names:
        path = os.path.join(root, name)
        if name.startswith((".apiwright-test", "secret", ".bash", ".ssh", "id_", ".netrc", ".env")):
            hits.append(path)
print(json.dumps({"seen": seen, "hits": hits}))
"""
    try:
        libraries = " ".join(str(path) for path in interpreter_parts())
        found = told(code, libraries, str(home), str(tmp_path / "secret"), "/etc/shadow", str(Path.home() / ".bashrc"), str(Path(__file__)))
    finally:
        home.unlink()
    assert set(found["seen"].values()) <= {"FileNotFoundError", "PermissionError"}
    assert found["hits"] == []


def test_the_environment_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    secret = f"secret-{uuid4()}"
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", secret)
    code = """
import glob, json, os
text = repr(dict(os.environ))
for path in glob.glob("/proc/[0-9]*/environ") + glob.glob("/proc/[0-9]*/cmdline"):
    try:
        text += open(path).read()
    except OSError:
        pass
print(json.dumps([sorted(os.environ), text]))
"""
    names, text = told(code)
    assert names == ["HOME", "LANG", "PATH", "TMPDIR"]
    assert secret not in text


def test_nobody_is_root_and_no_process_outside_is_seen() -> None:
    code = """
import json, os, sys
def tried(action, *arguments):
    try:
        action(*arguments)
        return "done"
    except OSError as error:
        return type(error).__name__
pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]
print(json.dumps([os.getuid(), tried(os.setuid, 0), tried(os.kill, int(sys.argv[1]), 9), max(pids) < 1000]))
"""
    user, became_root, killed, few = told(code, str(os.getpid()))
    assert user != 0
    assert became_root == "PermissionError"
    assert killed == "ProcessLookupError"
    assert few


def test_the_disk_cannot_be_filled() -> None:
    code = """
import json, os
written = 0
for place in ("/tmp", "/dev/shm"):
    for number in range(200):
        try:
            with open(f"{place}/fill{number}", "wb", buffering=0) as stream:
                for _ in range(64):
                    written += stream.write(bytes(1 << 20))
        except OSError:
            pass
writable = []
for root, folders, _ in os.walk("/"):
    folders[:] = [] if root in ("/proc", "/tmp", "/dev/shm", "/usr") else folders
    try:
        open(os.path.join(root, "x"), "w")
        writable.append(root)
    except OSError:
        pass
print(json.dumps([written >> 20, writable]), file=open(1, "w"))
"""
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n" + code
    written, writable = told(code)
    assert written <= 64
    assert set(writable) <= {"/tmp", "/dev/shm"}


def test_endless_memory_is_refused() -> None:
    limits = replace(SMALL, job_memory=200 * MIB)
    answer = inside("import sys\nkept = []\nwhile True:\n    kept.append(bytearray(16 << 20))\n", limits=limits)
    assert answer.code != 0
    assert "MemoryError" in answer.output


def test_memory_of_many_processes_ends_the_sandbox() -> None:
    code = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        kept = bytearray(os.urandom(1 << 20)) * 150
        time.sleep(60)
time.sleep(60)
"""
    answer = inside(code)
    assert answer.ended == "died"
    assert "memory" in answer.output


def test_output_is_cut() -> None:
    answer = inside("print('start')\nfor _ in range(60_000):\n    print('x' * 500)\nprint('end')\n")
    assert len(answer.output) < 100_000
    assert answer.output.startswith("start")
    assert answer.output.endswith("end\n")


def test_what_is_readable_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    (tmp_path / "given").write_text("given")
    code = f"open({str(tmp_path / 'given')!r}).read()\nopen({str(tmp_path / 'new')!r}, 'w')\n"
    with Sandbox(base_interpreter(), readable=[*interpreter_parts(), tmp_path], limits=SMALL) as sandbox:
        sandbox.write({"probe.py": code})
        answer = sandbox.execute([str(base_interpreter()), "-I", "probe.py"], seconds=30, memory=512 * MIB).result()
    assert "Read-only file system" in answer.output
    assert not (tmp_path / "new").exists()
