"""Whether there are accounts, and which entity holds them."""

import re

from apiwright.blueprint import Field
from apiwright.kit.casing import words_of
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.decision import Chosen, Decision
from apiwright.planner.embedded.drafts import EntityDraft, because
from apiwright.planner.embedded.members import catalogue_fields
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import PRIVILEGED
from apiwright.planner.embedded.standing import acts, is_person
from apiwright.planner.embedded.words import lexicon, word_list

_ACTING = frozenset({"create", "act", "manage", "state"})
_LOOKING = frozenset({"filter", "sort", "search", "select", "choose", "customize", "adjust", "contact", "monitor", "keep", "read"})
_ITS_OWNER = Pattern(r"\bbelongs?\s+to\s+(?:its|their)\s+owners?\b", re.IGNORECASE, cues=("owner",))


def choose_account(notes: Notes, decision: Decision) -> Span | None:
    """Makes sure that the entity of accounts is chosen, when there are accounts; answers why, or None."""
    if notes.no_auth is not None:
        return None
    return _cue(notes, decision)


def account_name(notes: Notes, decision: Decision) -> str:
    """The entity whose rows are accounts: `User`, unless the prompt gives them another name and no users."""
    if "User" in notes.candidates or "User" in decision.chosen:
        spoken = notes.candidates.get("User")
        people = [name for name in notes.accounts if name != "User" and decision.resolve(name)]
        if spoken is None or not (len(people) == 1 and spoken.score < 2.5 and "User" not in notes.accounts):
            return "User"
        return decision.resolve(people[0]) or "User"
    people = [name for name in notes.accounts if decision.resolve(name) or notes.has(name)]
    if len(people) == 1:
        return decision.resolve(people[0]) or people[0]
    persons = [item for item in decision.chosen.values() if is_person(item)]
    alone = len(persons) == 1 and not _others_act(notes, persons[0])
    if alone and "public" not in getattr(persons[0].entry, "flags", ()) and (item_is_customer(persons[0]) or acts(notes, persons[0])):
        return persons[0].name
    return "User"


def _others_act(notes: Notes, item: Chosen) -> bool:
    """Whether people of another kind log in beside these, other than who runs the place."""
    own = " ".join(words_of(item.name))
    others = {actor for right in notes.rights for actor in right.actors} - PRIVILEGED - word_list("anyone") - word_list("nobody")
    others |= set(notes.roles) - PRIVILEGED
    return bool(others - {own, "nobody else"})


def item_is_customer(item: Chosen) -> bool:
    """Whether this kind of people usually logs in by themselves."""
    return item.entry is not None and item.entry.name in {"Customer", "Member", "Player", "Merchant", "Voter"} and item.score < 1.4


def _cue(notes: Notes, decision: Decision) -> Span | None:
    """The words that ask for accounts, or a reason without words (an empty span)."""
    if notes.auth_cue is not None:
        return notes.auth_cue
    if notes.roles:
        return min(notes.roles.values(), key=lambda span: span.start)
    if notes.accounts:
        return min(notes.accounts.values(), key=lambda span: span.start)
    if (acting := _users(notes) or _acting_person(notes) or _peers(notes)) is not None:
        return acting
    for item in decision.chosen.values():
        if item.entry is not None and "pair" in item.entry.flags:
            return item.span or Span(0, 0)
        if item.entry is not None and item.entry.name in {"Cart", "Wishlist", "Conversation"}:
            return item.span or Span(0, 0)
    return None


def _users(notes: Notes) -> Span | None:
    """Where users are spoken of: for what they do, as one of the things to keep, or for what some member is (`a CEO who is a user`)."""
    named = (note for _, note in notes.fields if note.refers == "user" and not note.name.endswith(("_id", "_ids")))
    if (note := next(named, None)) is not None:
        return Span(note.start, note.end)
    owner = notes.candidates.get("Owner")
    if (found := _ITS_OWNER.search(notes.prompt)) and (owner is None or not owner.plural):
        return Span(found.start(), found.end())
    user = notes.candidates.get("User")
    if user is None:
        return None
    for action in notes.actions:
        does = lexicon().verb_classes.get(action.verb, frozenset()) & _ACTING
        if action.actor == "User" and not action.negated and action.verb not in _LOOKING and does:
            return action.span
    return user.span if user.score >= 2.4 or user.declared else None


def _peers(notes: Notes) -> Span | None:
    """Where people of one kind deal with each other, each has an account: `neighbours lend tools`."""
    for right in notes.rights:
        does = {name for verb in right.verbs for name in lexicon().verb_classes.get(verb, ())} & _ACTING
        if does and not right.negated and right.targets and any(actor.split()[-1] in word_list("peers") for actor in right.actors):
            return right.span
    return None


def _acting_person(notes: Notes) -> Span | None:
    for name, span in notes.actors.items():
        spoken = notes.candidates.get(name)
        if spoken is not None and spoken.concept.entry is not None and "person" in spoken.concept.entry.flags:
            return span
    return None


def complete_account(entity: EntityDraft) -> str:
    """Gives the entity of accounts its login and answers the login's name."""
    known = catalogue().entries["User"]
    entity.entry = entity.entry or known
    login = next((name for name in ("email", "email_address") if name in entity.fields), None)
    if login is None and "username" in entity.fields and entity.fields["username"].origin.kind == "prompt":
        login = "username"
    if login is None:
        login = "email"
        entity.relations.pop("email", None)
        entity.fields = {"email": Field(name="email", type="email", origin=because("People log in with it.")), **entity.fields}
    kind = "email" if login.startswith("email") else "string"
    before = entity.fields[login]
    entity.fields[login] = before.model_copy(
        update={
            "type": kind,
            "required": True,
            "unique": True,
            "values": (),
            "default": None,
            "max_length": None if kind == "email" else 100,
            "min": None,
            "max": None,
            "min_length": None,
        }
    )
    entity.fields.pop("role", None)
    for name in ("password", "password_hash", "hashed_password", "token", "refresh_token"):
        entity.fields.pop(name, None)
    if not any(words_of(name)[-1] in {"name", "username", "nickname"} for name in entity.fields):
        usual = next(item for item in catalogue_fields(known.fields, entity.name) if item.name == "name")
        if entity.free("name"):
            entity.fields["name"] = usual
    entity.owned_via = None
    return login
