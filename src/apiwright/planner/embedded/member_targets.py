"""What a member refers to: another entity by its name or its key, or whose account it names."""

from apiwright.kit.casing import pascal
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.concepts import concept_of
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.words import word_list

_ABOVE = word_list("above") | {"parent", "referrer"}
_KEYS = frozenset({"number", "code", "slug", "sku", "plate", "isbn"})


def target_of(draft: Draft, decision: Decision, entity: EntityDraft, note: FieldNote, name: str) -> str | None:
    """The entity that a field refers to: `patient_id`, `author`, `tags` where there are such entities."""
    if (
        note.values
        or name.startswith(("number_of_", "max_", "min_", "maximum_", "minimum_"))
        or (note.type in {"boolean", "integer", "float", "decimal", "date", "datetime", "enum"} and not note.refers)
    ):
        return None
    if note.refers.replace(" ", "") == entity.name.lower():
        return None
    words = tuple((note.refers or name.replace("_", " ")).split())
    if not words:
        return None
    candidates = [pascal(singular("_".join(words)))]
    concept = concept_of((*words[:-1], singular(words[-1])))
    if concept is not None and not concept.tail:
        candidates += [concept.name] + ([concept.entry.name] if concept.entry is not None and (concept.exact or note.refers) else [])
    if note.refers and words[-1] in _ABOVE and entity.entry is not None and "person" in entity.entry.flags:
        candidates.append(entity.name)
    if words[1:2] == ("of",):
        candidates.append(pascal(words[0]))  # `port of departure`
    if " " in note.refers:
        candidates.append(pascal(singular(words[-1])))
    if (keyed := _keyed(draft, entity, name)) is not None:
        return keyed
    for candidate in candidates:
        resolved = decision.resolve(candidate) or draft.by_entry(candidate)
        if resolved in draft.entities and (resolved != entity.name or note.refers or words[0] == "parent"):
            return resolved
    own = entity.entry is not None and f":{pascal(words[-1])}" in entity.entry.relations
    return _person(draft, note, words) if not own or note.refers else None  # who wrote a book has no account for it


def _keyed(draft: Draft, entity: EntityDraft, name: str) -> str | None:
    """The kart of a `kart_number`, where karts have a number."""
    whole, _, key = name.rpartition("_")
    other = draft.entities.get(pascal(whole)) if key in _KEYS else None
    return other.name if other is not None and other is not entity and key in other.fields else None


def _person(draft: Draft, note: FieldNote, words: tuple[str, ...]) -> str | None:
    """Whose account a member names, as what they are or by what they do: `instructor`, `assignee`, `author`."""
    if draft.account is None:
        return None
    plain = note.type is None
    role = plain and "_".join(words) in draft.roles
    crowd = plain and len(words) == 1 and words[0] in word_list("crowd") - {"author", "contact", "poster"}
    if role or crowd or (plain and words[-1] in word_list("doer")):
        return draft.account
    if words[-1] in {"user", "owner", "author", "creator"} or (note.refers and words[-1].endswith("er")):
        return draft.account if words[-1] != "author" or draft.by_entry("Author") is None else draft.by_entry("Author")
    return None


def somebody(draft: Draft, entity: EntityDraft) -> str | None:
    """Who did something to a thing: the only kind of people there is, else whoever has an account."""
    people = [
        other.name
        for other in draft.entities.values()
        if other is not entity and other.name != draft.account and other.entry is not None and "person" in other.entry.flags
    ]
    return people[0] if len(people) == 1 else draft.account
