"""Takes a database with rows in it from one version of a project to the next and back, and writes down what is there at each step.

The former version lies in `former/`, beside the files of the next one. Both have a package `app`, so each step is done in a process of
its own, and one of the former version forgets what is imported of the next one.
"""

import contextlib
import importlib
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from . import migrations
from .access import log_in
from .client import Client
from .postgres import UnavailableError, fresh_database, own_server
from .server import BootError, served
from .world import Population

FORMER = "former"
REFUSED = "; nothing was changed"
"""How the refusal of a revision ends that finds rows which it cannot take."""
_MOST = "100"


def run(plan: dict[str, Any], former: str, programs: str | None = None, given: dict[str, str] | None = None) -> dict[str, Any]:
    """Fill, upgrade, downgrade; answers a picture of each step, or the step that went wrong.

    Args:
        plan: `world` to lay down, `creates` to send to the API of the former version, `lists` of both versions to look at, and
            whether the `document` of the former one is wanted.
        former: Where the files of the former version are.
        programs: Directory of PostgreSQL's programs; with it, or with `given`, everything is done on PostgreSQL.
        given: A PostgreSQL server that is there.
    """
    shutil.copytree(former, FORMER)
    if not programs and not given:
        os.environ["DATABASE_URL"] = f"sqlite+aiosqlite:///{Path('upgrade.db').absolute()}"
        return _life(plan)
    try:
        with own_server(programs) if programs else contextlib.nullcontext(given or {}) as server, fresh_database(server) as url:
            os.environ["DATABASE_URL"] = url
            return _life(plan)
    except UnavailableError as error:
        return {"unavailable": str(error)}


def _life(plan: dict[str, Any]) -> dict[str, Any]:
    former = Path(FORMER)
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("filled", lambda: _apart(former, lambda: _fill(plan))),
        ("upgraded", lambda: _apart(Path(), lambda: _look(plan))),
        ("went back", lambda: _apart(Path(), lambda: _downgrade(plan["revision"]))),
    ]
    pictures: dict[str, Any] = {}
    for name, step in steps:
        answer = step()
        if name == "upgraded" and str(answer.get("problem", "")).endswith(REFUSED):
            return {"pictures": pictures, "problem": None, "refused": answer["problem"], "tables": _apart(former, _tables_only)}
        if "problem" in answer:
            return {"pictures": pictures, "problem": f"{name}: {answer['problem']}"}
        pictures[name] = answer
    return {"pictures": pictures, "problem": None}


def _fill(plan: dict[str, Any]) -> dict[str, Any]:
    """Rows of the world by the models, and as many again by the API."""
    with served() as server, contextlib.closing(Population(plan["world"])) as population, contextlib.closing(server.client()) as client:
        tokens = {name: log_in(client, login) for name, login in population.logins.items()}
        names = dict(population.ids)
        refused: list[str] = []
        for item in plan["creates"]:
            body = _filled(item["body"], names)
            answer = client.request("POST", item["path"], token=tokens.get(item["who"]), body=body)
            if answer.status == 201:
                names[item["name"]] = str(answer.body["id"])
            else:
                refused.append(f"POST {item['path']} answers {answer.status}: {str(answer.body)[:200]}")
        picture = _picture(client, tokens, plan["old_lists"])
        document = client.request("GET", "/openapi.json").body if plan["document"] else None
        made = len(names) - len(population.ids)
        return {**picture, "openapi": document, "logins": population.logins, "made": made, "refused": refused}


def _look(plan: dict[str, Any]) -> dict[str, Any]:
    with served() as server, contextlib.closing(server.client()) as client:
        tokens = {
            row["name"]: log_in(client, str(row["values"][plan["world"]["login"]])) for row in plan["world"]["rows"] if _enters(row, plan)
        }
        return _picture(client, tokens, plan["new_lists"])


def _enters(row: dict[str, Any], plan: dict[str, Any]) -> bool:
    return bool(row["account"]) and bool(plan["same_accounts"])


def _downgrade(revision: str) -> dict[str, Any]:
    importlib.import_module("alembic.command").downgrade(migrations.configuration(), revision)
    return _tables_only()


def _picture(client: Client, tokens: dict[str, str], lists: list[dict[str, Any]]) -> dict[str, Any]:
    """What the API lists to each caller, and what lies in the tables."""
    answers: dict[str, dict[str, Any]] = {}
    for who in ["", *tokens]:
        for item in lists:
            answer = client.request("GET", item["path"], token=tokens.get(who), query={"limit": _MOST})
            rows = {row["id"]: row for row in answer.body["items"]} if answer.status == 200 else {}
            answers.setdefault(item["entity"], {})[who] = {"status": answer.status, "rows": rows}
    return {"answers": answers, "tables": _tables()}


def _tables_only() -> dict[str, Any]:
    return {"tables": _tables()}


def _tables() -> dict[str, list[dict[str, str | None]]]:
    """Every row of every table, each value as text."""
    import asyncio  # noqa: PLC0415

    sqlalchemy, aio = importlib.import_module("sqlalchemy"), importlib.import_module("sqlalchemy.ext.asyncio")
    tables = migrations.tables()

    async def read() -> dict[str, list[dict[str, str | None]]]:
        engine = aio.create_async_engine(os.environ["DATABASE_URL"])
        found: dict[str, list[dict[str, str | None]]] = {}
        async with engine.connect() as connection:
            for table in tables:
                rows = (await connection.execute(sqlalchemy.text(f'SELECT * FROM "{table}"'))).mappings().all()  # noqa: S608 - names of ours
                found[table] = [{key: None if value is None else str(value) for key, value in row.items()} for row in rows]
        await engine.dispose()
        return found

    return asyncio.run(read())


def _filled(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item, ids) for key, item in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_filled(item, ids) for item in cast("list[Any]", value)]
    if isinstance(value, str) and value.startswith("{") and value.endswith("}"):
        return ids.get(value[1:-1], value)
    return value


def _apart(place: Path, step: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do a step in a fork, within a directory that its modules are imported from."""
    out = Path(f"step-{len(list(Path().glob('step-*')))}.json").absolute()
    pid = os.fork()
    if pid == 0:
        _child(place, step, out)
    os.waitpid(pid, 0)
    return json.loads(out.read_text("utf-8")) if out.exists() else {"problem": "it ended without an answer"}


def _child(place: Path, step: Callable[[], dict[str, Any]], out: Path) -> None:
    """In the fork. Never returns."""
    try:
        if place != Path():
            _forget(Path.cwd().parent)
        os.chdir(place)
        sys.path.insert(0, str(Path().absolute()))
        answer: dict[str, Any] = step()
    except BootError as error:
        answer = {"problem": str(error)}
    except BaseException as error:
        answer = {"problem": f"{type(error).__name__}: {error}"}
    with contextlib.suppress(Exception):
        out.write_text(json.dumps(answer, default=str), "utf-8")
    os._exit(0)


def _forget(copies: Path) -> None:
    """Be as if nothing below a directory, which holds every copy of the project, had been imported."""
    for name, module in list(sys.modules.items()):
        places = [getattr(module, "__file__", None) or "", *getattr(module, "__path__", ())]
        if any(place.startswith(f"{copies}/") for place in places):
            del sys.modules[name]
    sys.path[:] = [place for place in sys.path if not place.startswith(f"{copies}/")]
