"""Lines: what is told of a thing only as far as another one holds it: `an order has many products, each with a quantity`.

A thing that is kept for its own sake keeps its members, and the quantity goes to a line between the two (an OrderItem).
Anything else is the line itself: `a recipe has ingredients with an amount` makes Ingredient a part of Recipe.
"""

import re

from msgspec import Struct
from msgspec.structs import replace

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import known_type
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.drafts import Draft
from apiwright.planner.embedded.entries import said_field, said_phrase
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes, RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon, word_list

_HOLDING = r"has|have|contains?|consists?\s+of|includes?|holds?|lists?|is\s+made\s+of|needs?|uses?"
_NOUN = r"[A-Za-z][a-z\-]*(?:\s[a-z\-]+)?"
_MEMBERS = r"(?P<members>(?:an?\s+|the\s+|its\s+|their\s+|own\s+)*[a-z][^.;:\n()]{2,80})"
_HELD = Pattern(
    rf"(?:^|(?<=[.;:,\n])\s*|\b(?:each|every|an?|the|our|and)\s+)(?P<whole>{_NOUN}?)\s+(?:(?:can|may|should|must|will)\s+)?(?P<verb>{_HOLDING})\s+"
    rf"(?:[^.;:\n()]{{0,80}}?(?:,|\band)\s+)??(?P<lead>(?:many|several|multiple|one\s+or\s+more|a\s+list\s+of|(?:line\s+items|lines?|rows?)\s+(?:of|for)|some|its)\s+)?(?P<part>{_NOUN}),?\s+"
    rf"(?:each\s+)?(?:with|having|in)\s+{_MEMBERS}",
    re.IGNORECASE,
    cues=("with", "having", "quantit"),
)
_USED = Pattern(
    rf"\b(?P<part>{_NOUN})\s+(?P<verb>used|sold|needed|ordered|bought|included|contained|listed)\s+(?:in|by|on|for|with)\s+(?:an?|the|each|every)\s+"
    rf"(?P<whole>{_NOUN}?)\s+(?:are|is|get|must\s+be|should\s+be)\s+(?:recorded|stored|listed|tracked|saved|noted|logged)\s+with\s+{_MEMBERS}",
    re.IGNORECASE,
    cues=("recorded", "stored", "listed", "tracked", "saved", "noted", "logged"),
)

_MORE = Pattern(r",?\s+and\s+of\s+|,?\s+as\s+well\s+as\s+", re.IGNORECASE)
_LEAD = Pattern(
    r"^(?:and\s+)?(?:(?:an?|the|its|their|own)\s+)?(?:(?:set|given|certain|fixed)\s+)?(?:number\s+of\s+(?=sets|rep))?", re.IGNORECASE
)


class LineNote(Struct, frozen=True):
    """What is told of a part as far as a whole holds it."""

    whole: Concept
    part: Concept
    members: tuple[FieldNote, ...]
    span: Span


def read_lines(notes: Notes, text: str, start: int) -> str:
    """Notes the lines that a text tells of; answers the text without them."""
    for pattern in (_HELD, _USED):
        for found in list(pattern.finditer(text)):
            more = _MORE.search(found["members"])
            end = found.start("members") + more.end() if more else found.end()
            line = _line(notes, found, found["members"][: more.start()] if more else found["members"], start)
            if line is None:
                continue
            notes.lines.append(line)
            for concept, place in ((line.whole, "whole"), (line.part, "part")):
                notes.add(concept, 2.0, Span(start + found.start(place), start + found.end(place)), plural=place == "part")
            first = found.start("lead") if found.re.groupindex.get("lead") and found["lead"] else found.start("part")
            text = text[:first] + " " * (end - first) + text[end:]
    return text


def _line(notes: Notes, found: re.Match[str], members: str, start: int) -> LineNote | None:
    whole, part = _named(notes, found["whole"]), _named(notes, found["part"])
    phrase = said_phrase(found["part"], start + found.start("part"))
    if whole is None or part is None or phrase is None or not phrase.plural or whole.name == part.name:
        return None
    read = [
        said_field(piece, at) or field_note(_LEAD.sub("", piece), at) for piece, at in split_list(members, start + found.start("members"))
    ]
    if not read or any(note is None or not _measures(note.name) for note in read):
        return None
    kept = tuple(replace(note, name=_one(note.name)) for note in read if note is not None)
    return LineNote(whole=whole, part=part, members=kept, span=Span(start + found.start("part"), start + found.end()))


def _one(name: str) -> str:
    """`quantities` is a quantity; `repetitions` and `sets` are counted as such."""
    return singular(name) if known_type(name) != "integer" or known_type(singular(name)) == "integer" else name


def _measures(name: str) -> bool:
    words = name.split("_")
    return singular(words[-1]) in word_list("measure") or singular(words[0]) in {"quantity", "amount"}


def _named(notes: Notes, text: str) -> Concept | None:
    words = [word for word in text.lower().split() if word not in lexicon().closed and word not in lexicon().adjectives]
    concept = notes.concept((*words[:-1], singular(words[-1]))) if words else None
    return concept if concept is not None and not concept.tail and words[-1] not in word_list("world") else None


def name_lines(notes: Notes, decision: Decision) -> None:
    """The items that orders have are order items, and no second thing beside these."""
    for note in notes.relations:
        whole, part = (decision.chosen.get(decision.resolve(name) or "") for name in (note.source, note.target))
        if (
            note.word != "has_many"
            or whole is None
            or whole.entry is None
            or part is None
            or words_of(part.name)[-1] not in word_list("line")
        ):
            continue
        known = catalogue().named(" ".join([*words_of(whole.entry.name), *words_of(part.name)]))
        if known is not None and f":{whole.entry.name}!" in known.relations and decision.by_entry(known.name) is None:
            part.entry = known


def add_lines(notes: Notes, decision: Decision) -> None:
    """Makes a line of each such note, or gives its members to the part where that is kept for nothing else."""
    for note in notes.lines:
        whole, part = decision.resolve(note.whole.name), decision.resolve(note.part.name)
        if whole is None or part is None:
            continue
        line = _between(notes, decision, note, whole, part)
        notes.relations.insert(0, RelationNote(source=line, word="belongs", target=whole, span=note.span, required=True))
        if line != part:
            ends = {whole, part}
            notes.relations = [item for item in notes.relations if {decision.resolve(item.source), decision.resolve(item.target)} != ends]
            notes.relations.insert(1, RelationNote(source=line, word="belongs", target=part, span=note.span, required=True))
        notes.fields += [(line, member) for member in note.members]


def _between(notes: Notes, decision: Decision, note: LineNote, whole: str, part: str) -> str:
    """The name of the line: the part itself, one that is there (OrderItem), or a new one."""
    entry = note.part.entry
    itself = (
        entry is None or "part" in entry.flags or not ("public" in entry.flags or any(owner == note.part.name for owner, _ in notes.fields))
    )
    if itself and not any(owner == note.part.name for owner, _ in notes.fields):
        return part
    there = next((name for name in (f"{whole}Item", f"{whole}Line", f"{whole}{part}") if name in decision.chosen), None)
    if there is None:
        there = f"{whole}{part}"
        decision.chosen[there] = Chosen(name=there, entry=None, span=note.span, score=2.0, declared=True)
    return there


def drop_doubles(draft: Draft) -> None:
    """Two things that a line ties need no other tie."""
    for line in draft.entities.values():
        ends = {
            item.target for item in line.relations.values() if item.kind == "many_to_one" and item.required and item.origin.kind == "prompt"
        }
        for name in ends:
            entity = draft.entities[name]
            double = [item.name for item in entity.relations.values() if item.kind == "many_to_many" and item.target in ends - {name}]
            for relation in double if line.origin.kind == "prompt" else []:
                del entity.relations[relation]
