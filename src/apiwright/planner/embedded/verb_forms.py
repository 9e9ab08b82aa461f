"""Forms of verbs: `moved` -> `move`, `moved_at`, `movement`. The lexicon knows the common verbs, the ending tells the others."""

import re
from functools import cache

from apiwright.kit.casing import pascal
from apiwright.planner.embedded.words import lexicon, table, word_list

REQUESTING = frozenset({"ask", "request", "offer", "propose"})
_CALLED = {"look": "inspection", "go": "visit", "come": "visit"}
_AUXILIARY = {"has": "have", "have": "have", "had": "have", "did": "do", "does": "do"}
_SILENT = re.compile(r"(?:is|iz|at|[vcuz]|[dr]g|[^aeiou][aeiou][lr]|ur|[aeiou]s)$")
_DOUBLE = re.compile(r"([bdgmnprt])\1$")
_IRREGULAR = {"shod": "shoe", "fed": "feed", "sown": "sow", "mown": "mow", "shorn": "shear", "swept": "sweep"}
_PAST = {"get": "received", "have": "held", "feed": "fed", "due": "due"}


def base_of(word: str) -> str:
    """The base of a form; nothing for what is none."""
    if known := _AUXILIARY.get(word) or _IRREGULAR.get(word) or lexicon().base(word) or (word if word in _PAST else ""):
        return known
    if word.endswith("ied"):
        return f"{word[:-3]}y"
    if word.endswith("ed") and len(word) > 4:
        return _stemmed(word[:-2])
    if word.endswith("ing") and len(word) > 5:
        return _stemmed(word[:-3])
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else ""


def _stemmed(stem: str) -> str:
    """The base behind an ending, which may have doubled its last letter (`dropped`) or taken a silent one (`moved`)."""
    if told := next((base for base in (stem, f"{stem}e", stem[:-1]) if _happening().intersection(_nouns(base))), ""):
        return told
    return stem[:-1] if _DOUBLE.search(stem) else f"{stem}e" if _SILENT.search(stem) else stem


def is_past(word: str) -> bool:
    """Whether a word may be the participle of a verb."""
    return word in _IRREGULAR or word.endswith("ed") or lexicon().verbs.get(word, ("", ""))[1] == "ed"


def done_by(base: str) -> str:
    """The participle of a verb: `move` -> `moved`, `write` -> `written`."""
    if base == "do":
        return "done"
    told = next((other for other, of in reversed(lexicon().verbs.items()) if of == (base, "ed")), "")
    return told or (f"{base[:-1]}ied" if re.search(r"[^aeiou]y$", base) else f"{base.removesuffix('e')}ed" if base else "")


def moment_of(base: str, particle: str = "") -> str:
    """What the moment is called at which something is done or happens: `moved_at`, `handed_out_at`; what came back was returned."""
    if particle == "back":
        return "returned_at"
    done = _PAST.get(base) or done_by(base)
    return f"{done}_{particle}_at" if particle else f"{done}_at"


def noun_of(base: str) -> str:
    """What is done, as a thing: `move` is a movement, `water` a watering, `scan` a scan where there is such a word."""
    if told := next((form for form in _nouns(base) if form in _happening()), ""):
        return told
    if base in _CALLED:
        return _CALLED[base]
    stem = base.removesuffix("e")
    ing = next((form for form, of in lexicon().verbs.items() if of == (base, "ing")), f"{stem}ing")
    return f"{stem}ation" if stem.endswith(("is", "iz")) else f"{stem}ion" if base.endswith("ate") else ing


def request_to(base: str) -> str:
    """The record of asking for something: `ask to swap a book` is a swap request."""
    return pascal(f"{noun_of(base) if happens_again(base) else base} request")


def happens_again(base: str) -> bool:
    """Whether what is done is known as something that is kept about a thing: an inspection, a watering."""
    return noun_of(base) in _happening()


@cache
def _happening() -> frozenset[str]:
    return word_list("happening") | word_list("record") | {word for key in table("frames") for word in key.split()}


def _nouns(base: str) -> tuple[str, ...]:
    stem = base.removesuffix("e")
    return (f"{base}ment", f"{base}ion", f"{stem}ion", f"{stem}ation", f"{stem}ing", base)
