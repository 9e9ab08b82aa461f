"""What people tell colloquially in clauses: who has what, what is done again and again, where things are used, what a deed is told with."""

import pytest

from apiwright.blueprint import Blueprint, validate
from apiwright.planner.embedded import EmbeddedPlanner


def plan(prompt: str) -> Blueprint:
    blueprint = EmbeddedPlanner().plan(prompt)
    assert validate(blueprint) == []
    return blueprint


def told(prompt: str) -> set[str]:
    """Members and their types (`Loan.due_date:date`), ties (`Loan>Book`, `Gig*Song` for many to many)."""
    blueprint = plan(prompt)
    members = {f"{entity.name}.{field.name}:{field.type}" for entity in blueprint.entities for field in entity.fields}
    return members | {
        f"{entity.name}{'*' if relation.kind == 'many_to_many' else '>'}{relation.target}"
        for entity in blueprint.entities
        for relation in entity.relations
    }


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "Guests book rooms with check-in and check-out dates, a status (requested, confirmed) and the number of guests.",
            {"Booking.check_in_date:date", "Booking.check_out_date:date", "Booking.status:enum", "Booking.guests:integer", "Booking>Room"},
        ),
        (
            "Members reserve courts with a start time and a status (open, paid).",
            {"Reservation.start_time:datetime", "Reservation.status:enum"},
        ),
        ("Customers order cakes with a delivery date and a status (new, done).", {"Order.delivery_date:date", "Order>Cake"}),
        ("A salon where clients book appointments with a date and a note.", {"Appointment.date:date", "Appointment.note:text"}),
        ("Climbers rent gear with a pickup day and a deposit.", {"Rental.deposit:decimal", "Rental>Gear"}),
        ("Customers buy tickets with a seat and a price.", {"Ticket.seat:string", "Ticket.price:decimal"}),
    ],
)
def test_what_a_deed_is_told_with_belongs_to_its_record(prompt: str, wanted: set[str]) -> None:
    assert wanted <= told(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "Keep track of who has which laptop, when it was handed out and when it came back.",
            {"Loan>Laptop", "Loan>Person", "Loan.handed_out_at:datetime", "Loan.returned_at:datetime"},
        ),
        (
            "We need to know which employee has which key, when they got it and when they returned it.",
            {"Loan>Employee", "Loan>Key", "Loan.received_at:datetime", "Loan.returned_at:datetime"},
        ),
        (
            "We have employees and monitors and want to see who has which monitor.",
            {"MonitorAssignment>Employee", "MonitorAssignment>Monitor"},
        ),
        (
            "People can borrow tools here. We want: which tool, who took it, taken at, has to be back by, actually back at.",
            {"Loan>Tool", "Loan.taken_at:datetime", "Loan.due_at:datetime", "Loan.returned_at:datetime"},
        ),
        (
            "We want to see who has which drill. Employees: name, phone. Drills: code, model.",
            {"DrillAssignment>Employee", "DrillAssignment>Drill"},
        ),
        ("Toy library: which family borrowed which toy, and when it is due.", {"Loan>Family", "Loan>Toy", "Loan.due_at:datetime"}),
    ],
)
def test_who_has_what_is_a_record_of_both(prompt: str, wanted: set[str]) -> None:
    assert wanted <= told(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "Parcels have a tracking number. Each time a parcel is moved, the system records who did it and when.",
            {"Movement>Parcel", "Movement.moved_by:string", "Movement.moved_at:datetime"},
        ),
        (
            "Pallets: code, location. Whenever a pallet is scanned, we log who did it, where and when.",
            {"Scan>Pallet", "Scan.location:string", "Scan.scanned_at:datetime"},
        ),
        (
            "Zoo animals have a name. Every time a keeper feeds an animal, we note the food and when.",
            {"Feeding>Animal", "Feeding>Keeper", "Feeding.food:string", "Feeding.fed_at:datetime"},
        ),
        (
            "A car park API: spaces, vehicles; each time a vehicle enters we record the time and the space.",
            {"Entering>Vehicle", "Entering>Space"},
        ),
        (
            "An app for my houseplants: name, location and when each was watered and fertilised.",
            {"Watering>Houseplant", "Fertilisation>Houseplant", "Watering.watered_at:datetime"},
        ),
        (
            "I keep hives. When i look into a hive i write down the date, how many frames there were and whether i saw the queen.",
            {"Inspection>Hive", "Inspection.number_of_frames:integer", "Inspection.queen_seen:boolean"},
        ),
        ("Track our beehives and when each was inspected and treated.", {"Inspection>Beehive", "Treatment>Beehive"}),
        ("Keep a list of my tools with name and price and when each was last serviced.", {"Tool.last_serviced_at:datetime"}),
    ],
)
def test_what_is_done_again_and_again_is_a_record_of_its_own(prompt: str, wanted: set[str]) -> None:
    assert wanted <= told(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            "An app for our choir: the members, the pieces we sing in concerts and the dates of rehearsals.",
            {"Concert*Piece", "Rehearsal.date:date"},
        ),
        ("An orchestra keeps musicians and the works it plays in concerts.", {"Concert*Work"}),
        ("I collect tools that I keep in boxes and want an API for it.", {"Tool>Box"}),
        ("A choir: singers, songs, and rehearsal dates.", {"Rehearsal.date:date"}),
        ("Swimmers have a name, trainings have a date. At each training I tick off who came.", {"Training*Swimmer"}),
        (
            "Each firing has a date. We want to know whose pieces were in which firing and what we charged for each piece.",
            {"Piece>Firing", "Piece.amount_charged:decimal"},
        ),
        ("I store the singers with there voice (soprano, alto, bass).", {"Singer.voice:enum"}),
        (
            "We have a cupboard full of sheet music: title, composer, number of copies.",
            {"SheetMusic.title:string", "SheetMusic.number_of_copies:integer"},
        ),
        (
            "A job comes in with the address and what is broken. I need to see which jobs are not invoiced yet.",
            {"Job.address:string", "Job.broken:text", "Job.invoiced:boolean"},
        ),
        (
            "Clients have a name. They book a session with one of the artists, with a start time.",
            {"Session.start_time:datetime", "Session>Artist", "Session>Client"},
        ),
        (
            "The lab gets 400 samples a week. Each sample has a barcode. A test refers to a method. A method has a name and a unit.",
            {"Method.unit:string", "Test>Method"},
        ),
        (
            "A cinema backend: films, halls, showings of a film in a hall at a time.",
            {"Showing>Film", "Showing>Hall", "Showing.time:time"},
        ),
        ("A tennis club: players, courts, matches between two players with the score.", {"Match*Player", "Match.score:integer"}),
        ("Animals in a zoo have a name and a species.", {"Animal.species:string"}),
        ("Fitness: members and classes. Members pay fees, each with a month and an amount.", {"Fee.month:string", "Fee.amount:decimal"}),
        ("Invoices have a number, an amount and a paid flag.", {"Invoice.paid:boolean"}),
        ("Countries have a name, a flag and a population.", {"Country.flag:boolean"}),
        ("Projects have a name, start and end dates and a budget.", {"Project.start_date:date", "Project.end_date:date"}),
    ],
)
def test_clauses_behind_a_thing_tell_of_it(prompt: str, wanted: set[str]) -> None:
    assert wanted <= told(prompt)


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        ("A marketplace where users list bikes and send each other messages.", {"Message>User", "Message.sender", "Message.recipient"}),
        ("Pen friends: users write letters to each other, a letter has a text.", {"Letter.sender", "Letter.recipient"}),
        ("Students send each other messages. A message is read or unread.", {"Message.recipient", "Message.read"}),
    ],
)
def test_what_people_send_each_other_has_who_sends_and_who_gets_it(prompt: str, wanted: set[str]) -> None:
    blueprint = plan(prompt)
    found = {f"{entity.name}.{member.name}" for entity in blueprint.entities for member in (*entity.relations, *entity.fields)}
    assert wanted <= found | told(prompt)


@pytest.mark.parametrize(
    ("prompt", "entity", "moves"),
    [
        ("Neighbours ask to borrow a tool and the owner accepts or declines.", "Borrowing", {"accept", "decline"}),
        (
            "Parents post jobs with a date and a pay, sitters apply with a message, the parent accepts or rejects them.",
            "Application",
            {"accept"},
        ),
        ("Guests book apartments with a start and an end date; the host confirms or declines.", "Booking", {"confirm", "decline"}),
        ("Users can request to swap a book; the owner accepts or declines the request.", "SwapRequest", {"accept", "decline"}),
        ("People ask to adopt a dog. Staff approve or reject the request.", "AdoptionRequest", {"approve", "reject"}),
    ],
)
def test_what_was_asked_for_is_what_is_accepted_or_declined(prompt: str, entity: str, moves: set[str]) -> None:
    asked = plan(prompt).entity(entity)
    assert asked is not None
    assert moves <= {move.name for move in asked.transitions}


@pytest.mark.parametrize(
    ("prompt", "entity", "values"),
    [
        (
            "Cinema with films and screenings. Visitors buy tickets; ticket types are adult, child and senior.",
            "Ticket",
            ("adult", "child", "senior"),
        ),
        ("Hotel API: rooms with a number, room types are single, double and suite.", "Room", ("single", "double", "suite")),
        ("We store payments of members. Payment methods: card, cash, transfer.", "Payment", ("card", "cash", "transfer")),
    ],
)
def test_the_kinds_of_a_thing_are_a_member_of_it(prompt: str, entity: str, values: tuple[str, ...]) -> None:
    blueprint = plan(prompt)
    assert not {"TicketType", "RoomType", "PaymentMethod"} & {item.name for item in blueprint.entities}
    kept = blueprint.entity(entity)
    assert kept is not None
    assert values in {field.values for field in kept.fields}


@pytest.mark.parametrize(
    ("clause", "member"),
    [
        ("where it stands", "location:string"),
        ("how old the queen is", "queen_age:integer"),
        ("how old it is", "age:integer"),
        ("how many children there are", "number_of_children:integer"),
        ("how many hours we worked", "hours:decimal"),
        ("whether we saw the queen", "queen_seen:boolean"),
        ("if they come", "is_coming:boolean"),
        ("what they eat (meat, fish, veggie)", "eats:enum"),
        ("at which table they sit", "table:string"),
        ("what we charged", "amount_charged:decimal"),
        ("when it was handed out", "handed_out_at:datetime"),
        ("when it came back", "returned_at:datetime"),
    ],
)
def test_a_question_tells_a_member(clause: str, member: str) -> None:
    assert f"Colony.{member}" in told(f"Colonies have a name. For every colony we note the weight and {clause}.")


@pytest.mark.parametrize(
    ("prompt", "unwanted"),
    [
        ("I would like to store singers and songs.", "Like"),
        ("I want to build my own guest list instead of paying for one. Guests have a name.", "Payment"),
        ("## Campaigns\nUsers start campaigns with a goal and an end date.\n\nOut of scope: emails, mobile apps.", "OutOf"),
        ("### Stories\n- As a user I can write notes\n\n### Nice to have\n- Dark mode", "NiceToHave"),
    ],
)
def test_ways_of_speaking_become_no_entity(prompt: str, unwanted: str) -> None:
    assert unwanted not in {entity.name for entity in plan(prompt).entities}


@pytest.mark.parametrize(
    ("prompt", "roles"),
    [
        ("REST service with google sign-in and two roles, editor and viewer", {"editor", "viewer"}),
        ("Build a forum backend with boards, threads, replies and moderators", {"moderator"}),
    ],
)
def test_roles_are_listed_behind_a_comma_and_moderators_are_one(prompt: str, roles: set[str]) -> None:
    assert {role.name for role in plan(prompt).roles} == roles


def test_who_manages_what_others_make_does_not_take_it_from_them() -> None:
    booking = plan("Guests book rooms with a start date and an end date. Receptionists manage bookings.").entity("Booking")
    assert booking is not None
    assert booking.access.create == ("authenticated",)
    assert "role:receptionist" in booking.access.update


def test_a_list_before_the_comma_does_not_act() -> None:
    prompt = "A babysitting site: parents post jobs with a date and number of children, sitters apply with a message."
    assert {role.name for role in plan(prompt).roles} == {"parent", "sitter"}


@pytest.mark.parametrize(
    ("prompt", "wanted", "unwanted"),
    [
        ("Sprockets\n- name\n- price\n\nGizmos\n- name\n- sprocket\n- weight", {"Gizmo>Sprocket"}, {"Gizmo.sprocket:string"}),
        ("Batches\n- which beans\n- weight\n\nBeans\n- name\n- country", {"Batch>Bean"}, {"Bean>Batch"}),
        ("# Lab\n\n## Probe\n- serial number\n- calibration sheet\n\n## Calibration sheet\n- date", {"Probe>CalibrationSheet"}, set[str]()),
        ("## Book\n- title\n\n## Member\n- name\n\n## Loan\n- book\n- member", {"Loan>Book", "Loan>Member"}, set[str]()),
        ("## Employee\n- name\n\n## Bonus payment\n- amount\n- employee", {"BonusPayment>Employee"}, {"Employee.amount:decimal"}),
        ("## Library\n- books\n- loans\n\n## Book\n- title\n\n## Loan\n- book\n- due date", {"Loan>Book"}, {"Library"}),
        (
            "Members book firings. Pieces have a glaze and go into a firing.",
            {"Piece.glaze:string", "Piece>Firing"},
            set[str](),
        ),
        ("songs got a key and a bpm. A gig has a date and theres a setlist of songs in a certain order", {"Song.key:string"}, {"Order"}),
        (
            "For an incident there is an alarm time, a place and a keyword.",
            {"Incident.place:string", "Incident.keyword:string"},
            set[str](),
        ),
        ("Publishers lend us books: title, pages and a shelf.", {"Book.title:string", "Book.pages:integer"}, {"UsBook"}),
    ],
)
def test_what_stands_under_a_heading_or_is_told_in_passing(prompt: str, wanted: set[str], unwanted: set[str]) -> None:
    found = told(prompt) | {entity.name for entity in plan(prompt).entities}
    assert wanted <= found
    assert not unwanted & found
