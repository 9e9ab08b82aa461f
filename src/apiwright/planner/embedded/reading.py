"""A prompt -> notes: every reader over every block."""

import re
from dataclasses import replace

from apiwright.planner.embedded.blocks import Block, blocks_of
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.code import read_code, read_object
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.declared import DeclarationReader
from apiwright.planner.embedded.denied import read_denied
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.endpoints import read_paths
from apiwright.planner.embedded.examples import read_examples
from apiwright.planner.embedded.implied import domains_of
from apiwright.planner.embedded.lines import read_lines
from apiwright.planner.embedded.notes import Notes, RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import read_people
from apiwright.planner.embedded.quoted import read_quoted
from apiwright.planner.embedded.said_lists import ListReader
from apiwright.planner.embedded.sentences import SentenceReader
from apiwright.planner.embedded.stated import own_names, read_body, read_row, read_values
from apiwright.planner.embedded.tokens import Token, sentences, tokenize
from apiwright.planner.embedded.topics import names_topic, read_topic, read_with

_OBJECT = Pattern(r"\{[^{}]{0,1500}\}", cues=("{",))
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
_TECHNICAL = Pattern(
    r"\bstatus[ _-]codes?\b|\brequest\s+body\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b[\s`:]+(?:request\s|/)"
    r"|\bendpoints?\b|\b(?:200|201|400|401|404|409)\b",
    re.IGNORECASE,
    cues=("status", "request", "get", "post", "put", "patch", "delete", "endpoint", "20", "40"),
)
_REGISTER = Pattern(
    r"(?<![\w.])/(?:[\w-]+/)*(?:register|registration|sign-?up|login|sign-?in)\b",
    re.IGNORECASE,
    cues=("register", "registration", "sign", "login"),
)
_POSTED = Pattern(r"\bPOST\b")
_SECURED = Pattern(
    r"\b(?:needs?|requires?|with|requiring)\s+(?:an?\s+|the\s+)?(?:valid\s+)?(?:bearer|jwt|access|session|auth\w*|cookie|login|token)\b"
    r"|\b(?:logged[- ]in|authenticated|signed[- ]in)\b|\(auth(?:\s+required)?\)",
    re.IGNORECASE,
)
_BENEFIT = Pattern(r"(?<=\w),?\s+so\s+that\s+(?:i|we|he|she|they|it|you|my|our)\b[^.\n;]*", re.IGNORECASE, cues=("so that",))
_MONEY = Pattern(
    r"\b(?:balances?|transactions?|deposits?|withdraw\w*|ledgers?|bank\w*|money|transfers?|financ\w+|incomes?|crm|trad(?:e|ing)|wallets?"
    r"|credits?)\b",
    re.IGNORECASE,
)
_LABEL = Pattern(r"^([A-Za-z][^.:;(){}\n]{0,60}?)\s*[:\u2013—]\s+(?=\S)")


def read(prompt: str) -> Notes:
    """Everything that a prompt says, as notes."""
    found = domains_of(prompt)
    preferred = frozenset(name for domain, _, _ in found for name in domain.vocabulary)
    notes = Notes(
        prompt=prompt, preferred=preferred, technical=bool(_TECHNICAL.search(prompt)), own=own_names(prompt),
        money="Account" in preferred or bool(_MONEY.search(prompt)),
    )  # fmt: skip
    declarations = DeclarationReader(notes)
    said = Discourse(notes)
    reader = SentenceReader(said)
    lists = ListReader(said, reader.members)
    blocks = blocks_of(prompt)
    for at, block in enumerate(blocks):
        if block.kind == "code":
            read_paths(notes, block.text, block.start)
            read_code(notes, block.text, block.start, said.nearest)
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if block.kind == "row" and following is not None and following.kind == "row" and set(following.text) <= set("|-: "):
            declarations.titles(block)
            continue
        named = read_paths(notes, block.text, block.start)
        if not named and _REGISTER.search(block.text):
            named = [
                notes.add(
                    Concept(name="User", entry=catalogue().entries["User"], exact=True),
                    1.0,
                    Span(block.start, block.start + len(block.text)),
                )
            ]
        if named:
            said.speak_of(named[-1])
            _read_secured(notes, block, named[-1])
        if named and block.kind != "row" and read_body(notes, block.text, block.start, named[-1]):
            continue
        read_values(notes, block.text, block.start)
        if block.kind == "row" and named:
            _read_objects(said, block)
            read_row(notes, block.text, block.start, named[-1])
            continue
        if names_topic(block, blocks) and (left := read_topic(said, reader.members, block)) is not None:
            _read_text(said, reader, lists, replace(block, text=left))
            continue
        if at == 0:
            read_with(notes, block)
        if declarations.read(block, following):
            for part in declarations.unread:
                _read_text(said, reader, lists, part)
            continue
        _read_text(said, reader, lists, block)
    read_people(notes)
    return notes


def _read_secured(notes: Notes, block: Block, resource: str) -> None:
    """Who must log in to post something is who it belongs to."""
    if resource != "User" and _POSTED.search(block.text) and _SECURED.search(block.text):
        span = Span(block.start, block.start + len(block.text))
        notes.rights.append(RightNote(actors=("user",), verbs=("create",), targets=(resource,), span=span, modal=True))


def _read_text(said: Discourse, reader: SentenceReader, lists: ListReader, block: Block) -> None:
    if "{" in block.text and said.nearest:
        block = replace(block, text=read_examples(said.notes, block.text, block.start, said.nearest))
    text = block.text
    _read_objects(said, block)
    if said.notes.technical and said.resource:
        read_quoted(said.notes, _OBJECT.sub(lambda found: " " * len(found[0]), text), block.start, said.resource)
    text = _OBJECT.sub(lambda found: " " * len(found[0]), text)
    text = _BENEFIT.sub(lambda found: " " * len(found[0]), text)
    denied, text = read_denied(text)
    said.notes.denied |= denied
    text = lists.read(read_lines(said.notes, text, block.start), block.start)
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


def _is_styling(sentence: list[Token]) -> bool:
    """Whether a sentence is about colours and looks: `Set the background to light pink and all components to violet.`"""
    words = {token.low for token in sentence}
    return bool(words & _LOOKS) and len(words & _STYLED) >= 1
