"""Members that a text names without saying whose they are: `the office sets a priority`, `mileage can only go up`.

One belongs to the only thing that usually has it; where the prompt is about one thing alone, to that one.
"""

from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.discourse import Discourse
from apiwright.planner.embedded.drafts import Draft, EntityDraft
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.members import catalogue_fields, field_name, put
from apiwright.planner.embedded.phrases import Phrase
from apiwright.planner.embedded.words import lexicon, word_list


def note_loose(said: Discourse, phrase: Phrase) -> None:
    """Notes a phrase that names a member and nothing else."""
    name = "_".join(phrase.full)
    plain = phrase.owner is None and phrase.aside is None and not phrase.plural and len(phrase.full) < 3
    if (
        not plain
        or not is_attribute(name)
        or name in word_list("too_plain")
        or lexicon().barren.get(phrase.head) in {"ui", "http", "technology"}
    ):
        return
    note = field_note(name.replace("_", " "), phrase.start)
    if note is not None:
        said.notes.loose.append(note)


def add_loose(draft: Draft, loose: list[FieldNote]) -> None:
    """Gives such members to whom they belong, where that is plain."""
    stated = [entity for entity in draft.entities.values() if entity.stated_fields and entity.name != draft.account]
    told = [entity for entity in draft.entities.values() if entity.origin.kind == "prompt" and entity.name != draft.account]
    for note in loose:
        if any(field_name(entity, note.name) in entity.fields | entity.relations for entity in draft.entities.values()):
            continue
        usual = [entity for entity in stated if note.name in _usual(entity)]
        whose = usual if len(usual) == 1 else told if len(told) == 1 else []
        for entity in whose:
            if entity.free(note.name):
                put(draft, entity, note, note.name)


def _usual(entity: EntityDraft) -> set[str]:
    return {field.name for field in catalogue_fields(entity.entry.fields, entity.name)} if entity.entry is not None else set()
