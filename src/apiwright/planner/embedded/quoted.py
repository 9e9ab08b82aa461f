"""Members by their names in quotes: `an object containing "serviceId", a string, and "lastSeen"`."""

import re

from apiwright.blueprint import FieldType
from apiwright.kit.casing import pascal, words_of
from apiwright.kit.inflection import plural
from apiwright.planner.embedded.attributes import is_attribute
from apiwright.planner.embedded.code import ENVELOPE
from apiwright.planner.embedded.concepts import Concept
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.notes import Notes, RelationNote, Span
from apiwright.planner.embedded.patterns import Pattern

_SENTENCE = Pattern(r"[^.;\n]+(?:\.(?=\S)[^.;\n]*)*")
_MEMBERS = Pattern(
    r"\b(?:contain(?:s|ing)?|fields?|columns?|properties|attributes|with\s+(?:its|their|the)|must\s+(?:have|include)|has|takes?|accepts?|sets?"
    r"|provid(?:es?|ing)|includ(?:es?|ing)|with|body)\b",
    re.IGNORECASE,
)
_QUOTED = Pattern(r"[\"'`\u201c\u2018]{1,2}([A-Za-z_]\w{0,40})[\"'`\u201d\u2019]{1,2}")
_OWNED = Pattern(
    r"\b(?:the|an?|its|each)\s+(?P<owner>[a-z]+)['\u2019]s\s+`(?P<name>[a-z]\w*)`|\b(?:the|an?)\s+(?P<found>[a-z]+)\s+(?:with|by|for|whose|has)\s+(?:that|this|the\s+given|the\s+same|its)\s+`(?P<key>[a-z]\w*)`|`(?P<of>[a-z]\w*)`\s+of\s+(?:the|an?|each)\s+(?:(?:source|target|current|given|same)\s)?(?P<whose>[a-z]+)\b",
    re.IGNORECASE,
    cues=("`",),
)
_FLAG = re.compile(r"\s+flag\b", re.IGNORECASE)
_CODED = Pattern(r"`([a-z]+(?:_[a-z]+)*_(?:at|on|until|from|id|by|date|count|[a-z]+))`(?!\s*(?:table|collection|endpoint|\())")
_ANSWER = Pattern(
    r",?\s+and\s+(?:answers?|responds?|repl(?:y|ies)|sets)\s+(?:with\s+)?[^.\n`\"']*(?=[.\n]|$)",
    re.IGNORECASE,
    cues=("answer", "respond", "repl", "sets"),
)
"""What a request answers with, behind what it takes."""
_ITS_OWN = Pattern(r"\s*\((?!both\b|all\b|[a-z]+s\b)", re.IGNORECASE)
"""Brackets right behind a name that tell of this one alone: `title`, `tags` (array of strings)."""
_VALUES = Pattern(
    r"[\"'`\u201c\u2018]{1,2}([A-Za-z_]\w{0,40})[\"'`\u201d\u2019]{1,2}\s*\((?:one\s+of|either|values?|enum)\b:?\s*([^()]*)\)",
    re.IGNORECASE,
    cues=("one of", "either", "value", "enum"),
)
"""`status` (one of "open", "closed")."""
_EACH = Pattern(
    r"^\s*(?:each|every)\s+([a-z]+)\s+(?:is\s+an?\s+object|object|has|contains|includes)\b", re.IGNORECASE, cues=("each", "every")
)
_ANSWERED = frozenset({"item", "element", "entry", "object", "row", "result", "record"})
_NUMBER_OF = re.compile(r"\bnumber\s+of\s+[a-z]+")
_JOIN = Pattern(r"^[\s,/&]*(?:and|or)?[\s,]*$")
_NO_MEMBERS = Pattern(r"\bquery\b|\bstatus codes?\b.{0,60}\bwith\b|\bcookie\b|\bheader\b", re.IGNORECASE)
_SAID_TYPES: tuple[tuple[Pattern, FieldType], ...] = (
    (Pattern(r"date[- ]?time|timestamp"), "datetime"),
    (Pattern(r"\bdates?\b"), "date"),
    (Pattern(r"\be-?mail"), "email"),
    (Pattern(r"\bur[il]s?\b"), "url"),
    (Pattern(r"\buuids?\b"), "uuid"),
    (Pattern(r"\b(?:integers?|ints?|whole numbers?)\b"), "integer"),
    (Pattern(r"\b(?:floats?|numbers?|numeric|doubles?)\b"), "float"),
    (Pattern(r"\bdecimals?\b"), "decimal"),
    (Pattern(r"\b(?:booleans?|bools?|true or false)\b"), "boolean"),
    (Pattern(r"\b(?:arrays?|lists?|objects?)\b"), "json"),
    (Pattern(r"\bstrings?\b"), "string"),
)


def read_quoted(notes: Notes, text: str, start: int, nearest: str) -> None:
    """Notes the members that a text names in quotes, of the resource spoken of last."""
    for owned in _OWNED.finditer(text):
        concept = notes.concept(((owned["owner"] or owned["found"] or owned["whose"]).lower(),))
        flag = ": boolean" if _FLAG.match(text, owned.end()) else ""
        note = field_note((owned["name"] or owned["key"] or owned["of"]) + flag, start + owned.start())
        if concept is not None and note is not None and not concept.tail:
            name = notes.add(concept, 2.0, Span(start + owned.start(), start + owned.end()))
            notes.fields.append((name, note))
    text = _OWNED.sub(lambda found: " " * len(found[0]), text)
    text = _read_values(notes, text, start, nearest)
    paths = [(at - start, name) for at, name in notes.paths if start <= at < start + len(text)]
    for sentence in _SENTENCE.finditer(_ANSWER.sub(lambda found: " " * len(found[0]), text)):
        opener = _MEMBERS.search(sentence[0])
        if not _NO_MEMBERS.search(sentence[0]):
            for member in _CODED.finditer(sentence[0], 0, opener.start() if opener else len(sentence[0])):
                if note := field_note(member[1], start + sentence.start() + member.start(1)):
                    notes.fields.append((_whose(paths, sentence, member.start(1), nearest), note))
        if opener is None or _NO_MEMBERS.search(sentence[0]):
            continue
        each = _each(notes, sentence[0], start + sentence.start(), nearest)
        found = list(_QUOTED.finditer(sentence[0], opener.end()))
        said = _descriptions(sentence[0], found)
        told = [_is_member(member[1], description) for member, description in zip(found, said, strict=True)]
        for at in range(len(found) - 2, -1, -1):
            told[at] = told[at] or (told[at + 1] and bool(_JOIN.match(sentence[0][found[at].end() : found[at + 1].start()])))
        for at, (member, description) in enumerate(zip(found, said, strict=True)):
            name = "_".join(words_of(member[1]))
            between = sentence[0][found[at - 1].end() : member.start()] if at else ""
            told[at] = told[at] or bool(at and told[at - 1] and _JOIN.match(between))
            if name in ENVELOPE or not told[at]:
                continue
            note = _note(member[1], description, start + sentence.start() + member.start(1))
            if note is not None:
                owner = each or _whose(paths, sentence, member.start(1), nearest)
                notes.fields.append((owner, note))
                notes.quoted.add(name)


def _read_values(notes: Notes, text: str, start: int, nearest: str) -> str:
    """Notes the members whose values stand in quotes behind them; answers the text without the values."""
    for found in _VALUES.finditer(text):
        note = field_note(f"{found[1]}: enum ({re.sub('[^A-Za-z0-9_ ,-]', '', found[2])})", start + found.start(1))
        if note is not None and note.values:
            notes.fields.append((nearest, note))
    return _VALUES.sub(lambda found: f"{found[0].partition('(')[0]}".ljust(len(found[0])), text)


def _each(notes: Notes, sentence: str, at: int, nearest: str) -> str | None:
    """The thing that a sentence tells of each of, in an array that was spoken of: `each update is an object with ...`."""
    found = _EACH.match(sentence)
    word = found[1].lower() if found else ""
    spoken = re.search(rf"\b(?:array|list)s?\s+of\s+(?:[a-z]+\s)?{plural(word)}\b", notes.prompt, re.IGNORECASE) if word else None
    if found is None or spoken is None or word in _ANSWERED:
        return None
    concept = notes.concept((word,)) or Concept(name=pascal(word))
    span = Span(at + found.start(1), at + found.end(1))
    if not concept.tail and concept.name != nearest:
        notes.add(concept, 2.0, span, plural=True)
        notes.relations.append(RelationNote(source=concept.name, word="belongs", target=nearest, span=span))
    return concept.name if not concept.tail else None


def _whose(paths: list[tuple[int, str]], sentence: re.Match[str], at: int, nearest: str) -> str:
    """The resource that a member is told of: that of the path before it in its sentence, else of the one behind, else of the last path."""
    place = sentence.start() + at
    inside = [(begin, name) for begin, name in paths if sentence.start() <= begin < sentence.end()]
    before = [name for begin, name in paths if begin < place and (not inside or begin >= inside[0][0])]
    return before[-1] if before else inside[0][1] if inside else nearest


def _is_member(quoted: str, description: str) -> bool:
    """Whether a name in quotes is a member by what is said of it, or by its looks."""
    name = "_".join(words_of(quoted))
    return name not in ENVELOPE and bool(_type(description) or is_attribute(name) or "_" in name or name.endswith("id"))


def _descriptions(sentence: str, found: list[re.Match[str]]) -> list[str]:
    """What is said of each name, up to the next; names joined by a comma or `and` share what is said of the last of them."""
    said: list[str] = []
    for at, member in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(sentence)
        said.append(sentence[member.end() : end][:160])
    for at in range(len(said) - 2, -1, -1):
        if _JOIN.match(said[at]) and not _ITS_OWN.match(said[at + 1]):
            said[at] = said[at + 1]
    return said


def _type(description: str) -> FieldType | None:
    """The type that is said first: of `a string, to tie a card to a phone number` a string. A format tells more than `string` before it."""
    low = _NUMBER_OF.sub(" ", description.lower())
    said: list[tuple[int, int, int, FieldType]] = []
    for at, (pattern, kind) in enumerate(_SAID_TYPES):
        if found := pattern.search(low):
            said.append((found.start(), found.end(), at, kind))
    if not said:
        return None
    first = min(said)
    beside = [item for item in said if 0 < item[0] - first[1] < len(" (as ")]  # `a number, integer`
    formatted = "format" in low or "date-time" in low
    return min([first, *beside] if not formatted else said, key=lambda item: item[2])[3]


def _note(name: str, description: str, at: int) -> FieldNote | None:
    kind = _type(description)
    rest = description.strip(" ,.()")
    told = field_note(f"{name}: {kind or ''} {rest}" if kind or "optional" in rest else name, at)
    if told is None:
        return None
    return FieldNote(
        name=told.name, start=at, end=at + len(name), type=told.type, required=told.required, unique=told.unique, default=told.default,
        min=told.min, max=told.max, min_length=told.min_length, max_length=told.max_length, values=told.values if kind == "enum" else (),
        refers=told.refers,
    )  # fmt: skip
