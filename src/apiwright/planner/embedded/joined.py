"""Things told by what they join or are kept for: `trips linking a driver and a vehicle with distance`, `repairs per car with cost`."""

import re
from collections.abc import Sequence

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_field, said_phrase
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import word_list

_NOUN = r"[a-z][\w\-]*(?:\s(?!and\b|to\b|with\b|per\b)[a-z][\w\-]*)?"
_END = rf"(?:an?|one|the)\s+{_NOUN}"
_ENTRY = r"(?![^.,;:()]*\b(?:per|linking|connecting|joining|with|having)\b)[^.,;:()]+"
_MEMBERS = rf"{_ENTRY}?(?:,\s*{_ENTRY}?)*?\s+and\s+{_ENTRY}|{_ENTRY}"
_JOINED = Pattern(
    rf"\b(?P<noun>(?:(?!(?:and|or|with|the|plus|of|for)\b)[a-z][\w\-]*\s)?[a-z]+)\s+(?:(?:linking|connecting|joining|tying|pairing)\s+(?P<one>{_END}?)\s+(?:and|to|with)\s+(?P<other>{_END}?)"
    rf"|(?:per|for\s+(?:each|every))\s+(?P<whole>{_NOUN}?)(?:\s+(?:per|and|and\s+per)\s+(?P<part>{_NOUN}?))?)(?:\s+(?:with|having)\s+(?P<members>{_MEMBERS})|(?=\s*(?:[.,;]|$)))",
    cues=("ing a", "ing one", "ing the", " per ", "for each ", "for every "),
)


_ONE = r"(?:exactly\s+|always\s+)?one\s+[a-z]+(?:\s(?!and\b|per\b|a\b)[a-z]+)?"
_ONE_EACH = Pattern(
    rf"^\s*(?P<noun>[a-z]+(?:\s[a-z]+)?s)\s*(?:,|with)\s+(?P<ties>{_ONE}(?:,\s*{_ONE})*(?:,?\s+and\s+{_ONE})?)(?P<day>\s+(?:per|a|each|every)\s+day)?\s*\.?$",
    re.IGNORECASE,
    cues=("one ",),
)


def read_one_each(said: Discourse, text: str, start: int) -> bool:
    """`Tours, one driver and one van per day`: a line that tells what each of several has one of."""
    found = _ONE_EACH.match(text)
    phrase = said_phrase(found["noun"], start + found.start("noun")) if found else None
    concept = said.concept(phrase)
    if found is None or phrase is None or concept is None or concept.tail or not phrase.plural:
        return False
    name = said.notes.add(concept, 2.4, Span(phrase.start, phrase.end), plural=True)
    tied = [read_ties(said.notes, concept, piece, at) for piece, at in split_list(found["ties"], start + found.start("ties"))]
    if found["day"] and any(tied):
        said.notes.fields.append(
            (name, FieldNote(name="date", start=start + found.start("day"), end=start + found.end("day"), type="date"))
        )
    said.recent, said.nearest = concept, name
    return all(tied)


def read_joined(said: Discourse, members: MemberReader, text: str, start: int) -> tuple[str, int]:
    """Notes such things, what they tie together and their members; answers the text with blanks in their place, and how many it told of."""
    count = 0
    for found in list(_JOINED.finditer(text)):
        phrase = said_phrase(found["noun"], start + found.start("noun"))
        concept = said.concept(phrase)
        groups = [group for group in ("one", "other", "whole", "part") if found[group]]
        ends = [said.concept(said_phrase(found[group], start + found.start(group))) for group in groups]
        several = phrase is not None and (phrase.plural or phrase.head in word_list("mass"))
        if phrase is None or not several or not (found["members"] or len(ends) > 1):
            continue
        if len(ends) > 1 and (concept is None or concept.tail):  # `stock levels per product per shop`, whatever the words mean alone
            concept = Concept(name=pascal(" ".join([*phrase.words[:-1], singular(phrase.head)])))
        if concept is None or concept.tail:
            continue
        wholes = [end for end in ends if end is not None and not end.tail and end.name != concept.name]
        if len(wholes) < len(ends):
            continue
        name = said.notes.add(concept, 2.4, Span(phrase.start, phrase.end), plural=True)
        for group, whole in zip(groups, wholes, strict=True):
            span = Span(start + found.start(group), start + found.end(group))
            said.notes.add(whole, 2.0, span)
            said.notes.relations.append(RelationNote(source=concept.name, word="belongs", target=whole.name, span=span))
        said.recent, said.nearest = concept, name
        note_members(said, members, name, split_list(found["members"] or "", start + found.start("members")))
        count += 1
        text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text, count


def note_members(said: Discourse, members: MemberReader, name: str, pieces: Sequence[tuple[str, int]]) -> None:
    """Notes the entries of a list behind a thing: its fields, and what it holds or points to."""
    for piece, at in pieces:
        if (note := said_field(piece, at)) is not None:
            said.notes.fields.append((name, note))
        elif (phrase := said_phrase(piece, at)) is not None:
            members.member(name, phrase, beside=True)
