"""What an entity is, in a sentence: for the documents of the project, and for whoever reads the blueprint."""

from apiwright.kit.casing import sentence
from apiwright.planner.embedded.drafts import Draft, EntityDraft


def describe(draft: Draft, entity: EntityDraft) -> str:
    """`A comment of a post, kept by the user that it belongs to.`"""
    spoken = sentence(entity.name)
    if entity.name == draft.account:
        return f"{_one(spoken).capitalize()} is whoever has an account."
    owner = entity.relations.get(entity.owned_via or "")
    links = [item for item in entity.relations.values() if item.kind == "many_to_one" and item is not owner and item.target != entity.name]
    of = [_one(sentence(name)) for name in dict.fromkeys(item.target for item in links if item.required)]
    told = f"{_one(spoken).capitalize()}{' of ' if of else ''}{_listed(of)}"
    if owner is not None:
        whose = sentence(owner.target)
        return f"{told}, which belongs to {_one(whose)}."
    return f"{told}."


def _one(words: str) -> str:
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"


def _listed(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)
