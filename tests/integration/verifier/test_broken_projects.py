"""Each check fails when it should: a generated project is broken in one way, and the check for it says so."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from apiwright.verifier.checks.access import AccessProbes
from apiwright.verifier.checks.boot import Boot
from apiwright.verifier.checks.fuzz import Fuzz
from apiwright.verifier.checks.imports import Imports
from apiwright.verifier.checks.injection import Injection
from apiwright.verifier.checks.layout import Layout
from apiwright.verifier.checks.lint import Lint
from apiwright.verifier.checks.migrations import Migrations
from apiwright.verifier.checks.openapi import OpenApi
from apiwright.verifier.checks.parse import Parse
from apiwright.verifier.checks.postgres import OnPostgres
from apiwright.verifier.checks.strict_types import StrictTypes
from apiwright.verifier.checks.tests import Tests
from apiwright.verifier.checks.types import Types
from apiwright.verifier.protocol import Check

from .conftest import Files, Run

Break = Callable[[Files], Files]
MIGRATION = "migrations/versions/0001_initial.py"
TAGS = "    app.include_router(tags.router)\n"
ROUTERS = (f"    app.include_router(users.router)\n{TAGS}    app.include_router(todos.router)\n", TAGS)
"""All routers of entities, and those of which one is broken."""


@dataclass(frozen=True)
class Case:
    """What is broken, and what the check must say of it (a regular expression over path, rule and message)."""

    name: str
    check: Check
    broken: Break
    told: str


def without(path: str) -> Break:
    return lambda files: {name: text for name, text in files.items() if name != path}


def added(path: str, text: str) -> Break:
    return lambda files: {**files, path: files.get(path, "") + text}


def changed(path: str, old: str, new: str, *, times: int = 1) -> Break:
    def change(files: Files) -> Files:
        assert old in files[path], f"{path} no longer has {old!r}"
        return {**files, path: files[path].replace(old, new, times)}

    return change


def both(one: Break, other: Break) -> Break:
    return lambda files: other(one(files))


def without_tests(files: Files) -> Files:
    """All but those of health, where what is looked for is not in the others."""
    return {name: text for name, text in files.items() if not name.startswith("tests/test_") or name == "tests/test_health.py"}


def without_pin(package: str) -> Break:
    def change(files: Files) -> Files:
        lines = files["requirements.txt"].splitlines(keepends=True)
        left = [line for line in lines if not line.startswith(f"{package}==")]
        assert len(left) == len(lines) - 1
        return {**files, "requirements.txt": "".join(left)}

    return change


def downgrade_does_nothing(files: Files) -> Files:
    head = files[MIGRATION].split("def downgrade()")[0]
    return {**files, MIGRATION: f'{head}def downgrade() -> None:\n    """Nothing."""\n'}


def everybody_reads(files: Files) -> Files:
    """Take the owner out of every `get` of todos."""
    path = "app/routers/todos.py"
    broken = re.sub(r"\.get\(todo_id, owner_id=caller\.id\)", ".get(todo_id)", files[path])
    assert broken != files[path]
    return {**files, path: broken}


def owner_from_body(files: Files) -> Files:
    """Let the payload of create say whose the row is."""
    files = changed(
        "app/schemas/todo.py", "class TodoCreate(Payload):\n", "class TodoCreate(Payload):\n    owner_id: UUID | None = None\n"
    )(files)
    return changed("app/routers/todos.py", 'values["owner_id"] = caller.id', 'values["owner_id"] = payload.owner_id or caller.id')(files)


CASES = [
    Case("a model is missing", Layout(), without("app/models/tag.py"), r"app/models/tag\.py.*missing"),
    Case("tests of an entity are missing", Layout(), without("tests/test_tags.py"), r"tests/test_tags\.py.*missing"),
    Case(
        "an image of what is not there", Layout(), changed("Dockerfile", "COPY app ./app", "COPY application ./app"), "copies application"
    ),
    Case("a package that only developers have", Layout(), without_pin("pyjwt"), r"security\.py.*imports jwt: .* no pyjwt"),
    Case("a file called content", Layout(), added("content", "x"), r"content.*no file of a project"),
    Case(
        "a router imports what is not there",
        Layout(),
        added("app/routers/tags.py", "\nfrom app.models.nothing_here import Nothing\n"),
        "nothing_here",
    ),
    Case("a module that nothing imports", Layout(), added("app/models/orphan.py", '"""Alone."""\n'), "Nothing imports this module"),
    Case(
        "a blueprint that does not hold together",
        Layout(),
        changed("blueprint.yaml", "target: User", "target: Nobody"),
        "blueprint.yaml.*Nobody",
    ),
    Case("a syntax error", Parse(), added("app/models/tag.py", "\ndef broken(:\n"), r"app/models/tag\.py"),
    Case("no YAML", Parse(), added("compose.yaml", "\n\t{ [ :\n"), r"compose\.yaml"),
    Case("no TOML", Parse(), added("pyproject.toml", "\n[tool\n"), r"pyproject\.toml"),
    Case("an unused import", Lint(), added("app/models/tag.py", "\nimport os\n"), r"app/models/tag\.py.*F401"),
    Case("another form", Lint(), added("app/models/tag.py", "\nANSWER   =  42\n"), r"app/models/tag\.py.*format"),
    Case("a wrong type", Types(), added("app/models/base.py", '\nANSWER: int = "no"\n'), r"app/models/base\.py"),
    Case(
        "no type",
        StrictTypes(),
        added("app/models/base.py", "\n\ndef untyped(value):\n    return value\n"),
        r"app/models/base\.py.*no-untyped-def",
    ),
    Case(
        "an import fails", Imports(), added("app/core/config.py", '\nraise RuntimeError("not today")\n'), r"app/core/config\.py.*not today"
    ),
    Case("no app", Imports(), lambda files: {**files, "main.py": '"""Empty."""\n'}, "no `app`"),
    Case("an import leaves the interpreter", Imports(), added("app/core/config.py", "\nraise SystemExit(3)\n"), "SystemExit"),
    Case("one name for all operations", OpenApi(), changed("app/main.py", "return route.name", 'return "same"'), "operationId 'same'"),
    Case("an invalid document", OpenApi(), added("main.py", '\napp.openapi = lambda: {"openapi": "3.1.0", "paths": 7}\n'), "paths"),
    Case("a route is missing", OpenApi(), changed("app/main.py", TAGS, ""), "POST /tags of Tag is missing"),
    Case("a model has drifted", Migrations(), added("app/models/tag.py", "    extra: Mapped[str | None]\n"), "extra"),
    Case(
        "a migration fails",
        Migrations(),
        changed(MIGRATION, "def downgrade()", 'raise RuntimeError("broken")\n\n\ndef downgrade()'),
        "broken",
    ),
    Case(
        "a rule of a model is in no migration",
        Migrations(),
        changed(MIGRATION, "ck_todos_priority_range", "ck_todos_priority_reach"),
        "CHECK ck_todos_priority_range of the models is in no migration; .*CHECK ck_todos_priority_reach of the migrations",
    ),
    Case("a downgrade leaves tables", Migrations(), downgrade_does_nothing, "tables are still there.*todos"),
    Case(
        "a test fails",
        Tests(),
        both(without_tests, added("tests/test_health.py", "\n\ndef test_false() -> None:\n    assert 1 == 2\n")),
        r"test_health\.py.*test_false",
    ),
    Case("no tests", Tests(), lambda files: {k: v for k, v in files.items() if not k.startswith("tests/")}, "No files were found"),
    Case(
        "it does not start",
        Boot(),
        changed("app/main.py", "    yield\n", '    raise RuntimeError("no start")\n    yield\n'),
        "does not start",
    ),
    Case(
        "it does not end",
        Boot(),
        changed("app/main.py", "    await database.close()", "    await __import__('asyncio').sleep(900)"),
        "does not end",
    ),
    Case(
        "nobody can log in",
        Boot(),
        changed("app/core/security.py", 'claims = {"sub"', 'raise ValueError\n        claims = {"sub"'),
        "login",
    ),
    Case("somebody else reads the row", AccessProbes(), everybody_reads, r"GET /todos/\{id\} by bob.*answers 200"),
    Case(
        "somebody else sees the list",
        AccessProbes(),
        changed(
            "app/repositories/base.py",
            "conditions.append(self.owned_by(owner_id))",
            "conditions.append(self.table.c.id == self.table.c.id)",
        ),
        r"GET /todos by bob.*lists the row",
    ),
    Case(
        "a forged token is believed",
        AccessProbes(),
        changed("app/core/security.py", 'options={"require"', 'options={"verify_signature": False, "require"'),
        "token that is forged",
    ),
    Case(
        "an expired token is believed",
        AccessProbes(),
        changed("app/core/security.py", 'options={"require"', 'options={"verify_exp": False, "require"'),
        "token that is expired",
    ),
    Case("the owner is taken from the body", AccessProbes(), owner_from_body, "owner_id"),
    Case(
        "somebody else's tag can be linked",
        AccessProbes(),
        changed("app/repositories/base.py", "if target.reach is not None and", "if target.reach is None and"),
        "tag_ids of somebody else",
    ),
    Case(
        "SQL in the search",
        Injection(),
        changed(
            "app/repositories/base.py",
            "column.icontains(value, autoescape=True)",
            "__import__('sqlalchemy').text(f\"{column} LIKE '%{value}%'\")",
        ),
        "answers 500|finds",
    ),
    Case(
        "wildcards in the search",
        Injection(),
        changed("app/repositories/base.py", "column.icontains(value, autoescape=True)", "column.icontains(value)"),
        "wildcard",
    ),
    Case(
        "only for SQLite",
        OnPostgres(),
        both(
            without_tests,
            changed(MIGRATION, "def upgrade() -> None:\n", 'def upgrade() -> None:\n    op.execute("PRAGMA foreign_keys = ON")\n'),
        ),
        "PRAGMA",
    ),
]


@pytest.mark.usefixtures("bubblewrap")
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.check.name}: {case.name}")
def test_a_broken_project_is_caught(case: Case, todo: Files, run: Run) -> None:
    outcome = run(case.check, case.broken(todo))
    told = [f"{finding.path} {finding.rule} {finding.message}" for finding in outcome.findings]
    assert not outcome.skipped, told
    assert any(re.search(case.told, line) for line in told), (told, outcome.output[-2_000:])


TAGS_ROUTER = "app/routers/tags.py"
UNTHOUGHT_OF: dict[str, Break] = {
    r"POST /tags: Server error": changed(
        TAGS_ROUTER, 'values["owner_id"] = caller.id', 'values["owner_id"] = caller.id\n    assert "%" not in payload.name'
    ),
    r"GET /tags: Server error.*offset=9223372036854775807": changed(
        "app/repositories/base.py", ".offset(query.offset)", ".offset(query.offset + 1)"
    ),
    r"PATCH /tags/\{tag_id\}: Server error": changed(
        TAGS_ROUTER, "exclude_unset=True)\n", 'exclude_unset=True)\n    "".join(values.values())\n'
    ),
    r"POST /tags: Response violates schema.*(non-empty|shorter)": changed(
        "app/schemas/tag.py",
        "    id: UUID\n    name: str\n",
        '    id: UUID\n    name: Annotated[str, Field(json_schema_extra={"minLength": 1})]\n',
    ),
    r"DELETE /tags/\{tag_id\}: Undocumented status code. Received: 404": changed(
        TAGS_ROUTER, "status_code=204, responses=problems(401, 404, 422)", "status_code=204, responses=problems(401, 422)"
    ),
    r"POST /auth/login: Server error": changed(
        "app/routers/auth.py", "name = form.username.lower()", 'name = form.username.encode("ascii").decode()'
    ),
    r"POST /auth/logout: Undocumented Content-Type": changed(
        "app/core/errors.py", "media_type=PROBLEM_JSON", 'media_type="application/json"'
    ),
}
"""What fuzzing must say of faults that no test of the project looks for, and the faults."""


@pytest.mark.usefixtures("bubblewrap")
def test_faults_that_nobody_thinks_of_are_found(todo: Files, run: Run) -> None:
    files = changed("app/main.py", *ROUTERS)(todo)
    for broken in UNTHOUGHT_OF.values():
        files = broken(files)
    outcome = run(Fuzz(), files)
    told = [finding.message for finding in outcome.findings]
    assert [expected for expected in UNTHOUGHT_OF if not any(re.match(expected, line) for line in told)] == [], told


@pytest.mark.usefixtures("bubblewrap")
def test_a_role_that_is_not_checked_is_caught(clinic: Files, run: Run) -> None:
    broken = changed("app/dependencies.py", "if caller.role not in self.roles:", "if caller.role not in self.roles and not caller.role:")
    outcome = run(AccessProbes(), broken(clinic))
    told = [finding.message for finding in outcome.findings]
    assert any("POST /patients by bob, who may not" in line or "DELETE /patients/{id} by bob, who may not" in line for line in told), told


def test_a_test_that_ends_one_half_of_the_tests_is_told(run: Run, todo: Files) -> None:
    modules = sorted(path for path in todo if path.startswith("tests/test_"))
    for leaving, told in zip(modules[:2], ("The tests failed", "The tests left the interpreter"), strict=True):
        left = "\n\nasync def test_leaves() -> None:\n    __import__('os')._exit(0)\n"
        outcome = run(Tests(), {**todo, leaving: todo[leaving] + left})
        assert [finding.message.startswith(told) for finding in outcome.findings] == [True], outcome.findings
