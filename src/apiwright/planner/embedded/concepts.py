"""Words -> what they name: a concept, by the catalogue where it knows the words."""

from functools import lru_cache

from msgspec import Struct

from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute, is_attribute_name
from apiwright.planner.embedded.catalogue import Entry, catalogue
from apiwright.planner.embedded.words import lexicon

_NAMING = frozenset({"date", "time", "number", "name", "email", "address"})
_ADDRESSES = frozenset({"url", "uri"})
_THINGS = frozenset({"session", "response", "route", "class"})
_COMPUTING = frozenset(
    {"user", "login", "data", "base", "web", "server", "browser", "game", "success", "error", "json", "request", "endpoint", "successful"}
)
_KINDS_OF_TABLE = frozenset({"schema", "entity", "mongoose", "prisma", "sequelize", "eloquent"})
LAYERS = frozenset({"service", "module", "management", "api"})
_DOMAIN_LIKE = frozenset({"session", "class", "model", "code", "object", "person", "tool", "software", "web", "system"})


class Concept(Struct, frozen=True):
    """A thing that words name: its PascalCase name and, when the catalogue knows it, its entry.

    Attributes:
        exact: Whether the catalogue knows these very words (and not only the last of them).
    """

    name: str
    entry: Entry | None = None
    exact: bool = False
    tail: str = ""


@lru_cache(maxsize=8192)
def concept_of(words: tuple[str, ...], preferred: frozenset[str] = frozenset()) -> Concept | None:
    """What words name (the last one in the singular), or None. See `Notes.concept`, which knows the prompt too."""
    known = catalogue()
    parts = [part for word in words if word.isascii() for part in _parts(word)][-5:]
    left = [*(part for part in parts[:-1] if not part[0].isdigit()), *parts[-1:]]
    while len(left) > 1 and left[0] in _KINDS_OF_TABLE:
        left.pop(0)
    tail = ""
    while left and not known.named(" ".join(left), preferred) and lexicon().is_barren(left[-1]) and not _is_thing(left):
        tail = left.pop()
        if left:
            left[-1] = singular(left[-1])
    if not left or (tail in _NAMING and is_attribute_name("_".join([*left, tail])) and not known.named(" ".join([*left, tail]), preferred)):
        return None
    if len(left) > 1 and left[-1] == "profile" and (entry := known.named(" ".join(left[:-1]), preferred)) and "account" not in entry.flags:
        left.pop()
    if len(left) > 1 and left[-1] == "group" and is_attribute_name("_".join(left)) and not known.named(" ".join(left), preferred):
        return None
    for cut in range(len(left)):
        entry = known.named(" ".join(left[cut:]), preferred)
        if entry is not None:
            return known_as(left, cut, entry, tail)
    head = left[-1]
    if is_attribute("_".join(left)) or is_attribute(head) or head in lexicon().adjectives or len(head) < 2 or head[0].isdigit():
        return None
    if tail in _ADDRESSES:
        return None
    kept = [word for word in left[-2:] if not lexicon().is_barren(word)]
    return Concept(name=pascal(" ".join(kept)), tail=tail) if kept and pascal(" ".join(kept)) else None


def _parts(word: str) -> list[str]:
    """`real-estate` is two words; `check-in` is one."""
    first, sign, last = word.rpartition("-")
    together = sign and last in {"in", "out", "up", "off", "down"} and not catalogue().named(word.replace("-", " "))
    return [first + last] if together and first.isalpha() else word.replace("-", " ").split()


def _is_thing(words: list[str]) -> bool:
    """`practice session`, `survey response`: a word of technology is a thing where another thing stands before it."""
    return (
        len(words) > 1
        and words[-1] in _THINGS
        and words[-2] not in _COMPUTING
        and lexicon().barren.get(words[-2]) in {None, "abstract"}
        and words[-2] not in lexicon().closed
    )


def in_full(concept: Concept, words: tuple[str, ...]) -> Concept:
    """The concept under all of its words: a declared `Main Customer` is another thing than a customer."""
    if words[-1] in LAYERS and len(words) > 1 and concept.exact and concept.entry is not None:
        return concept
    name = pascal(" ".join(words))
    same = len(words) == 1 or catalogue().named(" ".join(words)) is not None or not name.isascii() or len(name) > 47
    return concept if same else Concept(name=name, entry=concept.entry, exact=False)


def known_as(left: list[str], cut: int, entry: Entry, tail: str) -> Concept | None:
    alias = " ".join(left[cut:])
    modifiers = [word for word in left[:cut] if not lexicon().is_barren(word)]
    weak = "weak" in entry.flags
    if (
        cut
        and len(alias.split()) == 1
        and lexicon().barren.get(left[cut - 1]) in {"technology", "http"}
        and left[cut - 1] not in _DOMAIN_LIKE
    ):
        return None
    if alias == "service" and cut and left[cut - 1] in {"web", "rest", "backend"}:
        return None
    if alias in {"service", "module", "listing"} and modifiers and catalogue().named(singular(modifiers[-1])):
        return concept_of((*modifiers[:-1], singular(modifiers[-1])))
    if weak and not modifiers and len(alias.split()) == 1 and lexicon().is_barren(alias) and tail:
        return None
    if "account" in entry.flags:
        return Concept(name=entry.name, entry=entry, exact=not modifiers, tail=tail)
    own = entry.name.lower().endswith(alias.split()[-1])
    whole = own and (len(alias.split()) > 1 or len(words_of(entry.name)) == 1)
    sibling = own and len(alias.split()) == 2 and len(words_of(entry.name)) == 2
    whole = whole or lexicon().base(alias) == entry.name.lower()
    shown = len(alias.split()) > 1 and lexicon().barren.get(alias.split()[-1]) == "ui"  # a contact form leaves an inquiry
    name = (
        entry.name
        if shown and "weak" not in entry.flags
        else pascal(alias)
        if sibling
        else entry.name
        if whole or len(alias.split()) > 2
        else pascal(alias)
    )
    if modifiers and weak and not is_attribute(alias):
        together = " ".join(left[max(cut - 2, 0) : cut])
        of = together if catalogue().named(together) is not None else modifiers[-1]  # `spare part requests`
        return Concept(name=pascal(f"{of} {alias}"), entry=entry, exact=False, tail=tail)
    return Concept(name=name, entry=entry, exact=not modifiers, tail=tail)
