"""Names and likeness of projects, from their words alone: cheap enough to answer while the request waits."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import singular

LIKE_ENOUGH = 0.5
_LEAD = re.compile(
    r"^\W*(?:(?:please|can|could|would|you|i|we|want|need|would|like|to|help|me|us)\W+)*"
    r"(?:(?:create|build|make|generate|design|develop|implement|write|give|set\s*up)\W+)?"
    r"(?:(?:me|us)\W+)?(?:(?:a|an|the|my|our|some|simple|small|basic|complete|full|new|modern)\W+)*",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[.,:;!?\n(]|\b(?:with|that|which|where|for|using|including|in|so|to|and\s+(?:users?|also))\b", re.IGNORECASE)
_TECHNOLOGY = frozenset(
    ["api", "apis", "backend", "rest", "restful", "crud", "fastapi", "service", "server", "app", "application", "system", "project", "web"]
)
_FILLER = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be build by can create each for from has have in is it list make of on or that the their them they this"
        " to use user using we which who with you",
    )
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a project is, from 0 to 1."""

    project_id: UUID
    score: float


def name_from(prompt: str) -> str:
    """A short title for a project: `Create a todo list CRUD backend with users` -> `Todo List`; `New Project` when no word is left."""
    rest = _LEAD.sub("", prompt.strip()[:400], count=1)
    cut = _TAIL.split(rest, maxsplit=1)[0]
    words = [word for word in re.findall(r"[A-Za-z][A-Za-z0-9'-]*", cut) if word.lower() not in _TECHNOLOGY][:6]
    return " ".join(word if word.isupper() else word.capitalize() for word in words)[:80] or "New Project"


def terms_in(text: str) -> frozenset[str]:
    """The words that tell what a text is about, each in the singular."""
    words = (singular(word) for word in re.findall(r"[a-z][a-z0-9]{1,40}", text.lower()[:20_000]))
    return frozenset(word for word in words if word not in _FILLER and word not in _TECHNOLOGY)


def terms_of(name: str, entities: Iterable[str]) -> list[str]:
    """The words of a project's name and of its entities, sorted."""
    return sorted(terms_in(name) | terms_in(" ".join(" ".join(words_of(entity)) for entity in entities)))


def alike(prompt: str, projects: Sequence[tuple[UUID, Iterable[str]]]) -> list[Likeness]:
    """The projects that a prompt clearly resembles, most alike first: those of whose words it has at least half, and more than one."""
    wanted = terms_in(prompt)
    found: list[Likeness] = []
    for project_id, terms in projects:
        known = set(terms)
        common = wanted & known
        # Over the smaller side: a short prompt may name a large project, and a long one a small project.
        score = len(common) / min(len(wanted), len(known)) if common else 0.0
        if score >= LIKE_ENOUGH and len(common) >= min(2, len(known)):
            found.append(Likeness(project_id, round(score, 3)))
    return sorted(found, key=lambda item: (-item.score, str(item.project_id)))[:5]
