"""What a prompt leaves out by its own words (`Out of scope: ...`), and headings that only tell how much something is wanted."""

import re
from collections.abc import Iterator

from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.patterns import Pattern

_LEFT_OUT = Pattern(
    r"^\W*(?:out[- ]of[- ]scope|not\s+in\s+scope|non[- ]goals?|not\s+(?:needed|included))\b\W*",
    re.IGNORECASE,
    cues=("scope", "goal", "not "),
)
_BESIDE = Pattern(
    r"^\W*(?:example\s+projects?|(?:useful|helpful)\s+(?:links?|resources?)(?:\s+and\s+(?:links?|resources?))?|references|(?:tips|hints)(?:\s+and\s+(?:tips|hints))?|further\s+reading|credits|licen[cs]e)\W*$",
    re.IGNORECASE,
)
_WANTED = Pattern(
    r"^\W*(?:nice[- ]to[- ]haves?|must[- ]haves?|should[- ]haves?|could[- ]haves?"
    r"|(?:stretch|bonus|extra)\s+(?:goals?|features?|points?|tasks?|ideas?)"
    r"|mvp|later|phase\s+\w+)\W*$",
    re.IGNORECASE,
)


def in_scope(blocks: list[Block]) -> Iterator[Block]:
    """The blocks without those that are left out, and without such headings: what stands below them is still read."""
    out: int | None = None
    for block in blocks:
        if block.kind == "heading":
            out = None if out is not None and block.depth <= out else out
        left = _LEFT_OUT.match(block.text) or (_BESIDE.match(block.text) if block.kind == "heading" else None)
        if left is not None and block.kind == "heading":
            out = block.depth
        if out is None and left is None and not (block.kind == "heading" and _WANTED.match(block.text)):
            yield block
