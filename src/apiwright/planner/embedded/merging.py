"""Several names for one thing, and several meanings of one name."""

import re

from apiwright.kit.casing import pascal, words_of
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.notes import Candidate, Notes


def disambiguate(notes: Notes) -> None:
    """A word of several meanings takes the one that knows most of the other things spoken of: a ticket beside an event, or a customer."""
    names = {candidate.concept.entry.name for candidate in notes.candidates.values() if candidate.concept.entry is not None} - {"User"}
    for candidate in notes.candidates.values():
        concept = candidate.concept
        entries = list(catalogue().names.get(" ".join(words_of(concept.name)), ())) if concept.exact else []
        if len(entries) < 2:
            continue
        known = {entry.name: sum(name in names for name in re.findall(r":[*=]?([A-Z]\w+)", entry.relations)) for entry in entries}
        spoken = [entry for entry in entries if entry.name in notes.preferred]
        best = max(
            spoken if any(known[entry.name] for entry in spoken) else entries, key=lambda entry: (known[entry.name], entry in spoken)
        )
        if best is not concept.entry:
            candidate.concept = Concept(name=concept.name, entry=best, exact=True, tail=concept.tail)


def merge(notes: Notes, decision: Decision) -> None:
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
    """`the plan` means the only `workout plan` there is; `golf package` means `package` where both are spoken of.

    So does `each claim` when `expense claims` have been spoken of before.
    """
    by_head: dict[str, list[Candidate]] = {}
    for name, candidate in notes.candidates.items():
        if name not in decision.renamed and len(words_of(name)) > 1:
            by_head.setdefault(pascal(words_of(name)[-1]), []).append(candidate)
    for head, compounds in by_head.items():
        bare = notes.candidates.get(head)
        if bare is None or head in decision.renamed or len(compounds) != 1 or (bare.declared and compounds[0].declared):
            continue
        compound = compounds[0]
        again = compound.plural and compound.span.start < bare.span.start and not bare.declared
        if bare.plural and compound.plural and any(owner == head for owner, _ in notes.fields) and not again:
            continue
        told = any(owner == head for owner, _ in notes.fields)
        if told and compound.concept.entry is None and _is_passing(notes, compound):
            _fold(compound, bare, decision)  # `fans in our town swap puzzles`
        elif compound.declared or again or ((bare.concept.entry is None or "weak" in bare.concept.entry.flags) and not bare.declared):
            _fold(bare, compound, decision)
        elif _is_passing(notes, compound) and any(owner == head for owner, _ in notes.fields):
            _fold(compound, bare, decision)  # `400 water samples a week`, where each sample has a barcode
        elif compound.concept.entry is bare.concept.entry and not compound.declared:
            _fold(compound, bare, decision)


def _is_passing(notes: Notes, compound: Candidate) -> bool:
    """Whether a thing is named once and nothing is told of it."""
    name = compound.concept.name
    told = any(owner == name for owner, _ in notes.fields) or any(name in {item.source, item.target} for item in notes.relations)
    return len(compound.weights) <= 2 and not compound.declared and not told and name not in notes.kept


def _fold(other: Candidate, best: Candidate, decision: Decision) -> None:
    best.weights += other.weights
    best.span = min(best.span, other.span, key=lambda span: span.start)
    decision.renamed[other.concept.name] = best.concept.name
