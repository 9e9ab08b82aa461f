"""Requests about the values of an enum: one more, one less, another name, exactly these."""

import re

from apiwright.blueprint import Field
from apiwright.blueprint.changes import AlterField, AlterTransition, Conversion
from apiwright.blueprint.changes.base import KEEP
from apiwright.planner.embedded.qualifiers import enum_values
from apiwright.planner.embedded.revise_rules import alter, retyped
from apiwright.planner.embedded.revise_scene import Scene, SettledError, UnclearError


def _add_value(match: re.Match[str], scene: Scene) -> bool:
    """`status can also be archived`, `add archived to the status of posts`."""
    found = scene.find_field(match["field"])
    if found is None or found[1].type != "enum":
        return False
    entity, field = found
    said = re.sub(r"(?<=[\"'`]) (?:values?|status(?:es)?|states?|options?|choices?)$", "", match["values"].strip())
    new = [_value(item, field) for item in re.split(r"\s*(?:,(?: and)?| and | or )\s*", said) if item.strip()]
    if any(re.search(r"[^\w\- ]", value) for value in new):
        raise UnclearError(f"{said} do not read as values.")
    added = tuple(value for value in new if value not in field.values)
    if not added:
        raise SettledError(f"{entity.name}.{field.name} has that value already")
    return alter(scene, entity, field, {"values": (*field.values, *added)})


def _add_state(match: re.Match[str], scene: Scene) -> bool:
    """`add an "archived" status to posts`: a value of the list of that name that they have."""
    if match["of"] is None:
        again = _ADD.fullmatch(f"add {match['values']} to {match['kind']}")
        return again is not None and _add_value(again, scene)
    entity = scene.find_entity(match["of"])
    names = [field.name for field in entity.fields if field.type == "enum" and field.name.endswith(match["kind"].lower())] if entity else []
    again = _ADD.fullmatch(f"add {match['values']} to {names[0]} of {match['of']}") if len(names) == 1 else None
    return again is not None and _add_value(again, scene)


def _values(match: re.Match[str], scene: Scene) -> bool:
    """`status is one of open, closed`: exactly these."""
    values = enum_values(match["values"], told=True)
    entity, field = scene.field(match["field"])
    free = field.type == "string" and (len(values) > 2 or match.groupdict().get("loose") is None)
    if not values or not (field.type == "enum" or free or " instead" in match[0] or match.groupdict().get("chosen")):
        return False
    default = field.default if field.default in values else None
    rules = retyped(field, "enum") if field.type != "enum" else {}
    return alter(scene, entity, field, {**(rules | {"values": values, "default": default, "required": field.required})})


def _drop_value(match: re.Match[str], scene: Scene) -> bool:
    found = scene.find_field(match["field"])
    if found is None or found[1].type != "enum":
        return False
    entity, field = found
    value = _value(match["value"], field)
    if value not in field.values:
        raise UnclearError(f"{field.name} has no value {value!r}.")
    left = tuple(item for item in field.values if item != value)
    using = [move.name for move in entity.transitions if move.field == field.name and value in {move.target, *move.sources}]
    if using or not left:
        raise UnclearError(f"{value!r} is needed by {', '.join(using)}." if using else "An enum needs a value.")
    how = Conversion(replace=((value, _value(match["to"], field)),)) if match["to"] else KEEP
    return alter(scene, entity, field, {"values": left, "default": None if field.default == value else field.default}, how)


def _instead(match: re.Match[str], scene: Scene) -> bool:
    """`remove the no-show status and turn those into cancelled`, `drop the status open, use new`."""
    again = f"drop {match['value']} from {match['field']}" + (f" and turn those into {match['to']}" if match["to"] else "")
    said = _DROP.fullmatch(again)
    found = scene.find_field(match["field"])
    if said is None or found is None or found[1].type != "enum" or _value(match["value"], found[1]) not in found[1].values:
        return False
    return _drop_value(said, scene)


def _rename_value(match: re.Match[str], scene: Scene) -> bool:
    """`rename the status open to todo`."""
    found = scene.find_field(match["field"])
    if found is None or found[1].type != "enum":
        return False
    entity, field = found
    old = _value(match["value"], field)
    if old not in field.values:
        return False
    new = _spelt(match["to"], field)
    if new in field.values:
        raise UnclearError(f"{field.name} has the value {new!r} already.")

    def follow(value: str) -> str:
        return new if value == old else value

    moves = [move for move in entity.transitions if move.field == field.name and old in {move.target, *move.sources}]
    after = field.model_copy(
        update={
            "values": tuple(follow(value) for value in field.values),
            "default": follow(field.default) if isinstance(field.default, str) else field.default,
        }
    )
    scene.make(AlterField(entity=entity.name, before=field, after=after, conversion=Conversion(replace=((old, new),))))
    for move in moves:
        moved = move.model_copy(update={"sources": tuple(follow(value) for value in move.sources), "target": follow(move.target)})
        scene.make(AlterTransition(entity=entity.name, before=move, after=moved))
    return True


def _value(words: str, field: Field) -> str:
    """A value as the field spells it, or as it would be spelt."""
    text = words.strip(" \"'`.")
    same = [value for value in field.values if value.lower().replace("_", " ") == text.lower().replace("_", " ")]
    return same[0] if same else _spelt(words, field)


def _spelt(words: str, field: Field) -> str:
    text = re.sub(r"^(?:the |a |an )", "", words.strip(" \"'`."))
    return "_".join(text.lower().split()) if all(value == value.lower() for value in field.values) else text


_I = re.IGNORECASE
_F = r"(?:the |a |an )?(?P<field>[\w\-.' \u2019]+?)"
_MUST = r"(?:should|must|has to|have to|needs? to|shall|will|can|may|is|are|becomes?|ought to)"
_THEN = r"(?:,? (?:and )?(?:(?:turn|make|move|convert|change) (?:it|them|those|these)(?: (?:in)?to)?|use|replace (?:it|them|those) (?:with|by)) [\"'`]?(?P<to>[\w\-]+)[\"'`]?)?"
_DROP = re.compile(
    r"(?:remove|drop|delete)\s+(?:the )?(?:value |status |state |option )?[\"'`]?(?P<value>[\w\-]+)[\"'`]?\s+from\s+(?:the )?(?:values of )?(?P<field>[\w\-' ]+?)(?:,? (?:and )?(?:turn|make|move) (?:it|them|those) (?:in)?to [\"'`]?(?P<to>[\w\-]+)[\"'`]?)?",
    _I,
)
_ADD = re.compile(r"add\s+(?:a |an |the )?(?:new )?(?:values? |status(?:es)? |states? |options? |choices? )?[\"'`]?(?P<values>[\w\-, \"'`]+?)[\"'`]?\s+(?:to|as an? (?:value|option) (?:of|for))\s+(?:the |a )?(?P<field>[\w\-' ]+)", _I)  # fmt: skip
VALUES = (
    (re.compile(r"(?:rename|change)\s+(?:the )?(?P<field>[\w ]+?)\s+(?:value\s+)?[\"'`]?(?P<value>[\w\-]+)[\"'`]?\s+(?:to|into)\s+[\"'`]?(?P<to>[\w\- ]+?)[\"'`]?", _I), _rename_value),
    (re.compile(r"(?:rename|change)\s+(?:the )?[\"'`]?(?P<value>[\w\-]+)[\"'`]?\s+(?:to|into)\s+[\"'`]?(?P<to>[\w\-]+)[\"'`]?\s+(?:in|of|for|on)\s+(?:the )?(?P<field>[\w' ]+)", _I), _rename_value),
    (re.compile(rf"{_F}\s+(?:can|may|should|could)\s+also\s+(?:be|have|allow|take|accept)\s+(?:the values? )?(?P<values>[\w\-\"'`, ]+)", _I), _add_value),
    (re.compile(r"add\s+(?:an? |the )?(?:new )?[\"'`]?(?P<values>[\w\-]+)[\"'`]? (?P<kind>status|state|stage)\s+(?:to|for)\s+(?:the |all )?(?P<of>[\w\- ]+)", _I), _add_state),
    (re.compile(r"add\s+[\"'`]?(?P<values>[\w\- ]+?)[\"'`]? as (?:an? |another |a new |one more )(?P<kind>status|state|stage)(?: (?:of|for|to) (?:the |all )?(?P<of>[\w\- ]+))?", _I), _add_state),
    (_ADD, _add_value),
    (re.compile(rf"{_F}\s+(?:also )?(?:needs?|gets?|has|have|should have|should get|can have)\s+(?:(?:a|an|one|two|three|four|some|several|\d) )?(?:more|new|additional|extra|further|other|another) (?:values?|status(?:es)?|states?|options?|choices?)\s*[:,]?\s+(?P<values>[\w\-\"'`, ]+)", _I), _add_value),
    (re.compile(r"add\s+(?:(?:a|an|one|two|three|four|some|several|\d) )?(?:more |new |additional |extra |further |another )*(?:values?|status(?:es)?|states?|options?|choices?) to (?:the |a )?(?P<field>[\w\-' ]+?)\s*:\s*(?P<values>[\w\-\"'`, ]+)", _I), _add_value),
    (_DROP, _drop_value),
    (re.compile(rf"(?:remove|drop|delete)\s+(?:the )?(?P<field>[\w ]+?)\s+(?:value )?[\"'`]?(?P<value>[\w\-]+)[\"'`]?{_THEN}", _I), _instead),
    (re.compile(rf"(?:remove|drop|delete)\s+(?:the )?(?:value )?[\"'`]?(?P<value>[\w\-]+)[\"'`]?\s+(?P<field>[\w ]+?)(?: value| option)?{_THEN}", _I), _instead),
    (re.compile(rf"{_F}\s+(?:{_MUST}\s+)?(?:be )?(?:only )?(?:one of|either)\s+(?P<values>.+)", _I), _values),
    (re.compile(rf"(?P<chosen>change|convert|turn|make|switch)\s+(?:the )?{_F}\s+(?:(?:in)?to\s+)?(?:an? )?(?:enum|choice|list|selection)(?: (?:of|with|between))?(?: the)?(?: values?)?\s*[:(]?\s*(?P<values>.+?)\)?", _I), _values),
    (re.compile(rf"(?P<chosen>change|convert|turn|switch)\s+(?:the )?{_F}\s+(?:in)?to\s+(?:be )?(?:one of |either )?(?P<values>[\w\-]+(?:(?:/|, ?(?:or |and )?| or )[\w\-]+)+)", _I), _values),
    (re.compile(rf"{_F}\s+(?:should|must|can|may) (?:only )?be (?P<values>[\w\- \"'`]+(?:, ?[\w\- \"'`]+)*?,? or [\w\-\"'`]+)(?P<loose>)(?: instead.*)?", _I), _values),
)  # fmt: skip
