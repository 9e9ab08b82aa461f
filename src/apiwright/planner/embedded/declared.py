"""Declarations: `Book: title, author, isbn`, headings over lists of fields, tables of fields, lists of entities and of roles."""

import re
from collections.abc import Sequence

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.fieldspec import FieldNote, field_note, looks_like_field
from apiwright.planner.embedded.notes import Concept, Notes, Span, concept_of, in_full
from apiwright.planner.embedded.words import lexicon, word_list

_LABEL = re.compile(
    r"^[*_`\"]*(?P<label>[A-Za-z][\w \-/&()'\u2019]{0,60}?)[*_`\"]*\s*(?P<sign>:|—|\u2013|\s-\s|\s=\s|->|→)[*_]*\s*(?P<rest>.*)$", re.DOTALL
)
_CALL = re.compile(
    r"^[*_`]*(?P<label>[A-Z]\w*(?: [A-Za-z]\w*){0,2})[*_`]*\s*[(\[{](?P<rest>[^()]*(?:\([^()]*\)[^()]*)*)[)\]}]\.?$", re.DOTALL
)
_FIELD_LABELS = frozenset(
    {"fields", "field", "attributes", "attribute", "properties", "property", "columns", "column", "schema", "data", "has", "members"}
)
_NO_ENTITY = word_list("no_label")
_ENTITY_LABELS = frozenset({
    "entities", "entity", "models", "model", "resources", "resource", "tables", "table", "data model", "data models", "database tables",
    "main entities", "core entities", "database models", "collections", "domain model", "objects", "database schema", "schemas",
})  # fmt: skip
_ROLE_LABELS = frozenset({"roles", "user roles", "role", "user role", "user types", "actors", "types of users", "user type"})


class DeclarationReader:
    """Reads the blocks one after another and remembers what the entries of a list belong to."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._context: tuple[Concept, Block] | None = None
        self._listing: tuple[str, Block] | None = None

    def read(self, block: Block, following: Block | None) -> bool:
        """Whether the block is a declaration, and has been noted."""
        if block.kind == "heading":
            return self._heading(block)
        if block.kind == "row":
            return self._row(block)
        if self._listing and not _within(block, self._listing[1]):
            self._listing = None
        if self._listing and self._entry_of_list(block):
            return True
        return self._labelled(block, following) or self._member(block)

    def _heading(self, block: Block) -> bool:
        label = _plain(block.text)
        self._listing = None
        self._context = None
        if label in _ROLE_LABELS:
            self._listing = ("roles", block)
        elif label in _ENTITY_LABELS:
            self._listing = ("entities", block)
        elif (concept := self._concept(label)) is not None:
            self._context = (concept, block)
        call = _CALL.match(block.text.strip())
        return bool(call and self._declare(call["label"], call["rest"], block, block.start + call.start("rest")))

    def _row(self, block: Block) -> bool:
        cells = [cell.strip(" `*") for cell in block.text.strip().strip("|").split("|")]
        if not cells[0] or set(block.text) <= set("|-: ") or cells[0].lower() in _FIELD_LABELS | {"name"} | _ENTITY_LABELS:
            return True
        if self._context is not None:
            note = field_note(f"{cells[0]}: {', '.join(cells[1:])}", block.start)
            if note:
                self._add_field(self._context[0], note)
            return True
        rest = max(cells[1:], key=len, default="")
        return self._declare(cells[0], rest, block, block.start + max(block.text.find(rest), 0)) if rest else False

    def _entry_of_list(self, block: Block) -> bool:
        assert self._listing is not None  # noqa: S101 - the caller looked
        kind = self._listing[0]
        label = _LABEL.match(block.text)
        head = label["label"] if label else block.text
        if len(head.split()) > 4:
            return False
        if kind == "roles":
            self._add_roles(head, block.start)
            return label is None
        if label is None or not self._declare(label["label"], label["rest"], block, block.start + label.start("rest")):
            call = _CALL.match(block.text.strip())
            if call and self._declare(call["label"], call["rest"], block, block.start + call.start("rest")):
                return True
            for piece, at in split_list(head, block.start):
                concept = self._concept(_plain(piece))
                if concept is not None:
                    self._notes.add(concept, 5.0, Span(at, at + len(piece)), declared=True)
                    self._context = (concept, block)
            return label is None
        return True

    def _labelled(self, block: Block, following: Block | None) -> bool:
        text = block.text.strip()
        call = _CALL.match(text)
        if call and self._declare(call["label"], call["rest"], block, block.start + call.start("rest")):
            return True
        found = _LABEL.match(text)
        if found is None:
            return False
        if "/" in found["label"]:
            return False
        label, rest = _plain(found["label"]), found["rest"]
        at = block.start + found.start("rest")
        if label in _ROLE_LABELS:
            self._add_roles(rest, at)
            self._listing = None if rest.strip() else ("roles", block)
            return True
        if label in _ENTITY_LABELS:
            self._entities(rest, at)
            self._listing = None if rest.strip() else ("entities", block)
            return True
        if label in _FIELD_LABELS and self._context is not None:
            return self._fields_of(self._context[0], rest, at)
        if not rest.strip():
            concept = self._concept(re.sub(r"\s+(?:has|have|fields|attributes|model|table|entity)$", "", label))
            if concept is not None and following is not None and _within(following, block):
                self._context = (concept, block)
            return False
        return self._declare(found["label"], rest, block, at)

    def _member(self, block: Block) -> bool:
        """A bullet under a heading or a label that names a concept."""
        if self._context is None or block.kind != "bullet":
            return False
        concept, opener = self._context
        if not _within(block, opener):
            self._context = None
            return False
        note = field_note(block.text, block.start)
        if note is None or not looks_like_field(note) or len(block.text.split()) > 16:
            return False
        self._notes.add(concept, 5.0, Span(opener.start, opener.start + len(opener.text)), declared=True)
        self._add_field(concept, note)
        return True

    def _declare(self, label: str, rest: str, block: Block, at: int) -> bool:
        plain = _plain(re.sub(r"\(.*?\)", "", label))
        plain = re.sub(
            r"^(?:each|every|a|an|the)\s+|\s+(?:has|have|fields|attributes|model|table|entity|with|contains|includes|properties|schema)$",
            "",
            plain,
        )
        named = self._named_only(plain) if label[:1].isupper() and self._concept(plain) is None else None
        concept = self._concept(plain) or named
        if concept is None or len(plain.split()) > 3 or (plain.split()[0] in lexicon().verbs and concept.entry is None and named is None):
            return False
        pieces = split_list(rest, at)
        notes = [field_note(piece, start) for piece, start in pieces]
        good = [note for note in notes if note is not None]
        looking = sum(looks_like_field(note) or self._known(note) for note in good)
        short = all(len(piece.split()) <= 6 or "(" in piece for piece, _ in pieces)
        if (
            not short
            or not (looking >= 2 or (looking and len(pieces) <= 2))
            or len(good) < 0.7 * len(pieces)
            or looking < 0.4 * len(pieces)
        ):
            return False
        self._notes.add(concept, 6.0, Span(block.start, block.start + max(len(label), 1)), declared=True)
        self._context = (concept, block)
        for note in good:
            self._add_field(concept, note)
        return True

    def _known(self, note: FieldNote) -> bool:
        found = self._concept(note.name.replace("_", " "))
        return found is not None and found.entry is not None

    @staticmethod
    def _named_only(label: str) -> Concept | None:
        """A label that would be no entity in running text may be one over a list of fields: `Result: value, unit`."""
        words = label.split()
        if len(words) != 1 or words[0] in _NO_ENTITY or not words[0].isascii() or not words[0].isalpha() or is_attribute(words[0]):
            return None
        return Concept(name=pascal(singular(words[0])))

    def _fields_of(self, concept: Concept, rest: str, at: int) -> bool:
        self._notes.add(concept, 5.0, Span(at, at + len(rest)), declared=True)
        for piece, start in split_list(rest, at):
            note = field_note(piece, start)
            if note is not None:
                self._add_field(concept, note)
        return True

    def _entities(self, rest: str, at: int) -> None:
        for piece, start in split_list(rest, at):
            call = re.match(r"^([\w -]+)\s*\((.*)\)$", piece.strip(), re.DOTALL)
            concept = self._concept(_plain(call[1] if call else piece))
            if concept is None or (len(piece.split()) > 4 and call is None):
                continue
            self._notes.add(concept, 5.0, Span(start, start + len(piece)), declared=True)
            if call:
                for inner, inner_at in split_list(call[2], start + call.start(2)):
                    if note := field_note(inner, inner_at):
                        self._add_field(concept, note)

    def _add_field(self, concept: Concept, note: FieldNote) -> None:
        self._notes.fields.append((concept.name, note))

    def _add_roles(self, text: str, at: int) -> None:
        for piece, start in split_list(text, at):
            plain = _plain(re.sub(r"\(.*?\)", "", piece))
            if plain and len(plain.split()) <= 3:
                self._notes.roles.setdefault(singular(plain), Span(start, start + len(piece)))
                self._notes.auth_cue = self._notes.auth_cue or Span(start, start + len(piece))

    def _concept(self, label: str) -> Concept | None:
        words = [word for word in re.findall(r"[a-z][a-z0-9]*", label) if word not in {"the", "a", "an", "each", "new", "your", "and"}]
        if not words or len(words) > 4:
            return None
        if is_plural(words[-1]):
            words[-1] = singular(words[-1])
        found = concept_of(tuple(words), self._notes.preferred)
        return found if found is None or found.tail else in_full(found, tuple(words))


def split_list(text: str, start: int) -> Sequence[tuple[str, int]]:
    """The entries of a list at top level (commas, semicolons, and the last `and`), with where each begins."""
    pieces: list[tuple[str, int]] = []
    depth, begin = 0, 0
    for at, char in enumerate(text):
        if char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(depth - 1, 0)
        elif char in ",;\n" and depth == 0:
            pieces.append((text[begin:at], start + begin))
            begin = at + 1
    pieces.append((text[begin:], start + begin))
    found: list[tuple[str, int]] = []
    for piece, at in pieces:
        found += _split_and(piece, at)
    return [(piece.strip(), at + len(piece) - len(piece.lstrip())) for piece, at in found if piece.strip(" .")]


def _split_and(piece: str, at: int) -> list[tuple[str, int]]:
    head = re.match(r"^\s*and\s+", piece)
    if head:
        return [(piece[head.end() :], at + head.end())]
    opening = piece.find("(")
    joint = re.search(r"\s+(?:and|&)\s+(?:an?\s+|the\s+)?(?=[\w`\"'])", piece if opening < 0 else piece[:opening])
    if joint is None:
        return [(piece, at)]
    return [(piece[: joint.start()], at), (piece[joint.end() :], at + joint.end())]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_`\"'#:.]|^\d+[.)]\s*", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text))).strip().lower()


def _within(block: Block, opener: Block) -> bool:
    """Whether a block belongs to what `opener` opened: anything under a heading, deeper bullets under a bullet, bullets under a line."""
    if opener.kind == "heading":
        return True
    if block.kind != "bullet":
        return False
    return opener.kind != "bullet" or block.depth > opener.depth or block.start == opener.start
