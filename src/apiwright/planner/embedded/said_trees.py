"""Things that are parts of others of their kind: `unlimited levels of categories`, `assets can form a tree`, `folders can be nested`."""

import re

from apiwright.kit.casing import snake
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.entries import said_phrase
from apiwright.planner.embedded.notes import RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern

_WHAT = r"(?P<what>[a-z]+(?:\s[a-z]+){0,2}?)"
_SHAPE = r"(?:tree(?:\s+structures?)?|structures?|hierarch(?:y|ies))"
_PATTERNS = (
    Pattern(
        rf"\b(?:unlimited|arbitrary|several|multiple)\s+levels?\s+of\s+{_WHAT}(?=\s+{_SHAPE}\b|\s*[.,;)\n]|$)",
        re.IGNORECASE,
        cues=("level",),
    ),
    Pattern(rf"\b(?:multi-?level|hierarchical|nested)\s+{_WHAT}\s+{_SHAPE}\b", re.IGNORECASE, cues=("level", "hierarch", "nested")),
    Pattern(
        rf"(?:^|[.,;:]\s*|\bthe\s+){_WHAT}\s+(?:can\s+|may\s+)?(?:form|build|make)s?\s+an?\s+(?:tree|hierarchy)\b",
        re.IGNORECASE,
        cues=("tree", "hierarch"),
    ),
    Pattern(rf"(?:^|[.,;:]\s*|\bthe\s+){_WHAT}\s+(?:can|may)\s+be\s+nested\b", re.IGNORECASE, cues=("nested",)),
    Pattern(
        rf"\bparent[-/ ]child\s+[a-z]+(?:\s[a-z]+)?\s+(?:for|between|of|among)\s+{_WHAT}(?=\s*[.,;)\n]|$)", re.IGNORECASE, cues=("parent",)
    ),
)


def read_trees(said: Discourse, text: str, start: int) -> None:
    """Notes that a thing may have another of its kind above it."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(text):
            concept = said.concept(said_phrase(found["what"], start + found.start("what")))
            if concept is None or concept.entry is None or concept.tail or concept.entry.flags & {"person", "account"}:
                continue
            span = Span(start + found.start("what"), start + found.end("what"))
            name = said.notes.add(concept, 1.2, span, plural=True)
            link = RelationNote(source=name, word="belongs", target=name, span=span, name=f"parent_{snake(name)}", required=False)
            said.notes.relations.append(link)
