"""One entry of a spoken list of members -> a phrase, or the member that a clause tells: `the day it was taken`, `many authors`."""

import re
from functools import lru_cache

from msgspec.structs import replace

from apiwright.kit.casing import words_of
from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.ambiguity import known_nouns
from apiwright.planner.embedded.asked import asked_for
from apiwright.planner.embedded.attributes import is_attribute, known_type
from apiwright.planner.embedded.fieldspec import UNIT, FieldNote, field_note
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Aside, Phrase
from apiwright.planner.embedded.qualifiers import LENGTH
from apiwright.planner.embedded.verb_forms import base_of, done_by, moment_of
from apiwright.planner.embedded.words import lexicon, word_list

_LEAD = Pattern(r"^(?:(?:and|or|plus|also|as well as|optionally|maybe|possibly)\s+)+", re.IGNORECASE)
_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_MANY = Pattern(
    r"^(?:one or more|one or several|more than one|at least (?:one|two|three)|zero or more|any number of"
    r"|(?:an?|(?:their|its|his|her|the)(?: own)?|own) (?:ordered )?(?:list|set|collection) of"
    r"|lists? of|up to \d+"
    rf"|(?:{_NUMBERS}|\d+) (?:to|or) (?:{_NUMBERS}|more|\d+)|between (?:{_NUMBERS}|\d+) and (?:{_NUMBERS}|\d+)"
    r"|many|several|multiple|various|some|\d+|(?:up to )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve))"
    r"\s+(?:of\s+)?(?:different\s+)?",
    re.IGNORECASE,
)
_ONE = Pattern(r"^(?:exactly one|only one|at most one|one single|one|a single)\s+", re.IGNORECASE)
_SIZED = Pattern(rf"^(?:(?:an?|the|its|their)\s+)?{LENGTH}\s+(?=\w)", re.IGNORECASE, cues=("char", "letter", "symbol", "digit"))
_DETERMINER = Pattern(r"^(?:an?|the|which|what|its|their|his|her|own)\s+(?:own\s+)?", re.IGNORECASE)
_TAIL = Pattern(
    rf"\s+(?:of\s+(?:what|how|why|where|{LENGTH})"
    r"|(?:\w+ed|set|made|given|chosen|written|taken|drawn)\s+by"
    r"|that|which|who|whose|where|when|with|from|between|up to|of up to|of at (?:most|least)|in which|on which|so that|because|as|like"
    r"|such as|(?:in|on|at) the|in (?:square |cubic )?(?:mm|cm|km|kg|met(?:er|re)s?|litres?|liters?|grams?|euros?"
    r"|dollars?|pounds?|pence|percent|minutes?|hours?|days?)"
    r"|in (?:an?|any) (?:\w+ )?(?:order|way|manner)"
    r"|for|next to|they|it|he|she|we|defaulting|starting|chosen|called|named|relative to|depending on|based on|according to)\b.*$",
    re.IGNORECASE | re.DOTALL,
)
_DONE = Pattern(r"(?<=\w)\s+(?:assigned|attached|linked|given|stored|recorded|involved|available|each|too|as well)$", re.IGNORECASE)
_IT = r"(?:it|he|she|they|this|that|each|the\s+\w+)"
_WHAT = r"(?:it|he|she|they|this|that|the\s+(?P<what>\w+(?:\s\w+)?))"
_BE = r"(?:was|is|were|are|has\s+been|have\s+been|will\s+be|gets)"
_DAY = Pattern(
    rf"^(?:the\s+|a\s+)?(?:day|date)\s+(?:on\s+which\s+|when\s+)?{_IT}\s+{_BE}\s+((?:last\s+|first\s+)?\w+)(?:\s+(\w+))?$",
    re.IGNORECASE,
    cues=("day", "date"),
)
_MOMENT = Pattern(
    rf"^(?:the\s+(?:time|moment)\s+(?:at\s+which\s+|when\s+)?|when\s+){_IT}\s+(?:{_BE}\s+)?(\w+)(?:\s+(?:it|them))?(?:\s+(back|in|out|up|off))?(?:\s+(?:it|them))?$",
    re.IGNORECASE,
    cues=("when", "time", "moment"),
)
_TIME_OF = Pattern(r"^(?:the\s+)?(?:time|moment|date\s+and\s+time)\s+of\s+(?:the\s+)?(\w+)$", re.IGNORECASE, cues=("time", "moment"))
_HOW_LONG = Pattern(r"^(?:for\s+)?how\s+long(?:\s+it\s+(?:takes|took|lasts|lasted))?$", re.IGNORECASE, cues=("how long",))
_HOW_MANY = Pattern(
    r"^how\s+many\s+(?:(?:of\s+\w+\s+)?(?:we|i|they|there|the\s+shop)\s+(?:have|has|are|is)|are)(?:\s+(?:left|in\s+stock|available))*$",
    re.IGNORECASE,
    cues=("how many",),
)
_WHETHER = Pattern(
    rf"^(?:whether|if)\s+(?:{_WHAT}\s+{_BE}|it'?s)\s+(?:already\s+|still\s+)?(?P<done>\w+)(?:\s+or\s+\w+)?$",
    re.IGNORECASE,
    cues=("whether", "if"),
)
_WHETHER_DOES = Pattern(
    r"^(?:whether|if)\s+(?:it|they|he|she|the\s+\w+)\s+(?P<does>(?!is\b|are\b|was\b|were\b|has\b|have\b|can\b)[a-z]+)\s+(?P<what>[a-z]+(?:\s[a-z]+)?)$",
    re.IGNORECASE,
    cues=("whether", "if"),
)
_WHAT_DOES = Pattern(r"^what\s+(?:it|he|she|they)\s+([a-z]+)$", re.IGNORECASE, cues=("what",))
_WHAT_DONE = Pattern(
    r"^what\s+(?:(?:it|he|she|they|we|i)\s+)?(?:was|were|is|are|has\s+been|have\s+been|got)\s+(\w+(?:ed|en|ne|id|ld|ht|de))(?:\s+(?:there|then|on\s+it|for))?$",
    re.IGNORECASE,
    cues=("what",),
)
_WHICH_ACTS = Pattern(
    r"^(?:(?:by|from)\s+)?which\s+(\w+(?:\s\w+)??)"
    r"(?:\s+(?:(?:has|have|will|is|was|are|were)\s+)?[a-z]+\s+(?:it|them|this|that|there|in|by|for|to)(?:\s+\w+){0,2})?$",
    re.IGNORECASE,
    cues=("which",),
)
_WHO_DID = Pattern(r"^who\s+(?:(?:has|have|had)\s+)?(\w+)(?:\s+(?:it|them|this|for\s+(?:it|them|this)))?$", re.IGNORECASE, cues=("who",))
_OR_NOT = Pattern(r"^(?:is\s+)?(\w+(?:\s\w+)?)(?:\s+or\s+not|\s*,?\s*\(?yes\s*/\s*no\)?)$", re.IGNORECASE, cues=("or not", "yes"))
_COUNTED = Pattern(
    r"^(?:the\s+|an?\s+)?(?:(?:max(?:imum)?|total)\s+)?(?:number|amount|count)\s+of\s+(\w+(?:\s(?!(?:who|that|which|it|they|he|she|we)\b)\w+)?)(?:\s+(?:who|that|which|it|they|he|she|we|on\s+board|on\s+site|in\s+total)(?:\s.*)?)?$",
    re.IGNORECASE,
    cues=("number", "amount", "count"),
)
_SLASHED = Pattern(
    r"^(?:an?\s+|the\s+|its\s+)?([a-z]+(?:\s[a-z]+)?)\s+(?:of\s+)?([a-z][\w-]*(?:\s?/\s?[a-z][\w-]*)+)$", re.IGNORECASE, cues=("/",)
)
_OF_ONE = Pattern(
    r"^(?:an?\s+|the\s+|its\s+)?(?P<member>[a-z][\w-]*(?P<more>\s[\w-]+){0,2}?(?:\s*\([^()]*\))?)\s+(?:at|for|of|from|by)\s+(?:an?|one|each|every|(?(more)the|(?!)))\s"
    r"(?!(?:night|day|week|month|year|hour|minute|second|time)\b)[a-z]+(?:\s[a-z]+)?$",
    re.IGNORECASE,
)
"""`phone at a company`: the member, and what it says of the thing that has it."""
_MEDIUM = Pattern(
    r"^(?:an?\s+|the\s+)?(?P<medium>pdf|photo|picture|image|scan|recording|video)\s+of\s+(?:it|them|the\s|its\s|their\s|this\s)",
    re.IGNORECASE,
    cues=(" of ",),
)
"""`a PDF of the sheet music`."""
_HAPPENINGS = {"publication": "published_at", "creation": "created_on", "departure": "departed_at", "arrival": "arrived_at"}

_LONGEST = 200


def said_field(text: str, start: int) -> FieldNote | None:
    """The member that a clause tells: `the day it is due`, `when it happened`, `whether it has been paid`."""
    note = _told(text) if len(text) < _LONGEST else None
    return replace(note, start=start, end=start + len(text)) if note is not None else None


@lru_cache(maxsize=2048)
def _told(text: str) -> FieldNote | None:
    bare = _LEAD.sub("", text.strip())
    if (found := _SLASHED.match(bare)) and (note := field_note(f"{found[1]} ({found[2]})", 0)) is not None and note.values:
        return note
    if UNIT.search(bare) and (note := field_note(bare, 0)) is not None:
        return note
    if found := _MEDIUM.match(bare):
        return FieldNote(name=found["medium"].lower(), start=0, end=0, type="url")
    if (found := _OF_ONE.match(bare)) and (note := field_note(found["member"], 0)) and (note.values or is_attribute(note.name)):
        return note
    if (found := _WHO_DID.match(bare)) and (done := _done(found[1].lower())):
        return FieldNote(name=f"{done}_by", start=0, end=0, type="string", refers="who")
    name = _when(bare) or _asked(bare)
    note = field_note(name, 0) if name else None
    return FieldNote(name=note.name, start=0, end=0, type=note.type, values=note.values) if note is not None else None


def _asked(bare: str) -> str | None:
    """`how many are left`, `whether it is paid`, `what it does`, `remote or not`, as a field."""
    if _HOW_MANY.match(bare):
        return "stock: integer"
    if _HOW_LONG.match(bare):
        return "duration_minutes: integer"
    if (asked := asked_for(bare)) is not None:
        return asked
    if found := _WHETHER.match(bare):
        what = " ".join((found["what"] or "").lower().split()[-2:])
        return f"{what.replace(' ', '_')}_{found['done'].lower()}: boolean" if " " in what else f"is_{found['done'].lower()}: boolean"
    if (found := _WHETHER_DOES.match(bare)) and lexicon().base(found["does"].lower()):
        return f"{_does(found['does'].lower())}_{found['what'].lower().replace(' ', '_')}: boolean"
    if (found := _WHAT_DOES.match(bare)) and lexicon().base(found[1].lower()):
        return f"{_does(found[1].lower())}: text"
    if found := _WHAT_DONE.match(bare):
        return f"{found[1].lower()}: text"
    found = _OR_NOT.match(bare)
    return f"{'_'.join(found[1].lower().split())}: boolean" if found else None


def _when(bare: str) -> str | None:
    """`the day it is due`, `when it happened`, `time of departure`, as a field."""
    if bare.lower() in {"valid from", "valid to", "valid until"}:
        return f"{bare.lower().replace(' ', '_')}: date"
    if found := _DAY.match(bare):
        said = "_".join(found[1].lower().split())
        said += f"_{found[2].lower()}" if (found[2] or "").lower() in {"off", "up", "in", "out"} else ""
        return f"{said}_on: date" if said != "due" else "due_date: date"
    if found := _MOMENT.match(bare):
        verb = found[1].lower()
        return f"{moment_of(base_of(verb) or verb, (found[2] or '').lower())}: datetime"
    if found := _TIME_OF.match(bare):
        return f"{_HAPPENINGS.get(found[1].lower(), found[1].lower() + '_time')}: datetime"
    return None


def _done(verb: str) -> str:
    """A verb in the past as what is done by it: `wrote` -> `written`, `paid` -> `paid`; nothing for any other word."""
    base, form = lexicon().verbs.get(verb, ("", ""))
    return done_by(base) if form == "ed" or verb == "did" else ""


def _does(verb: str) -> str:
    """A verb as one does it: `contain` -> `contains`."""
    base = lexicon().base(verb)
    return next((form for form, (of, kind) in lexicon().verbs.items() if of == base and kind == "s"), verb)


def said_phrase(text: str, start: int) -> Phrase | None:
    """The phrase that an entry is, with its brackets beside; None for what is no member (a clause, a sentence)."""
    start += len(text) - len(text.lstrip(" .`*\"'"))
    text = text.strip(" .`*\"'")
    whole, aside = start + len(text), None
    if found := re.match(r"^([^()\[\]]+?)\s*[(\[](.*)[)\]]$", text, re.DOTALL):
        text, aside = found[1], Aside(text=found[2], start=start + found.start(2))
        whole = start + len(text)
    bare = _LEAD.sub("", text)
    bare = re.sub(r"^(?:an?\s+)?(?:optional|required|unique|mandatory)\s+", "", bare, flags=re.IGNORECASE)
    bare = _SIZED.sub("", bare)
    if acts := _WHICH_ACTS.match(bare):
        words = tuple(acts[1].lower().split())
        return _phrase(words, whole - len(bare), whole, {"which", "many" if is_plural(words[-1]) else "one"}, aside)
    determiners: set[str] = set()
    if counted := _COUNTED.match(bare):
        told = tuple(counted[1].lower().split())
        most = "max" in counted[0].lower().split("number")[0]
        known = is_attribute("_".join(told)) and known_type("_".join(told)) == "integer"  # `a number of points` are the points
        words = ("max", *told) if most else told if known else ("number", "of", *told)
        return Phrase(words=words, full=words, start=whole - len(bare), end=whole, determiners=frozenset({"counted"}), aside=aside)
    if many := _MANY.match(bare):
        determiners.add("many")
        bare = bare[many.end() :]
    elif one := _ONE.match(bare):
        determiners.add("one")
        bare = bare[one.end() :]
    elif article := _DETERMINER.match(bare):
        determiners.add(article[0].split()[0].lower())
        bare = bare[article.end() :]
    begin, end = whole - len(bare), whole
    if tail := _TAIL.search(bare):
        if aside is not None and tail[0].strip().startswith(("for ", "to ")):
            return None
        end -= len(bare) - tail.start()
        bare = bare[: tail.start()]
    bare = _DONE.sub("", bare)
    words = tuple(word for part in bare.split() for word in (words_of(part) if part.isascii() else [part]))
    if not _names(bare, words):
        return None
    return _phrase(words, begin, end, determiners, aside)


def _names(bare: str, words: tuple[str, ...]) -> bool:
    closed = lexicon().closed
    inner = {"of", "in", "to", "per", "on", "at", "by", "and"}
    classes = [closed.get(word) for word in bare.lower().split() if word not in inner]
    plain = re.fullmatch(r"[A-Za-z][\w\- /']*", bare) is not None
    return (
        0 < len(words) <= 5
        and plain
        and not _is_clause(words)
        and not {"its", "their", "each", "every"} & set(words[1:])
        and words[0] not in inner
        and words[-1] not in {"of", "and", "per"}
        and not (len(words) > 2 and words[-2] in {"on", "upon", "at"} and words[-1] in word_list("occasion") | {"time"})
        and not any(kind in {"pronoun", "modal", "be", "have", "negation", "conjunction", "do", "preposition"} for kind in classes)
    )


def _is_clause(words: tuple[str, ...]) -> bool:
    """Whether words tell what several do: `players get scores`."""
    verbs = lexicon().verbs
    return any(
        is_plural(words[at - 1]) and not is_attribute("_".join(words[: at + 1])) and verbs.get(words[at], ("", ""))[1] == "base"
        and words[at] not in known_nouns()
        for at in range(1, len(words) - 1)
    )  # fmt: skip


def _phrase(words: tuple[str, ...], start: int, end: int, determiners: set[str], aside: Aside | None) -> Phrase:
    head = words[-1]
    known = [word for word in words[:-1] if word in lexicon().adjectives]
    kept = tuple(word for word in words[:-1] if word not in known)
    return Phrase(
        words=(*kept, singular(head)), start=start, end=end, adjectives=tuple(known), determiners=frozenset(determiners),
        plural=is_plural(head) and head != singular(head), aside=aside, full=(*words[:-1], singular(head)),
    )  # fmt: skip
