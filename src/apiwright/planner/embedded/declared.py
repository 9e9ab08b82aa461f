"""Declarations: `Book: title, author, isbn`, headings over lists of fields, tables of fields, lists of entities and of roles."""

import re

from apiwright.kit.inflection import is_plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.concepts import LAYERS, Concept
from apiwright.planner.embedded.declared_lists import add_roles, note_list
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.fieldspec import field_note, looks_like_field
from apiwright.planner.embedded.kinds import kinds_of
from apiwright.planner.embedded.label_forms import (
    CALL,
    CODED,
    COMMAND,
    CREATES,
    ENTITY_LABELS,
    FIELD_LABELS,
    LABEL,
    LISTED,
    NUMBERED,
    ROLE_LABELS,
    ROLES,
    TABLED,
    TELLS,
)
from apiwright.planner.embedded.label_names import LabelNames, named_only
from apiwright.planner.embedded.labels import (
    asks_for,
    commands,
    deed_of,
    does,
    first_sentence,
    is_list,
    names_people,
    part_of,
    plain_label,
    thing_name,
    within,
)
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.member_list import MemberList
from apiwright.planner.embedded.named_members import NamedMembers
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.said_rights import tells_deeds
from apiwright.planner.embedded.ties import read_ties


class DeclarationReader:
    """Reads the blocks one after another and remembers what the entries of a list belong to."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._names = LabelNames(notes)
        self._context: tuple[Concept, Block] | None = None
        self._listing: tuple[str, Block] | None = None
        self._tabled: int | None = None
        self._of_roles = False
        self.named = NamedMembers()
        self.unread: list[Block] = []

    def read(self, block: Block, following: Block | None) -> bool:
        """Whether the block is a declaration, and has been noted; sentences behind a list of members are left in `unread`."""
        self.unread = []
        if block.kind != "row":
            self._tabled, self._of_roles = None, False
        if block.kind == "heading":
            return self._heading(block)
        if block.kind == "row":
            return self._row(block)
        if self._listing and not within(block, self._listing[1]):
            self._listing = None
        if self._listing and self._entry_of_list(block):
            return True
        if self._listing and self._listing[0] == "roles":
            return False
        if ROLES.match(block.text):
            add_roles(self._notes, re.sub(r"\s+roles?\b", "", block.text), block.start)
            return True
        if self._context is not None and CODED.match(block.text) and self._member(block):
            return True
        return self._labelled(block, following) or self._member(block)

    def titles(self, block: Block) -> None:
        """The first row of a table tells whether its rows are entities: `| Entity | Attributes | Notes |`."""
        cells = [cell.strip(" `*").lower() for cell in block.text.strip().strip("|").split("|")]
        told = [at for at, cell in enumerate(cells) if cell in FIELD_LABELS]
        self._tabled = told[0] if told and cells[0] in ENTITY_LABELS | {"thing", "name"} else None
        self._of_roles = cells[0] in ROLE_LABELS | {"actor"}

    def _heading(self, block: Block) -> bool:
        label = plain_label(block.text)
        self._listing = None
        self._context = None
        if label in ROLE_LABELS:
            self._listing = ("roles", block)
        elif label in ENTITY_LABELS:
            self._listing = ("entities", block)
        elif (concept := self._names.concept(label)) is not None and re.split(r"[ -]", label)[-1] not in LAYERS:
            self._context = (concept, block)
        call = CALL.match(block.text.strip())
        told = call is not None and self._declare(call["label"], call["rest"], block, block.start + call.start("rest"))
        return told or self._listing is not None  # `Actors` names no actor

    def _row(self, block: Block) -> bool:
        cells = [cell.strip(" `*") for cell in block.text.strip().strip("|").split("|")]
        if set(block.text) <= set("|-: "):
            return True
        if self._tabled is not None and len(cells) > self._tabled:
            self._context = None
            return self._of_table(block, cells, self._tabled)
        if self._of_roles and cells[0]:
            add_roles(self._notes, cells[0], block.start)
            return False
        if not cells[0] or cells[0].lower() in FIELD_LABELS | ENTITY_LABELS or (cells[0].lower() == "name" and self._context is None):
            return True
        if self._context is not None:
            note = field_note(f"{cells[0]}: {', '.join(cells[1:])}", block.start)
            concept, opener = self._context
            if note and looks_like_field(note):
                self._notes.add(concept, 5.0, Span(opener.start, opener.start + len(opener.text)), declared=True)
            if note:
                self._notes.fields.append((concept.name, note))
            return True
        rest = max(cells[1:], key=len, default="")
        told = LABEL.match(rest)
        if told is not None and CREATES.match(told["label"].lower()):
            return self._declare(told["label"], told["rest"], block, block.start + max(block.text.find(told["rest"]), 0))
        numbered = NUMBERED.match(cells[0]) is not None
        return bool(rest) and not numbered and self._declare(cells[0], rest, block, block.start + max(block.text.find(rest), 0))

    def _of_table(self, block: Block, cells: list[str], members: int) -> bool:
        """A row that holds a whole entity: `| Beer | name, style | made by one brewery |`."""
        rest = cells[members]
        done = self._declare(cells[0], rest, block, block.start + max(block.text.find(rest), 0), firm=True)
        for at, cell in enumerate(cells):
            if done and self._context is not None and cell and at not in {0, members}:
                read_ties(self._notes, self._context[0], cell, block.start + max(block.text.find(cell), 0))
        self._context = None
        return done

    def _entry_of_list(self, block: Block) -> bool:
        assert self._listing is not None  # noqa: S101 - the caller looked
        kind = self._listing[0]
        label = LABEL.match(block.text)
        head = label["label"] if label else block.text
        if len(head.split()) > 4:
            return False
        if kind == "roles":
            add_roles(self._notes, head, block.start)
            return label is None
        if label is None or not self._declare(label["label"], label["rest"], block, block.start + label.start("rest")):
            call = CALL.match(block.text.strip())
            if call and self._declare(call["label"], call["rest"], block, block.start + call.start("rest")):
                return True
            for piece, at in split_list(head, block.start):
                concept = self._names.concept(plain_label(piece))
                if concept is not None:
                    self._notes.add(concept, 5.0, Span(at, at + len(piece)), declared=True)
                    self._context = (concept, block)
            return label is None
        return True

    def _labelled(self, block: Block, following: Block | None) -> bool:
        text = block.text.strip()
        if block.kind == "bullet" and self._context is None and self._listed(block):
            return True
        call = CALL.match(text)
        firm = bool(call and "{" in text)
        kinds = call is not None and self._of_kinds(call, block)
        if call and not kinds and self._declare(call["label"], call["rest"], block, block.start + call.start("rest"), firm=firm):
            return True
        found = None if kinds else LABEL.match(text)
        if found is None:
            self._lone(block, following)
            return False
        if "/" in found["label"]:
            return False
        label, rest = plain_label(found["label"]), found["rest"]
        if self._tells(label, rest, block.start + found.start("label")):
            return False
        at = block.start + found.start("rest")
        if label in ROLE_LABELS | ENTITY_LABELS:
            kind = "roles" if label in ROLE_LABELS else "entities"
            self.unread += note_list(self._notes, self._names, kind, rest, at)
            self._listing = None if rest.strip() else (kind, block)
            return True
        if label in FIELD_LABELS and self._context is not None and not re.match(r"id\b", rest.strip()):
            return self._fields_of(self._context[0], rest, at)
        if not rest.strip():
            concept = self._names.concept(re.sub(r"\s+(?:has|have|fields|attributes|model|table|entity)$", "", label))
            if concept is not None and following is not None and within(following, block):
                self._context = (concept, block)
            return False
        return self._declare(found["label"], rest, block, at)

    def _tells(self, label: str, rest: str, at: int) -> bool:
        """Whether a sentence stands behind a label, and no list. Who is told to do something has a role: `Clerk: manages loans`."""
        if names_people(label) and does(rest):
            add_roles(self._notes, label, at)
            return True
        return tells_deeds(rest) or TELLS.match(rest) is not None

    def _of_kinds(self, call: re.Match[str], block: Block) -> bool:
        """Whether brackets hold the kinds of a thing, and no members: `CRUD vehicles (van, car, trailer)`."""
        label = CREATES.sub("", plain_label(call["label"]))
        concept = self._names.concept(label)
        phrase = said_phrase(f"{label} ({call['rest']})", block.start)
        return concept is not None and phrase is not None and kinds_of(concept, phrase) is not None

    def _listed(self, block: Block) -> bool:
        """`stream (streamer, title), a message belongs to a stream`: a thing in lower case, and what else there is to say."""
        found = LISTED.match(block.text)
        if found is None or is_plural(found["label"].split()[-1]) or is_attribute(found["label"]):
            return False
        if not self._declare(found["label"].capitalize(), found["rest"], block, block.start + found.start("rest")):
            return False
        assert self._context is not None  # noqa: S101 - a declaration leaves it
        self._behind(self._context[0], found["more"] or "", block.start + found.end("rest"))
        return True

    def _lone(self, block: Block, following: Block | None) -> None:
        """A line that holds nothing but a name, over a list of members or a table of them."""
        if following is not None and following.kind == "row" and (named := TABLED.match(block.text)):
            concept = self._names.concept(plain_label(named["name"])) or named_only(plain_label(named["name"]), firm=True)
            self._context = (concept, block) if concept else None
            return
        under = following is not None and following.kind == "bullet" and (block.kind == "paragraph" or following.depth > block.depth)
        if block.kind == "heading" or not under or len(block.text.split()) > 3:
            return
        concept = self._names.concept(plain_label(block.text))
        if concept is not None and not concept.tail:
            self._context = (concept, block)

    def _member(self, block: Block) -> bool:
        """A bullet under a heading or a label that names a concept."""
        if self._context is None or block.kind != "bullet":
            return False
        concept, opener = self._context
        if not within(block, opener):
            self._context = None
            return False
        if (label := LABEL.match(block.text)) and names_people(plain_label(label["label"])) and does(label["rest"]):
            return False
        if is_list(block.text) and self._declare(concept.name, block.text, opener, block.start):
            self.named.plainly(opener, several=True)
            return True
        self.named.note(concept, opener, block)
        note = field_note(block.text, block.start)
        if note is None or not looks_like_field(note) or len(block.text.split()) > 16 or asks_for(note.name) or TELLS.match(block.text):
            return False
        self._notes.add(concept, 5.0, Span(opener.start, opener.start + len(opener.text)), declared=True)
        self._notes.fields.append((concept.name, note))
        self.named.plainly(opener)
        return True

    def _declare(self, label: str, rest: str, block: Block, at: int, *, firm: bool = False) -> bool:
        plain = thing_name(label)
        firm = firm or self._listing is not None
        plain = CREATES.sub("", plain)
        if COMMAND.match(plain):
            return False
        deed = deed_of(plain) or part_of(plain)
        plain = deed[0] if deed else plain
        named = named_only(plain, firm=firm) if (firm or deed or label[:1].isupper()) and self._names.concept(plain) is None else None
        concept = self._names.concept(plain) or named
        if concept is None or len(plain.split()) > 3 or (commands(plain, label) and not deed and concept.entry is None and named is None):
            return False
        rest, behind = first_sentence(rest)
        members = MemberList(rest, at)
        if not members.convinces(firm=firm, telling=concept.exact and label[:1].isupper(), known=self._names.knows):
            return False
        self._notes.add(concept, 6.0, Span(block.start, block.start + max(len(label), 1)), declared=True)
        self._notes.modelled += self._listing is not None
        self._context = (concept, block)
        if deed and deed[1]:
            read_ties(self._notes, concept, deed[1], block.start)
        members.note(self._notes, concept)
        self._behind(concept, behind, at + len(rest))
        return True

    def _behind(self, concept: Concept, text: str, at: int) -> None:
        """Sentences behind the members: `Written by one astronomer, may have several co-investigators.`"""
        for found in re.finditer(r"[^.\n]+(?:\.(?=\S)[^.\n]*)*", text):
            pieces = split_list(found[0], at + found.start())
            tied = [read_ties(self._notes, concept, piece, start) for piece, start in pieces]
            if False in tied:
                self.unread.append(Block(kind="paragraph", text=found[0], start=at + found.start()))

    def _fields_of(self, concept: Concept, rest: str, at: int) -> bool:
        self._notes.add(concept, 5.0, Span(at, at + len(rest)), declared=True)
        for piece, start in split_list(rest, at):
            note = field_note(piece, start)
            if note is not None:
                self._notes.fields.append((concept.name, note))
        return True
