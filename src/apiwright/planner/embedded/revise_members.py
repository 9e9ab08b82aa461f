"""Said fields -> Field: `a due date and a priority (low, medium, high)`."""

import re
from collections.abc import Sequence
from typing import cast

from apiwright.blueprint import Entity, Field, FieldType
from apiwright.kit.inflection import singular
from apiwright.planner.embedded.attributes import is_attribute, known_type, usual_values
from apiwright.planner.embedded.fieldspec import FieldNote, field_note
from apiwright.planner.embedded.qualifiers import TYPE_WORDS
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, member_name, spoken

_TEXTS = frozenset({"string", "text", "email", "url", "slug", "secret"})
_NUMBERS = frozenset({"integer", "float", "decimal"})
_KIND = re.compile(
    r"^(?:(?P<flags>(?:(?:required|optional|unique|indexed|mandatory|nullable)[ ,]+)*))(?P<name>[\w \-]+?)\s+(?:field\s+)?(?:of type|as an?|which is an?|that is an?)\s+(?P<kind>\w+)(?P<rest>.*)$"
)
_WHOLE = re.compile(r"[\w \-/'\"`*.]+(?:\s*(?:\([^()]*\)|:.*|=.*))?", re.DOTALL)
_TYPED = re.compile(r"(?P<kind>\w+)\s+(?P<name>[\w \-]+?)(?:\s*\((?P<rest>.*)\))?")
_LEADING = frozenset({"boolean", "integer", "decimal", "float", "datetime", "json", "uuid", "enum"})
_FLAGS = re.compile(r"^((?:required|optional|unique|indexed|mandatory|nullable)\b[ ,]*)+", re.IGNORECASE)
_PEOPLE = frozenset(
    {
        "leader",
        "supervisor",
        "manager",
        "owner",
        "author",
        "creator",
        "assignee",
        "reviewer",
        "approver",
        "organizer",
        "organiser",
        "reporter",
        "responsible",
    }
)
_RESERVED = frozenset({"id", "created_at", "updated_at", "limit", "offset", "sort", "q"})


def said_field(text: str, scene: Scene) -> Field | None:
    """The field that one entry tells; None when it reads as none."""
    text = re.sub(r"^(?:a|an|the)\s+", "", text.strip())
    flags = ""
    if found := _FLAGS.match(text):
        flags, text = found[0], text[found.end() :]
    if not _WHOLE.fullmatch(text):
        return None
    if found := re.fullmatch(r"([\w \-]+?(?<! in)(?<! on)(?<! off)(?<! up)(?<! out)) flag((?:\s*\(.*\))?)", text):
        text = f"{found[1]} (boolean{', ' + found[2].strip(' ()') if found[2] else ''})"
    if (found := _TYPED.fullmatch(text)) and (kind := TYPE_WORDS.get(found["kind"].lower())) in _LEADING:
        rest = f", {found['rest']}" if found["rest"] else ""
        text = f"{re.sub(r' (?:flag|field|column|value)$', '', found['name'])} ({kind}{rest})"
    if found := _KIND.match(text):
        text = f"{found['name']} ({found['kind']}{found['rest']})"
    note = field_note(f"{text} {'' if '(' in text else '('}{flags}{'' if '(' in text else ')'}" if flags else text, 0)
    if note is None:
        return None
    if flags:
        note = _flagged(note, flags.lower())
    return field_of(note, scene, text)


def parts_of(text: str) -> tuple[str, ...]:
    """The fields that one thing stands for: `an emergency contact (name and phone)` is a name and a phone of an emergency contact."""
    found = re.fullmatch(r"([\w \-]+?)\s*\(([\w \-]+(?:,[\w \-]+)+|[\w \-]+ and [\w \-]+)\)", text.strip())
    if found is None:
        return ()
    parts = [part.strip() for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", found[2].strip())]
    return tuple(f"{found[1]} {part}" for part in parts) if are_attributes(parts) else ()


def are_attributes(words: Sequence[str]) -> bool:
    """Whether most of what is listed are names that fields have, so that it is no list of values."""
    known = sum(is_attribute("_".join(word.lower().split())) for word in words)
    return known > len(words) / 2


def field_of(note: FieldNote, scene: Scene, words: str) -> Field:
    """A field out of what was said of it.

    Raises:
        UnclearError: The project needs its name for itself.
    """
    name = member_name(note.name)
    if name in _RESERVED:
        raise UnclearError(f"Every row has {name!r} already, or the project needs that name for itself.")
    kind, values = _type(note, name)
    if kind == "string" and note.type is None and str(note.default).lower() in {"on", "off", "true", "false", "yes", "no"}:
        kind = "boolean"
    longest = note.max_length if kind in _TEXTS and note.max_length else 200 if kind == "string" else None
    low, high = (note.min, note.max) if kind in _NUMBERS else (None, None)
    required = bool(note.required)
    return Field(
        name=name,
        type=kind,
        required=required,
        unique=note.unique,
        values=values,
        default=_default(note, kind, values, required=required),
        min=_number(low, kind),
        max=_number(high, kind),
        min_length=note.min_length if kind in _TEXTS else None,
        max_length=longest,
        origin=scene.origin(words),
    )


def target_of(text: str, scene: Scene) -> tuple[str, Entity, bool] | None:
    """The name, the target and whether it is many, when an entry names another entity: `an author (user)`, `tags`."""
    words = re.sub(r"^(?:a|an|the|many|several|multiple|one or more)\s+", "", text.strip().rstrip("."))
    if found := re.fullmatch(
        r"(?:link|links|reference|references|relation|connection|pointer)s? to (?:an? |the |one |its )?([\w ]+)", words
    ):
        entity = scene.find_entity(found[1])
        return (member_name(found[1] if "links" in words else singular(found[1])), entity, "links" in words) if entity else None
    if found := re.fullmatch(r"([\w ]+?)\s*\((?:an?\s+)?([\w ]+)\)", words):
        entity = scene.find_entity(found[2])
        return (member_name(found[1]), entity, False) if entity else None
    if found := re.fullmatch(r"([\w ]+?),? (?:who is|which is|that is|being) an? ([\w ]+)", words):
        entity = scene.find_entity(found[2])
        return (member_name(found[1]), entity, False) if entity else None
    if (entity := _qualified(words, scene)) is not None:
        return member_name(words), entity, singular(words.lower()) != words.lower()
    entity = scene.find_entity(words) if re.fullmatch(r"[\w \-]+", words) else None
    if entity is None:
        return None
    many = singular(words.lower()) != words.lower()
    return member_name(words), entity, many


def _qualified(words: str, scene: Scene) -> Entity | None:
    """The entity that a compound is one of: `parent todo`, `delivery addresses`; or the accounts, for who does something: `assignee`."""
    said = words.lower().replace("_", " ").split()
    if len(said) > 1 and re.fullmatch(r"[\w \-]+", words):
        tails = [" ".join(said[at:]) for at in range(1, len(said))]
        found = next((entity for tail in tails for entity in scene.blueprint.entities if tail in spoken(entity)), None)
        if found is not None and scene.find_entity(words) in (None, found):
            return found
    auth = scene.blueprint.auth
    does = len(said) == 2 and said[1] == "by"  # `approved by`
    if does or (said[-1:] and singular(said[-1]) in _PEOPLE and scene.find_entity(words) is None):
        if auth is None:
            raise UnclearError(f"{words!r} would be a person, and there are no accounts; add authentication first, or say {words} (text)")
        return scene.blueprint.entity(auth.entity)
    return None


def reads_as_field(text: str) -> bool:
    """Whether an entry is a field by its looks: its name is one that fields have, or a type or values are told."""
    text = re.sub(r"^(?:a|an|the)\s+", "", text.strip())
    if (found := _TYPED.fullmatch(text)) and TYPE_WORDS.get(found["kind"].lower()) in _LEADING:
        return True
    note = field_note(text, 0)
    return note is not None and bool(note.type or note.values or is_attribute(note.name) or known_type(note.name))


def _flagged(note: FieldNote, flags: str) -> FieldNote:
    from msgspec.structs import replace  # noqa: PLC0415

    required = True if re.search(r"required|mandatory", flags) else False if re.search(r"optional|nullable", flags) else note.required
    return replace(note, required=required, unique=note.unique or "unique" in flags)


def _type(note: FieldNote, name: str) -> tuple[FieldType, tuple[str, ...]]:
    if note.values:
        return "enum", tuple(dict.fromkeys(value[:100] for value in note.values))
    kind = note.type or known_type(name) or ("integer" if note.min is not None and note.max is not None else "string")
    if kind == "string" and known_type(name) in {"email", "url", "text", "slug", "secret"}:
        kind = cast("FieldType", known_type(name))
    if kind == "enum":
        values = usual_values(name)
        return ("enum", values) if values else ("string", ())
    return kind, ()


def _default(note: FieldNote, kind: FieldType, values: tuple[str, ...], *, required: bool) -> str | int | float | bool | None:
    said = note.default
    if kind == "boolean":
        return None if required and said is None else str(said).lower() in {"true", "yes", "1", "on"}
    if said is None:
        return None
    return literal_default(said, kind, values)


def literal_default(said: str, kind: FieldType, values: tuple[str, ...]) -> str | int | float | bool | None:
    """A default as it was said; None when it fits no such field."""
    match kind:
        case "enum":
            return next(
                (value for value in values if value.lower() == said.lower().replace(" ", "_") or value.lower() == said.lower()), None
            )
        case "boolean":
            return said.lower() in {"true", "yes", "1", "on"}
        case "integer":
            return int(said) if re.fullmatch(r"-?\d{1,18}", said) else None
        case "float":
            return float(said) if re.fullmatch(r"-?\d{1,15}(\.\d+)?", said) else None
        case "decimal":
            return said if re.fullmatch(r"-?\d{1,15}(\.\d+)?", said) else None
        case _:
            return said


def _number(value: float | None, kind: FieldType) -> int | float | None:
    return int(value) if value is not None and (kind == "integer" or value == int(value)) else value


def type_named(words: str) -> FieldType | None:
    """The field type that words name: `an integer`, `whole numbers`, `text`."""
    text = re.sub(r"^(?:(?:a|an|the|free|plain|simple|normal|ordinary)\s+)+", "", words.strip().lower()).rstrip(".")
    if re.match(r"(?:whole|integer|natural)\s+numbers?\b|cents\b|pence\b", text):
        return "integer"
    if re.match(r"(?:date and time|date-time|moment)\b", text):
        return "datetime"
    if re.match(r"(?:yes/no|true/false|flag)\b", text):
        return "boolean"
    if re.match(r"long(?:er)? text\b|multi-?line\b", text):
        return "text"
    first = text.split()[0] if text.split() else ""
    return TYPE_WORDS.get(first) or TYPE_WORDS.get(singular(first))
