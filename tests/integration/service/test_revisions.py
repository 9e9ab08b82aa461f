"""From version to version over HTTP, with the product's own stages: edits kept, conflicts that wait, losses confirmed, ways back."""

import io
import stat
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from tests.integration.service.harness import Client, Deployment, Process, assert_sound, wait_for

PROMPT = "Todo list: a todo has a title and a done flag"
EDIT = "# counted by hand\n"
_OTHER = "schema_version: 1\nname: other\ntitle: Other\nentities: [{name: Other, fields: [{name: x}]}]\n"


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    deployment = Deployment(tmp_path_factory.mktemp("revisions"))
    yield deployment.start(real=True)
    deployment.stop()


@pytest.fixture
def user(real: Process) -> Client:
    return Client(real.url)


def test_a_project_goes_on_with_its_edits_kept_and_the_way_there_proven(user: Client) -> None:
    first = user.generate(PROMPT, verify="none")
    user.completed(first["id"])
    files = _files(user, first["id"])
    edits = _upload(user, first["id"], files | {"README.md": files["README.md"] + EDIT, "notes/plan.txt": "mine\n"})
    assert (edits["changed"], edits["added"], edits["removed"]) == (["README.md"], ["notes/plan.txt"], [])
    assert user.get(f"/generations/{first['id']}/edits") == edits
    second = _iterate(user, first["id"], "add a due date to todos", verify="standard")
    done = user.completed(second["id"], seconds=120)
    assert (done["version"], done["kind"], done["parent_generation_id"]) == (2, "revise", first["id"])
    after = _files(user, second["id"])
    assert after["README.md"].endswith(EDIT)
    assert after["notes/plan.txt"] == "mine\n"
    told = user.get(f"/generations/{second['id']}/revision")
    assert [item["kind"] for item in told["changes"]] == ["add_field"]
    assert told["migration"]["path"] in after
    assert "due_date" in after[told["migration"]["path"]]
    assert "README.md" in told["kept"]
    assert told["conflicts"] == []
    events = user.events(second["id"])
    assert_sound(events)
    by_phase = {event["phase"]: event for event in events if event["stage"] in {"code", "review"}}
    assert by_phase["migration"]["files"] == [told["migration"]["path"]]
    assert by_phase["merge"]["data"]["kept"] == told["kept"]
    assert by_phase["upgrade"]["data"]["status"] == "passed"
    assert "upgrade" in [check["name"] for check in user.get(f"/generations/{second['id']}/report")["checks"]]

    third = _iterate(user, second["id"], "rename Todo to Task")
    user.completed(third["id"])
    assert _files(user, third["id"])["README.md"].endswith(EDIT)
    project = f"/projects/{first['project_id']}"
    diffs = {item["path"]: item for item in user.get(f"{project}/compare/1/3")["files"]}
    assert diffs["notes/plan.txt"]["change"] == "added"
    assert f"+{EDIT}" in diffs["README.md"]["diff"]


def test_going_back_makes_a_new_version_like_the_old_one_with_its_migration(user: Client) -> None:
    first = user.generate(PROMPT, verify="none")
    user.completed(first["id"])
    project = f"/projects/{first['project_id']}"
    user.completed(_iterate(user, first["id"], "add a due date to todos")["id"])
    refused = user.post(f"{project}/rollback", json={"version": 1, "verify": "none"}, expect=201)
    assert "due_date" in str(_failed(user, refused["id"], "data-loss")["diagnostics"])
    back = user.post(f"{project}/rollback", json={"version": 1, "verify": "none", "allow_data_loss": True}, expect=201)
    done = user.completed(back["id"])
    assert (done["version"], done["kind"]) == (3, "rollback")
    one, three = _files(user, first["id"]), _files(user, back["id"])
    ours = {path: text for path, text in three.items() if not path.startswith((".apiwright/", "migrations/versions/"))}
    assert ours == {path: text for path, text in one.items() if not path.startswith((".apiwright/", "migrations/versions/"))}
    assert len([path for path in three if path.startswith("migrations/versions/") and path.endswith(".py")]) == 3
    user.request("POST", f"{project}/generations/{first['id']}/activate", expect=200)
    assert user.get(f"{project}/generations/active")["version"] == 1
    assert user.request("POST", f"{project}/rollback", json={"version": 3}).status_code == 409
    assert user.request("POST", f"{project}/rollback", json={"version": 9}).status_code == 404


def test_conflicts_wait_for_their_user_and_nothing_is_published_before(user: Client) -> None:
    first, waiting, path = _conflicting(user)
    assert user.request("GET", f"/generations/{waiting['id']}/files").status_code == 409
    assert user.request("POST", f"/generations/{waiting['id']}/approve").status_code == 409
    told = user.get(f"/generations/{waiting['id']}/revision")
    marked = next(item for item in told["conflicts"] if item["path"] == path)
    assert marked["blocks"]
    assert "<<<<<<< " in marked["text"]
    solving = f"/generations/{waiting['id']}/solve"
    still = user.request("POST", solving, json={"files": [{"path": path, "text": marked["text"]}]})
    assert (still.status_code, still.json()["errors"][0]["code"]) == (422, "conflict-unsolved")
    other = user.request("POST", solving, json={"files": [{"path": "app/main.py", "text": ""}]})
    assert (other.status_code, {item["code"] for item in other.json()["errors"]}) == (422, {"conflict-unknown", "conflict-unsolved"})
    mended = _without_markers(marked["text"])
    user.request("POST", solving, json={"files": [{"path": path, "text": mended}]}, expect=202)
    user.completed(waiting["id"], seconds=60)
    assert _files(user, waiting["id"])[path] == mended
    assert user.get(f"/generations/{waiting['id']}/revision")["solved"] is True
    assert_sound(user.events(waiting["id"]))
    assert user.get(f"/projects/{first['project_id']}/generations/active")["id"] == waiting["id"]


def test_conflicts_can_be_given_up(user: Client) -> None:
    first, waiting, _ = _conflicting(user)
    user.request("POST", f"/generations/{waiting['id']}/cancel", expect=202)
    assert_sound(user.events(waiting["id"]), status="cancelled")
    assert user.get(f"/projects/{first['project_id']}/generations/active")["id"] == first["id"]
    user.request("DELETE", f"/generations/{first['id']}/edits", expect=204)
    user.completed(_iterate(user, first["id"], "the title of todos may have up to 77 characters")["id"])


def test_what_is_not_understood_is_told_and_changes_nothing(user: Client) -> None:
    first = user.generate(PROMPT, verify="none")
    user.completed(first["id"])
    error = _failed(user, _iterate(user, first["id"], "frobnicate the todos sideways")["id"], "input")
    assert "frobnicate the todos sideways" in error["diagnostics"][0]["message"]
    lossy = _failed(user, _iterate(user, first["id"], "remove the done flag from todos")["id"], "data-loss")
    assert "done" in lossy["diagnostics"][0]["message"]
    project = f"/projects/{first['project_id']}"
    assert user.get(f"{project}/generations/active")["id"] == first["id"]
    assert user.get(f"{project}")["active_generation_id"] == first["id"]
    assert user.request("GET", f"{project}/generations/2").status_code == 404
    allowed = _iterate(user, first["id"], "remove the done flag from todos", allow_data_loss=True)
    user.completed(allowed["id"])
    assert user.get(f"/generations/{allowed['id']}/revision")["changes"][0]["loses"]


def test_what_becomes_of_values_is_the_users_choice(user: Client) -> None:
    first = user.generate("Shop: a product has a name and a price as a decimal", verify="none")
    user.completed(first["id"])
    choice = {"entity": "Product", "field": "price", "conversion": {"factor": 100}}
    second = _iterate(user, first["id"], "price should be an integer", conversions=[choice])
    user.completed(second["id"])
    told = user.get(f"/generations/{second['id']}/revision")
    assert "multiplied by 100" in told["changes"][0]["sentence"]
    stray = _iterate(user, first["id"], "price should be an integer", conversions=[choice | {"field": "name"}])
    assert _failed(user, stray["id"], "input")["diagnostics"][0]["code"] == "conversion-unused"


def test_a_plan_of_changes_can_be_edited_before_it_is_made(user: Client) -> None:
    first = user.generate(PROMPT, verify="none")
    user.completed(first["id"])
    plan = _iterate(user, first["id"], "add a due date to todos", review=True)
    wait_for(lambda: user.generation(plan["id"])["status"] == "awaiting_approval")
    assert "due_date" in user.get(f"/generations/{plan['id']}/revision")["changes"][0]["sentence"]
    yaml = user.request("GET", f"/generations/{plan['id']}/blueprint", headers={"Accept": "application/yaml"}).text
    user.request("PUT", f"/generations/{plan['id']}/blueprint", content=yaml.replace("due_date", "deadline"), expect=200)
    user.request("POST", f"/generations/{plan['id']}/approve", expect=202)
    user.completed(plan["id"])
    told = user.get(f"/generations/{plan['id']}/revision")
    assert "deadline" in told["changes"][0]["sentence"]
    assert "deadline" in _files(user, plan["id"])[told["migration"]["path"]]


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"../outside.py": "x"}, "file-refused"),
        ({"/etc/passwd": "x"}, "file-refused"),
        ({"app\\..\\x.py": "x"}, "file-refused"),
        ({"app/lo go.png": "x"}, "file-refused"),
        ({"logo.png": b"\x89PNG\xff\x00"}, "file-refused"),
        ({"nul.txt": b"a\x00b"}, "file-refused"),
        ({"big.txt": b"0" * 2_000_001}, "file-refused"),
        ({"link": "LINK"}, "file-refused"),
        ({f"f{number}.txt": b"0" * 1_900_000 for number in range(12)}, "too-large"),
        (dict.fromkeys((f"f/{number}.txt" for number in range(5_001)), ""), "too-many-files"),
        (
            {"blueprint.yaml": "schema_version: 1\nname: other\ntitle: Other\nentities: [{name: Other, fields: [{name: x}]}]\n"},
            "blueprint-edited",
        ),
        ({"blueprint.yaml": None}, "blueprint-missing"),
    ],
)
def test_an_upload_holds_nothing_that_a_project_may_not(
    user: Client, small: tuple[Client, str], entries: dict[str, Any], code: str
) -> None:
    owner, generation_id = small
    files: dict[str, Any] = {**_files(owner, generation_id), **entries}
    packed = _zip({path: content for path, content in files.items() if content is not None})
    refused = owner.request("PUT", f"/generations/{generation_id}/edits", content=packed)
    assert refused.status_code == 422, refused.text[:300]
    assert {item["code"] for item in refused.json()["errors"]} == {code}
    assert owner.request("GET", f"/generations/{generation_id}/edits").status_code == 404
    assert user.request("PUT", f"/generations/{generation_id}/edits", content=packed).status_code == 404


def test_an_upload_that_is_no_zip_is_refused_and_a_wrapped_one_is_not(small: tuple[Client, str]) -> None:
    owner, generation_id = small
    place = f"/generations/{generation_id}/edits"
    whole = _zip(_files(owner, generation_id))
    damaged = whole[:300] + bytes(byte ^ 0xFF for byte in whole[300:340]) + whole[340:]
    for broken in (b"", b"PK nonsense", whole[:-30], damaged):
        assert owner.request("PUT", place, content=broken).status_code == 422
    assert owner.request("PUT", place, content=b"0" * 6_000_000).status_code == 413
    wrapped = {f"todo-main/{path}": text for path, text in _files(owner, generation_id).items()}
    junk = {"todo-main/.git/config": "[core]", "todo-main/app/__pycache__/x.pyc": b"\x00", "todo-main/.apiwright/v1.json": "{}"}
    owner.request("PUT", place, content=_zip({**wrapped, **junk}), expect=200)
    answer = owner.get(place)
    assert (answer["changed"], answer["added"], answer["removed"]) == ([], [], [])
    owner.request("DELETE", place, expect=204)


@pytest.fixture(scope="module")
def small(real: Process) -> tuple[Client, str]:
    """A user with a version."""
    owner = Client(real.url)
    generation_id = owner.generate(PROMPT, verify="none")["id"]
    owner.completed(generation_id)
    return owner, generation_id


def _iterate(user: Client, parent: str, prompt: str, **more: Any) -> dict[str, Any]:
    body = {"parent_generation_id": parent, "prompt": prompt, "verify": "none", **more}
    return user.post("/generations/iterate", json=body, expect=201)


def _conflicting(user: Client) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A version whose user changed the very lines that a request then changes; what waits for it to be solved; and where."""
    first = user.generate(PROMPT, verify="none")
    user.completed(first["id"])
    files = _files(user, first["id"])
    path = "app/models/todo.py"
    line = next(line for line in files[path].splitlines() if line.strip().startswith("title"))
    _upload(user, first["id"], files | {path: files[path].replace(line, f"{line}  # mine")})
    waiting = _iterate(user, first["id"], "the title of todos may have up to 77 characters")
    wait_for(lambda: user.generation(waiting["id"])["status"] in {"awaiting_approval", "failed", "completed"})
    assert user.generation(waiting["id"])["status"] == "awaiting_approval", user.generation(waiting["id"])
    return first, waiting, path


def _without_markers(text: str) -> str:
    """The user's side of every conflict."""
    kept: list[str] = []
    side = "both"
    for line in text.splitlines(keepends=True):
        if line.startswith(("<<<<<<< ", "||||||| ", "=======", ">>>>>>> ")):
            side = {"<": "ours", "|": "base", "=": "theirs", ">": "both"}[line[0]]
        elif side in {"both", "ours"}:
            kept.append(line)
    return "".join(kept)


def _failed(user: Client, generation_id: str, code: str) -> dict[str, Any]:
    ended = user.ended(generation_id)
    assert ended["status"] == "failed", ended
    error = ended["error"]
    assert code in {error["code"], *(item["code"] for item in error["diagnostics"])}, error
    return error


def _files(user: Client, generation_id: str) -> dict[str, str]:
    packed = user.request("GET", f"/generations/{generation_id}/download", expect=200).content
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _zip(files: Mapping[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = ((stat.S_IFLNK if content == "LINK" else stat.S_IFREG) | 0o644) << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _upload(user: Client, generation_id: str, files: Mapping[str, str]) -> dict[str, Any]:
    answer: httpx.Response = user.request("PUT", f"/generations/{generation_id}/edits", content=_zip(files), expect=200)
    return answer.json()
