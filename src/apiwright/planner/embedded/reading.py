"""A prompt -> notes: every reader over every block."""

import re

from msgspec.structs import replace

from apiwright.planner.embedded.addressed import read_addressed
from apiwright.planner.embedded.blocks import Block, blocks_of
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.code import read_code
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.declared import DeclarationReader
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.endpoints import read_paths
from apiwright.planner.embedded.implied import domains_of
from apiwright.planner.embedded.joined import read_joined, read_one_each
from apiwright.planner.embedded.notes import Notes, RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import read_people
from apiwright.planner.embedded.rewording import plainly
from apiwright.planner.embedded.said_coverings import read_during
from apiwright.planner.embedded.said_kin import read_reporting
from apiwright.planner.embedded.said_records import read_records
from apiwright.planner.embedded.said_relatives import read_presence, read_relatives, read_whose
from apiwright.planner.embedded.said_slots import read_slots
from apiwright.planner.embedded.said_states import read_kinds
from apiwright.planner.embedded.said_trees import read_trees
from apiwright.planner.embedded.scope import in_scope
from apiwright.planner.embedded.stated import own_names, read_body, read_row, read_tables, read_values
from apiwright.planner.embedded.texts import TextReader
from apiwright.planner.embedded.topics import names_topic, read_crud, read_topic, read_with

_TECHNICAL = Pattern(
    r"\bstatus[ _-]codes?\b|\brequest\s+body\b|\b(?:GET|POST|PUT|PATCH|DELETE)\b[\s`:]+(?:request\s|at\s+[`\"']?/|/)"
    r"|\bendpoints?\b|\b(?:200|201|400|401|404|409)\b(?!\s+[a-z]+(?:\s[a-z]+)?s\b)",
    re.IGNORECASE,
    cues=("status", "request", "get", "post", "put", "patch", "delete", "endpoint", "20", "40"),
)
_TESTED = Pattern(
    r"\b(?:unit|integration|end-to-end|e2e|automated|api)\s+tests?\b|\btests?\s+(?:coverage|suite|cases?)\b"
    r"|\b(?:models?|serializers?|schemas?|views?|migrations?|docs|documentation|dockerfile|routes?|docker|readme)\b[^.\n]{0,40}\b(?:and|,|with)\s+(?:\w+\s+)?tests\b"
    r"|\b(?:write|include|add|with)\s+tests\b",
    re.IGNORECASE,
    cues=("test",),
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
_MONEY = Pattern(
    r"\b(?:balances?|transactions?|deposits?|withdraw\w*|ledgers?|bank\w*|money|transfers?|financ\w+|incomes?|crm|trad(?:e|ing)|wallets?"
    r"|credits?)\b",
    re.IGNORECASE,
)


def read(prompt: str) -> Notes:
    """Everything that a prompt says, as notes."""
    plain = plainly(prompt)
    preferred = frozenset(name for domain, _, _ in domains_of(prompt) for name in domain.vocabulary)
    notes = Notes(
        prompt=prompt, preferred=preferred, own=own_names(plain),
        technical=bool(_TECHNICAL.search(prompt)), tested=bool(_TESTED.search(prompt)),
        money="Account" in preferred or bool(_MONEY.search(prompt)),
    )  # fmt: skip
    _BlockReader(notes).read(list(in_scope(blocks_of(plain))))
    read_people(notes)
    return notes


class _BlockReader:
    """Hands each block to who can read it: code, paths, topics, declarations, and sentences for the rest."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._said = Discourse(notes)
        self._declarations = DeclarationReader(notes)
        self._texts = TextReader(self._said)

    def read(self, blocks: list[Block]) -> None:
        for at, block in enumerate(blocks):
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if block.kind == "code":
                read_paths(self._notes, block.text, block.start)
                read_code(self._notes, block.text, block.start, self._said.nearest)
            elif block.kind == "row" and following is not None and following.kind == "row" and set(following.text) <= set("|-: "):
                self._declarations.titles(block)
            elif not self._requests(block):
                self._words(block, blocks, following)
        self._declarations.named.settle(self._notes)

    def _requests(self, block: Block) -> bool:
        """Whether a block is about requests alone, and was read as such."""
        named = self._resources(block)
        if named and block.kind != "row" and read_body(self._notes, block.text, block.start, named[-1]):
            return True
        for name in read_tables(self._notes, block.text, block.start, self._said.nearest):
            self._said.speak_of(name)
        read_values(self._notes, block.text, block.start)
        if block.kind != "row" or not named:
            return False
        self._texts.read_objects(block)
        read_row(self._notes, block.text, block.start, named[-1])
        return True

    def _resources(self, block: Block) -> list[str]:
        """The resources of the paths in a block; to register or log in is about users where nothing else is named."""
        named = read_paths(self._notes, block.text, block.start)
        span = Span(block.start, block.start + len(block.text))
        if not named and _REGISTER.search(block.text):
            named = [self._notes.add(Concept(name="User", entry=catalogue().entries["User"], exact=True), 1.0, span)]
        if named:
            self._said.speak_of(named[-1])
            if named[-1] != "User" and _POSTED.search(block.text) and _SECURED.search(block.text):
                # Who must log in to post something is who it belongs to.
                self._notes.rights.append(RightNote(actors=("user",), verbs=("create",), targets=(named[-1],), span=span, modal=True))
        return named

    def _words(self, block: Block, blocks: list[Block], following: Block | None) -> None:
        if read_one_each(self._said, block.text, block.start):
            return
        topic = names_topic(block, blocks)
        text = read_slots(self._said, block.text, block.start)
        text, joined = read_joined(self._said, self._texts.members, text, block.start)
        text, records = read_records(self._said, text, block.start)
        read_presence(self._said, text, block.start)
        read_addressed(self._notes, text, block.start)
        read_during(self._said, text, block.start)
        read_trees(self._said, text, block.start)
        text = read_relatives(self._said, read_whose(self._said, text, block.start), block.start)
        text = read_reporting(self._said, read_kinds(self._said, text, block.start), block.start)
        block = replace(block, text=text)
        if topic and (left := read_topic(self._said, self._texts.members, block, beside=joined + records)) is not None:
            self._texts.read(replace(block, text=left))
            return
        read_crud(self._said, block)
        if block.start == blocks[0].start:
            read_with(self._said, self._texts.members, block)
        if self._declarations.read(block, following):
            for part in self._declarations.unread:
                self._texts.read(part)
        else:
            self._texts.read(block)
