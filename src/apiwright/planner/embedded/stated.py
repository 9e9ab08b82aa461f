"""Members told in a form of their own: `The status of a request: pending, approved`, `POST /books with title and isbn`.

Also the names that the prompt itself makes of everyday words, by saying what they have: `a vehicle type has a name`.
"""

import re

from msgspec.structs import replace

from apiwright.kit.inflection import is_plural, singular
from apiwright.planner.embedded.catalogue import catalogue
from apiwright.planner.embedded.concepts import in_full
from apiwright.planner.embedded.endpoints import PATH
from apiwright.planner.embedded.fieldspec import field_note, looks_like_field
from apiwright.planner.embedded.listing import split_list
from apiwright.planner.embedded.notes import Notes, RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.qualifiers import enum_values
from apiwright.planner.embedded.words import lexicon, word_list

_VALUED = r"status(?:es)?|state|type|priority|priorities|stage|categor(?:y|ies)|kind|level|severity|size|condition|visibility|difficulty"
_SAID = (
    r"\s*(?::|\b(?:is|are|can\s+be|may\s+be|must\s+be|should\s+be)\b:?)"
    r"\s*(?:one\s+of:?\s*|either\s+)?(?P<values>[^.\n]{3,200})"
)
_OF = Pattern(
    rf"\b(?:the\s+)?(?:possible\s+)?(?P<name>{_VALUED})\s+of\s+(?:an?|the|each|every)?\s*(?P<owner>[a-z][a-z ]{{1,30}}?){_SAID}",
    re.IGNORECASE,
    cues=(
        "status",
        "state",
        "type",
        "priorit",
        "stage",
        "categor",
        "kind",
        "level",
        "severity",
        "size",
        "condition",
        "visibility",
        "difficulty",
    ),
)
_BEFORE = Pattern(
    r"(?:^|[.\n]\s*(?:[-*]\s*)?)(?:the\s+|an?\s+|each\s+)?"
    rf"(?P<owner>[A-Za-z][a-z]{{2,20}}(?: [a-z]{{3,20}})?)\s+(?P<name>{_VALUED}){_SAID}",
    re.IGNORECASE,
    cues=(
        "status",
        "state",
        "type",
        "priorit",
        "stage",
        "categor",
        "kind",
        "level",
        "severity",
        "size",
        "condition",
        "visibility",
        "difficulty",
    ),
)
_BODY = Pattern(
    r"^[\s`*)\"']*(?:[-\u2013—]\s*)?(?:[a-z ]{0,40}?\b(?:with|body|fields?|accepts?|takes?|requires?|payload|params?"
    r"|receives?|sends?)\b\s*:?|:)"
    r"\s*(?P<list>[^.\n]+(?:\.(?=\S)[^.\n]*)*)",
    re.IGNORECASE,
)
_WRITES = Pattern(r"\b(?:POST|PUT|PATCH)\b")
_ROW_LIST = Pattern(
    r"\b(?:body|fields?|with|takes|params?)\b:?\s+"
    r"(?P<list>[a-z_`][\w` ]*(?:\([^()|]*\))?(?:,\s*[\w` ]+(?:\([^()|]*\))?)+)(?=\s*(?:\||[.;]|$))",
    re.IGNORECASE,
    cues=("body", "field", "with", "take", "param"),
)
_HAS = Pattern(
    r"(?:\b(?:each|every|an?|the|one)\s+|[,;.:\n]\s*(?:[-*\u2022]\s+)?(?:\[.\]\s*)?(?:and\s+)?|^)(?P<name>(?:[a-z]{2,20} )?[a-z]{3,20})\s+"
    r"(?:has|have|can\s+have|may\s+have|contains?|holds?|consists?\s+of|(?:belongs?|refers?)\s+to)\s+(?!been\b|to\b|access\b)",
    re.IGNORECASE,
    cues=("ha", "contain", "consist", "belong", "refer", "hold"),
)
_HAS_MANY = Pattern(
    r"\b(?:has|have|contains?|consists?\s+of|includes?)\s+(?:many|several|multiple|one\s+or\s+more|an?\s+(?:ordered\s+)?list\s+of)\s+(?P<name>[a-z]{3,20})\b"
    r"(?=\s*(?:[(:,.]|each|with|that|which|and|$))|\b(?:has|have|contains?)\s+(?P<other>[a-z]{3,20}s)\s*(?=\(|,?\s+each\s+(?:with|has)|,?\s+identified\b|\s+(?:that|which)\s+can\b|\s+(?:made|taken|given|found|painted|written)\s+by\b)"
    r"|\b(?:of|has|have|contains?|and|with|,)\s+(?:(?:numbered|ordered|several|multiple|many)\s+(?P<kept>[a-z]{3,20}s)\b"
    r"|(?P<told>[a-z]{3,20}s),?\s+(?:identified\b|each\s+(?:with|has)\b))",
    re.IGNORECASE,
    cues=("ha", "contain", "consist", "include"),
)
_BELONGS = Pattern(
    r"\b(?:(?:belongs?|refers?)\s+to\s+(?:(?:an?|one|exactly\s+one|the|its)\s+)?|(?:is|are)\s+(?:in|on|at|of|part\s+of)\s+(?:exactly\s+)?one\s+)"
    r"(?P<name>[a-z]{3,20})\b",
    re.IGNORECASE,
    cues=("belong", "refer", " one "),
)
_MADE_WITH = Pattern(
    r"\b(?:save|store|create|add|post|share|submit|collect|upload|register|enter|publish|define)\s+(?:(?:an?|their|new|many)\s+)*"
    r"(?P<name>[a-z]{3,20})\s+with\s+(?:(?:an?|its|their|the)\s|(?P<bare>[a-z]+(?:\s[a-z]+)?),\s)",
    re.IGNORECASE,
    cues=(" with ",),
)
_BOARDS = Pattern(r"\bboards?\s+(?:with|of|has|have|contains?)\s+(?P<name>columns|lists)\b", re.IGNORECASE, cues=("board",))
_LISTS = Pattern(
    r"\b(?:creat|add|shar|renam|delet|archiv|mak|open|invit|owns?)\w*\s+(?:[a-z ]{1,30}\s)?"
    r"(?:an?|their|new|many|to\s+a|own)\s+(?:[a-z]+\s)?(?P<name>lists?)\b(?!\s+(?:of|item))",
    re.IGNORECASE,
    cues=("list",),
)
_APPLIED = Pattern(
    r"\b(?:approv|reject|review|submit|accept|process|evaluat|receiv|includ|for|,|and)\w*\s+(?P<name>[a-z]+\s+application)s\b",
    re.IGNORECASE,
    cues=("applications",),
)
_TAUGHT = Pattern(r"\b(?:students?|pupils?|teachers?|trainers?|instructors?|coach(?:es)?|gym|yoga|school|fitness|dance)\b", re.IGNORECASE)
_CLASSES = Pattern(
    r"\b(?:the|an?|each|every|book|manage|attend|join|in|of|for|and|with|gym|yoga|fitness|dance|,)\s+(?P<name>class(?:es)?)\b",
    re.IGNORECASE,
    cues=("class",),
)
_TABLE = Pattern(r"\btables?\s+(?:called|named)\s+[\"'`]?(?P<name>[a-z]{3,20})\b", re.IGNORECASE, cues=("table",))
_SESSIONS = Pattern(
    r"\b(?:start|stop|end|open|close|begin|schedule|book|run|plan)s?\s+(?:an?|the|their|new)\s+(?P<of>(?!new\b)[a-z]+\s)?(?P<name>sessions?)\b(?!\s+(?:cookie|token|id))",
    re.IGNORECASE,
    cues=("session",),
)
_NAMED_TABLE = Pattern(
    r"\b(?:(?:table|collection|(?:entry|entries|rows?|records?|line)\s+(?:in)?to)\s+(?:(?:called|named)\s+)?[\"'`]?(?P<name>[a-z]+(?:_[a-z]+)+)"
    r"|(?:table|collection)\s+(?:called|named)\s+[\"'`]?(?P<word>[a-z]{3,20}s))\b",
    re.IGNORECASE,
    cues=("table", "collection", "to "),
)
_MANAGED = Pattern(r"\b(?:add|create|manage|define|maintain|register)\s+(?:new\s+)?(?P<name>[a-z]{3,20}s)\b", re.IGNORECASE)
_WRITTEN = Pattern(r"\b(?:recorded|stored|saved|written|logged|kept|added|inserted)\s+(?:in|to|into)\b[^.]*$", re.IGNORECASE)
_EVERYDAY = word_list("everyday")
_SOFTWARE = word_list("software_kind")


def read_values(notes: Notes, text: str, start: int) -> None:
    """Notes the values of a status, type or the like that a text lists."""
    for pattern in (_OF, _BEFORE):
        for found in pattern.finditer(text):
            words = found["owner"].lower().split()
            concept = notes.concept((*words[:-1], singular(words[-1])))
            values = enum_values(found["values"], told=True)
            if concept is None or concept.tail or len(values) < 2:
                continue
            note = field_note(f"{singular(found['name'].lower())}: {', '.join(values)}", start + found.start("name"))
            if note is not None:
                name = notes.add(concept, 1.2, Span(start + found.start("owner"), start + found.end("owner")))
                notes.fields.append((name, replace(note, passing=True)))


def read_tables(notes: Notes, text: str, start: int, nearest: str | None) -> list[str]:
    """Notes the tables that a text names as such (`a row is written to the table wallet_entries`); answers their names.

    What is recorded there happened to what was spoken of last.
    """
    names: list[str] = []
    for found in _NAMED_TABLE.finditer(text):
        words = (found["name"] or found["word"]).lower().split("_")
        concept = notes.concept((*words[:-1], singular(words[-1])))
        if concept is not None and not concept.tail:
            concept = in_full(concept, (*words[:-1], singular(words[-1])))
            name = notes.add(concept, 3.0, Span(start + found.start(), start + found.end()), declared=True)
            names.append(name)
            written = _WRITTEN.search(text[max(found.start() - 40, 0) : found.start()])
            if written and concept.entry is None and nearest is not None and nearest not in {name, "User"}:
                notes.relations.append(RelationNote(source=name, word="belongs", target=nearest, span=Span(start, start + len(text))))
    return names


def read_body(notes: Notes, text: str, start: int, resource: str) -> bool:
    """Notes what the body of a request holds, where it is listed behind its path; whether it was."""
    path = PATH.search(text)
    if path is None or path["method"] is None or path["method"].strip("` :*|\"'") not in {"POST", "PUT", "PATCH"}:
        return False
    body = _BODY.match(text[path.end() :])
    if body is None:
        return False
    pieces = split_list(body["list"].rstrip(" ."), start + path.end() + body.start("list"))
    read = [(piece, field_note(piece, at)) for piece, at in pieces]
    good = [note for piece, note in read if note is not None and (looks_like_field(note) or piece.startswith("`"))]
    if len(pieces) < 2 or len(good) < 0.6 * len(pieces) or any(len(re.sub(r"\(.*?\)", "", piece).split()) > 6 for piece, _ in pieces):
        return False
    notes.fields += [(resource, note) for note in good]
    return True


def read_row(notes: Notes, text: str, start: int, resource: str) -> None:
    """Notes the members that a row of a table of endpoints tells: `create a court with name, surface and hourly price`."""
    if _WRITES.search(text) is None:
        return
    for found in _ROW_LIST.finditer(text):
        pieces = split_list(found["list"].rstrip(" ."), start + found.start("list"))
        read = [(piece, field_note(piece, at)) for piece, at in pieces]
        good = [note for piece, note in read if note is not None and (looks_like_field(note) or "_" in piece)]
        if len(pieces) > 1 and 3 * len(good) >= 2 * len(pieces):
            notes.fields += [(resource, note) for _, note in read if note is not None]


def own_names(prompt: str) -> frozenset[tuple[str, ...]]:
    """Names made of everyday words that have members of their own: `levels have spots` makes Level a thing."""
    found: set[tuple[str, ...]] = set()
    for match in _HAS.finditer(prompt):
        words = match["name"].lower().split()
        while words and (
            words[0] in lexicon().closed or (len(words) > 1 and words[0] in lexicon().verbs and catalogue().named(words[0]) is None)
        ):
            words.pop(0)
        if words and singular(words[-1]) in _EVERYDAY:
            words = (*words[:-1], singular(words[-1]))
            found.add(words if len(words) == 1 or not is_plural(words[0]) else words[1:])
    for match in _BELONGS.finditer(prompt):
        word = singular(match["name"].lower())
        if word in _EVERYDAY:
            found.add((word,))
    for match in _HAS_MANY.finditer(prompt):
        word = singular((match["name"] or match["other"] or match["kept"] or match["told"]).lower())
        if word in _EVERYDAY:
            found.add((word,))
    for match in _MADE_WITH.finditer(prompt):
        word = singular(match["name"].lower())
        if word in _EVERYDAY and not (match["bare"] and lexicon().barren.get(word) == "ui"):
            found.add((word,))
    return frozenset(found | _others(prompt) | _managed(prompt))


def _managed(prompt: str) -> set[tuple[str, ...]]:
    """Everyday words of which there are several to manage, and of which each one is spoken of: `add levels`, `spots on each level`."""
    several = {singular(match["name"].lower()) for match in _MANAGED.finditer(prompt)} & _EVERYDAY
    return {(word,) for word in several if re.search(rf"\b(?:each|every|per)\s+{word}\b", prompt, re.IGNORECASE)}


def _others(prompt: str) -> set[tuple[str, ...]]:
    """Words of computing that are things here: classes that are taught, lists that users share, applications that are approved."""
    patterns = (_LISTS, _BOARDS, _TABLE, _SESSIONS, *((_CLASSES,) if _TAUGHT.search(prompt) else ()))
    found: set[tuple[str, ...]] = {(singular(match["name"].lower()),) for pattern in patterns for match in pattern.finditer(prompt)}
    found |= {(match["of"].strip().lower(), "session") for match in _SESSIONS.finditer(prompt) if match["of"]}
    for match in _APPLIED.finditer(prompt):
        words = tuple(match["name"].lower().split())
        if words[0] not in _SOFTWARE and words[0] not in lexicon().closed and words[0] not in lexicon().adjectives:
            found.add(words)
    return found
