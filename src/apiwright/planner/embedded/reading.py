"""A prompt -> notes: every reader over every block."""

import re

from apiwright.kit.casing import words_of
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.blocks import Block, blocks_of
from apiwright.planner.embedded.code import ENVELOPE, read_code, read_object
from apiwright.planner.embedded.declared import DeclarationReader
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.endpoints import read_paths
from apiwright.planner.embedded.fieldspec import TYPE_WORDS, field_note
from apiwright.planner.embedded.implied import domains_of
from apiwright.planner.embedded.notes import Notes
from apiwright.planner.embedded.people import read_people
from apiwright.planner.embedded.sentences import SentenceReader
from apiwright.planner.embedded.tokens import Token, sentences, tokenize

_OBJECT = re.compile(r"\{[^{}]{0,1500}\}")
_SENTENCE = re.compile(r"[^.\n]+(?:\.(?=\S)[^.\n]*)*")
_MEMBERS = re.compile(
    r"\b(?:contain(?:s|ing)?|fields?|columns?|properties|attributes|with\s+(?:its|their|the)|must\s+(?:have|include))\b", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"'`“]{1,2}([A-Za-z_]\w{1,40})[\"'`”]{1,2}(?:,?\s+(?:an?|as)\s+|\s*\()?([a-z]+)?")
_LOOKS = frozenset(
    {"background", "backgrounds", "color", "colors", "colour", "colours", "styling", "palette", "font", "fonts", "css", "theme"}
)
_STYLED = frozenset(
    {
        "component",
        "components",
        "element",
        "elements",
        "controls",
        "layout",
        "page",
        "pages",
        "text",
        "buttons",
        "background",
        "main",
        "default",
        "ui",
    }
)
_TECHNICAL = re.compile(
    r"\bstatus[ _-]codes?\b|\brequest\s+body\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b[\s`:]+(?:request\s|/)"
    r"|\bendpoints?\b|\b(?:200|201|400|401|404|409)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^([A-Za-z][^.:;(){}\n]{0,60}?)\s*[:\u2013—]\s+(?=\S)")


def read(prompt: str) -> Notes:
    """Everything that a prompt says, as notes."""
    found = domains_of(prompt)
    preferred = frozenset(name for domain, _, _ in found for name in domain.vocabulary)
    notes = Notes(prompt=prompt, preferred=preferred, technical=bool(_TECHNICAL.search(prompt)))
    declarations = DeclarationReader(notes)
    said = Discourse(notes)
    reader = SentenceReader(said)
    blocks = blocks_of(prompt)
    for at, block in enumerate(blocks):
        if block.kind == "code":
            read_paths(notes, block.text, block.start)
            read_code(notes, block.text, block.start, said.nearest)
            continue
        named = read_paths(notes, block.text, block.start)
        if named:
            said.speak_of(named[-1])
        if block.kind == "row" and named:
            _read_objects(said, block)
            continue
        if declarations.read(block, blocks[at + 1] if at + 1 < len(blocks) else None):
            continue
        _read_text(said, reader, block)
    read_people(notes)
    return notes


def _read_text(said: Discourse, reader: SentenceReader, block: Block) -> None:
    text = block.text
    _read_objects(said, block)
    if said.notes.technical and said.resource:
        _read_quoted(said.notes, text, block.start, said.resource)
    text = _OBJECT.sub(lambda found: " " * len(found[0]), text)
    label = _LABEL.match(text) if block.kind in {"bullet", "paragraph"} else None
    if label and len(label[1].split()) <= 6:
        reader.read(tokenize(label[1], block.start), label=True)
        text = " " * label.end() + text[label.end() :]
    for sentence in sentences(tokenize(text, block.start), text, block.start):
        if not _is_styling(sentence):
            reader.read(sentence, label=block.kind == "heading")
        last = sentence[-1]
        if last.end - sentence[0].start > 20_000:
            break


def _read_objects(said: Discourse, block: Block) -> None:
    """JSON objects within a text tell of what was spoken of last."""
    for found in _OBJECT.finditer(block.text):
        if ":" in found[0] and said.nearest:
            read_object(said.notes, found[0], block.start + found.start(), said.nearest)


def _read_quoted(notes: Notes, text: str, start: int, nearest: str) -> None:
    """`an object containing "serviceId", a string, and "lastSeen"`: members by their names in quotes."""
    for sentence in _SENTENCE.finditer(text):
        opener = _MEMBERS.search(sentence[0])
        if opener is None or "query" in sentence[0].lower():
            continue
        for found in _QUOTED.finditer(sentence[0], opener.end()):
            name = "_".join(words_of(found[1]))
            if name not in ENVELOPE and (is_attribute(name) or "_" in name or name.endswith("id")):
                at = start + sentence.start() + found.start(1)
                told = field_note(f"{found[1]}: {found[2]}" if found[2] in TYPE_WORDS else found[1], at)
                if told is not None:
                    notes.fields.append((nearest, told))


def _is_styling(sentence: list[Token]) -> bool:
    """Whether a sentence is about colours and looks: `Set the background to light pink and all components to violet.`"""
    words = {token.low for token in sentence}
    return bool(words & _LOOKS) and len(words & _STYLED) >= 1
