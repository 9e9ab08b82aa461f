"""The name and title of the application, from its own words."""

import re
import unicodedata

from apiwright.kit.casing import kebab, title
from apiwright.planner.embedded.words import lexicon, word_list

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'-]*")
_SKIPPED = word_list("no_name")
_STOPPING = frozenset(
    [
        "with",
        "that",
        "which",
        "where",
        "using",
        "in",
        "to",
        "is",
        "are",
        "has",
        "have",
        "for",
        "and",
        "allowing",
        "including",
        "should",
        "by",
    ]
)


def ascii_only(text: str) -> str:
    """Text with accents mapped to plain letters and the rest of non-ASCII dropped: `Café` -> `Cafe`."""
    mapped = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O").replace("æ", "ae").replace("ł", "l"))
    return "".join(char for char in mapped if ord(char) < 128)


def name_of(prompt: str, entities: list[str]) -> tuple[str, str]:
    """A kebab-case name of up to three words, and a title."""
    heading = re.search(r"^#{1,2}\s+(.+)$", prompt[:2000], re.MULTILINE)
    words = _leading(heading[1] if heading else prompt[:300]) or _leading(prompt[:300])
    if not words:
        words = kebab(entities[0]).split("-") if entities else ["backend"]
    slug = "-".join(words)[:60].strip("-")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
        slug = "backend"
    return slug, title(slug) or "Backend"


def _leading(text: str) -> list[str]:
    found: list[str] = []
    for match in _WORD.finditer(ascii_only(text)):
        low = match[0].lower().replace("'", "")
        gap = text[: match.start()].rstrip()[-1:] if match.start() else ""
        if found and (low in _STOPPING or gap in {".", ":", ",", ";", "("}):
            break
        if low in _SKIPPED or low in lexicon().adjectives or len(low) < 2:
            continue
        found += [part for part in re.split(r"-", low) if part]
        if len(found) >= 3:
            break
    return [part for part in found[:3] if re.fullmatch(r"[a-z0-9]+", part)] if found and found[0][0].isalpha() else []
