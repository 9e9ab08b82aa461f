"""The command as its users run it: real processes, real files, real signals."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch
from urllib.request import urlopen

import pytest
from tests.integration.cli.commands import COMMAND, NOTES, TODO, apiwright, here

from apiwright import __version__
from apiwright.blueprint import load


def test_a_prompt_becomes_a_proven_project(tmp_path: Path) -> None:
    done = apiwright("new", TODO, cwd=tmp_path)
    assert done.returncode == 0, done.stderr.decode()
    lines = done.stdout.decode().splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("analysis", "schema", "complete"))] == ["analysis", "schema", "complete"]
    assert any(line.startswith("code      entity:Todo") for line in lines)
    assert any(line.startswith("review    tests") and "passed" in line for line in lines)
    assert (tmp_path / "todo-list" / "app" / "routers" / "todos.py").is_file()
    assert os.listdir(tmp_path) == ["todo-list"]  # noqa: PTH208 - hidden names too


def test_json_is_one_document_and_progress_goes_elsewhere(tmp_path: Path) -> None:
    done = apiwright("new", NOTES, "--verify", "quick", "--json", "-o", "out", cwd=tmp_path)
    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert document["ok"] is True
    assert document["report"]["ok"] is True
    assert document["directory"] == str(tmp_path / "out")
    assert sorted(document["files"]) == sorted(
        path.relative_to(tmp_path / "out").as_posix()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and ".git" not in path.relative_to(tmp_path / "out").parts
    )
    assert b"review" in done.stderr


def test_a_planned_blueprint_compiles_to_the_same_project(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_bytes(apiwright("plan", "--yaml", "-", cwd=tmp_path, stdin=TODO.encode()).stdout)
    assert apiwright("compile", "b.yaml", "--verify", "none", "-o", "one", cwd=tmp_path).returncode == 0
    assert here("new", TODO, "--verify", "none", "-o", "two", cwd=tmp_path).returncode == 0
    assert subprocess.run(["diff", "-r", "-x", ".git", "one", "two"], cwd=tmp_path, check=False).returncode == 0


def test_a_big_project_made_on_all_processors_is_the_same(tmp_path: Path) -> None:
    prompt = "A backend with these entities:\n" + "\n".join(f"- Part{chr(65 + i // 7)}{'xyzuvwq'[i % 7]}: name, size" for i in range(42))
    assert apiwright("new", prompt, "--verify", "none", "-o", "one", cwd=tmp_path).returncode == 0
    with patch("apiwright.cli.copies._processors", lambda: 1):
        assert here("new", prompt, "--verify", "none", "-o", "two", cwd=tmp_path).returncode == 0
    assert len(list((tmp_path / "one").rglob("*.py"))) > 200
    assert subprocess.run(["diff", "-r", "-x", ".git", "one", "two"], cwd=tmp_path, check=False).returncode == 0


def test_the_plan_is_shown_in_every_form(tmp_path: Path) -> None:
    forms = {form: here("plan", TODO, form, cwd=tmp_path).stdout.decode() for form in ("--json", "--yaml", "--mermaid", "--why")}
    assert load(forms["--json"]) == load(forms["--yaml"])
    assert forms["--mermaid"].startswith("erDiagram")
    assert "# prompt: " in forms["--why"]
    assert json.loads(here("schema", cwd=tmp_path).stdout)["title"] == "Blueprint"


def test_the_database_can_be_chosen(tmp_path: Path) -> None:
    done = here("new", TODO, "--verify", "none", "--database", "postgresql", cwd=tmp_path)
    assert done.returncode == 0
    assert load((tmp_path / "todo-list" / "blueprint.yaml").read_text()).database == "postgresql"


def test_what_stands_there_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "todo-list").mkdir()
    (tmp_path / "todo-list" / "mine.txt").write_text("mine")
    done = apiwright("new", TODO, "--verify", "none", cwd=tmp_path)
    assert done.returncode == 2
    assert b"output-not-empty" in done.stderr
    assert b"--force" in done.stderr
    assert (tmp_path / "todo-list" / "mine.txt").read_text() == "mine"
    assert here("new", TODO, "--verify", "none", "--force", cwd=tmp_path).returncode == 0
    assert (tmp_path / "todo-list.bak" / "mine.txt").read_text() == "mine"
    assert (tmp_path / "todo-list" / "main.py").is_file()


def test_a_project_that_no_longer_works_fails_its_proof(tmp_path: Path) -> None:
    assert here("new", NOTES, "--verify", "none", "-o", "p", cwd=tmp_path).returncode == 0
    assert apiwright("verify", "p", "--level", "quick", cwd=tmp_path).returncode == 0
    router = tmp_path / "p" / "app" / "routers" / "notes.py"
    router.write_text(router.read_text() + "\nundefined_name\n")
    done = apiwright("verify", "p", "--level", "quick", "--report", "report.html", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert json.loads(done.stdout)["ok"] is False
    assert b"app/routers/notes.py" in done.stderr
    assert "undefined_name" in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("delay", [0, 0.4, 1.5])
def test_an_interrupt_leaves_nothing_behind(number: signal.Signals, delay: float, tmp_path: Path) -> None:
    if signal.getsignal(number) == signal.SIG_IGN:
        pytest.skip("whoever started the tests has it ignored, as `nohup` does")
    process = subprocess.Popen([*COMMAND, "new", TODO, "--verify", "deep"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"analysis")
    time.sleep(delay)
    process.send_signal(number)
    _, told = process.communicate(timeout=15)  # far less than what is under way takes: nobody waits for that
    assert process.returncode in {130, -number}, told.decode()
    assert b"Traceback" not in told
    assert not list(tmp_path.iterdir())


def test_an_interrupt_while_a_class_is_made_is_one_like_any_other(tmp_path: Path) -> None:
    code = (
        "from apiwright.cli import entry, main\n"
        "class Interrupted:\n"
        "    def __set_name__(self, *_): raise KeyboardInterrupt\n"
        "main.app = lambda *_, **__: type('Probe', (), {'query': Interrupted()})\n"
        "entry.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (130, "interrupted; nothing was left behind\n")


def test_an_event_loop_is_cancelled_not_broken_into(tmp_path: Path) -> None:
    code = (
        "import asyncio, signal\n"
        "from apiwright.cli import entry, main\n"
        "async def work():\n"
        "    try:\n"
        "        signal.raise_signal(signal.SIGTERM)\n"
        "        await asyncio.sleep(60)\n"
        "    except asyncio.CancelledError:\n"
        "        print('cancelled', flush=True)\n"
        "        raise\n"
        "main.app = lambda *_, **__: asyncio.run(work())\n"
        "entry.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "cancelled\n", "interrupted; nothing was left behind\n")


def test_a_project_is_booted_on_a_free_port(tmp_path: Path) -> None:
    assert here("new", TODO, "--verify", "none", "-o", "p", cwd=tmp_path).returncode == 0
    process = subprocess.Popen([*COMMAND, "run", "p"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().removeprefix("documentation: ").strip()
        with urlopen(address, timeout=10) as answer:
            assert b"swagger" in answer.read()
        with urlopen(address.replace("/docs", "/openapi.json"), timeout=10) as answer:
            assert "/todos" in json.load(answer)["paths"]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode == 0


def test_a_terminal_gets_a_line_for_each_step(tmp_path: Path) -> None:
    parent, child = pty.openpty()
    process = subprocess.Popen([*COMMAND, "new", TODO, "--verify", "none"], cwd=tmp_path, stdout=child, stderr=child, close_fds=True)
    os.close(child)
    shown = b""
    while select.select([parent], [], [], 20)[0]:
        try:
            shown += os.read(parent, 65_536)
        except OSError:
            break
    os.close(parent)
    assert process.wait(timeout=20) == 0
    assert b"entity:Todo" in shown
    assert b"\x1b[" in shown


def test_the_version_is_told_without_a_command(tmp_path: Path) -> None:
    done = apiwright("--version", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.decode() == f"apiwright {__version__}\n"


def test_without_a_command_help_is_shown(tmp_path: Path) -> None:
    done = here(cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == here("--help", cwd=tmp_path).stdout


def test_an_outline_tells_the_reason_for_each_right_and_none_for_what_has_none(tmp_path: Path) -> None:
    prompt = "Users write notes and follow each other. Only admins can delete notes."
    lines = [line.strip() for line in here("plan", prompt, "--why", cwd=tmp_path).stdout.decode().splitlines()]
    assert "unique together: follower, followee" in lines
    assert "owned via owner    # catalogue: Note belongs to the account that makes it." in lines
    assert "delete: role:admin    # prompt: Only admins can delete notes" in lines


def test_help_tells_the_exit_codes(tmp_path: Path) -> None:
    for arguments in (["--help"], ["new", "--help"]):
        done = here(*arguments, cwd=tmp_path)
        assert done.returncode == 0
        assert b"Exit codes: 0" in done.stdout
