"""The proof that an upgrade keeps what it should: rows, values, and the answers that nobody asked to change."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from apiwright.blueprint import Blueprint, Entity
from apiwright.verifier.application import Application
from apiwright.verifier.bench import bench_for
from apiwright.verifier.described import unintended
from apiwright.verifier.inside.upgrade import FORMER
from apiwright.verifier.known import Known
from apiwright.verifier.project import Project, read_project
from apiwright.verifier.protocol import Bench, Check, Outcome, unfinished
from apiwright.verifier.report import Finding, Level
from apiwright.verifier.routes import collection_path
from apiwright.verifier.world import OWNERS, keys_of, required_links, world_of

_REQUIREMENTS = "requirements-dev.txt"
_SECONDS = 120
_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A table that is kept.

    Attributes:
        former, name: What it was called, and is called.
        same: Column before -> column after, of those whose values stay as they are.
        entity, former_entity: The entity of its rows; empty for pairs and tokens.
    """

    former: str
    name: str
    same: Mapping[str, str]
    entity: str = ""
    former_entity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upgrade:
    """What is to be proven.

    Attributes:
        former, project: Directories of the version before, and of the next one.
        old, new: Their blueprints.
        carried: Every table that is kept.
        revision: The Alembic revision of the version before.
    """

    former: Path
    project: Path
    old: Blueprint
    new: Blueprint
    carried: tuple[Carried, ...]
    revision: str


class Upgraded:
    """Fill a database at the former version, by its models and its API; upgrade it; look; downgrade it; look again."""

    name: ClassVar[str] = "upgrade"
    level: ClassVar[Level] = "standard"
    needs: ClassVar[tuple[str, ...]] = ("parse", "import", "migrations")

    def __init__(self, upgrade: Upgrade) -> None:
        self._upgrade = upgrade

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        former = read_project(self._upgrade.former)
        needed = _requirements(former, bench.project)
        if needed == bench.project.files[_REQUIREMENTS]:
            return self._in(bench, former, bench.application, bench.former)
        project = Project(files={**bench.project.files, _REQUIREMENTS: needed})
        with bench_for(project, level="deep" if self.level == "deep" else "quick", cache=bench.cache) as wider:
            return self._in(wider, former, bench.application, bench.former)

    def _in(self, bench: Bench, former: Project, application: Application, known: Known | None) -> Outcome:
        bench.sandbox.write(former.files, folder=FORMER)
        document = known.document if known else None
        answer = bench.sandbox.call(
            "inside.upgrade:run",
            seconds=_SECONDS,
            first=True,
            application=True,
            environment=bench.environment,
            plan={**_plan(self._upgrade), "document": document is None},
            former=str(bench.sandbox.scratch / FORMER),
            **self._database(bench),
        ).result()
        if answer.value is None:
            return Outcome(findings=unfinished(answer, "The upgrade"), output=answer.output)
        if reason := answer.value.get("unavailable"):
            return Outcome(findings=(Finding(message=f"PostgreSQL could not be used: {reason}"),), skipped=True)
        if problem := answer.value["problem"]:
            return Outcome(findings=(Finding(message=problem),), output=answer.output)
        return _outcome(self._upgrade, answer.value, document or answer.value["pictures"]["filled"]["openapi"], application)

    def _database(self, bench: Bench) -> dict[str, Any]:
        del bench
        return {}


class UpgradedOnPostgresql(Upgraded):
    """The same on PostgreSQL."""

    name: ClassVar[str] = "upgrade-postgresql"
    level: ClassVar[Level] = "deep"

    def run(self, bench: Bench) -> Outcome:
        """See `Check`."""
        if reason := bench.postgres.reason:
            return Outcome(findings=(Finding(message=reason),), skipped=True)
        return super().run(bench)

    def _database(self, bench: Bench) -> dict[str, Any]:
        found = bench.postgres
        return {"programs": str(found.programs) if found.programs else None, "given": found.given}


def upgrade_checks(upgrade: Upgrade) -> tuple[Check, ...]:
    """The proof of an upgrade on each database."""
    return Upgraded(upgrade), UpgradedOnPostgresql(upgrade)


def _outcome(upgrade: Upgrade, answer: Mapping[str, Any], before: Any, application: Application) -> Outcome:
    pictures = answer["pictures"]
    if refused := answer.get("refused"):
        changed = answer["tables"].get("tables") != pictures["filled"]["tables"]
        found_changed = (Finding(message=f"It refused ({refused}), and yet the tables are not as they were."),) if changed else ()
        return Outcome(findings=found_changed, detail=f"refuses the rows of this proof, as it says: {refused}")
    looked: Any = application.looked_at().value
    documented = looked and looked["document"]  # none: its own check tells
    differences = _differences(upgrade, pictures)
    if documented:
        differences += unintended(upgrade.old, upgrade.new, before, documented)
    findings = tuple(Finding(message=message) for message in differences[:_MOST])
    rows = sum(len(rows) for rows in pictures["filled"]["tables"].values())
    detail = f"{rows} rows, {pictures['filled']['made']} of them by the API, there and back"
    return Outcome(findings=findings, detail=detail, output="\n".join(pictures["filled"]["refused"]))


def _requirements(former: Project, project: Project) -> str:
    """What the project needs, and what only the former version did: both run in one environment."""

    def pins(of: Project) -> dict[str, str]:
        lines = of.files.get(_REQUIREMENTS, "").splitlines()
        return {line.partition("==")[0].strip(): line for line in lines if "==" in line}

    text, needed = project.files[_REQUIREMENTS], pins(project)
    return text + "".join(f"{line}\n" for name, line in pins(former).items() if name not in needed)


def _plan(upgrade: Upgrade) -> dict[str, Any]:
    old, new = upgrade.old, upgrade.new
    world = world_of(old)
    kept = {item.former_entity: item.entity for item in upgrade.carried if item.entity}
    same = old.auth is not None and new.auth is not None and kept.get(old.auth.entity) == new.auth.entity
    return {
        "world": world.as_dict(),
        "creates": _creates(old),
        "old_lists": [{"entity": item.name, "path": collection_path(item)} for item in old.entities if _listed(item)],
        "new_lists": [{"entity": item.name, "path": collection_path(item)} for item in new.entities if _listed(item)],
        "same_accounts": same and _same_login(old, new, upgrade),
        "revision": upgrade.revision,
    }


def _same_login(old: Blueprint, new: Blueprint, upgrade: Upgrade) -> bool:
    """Whether an account logs in afterwards with what it logged in with before."""
    assert old.auth is not None  # noqa: S101 - asked for before
    assert new.auth is not None  # noqa: S101
    accounts = next(item for item in upgrade.carried if item.former_entity == old.auth.entity)
    return accounts.same.get(old.auth.login) == new.auth.login


def _listed(entity: Entity) -> bool:
    return "list" in entity.operations and bool(entity.access.list)


def _creates(blueprint: Blueprint) -> list[dict[str, Any]]:
    """A row of each entity by its API, sent by somebody who may; what it links to are Ann's rows."""
    account = blueprint.auth.entity if blueprint.auth else ""
    world = world_of(blueprint)
    creates: list[dict[str, Any]] = []
    for entity in blueprint.entities:
        who = _caller(entity)
        if entity.name in world.impossible or who is None or entity.name == account or "create" not in entity.operations:
            continue
        values = world.room.values(entity, "api", keys_of(entity, OWNERS[0], account))
        if values is not None:
            body = {**values, **required_links(entity, OWNERS[0], account)}
            creates.append({"name": f"api:{entity.name}", "path": collection_path(entity), "who": who, "body": body})
    return creates


def _caller(entity: Entity) -> str | None:
    """An account of the world that may create such a row; empty for anybody."""
    for grant in entity.access.create:
        if grant == "public":
            return ""
        if grant in {"authenticated", "owner"}:
            return "ann"
        return f"role_{grant.removeprefix('role:')}"
    return None


def _differences(upgrade: Upgrade, pictures: Mapping[str, Any]) -> list[str]:
    """Everything that is not as it should be, in sentences."""
    first, upgraded, back = pictures["filled"], pictures["upgraded"], pictures["went back"]
    found: list[str] = []
    for table in upgrade.carried:
        found += _rows(table, first["tables"], upgraded["tables"])
        found += [f"after going back: {said}" for said in _rows_back(table, first["tables"], back["tables"])]
    found += _answers(upgrade, first["answers"], upgraded["answers"])
    return found


def _rows(table: Carried, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    old, new = before.get(table.former, []), after.get(table.name, [])
    if len(new) < len(old) and table.entity:
        return [f"{table.name} has {len(new)} rows of {len(old)}."]
    wanted = sorted(_kept(row, table.same) for row in old)
    there = sorted(
        _kept({column: row[column] for column in table.same.values()}, {name: name for name in table.same.values()}) for row in new
    )
    left = list(there)
    lost = 0
    for row in wanted:
        if row in left:
            left.remove(row)
        else:
            lost += 1
    return [f"{table.name}: {lost} of {len(old)} rows have other values than before."] if lost else []


def _rows_back(table: Carried, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    same = {column: column for column in table.same}
    return _rows(Carried(former=table.former, name=table.former, same=same, entity=table.former_entity), before, after)


def _kept(row: Mapping[str, str | None], same: Mapping[str, str]) -> str:
    return repr(sorted((same[column], row[column]) for column in same))


def _answers(upgrade: Upgrade, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """Lists of entities whose readers are the same: the same rows, with the same values where they were kept."""
    found: list[str] = []
    for table in upgrade.carried:
        old, new = upgrade.old.entity(table.former_entity), upgrade.new.entity(table.entity)
        if old is None or new is None or old.access.list != new.access.list or old.owned_via != new.owned_via:
            continue
        for who, was in before.get(old.name, {}).items():
            now = after.get(new.name, {}).get(who)
            if now is None:
                continue
            if was["status"] != now["status"]:
                found.append(f"GET {collection_path(new)} answers {now['status']} to {who or 'anybody'}, not {was['status']}.")
                continue
            shown = [
                column for column in table.same if old.field(column) is not None and table.same[column] in {f.name for f in new.fields}
            ]
            for key, row in was["rows"].items():
                if key not in now["rows"]:
                    found.append(f"GET {collection_path(new)} no longer lists {key} to {who or 'anybody'}.")
                elif any(column in row and row[column] != now["rows"][key].get(table.same[column]) for column in shown):
                    found.append(f"GET {collection_path(new)} answers other values for {key}.")
    return found
