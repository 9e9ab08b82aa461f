"""Who may do what: what the embedded planner makes of sentences on people, rights, states and pairs of actions."""

import pytest

from apiwright.blueprint import Blueprint, Entity, validate
from apiwright.planner.embedded import EmbeddedPlanner

RECIPES = (
    "Build a recipe sharing platform where users can post recipes with ingredients and steps, comment on them, save favorites "
    "and follow other cooks."
)
STORIES = (
    "As a teacher I want to create courses with lessons so that students can enroll.\n"
    "As a student I want to submit assignments before the due date.\n"
    "As a teacher I want to grade submissions from 0 to 100.\n"
    "As an admin I want to deactivate accounts."
)
INVENTORY = (
    "Simple inventory management system with FastAPI: warehouses, suppliers, products, stock levels and purchase orders. "
    "JWT auth with roles admin and clerk. Only admins can delete."
)
EXPENSES = (
    "An expense tracker. Each user records expenses with an amount, currency (3 letters), category and date. "
    "Managers approve or reject expense reports. No one else may see my expenses."
)
PODCAST = (
    "I need a backend for my podcast app: shows have many episodes, listeners can subscribe to shows and like episodes, "
    "only hosts may publish episodes. Use PostgreSQL."
)
PATHS = "GET /books\nPOST /books\nGET /books/{id}\nPUT /books/{id}\nDELETE /books/{id}\nGET /authors/{authorId}/books\nPOST /loans"
HOSPITAL = (
    "A hospital appointment API. Patients can book appointments with doctors. Doctors have a name and a specialty. "
    "Only doctors can write prescriptions. Patients can cancel their own appointments. Receptionists manage doctors."
)


def plan(prompt: str) -> Blueprint:
    blueprint = EmbeddedPlanner().plan(prompt)
    assert validate(blueprint) == []
    return blueprint


def entity(blueprint: Blueprint, name: str) -> Entity:
    found = blueprint.entity(name)
    assert found is not None
    return found


def roles(blueprint: Blueprint) -> set[str]:
    return {role.name for role in blueprint.roles}


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        (RECIPES, "Recipe Sharing"),
        (STORIES, "Courses"),
        (INVENTORY, "Inventory"),
        (EXPENSES, "Expense Tracker"),
        (PODCAST, "Podcast"),
        (PATHS, "Books"),
        ("A parking lot API. No authentication needed. Levels have many spots.", "Parking Lot"),
        ("Users can create posts and comments.", "Posts"),
        ("Create a REST API called PetPal for pet sitting. Owners have pets.", "PetPal"),
    ],
)
def test_the_title_says_what_is_built(prompt: str, title: str) -> None:
    assert plan(prompt).title == title


def test_people_follow_people_and_save_things() -> None:
    blueprint = plan(RECIPES)
    user, recipe, follow = entity(blueprint, "User"), entity(blueprint, "Recipe"), entity(blueprint, "Follow")
    assert blueprint.entity("Cook") is None
    assert [(item.name, item.undo, item.through) for item in user.pair_actions] == [("follow", "unfollow", "Follow")]
    assert [item.through for item in recipe.pair_actions] == ["Favorite"]
    assert {item.name for item in follow.relations} == {"follower", "followee"}
    assert all(item.required and item.on_delete == "cascade" for item in follow.relations)
    assert [count.name for count in user.counts] == ["follower_count"]


def test_user_stories_name_roles() -> None:
    blueprint = plan(STORIES)
    assert blueprint.auth is not None
    assert blueprint.auth.entity == "User"
    assert roles(blueprint) == {"teacher", "student", "admin"}
    submission, course, user = entity(blueprint, "Submission"), entity(blueprint, "Course"), entity(blueprint, "User")
    assert "role:student" in submission.access.create
    assert "role:teacher" in submission.access.read
    assert submission.access.update == ("role:teacher", "role:admin")
    assert course.access.create == ("role:teacher", "role:admin")
    assert [item.name for item in course.pair_actions] == ["enroll"]
    assert blueprint.entity("Account") is None
    assert {item.name: item.access for item in user.transitions}["deactivate"] == ("role:admin",)


def test_only_admins_delete_and_the_clerk_writes() -> None:
    blueprint = plan(INVENTORY)
    assert roles(blueprint) == {"admin", "clerk"}
    for name in ("Warehouse", "Supplier", "Product", "PurchaseOrder"):
        access = entity(blueprint, name).access
        assert access.delete == ("role:admin",)
        assert set(access.create) == {"role:admin", "role:clerk"}


def test_private_is_private_and_who_decides_can_read() -> None:
    blueprint = plan(EXPENSES)
    expense, report = entity(blueprint, "Expense"), entity(blueprint, "ExpenseReport")
    assert expense.access.read == expense.access.list == ("owner",)
    assert {item.name: item.access for item in report.transitions} == {"approve": ("role:manager",), "reject": ("role:manager",)}
    assert "role:manager" in report.access.read
    assert "role:manager" in report.access.list


def test_only_some_publish() -> None:
    blueprint = plan(PODCAST)
    episode, show = entity(blueprint, "Episode"), entity(blueprint, "Show")
    publish = episode.transitions[0]
    assert (publish.name, publish.sources, publish.target, publish.access) == ("publish", ("draft",), "published", ("role:host",))
    assert publish.origin.text == "only hosts may publish episodes"
    assert episode.access.create == ("role:host",)
    assert [item.name for item in show.pair_actions] == ["subscribe"]
    assert [item.name for item in episode.pair_actions] == ["like"]
    assert blueprint.database == "postgresql"


def test_doctors_write_and_patients_cancel_their_own() -> None:
    blueprint = plan(HOSPITAL)
    appointment, prescription, doctor = (entity(blueprint, name) for name in ("Appointment", "Prescription", "Doctor"))
    assert prescription.access.create == ("role:doctor",)
    assert set(prescription.access.read) == {"owner", "role:doctor"}
    assert {item.name: item.access for item in appointment.transitions}["cancel"] == ("owner",)
    assert doctor.access.create == ("role:receptionist",)


def test_likes_of_two_kinds_of_things_are_two_entities() -> None:
    blueprint = plan("A blog. Users write posts and comments. Users can like posts and comments.")
    assert [item.through for item in entity(blueprint, "Post").pair_actions] == ["PostLike"]
    assert [item.through for item in entity(blueprint, "Comment").pair_actions] == ["CommentLike"]


def test_marking_is_a_transition_of_a_valid_name() -> None:
    rental = entity(plan("Car rental backend with cars and rentals. Staff can mark a rental as returned."), "Rental")
    assert [(item.name, item.target, item.access) for item in rental.transitions] == [("mark_returned", "returned", ("role:staff",))]


def test_what_is_forbidden_is_granted_to_nobody() -> None:
    blueprint = plan("Employees submit leave requests. Managers approve or reject them. No one can delete a leave request.")
    assert entity(blueprint, "LeaveRequest").access.delete == ()
    question = entity(plan("Users ask questions and answer questions. Users cannot delete questions."), "Question")
    assert question.access.delete == ()


def test_everyone_reads_and_the_author_edits() -> None:
    recipe = entity(
        plan("Recipe API. Everyone can view recipes. Only the author can edit or delete a recipe. Users post recipes."), "Recipe"
    )
    assert recipe.access.read == ("public",)
    assert recipe.access.update == recipe.access.delete == ("owner",)


def test_votes_both_ways_have_a_value() -> None:
    blueprint = plan("Users ask questions, answer questions, upvote answers and downvote answers.")
    value = entity(blueprint, "Vote").field("value")
    assert value is not None
    assert value.values == ("up", "down")
    assert entity(blueprint, "Answer").pair_actions == ()


def test_every_right_tells_why() -> None:
    for prompt in (RECIPES, STORIES, PODCAST, HOSPITAL):
        blueprint = plan(prompt)
        actions = [item for thing in blueprint.entities for item in (*thing.transitions, *thing.pair_actions, *thing.counts)]
        for item in (*actions, *blueprint.roles):
            assert item.origin.text
            assert item.origin.kind != "prompt" or prompt[item.origin.start : item.origin.end].startswith(item.origin.text)
