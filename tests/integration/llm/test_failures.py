"""Whatever a vendor does, it has one outcome, and the key is in none of them."""

import threading

import pytest
from tests.fakes.vendors import Answer, Broken, Call, Cut, Empty, HttpFailure, Hung, Refusal, Reply, Text, Truncated, vendor_server
from tests.fakes.vendors.library import ENTITIES, OUTLINE, PROMPT, librarian
from tests.integration.llm.harness import KEY, QUICK, VENDORS, Heard, planner

from apiwright.errors import ModelError
from apiwright.planner.auto import AutoPlanner
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import Budget

# What is answered, what comes of it, and how often it is asked in all.
OUTCOMES: list[tuple[Reply, str, int]] = [
    (HttpFailure(status=400), "rejected", 1),
    (HttpFailure(status=401), "access", 1),
    (HttpFailure(status=404), "not-found", 1),
    (HttpFailure(status=429), "rate-limited", 4),
    (HttpFailure(status=429, retry_after=3_600), "rate-limited", 1),
    (HttpFailure(status=500), "unavailable", 4),
    (HttpFailure(status=529), "unavailable", 4),
    (Refusal(), "refused", 1),
    (Cut(text='{"name": "town-library", "title": "Tow'), "connection", 4),
    (Broken(text='{"name": "town-library", "title": "Tow'), "unavailable", 4),
    (Empty(), "unusable", 4),
    (Text(text="Certainly! Here is your outline:"), "unusable", 4),
    (Text(text='{"name": 7}'), "unusable", 4),
    (Truncated(text='{"name": "town-library", "title": "Tow'), "unusable", 4),
    (Answer(document={"entities": "none"}), "unusable", 4),
]


@pytest.mark.parametrize("vendor", VENDORS)
@pytest.mark.parametrize(("reply", "code", "asked"), OUTCOMES, ids=lambda value: str(value)[:40])
def test_every_failure_has_its_outcome(vendor: str, reply: Reply, code: str, asked: int) -> None:
    heard = Heard()
    with vendor_server(vendor, lambda _: reply) as server, pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT, tell=heard)
    assert server.faults == []
    assert (caught.value.code, len(server.calls)) == (code, asked)
    assert KEY not in f"{caught.value!r} {heard} {caught.value.__cause__!r} {caught.value.__context__!r}"
    assert heard[-1].phase == "usage"


@pytest.mark.parametrize("vendor", ["openai", "anthropic"])
def test_an_account_without_credit_is_told_so(vendor: str) -> None:
    with vendor_server(vendor, lambda _: HttpFailure(status=402)) as server, pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT)
    assert (caught.value.code, len(server.calls)) == ("quota", 1)


@pytest.mark.parametrize(
    ("vendor", "reply", "code"),
    [
        ("google", HttpFailure(status=400, reason="API_KEY_INVALID"), "access"),
        ("openai", HttpFailure(status=429, reason="insufficient_quota"), "quota"),
    ],
)
def test_a_vendors_own_word_counts_more_than_its_status(vendor: str, reply: Reply, code: str) -> None:
    with vendor_server(vendor, lambda _: reply) as server, pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT)
    assert (caught.value.code, len(server.calls)) == (code, 1)


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_rest_that_is_asked_for_is_given(vendor: str) -> None:
    replies = iter([HttpFailure(status=429, retry_after=1)])
    heard = Heard()
    with vendor_server(vendor, lambda call: next(replies, None) or librarian(call)) as server:
        assert len(planner(server).plan(PROMPT, tell=heard).entities) == 3
    assert heard.last("waiting") == {"code": "rate-limited", "seconds": 1.0}


@pytest.mark.parametrize("vendor", VENDORS)
def test_silence_ends_a_request(vendor: str) -> None:
    with vendor_server(vendor, lambda _: Hung(seconds=1.5)) as server, pytest.raises(ModelError) as caught:
        planner(server, Budget(silence=0.2, pause=0.01)).plan(PROMPT)
    assert caught.value.code in {"timeout", "connection"}
    assert len(server.calls) == 4


def test_a_vendor_that_is_not_there_cannot_be_reached() -> None:
    with vendor_server("openai", librarian) as server:
        pass
    with pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT)
    assert caught.value.code == "connection"


@pytest.mark.parametrize(
    ("budget", "asked"),
    [
        (Budget(requests=1), 1),
        (Budget(tokens=1_000), 1),
        (Budget(dollars=0.000_1), 1),
        (Budget(seconds=3.0), 1),
    ],
    ids=["requests", "tokens", "dollars", "seconds"],
)
def test_a_cap_ends_the_models_part(budget: Budget, asked: int) -> None:
    heard = Heard()

    def script(call: Call) -> Reply:
        return Hung(seconds=6.0) if budget.seconds < 10 else librarian(call)

    with vendor_server("google", script) as server:
        both = AutoPlanner(planner(server, budget), EmbeddedPlanner())
        blueprint = both.plan(PROMPT, tell=heard)
    assert len(server.calls) == asked
    assert heard[-1].data["fallback"]["code"] == "budget"
    assert "(budget); the embedded planner did." in blueprint.assumptions[-1]


def test_what_does_not_hold_together_goes_back_with_its_path() -> None:
    def script(call: Call) -> Reply:
        right = librarian(call)
        if call.unit == "Loan" and not call.repairs:
            return Answer(document=ENTITIES["Loan"] | {"owned_via": "reader", "fields": [{"name": "due_on", "type": "day"}]})
        if call.unit == "Loan" and call.words["problems"][0]["code"] == "blueprint-shape":
            return Answer(document=ENTITIES["Loan"] | {"owned_via": "reader"})
        return right

    heard = Heard()
    with vendor_server("anthropic", script) as server:
        blueprint = planner(server).plan(PROMPT, tell=heard)
    first, second = (call for call in server.calls if call.repairs)
    assert first.words["problems"][0]["where"] == "entities.Loan.fields.due_on.type"
    assert "entities.Loan.owned_via" in {problem["where"] for problem in second.words["problems"]}
    assert second.words["your_last_answer"]["owned_via"] == "reader"
    assert blueprint.entity("Loan") is not None
    usage = heard.last("usage")
    assert isinstance(usage, dict)
    assert usage["stages"]["repairs"]["requests"] == 2  # pyright: ignore[reportUnknownVariableType]


def test_an_outline_is_repaired_too() -> None:
    def script(call: Call) -> Reply:
        if call.unit == "outline" and not call.repairs:
            return Answer(document=OUTLINE | {"roles": [], "entities": [*OUTLINE["entities"], {"name": "Shelf"}]})
        if call.unit == "Shelf":
            return Answer(document={"name": "Shelf", "fields": [{"name": "id"}]})
        return librarian(call)

    def stubborn(call: Call) -> Reply:
        return Answer(document=ENTITIES["Loan"] | {"owned_via": "reader"}) if call.unit == "Loan" else librarian(call)

    with vendor_server("openai", script) as server, pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT)
    assert caught.value.code == "unusable"
    assert "in 3 repairs" in str(caught.value)
    with vendor_server("openai", stubborn) as server, pytest.raises(ModelError) as caught:
        planner(server).plan(PROMPT)
    assert [call.unit for call in server.calls].count("Loan") == 4
    assert "entities.Loan.owned_via" in str(caught.value)


def test_a_prompt_without_words_is_not_sent() -> None:
    with vendor_server("openai", librarian) as server, pytest.raises(Exception, match="prompt-empty"):
        planner(server).plan("  ")
    assert server.calls == []


def test_parts_are_told_while_the_model_thinks() -> None:
    for vendor in VENDORS:
        heard = Heard()
        with vendor_server(vendor, librarian) as server:
            planner(server).plan(PROMPT, tell=heard)
        partial = [step.data["partial"] for step in heard if step.phase == "outline" and "partial" in step.data]
        assert partial, vendor
        assert ["Member", "Book", "Loan"][: len(partial[0])] == partial[0]
        shares = [step.share for step in heard]
        assert shares == sorted(shares)


def test_plans_one_after_the_other_and_side_by_side() -> None:
    with vendor_server("openai", librarian) as server:
        both = planner(server, QUICK)
        first = both.plan(PROMPT)
        results: list[object] = []
        threads = [threading.Thread(target=lambda: results.append(both.plan(PROMPT))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == [first] * 3
