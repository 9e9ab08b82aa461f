"""Labels and the lists behind them, as text."""

import re
from collections.abc import Iterator

from apiwright.kit.inflection import is_plural
from apiwright.planner.embedded.attributes import is_attribute, is_attribute_name
from apiwright.planner.embedded.blocks import Block
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.people import PRIVILEGED, sounds_human
from apiwright.planner.embedded.words import lexicon, word_list


def deed_of(label: str) -> tuple[str, str] | None:
    """`game masters run a game for a booking` makes a game, and ties it to a booking."""
    words = label.split()
    at = next((at for at in range(1, len(words) - 1) if lexicon().verbs.get(words[at], ("", ""))[1] in {"base", "s"}), None)
    if at is None or not (is_plural(words[at - 1]) or words[0] in {"a", "an", "the", "each", "every"}):
        return None
    rest = " ".join(words[at + 1 :])
    found = re.match(
        r"^(?:an?\s+|the\s+|their\s+)?([a-z]+(?:\s[a-z]+)?)(?:\s+((?:for|on|of|to|in|at|about)\s+(?:an?|the|one)\s+.+))?$", rest
    )
    return (found[1].removesuffix(" monthly"), found[2] or "") if found else None


def part_of(label: str) -> tuple[str, str] | None:
    """`tasting notes of a wine` are notes, and tied to a wine."""
    found = re.match(r"^([a-z]+(?:\s[a-z]+)?s)\s+((?:of|for|on|per)\s+(?:an?|the|each|every)\s+[a-z]+(?:\s[a-z]+)?)$", label)
    return (found[1], found[2]) if found else None


def is_list(text: str) -> bool:
    """Whether a bullet lists several members, and tells nothing else: `name, birthday, parent's phone`."""
    bare = re.sub(r"\(.*?\)", "", text)
    pieces = re.split(r",|\s/\s", bare)
    first = re.findall(r"[a-z]+(?:-[a-z]+)*", pieces[0].lower())
    acts = lexicon().verbs.get(first[0] if first else "", ("", ""))[1] in {"base", "s"} and not is_attribute(first[0])
    acts = acts and not is_attribute_name("_".join(first))
    told = re.search(r"\b(?:has|have|is|are|belongs?|can|may|must|should|shall|will)\b", bare, re.IGNORECASE)
    return len(pieces) > 1 and not acts and not told and ":" not in bare and all(len(piece.split()) <= 5 for piece in pieces)


def first_sentence(text: str) -> tuple[str, str]:
    """The list of members, and the sentences behind it."""
    found = re.search(r"\.\s+(?=[A-Z])", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def parts(text: str, at: int) -> Iterator[tuple[str, int]]:
    """`belongs to a proposal and a telescope; start, end` has two parts."""
    for found in re.finditer(r"[^;]+", text):
        yield found[0], at + found.start()


def bare(piece: str) -> str:
    """`instruments they teach` are instruments."""
    return re.sub(r"\s+(?:they|he|she|it|we|that|which)\s+[a-z]+$", "", piece, flags=re.IGNORECASE)


def plain_label(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_`\"'#:.]|^\d+[.)]\s*", " ", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text))).strip().lower()


def thing_name(label: str) -> str:
    """What a label over members names: the book of `Each book has` and `Book table (new)`."""
    return re.sub(
        r"^(?:each|every|a|an|the)\s+|\s+(?:has|have|fields|attributes|model|table|entity|with|contains|includes|properties|schema)$",
        "",
        plain_label(re.sub(r"\(.*?\)", "", label)),
    )


def within(block: Block, opener: Block) -> bool:
    """Whether a block belongs to what `opener` opened: anything under a heading, deeper bullets under a bullet, bullets under a line."""
    if opener.kind == "heading":
        return True
    if block.kind != "bullet":
        return False
    return opener.kind != "bullet" or block.depth > opener.depth or block.start == opener.start


def commands(plain: str, label: str) -> bool:
    """Whether a label tells what to do and names nothing: `List books: ...` and `Update: ...`, but not `Ship: id, name`."""
    base = lexicon().base(plain.split(maxsplit=1)[0])
    alone = " " not in plain and label[:1].isupper()
    return base is not None and not (alone and not lexicon().verb_classes.get(base, frozenset[str]()) & {"create", "manage", "view"})


def names_people(label: str) -> bool:
    """Whether a label names a kind of people: `lab technician`."""
    word = label.rsplit(maxsplit=1)[-1] if label else ""
    entry = catalogue().named(word)
    if entry is not None:
        return "person" in entry.flags
    return word in word_list("kinds") | word_list("staff") | PRIVILEGED or (sounds_human(word) and not lexicon().is_barren(word))


def does(rest: str) -> bool:
    """Whether what stands behind a label tells what somebody does: `manages containers`, `can read reports`."""
    words = re.findall(r"[a-z]+", rest.lower())[:2]
    acts = words[:1] in (["can"], ["may"], ["must"]) or lexicon().verbs.get(words[0] if words else "", ("", ""))[1] == "s"
    return acts and len(words) > 1 and not is_attribute(words[0])


def asks_for(name: str) -> bool:
    """`implement roles (admin, manager)` is no member."""
    first, _, rest = name.partition("_and_")
    things = bool(rest) and catalogue().named(first.replace("_", " ")) is not None and not is_attribute(first)  # `cart and checkout`
    return things or (name.split("_", maxsplit=1)[0] in word_list("building") and not is_attribute(name))
