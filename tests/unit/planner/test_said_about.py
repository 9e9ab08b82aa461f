"""What prose tells of a thing in other forms than `it has`: clauses behind it, lines of one and one, what it lies in, its owner."""

import pytest

from apiwright.blueprint import Blueprint, Field
from apiwright.planner.embedded import EmbeddedPlanner


def members(prompt: str, entity: str) -> dict[str, str]:
    found = _entity(EmbeddedPlanner().plan(prompt), entity)
    return {field.name: field.type for field in found}


def _entity(blueprint: Blueprint, name: str) -> list[Field]:
    entity = next((item for item in blueprint.entities if item.name == name), None)
    assert entity is not None, [item.name for item in blueprint.entities]
    return [*entity.fields]


def ties(prompt: str) -> set[tuple[str, str, str]]:
    blueprint = EmbeddedPlanner().plan(prompt)
    return {(entity.name, relation.target, relation.kind) for entity in blueprint.entities for relation in entity.relations}


def names(prompt: str) -> set[str]:
    return {entity.name for entity in EmbeddedPlanner().plan(prompt).entities}


@pytest.mark.parametrize(
    ("prompt", "entity", "wanted"),
    [
        ("Gym API: ascents that members log with the date and a rating", "Ascent", {"date": "date", "rating": "integer"}),
        ("A club app. For each member we have to keep: name, date of birth and phone.", "Member", {"date_of_birth": "date"}),
        ("A shop. A job has a description of what's wrong and a quote in pounds.", "Job", {"description": "text", "quote": "decimal"}),
        ("Campaigns have a title, and a start and an end date.", "Campaign", {"start_date": "date", "end_date": "date"}),
        ("API to keep albums I own: title, artist, year", "Album", {"title": "string", "artist": "string", "year": "integer"}),
        ("- CRUD for wines: name, vintage\n- Tasting notes of a wine: date, score out of 100, text", "TastingNote", {"score": "integer"}),
        ("Boutique backend. We keep inventory (garment, size).", "Inventory", {"garment": "string", "size": "string"}),
        ("Climbing app. Routes have a name and a colour set by a route setter.", "Route", {"colour": "string"}),
        ("A quiz API. A quiz has questions, each with a text and a number of points.", "Question", {"points": "integer"}),
    ],
)  # fmt: skip
def test_members_told_in_other_forms(prompt: str, entity: str, wanted: dict[str, str]) -> None:
    found = members(prompt, entity)
    assert wanted.items() <= found.items(), found


@pytest.mark.parametrize(
    ("prompt", "tie"),
    [
        ("Lab API. Samples have a barcode. A sample lies in a box at a position.", ("Sample", "Box", "many_to_one")),
        ("Lab API. Every sample belongs to an order of a clinic.", ("Order", "Clinic", "many_to_one")),
        ("CRUD drivers and vans\n- Tours, one driver and one van per day", ("Tour", "Van", "many_to_one")),
        ("- Bookmark: url, title\n- Collections, a bookmark may be in many collections", ("Bookmark", "Collection", "many_to_many")),
        ("Neighbours log in and lend tools. As the owner of a tool I can accept a request.", ("Tool", "User", "many_to_one")),
        ("An app with boards. Members of a board can add cards to it.", ("Board", "Member", "many_to_many")),
        ("As a nurse I want to record vital signs of patients.", ("VitalSign", "Patient", "many_to_one")),
        ("Set the status of the parcel, and add an entry to the parcel's history.", ("ParcelHistoryEntry", "Parcel", "many_to_one")),
    ],
)  # fmt: skip
def test_ties_told_in_other_forms(prompt: str, tie: tuple[str, str, str]) -> None:
    found = ties(prompt)
    assert tie in found or (tie[1] == "Member" and (tie[0], "User", tie[2]) in found), found


@pytest.mark.parametrize(
    ("prompt", "unwanted"),
    [
        ("Gym app where members buy passes and book classes.", "Order"),
        ("Generate a web service that keeps score of how often links are clicked.", "Service"),
        ("Residents apply for permits; a permit has a zone and a status.", "Application"),
        ("Lab API. Samples have a barcode. A sample lies in a box at a position.", "Position"),
        ("A blog where users write posts. Filter posts by a search term.", "Term"),
        ("Practice API. Clients book viewings of a property.", "Booking"),
    ],
)
def test_what_is_said_in_other_forms_makes_nothing_of_its_own(prompt: str, unwanted: str) -> None:
    assert unwanted not in names(prompt)


def test_members_of_requests_go_to_the_path_they_stand_by() -> None:
    prompt = (
        "Generate an API for recipes. POST at `/recipes` takes `title` and `ingredients` (array of strings). "
        "POST at `/recipes/{recipeId}/ratings` takes `stars` (integer, 1 to 5) and `remark`, a string."
    )
    recipe = members(prompt, "Recipe")
    assert recipe["title"] == "string"
    assert recipe["ingredients"] == "json"
    assert "stars" not in recipe
    assert members(prompt, "Rating")["stars"] == "integer"
