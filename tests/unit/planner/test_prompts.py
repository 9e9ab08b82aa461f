"""What the embedded planner makes of prompts in many styles and domains. The cases are data: `prompts/*.toml`."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from apiwright.blueprint import Blueprint, validate
from apiwright.errors import PromptError
from apiwright.planner.embedded import EmbeddedPlanner

CASES: list[dict[str, Any]] = [
    case for path in sorted((Path(__file__).parent / "prompts").glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def missing(case: dict[str, Any], blueprint: Blueprint) -> list[str]:
    """What the case asks for and the blueprint lacks, or has too much."""
    names = {entity.name for entity in blueprint.entities}
    fields = {f"{entity.name}.{field.name}" for entity in blueprint.entities for field in entity.fields}
    fields |= {f"{entity.name}.{field.name}:{field.type}" for entity in blueprint.entities for field in entity.fields}
    relations = {f"{entity.name} {item.kind} {item.target}" for entity in blueprint.entities for item in entity.relations}
    found = [f"no {name}" for name in case.get("entities", []) if name not in names]
    found += [f"no {name}" for name in case.get("fields", []) if name not in fields]
    found += [f"no {name}" for name in case.get("relations", []) if name not in relations]
    found += [f"no role {name}" for name in case.get("roles", []) if name not in {role.name for role in blueprint.roles}]
    found += [f"{name} is none" for name in case.get("absent", []) if name in names]
    if case.get("exact"):
        found += [f"{name} is too much" for name in sorted(names - set(case["entities"]) - {"User"})]
    if case.get("auth") is not None and case["auth"] != (blueprint.auth is not None):
        found.append(f"auth is {blueprint.auth}")
    if case.get("name") and case["name"] != blueprint.name:
        found.append(f"the name is {blueprint.name}")
    return found


@pytest.mark.parametrize("case", CASES, ids=[" ".join(case["prompt"].split())[:50] for case in CASES])
def test_a_prompt_becomes_what_it_says(case: dict[str, Any]) -> None:
    if case.get("error"):
        with pytest.raises(PromptError):
            EmbeddedPlanner().plan(case["prompt"])
        return
    blueprint = EmbeddedPlanner().plan(case["prompt"])
    assert missing(case, blueprint) == []
    assert validate(blueprint) == []


def plan(prompt: str) -> Blueprint:
    return EmbeddedPlanner().plan(prompt)


def test_numbers_become_limits() -> None:
    post = plan("A post has a title of up to 120 characters, a body and a rating from 1 to 5.").entity("Post")
    assert post is not None
    title, rating = post.field("title"), post.field("rating")
    assert title is not None
    assert rating is not None
    assert title.max_length == 120
    assert (rating.min, rating.max) == (1, 5)


def test_a_state_moves_by_the_actions_named_and_by_whom() -> None:
    blueprint = plan(
        "Employees submit leave requests with a status (pending, approved, rejected). Managers can approve or reject leave requests."
    )
    entity = blueprint.entity("LeaveRequest")
    assert entity is not None
    moves = {item.name: item for item in entity.transitions}
    assert moves["approve"].target == "approved"
    assert moves["approve"].access == ("role:manager",)
    assert moves["reject"].sources == ("pending",)


def test_likes_and_follows_are_pairs_of_actions() -> None:
    blueprint = plan("Users can write posts, like posts and follow other users.")
    post, user, like = blueprint.entity("Post"), blueprint.entity("User"), blueprint.entity("Like")
    assert post is not None
    assert user is not None
    assert like is not None
    assert [item.name for item in post.pair_actions] == ["like"]
    assert [item.undo for item in user.pair_actions] == ["unfollow"]
    assert like.unique_together == (("user", "post"),)


def test_counts_are_shown_where_they_belong() -> None:
    post = plan("Users write posts and like posts. Show the number of likes of every post.").entity("Post")
    assert post is not None
    assert [count.name for count in post.counts] == ["like_count"]


def test_what_is_their_own_is_owned() -> None:
    blueprint = plan("Users can only see and edit their own notes. A note has a title and text.")
    note = blueprint.entity("Note")
    assert note is not None
    assert note.owned_via is not None
    assert note.access.read == ("owner",)


def test_the_database_that_is_named_is_taken() -> None:
    assert plan("A PostgreSQL backed API for recipes").database == "postgresql"
    assert plan("An API for recipes").database == "sqlite"


def test_a_prompt_that_names_nothing_gets_a_small_default_and_says_so() -> None:
    blueprint = plan("Create a REST API")
    assert [entity.name for entity in blueprint.entities] == ["Item"]
    assert "names nothing" in blueprint.assumptions[0]


def test_origins_quote_the_prompt() -> None:
    prompt = "Build an API for recipes. A recipe has a title and a cooking time in minutes."
    recipe = plan(prompt).entity("Recipe")
    assert recipe is not None
    title = recipe.field("title")
    assert title is not None
    assert title.origin.kind == "prompt"
    assert prompt[title.origin.start : title.origin.end] == "title"


@pytest.mark.parametrize(
    ("prompt", "code"),
    [
        ("", "prompt-empty"),
        (" \n\t ", "prompt-empty"),
        ("???!!! ... ---", "prompt-no-words"),
        ("🙂🚀🔥", "prompt-no-words"),
        ("\x00\x01\x02PNG\x00 users", "prompt-binary"),
        ("A todo list with \udce9 titles", "prompt-binary"),
        ("users " * 40_000, "prompt-too-long"),
        ("write me a poem about the sea", "prompt-no-backend"),
        ("what is the meaning of life", "prompt-no-backend"),
        ("What is the weather in Paris?", "prompt-no-backend"),
        ("Design a logo for my shop", "prompt-no-backend"),
        ("Translate this sentence into German: the book is on the table", "prompt-no-backend"),
        ("'; DROP TABLE users; --", "prompt-no-backend"),
        ("SELECT * FROM users WHERE id=1", "prompt-no-backend"),
        ("' OR 1=1; --", "prompt-no-backend"),
        ("Ein Backend für eine Bibliothek mit Büchern und Autoren", "prompt-language"),
        ("本の一覧を管理するバックエンドを作ってください", "prompt-language"),
        ("Создай серверную часть для учёта книг и авторов", "prompt-language"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_reason_and_a_hint(prompt: str, code: str) -> None:
    with pytest.raises(PromptError) as caught:
        plan(prompt)
    assert [item.code for item in caught.value.diagnostics] == [code]
    assert caught.value.diagnostics[0].hint


def test_an_attack_is_just_words() -> None:
    blueprint = plan("Users keep todos'; DROP TABLE users; --\"; import os; os.system('id') {{ 7*7 }} with a title")
    assert blueprint.entity("Todo") is not None
    assert all(entity.name.isidentifier() for entity in blueprint.entities)


def test_who_does_something_with_a_thing_is_a_user_and_who_asks_owns_it() -> None:
    request = plan("Requests have a text, an approver and a status. Employees log in.").entity("Request")
    assert request is not None
    people = {item.name: (item.target, item.required) for item in request.relations}
    assert people == {"approver": ("Employee", False), "requester": ("Employee", True)}
    assert request.owned_via == "requester"


def test_the_states_that_somebody_sets_are_those_of_the_thing() -> None:
    order = plan("Managers can change the status of an order (new, paid, sent).").entity("Order")
    assert order is not None
    status = order.field("status")
    assert status is not None
    assert status.values == ("new", "paid", "sent")


def test_who_accepts_one_accepts_what_was_spoken_of() -> None:
    blueprint = plan("A marketplace: sellers list items, buyers make offers, sellers accept one, then both leave reviews for each other.")
    moves = {entity.name: [item.name for item in entity.transitions] for entity in blueprint.entities if entity.transitions}
    assert moves == {"Offer": ["accept"]}


def test_pets_that_are_given_away_belong_to_nobody_who_comes() -> None:
    pet = plan("A pet adoption center. Pets have a name. Applicants submit adoption requests. Staff approve requests.").entity("Pet")
    assert pet is not None
    assert pet.owned_via is None
    assert not pet.relations


def test_kinds_may_be_called_like_types() -> None:
    task = plan("Tasks have a type (call, email), a date and notes.").entity("Task")
    assert task is not None
    kind = task.field("type")
    assert kind is not None
    assert kind.values == ("call", "email")
    device = plan("- Device: type (string, required), name").entity("Device")
    assert device is not None
    plain = device.field("type")
    assert plain is not None
    assert plain.type == "string"


@pytest.mark.parametrize(
    ("prompt", "name", "people"),
    [
        ("Issues have a title, an assignee and a reporter. Users log in.", "Issue", {"assignee", "reporter"}),
        ("Users and tasks. Tasks have a title, assignee, reviewer.", "Task", {"assignee", "reviewer"}),
    ],
)
def test_members_that_are_called_by_a_deed_lead_to_users(prompt: str, name: str, people: set[str]) -> None:
    entity = plan(prompt).entity(name)
    assert entity is not None
    assert {item.name for item in entity.relations if item.target == "User"} == people
    assert not people & {field.name for field in entity.fields}
