"""One piece of running text -> notes: what stands in it apart from words first, then its lists, then its sentences."""

import re

from msgspec.structs import replace

from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.code import read_names, read_object
from apiwright.planner.embedded.denied import read_denied, read_optional
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.endpoints import PATH
from apiwright.planner.embedded.examples import read_examples
from apiwright.planner.embedded.lines import read_lines
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.quoted import read_quoted
from apiwright.planner.embedded.said_lists import ListReader
from apiwright.planner.embedded.said_members import MemberReader
from apiwright.planner.embedded.said_of import read_of
from apiwright.planner.embedded.sentences import SentenceReader
from apiwright.planner.embedded.tokens import Token, sentences, tokenize
from apiwright.planner.embedded.words import word_list

_OBJECT = Pattern(r"\{[^{}]{0,1500}\}", cues=("{",))
_PARAMETERS = Pattern(r"\b(?:req(?:uest)?\s+)?(?:params?|parameters|body|payload|input|accepts|takes)\W*$", re.IGNORECASE)
_NUMBERED_CELL = Pattern(r"(?<=\|)\s*(?:[A-Z]{1,6}[- ]?)?\d+(?:\.\d+)*\s*(?=\|)")
_BENEFIT = Pattern(
    r"(?<=[\w)]),?\s+so\s+that\s+(?:i|we|he|she|they|it"
    r"|you|my|our|the\s+next|everybody|everyone|nobody|no\s+one)\b[^.\n;]*",
    re.IGNORECASE,
    cues=("so that",),
)
_REFUSAL = Pattern(
    r"\b(?:answer|respond|reply|return)s?\s+(?:with\s+)?(?:an?\s+)?\**[1-5]\d\d\b[^.;\n]{0,60}?\b(?:message|error)\b[^.;\n]*",
    re.IGNORECASE,
    cues=("message", "error"),
)
"""What a request is refused with tells nothing of what is kept: `answer 403 with the message "Ticket refunded"`."""
_LABEL = Pattern(r"^([A-Za-z][^.:;(){}\n]{0,60}?)\s*[:\u2013—]\s+(?=\S)")
_LONGEST = 20_000


class TextReader:
    """Reads texts one after another."""

    def __init__(self, said: Discourse) -> None:
        self._said = said
        self._sentences = SentenceReader(said)
        self._lists = ListReader(said, self._sentences.members)

    @property
    def members(self) -> MemberReader:
        """What reads the members that its sentences tell."""
        return self._sentences.members

    def read(self, block: Block) -> None:
        """Notes what the text of a block tells."""
        text = self._lists.read(read_lines(self._said.notes, self._words_of(block), block.start), block.start)
        text = read_of(self._said, text, block.start)
        label = _LABEL.match(text) if block.kind in {"bullet", "paragraph"} else None
        if label and len(label[1].split()) <= 6:
            self._sentences.read(tokenize(label[1], block.start), label=True)
            text = " " * label.end() + text[label.end() :]
        for sentence in sentences(tokenize(text, block.start), text, block.start):
            if not _is_styling(sentence):
                self._sentences.read(sentence, label=block.kind == "heading")
            if sentence[-1].end - sentence[0].start > _LONGEST:
                break

    def read_objects(self, block: Block) -> None:
        """JSON objects within a text tell of what was spoken of last."""
        nearest = self._said.nearest
        for found in _OBJECT.finditer(block.text) if nearest else ():
            if ":" in found[0]:
                read_object(self._said.notes, found[0], block.start + found.start(), nearest or "")
            elif _PARAMETERS.search(block.text[: found.start()]):
                read_names(self._said.notes, found[0], block.start + found.start(), nearest or "")
            elif PATH.search(block.text, 0, found.start()):
                read_names(self._said.notes, found[0], block.start + found.start(), nearest or "", wrapped=True)

    def _words_of(self, block: Block) -> str:
        """The text without what is no English: objects, quoted names and numbers of rows are read, blanks stand in their place."""
        notes, text = self._said.notes, block.text
        if block.kind == "row":
            text = _blanked(_NUMBERED_CELL, text).replace("|", ";")
        if "{" in text and self._said.nearest:
            text = read_examples(notes, text, block.start, self._said.nearest)
        self.read_objects(replace(block, text=text))
        text = _blanked(_OBJECT, text)
        if notes.technical and self._said.resource:
            read_quoted(notes, text, block.start, self._said.resource)
        optional, text = read_optional(_blanked(_BENEFIT, _blanked(_REFUSAL, text)))
        notes.optional |= optional
        denied, text = read_denied(text)
        notes.denied |= denied
        return text


def _blanked(pattern: Pattern, text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)


def _is_styling(sentence: list[Token]) -> bool:
    """Whether a sentence is about colours and looks: `Set the background to light pink and all components to violet.`"""
    words = {token.low for token in sentence}
    return bool(words & word_list("looks")) and bool(words & word_list("styled")) and not words & {"title", "name", "text"}
