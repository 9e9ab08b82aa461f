"""What prompts say in passing: whose a member is, what hangs together, and which words name nothing to keep."""

import pytest

from apiwright.blueprint import Blueprint, validate
from apiwright.planner.embedded import EmbeddedPlanner


def plan(prompt: str) -> Blueprint:
    blueprint = EmbeddedPlanner().plan(prompt)
    assert validate(blueprint) == []
    return blueprint


def members(blueprint: Blueprint) -> set[str]:
    return {f"{entity.name}.{field.name}" for entity in blueprint.entities for field in entity.fields}


def ties(blueprint: Blueprint) -> set[str]:
    return {f"{entity.name}>{relation.target}" for entity in blueprint.entities for relation in entity.relations}


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("For each visit we record the date, what was prescribed, and which vet did it.", {"Visit.date", "Visit.prescribed", "Visit>Vet"}),
        ("Each client can have several projects, with a name and a budget.", {"Project.name", "Project.budget", "Project>Client"}),
        (
            "A recipe consists of ingredients, each with an amount and a unit, and of numbered steps.",
            {"RecipeIngredient.amount", "Step>Recipe"},
        ),
        (
            "Inside a board there are lists. Each list holds cards with a title and a due date.",
            {"List>Board", "Card>List", "Card.due_date"},
        ),
        ("A building has a name and floors, identified by their number. Rooms: name, floor, capacity", {"Floor>Building", "Room>Floor"}),
        ("We keep pets. We note name, species and weight of the pet.", {"Pet.name", "Pet.species", "Pet.weight"}),
        ("Tenants report issues with a description, the office sets a priority.", {"Issue.description", "Issue.priority"}),
        ("Manage vehicles. The VIN is unique. Mileage can only go up.", {"Vehicle.vin", "Vehicle.mileage"}),
        ("Consultants log hours per project and day, with a comment.", {"TimeEntry.hours", "TimeEntry.comment", "TimeEntry>Project"}),
        ("The customer should save this information: first name, street, vaccinated until.", {"Customer.first_name", "Customer.street"}),
        ("A student has a name and a date of birth. A dog has a name.", {"Student.date_of_birth"}),
        ("Visitors get registered with name and arrival time, they leave later.", {"Visitor.name", "Visitor.arrival_time"}),
        ("CRUD companies and their offices", {"Office>Company"}),
        ("Each stop belongs to a customer and has a time window and a status (open, done).", {"Stop>Customer", "Stop.time_window"}),
        ("Meters have a serial number. Manage meters and their readings; a meter keeps its last reading.", {"Reading>Meter"}),
        ("Build a portal with client galleries, photos and contracts.", {"Contract>Client"}),
        ("A payout API with tutors and payouts", {"Payout>Tutor"}),
        ("A goods receipt has a date and who received it. Suppliers deliver.", {"GoodsReceipt.received_by"}),
        (
            "A fleet: vehicles (plate, model), trips linking a driver and a vehicle with distance, repairs per vehicle with cost and day.",
            {"Trip.distance", "Trip>Driver", "Trip>Vehicle", "Repair.cost", "Repair>Vehicle"},
        ),
        (
            "School: students, enrollments linking a student to a course with a grade, attendance per enrollment with date and state.",
            {"Enrollment.grade", "Enrollment>Student", "Enrollment>Course", "Attendance.date", "Attendance>Enrollment"},
        ),
        ("Warehouse: products with SKU, bins with a code, stock levels per product per bin.", {"StockLevel>Product", "StockLevel>Bin"}),
        ("Members borrow tools. A loan is of a tool to a member, with a due date.", {"Loan.due_date", "Loan>Tool", "Loan>Member"}),
        ("Products have a name, a price and whether they contain nuts.", {"Product.contains_nuts", "Product.price"}),
        (
            "Manage products. I track orders: each order has several items (product and quantity).",
            {"Item.quantity", "Item>Order", "Item>Product"},
        ),
    ],
)
def test_members_and_ties_are_found_where_they_are_told(prompt: str, wanted: set[str]) -> None:
    blueprint = plan(prompt)
    assert wanted <= members(blueprint) | ties(blueprint)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "Adds money to a wallet; a row is written to the table wallet_entries.\nRequest params: { wallet_id, amount, reference }",
            {"WalletEntry.amount", "WalletEntry.reference", "WalletEntry>Wallet"},
        ),
        ("The `POST /api/checkins` body must contain `memberId` and `gymId`.", {"Checkin>Gym", "Checkin>Member"}),
        ("POST /transfers\nBody: `from_account_id`, `to_account_id`, `amount_cents`", {"Transfer>Account", "Transfer.amount_cents"}),
        (
            "POST /tickets/{id}/close sets the ticket's `closed_at`, the endpoint returns 200.",
            {"Ticket.closed_at"},
        ),
        (
            '| POST | /recipes/{id}/steps | step | `{"text": "Cut", "minutes": 5}` |\n| POST | /recipes | new | `{"tags": ["easy"]}` |',
            {"Step.text", "Step.minutes", "Step>Recipe", "Recipe.tags"},
        ),
        ('A POST request at "/vote" has a JSON body with "stars", an integer.', {"Vote.stars"}),
        ("Add a schema Feed (url, title) and a schema Article (feedId, headline, isRead).", {"Article.headline", "Article>Feed"}),
    ],
)
def test_requests_tell_members_and_what_ids_refer_to(prompt: str, wanted: set[str]) -> None:
    blueprint = plan(prompt)
    assert wanted <= members(blueprint) | ties(blueprint)


@pytest.mark.parametrize(
    ("prompt", "unwanted"),
    [
        ("POST /tools adds a tool. A failed attempt gives a 401 status code.", {"Attempt"}),
        ("Create a complete food delivery platform with restaurants, orders and couriers", {"Delivery"}),
        ("You should create a RESTful API for a feedback board. Users submit suggestions with a title.", {"Board"}),
        ("Projects are approved by a project lead. Roles: Consultant, Project Lead.", {"Lead"}),
        ("### Wallet-service\nAdds money to the wallet of a customer.", {"WalletService"}),
        ("Create a Django backend with courses and quizzes. Include models, serializers and tests.", {"Test"}),
        ("User can create a room and share its link. User can join a room.", {"Link"}),
        ("| VM-1 | Create checks that the number is unique |\n| VM-2 | Delete removes the vehicle |", {"Create", "Delete", "Vm"}),
        ("Students take quizzes and see their score at the end.", {"Score"}),
        ("Generate a webapp for selling tickets using FastAPI\nPOST /shows with title, price. GET /shows lists shows.", {"Ticket"}),
        ("POST /photos with title, stars; the answer has the status code 201.", {"Answer"}),
        ("A tour has a date and several stops in a fixed order. Each stop has a name.", {"Order"}),
        ("Questions: POST /questions. GET /scoreboard returns the points.", {"Scoreboard"}),
    ],
)
def test_words_that_name_nothing_to_keep_become_no_entity(prompt: str, unwanted: set[str]) -> None:
    assert not unwanted & {entity.name for entity in plan(prompt).entities}


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("Users are managed. Registrars (REGISTRAR) create loans, visitors see them.", {"registrar"}),
        ("CRUD visitors\n- receptionist role, admin role", {"receptionist", "admin"}),
    ],
)
def test_roles_are_found_where_they_are_named_beside_something_else(prompt: str, wanted: set[str]) -> None:
    assert wanted <= {role.name for role in plan(prompt).roles}


def test_accounts_of_some_people_ask_for_a_login_and_none_of_which_requires_it_refuses_one() -> None:
    assert plan("Create a hotel platform with rooms, guests and staff accounts").auth is not None
    assert plan("POST /campaigns with name. GET /campaigns. There are two endpoints, none of which requires authentication.").auth is None


def test_a_word_of_several_meanings_takes_the_one_that_fits_the_rest() -> None:
    assert "Ticket>Event" in ties(plan("Create a ticketing backend with organizers, events and tickets"))


def test_states_belong_to_what_the_sentence_is_about() -> None:
    prompt = "I track orders: each order is for a day, has several items (product and quantity), and goes from draft to baked to delivered."
    status = next(field for field in plan(prompt).entity("Order").fields if field.name == "status")  # type: ignore[union-attr] - it is there
    assert status.values == ("draft", "baked", "delivered")


@pytest.mark.parametrize(
    "prompt",
    [
        "A CRM with contacts, companies and deals (stage: lead, qualified, won, lost).",
        "Deals have a stage: lead, qualified, won, lost.",
        "A deal has a value and a stage: lead, qualified, won or lost.",
    ],
)
def test_values_behind_a_colon_are_those_of_the_member_before_it(prompt: str) -> None:
    stage = next(field for field in plan(prompt).entity("Deal").fields if field.name == "stage")  # type: ignore[union-attr] - it is there
    assert stage.values == ("lead", "qualified", "won", "lost")


def test_a_link_shortener_with_analytics_keeps_links_and_no_analytics() -> None:
    assert [entity.name for entity in plan("build a url shortener with click analytics").entities] == ["Link"]


@pytest.mark.parametrize(
    ("prompt", "member", "values"),
    [
        ("A shop with products and stock movements (in, out, transfer).", "StockMovement.kind", ("in", "out", "transfer")),
        ("Shop: products, orders (pending, shipped, delivered), customers", "Order.status", ("pending", "shipped", "delivered")),
        ("Track payments (card, cash or transfer) of orders.", "Payment.method", ("card", "cash", "transfer")),
        ("A tracker for invoices with clients and invoice status.", "Invoice.status", ("draft", "sent", "paid", "overdue")),
    ],
)
def test_kinds_in_brackets_are_values_and_leave_the_usual_members(prompt: str, member: str, values: tuple[str, ...]) -> None:
    name, _, field = member.partition(".")
    entity = plan(prompt).entity(name)
    assert entity is not None
    assert next(item for item in entity.fields if item.name == field).values == values
    assert len(entity.fields) > 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("The title is not required.", "title"),
        ("The price is optional.", "price"),
        ("Price may be empty.", "price"),
        ("Title and price aren't required.", "title"),
        ("The price does not have to be given.", "price"),
        ("The price can be left out.", "price"),
    ],
)
def test_a_member_that_need_not_be_there_is_optional_and_not_dropped(said: str, name: str) -> None:
    entity = EmbeddedPlanner().plan(f"Products have a title, a price and a sku. {said}").entity("Product")
    assert entity is not None
    field = entity.field(name)
    assert field is not None
    assert not field.required


@pytest.mark.parametrize(
    ("prompt", "entity", "values"),
    [
        ("Hotels have rooms with a number and a room type (single, double, suite).", "Room", ("single", "double", "suite")),
        ("Shops have bikes with a bike type (road, gravel) and a price.", "Bike", ("road", "gravel")),
    ],
)
def test_the_type_of_a_thing_is_no_link_to_another_one(prompt: str, entity: str, values: tuple[str, ...]) -> None:
    made = plan(prompt).entity(entity)
    assert made is not None
    assert entity not in {relation.target for relation in made.relations}
    assert values in {field.values for field in made.fields}


def test_tickets_that_are_bought_are_no_requests_for_help() -> None:
    ticket = plan("A cinema: films have screenings, customers buy tickets for a screening").entity("Ticket")
    assert ticket is not None
    assert ticket.field("priority") is None
    assert {"customer", "screening"} <= {relation.name for relation in ticket.relations}


def test_hours_in_a_list_of_things_measure_the_thing_before() -> None:
    job = plan("Car workshop: customers, their cars, jobs with parts used and labour hours, invoices").entity("Job")
    assert job is not None
    assert {("parts_used", "string"), ("labour_hours", "decimal")} == {(field.name, field.type) for field in job.fields}


def test_what_something_is_marked_as_may_be_several_states() -> None:
    order = plan("Orders have a size. Staff can mark orders as baked or collected.").entity("Order")
    assert order is not None
    assert [(move.name, move.target) for move in order.transitions] == [("mark_baked", "baked"), ("mark_collected", "collected")]


def test_who_takes_part_in_a_thing_does_not_get_its_members() -> None:
    member = plan("Matches between two members with a score").entity("Member")
    assert member is not None
    assert "score" not in {item.name for item in (*member.fields, *member.relations)}
