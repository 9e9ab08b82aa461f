"""Candidates -> the entities that will be, with the reason for each."""

import re
from collections import Counter
from dataclasses import dataclass, field

from apiwright.kit.casing import pascal, snake, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.catalogue import Domain, Entry, catalogue
from apiwright.planner.embedded.implied import domains_of
from apiwright.planner.embedded.notes import Candidate, Concept, Notes, RelationNote, Span
from apiwright.planner.embedded.people import PRIVILEGED
from apiwright.planner.embedded.words import lexicon, table, word_list

MOST = 200
_DOUBTFUL = frozenset(
    {"buy", "purchase", "pay", "answer", "attend", "claim", "deliver", "ship", "invite", "message", "chat", "communicate", "transfer"}
)
_CORE = frozenset({
    "User", "Customer", "Client", "Product", "Order", "Patient", "Doctor", "Student", "Teacher", "Course", "Employee", "Project", "Event",
    "Company", "Department", "Supplier", "Book", "Room", "Guest", "Vehicle", "Team", "Category",
})  # fmt: skip
_CUSTOMERS = frozenset({"Customer", "Member", "Client", "Buyer", "Shopper", "Consumer"})
_AT_HOME = frozenset({"Stock", "Credit", "Check"})
_ROLE_ONLY = PRIVILEGED | {"owner"}


@dataclass(slots=True)
class Chosen:
    """An entity to be. `span` is None when the prompt does not name it; `reason` then says why it is there."""

    name: str
    entry: Entry | None
    span: Span | None
    reason: str = ""
    score: float = 0.0
    declared: bool = False


@dataclass(slots=True)
class Decision:
    """The entities by name, names that mean another one (`Client` -> `Customer`), and what was assumed."""

    chosen: dict[str, Chosen] = field(default_factory=dict[str, Chosen])
    renamed: dict[str, str] = field(default_factory=dict[str, str])
    assumptions: list[str] = field(default_factory=list[str])

    def resolve(self, name: str) -> str | None:
        """The name of the entity that a concept became, or None."""
        name = self.renamed.get(name, name)
        return name if name in self.chosen else None

    def by_entry(self, entry: str) -> str | None:
        """The entity made after an entry of the catalogue, or None. One of the entry's own name comes first."""
        if entry in self.chosen:
            return entry
        return next((item.name for item in self.chosen.values() if item.entry is not None and item.entry.name == entry), None)


def decide(notes: Notes) -> Decision:
    """Which entities there are."""
    found = domains_of(notes.prompt)
    _set_scene(notes, found)
    _settle_members(notes)
    explicit = sum(candidate.declared for candidate in notes.candidates.values()) >= 1 or len(notes.fields) >= 4
    decision = Decision()
    _disambiguate(notes)
    _merge(notes, decision)
    for name, candidate in notes.candidates.items():
        if name in decision.renamed or not _usable(name, candidate, notes):
            continue
        if candidate.score >= _threshold(candidate, notes, explicit=explicit):
            decision.chosen[name] = Chosen(
                name=name, entry=candidate.concept.entry, span=candidate.span, score=candidate.score, declared=candidate.declared
            )
    _about(notes, decision)
    _add_deeds(notes, decision, explicit=explicit)
    _tell_deeds(notes, decision)
    if not explicit:
        _companions(decision)
        _imply(decision, notes, found)
    _limit(decision)
    return decision


def _set_scene(notes: Notes, found: list[tuple[Domain, Span, bool]]) -> None:
    """The words that only name the application name no entity: the board of `a job board`, the library whose books are kept."""
    said = set(re.findall(r"[a-z]+", notes.prompt.lower()))
    members = {owner for owner, _ in notes.fields} | {name for item in notes.relations for name in (item.source, item.target)}
    places = {
        name: words_of(name)[-1]
        for name in notes.candidates
        if words_of(name)[-1] in word_list("establishment") and name not in members and plural(words_of(name)[-1]) not in said
    }
    for domain, span, _ in found:
        own = {*domain.entities, *domain.vocabulary}
        cue = notes.prompt[span.start : span.end].lower()
        for name, candidate in list(notes.candidates.items()):
            entry = candidate.concept.entry
            if candidate.declared or (entry is not None and entry.name in own):
                continue
            inside = span.start <= candidate.span.start and candidate.span.end <= span.end
            if (inside and len(candidate.weights) <= 2 and not candidate.plural) or (name in places and places[name] in cue):
                del notes.candidates[name]


def _settle_members(notes: Notes) -> None:
    """A drug in `a prescription has a drug, a dosage and notes` is a field, when the prompt speaks of drugs nowhere else."""
    said = Counter(re.findall(r"[a-z]+", notes.prompt.lower()))
    for source, name, note in notes.maybe:
        candidate = notes.candidates.get(name)
        if (
            candidate is None
            or candidate.declared
            or name in _CORE
            or _is_meant(notes, candidate)
            or (candidate.concept.entry and candidate.concept.entry.name in _CORE)
        ):
            continue
        word = words_of(name)[-1]
        spoken = said[word] + said[plural(word)] - 1
        if spoken < 1 and not any(owner == name for owner, _ in notes.fields):
            del notes.candidates[name]
            if not any(owner == source and told.name == note.name for owner, told in notes.fields):
                notes.fields.append((source, note))


def _is_meant(notes: Notes, candidate: Candidate) -> bool:
    """Whether the domain spoken of knows the thing, and several are meant."""
    return candidate.concept.entry is not None and candidate.concept.entry.name in notes.preferred and candidate.plural


def _about(notes: Notes, decision: Decision) -> None:
    """`a zombie API` keeps zombies, when nothing else is named."""
    if any(item.name != "User" for item in decision.chosen.values()):
        return
    for name, candidate in notes.candidates.items():
        covered = any(
            span.start <= candidate.span.start < span.end for domain, span, names in domains_of(notes.prompt) if names and domain.entities
        )
        if candidate.about and not covered and _usable(name, candidate, notes) and name not in decision.renamed:
            decision.chosen[name] = Chosen(name=name, entry=candidate.concept.entry, span=candidate.span, score=1.0)


def _disambiguate(notes: Notes) -> None:
    """A word of several meanings takes the one that knows most of the other things spoken of: a ticket beside an event, or a customer."""
    names = {candidate.concept.entry.name for candidate in notes.candidates.values() if candidate.concept.entry is not None}
    for candidate in notes.candidates.values():
        concept = candidate.concept
        entries = catalogue().names.get(" ".join(words_of(concept.name)), []) if concept.exact else []
        entries = [entry for entry in entries if entry.name in notes.preferred] or entries
        if len(entries) < 2:
            continue
        best = max(entries, key=lambda entry: sum(name in names for name in re.findall(r":[*=]?([A-Z]\w+)", entry.relations)))
        if best is not concept.entry:
            candidate.concept = Concept(name=concept.name, entry=best, exact=True, tail=concept.tail)


def _threshold(candidate: Candidate, notes: Notes, *, explicit: bool) -> float:
    entry = candidate.concept.entry
    if entry is not None and entry.name in notes.preferred:
        return 1.3 if explicit else 0.8
    if notes.technical:
        return 1.9
    if (
        entry is not None
        and "weak" in entry.flags
        and candidate.plural
        and not explicit
        and not lexicon().is_barren(words_of(candidate.concept.name)[-1])
    ):
        return 1.15
    plain = entry is not None and candidate.concept.exact and candidate.plural and "weak" not in entry.flags
    if entry is None and candidate.plural and not explicit:
        return 1.14
    return 1.2 if plain else 1.7 if explicit else 1.5


def _usable(name: str, candidate: Candidate, notes: Notes) -> bool:
    words = words_of(name)
    if candidate.declared:
        return True
    told = any(owner == name for owner, _ in notes.fields)
    if snake(name) in notes.denied and not told:
        return False
    if (words[-1] in _ROLE_ONLY and not told) or (
        " ".join(words) in notes.roles and candidate.concept.entry is None and not told and not _takes_part(name, notes)
    ):
        return False
    entry = candidate.concept.entry
    if entry is not None and name in _AT_HOME and entry.name not in notes.preferred and not told:
        return False
    if name == "Person" and not told:
        return False
    if name in _CUSTOMERS and "User" in notes.candidates and name not in notes.kept and (name in notes.actors or not candidate.plural):
        return False
    return not (entry is not None and "account" in entry.flags)


def _takes_part(name: str, notes: Notes) -> bool:
    """Whether these are the people of several works: the hosts of a show."""
    return words_of(name)[-1] in word_list("makers") and any(
        relation.target == name and relation.word == "many_to_many" for relation in notes.relations
    )


def _merge(notes: Notes, decision: Decision) -> None:
    """Two names for one thing become one: the declared, else the one with the better score, else the first."""
    groups: dict[str, list[Candidate]] = {}
    for candidate in notes.candidates.values():
        concept = candidate.concept
        if concept.entry is not None and concept.exact:
            groups.setdefault(concept.entry.name, []).append(candidate)
    for same in groups.values():
        if len(same) > 1 and sum(candidate.declared for candidate in same) <= 1:
            best = max(same, key=lambda item: (item.declared, _is_own(item), round(item.score, 3), -item.span.start))
            for other in same:
                if other is not best:
                    _fold(other, best, decision)
    _fold_heads(notes, decision)


def _is_own(item: Candidate) -> bool:
    """Whether the prompt calls a thing what the catalogue calls it, and means it."""
    return item.concept.entry is not None and item.concept.name == item.concept.entry.name and item.score >= 1.5


def _fold_heads(notes: Notes, decision: Decision) -> None:
    """`the plan` means the only `workout plan` there is; `golf package` means `package` where both are spoken of."""
    by_head: dict[str, list[Candidate]] = {}
    for name, candidate in notes.candidates.items():
        if name not in decision.renamed and len(words_of(name)) > 1:
            by_head.setdefault(pascal(words_of(name)[-1]), []).append(candidate)
    for head, compounds in by_head.items():
        bare = notes.candidates.get(head)
        if bare is None or head in decision.renamed or len(compounds) != 1 or (bare.declared and compounds[0].declared):
            continue
        compound = compounds[0]
        if compound.declared or ((bare.concept.entry is None or "weak" in bare.concept.entry.flags) and not bare.declared):
            _fold(bare, compound, decision)
        elif compound.concept.entry is bare.concept.entry and not compound.declared:
            _fold(compound, bare, decision)


def _fold(other: Candidate, best: Candidate, decision: Decision) -> None:
    best.weights += other.weights
    best.span = min(best.span, other.span, key=lambda span: span.start)
    decision.renamed[other.concept.name] = best.concept.name


def _add_deeds(notes: Notes, decision: Decision, *, explicit: bool) -> None:
    """Booking a room makes a Booking, unless the prompt names another record of it."""
    members = {verb for verb, _ in notes.deed_fields}
    for verb, target, span in notes.deeds:
        names = table("deeds")[verb]
        subject = decision.resolve(target) if target else None
        known = subject is not None or target == "User"
        record = next((name for name in map(decision.by_entry, names) if name is not None), None)
        if record is not None and subject is not None and record != subject and not notes.technical:
            notes.relations.append(RelationNote(source=record, word="belongs", target=subject, span=span))
            _who(notes, record, verb, span)
        if (
            notes.technical
            or (verb not in members and ((explicit and verb in _DOUBTFUL) or (target and not known) or (explicit and not known)))
            or any(decision.by_entry(name) for name in names)
        ):
            continue
        entry = catalogue().entries.get(names[0])
        if entry is not None and subject != entry.name:
            _who(notes, entry.name, verb, span)
            reason = f"“{notes.prompt[span.start : span.end]}” leaves a record."
            decision.chosen[entry.name] = Chosen(name=entry.name, entry=entry, span=span, reason=reason, score=1.5)
            if subject is not None:
                notes.relations.append(RelationNote(source=entry.name, word="belongs", target=subject, span=span))


def _who(notes: Notes, record: str, verb: str, span: Span) -> None:
    """The record of a deed belongs to whoever does it."""
    for action in notes.actions:
        if action.verb == verb and action.span == span and action.actor not in {"", "User"}:
            notes.relations.append(RelationNote(source=record, word="belongs", target=action.actor, span=span, name=snake(action.actor)))
            return


def _tell_deeds(notes: Notes, decision: Decision) -> None:
    """The members of records that deeds leave go to the records."""
    for verb, note in notes.deed_fields:
        record = next((name for name in map(decision.by_entry, table("deeds")[verb]) if name is not None), None)
        if record is not None:
            notes.fields.append((record, note))


def _companions(decision: Decision) -> None:
    for item in list(decision.chosen.values()):
        for name in item.entry.companions if item.entry is not None and not item.reason else ():
            if decision.by_entry(name) is None:
                decision.chosen[name] = Chosen(
                    name=name, entry=catalogue().entries[name], span=None, reason=f"{item.name} usually comes with it."
                )


def _imply(decision: Decision, notes: Notes, found: list[tuple[Domain, Span, bool]]) -> None:
    """What the domain of the application implies, where the prompt itself names little."""
    own = [item for item in decision.chosen.values() if item.span is not None]
    for domain, span, names in sorted(found, key=lambda item: (not item[2], item[1].start)):
        if len(own) > 2 or len(decision.chosen) > 6 or not (names or not decision.chosen):
            continue
        added: list[str] = []
        for name in domain.entities:
            customer = name in _CUSTOMERS and (notes.auth_cue is not None or "User" in notes.candidates)
            if decision.by_entry(name) is None and name != "User" and not customer:
                words = notes.prompt[span.start : span.end]
                reason = f"“{words}” usually has it."
                decision.chosen[name] = Chosen(name=name, entry=catalogue().entries[name], span=None, reason=reason)
                added.append(name)
        if added:
            decision.assumptions.append(f"“{notes.prompt[span.start : span.end]}” was taken to need {_spoken(added)}.")


def _limit(decision: Decision) -> None:
    if len(decision.chosen) > MOST:
        kept = sorted(decision.chosen.values(), key=lambda item: -item.score)[:MOST]
        names = {item.name for item in kept}
        decision.chosen = {name: item for name, item in decision.chosen.items() if name in names}
        decision.assumptions.append(f"Only the {MOST} entities that the prompt speaks of most were kept.")


def _spoken(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
