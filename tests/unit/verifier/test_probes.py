"""What is tried follows from the blueprint."""

from pathlib import Path

import pytest

from apiwright.blueprint import Auth, Blueprint, Entity, Field, Relation, load, parse
from apiwright.compiler import compile_blueprint
from apiwright.verifier.checks.layout import entity_files
from apiwright.verifier.probes import Probe, probes_of
from apiwright.verifier.routes import promised_routes
from apiwright.verifier.world import needed_for, required_links, world_of

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = sorted(path.parent.name for path in GOLDEN.glob("*/blueprint.yaml"))


def blueprint(case: str) -> Blueprint:
    return load((GOLDEN / case / "blueprint.yaml").read_text("utf-8"))


def tried(case: str) -> list[Probe]:
    return probes_of(blueprint(case), world_of(blueprint(case)))


def test_every_operation_that_is_not_public_is_tried_by_nobody() -> None:
    protected = {
        (route.method, route.path) for route in promised_routes(blueprint("clinic")) if route.entity and "public" not in route.grants
    }
    anonymous = {probe.title.removesuffix(" without a token") for probe in tried("clinic") if probe.title.endswith(" without a token")}
    assert anonymous == {f"{method.upper()} {path}" for method, path in protected}


def test_a_role_that_is_not_named_is_tried() -> None:
    probe = next(item for item in tried("clinic") if item.title == "POST /patients by role_doctor, who may not")
    assert probe.expect == (403,)


def test_somebody_elses_row_is_tried_in_every_way() -> None:
    titles = {probe.title for probe in tried("todo") if probe.who == "bob"}
    for asked in ("GET /todos/{id}", "PATCH /todos/{id}", "DELETE /todos/{id}", "POST /todos/{id}/complete"):
        assert f"{asked} by bob, who may not" in titles
    assert "GET /todos by bob, to whom the row is hidden" in titles
    assert "POST /todos with tag_ids of somebody else" in titles


def test_what_hooks_do_is_tried_at_the_end_and_rows_are_deleted_last() -> None:
    document = blueprint("todo").model_dump(mode="json")
    for entity in document["entities"]:
        entity["hooks"] = [
            {"name": f"{operation}_{moment}", "moment": moment, "operation": operation}
            for operation in ("create", "update", "delete") for moment in ("before", "after")
        ]  # fmt: skip
    hooked = parse(document)
    probes = probes_of(hooked, world_of(hooked))[len(tried("todo")) :]
    assert [probe.title.partition(" by ")[0] for probe in probes] == [
        "PATCH /users/{bob}", "POST /tags", "PATCH /tags/{bob:Tag}", "POST /todos", "PATCH /todos/{bob:Todo}",
        "DELETE /todos/{bob:Todo}", "DELETE /tags/{bob:Tag}", "DELETE /users/{bob}",
    ]  # fmt: skip
    assert {probe.unseen for probe in probes} == {("ann:Tag", "ann:Todo")}


def test_every_kind_of_bad_token_is_tried() -> None:
    assert {probe.token for probe in tried("todo")} == {"", "forged", "none", "expired", "tampered"}


@pytest.mark.parametrize("case", CASES)
def test_a_population_makes_every_row_after_those_it_needs(case: str) -> None:
    made: set[str] = set()
    for row in world_of(blueprint(case)).rows:
        assert set(row.links.values()) <= made
        made.add(row.name)


def test_accounts_are_linked_to_what_they_cannot_be_without() -> None:
    email = Field(name="email", type="email", required=True, unique=True)
    relations = (
        Relation(name="company", target="Company", required=True),
        Relation(name="skills", kind="many_to_many", target="Skill", required=True),
        Relation(name="mentor", target="User"),
    )
    user = Entity(name="User", fields=(email,), relations=relations)
    company = Entity(name="Company", relations=(Relation(name="country", target="Country", required=True),))
    needing = Blueprint(
        name="x", title="X", entities=(user, company, *(Entity(name=name) for name in ("Skill", "Country", "Other"))), auth=Auth()
    )
    links = required_links(user, "ann", "User")

    assert links == {"company_id": "{ann:Company}", "skill_ids": ["{ann:Skill}"]}
    assert sorted(row.name for row in needed_for(links, world_of(needing)).rows) == ["ann:Company", "ann:Country", "ann:Skill"]
    bodies = [probe.body for probe in probes_of(needing, world_of(needing)) if probe.path == "/auth/register"]
    assert bodies
    assert all(body and links.items() <= body.items() for body in bodies)


@pytest.mark.parametrize("case", CASES)
def test_the_files_of_each_entity_are_called_as_the_compiler_calls_them(case: str) -> None:
    paths = {path.replace("_.py", ".py") for path in compile_blueprint(blueprint(case)).paths}
    assert set(entity_files(blueprint(case))) <= paths
