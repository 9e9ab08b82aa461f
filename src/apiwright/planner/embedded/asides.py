"""What stands in brackets behind a thing: its members, its roles, or examples of it."""

import re
from collections.abc import Sequence

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, span_of
from apiwright.planner.embedded.entries import said_field
from apiwright.planner.embedded.fieldspec import FieldNote, being_of, field_note
from apiwright.planner.embedded.kinds import kinds_of
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.phrases import Aside, Phrase
from apiwright.planner.embedded.qualifiers import TYPE_WORDS, enum_values
from apiwright.planner.embedded.ties import read_ties
from apiwright.planner.embedded.words import lexicon, word_list

_PERIODS = re.compile(
    r"^(?:(?:past|last|this|next|previous|current)\s+(?:\w+\s+)?(?:day|week|month|quarter|year)s?|today|yesterday|(?:custom|date)\s+range)$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^\s*(?P<name>[A-Za-z]+)\s*:\s*(?P<values>[^:;()]+,[^:;()]+)$")


def read_aside(said: Discourse, phrase: Phrase) -> None:
    """`products (id, name, price)`: fields; `roles (admin, editor)`: roles."""
    if phrase.aside is None:
        return
    pieces = split_list(phrase.aside.text, phrase.aside.start)
    concept = said.concept(phrase)
    note = (_values(phrase.aside) or kinds_of(concept, phrase)) if concept is not None else None
    if phrase.head in {"role", "roles"} or (note is not None and concept is not None and concept.name == "User"):
        for piece, at in pieces:
            if 0 < len(piece.split()) <= 3:
                said.notes.roles.setdefault(piece.strip(" .`\"'").lower().removeprefix("e.g. "), Span(at, at + len(piece)))
        return
    if _limits(phrase.aside.text, pieces):
        return
    if concept is not None and note is not None:
        said.notes.fields.append((said.notes.add(concept, 2.5, span_of(phrase), plural=phrase.plural), note))
        return
    pieces = _with_values(_of_each(phrase, pieces))
    pieces = [piece for piece in pieces if concept is None or not read_ties(said.notes, concept, *piece)]
    notes = [note for piece, at in pieces if (note := said_field(piece, at) or field_note(piece, at)) is not None]
    if len(pieces) > 1 and _examples(said.notes, pieces):
        return
    example = phrase.aside.text.lower().startswith("e.g")
    if len(pieces) - example == 1 and not (not example and notes and concept is not None and _is_single(notes[0], phrase)):
        return
    coded = sum("_" in piece and not is_attribute(piece) for piece, _ in pieces)
    told = sum(is_attribute(note.name) or bool(note.type) for note in notes) + coded
    if told < 0.5 * len(pieces) and not (phrase.many and told >= 2):
        return
    concept = concept or _table(phrase, notes)
    shown = len(phrase.full) == 1 and lexicon().barren.get(phrase.head) == "ui" and phrase.words not in said.notes.own
    if (
        concept is None
        or shown
        or (concept.tail and lexicon().is_barren(phrase.head) and said.recent is not None and concept.entry is None)
    ):
        concept = said.recent
    if concept is None:
        return
    name = said.notes.add(concept, 2.5, span_of(phrase), plural=phrase.plural)
    said.notes.fields += [(name, note) for note in notes]


def is_valued(phrase: Phrase, name: str, concept: Concept | None) -> bool:
    """Whether brackets tell the values or the rules of one member, and no members of a thing: `a voice part (alto, tenor)`."""
    if phrase.aside is None:
        return False
    if is_attribute(name) or being_of(phrase.aside.text) or (phrase.code and qualifies(phrase.aside.text)):
        return True
    unknown = concept is None or bool(concept.tail) or concept.entry is None
    return unknown and not phrase.many and bool(enum_values(phrase.aside.text))


def _table(phrase: Phrase, notes: Sequence[FieldNote]) -> Concept | None:
    """What the columns of a table belong to, whatever its name means elsewhere: `values (id, sensor_id, value)`."""
    return Concept(name=pascal(phrase.text)) if phrase.plural and len(notes) > 2 and notes[0].name == "id" else None


def _limits(text: str, pieces: Sequence[tuple[str, int]]) -> bool:
    """Whether brackets hold the type and the rules of a member, or the periods of a report."""
    return qualifies(text) or any(_PERIODS.match(piece.strip()) for piece, _ in pieces)


def _of_each(phrase: Phrase, pieces: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """Each post of `all posts (their titles and authors)` has one title and one author."""
    assert phrase.aside is not None  # noqa: S101 - the caller looked
    if not phrase.plural or not phrase.aside.text.lower().startswith("their "):
        return pieces
    return [(singular(piece.removeprefix("their ").strip()), at) for piece, at in pieces]


def _with_values(pieces: Sequence[tuple[str, int]]) -> Sequence[tuple[str, int]]:
    """The values of `number, type: compact, large, electric` belong to the member before them."""
    found: list[tuple[str, int]] = []
    for piece, at in pieces:
        name, sign, _ = found[-1][0].partition(":") if found else ("", "", "")
        value = bool(sign) and not {":", "/"} & set(piece) and len(piece.split()) < 3 and not is_attribute("_".join(piece.lower().split()))
        if value and is_attribute(name.strip().lower().replace(" ", "_")):
            found[-1] = (f"{found[-1][0]}, {piece}", found[-1][1])
        else:
            found.append((piece, at))
    return found


def _values(aside: Aside) -> FieldNote | None:
    """`deals (stage: lead, won, lost)`: one member and its values."""
    listed = _LISTED.match(aside.text)
    if listed is None or known_type(listed["name"].lower()) != "enum":
        return None
    note = field_note(f"{listed['name'].lower()} ({listed['values']})", aside.start)
    return note if note is not None and note.values else None


def _examples(notes: Notes, pieces: Sequence[tuple[str, int]]) -> bool:
    """`CRM data (e.g., contacts, leads and tasks)`: things in brackets."""
    found: list[tuple[Concept, int, str]] = []
    for piece, at in pieces:
        words = re.sub(r"^(?:e\.g\.?|i\.e\.?|such as|like|including)\s*|[*`\"']", "", piece.strip().lower()).split()
        if not words:
            continue
        concept = notes.concept((*words[:-1], singular(words[-1]))) if len(words) <= 3 and words[-1].isascii() else None
        if concept is None or concept.entry is None or not is_plural(words[-1]):
            return False
        found.append((concept, at, piece))
    for concept, at, piece in found:
        notes.add(concept, 1.9, Span(at, at + len(piece)), plural=True)
    return bool(found)


def lists_members(aside: Aside, *, many: bool = False) -> bool:
    """`cars (make, model, year)`: members, and no values. Behind several things some names that members have are enough."""
    pieces = [piece for piece, _ in split_list(aside.text, aside.start)]
    members = sum(
        is_attribute("_".join(piece.lower().split())) or (many and catalogue().named(piece.lower().strip()) is not None) for piece in pieces
    )
    return members * 2 > len(pieces) or (many and members >= 2)


def _is_single(note: FieldNote, phrase: Phrase) -> bool:
    """`vehicles (license plate)`, but not `service life (default 5 years)`."""
    words = note.name.split("_")
    plain = all(word.isalpha() and word not in word_list("qualifier") for word in words)
    return (phrase.plural or "new" in phrase.adjectives) and plain and is_attribute(note.name) and note.name != phrase.head


def qualifies(text: str) -> bool:
    """Whether brackets hold the type and the rules of one member: `(string, at most 100 characters)`."""
    words = re.findall(r"[a-z-]+", text.lower())
    return bool(words) and all(
        word in TYPE_WORDS
        or word in word_list("qualifier")
        or word in {"date-time", "most", "least", "non", "empty", "length", "not", "iso", "format", "formatted", "as", "utc", "valid"}
        for word in words
    )
