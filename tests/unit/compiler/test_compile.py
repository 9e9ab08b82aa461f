"""The compiler as a whole: the same bytes every time, and no text that becomes code."""

import ast
import importlib
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from apiwright.blueprint import (
    Access,
    Auth,
    Blueprint,
    Computed,
    Count,
    Endpoint,
    Entity,
    Field,
    Grant,
    Relation,
    Role,
    Transition,
    dump_json,
    load,
    validate,
)
from apiwright.compiler import compile_blueprint
from apiwright.diagnostics import errors_in
from apiwright.errors import CompileError

GOLDEN = Path(__file__).parents[2] / "golden"
HOSTILE = '""" \'\'\' \\ \n\r\t{{ 7 * 7 }} {% raw %} <p> :name %s %(x)s \u202e\U0001f600 \u2028 ${x} </script> "); import os #'
COMPILE = """
import sys
from apiwright.blueprint import load
from apiwright.compiler import compile_blueprint
for entry in compile_blueprint(load(sys.stdin.read())).manifest.entries:
    print(entry.path, entry.sha256)
"""


def golden(name: str) -> Blueprint:
    return load((GOLDEN / name / "blueprint.yaml").read_text())


def modules(blueprint: Blueprint) -> dict[str, ast.Module]:
    return {file.path: ast.parse(file.text, file.path) for file in compile_blueprint(blueprint) if file.path.endswith(".py")}


def test_two_hash_seeds_make_the_same_bytes() -> None:
    made = [
        subprocess.run(
            [sys.executable, "-c", COMPILE],
            input=dump_json(golden("blog")),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]

    assert made[0] == made[1]
    assert len(made[0].splitlines()) > 50


def test_every_entity_has_its_four_files() -> None:
    paths = compile_blueprint(golden("todo")).paths

    for one, many in (("user", "users"), ("todo", "todos"), ("tag", "tags")):
        assert {f"app/models/{one}.py", f"app/schemas/{one}.py", f"app/repositories/{one}.py", f"app/routers/{many}.py"} <= set(paths)


@pytest.mark.parametrize(
    "entity",
    [
        Entity(name="Note", fields=(Field(name="sender", type="email"),)),
        Entity(name="Note", computed=(Computed(name="sender", type="email"),)),
        Entity(name="Note", endpoints=(Endpoint(name="send", arguments=(Field(name="sender", type="email"),)),)),
        Entity(name="Note", endpoints=(Endpoint(name="send", answer=(Field(name="sender", type="email"),)),)),
        Entity(name="Note", fields=(Field(name="sender"),)),
    ],
)
def test_addresses_are_checked_by_a_library_wherever_there_are_any(entity: Entity) -> None:
    tree = compile_blueprint(Blueprint(name="notes", title="Notes", entities=(entity,)))
    for path in ("pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        assert ("email-validator" in tree[path].text) == ("Email" in tree["app/schemas/note.py"].text), path


def test_enums_named_like_a_payload_class_have_names_of_their_own() -> None:
    names = ("create", "update", "read", "query", "page", "sort", "repository", "status")
    fields = tuple(Field(name=name, type="enum", values=("a", "b")) for name in names)
    schemas = compile_blueprint(Blueprint(name="notes", title="Notes", entities=(Entity(name="Note", fields=fields),)))[
        "app/schemas/note.py"
    ]
    defined = [
        line.split(" ")[0 if "=" in line else 1].split("(")[0] for line in schemas.text.splitlines() if line.startswith(("class ", "Note"))
    ]
    assert {"NoteStatus", "NoteSortValue", "NoteSort", "NoteQuery"} <= {name.rstrip(":") for name in defined}
    assert len(defined) == len(set(defined))


def test_what_the_blueprint_does_not_ask_for_is_not_there() -> None:
    tree = compile_blueprint(Blueprint(name="notes", title="Notes", entities=(Entity(name="Note", fields=(Field(name="text"),)),)))

    assert not [path for path in tree.paths if "auth" in path or "security" in path or "token" in path or "grant" in path]
    python = "\n".join(file.text for file in tree if file.path.startswith("app/"))
    for word in ("Principal", "owner_id", "secret_key", "ExactDecimal", "class Link", "RequireRole", "OAuth2", "EmailStr"):
        assert word not in python


def test_text_of_a_blueprint_never_becomes_code() -> None:
    def blueprint(text: str) -> Blueprint:
        fields = (
            Field(name="state", type="enum", values=("open", text.strip()), default="open", required=True, description=text),
            Field(name="title", default=text, description=text, max_length=2000),
            Field(name="notes", type="json", default={text: [text]}),
        )
        access = Access(update=("owner",), read=("authenticated",))
        thing = Entity(
            name="Thing",
            description=text,
            fields=fields,
            relations=(Relation(name="owner", target="User", required=True, description=text),),
            owned_via="owner",
            access=access,
            transitions=(Transition(name="close", field="state", target=text.strip(), description=text),),
        )
        user = Entity(
            name="User",
            description=text,
            fields=(Field(name="email", type="email", required=True, unique=True),),
            counts=(Count(name="things", source="Thing", via="owner", description=text),),
        )
        role = Role(name="admin", description=text)
        return Blueprint(
            name="hostile", title=text[:120], description=text, entities=(user, thing), roles=(role,), auth=Auth(), prompt=text
        )

    def shape(tree: ast.Module) -> list[str]:
        return [type(node).__name__ for node in ast.walk(tree) if not isinstance(node, ast.Constant | ast.JoinedStr | ast.FormattedValue)]

    hostile, harmless = modules(blueprint(HOSTILE)), modules(blueprint("plain words"))

    assert hostile.keys() == harmless.keys()
    for path, tree in hostile.items():
        if not path.startswith("tests/"):
            assert shape(tree) == shape(harmless[path]), path


@pytest.mark.parametrize(
    "word", ["class", "import", "json", "copy", "schema", "metadata", "registry", "model_dump", "validate", "from", "date"]
)
def test_a_member_keeps_its_name_where_python_has_another_use_for_it(word: str) -> None:
    entity = Entity(name="Thing", fields=(Field(name=word, type="date", unique=True),))
    blueprint = Blueprint(name="words", title="Words", entities=(entity,))
    assert not validate(blueprint)

    tree = compile_blueprint(blueprint)

    attribute = word if word == "date" else f"{word}_"
    assert f"    {attribute}: Mapped[" in tree["app/models/thing.py"].text
    assert f'"{word}"' in tree["migrations/versions/0001_initial.py"].text
    if word != "date":
        assert f'mapped_column("{word}"' in tree["app/models/thing.py"].text
        assert f'alias="{word}"' in tree["app/schemas/thing.py"].text


@pytest.mark.parametrize("name", ["Import", "Base", "Table", "Field", "Page", "Repository", "Class", "Settings", "UUID", "RefreshToken"])
def test_an_entity_may_have_the_name_of_something_that_the_project_uses(name: str) -> None:
    other = Entity(name="Other", relations=(Relation(name="first", target=name), Relation(name="many", kind="many_to_many", target=name)))
    trees = modules(Blueprint(name="names", title="Names", entities=(Entity(name=name, fields=(Field(name="a"),)), other)))

    for path, tree in trees.items():
        bound = [alias.asname or alias.name for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
        defined = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
        clashes = {one for one, two in pairwise(sorted(bound + defined)) if one == two}
        assert not clashes, path


@pytest.mark.parametrize("name", ["I", "L", "O"])
def test_no_name_is_one_that_reads_like_a_number(name: str) -> None:
    thing = Entity(name=name, fields=(Field(name="l"),), relations=(Relation(name="o", target=name),), plural=f"{name}s")
    user = Entity(name="User", fields=(Field(name="l", type="email", required=True, unique=True),))
    blueprint = Blueprint(name="short", title="Short", entities=(user, thing), auth=Auth(login="l"))
    assert not errors_in(validate(blueprint))

    for path, tree in modules(blueprint).items():
        bound = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)}
        bound |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
        assert not bound & {"l", "I", "O"}, path


def test_lists_in_tests_that_would_be_empty_are_left_out() -> None:
    only = Field(name="v", type="enum", values=("only",), required=True, unique=True)
    tests = compile_blueprint(Blueprint(name="only", title="Only", entities=(Entity(name="Thing", fields=(only,)),)))[
        "tests/test_things.py"
    ].text

    assert "FOUND_BY = {" in tests
    assert "NOT_FOUND_BY" not in tests


def test_a_row_that_leaves_its_owner_no_other_is_not_linked_to_another_one() -> None:
    owner = Relation(name="user", kind="one_to_one", target="User", required=True, on_delete="cascade")
    friends = Relation(name="friends", kind="many_to_many", target="Profile")
    owners: tuple[Grant, ...] = ("owner",)
    access = Access(create=("authenticated",), read=owners, list=owners, update=owners, delete=owners)
    user = Entity(name="User", fields=(Field(name="email", type="email", required=True, unique=True),))

    def tests_of(owner: Relation) -> str:
        profile = Entity(name="Profile", relations=(owner, friends), owned_via="user", access=access)
        blueprint = Blueprint(name="profiles", title="Profiles", entities=(user, profile), auth=Auth())
        return compile_blueprint(blueprint)["tests/test_profiles.py"].text

    assert "test_create_with_friend_ids" not in tests_of(owner)
    assert "test_create_with_friend_ids" in tests_of(owner.model_copy(update={"kind": "many_to_one"}))


def test_names_in_the_database_fit_both_databases() -> None:
    long = "a" + "_bcdefgh" * 5
    first = Entity(
        name="Averylongnameofathingthatgoesonandonandonandon", fields=(Field(name=long, unique=True), Field(name=f"{long}_2", indexed=True))
    )
    second = Entity(
        name="Other", relations=(Relation(name=long, target=first.name), Relation(name=f"{long}_m", kind="many_to_many", target=first.name))
    )
    migration = compile_blueprint(Blueprint(name="long", title="Long", entities=(first, second)))[
        "migrations/versions/0001_initial.py"
    ].text

    names = [node.value for node in ast.walk(ast.parse(migration)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert max(len(name) for name in names if "\n" not in name and " " not in name) <= 63


def test_rules_with_long_names_are_told_by_what_sqlalchemy_has() -> None:
    field = Field(name="remaining_installment_count", type="integer", min=1)
    model = modules(Blueprint(name="long", title="Long", entities=(Entity(name="CustomerSubscriptionInvoice", fields=(field,)),)))[
        "app/models/customer_subscription_invoice.py"
    ]

    imports = [node for node in model.body if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")]
    assert "conv" in {alias.name for node in imports for alias in node.names}
    for node in imports:
        module = importlib.import_module(node.module or "")
        assert [alias.name for alias in node.names if not hasattr(module, alias.name)] == []


def test_a_circle_of_tables_is_closed_when_all_are_there() -> None:
    one = Entity(name="Team", relations=(Relation(name="captain", target="Player", on_delete="set_null"),))
    two = Entity(name="Player", relations=(Relation(name="team", target="Team", required=True, on_delete="cascade"),))
    tree = compile_blueprint(Blueprint(name="teams", title="Teams", entities=(one, two)))

    assert "use_alter=True" in tree["app/models/team.py"].text
    assert "op.create_foreign_key(" in tree["migrations/versions/0001_initial.py"].text
    assert "use_alter" not in tree["app/models/player.py"].text


def test_a_blueprint_that_does_not_hold_together_is_refused() -> None:
    lost = Blueprint(name="lost", title="Lost", entities=(Entity(name="Thing"),), auth=Auth(entity="Nobody"))

    with pytest.raises(CompileError):
        compile_blueprint(lost)
