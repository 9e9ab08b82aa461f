"""Candidates -> the entities that will be, with the reason for each."""

import re
from collections import Counter
from collections.abc import Iterable

from apiwright.kit.casing import pascal, snake, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.attributes import known_type
from apiwright.planner.embedded.catalogue import Entry, catalogue
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.deeds import add_deeds, tell_deeds
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.implied import Named, domains_of, is_covered
from apiwright.planner.embedded.intake import mentions_backend
from apiwright.planner.embedded.lines import add_lines, name_lines
from apiwright.planner.embedded.merging import disambiguate, merge
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import is_kind_of_people
from apiwright.planner.embedded.usable import CUSTOMERS, is_meant, threshold, usable
from apiwright.planner.embedded.words import lexicon, word_list

MOST = 200
_BRIEF = 200
_LEAST = 0.6
_CORE = frozenset({
    "User", "Customer", "Client", "Product", "Order", "Patient", "Doctor", "Student", "Teacher", "Course", "Employee", "Project", "Event",
    "Company", "Department", "Supplier", "Book", "Room", "Guest", "Vehicle", "Team", "Category",
})  # fmt: skip
_KEEPING = frozenset({"log", "history", "trail"})
_LEFT = frozenset({"free", "available", "remaining", "open", "empty", "left"})


_ENDS = Pattern(r"^(?:from|to|source|target|home|away|sender|receiver)\s+(?=[a-z])")


def decide(notes: Notes) -> Decision:
    """Which entities there are."""
    found = domains_of(notes.prompt)
    _set_scene(notes, found)
    _settle_members(notes)
    counted = _counted(notes)
    told = sum(owner != "User" for owner, _ in notes.fields) + sum(item.word == "has_one" for item in notes.relations)
    explicit = sum(candidate.declared for candidate in notes.candidates.values()) >= 1 or told >= 4
    decision = Decision(renamed=dict(counted))
    disambiguate(notes)
    merge(notes, decision)
    for name, candidate in notes.candidates.items():
        if name in decision.renamed or not usable(name, candidate, notes):
            continue
        if candidate.score >= threshold(candidate, notes, explicit=explicit):
            decision.chosen[name] = Chosen(
                name=name, entry=candidate.concept.entry, span=candidate.span, score=candidate.score, declared=candidate.declared
            )
    _about(notes, decision)
    add_deeds(notes, decision, explicit=explicit)
    tell_deeds(notes, decision)
    name_lines(notes, decision)
    if not explicit:
        _companions(decision, notes)
    add_lines(notes, decision)
    _refer(notes, decision)
    if not explicit:
        _imply(decision, notes, found)
    if not decision.chosen and mentions_backend(notes.prompt):
        _only_named(notes, decision)
    _limit(decision)
    _keep_members(notes, decision)
    return decision


def _keep_members(notes: Notes, decision: Decision) -> None:
    """The lecturer of `a course has a title and a lecturer` is a member, where lecturers are nothing to keep."""
    for item in notes.relations:
        chosen = decision.resolve(item.source) is not None
        if item.word == "has_one" and not item.name and chosen and decision.resolve(item.target) is None and item.target != "User":
            notes.fields.append((item.source, FieldNote(name=snake(item.target), start=item.span.start, end=item.span.end)))


def _set_scene(notes: Notes, found: Iterable[Named]) -> None:
    """The words that only name the application name no entity: the board of `a job board`, the library whose books are kept."""
    said = set(re.findall(r"[a-z]+", notes.prompt.lower()))
    told = {owner for owner, _ in notes.fields}
    members = told | {name for item in notes.relations for name in (item.source, item.target)}
    places = {
        name: words_of(name)[-1]
        for name in notes.candidates
        if words_of(name)[-1] in word_list("establishment") and name not in members and plural(words_of(name)[-1]) not in said
    }
    for domain, span, _ in found:
        own = {*domain.entities, *domain.vocabulary}
        cue = notes.prompt[span.start : span.end].lower()
        end = span.end
        if behind := re.match(r"\s+[a-z]+", notes.prompt[span.end :], re.IGNORECASE):
            cue += behind[0].lower()
            end += len(behind[0]) if behind[0].strip().lower() in word_list("application") else 0
        for name, candidate in list(notes.candidates.items()):
            entry = candidate.concept.entry
            if candidate.declared or name in told or (entry is not None and entry.name in own):
                continue
            inside = span.start < candidate.span.end <= end and _only_adjectives(notes.prompt, candidate.span.start, span.start)
            if (inside and len(candidate.weights) <= 2 and not candidate.plural) or (name in places and places[name] in cue):
                del notes.candidates[name]


def _only_adjectives(prompt: str, start: int, end: int) -> bool:
    return start >= end or (end - start < 60 and set(prompt[start:end].lower().split()) <= lexicon().adjectives)


def _settle_members(notes: Notes) -> None:
    """A drug in `a prescription has a drug, a dosage and notes` is a field, when the prompt speaks of drugs nowhere else."""
    said = Counter(re.findall(r"[a-z]+", notes.prompt.lower()))
    for source, name, note in notes.maybe:
        candidate = notes.candidates.get(name)
        if candidate is None or candidate.declared or is_meant(notes, candidate):
            continue
        if {name, candidate.concept.entry.name if candidate.concept.entry else ""} & _CORE and not _is_place(source, name, notes):
            continue
        word = words_of(name)[-1]
        if word.lower() in _KEEPING and candidate.concept.entry is not None:
            continue
        spoken = said[word] + said[plural(word)] - 1
        if spoken < 1 and not any(owner == name for owner, _ in notes.fields):
            del notes.candidates[name]
            if not any(owner == source and told.name == note.name for owner, told in notes.fields):
                notes.fields.append((source, note))


def _is_place(source: str, name: str, notes: Notes) -> bool:
    """Whether an order is one's place among others: a lesson has one, people place theirs."""
    whole = notes.candidates.get(source)
    return name == "Order" and not (whole and whole.concept.entry and "person" in whole.concept.entry.flags)


def _counted(notes: Notes) -> dict[str, str]:
    """`passengers reserve seats` of trips that have a number of free seats: what is only counted is no thing; its whole is meant."""
    found: dict[str, str] = {}
    for owner, note in notes.fields:
        if note.name.split("_")[0] not in _LEFT or known_type(note.name) != "integer" or owner not in notes.candidates:
            continue
        name = pascal(singular(note.name.rsplit("_", 1)[-1]))
        candidate = notes.candidates.get(name)
        if candidate is None or candidate.declared or owner == name or name in notes.kept:
            continue
        person = candidate.concept.entry is not None and "person" in candidate.concept.entry.flags
        told = any(other == name for other, _ in notes.fields) or any(name in {item.source, item.target} for item in notes.relations)
        if not person and not told:
            found[name] = owner
            del notes.candidates[name]
    return found


def _about(notes: Notes, decision: Decision) -> None:
    """`a zombie API` keeps zombies, when nothing else is named."""
    if any(item.name != "User" for item in decision.chosen.values()):
        return
    for name, candidate in notes.candidates.items():
        covered = any(
            span.start <= candidate.span.start < span.end for domain, span, names in domains_of(notes.prompt) if names and domain.entities
        )
        if candidate.about and not covered and usable(name, candidate, notes) and name not in decision.renamed:
            decision.chosen[name] = Chosen(name=name, entry=candidate.concept.entry, span=candidate.span, score=1.0)


def _only_named(notes: Notes, decision: Decision) -> None:
    """The books of `a book app`: the only thing that a prompt names, in whatever place."""
    known = [
        (item.score, name)
        for name, item in notes.candidates.items()
        if item.concept.exact and item.concept.entry and not item.concept.entry.flags & {"person", "account"} and item.score > _LEAST
        and usable(name, item, notes) and words_of(name)[-1] not in word_list("establishment") | (word_list("http") - {"task"})
    ]  # fmt: skip
    if known:
        _, name = max(known)
        item = notes.candidates[name]
        decision.chosen[name] = Chosen(name=name, entry=item.concept.entry, span=item.span, score=item.score)


def _refer(notes: Notes, decision: Decision) -> None:
    """A `gym_id` refers to a gym, and a captain that is a sailor to a sailor: these are things to keep."""
    for owner, note in notes.fields:
        refers = _ENDS.sub("", note.refers)
        entry = catalogue().named(refers, notes.preferred) if refers else None
        known = entry is not None if note.name.endswith("_id") else is_kind_of_people(refers)
        if (
            not known
            or refers in word_list("outside")
            or refers in notes.roles
            or (entry is not None and entry.flags & {"account", "shared"})
            or decision.resolve(owner) is None
        ):
            continue
        name = pascal(refers)
        if decision.resolve(name) is None and (entry is None or decision.by_entry(entry.name) is None):
            decision.chosen[name] = Chosen(name=name, entry=entry, span=Span(note.start, note.end), score=1.5)


def _companions(decision: Decision, notes: Notes) -> None:
    for item in list(decision.chosen.values()):
        for name in item.entry.companions if item.entry is not None and not item.reason else ():
            spoken = notes.candidates.get(item.name)
            if spoken is not None and not spoken.concept.exact and len(notes.prompt) < _BRIEF:
                continue
            if snake(name) in notes.denied or _commented(item, name, decision):
                continue
            several = len(notes.prompt) < _BRIEF and sum(other.span is not None for other in decision.chosen.values()) > 3
            if decision.by_entry(name) is None and not (several and "part" not in catalogue().entries[name].flags):
                decision.chosen[name] = Chosen(
                    name=name, entry=catalogue().entries[name], span=None, reason=f"{item.name} usually comes with it."
                )


def _commented(item: Chosen, companion: str, decision: Decision) -> bool:
    """Whether a companion is what is said of a thing, and the comments on it, or the posts in it, are kept already."""
    name = " ".join(words_of(item.name)).lower()
    said = [kind for kind in ("Comment", "Post") if decision.by_entry(kind) is not None]
    return any(companion == entry.name for kind in said for entry in catalogue().names.get(f"{name} {kind.lower()}", []))


def _imply(decision: Decision, notes: Notes, found: Iterable[Named]) -> None:
    """What the domain of the application implies, where the prompt itself names little."""
    own = [item for item in decision.chosen.values() if item.span is not None]
    for domain, span, names in sorted(found, key=lambda item: (not item[2], item[1].start)):
        if len(own) > 2 or len(decision.chosen) > 6 or not (names or not decision.chosen) or is_covered(span, found):
            continue
        added: list[str] = []
        for name in domain.entities:
            talks = name == "Conversation" and {"ChatRoom", "Channel"} & {item.entry.name for item in own if item.entry is not None}
            customer = talks or (name in CUSTOMERS and (notes.auth_cue is not None or "User" in notes.candidates))
            if decision.by_entry(name) is None and name != "User" and not customer and snake(name) not in notes.denied:
                words = notes.prompt[span.start : span.end]
                reason = f"“{words}” usually has it."
                called = _called(words, catalogue().entries[name])
                decision.chosen[called] = Chosen(name=called, entry=catalogue().entries[name], span=None, reason=reason)
                added.append(called)
        if added:
            decision.assumptions.append(f"“{notes.prompt[span.start : span.end]}” was taken to need {_spoken(added)}.")


def _called(words: str, entry: Entry) -> str:
    """What the words that name a domain call a thing: the vehicles of `a car rental` are cars."""
    named = (singular(word) for word in re.findall(r"[a-z]+", words.lower()))
    return next((pascal(word) for word in named if catalogue().named(word) is entry), entry.name)


def _limit(decision: Decision) -> None:
    if len(decision.chosen) > MOST:
        kept = sorted(decision.chosen.values(), key=lambda item: -item.score)[:MOST]
        names = {item.name for item in kept}
        decision.chosen = {name: item for name, item in decision.chosen.items() if name in names}
        decision.assumptions.append(f"Only the {MOST} entities that the prompt speaks of most were kept.")


def _spoken(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
