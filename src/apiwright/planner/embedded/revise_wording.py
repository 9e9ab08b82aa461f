"""How people word a request: courtesy, bullets, sentences."""

import re
from collections.abc import Iterator

from apiwright.planner.embedded.revise_rewrites import REWRITES

_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_SENTENCE = re.compile(r"(?:(?<=[.!?;])\s+(?=[\"'A-Za-z])|;\s*)(?![^()\n]*\))|\n+")
_POLITE = re.compile(
    r"^(?:(?:please|kindly|also|actually|maybe|perhaps|i think(?: that)?|i guess|by the way|then|and|but|next|finally|now|additionally|moreover|ok|okay|hi|hello|well|so|oh)\b[ ,]*"
    r"|(?:can|could|would|will) you (?:please )?|(?:i|we)(?:'d| would)? (?:want|like|need|wish)(?: you)? to |(?:i|we) (?:want|need|would like) that "
    r"|let's |it should be (?:that|so that) |make sure (?:that )?|ensure (?:that )?|there should be (?=no\b))+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[ ,]*(?:please|thanks|thank you|too|as well|instead|from now on|now|everywhere|throughout|everywhere else|altogether|completely|entirely)?[ .!?]*$",
    re.IGNORECASE,
)


def clauses(prompt: str) -> Iterator[str]:
    """What a prompt asks for, one by one, without bullets and courtesy."""
    for line in _SENTENCE.split(prompt):
        clause = _TAIL.sub("", without_courtesy(_BULLET.sub("", line.strip()))).strip()
        if clause and clause.lower() not in {"please", "thanks", "thank you", "hi", "hello"}:
            yield clause


def without_courtesy(clause: str) -> str:
    """A clause without `please`, `I would like you to` and the like before it."""
    return _POLITE.sub("", clause)


def unquoted(clause: str) -> str:
    """A clause whose single words stand without the quotes that some were put in."""
    return re.sub(r"(?<!\w)([\"'`\u2018\u201c])(\w+)[\"'`\u2019\u201d](?!\w)", r"\2", clause)


def plainly(clause: str) -> str:
    """A clause in the words that the rules read."""
    text = clause.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, instead in REWRITES:
        text = pattern.sub(instead, text, count=1) if pattern.match(text) else text
    return text
