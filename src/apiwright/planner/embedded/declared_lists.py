"""What lists behind labels name: `Entities: book (title), author`, `Roles: admin, editor`."""

import re
from typing import Literal

from apiwright.kit.inflection import singular
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.fieldspec import field_note
from apiwright.planner.embedded.label_names import LabelNames
from apiwright.planner.embedded.labels import first_sentence, plain_label
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.ties import read_ties, ties_of


def note_list(notes: Notes, names: LabelNames, kind: Literal["roles", "entities"], rest: str, at: int) -> list[Block]:
    """Notes what stands behind a label on its line. Answers the sentences behind the list, which nobody has read."""
    listed, behind = first_sentence(rest)
    if kind == "roles":
        add_roles(notes, listed, at)
    else:
        add_entities(notes, names, listed, at)
    return [Block(kind="paragraph", text=behind, start=at + len(listed))] if behind.strip(" .") else []


def add_entities(notes: Notes, names: LabelNames, rest: str, at: int) -> None:
    """Notes the entities that a list names, with the members in brackets."""
    for piece, start in split_list(rest, at):
        call = re.match(r"^([\w -]+)\s*\((.*)\)$", piece.strip(), re.DOTALL)
        concept = names.concept(plain_label(call[1] if call else piece))
        if concept is None or (len(piece.split()) > 4 and call is None):
            continue
        notes.add(concept, 5.0, Span(start, start + len(piece)), declared=True)
        if call:
            for inner, inner_at in split_list(call[2], start + call.start(2)):
                if ties_of(inner, inner_at) and read_ties(notes, concept, inner, inner_at):
                    continue
                if note := field_note(inner, inner_at):
                    notes.fields.append((concept.name, note))


def add_roles(notes: Notes, text: str, at: int) -> None:
    """Notes the roles that a list names."""
    for piece, start in split_list(text, at):
        plain = plain_label(re.sub(r"\(.*?\)", "", piece))
        if plain and len(plain.split()) <= 3:
            notes.roles.setdefault(singular(plain), Span(start, start + len(piece)))
            notes.auth_cue = notes.auth_cue or Span(start, start + len(piece))
