"""Deeds that leave a record: booking a room makes a booking."""

from apiwright.kit.casing import snake, words_of
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.notes import Notes, RelationNote, RelationWord, Span
from apiwright.planner.embedded.words import table, word_list

_DOUBTFUL = frozenset(
    {"buy", "purchase", "pay", "answer", "attend", "claim", "deliver", "ship", "invite", "message", "chat", "communicate", "transfer"}
)


_PAIRED = frozenset({"like", "bookmark", "favorite", "favourite", "upvote"})
_BUYING = frozenset({"buy", "purchase", "apply"})
_MET = frozenset({"appointment", "viewing", "consultation", "reservation", "booking", "visit", "meeting"})
_PLANNED = frozenset({"walk", "pickup", "fitting", "interview", "callback", "ride", "massage", "session"})
_AT_ONCE = frozenset({"book", "reserve", "rent"})


def add_deeds(notes: Notes, decision: Decision, *, explicit: bool) -> None:
    """Booking a room makes a Booking, unless the prompt names another record of it."""
    members = {verb for verb, _ in notes.deed_fields}
    held = {(verb, span) for verb, target, span in notes.deeds if verb in _BUYING and _is_held(decision.resolve(target) or "")}
    for verb, target, span in notes.deeds:
        names = table("deeds")[verb]
        subject = decision.resolve(target) if target else None
        known = subject is not None or target == "User"
        record = next((name for name in map(decision.by_entry, names) if name is not None), None)
        if (verb, span) in held or (verb in _AT_ONCE and subject is not None and words_of(subject)[-1].lower() in _MET):
            continue
        if record is not None and subject is not None and record != subject and not notes.technical:
            notes.relations.append(RelationNote(source=record, word=_how(notes, verb, target), target=subject, span=span))
            _who(notes, record, verb, span)
        elif record is not None and subject is None and verb in members:
            _who(notes, record, verb, span)
        if (
            (notes.technical and verb not in _PAIRED)
            or (verb == "like" and not target)
            or verb == "assign"
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
                notes.relations.append(RelationNote(source=entry.name, word=_how(notes, verb, target), target=subject, span=span))


def _is_held(name: str) -> bool:
    """Whether a thing is itself the record of having been bought or applied for: a pass, a permit."""
    return bool(name) and words_of(name)[-1].lower() in word_list("held")


def is_record(verb: str, thing: Concept) -> bool:
    """Whether a thing is itself what a deed leaves: the appointment that is booked, the ticket that is bought."""
    entry = thing.entry.name if thing.entry is not None else ""
    return entry in table("deeds")[verb] or is_planned(thing.name) or _is_held(thing.name)


def is_planned(name: str) -> bool:
    """Whether a thing comes to be by being booked: an appointment, a walk."""
    return words_of(name)[-1].lower() in _MET | _PLANNED


def _how(notes: Notes, verb: str, target: str) -> RelationWord:
    """A booking is of one thing, unless several are booked at once."""
    return "many_to_many" if (verb, target) in notes.several and verb in _AT_ONCE else "belongs"


def _who(notes: Notes, record: str, verb: str, span: Span) -> None:
    """The record of a deed belongs to whoever does it."""
    for action in notes.actions:
        if action.verb == verb and action.span == span and action.actor not in {"", "User"}:
            notes.relations.append(RelationNote(source=record, word="belongs", target=action.actor, span=span, name=snake(action.actor)))
            return


def tell_deeds(notes: Notes, decision: Decision) -> None:
    """The members of records that deeds leave go to the records."""
    for verb, note in notes.deed_fields:
        record = next((name for name in map(decision.by_entry, table("deeds")[verb]) if name is not None), None)
        if record is not None:
            notes.fields.append((record, note))
