"""Whatever a vendor does, it has one outcome, and the key is in none of them."""

import threading

import pytest
from tests.fakes.vendors import (
    Answer,
    Broken,
    Call,
    Cut,
    Empty,
    Filtered,
    HttpFailure,
    Hung,
    Refusal,
    Reply,
    Text,
    Truncated,
    VendorServer,
    vendor_server,
)
from tests.fakes.vendors.library import ENTITIES, OUTLINE, PROMPT, librarian
from tests.integration.llm.harness import KEY, QUICK, VENDORS, Heard, planner

from apiwright.blueprint import Blueprint, dump_yaml
from apiwright.blueprint.changes import Change
from apiwright.errors import ModelError
from apiwright.planner.auto import AutoPlanner
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.llm import Budget
from apiwright.planner.protocol import Tell, unheard

OPENING = '{"name": "town-library", "title": "Tow'
# What is answered, what comes of it, and how often it is asked in all.
OUTCOMES: list[tuple[Reply, str, int]] = [
    (HttpFailure(status=400), "rejected", 1),
    (HttpFailure(status=401), "access", 1),
    (HttpFailure(status=402), "quota", 1),
    (HttpFailure(status=403), "access", 1),
    (HttpFailure(status=404), "not-found", 1),
    (HttpFailure(status=422), "rejected", 1),
    (HttpFailure(status=429), "rate-limited", 4),
    (HttpFailure(status=429, retry_after=3_600), "rate-limited", 1),
    (HttpFailure(status=500), "unavailable", 4),
    (HttpFailure(status=503, retry_after=3_600), "unavailable", 1),
    (HttpFailure(status=529), "unavailable", 4),
    (Hung(seconds=1.5), "timeout", 4),
    (Refusal(), "refused", 1),
    (Filtered(text=OPENING), "refused", 1),
    (Cut(text=OPENING), "connection", 4),
    (Broken(text=OPENING), "unavailable", 4),
    (Empty(), "unusable", 4),
    (Text(text="Certainly! Here is your outline:"), "unusable", 4),
    (Text(text='{"name": 7}'), "unusable", 4),
    (Text(text='{"entities": ' + "[" * 5_000), "unusable", 4),
    (Truncated(text=OPENING), "unusable", 4),
    (Answer(document={"entities": "none"}), "unusable", 4),
]
# Where a vendor's own word counts more than its status.
OWN_WORDS: list[tuple[str, Reply, str]] = [
    ("google", HttpFailure(status=400, reason="API_KEY_INVALID"), "access"),
    ("google", HttpFailure(status=429, reason="GenerateRequestsPerDayPerProjectPerModel-FreeTier"), "quota"),
    ("openai", HttpFailure(status=429, reason="insufficient_quota"), "quota"),
    ("anthropic", HttpFailure(status=400, reason="Your credit balance is too low to access the Anthropic API."), "quota"),
]
EVERYWHERE = [(vendor, *outcome) for outcome in OUTCOMES for vendor in VENDORS]


class Watched:
    """The planner of a local vendor; its last failure is kept."""

    def __init__(self, server: VendorServer, *, silence: float) -> None:
        self._planner = planner(server, Budget(pause=0.01, silence=silence))
        self.name, self.failure = self._planner.name, ModelError("unusable", "It has not failed.")

    def plan(self, prompt: str, *, tell: Tell = unheard) -> Blueprint:
        try:
            return self._planner.plan(prompt, tell=tell)
        except ModelError as error:
            self.failure = error
            raise

    def revise(self, blueprint: Blueprint, prompt: str, *, tell: Tell = unheard) -> tuple[Change, ...]:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("vendor", "reply", "code", "asked"), [*EVERYWHERE, *((*row, 1) for row in OWN_WORDS)], ids=lambda value: str(value)[:40]
)
def test_every_failure_has_its_outcome_and_auto_goes_on_and_says_so(vendor: str, reply: Reply, code: str, asked: int) -> None:
    heard = Heard()
    with vendor_server(vendor, lambda _: reply) as server:
        asking = Watched(server, silence=0.2 if isinstance(reply, Hung) else 60.0)
        blueprint = AutoPlanner(asking, EmbeddedPlanner()).plan(PROMPT, tell=heard)
    assert server.faults == []
    failure = asking.failure
    assert (failure.code, len(server.calls)) == (code, asked)
    fallback = {"planner": "embedded", "code": code, "reason": str(failure)}
    assert (heard[-1].phase, heard[-1].data["fallback"], heard[-2].phase) == ("fallback", fallback, "usage")
    assert blueprint.assumptions[-1] == f"{asking.name} could not plan this ({code}); the embedded planner did."
    assert KEY not in f"{failure!r} {heard} {failure.__cause__!r} {failure.__context__!r} {dump_yaml(blueprint)}"
    spent = heard[-2].data["usage"]
    assert spent["requests"] == asked


@pytest.mark.parametrize("vendor", VENDORS)
def test_a_rest_that_is_asked_for_is_given(vendor: str) -> None:
    replies = iter([HttpFailure(status=429, retry_after=1)])
    heard = Heard()
    with vendor_server(vendor, lambda call: next(replies, None) or librarian(call)) as server:
        assert len(planner(server).plan(PROMPT, tell=heard).entities) == 3
    assert heard.last("waiting") == {"code": "rate-limited", "seconds": 1.0}


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
    assert len(server.calls) == asked or budget.seconds < 10  # on a slow machine that may be over before the first request
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
