"""Sentences on who may see or touch what, without a verb of doing: `Drafts are private`, `Deletion is limited to admins`."""

import re

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.notes import Notes, RightNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.words import lexicon

_STATED = Pattern(
    r"(?P<what>[A-Za-z][A-Za-z,' \-]{2,60}?)\s+(?:is|are|should\s+be|must\s+be|can\s+be|remain|stay)\s+(?P<only>only\s+)?(?:publicly\s+)?"
    r"(?P<how>public|private|visible|viewable|accessible|available|readable|restricted|limited|reserved|hidden|confidential)\b"
    r"(?P<still>\s+only)?(?:\s+(?:only\s+)?(?:to|for|by|from)\s+(?:the\s+|an?\s+|all\s+|any\s+|their\s+|its\s+)?"
    r"(?P<who>[a-z][a-z\-]*(?:\s+(?:and|or)\s+(?:the\s+)?[a-z\-]+|\s+users?)?))?",
    re.IGNORECASE,
    cues=(
        "public",
        "private",
        "visible",
        "viewable",
        "accessible",
        "available",
        "readable",
        "restricted",
        "limited",
        "reserved",
        "hidden",
        "confidential",
    ),
)
_PRIVATE = Pattern(r"\b(?:private|personal,\s+private)\s+([a-z]{3,20})", re.IGNORECASE, cues=("private",))
_DOERS = {
    "creation": "create", "creating": "create", "adding": "create", "editing": "update", "updating": "update", "modification": "update",
    "deletion": "delete", "deleting": "delete", "removal": "delete", "publishing": "publish", "approval": "approve", "access": "view",
}  # fmt: skip
_CLOSED = frozenset({"restricted", "limited", "reserved"})


def read_visibility(notes: Notes) -> None:
    """Notes the rights that such sentences give."""
    for found in _STATED.finditer(notes.prompt):
        how, who = found["how"].lower(), (found["who"] or "").lower()
        words = re.findall(r"[a-z][a-z\-]*", found["what"].lower())
        verbs = tuple(dict.fromkeys(_DOERS[word] for word in words if word in _DOERS)) or ("view",)
        targets = _things(notes, [word for word in words if word not in _DOERS])
        if (how in {"private", "hidden", "confidential"} and not who) or how in {"private", "confidential"}:
            actors: tuple[str, ...] = ("nobody else",)
        elif who:
            actors = tuple(_actor(part) for part in re.split(r"\s+(?:and|or)\s+(?:the\s+)?", who))
        elif how == "public":
            actors = ("everyone",)
        else:
            continue
        if not targets and verbs == ("view",):
            continue
        only = bool(found["only"] or found["still"]) or how in _CLOSED
        negated = actors == ("nobody else",)
        span = Span(found.start("what"), found.end())
        notes.rights.append(RightNote(actors=actors, verbs=verbs, targets=targets, span=span, only=only, negated=negated, modal=True))
    for found in _PRIVATE.finditer(notes.prompt):
        if targets := _things(notes, [found[1].lower()]):
            span = Span(found.start(), found.end())
            notes.rights.append(RightNote(actors=("nobody else",), verbs=("view",), targets=targets, span=span, negated=True, modal=True))


def _actor(words: str) -> str:
    parts = words.split()
    if parts[0] in {"logged-in", "registered", "authenticated", "signed-in"}:
        return "user"
    return singular(words_of(parts[-1])[-1]) if parts[-1] not in {"users", "user"} or len(parts) == 1 else " ".join(parts[:-1])


def _things(notes: Notes, words: list[str]) -> tuple[str, ...]:
    """The last words that name things: `the drafts and notes`."""
    found: list[str] = []
    for word in reversed(words):
        if word in {"and", "or", "the", "all", "of", "their"}:
            continue
        if word in lexicon().closed:
            break
        concept = notes.concept((singular(word),))
        if concept is not None:
            found.append(concept.name)
    return tuple(found)
