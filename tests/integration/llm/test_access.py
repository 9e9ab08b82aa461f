"""Who may call an endpoint is never left to chance: what a model does not say is chosen safely, and told."""

import pytest
from tests.fakes.vendors import Answer, Call, Reply, orders, vendor_server
from tests.fakes.vendors.library import ENTITIES, OUTLINE, PROMPT, librarian
from tests.integration.llm.harness import planner

from apiwright.blueprint import Blueprint, parse
from apiwright.blueprint.changes import apply

REMIND = {"name": "remind", "description": "Reminds of what is due."}
LATE = {"name": "late", "scope": "collection", "method": "GET", "answer": [{"name": "number", "type": "integer", "required": True}]}


def grants(blueprint: Blueprint) -> dict[str, tuple[str, ...]]:
    return {f"{entity.name}.{item.name}": item.access for entity in blueprint.entities for item in entity.endpoints}


def forgetful(call: Call) -> Reply:
    """Says of no endpoint who may call it."""
    if call.unit not in {"Book", "Loan"}:
        return librarian(call)
    return Answer(document=ENTITIES[call.unit] | {"endpoints": [REMIND, LATE]})


def test_with_accounts_it_is_the_owner_or_whoever_is_logged_in() -> None:
    with vendor_server("openai", forgetful) as server:
        blueprint = planner(server).plan(PROMPT)
    assert server.faults == []
    assert grants(blueprint) == {
        "Book.remind": ("authenticated",), "Book.late": ("authenticated",), "Loan.remind": ("owner",), "Loan.late": ("owner",),
    }  # fmt: skip
    told = [text for text in blueprint.assumptions if text.startswith("Nothing says who may call")]
    assert told == [
        "Nothing says who may call remind of Book; whoever is logged in may.",
        "Nothing says who may call late of Book; whoever is logged in may.",
        "Nothing says who may call remind of Loan; only the owner may, of what is the owner's.",
        "Nothing says who may call late of Loan; only the owner may, of what is the owner's.",
    ]


def test_without_accounts_it_is_anybody_and_that_is_told() -> None:
    def clerk(call: Call) -> Reply:
        (endpoint,) = orders.ENTITIES["Order"]["endpoints"]
        unsaid = {name: value for name, value in endpoint.items() if name != "access"}
        return Answer(document=orders.ENTITIES["Order"] | {"endpoints": [unsaid]}) if call.unit == "Order" else orders.clerk(call)

    with vendor_server("openai", clerk) as server:
        blueprint = planner(server).plan(orders.PROMPT)
    assert grants(blueprint) == {"Order.clear": ("public",)}
    assert "Nothing says who may call clear of Order; anybody may, for there are no accounts." in blueprint.assumptions


@pytest.mark.parametrize("said", [None, ["authenticated"]])
def test_in_a_revision_it_stays_as_it_was(said: list[str] | None) -> None:
    with vendor_server("openai", librarian) as server:
        library = planner(server).plan(PROMPT)
    document = library.model_dump(mode="json")
    loan = next(entity for entity in document["entities"] if entity["name"] == "Loan")
    loan["endpoints"] = [REMIND | {"access": ["role:librarian"]}]

    def reviser(call: Call) -> Reply:
        if call.unit == "outline":
            return Answer(document=OUTLINE | {"entities": [item | {"ready": item["name"] != "Loan"} for item in OUTLINE["entities"]]})
        note = {"name": "note", "type": "text"}
        endpoint = REMIND | ({"access": said} if said else {})
        return Answer(document=ENTITIES["Loan"] | {"fields": [*ENTITIES["Loan"]["fields"], note], "endpoints": [endpoint]})

    former = parse(document)
    with vendor_server("openai", reviser) as server:
        revised = apply(former, planner(server).revise(former, "one wants a note on loans"))
    assert grants(revised) == {"Loan.remind": tuple(said or ["role:librarian"])}
    assert not [text for text in revised.assumptions if text.startswith("Nothing says")]
