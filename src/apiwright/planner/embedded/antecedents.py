"""What pronouns, and verbs in the plural, point to."""

from apiwright.planner.embedded.phrases import Item, Mark, Phrase


def follows_pronoun(items: list[Item], at: int) -> bool:
    """Whether a verb follows `it`, `they` and their like."""
    before = next((item for item in reversed(items[:at]) if not (isinstance(item, Mark) and item.tag in "AMXB")), None)
    return isinstance(before, Mark) and before.low in {"it", "they", "he", "she", "these"}


def is_them(items: list[Item], at: int) -> bool:
    """Whether `them`, `it` or their like stands here."""
    following = items[at] if at < len(items) else None
    return isinstance(following, Mark) and following.low in {"them", "it", "those", "these"}


def acted_on(items: list[Item], at: int) -> Phrase | None:
    """The athletes of `the athletes you follow`: several, right before who acts and what is done, and nothing behind it."""
    who, what = (items[at - 1], items[at - 2]) if at > 1 else (None, None)
    told = isinstance(who, Mark) and who.low in {"you", "they", "i", "we"} and isinstance(what, Phrase) and what.plural
    return what if told and isinstance(what, Phrase) else None


def in_number(items: list[Item], at: int, back: int) -> Phrase | None:
    """The animals of `animals in a zoo have a name`: the verb is in the plural, what stands right before it is not."""
    verb, before, joint = items[at], items[back], items[back - 1] if back > 1 else None
    assert isinstance(verb, Mark) and isinstance(before, Phrase)  # noqa: S101, PT018 - the caller looked
    plural = (
        back == at - 1
        and verb.low in {"have", "are", "were"}
        and not before.plural
        and bool(before.determiners & {"a", "an", "the", "each"})
    )
    whole = items[back - 2] if back > 1 else None
    return whole if plural and isinstance(joint, Mark) and joint.tag == "P" and isinstance(whole, Phrase) and whole.plural else None


def is_one_of(first: Item, second: Item) -> bool:
    """`one of the artists` is an artist."""
    return isinstance(first, Mark) and first.low == "one" and isinstance(second, Mark) and second.low == "of"
