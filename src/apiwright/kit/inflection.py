"""English plurals and singulars of nouns, for names of tables, paths and entities.

Own rules and not a library: the known ones import in 60 ms or more, have had no release for years, or cannot take a
name such as `PurchaseOrder` apart. `plural` and `singular` work on the last word and keep what stands before it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

IRREGULAR = {
    "person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "goose": "geese",
    "mouse": "mice", "ox": "oxen", "die": "dice", "criterion": "criteria", "phenomenon": "phenomena", "datum": "data",
    "medium": "media", "curriculum": "curricula", "index": "indices", "vertex": "vertices", "matrix": "matrices",
    "appendix": "appendices", "quiz": "quizzes", "leaf": "leaves", "shelf": "shelves", "half": "halves", "wolf": "wolves",
    "knife": "knives", "life": "lives", "wife": "wives", "loaf": "loaves", "thief": "thieves", "calf": "calves", "self": "selves",
    "scarf": "scarves", "elf": "elves", "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "echo": "echoes",
    "veto": "vetoes", "torpedo": "torpedoes", "cargo": "cargoes", "status": "statuses", "bus": "buses", "bonus": "bonuses",
    "virus": "viruses", "campus": "campuses", "census": "censuses", "corpus": "corpora", "gas": "gases", "alias": "aliases",
    "atlas": "atlases", "canvas": "canvases", "bias": "biases", "lens": "lenses", "movie": "movies", "cookie": "cookies",
    "pie": "pies", "tie": "ties", "shoe": "shoes", "cache": "caches", "zombie": "zombies", "calorie": "calories", "toe": "toes",
    "axe": "axes", "menu": "menus", "stimulus": "stimuli", "alumnus": "alumni", "nucleus": "nuclei", "focus": "focuses",
    "ad": "ads", "cd": "cds", "tv": "tvs", "vm": "vms",
    "in": "ins", "up": "ups", "out": "outs", "off": "offs",
    "syllabus": "syllabi", "cactus": "cacti", "fungus": "fungi", "radius": "radii",
}  # fmt: skip
INVARIANT = frozenset({
    "series", "species", "news", "sheep", "fish", "deer", "aircraft", "spacecraft", "equipment", "information", "software",
    "hardware", "feedback", "metadata", "staff", "luggage", "furniture", "merchandise", "headquarters", "means",
    "saas", "money", "weather", "traffic", "music", "health", "telemetry",
})  # fmt: skip
_SOUNDS_LIKE_A_CONSONANT = ("uni", "use", "usa", "usu", "util", "uti", "eu", "ewe", "one ", "once", "ubi", "uk", "url", "usb")
_SINGULAR_OF = {plural: single for single, plural in IRREGULAR.items()}
_TAIL = re.compile(r"^(.*?)([A-Z]?[a-z]+|[A-Z]+)([^A-Za-z]*)$", re.DOTALL)


@lru_cache(maxsize=8192)
def plural(name: str) -> str:
    """The plural of a noun: `category` -> `categories`, `SalesPerson` -> `SalesPeople`, `series` -> `series`."""
    return _on_last_word(name, _plural_word)


@lru_cache(maxsize=8192)
def singular(name: str) -> str:
    """The singular of a noun; one that is singular already is answered as it is: `statuses` -> `status` -> `status`."""
    return _on_last_word(name, _singular_word)


def with_article(noun: str) -> str:
    """A noun, in lower case, with its indefinite article: `an order item`, `a user`, `an hour`, `a one time code`."""
    vowel = noun.startswith(("a", "e", "i", "o", "u", "hour", "honor", "heir")) and not noun.startswith(_SOUNDS_LIKE_A_CONSONANT)
    return f"{'an' if vowel else 'a'} {noun}"


def is_plural(word: str) -> bool:
    """Whether a lower-case word is a plural whose singular differs: `tags` yes; `status`, `news`, `series` no."""
    return singular(word) != word


def _on_last_word(name: str, inflect: Callable[[str], str]) -> str:
    match = _TAIL.match(name)
    if match is None:
        return name
    head, word, rest = match.groups()
    inflected = inflect(word.lower())
    if word.isupper() and len(word) > 1:
        inflected = inflected.upper()
    elif word[0].isupper():
        inflected = inflected.capitalize()
    return head + inflected + rest


def _plural_word(word: str) -> str:
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in INVARIANT or word in _SINGULAR_OF:
        return word
    if word.endswith("man") and word not in {"human", "german", "roman", "shaman", "talisman"}:
        return word[:-3] + "men"
    if word.endswith("sis"):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "i", "o", "u"}:
        return word[:-1] + "ies"
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def _singular_word(word: str) -> str:
    if word in _SINGULAR_OF:
        return _SINGULAR_OF[word]
    if word in IRREGULAR or word in INVARIANT or len(word) < 4:
        return word
    if word.endswith("men") and word not in {"specimen", "regimen", "abdomen", "omen", "acumen"}:
        return word[:-3] + "man"
    if word.endswith(("yses", "theses", "crises", "noses")):
        return word[:-2] + "is"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "uses")) and not word.endswith(("causes", "houses", "clauses", "axes")):
        return word[:-2] if not word.endswith(("izes", "ezes", "azes", "auses", "ouses")) else word[:-1]
    if not word.endswith("s") or word.endswith(("ss", "us", "is", "news")):
        return word
    return word[:-1]
