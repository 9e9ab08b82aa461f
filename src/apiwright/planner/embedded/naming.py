"""The name and title of the application: what is built, in its own words, never the beginning of some sentence."""

import re
import unicodedata

from apiwright.kit.casing import kebab, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.concepts import concept_of
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.phrases import Item, Mark, Phrase, items_of
from apiwright.planner.embedded.tokens import sentences, tokenize
from apiwright.planner.embedded.words import lexicon, word_list

_HEADING = Pattern(r"^#{1,2}\s+(.+)$", re.MULTILINE, cues=("#",))
_CALLED = Pattern(
    r"\b(?:called|named|titled|codenamed)\s+(?:[\"'\u201c\u2018`*]{1,2}([A-Za-z][\w' -]{1,40}?)[\"'\u201d\u2019`*]"
    r"|((?:[A-Z][\w-]*)(?:\s+[A-Z][\w-]*){0,2}))",
    cues=("called", "named", "titled"),
)
_KEPT_BY = (
    Pattern(
        r"\b(?:for|of|runs?|manag(?:e|ing)|organi[sz](?:e|ing)|track(?:ing)?)\s+(?P<whose>my|our|an?)\s+(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,3}?)"
        r"(?=\s*(?:[.:,;\n]|\s[-\u2013\u2014]\s|$)|\s+(?:with|where|that|which|who|needs?)\b)",
        re.IGNORECASE,
    ),
    Pattern(
        r"^\W*(?:we|this\s+is|we\s+are|i\s+am)\s+(?P<whose>an?)\s+(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,3}?)"
        r"(?=\s*(?:[.:,;\n]|$)|\s+(?:and|with|where|that|which|who)\b)",
        re.IGNORECASE,
    ),
    Pattern(r"^\W*(?P<whose>my|our)\s+(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,2}?)\s+(?:needs?|wants?)\b", re.IGNORECASE),
)
"""Whose software it is: `for our car wash`, `we are a small law firm`, `my gym needs`."""
_READ = 600
_LONGEST = 3
_SOFTWARE = word_list("application")
_BUILDING = word_list("building")


def ascii_only(text: str) -> str:
    """Text with accents mapped to plain letters and the rest of non-ASCII dropped: `Café` -> `Cafe`."""
    mapped = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae").replace("ł", "l"))
    return "".join(char for char in mapped if ord(char) < 128)


def name_of(prompt: str, main: str | None) -> tuple[str, str]:
    """A kebab-case name of up to three words, and a title. `main` is the entity that the blueprint is mostly about."""
    start = re.sub(r"\b(?:I|[Ww]e)['\u2019](?:m|re|d|ve|ll)\b", "we", prompt[:_READ])
    start = re.sub(r"\bhelp desk\b", "helpdesk", start, flags=re.IGNORECASE)
    words = _called(start) or _headed(start) or _built(start) or _kept_by(start)
    words = words or (plural(" ".join(words_of(main)).lower()).split() if main else [])
    words = [part for word in words for part in re.findall(r"[a-z0-9]+", ascii_only(word.lower()).replace("'", ""))][:_LONGEST]
    while words and not words[0][0].isalpha():
        words.pop(0)
    slug = "-".join(words)[:60].strip("-")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
        slug = kebab(plural(main)) if main else "backend"
    return slug, _title(slug, prompt)


def _title(slug: str, prompt: str) -> str:
    """The name as words; what the prompt writes in capitals (`CRM`) stays so."""
    written = (
        {word.lower(): word for word in re.findall(r"\b(?:[A-Z][A-Z0-9]{1,4}|[A-Z][a-z]+[A-Z]\w*)\b", prompt[:_READ])}
        if not prompt.isupper()
        else {}
    )
    return " ".join(written.get(word, word.capitalize()) for word in slug.split("-"))


def _called(text: str) -> list[str]:
    found = _CALLED.search(text)
    return re.split(r"[\s-]+", (found[1] or found[2]).strip()) if found else []


def _headed(text: str) -> list[str]:
    """The heading, unless it only names a part of a document."""
    found = _HEADING.search(text)
    if found is None:
        return []
    words = [word.lower() for word in re.findall(r"[A-Za-z][A-Za-z0-9'-]*", re.split(r"[:(\u2013\u2014]", found[1])[0])]
    told = [word for word in words if _tells(word) or word in lexicon().adjectives - {"simple", "new", "basic", "modern", "complete"}]
    generic = all(word in word_list("no_heading") or not _tells(word) for word in words)
    return (
        []
        if generic or any(word in lexicon().verbs for word in words[:1])
        else [word for word in told if word not in word_list("no_heading")]
    )


def _built(text: str) -> list[str]:
    """What the first sentences ask for: the words before `app` or `platform`, or behind it (`a backend for my podcast app`)."""
    for number, sentence in enumerate(sentences(tokenize(text), text, 0)[:3]):
        items = items_of(sentence, text)
        phrases = [(at, item) for at, item in enumerate(items) if isinstance(item, Phrase)]
        asked = False
        for nth, (at, phrase) in enumerate(phrases):
            software = _is_software(phrase) and not _is_example(items, at)
            words = _telling(phrase)
            if software and words and not _is_technical(words):
                return words
            if software:
                asked = True
                continue
            named = words and not _is_technical(words) and not is_attribute("_".join(words)) and not _is_cut(items, at)
            if asked and named and _is_about(items, at):
                return words if concept_of(phrase.words) is not None or len(words) > 1 else []
            if words == ["clone"]:
                asked = True
            elif nth == 0 and number == 0 and named and _opens(items, at):
                return words
    return []


def _kept_by(text: str) -> list[str]:
    """The place or the people whose software it is, or what they keep with it, where the first sentence tells."""
    for pattern in _KEPT_BY:
        for found in pattern.finditer(re.split(r"(?<=\w)\.\s|\n", text, maxsplit=1)[0]):
            words = [word for word in found["what"].lower().split() if _tells(word)]
            theirs = found["whose"].lower() in {"my", "our"} or bool(words and words[-1] in word_list("establishment"))
            if words and theirs and not _is_technical(words) and words[-1] not in _SOFTWARE:
                return words
    return []


def _is_software(phrase: Phrase) -> bool:
    return phrase.head in _SOFTWARE | {"dashboard", "website", "microservice", "endpoint", "crud", "database", "model", "route"}


def _is_example(items: list[Item], at: int) -> bool:
    """`similar to Slack`, `using the FastAPI framework`: what it is like or made with."""
    before = items[at - 1] if at else None
    return isinstance(before, Mark) and before.low in {"using", "with", "in", "like", "via", "through", "on"}


def _is_about(items: list[Item], at: int) -> bool:
    """Whether the words before a phrase tie it to the software: `for`, `for managing`, `to track`, `of`."""
    back = [item.low for item in items[max(at - 4, 0) : at] if isinstance(item, Mark)]
    return bool(set(back) & {"for", "of", "about", "to", "implementing", "that"})


def _is_cut(items: list[Item], at: int) -> bool:
    """Whether a phrase goes on behind it, past what looks like a verb: the dog of `a dog walking company`."""
    match items[at + 1 : at + 3]:
        case [Mark() as verb, Phrase() as whole]:
            return verb.low.endswith("ing") and whole.head in word_list("establishment")
        case _:
            return False


def _opens(items: list[Item], at: int) -> bool:
    """Whether a phrase is what the sentence asks for: behind `build`, or a title by itself; not the subject of a sentence."""
    after = items[at + 1] if at + 1 < len(items) else None
    if isinstance(after, Mark) and after.tag in "HBMV" and not (after.tag == "V" and after.low in {"app", "api"}):
        return False
    before = [item.low for item in items[:at] if isinstance(item, Mark)]
    if not before:
        return True
    return any(lexicon().base(word) in _BUILDING | {"create", "build", "run", "own", "operate"} for word in before) or before[-1] == "like"


def _telling(phrase: Phrase) -> list[str]:
    """The words of a phrase that say what it is about."""
    words = [*phrase.words]
    kept = word_list("what_it_is")
    while words and words[-1] in _SOFTWARE and words[-1] not in kept:
        words.pop()
    told = [word for word in words if _tells(word)]
    if len(told) == 1 and phrase.plural and told[0] == phrase.head:
        told = [plural(told[0])]
    return [] if all(word in word_list("no_heading") for word in told) else told


def _tells(word: str) -> bool:
    if word in word_list("what_it_is"):
        return True
    return (
        word not in word_list("no_name") | _SOFTWARE
        and word not in lexicon().adjectives
        and word not in lexicon().closed
        and (len(word) > 1 or word == "e")
    )


def _is_technical(words: list[str]) -> bool:
    return all(lexicon().barren.get(word) in {"technology", "http"} and word not in word_list("kind_of_system") for word in words)
