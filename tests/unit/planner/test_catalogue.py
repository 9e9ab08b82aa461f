"""The catalogue and the word lists hold together: what they name is there, and every entry alone makes a blueprint."""

import re
from pathlib import Path
from typing import get_args

import pytest

from apiwright.blueprint import FieldType, validate
from apiwright.planner import embedded
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.catalogue import Domain, Entry, catalogue
from apiwright.planner.embedded.members import catalogue_fields
from apiwright.planner.embedded.qualifiers import TYPE_WORDS
from apiwright.planner.embedded.words import lexicon, table

ENTRIES = list(catalogue().entries.values())


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.name for entry in ENTRIES])
def test_an_entry_names_what_is_there(entry: Entry) -> None:
    known = catalogue().entries
    fields = {field.name: field for field in catalogue_fields(entry.fields, entry.name)}
    assert [name for name in re.findall(r":[*=]*([A-Z]\w*)", entry.relations) if name not in known] == []
    assert [name for name in entry.companions if name not in known] == []
    for line in entry.transitions:
        _, field, moves, *stamp = line.split()
        sources, target = moves.split(">")
        assert {*sources.split(","), target} <= set(fields[field].values)
        assert set(stamp) <= set(fields)


def test_domains_imply_what_is_there() -> None:
    known = catalogue().entries
    assert [(domain.cues[0], name) for domain in catalogue().domains for name in domain.vocabulary if name not in known] == []


def test_no_adjective_or_small_word_is_a_thing() -> None:
    words = {name for name in catalogue().names if name in lexicon().closed or name in lexicon().adjectives}
    assert words == {"good", "like", "favorite", "favourite", "key", "individual", "professional", "flat", "stable", "neighbourhood"}


def test_a_word_of_a_trade_that_others_use_too_is_weak() -> None:
    words = [name for name, entries in catalogue().names.items() if " " not in name and entries[0].name in trades()]
    strong = [word for word in words if "weak" not in catalogue().names[word][0].flags]
    assert [word for word in strong if word in lexicon().verbs or is_attribute(word) or lexicon().is_barren(word)] == []


def trades() -> set[str]:
    """The entries that stand in `trades.txt`."""
    lines = (Path(embedded.__file__).parent / "catalogue" / "trades.txt").read_text("utf-8").splitlines()
    return {re.split(r"[ (:]", line)[0] for line in lines if line[:1].isupper()}


def test_deeds_and_pairs_leave_what_is_there() -> None:
    known = catalogue().entries
    assert [name for names in table("deeds").values() for name in names if name not in known] == []
    assert [names[0] for names in table("pairs").values() if names[0] not in known] == []


def test_types_are_types() -> None:
    assert set(TYPE_WORDS.values()) <= set(get_args(FieldType))


@pytest.mark.parametrize("domain", catalogue().domains, ids=[domain.cues[0] for domain in catalogue().domains])
def test_a_domain_alone_makes_a_blueprint_that_holds_together(domain: Domain) -> None:
    cue = domain.cues[0]
    assert validate(EmbeddedPlanner().plan(f"Build a {cue} platform with user accounts")) == []
