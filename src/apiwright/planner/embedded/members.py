"""Fields: those that the prompt states, and those that the catalogue adds where it states none."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from apiwright.blueprint import Field, FieldType, Origin, Relation
from apiwright.kit.casing import snake, words_of
from apiwright.kit.inflection import plural, singular
from apiwright.planner.embedded.attributes import known_type, usual_values
from apiwright.planner.embedded.decision import Decision
from apiwright.planner.embedded.drafts import RESERVED, Draft, EntityDraft, because
from apiwright.planner.embedded.fieldspec import FieldNote
from apiwright.planner.embedded.member_targets import somebody, target_of
from apiwright.planner.embedded.notes import Notes, Span
from apiwright.planner.embedded.patterns import Pattern
from apiwright.planner.embedded.people import sounds_human
from apiwright.planner.embedded.words import word_list

_SPEC = Pattern(r"^(?P<name>[a-z][a-z0-9_]*)(?P<required>!?)(?P<unique>\*?)(?::(?P<type>[a-z]+))?(?:\{(?P<values>[^}]*)\})?(?P<rest>.*)$")
_SEVERAL = frozenset({"has_many", "many_to_many"})
_ENTITYLIKE = frozenset({"json", "text"})
_ENDS = {
    "start": ("end", "finish"),
    "begin": ("end",),
    "entry": ("exit",),
    "opening": ("closing",),
    "arrival": ("departure",),
    "pickup": ("return",),
}
_KNOWN_LATER = frozenset({"result", "outcome", "verdict", "score", "grade"})
_TITLES = ("name", "title", "subject", "label")
MOST_FIELDS = 80


def catalogue_fields(text: str, entity: str) -> list[Field]:
    """The fields that an entry of the catalogue lists."""
    found: list[Field] = []
    for spec in text.split():
        match = _SPEC.match(spec)
        if match is None:
            raise ValueError(f"not a field of the catalogue: {spec}")
        values = tuple(value for value in (match["values"] or "").split(",") if value)
        kind: FieldType = "enum" if values else match["type"] or known_type(match["name"]) or "string"  # type: ignore[assignment]
        if kind == "enum" and not values:
            values = usual_values(match["name"])
            kind = "enum" if values else "string"
        rest = match["rest"]
        least = re.search(r">=(\d+)", rest)
        most = re.search(r"<=(\d+)", rest)
        length = re.search(r"<(\d+)", rest)
        found.append(
            Field(
                name=match["name"], type=kind, required=bool(match["required"]), unique=bool(match["unique"]), values=values,
                default=_catalogue_default(rest, kind, values),
                min=int(least[1]) if least else None, max=int(most[1]) if most else None,
                max_length=int(length[1]) if length else 200 if kind == "string" else None,
                origin=because(f"{entity} usually has it.", kind="catalogue"),
            )
        )  # fmt: skip
    return found


def _catalogue_default(rest: str, kind: FieldType, values: tuple[str, ...]) -> str | int | bool | None:
    if found := re.search(r"(?<![<>])=(\w+)", rest):
        return found[1] == "true" if kind == "boolean" else int(found[1]) if kind == "integer" else found[1]
    if kind == "boolean":
        return False
    return values[0] if kind == "enum" else None


def add_stated(draft: Draft, decision: Decision, notes: Notes) -> None:
    """Adds what the prompt states; a field that names another entity becomes a relation to it, unless it is told to have several."""
    several = {(decision.resolve(item.source), decision.resolve(item.target)) for item in notes.relations if item.word in _SEVERAL}
    for concept, note in _with_heads(notes.fields):
        owner = decision.resolve(concept) or (draft.account if concept == "User" else None)
        entity = draft.entities.get(owner or "")
        if entity is None or len(entity.fields) >= MOST_FIELDS:
            continue
        name = field_name(entity, note.name)
        if name in {"id", "_id"} or note.primary:
            entity.stated_fields = True
            continue
        entity.stated_fields = entity.stated_fields or not note.passing
        target = somebody(draft, entity) if note.refers == "who" else target_of(draft, decision, entity, note, name)
        if target is not None and (entity.name, target) in several:
            continue
        if target is not None:
            _relate(draft, entity, note, name, target)
        elif name not in RESERVED and name.replace("_", "") not in {"createdat", "updatedat"}:
            put(draft, entity, note, name)


def _with_heads(notes: list[tuple[str, FieldNote]]) -> Iterator[tuple[str, FieldNote]]:
    """`start and end time` are a start time and an end time, however the two were read."""
    told = {(owner, note.name) for owner, note in notes}
    for owner, note in notes:
        heads = [head for other in _ENDS.get(note.name, ()) for head in ("time", "date") if (owner, f"{other}_{head}") in told]
        yield owner, replace(note, name=f"{note.name}_{heads[0]}") if heads and note.type is None else note


def field_name(entity: EntityDraft, name: str) -> str:
    """The name of a member, without the name of its entity: `book_title` of Book is `title`; `order_date` of Order stays."""
    prefix = snake(entity.name) + "_"
    rest = name.removeprefix(prefix)
    return (
        rest
        if rest != name and rest in {"title", "name", "description", "price", "status", "email", "content", "type"}
        else name[:48].strip("_")
    )


def _relate(draft: Draft, entity: EntityDraft, note: FieldNote, name: str, target: str) -> None:
    base = name.removesuffix("_ids").removesuffix("_id")[:44].strip("_")
    if not note.refers and base.split("_")[0] in {"last", "latest", "newest"}:
        return  # the last reading of a meter is one of its readings
    many = note.many or (singular(base) != base and not note.refers)
    if many and entity.leads_to(target):
        return
    origin = draft.said(Span(note.start, note.end))
    if many:
        backwards = draft.entities[target]
        part = backwards.entry is not None and "shared" not in backwards.entry.flags
        if part and (backwards.leads_to(entity.name) or _part_of(backwards, entity)):
            return
        if backwards.entry is None:
            if not backwards.leads_to(entity.name):
                backwards.add_relation(
                    Relation(name=snake(entity.name), target=entity.name, required=True, on_delete="cascade", origin=origin)
                )
            return
        entity.add_relation(Relation(name=plural(singular(base)), kind="many_to_many", target=target, origin=origin))
        return
    required = note.required is not False and target != entity.name and base.split("_")[-1] not in word_list("later")
    entity.add_relation(
        Relation(name=base, target=target, required=required, on_delete="restrict" if required else "set_null", origin=origin)
    )


def _part_of(part: EntityDraft, whole: EntityDraft) -> bool:
    return part.entry is not None and whole.entry is not None and f":{whole.entry.name}!" in part.entry.relations


def put(draft: Draft, entity: EntityDraft, note: FieldNote, name: str) -> None:
    """Adds a member that the prompt states, with the type and the limits that it tells."""
    kind, values = _type(entity, note, name)
    if name in {"position", "order"} and kind == "string" and note.type is None and not (entity.entry and "person" in entity.entry.flags):
        kind = "integer"
    before = entity.fields.get(name)
    origin = draft.said(Span(note.start, note.end))
    if before is not None and before.origin.kind == "prompt" and not (note.type or note.values):
        return
    if not entity.free(name) and before is None:
        return
    required = note.required if note.required is not None else _needed(entity, note, name, kind)
    default: str | int | bool | None = None
    if kind == "boolean":
        default = note.default in {"true", "yes", "1"} if note.default else False
        required = False
    elif kind == "enum":
        told = (note.default or "").lower()
        open_yet = note.required or name in _KNOWN_LATER
        default = next((value for value in values if value.lower() == told), None) or (None if open_yet else values[0])
        required = bool(note.required) and default is None
    elif kind == "integer" and note.default and note.default.lstrip("-").isdigit():
        default = int(note.default)
    numeric = kind in {"integer", "float", "decimal"}
    low, high = (note.min, note.max) if numeric else (None, None)
    if low is not None and high is not None and low > high:
        low = high = None
    if (
        isinstance(default, int)
        and not isinstance(default, bool)
        and ((low is not None and default < low) or (high is not None and default > high))
    ):
        default = None
    textual = kind in {"string", "text", "email", "url", "slug", "secret"}
    longest = note.max_length if textual and note.max_length else 200 if kind == "string" else None
    shortest = note.min_length if textual and note.min_length and (longest is None or note.min_length <= longest) else None
    entity.fields[name] = Field(
        name=name, type=kind, required=required, unique=note.unique or (name in {"isbn", "sku", "slug"} and kind != "enum"),
        values=values, default=default, min=_number(low, kind), max=_number(high, kind),
        max_length=longest, min_length=shortest, origin=origin,
    )  # fmt: skip


def _number(value: float | None, kind: FieldType) -> int | float | None:
    return int(value) if value is not None and (kind == "integer" or value == int(value)) else value


def _type(entity: EntityDraft, note: FieldNote, name: str) -> tuple[FieldType, tuple[str, ...]]:
    if note.values:
        return "enum", tuple(dict.fromkeys(value[:100] for value in note.values))
    known = known_type(name)
    kind = note.type
    if kind is None:
        kind = known or (
            "json" if singular(name) != name and known_type(singular(name)) is None and note.many and name.endswith("s") else "string"
        )
        if note.min is not None and note.max is not None and kind in {"string", "text", "enum"}:
            kind = "integer"
    elif (kind == "string" and known in {"email", "url", "text", "slug", "secret"}) or (
        kind == "float" and known in {"integer", "decimal"}
    ):
        kind = known
    if kind == "enum":
        known_here = catalogue_fields(entity.entry.fields, entity.name) if entity.entry is not None else []
        values = next((item.values for item in known_here if item.name == name and item.values), ()) or usual_values(name)
        return ("enum", values) if values else ("string", ())
    return kind, ()


def _needed(entity: EntityDraft, note: FieldNote, name: str, kind: FieldType) -> bool:
    if name in _TITLES or (kind == "email" and entity.entry is not None and "account" in entity.entry.flags):
        return True
    return (
        name in {"price", "amount", "content", "quantity", "code", "first_name", "last_name", "start_date", "start_time"}
        and note.default is None
    )


def loosen(entity: EntityDraft, optional: set[str]) -> None:
    """Makes members optional that the prompt says need not be there."""
    for name in optional & entity.fields.keys():
        entity.fields[name] = entity.fields[name].model_copy(update={"required": False})


def add_usual(entity: EntityDraft, denied: set[str]) -> None:
    """Adds the catalogue's fields where the prompt states none; where it states some, only what no row can do without."""
    if entity.stated_fields and not entity.fields and len(entity.relations) == 1:
        entity.stated_fields = False  # only whose it is was told
    if entity.entry is not None and not entity.stated_fields:
        for item in catalogue_fields(entity.entry.fields, entity.name):
            if entity.free(item.name) and item.name not in entity.fields | dict.fromkeys(denied):
                entity.fields[item.name] = item
    if not entity.fields.keys() - {"type", "kind", "status"} and not entity.stated_fields and entity.entry is None:
        if len({item.target for item in entity.relations.values() if item.kind == "many_to_one" and item.required}) > 1:
            return
        origin: Origin = because("A thing needs a name.")
        entity.fields["name"] = Field(name="name", type="string", required=True, max_length=200, origin=origin)
        if (
            "description" not in denied
            and not sounds_human(entity.name)
            and words_of(entity.name)[-1] not in word_list("kinds") | word_list("crowd")
        ):
            entity.fields["description"] = Field(name="description", type="text", origin=because("A thing is described."))
