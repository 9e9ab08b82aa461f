"""The catalogue and the word lists hold together: what they name is there, and every entry alone makes a blueprint."""

import re
from typing import get_args

import pytest

from apiwright.blueprint import FieldType, validate
from apiwright.planner.embedded import EmbeddedPlanner
from apiwright.planner.embedded.catalogue import Domain, Entry, catalogue
from apiwright.planner.embedded.members import catalogue_fields
from apiwright.planner.embedded.qualifiers import TYPE_WORDS
from apiwright.planner.embedded.words import table

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
