"""What people have of their own: `sign up with a handle and an email`, `upload a profile picture`, `view their point balance`."""

from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.clauses import Statement
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.discourse import Discourse, is_picture, is_world
from apiwright.planner.embedded.fieldspec import field_note
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import word_list

_JOINING = frozenset({"register", "sign", "signup"})
_OWN = frozenset({"bio", "biography", "avatar", "nickname", "handle", "balance", "address", "phone"})
_CHANGING = frozenset({"upload", "set", "change", "edit", "update", "write", "add", "view", "see", "check", "have", "provide", "choose"})
_NUMBERS = frozenset({"decimal", "integer"})


def read_selves(said: Discourse, statement: Statement, subject: Concept | None) -> None:
    """Notes the members that a sentence gives to whoever acts."""
    if subject is None or statement.negated or is_world(statement):
        return
    verbs = set(statement.verbs)
    if verbs & _JOINING and not statement.objects:
        listed = [phrase for word, phrase in statement.links if word in {"with", "by", "using", "including"} and phrase.head != "password"]
        for phrase in listed if all(is_attribute("_".join(phrase.words)) for phrase in listed) else []:
            _keep(said, subject, phrase)
    if verbs & _CHANGING and _is_person(subject):
        for phrase in statement.objects:
            if said.concept(phrase) is None and _is_own(phrase):
                _keep(said, subject, phrase)


def read_picture(said: Discourse, phrase: Phrase) -> None:
    """A profile picture is the account's, whoever speaks of it."""
    if is_picture(phrase):
        _keep(said, None, phrase)


def _is_own(phrase: Phrase) -> bool:
    name = "_".join(phrase.words)
    told = phrase.theirs and known_type(name) in _NUMBERS and not phrase.plural
    return not is_picture(phrase) and is_attribute(name) and (told or (phrase.head in _OWN and len(phrase.words) <= 2))


def _is_person(concept: Concept) -> bool:
    if concept.entry is not None:
        return bool(concept.entry.flags & {"person", "account"})
    return concept.name.lower() in word_list("crowd") | word_list("kinds")


def _keep(said: Discourse, owner: Concept | None, phrase: Phrase) -> None:
    note = field_note(" ".join(phrase.words), phrase.start)
    if note is not None:
        said.notes.fields.append((owner.name if owner is not None else "User", note))
