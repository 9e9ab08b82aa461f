"""Which concepts may become entities, and how much must speak for one."""

import re

from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import known_type
from apiwright.planner.embedded.notes import Candidate, Notes
from apiwright.planner.embedded.people import PRIVILEGED
from apiwright.planner.embedded.words import lexicon, word_list

CUSTOMERS = frozenset({"Customer", "Member", "Client", "Buyer", "Shopper", "Consumer"})
_AT_HOME = frozenset({"Stock", "Credit", "Check"})
_MODEL = 3
_ROLE_ONLY = PRIVILEGED | {"owner"}


def threshold(candidate: Candidate, notes: Notes, *, explicit: bool) -> float:
    """How much must speak for a concept, that it becomes an entity."""
    entry = candidate.concept.entry
    if explicit and candidate.plural and tuple(word.lower() for word in words_of(candidate.concept.name)) in notes.own:
        return 1.4
    if notes.modelled >= _MODEL and not any(candidate.concept.name in {item.source, item.target} for item in notes.relations):
        return 1.7  # what a list of entities leaves out
    if entry is not None and entry.name in notes.preferred:
        return 1.3 if explicit else 0.8
    if entry is not None and entry.name in word_list("surely") and (candidate.concept.exact or candidate.plural):
        return 1.05 if not notes.technical else 1.6
    if notes.technical:
        tied = words_of(candidate.concept.name)[-1] not in word_list("http") and any(
            item.word == "belongs" and item.source == candidate.concept.name for item in notes.relations
        )
        return 1.6 if tied and entry is not None and candidate.concept.exact else 1.9
    if (
        entry is not None
        and "weak" in entry.flags
        and candidate.plural
        and not explicit
        and not lexicon().is_barren(words_of(candidate.concept.name)[-1])
    ):
        return 1.15
    if entry is not None and candidate.plural and candidate.concept.exact and candidate.concept.name in notes.kept:
        return 1.2 if not explicit else 1.4
    plain = entry is not None and candidate.concept.exact and candidate.plural and "weak" not in entry.flags
    if entry is None and candidate.plural and not explicit:
        return 1.14
    return 1.2 if plain else 1.7 if explicit else 1.5


def usable(name: str, candidate: Candidate, notes: Notes) -> bool:
    """Whether a concept may become an entity at all, however much speaks for it."""
    words = words_of(name)
    if not name[:1].isalpha():
        return False
    if candidate.declared:
        return True
    listed = words[-1] == "owner" and name in notes.listed_things
    told = any(owner == name for owner, _ in notes.fields) or (candidate.plural and (listed or _has_some(name, notes)))
    if snake(name) in notes.denied and not told:
        return False
    if (words[-1] in _ROLE_ONLY and not told and not is_meant(notes, candidate)) or (
        " ".join(words) in notes.roles and candidate.concept.entry is None and not told and not _takes_part(name, notes)
    ):
        return False
    if notes.technical and not told and _is_only_titled(name, candidate, notes):
        return False
    entry = candidate.concept.entry
    if not told and _is_said_otherwise(name, candidate, notes):
        return False
    if entry is not None and name in _AT_HOME and entry.name not in notes.preferred and not told:
        return False
    if name == "Person" and not told:
        return False
    if candidate.concept.entry is None and not told and known_type(plural(snake(name))) == "integer" and snake(name) not in notes.kept:
        return any(name == item.source for item in notes.relations)
    if name == "Friend" and not told and not _befriended(notes):
        return False
    if name in CUSTOMERS and "User" in notes.candidates and name not in notes.kept and (name in notes.actors or not candidate.plural):
        return False
    return not (entry is not None and "account" in entry.flags)


def _is_said_otherwise(name: str, candidate: Candidate, notes: Notes) -> bool:
    """Whether a word is only part of another one: a calendar view, the lead of a project lead, returns where a loan has a return date."""
    shown = candidate.concept.tail == "view" and not candidate.plural
    if (shown or (name == "Calendar" and "calendars" not in notes.prompt.lower())) and _once(name, notes):
        return True
    if candidate.concept.entry is None and any(note.name == f"{snake(name)}_date" for _, note in notes.fields):
        return True
    return not candidate.plural and _is_end_of_role(" ".join(words_of(name)).lower(), notes)


def _once(name: str, notes: Notes) -> bool:
    """Whether the prompt speaks of a thing in one place only."""
    return len(re.findall(rf"\b{words_of(name)[-1]}", notes.prompt, re.IGNORECASE)) == 1


def _is_only_titled(name: str, candidate: Candidate, notes: Notes) -> bool:
    """Whether only the line that names the application speaks of a thing, and others lie below: `a webapp for selling tickets`."""
    title, line, rest = _purpose(notes)
    entry = candidate.concept.entry
    if any(other is not candidate and entry is not None and other.concept.entry is entry for other in notes.candidates.values()):
        return False
    named = any(other.declared or len(other.weights) > 2 for other in notes.candidates.values())
    return bool(line) and named and candidate.span.end <= len(title) and re.search(rf"\b{words_of(name)[-1]}", rest, re.IGNORECASE) is None


def _purpose(notes: Notes) -> tuple[str, str, str]:
    """What a prompt says before its first path, or its first line; what stands between; and the rest."""
    first = min((at for at, _ in notes.paths), default=0)
    begins = notes.prompt.rfind(".", 0, first) + 1 if first else 0
    return (notes.prompt[:begins], ".", notes.prompt[begins:]) if begins else notes.prompt.partition("\n")


def _is_end_of_role(name: str, notes: Notes) -> bool:
    """Whether a name is only spoken of within a longer role: the lead of `a project lead`."""
    longer = [role for role in notes.roles if role.endswith(f" {name}")]
    left = re.sub("|".join(map(re.escape, longer)), "", notes.prompt.lower()) if longer else ""
    return bool(longer) and re.search(rf"\b{re.escape(name)}", left) is None


def _has_some(name: str, notes: Notes) -> bool:
    """`owners have cats`."""
    return any(item.source == name and item.word == "has_many" for item in notes.relations)


def _befriended(notes: Notes) -> bool:
    """Whether people make friends here, and do not only invite them."""
    return any(
        action.target == "Friend" and action.verb in {"add", "accept", "request", "remove", "manage", "make", "become"}
        for action in notes.actions
    )


def _takes_part(name: str, notes: Notes) -> bool:
    """Whether these are the people of several works: the hosts of a show."""
    return words_of(name)[-1] in word_list("makers") and any(
        relation.target == name and relation.word == "many_to_many" for relation in notes.relations
    )


def is_meant(notes: Notes, candidate: Candidate) -> bool:
    """Whether the domain spoken of knows the thing, and several are meant."""
    return candidate.concept.entry is not None and candidate.concept.entry.name in notes.preferred and candidate.plural
