"""A prompt -> notes: every reader over every block."""

import re

from apiwright.planner.embedded.blocks import Block, blocks_of
from apiwright.planner.embedded.code import read_code, read_object
from apiwright.planner.embedded.declared import DeclarationReader
from apiwright.planner.embedded.endpoints import read_paths
from apiwright.planner.embedded.implied import domains_of
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.people import read_people
from apiwright.planner.embedded.sentences import SentenceReader
from apiwright.planner.embedded.tokens import sentences, tokenize

_OBJECT = re.compile(r"\{[^{}]{0,1500}\}")
_LABEL = re.compile(r"^([A-Za-z][^.:;(){}\n]{0,60}?)\s*[:–—]\s+(?=\S)")


def read(prompt: str) -> Notes:
    """Everything that a prompt says, as notes."""
    found = domains_of(prompt)
    preferred = frozenset(name for domain, _, _ in found for name in domain.entities)
    notes = Notes(prompt=prompt, preferred=preferred)
    declarations = DeclarationReader(notes)
    reader = SentenceReader(notes)
    blocks = blocks_of(prompt)
    for at, block in enumerate(blocks):
        if block.kind == "code":
            read_paths(notes, block.text, block.start)
            read_code(notes, block.text, block.start, reader.nearest)
            continue
        named = read_paths(notes, block.text, block.start)
        if named:
            reader.nearest = named[-1]
        if declarations.read(block, blocks[at + 1] if at + 1 < len(blocks) else None):
            continue
        _read_text(notes, reader, block)
    read_people(notes)
    return notes


def _read_text(notes: Notes, reader: SentenceReader, block: Block) -> None:
    text = block.text
    for found in _OBJECT.finditer(text):
        if ":" in found[0] and reader.nearest:
            read_object(notes, found[0], block.start + found.start(), reader.nearest)
    text = _OBJECT.sub(lambda found: " " * len(found[0]), text)
    label = _LABEL.match(text) if block.kind in {"bullet", "paragraph"} else None
    if label and len(label[1].split()) <= 6:
        reader.read(tokenize(label[1], block.start), label=True)
        text = " " * label.end() + text[label.end() :]
    for sentence in sentences(tokenize(text, block.start), text, block.start):
        reader.read(sentence, label=block.kind == "heading")
        last = sentence[-1]
        if last.end - sentence[0].start > 20_000:
            break


def span_of(found: "re.Match[str]") -> Span:
    """The characters of a match over the whole prompt."""
    return Span(found.start(), found.end())
