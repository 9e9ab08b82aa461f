"""Prompt -> blocks: headings, bullets, paragraphs, table rows and code, each a slice of the prompt."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from apiwright.planner.embedded.patterns import Pattern

BlockKind = Literal["heading", "bullet", "paragraph", "row", "code"]

_HEADING = Pattern(r"^(#{1,6})\s+(.*?)[#\s]*$")
_BULLET = Pattern(r"^(\s*)(?:[-*+•\u2013▪●]|\d{1,3}[.)]|[a-z][.)]|\([a-z0-9]{1,2}\))\s+(?:\[[ xX]?\]\s*)?(.*)$")
_FENCE = Pattern(r"^\s*(?:```|~~~)")
_CODE = Pattern(
    r"^\s*(?:(?:export\s+|public\s+)?(?:class|interface|model|type|struct|enum)\s+\w+[^\n]*[:={]|create\s+table\b[^\n]*\()",
    re.IGNORECASE,
    cues=("class", "interface", "model", "type", "struct", "enum", "table"),
)
_ROW = Pattern(r"^\s*\|.*\|\s*$")
_DECLARED = Pattern(r"(?:^|[.\n]\s+)([A-Z][\w\-]*(?: [a-z][\w\-]*){0,2}:\s+[^.:\n]+,)", cues=(": ",))
_BOLD_LINE = Pattern(r"^\s*\*\*([^*]+)\*\*:?\s*$|^\s*__([^_]+)__:?\s*$")


class Block(Struct, frozen=True):
    """A part of the prompt that is read as one.

    Attributes:
        start: Where `text` begins in the prompt.
        depth: Level of a heading (1..6), or columns of indentation of a bullet.
    """

    kind: BlockKind
    text: str
    start: int
    depth: int = 0


def blocks_of(prompt: str) -> list[Block]:
    """The blocks of a prompt, in order. Lines of a paragraph, and the lines that continue a bullet, stay together."""
    return [part for block in _joined(prompt, _lines(prompt)) for part in _declarations(block)]


def _declarations(block: Block) -> Iterator[Block]:
    """`Client: name, phone. Visit: client, date.` on one line are two declarations."""
    starts = [found.start(1) for found in _DECLARED.finditer(block.text)] if block.kind == "paragraph" else []
    if len(starts) < 2 or block.text[: starts[0]].count(":"):
        yield block
        return
    cuts = [0, *[start for start in starts if start], len(block.text)]
    for begin, end in pairwise(cuts):
        yield Block(kind="paragraph", text=block.text[begin:end].rstrip(), start=block.start + begin, depth=block.depth)


def _lines(prompt: str) -> Iterator[Block | None]:
    """One block a line, None for an empty one; a fenced part is one block."""
    position = 0
    fence: int | None = None
    unfenced: int | None = None
    for line in prompt.splitlines(keepends=True):
        start, body = position, line.rstrip("\r\n")
        position += len(line)
        if _FENCE.match(body):
            if fence is not None:
                yield Block(kind="code", text=prompt[fence:start], start=fence)
                fence = None
            else:
                fence = position
            continue
        if fence is None:
            if unfenced is not None and not _goes_on(body):
                yield Block(kind="code", text=prompt[unfenced:start], start=unfenced)
                unfenced = None
            if unfenced is None and _CODE.match(body):
                unfenced = start
            if unfenced is not None:
                continue
            yield _line(body, start)
    if unfenced is not None:
        yield Block(kind="code", text=prompt[unfenced:], start=unfenced)
    if fence is not None:
        yield Block(kind="code", text=prompt[fence:], start=fence)


def _goes_on(body: str) -> bool:
    """Whether a line belongs to the code above it: it is indented, empty, a bracket, or code itself."""
    return not body.strip() or body[0].isspace() or body[0] in "})]" or bool(_CODE.match(body))


def _line(body: str, start: int) -> Block | None:
    if not body.strip():
        return None
    if found := _HEADING.match(body):
        return Block(kind="heading", text=found[2], start=start + found.start(2), depth=len(found[1]))
    if found := _BOLD_LINE.match(body):
        group = 1 if found[1] else 2
        return Block(kind="heading", text=found[group].rstrip(":"), start=start + found.start(group), depth=6)
    if _ROW.match(body):
        return Block(kind="row", text=body, start=start)
    if found := _BULLET.match(body):
        return Block(kind="bullet", text=found[2], start=start + found.start(2), depth=len(found[1].expandtabs(4)) + 1)
    indent = len(body) - len(body.lstrip())
    return Block(kind="paragraph", text=body[indent:], start=start + indent, depth=indent)


def _joined(prompt: str, lines: Iterator[Block | None]) -> Iterator[Block]:
    held: Block | None = None
    for line in lines:
        if line is not None and held is not None and line.kind == "paragraph" and _continues(held, line):
            held = Block(kind=held.kind, text=prompt[held.start : line.start + len(line.text)], start=held.start, depth=held.depth)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _continues(held: Block, line: Block) -> bool:
    """A line goes on with the one above when that did not end, and it does not look like an entry of its own (`Name: ...`)."""
    if held.kind not in {"paragraph", "bullet"}:
        return False
    if held.kind == "bullet":
        return line.depth >= held.depth and line.text[:1].islower()
    return line.text[:1].islower() and not held.text.rstrip().endswith((":", "."))
