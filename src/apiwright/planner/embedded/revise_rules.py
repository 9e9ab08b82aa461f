"""Requests about the rules of a field: required, unique, length, bounds, type, default."""

import re
from collections.abc import Set
from typing import Any, Literal

from apiwright.blueprint import Entity, Field, Relation
from apiwright.blueprint.changes import AlterField, AlterRelation, ChangeUnique, Conversion
from apiwright.blueprint.changes.base import KEEP
from apiwright.planner.embedded.revise_members import literal_default, type_named
from apiwright.planner.embedded.revise_scene import Scene, UnclearError, member_name, plain

_TEXTS = frozenset({"string", "text", "email", "url", "slug", "secret"})
_NUMBERS = frozenset({"integer", "float", "decimal"})


def alter(scene: Scene, entity: Entity, field: Field, rules: dict[str, Any], how: Conversion = KEEP) -> bool:
    """Alter a field; nothing when it is so already."""
    after = Field.model_validate(field.model_dump() | rules)
    if after != field or how != KEEP:
        scene.make(AlterField(entity=entity.name, before=field, after=after, conversion=how))
    return True


def _rule(match: re.Match[str], scene: Scene) -> bool:
    """`make email optional`, `title must be unique`, `the name is no longer required`."""
    negated = bool(match["no"])
    for rule in re.split(r"\s*(?:,| and )\s*", match["rule"].lower()):
        entity, item = scene.member(match["field"])
        wanted = not negated
        if rule in {"optional", "nullable", "non-mandatory"}:
            rule, wanted = "required", negated  # noqa: PLW2901 - the opposite word
        if rule in {"required", "mandatory", "obligatory", "compulsory"}:
            require(scene, entity, item, required=wanted)
        elif rule == "unique":
            _unique(scene, entity, item, unique=wanted)
        elif isinstance(item, Field):
            alter(scene, entity, item, {"indexed": wanted})
        else:
            raise UnclearError(f"{entity.name}.{item.name} is a link; it has an index anyway.")
    return True


def require(scene: Scene, entity: Entity, item: Field | Relation, *, required: bool) -> None:
    """Make a field or a link required, or optional.

    Raises:
        UnclearError: It must be there as it is.
    """
    if isinstance(item, Relation):
        if not required and entity.owned_via == item.name:
            raise UnclearError(f"{entity.name} belongs to its {item.name}, which must be there.")
        rule = "restrict" if required and item.on_delete == "set_null" else item.on_delete
        after = item.model_copy(update={"required": required, "on_delete": rule})
        if after != item:
            scene.make(AlterRelation(entity=entity.name, before=item, after=after))
        return
    auth = scene.blueprint.auth
    if not required and auth is not None and (auth.entity, auth.login) == (entity.name, item.name):
        raise UnclearError(f"{entity.name} logs in with {item.name}, so it must be there; name another login first")
    alter(scene, entity, item, {"required": required})


def _unique(scene: Scene, entity: Entity, item: Field | Relation, *, unique: bool) -> None:
    if isinstance(item, Field):
        alter(scene, entity, item, {"unique": unique})
        return
    after = item.model_copy(update={"kind": "one_to_one" if unique else "many_to_one"})
    scene.make(AlterRelation(entity=entity.name, before=item, after=after))


def _unique_per(match: re.Match[str], scene: Scene) -> bool:
    """`the name of a tag is unique per owner`."""
    entity, item = scene.member(match["field"])
    other = next((relation for relation in entity.relations if relation.name == member_name(match["per"])), None)
    if other is None:
        target = scene.entity(match["per"])
        other = next(
            (relation for relation in entity.relations if relation.target == target.name and relation.kind != "many_to_many"), None
        )
    if other is None:
        raise UnclearError(f"{entity.name} has no link to {plain(match['per'])!r}.")
    group = (other.name, item.name)
    if isinstance(item, Field) and item.unique:
        alter(scene, entity, item, {"unique": False})
    _together(scene, entity, group)
    return True


def _not_at_once(match: re.Match[str], scene: Scene) -> bool:
    """`no two appointments of a doctor at the same time`: by when they begin, since nothing says when they end."""
    entity, other = scene.entity(match["one"]), scene.entity(match["per"])
    links = [relation for relation in entity.relations if relation.target == other.name and relation.kind != "many_to_many"]
    moments = [
        field for field in entity.fields if field.type in ({"date"} if match["when"].lower() in {"date", "day"} else {"datetime", "time"})
    ]
    starts = [field for field in moments if re.match(r"(?:start|begin|scheduled|time|from)", field.name)] or moments
    if len(links) != 1 or len(starts) != 1:
        raise UnclearError(f"It is not clear which link and which moment of {entity.name} are meant; say what is unique per what.")
    _together(scene, entity, (links[0].name, starts[0].name))
    return True


def _together(scene: Scene, entity: Entity, group: tuple[str, ...]) -> None:
    if set(group) not in [set(known) for known in entity.unique_together]:
        before = entity.unique_together
        scene.make(ChangeUnique(entity=entity.name, before=before, after=(*before, group)))


def _type(match: re.Match[str], scene: Scene) -> bool:
    """`price should be an integer number of cents`, `change the type of code to text`."""
    kind = type_named(match["kind"])
    if kind is None or kind == "enum":
        return False
    found = scene.find_field(match["field"])
    entity, field = found or scene.field(match["field"])
    how = KEEP
    if (
        kind == "integer"
        and field.type in {"decimal", "float"}
        and re.search(r"\b(?:cents?|pence|pennies|minor units?)\b", match["kind"] + (match["rest"] or ""))
    ):
        how = Conversion(factor=10 ** (field.scale if field.scale is not None else 2))
    return alter(scene, entity, field, {**retyped(field, kind, factor=how.factor)}, how)


def retyped(field: Field, kind: str, *, factor: float | None = None) -> dict[str, Any]:
    """The rules of a field under another type: what means nothing there is dropped."""
    rules: dict[str, Any] = {"type": kind}
    if kind not in _NUMBERS or field.type not in _NUMBERS:
        rules |= {"min": None, "max": None}
    elif factor is not None:
        rules |= {name: None if getattr(field, name) is None else int(getattr(field, name) * factor) for name in ("min", "max")}
    if kind != "decimal":
        rules |= {"precision": None, "scale": None}
    if kind not in _TEXTS:
        rules |= {"min_length": None, "max_length": None, "pattern": None}
    elif kind in {"email", "url"} or field.type not in _TEXTS:
        rules |= {"pattern": None, "max_length": None}
    rules |= {"values": ()} if kind != "enum" else {}
    rules |= {"default": None} if kind != field.type else {}
    rules |= {"unique": False} if kind in {"json", "secret", "boolean", "text"} else {}
    rules |= {"indexed": False} if kind in {"json", "secret", "text"} else {}
    return rules


def _length(match: re.Match[str], scene: Scene) -> bool:
    entity, field = scene.find_field(match["field"]) or _main(scene, match["field"], {"text"}) or scene.field(match["field"])
    if field.type not in _TEXTS:
        raise UnclearError(f"{entity.name}.{field.name} is no text.")
    low, high = match["low"] or match.groupdict().get("low2"), match["high"]
    least = bool(re.search(r"at least|min", match[0], re.IGNORECASE)) and low is None
    rules: dict[str, Any] = {"min_length": int(high)} if least else {"max_length": int(high)}
    return alter(scene, entity, field, {**rules, **({"min_length": int(low)} if low else {})})


def _bounds(match: re.Match[str], scene: Scene) -> bool:
    entity, field = scene.field(match["field"])
    if field.type not in _NUMBERS:
        raise UnclearError(f"{entity.name}.{field.name} is no number.")

    def number(text: str) -> int | float:
        return int(text) if re.fullmatch(r"-?\d+", text) else float(text)

    if match["low"]:
        return alter(scene, entity, field, {"min": number(match["low"]), "max": number(match["high"])})
    side: Literal["min", "max"] = (
        "min" if re.search(r"at least|not be (?:less|lower|below)|minimum|>=|not be negative", match[0], re.IGNORECASE) else "max"
    )
    return alter(scene, entity, field, {side: number(match["one"])})


def _main(scene: Scene, words: str, kinds: Set[str]) -> tuple[Entity, Field] | None:
    """The one field of such a type that an entity has, where it is the entity that is named: comments have 500 characters, a stock a number."""
    entity = scene.find_entity(words)
    found = [field for field in entity.fields if field.type in kinds] if entity else []
    return (scene.entity(words), found[0]) if len(found) == 1 else None


def _not_negative(match: re.Match[str], scene: Scene) -> bool:
    entity, field = scene.find_field(match["field"]) or _main(scene, match["field"], _NUMBERS) or scene.field(match["field"])
    return field.type in _NUMBERS and alter(scene, entity, field, {"min": 0})


def _not_empty(match: re.Match[str], scene: Scene) -> bool:
    """`the title must not be empty`: a text that is there has a character, too."""
    entity, item = scene.member(match["field"])
    if isinstance(item, Relation) or item.type not in _TEXTS - {"email", "url", "slug"}:
        require(scene, entity, item, required=True)
        return True
    return alter(scene, entity, item, {"required": True, "min_length": max(1, item.min_length or 0)})


def _default(match: re.Match[str], scene: Scene) -> bool:
    entity, field = scene.field(match.groupdict().get("field") or "it")
    said = match["value"].strip(" \"'`.")
    value = None if said.lower() in {"nothing", "none", "null", "empty"} else literal_default(said, field.type, field.values)
    if value is None and said.lower() not in {"nothing", "none", "null", "empty"}:
        raise UnclearError(f"{said!r} can be no default of {field.name} ({field.type}).")
    return alter(scene, entity, field, {"default": value})


def _required_by_default(match: re.Match[str], scene: Scene) -> bool:
    """`make the priority required with default 3`: what is not sent is 3, and what is missing becomes so."""
    entity, field = scene.field(match["field"])
    said = match["value"].strip(" \"'`.")
    value = literal_default(said, field.type, field.values)
    if value is None:
        raise UnclearError(f"{said!r} can be no default of {field.name} ({field.type}).")
    return alter(scene, entity, field, {"required": True, "default": value})


def _limited(match: re.Match[str], scene: Scene) -> bool:
    """`the title has a maximum length of 80`."""
    entity, field = scene.field(match["field"])
    if field.type not in _TEXTS:
        raise UnclearError(f"{entity.name}.{field.name} is no text.")
    side = "min_length" if match["side"].lower().startswith("min") else "max_length"
    return alter(scene, entity, field, {side: int(match["length"])})


def _indexed(match: re.Match[str], scene: Scene) -> bool:
    """`add an index on the due date`, `put a unique constraint on title`."""
    entity, item = scene.member(match["field"])
    if match["kind"]:
        _unique(scene, entity, item, unique=True)
    elif isinstance(item, Field):
        alter(scene, entity, item, {"indexed": True})
    else:
        raise UnclearError(f"{entity.name}.{item.name} is a link; it has an index anyway.")
    return True


def _not(match: re.Match[str], scene: Scene) -> bool:
    """`email is not required`."""
    again = re.compile(r"make (?P<field>.+) (?P<no>not) (?P<rule>\w+)").fullmatch(f"make {match['field']} not {match['rule']}")
    return again is not None and _rule(again, scene)


def _must(match: re.Match[str], scene: Scene) -> bool:
    """`the title must be unique`; a second `not` is somebody else's sentence."""
    return not match["no2"] and _rule(match, scene)


_I = re.IGNORECASE
_F = r"(?:the |a |an )?(?P<field>[\w\-.' \u2019]+?)"
_MUST = r"(?:should|must|has to|have to|needs? to|shall|will|can|may|is|are|becomes?|ought to)"
_RULES = r"(?:optional|required|mandatory|obligatory|unique|indexed|nullable|compulsory)"
FIELD_RULES = (
    (re.compile(rf"(?:make|set|mark)\s+{_F}\s+(?:as )?(?:required|mandatory)(?:,? (?:with|and)(?: give it| has| set)?|,) ?(?:an? |the |its )?default(?:s| it)?(?: value)?(?: of| to|:)?\s+(?:to )?(?P<value>\S+|\"[^\"]*\"|'[^']*')", _I), _required_by_default),
    (re.compile(rf"(?:(?:set|change|make|let) )?(?:the )?default (?:value )?(?:(?:of|for) )?{_F} (?:to|is|be|should be|must be|becomes|=|:) (?P<value>[\w\-.\"'`]+)(?: (?:minutes|hours|days|seconds|cents|characters|percent))?", _I), _default),
    (re.compile(rf"(?:(?:limit|set|restrict|increase|raise|reduce|lower|change|extend|shorten) )?(?:the )?(?P<side>max|min)(?:imum|imal)?(?: length)? (?:length )?(?:of|for) {_F} (?:to|is|should be|=|:)\s*(?P<length>\d+)(?: (?:characters|chars|letters))?", _I), _limited),
    (re.compile(rf"{_F}\s+(?:(?:should|must|needs? to) )?(?:have |has |with )?(?:an? )?(?P<side>max|min)(?:imum|imal)? length (?:of |is |should be |= ?|: ?)?(?P<length>\d+)(?: (?:characters|chars|letters))?", _I), _limited),
    (re.compile(rf"{_F}\s+(?P<side>max|min)(?:imum)? (?:of )?(?P<length>\d+) (?:characters|chars|letters)(?: long)?", _I), _limited),
    (re.compile(rf"(?:add|create|put|set|we need)\s+(?:an? )?(?:(?P<kind>unique(?:ness)?) )?(?:index|constraint)\s+(?:on|to|for)\s+{_F}", _I), _indexed),
    (re.compile(rf"{_F}\s+(?:(?:must|should|may|can)(?:n't| not)|cannot|can't) be (?:left )?(?:empty|blank|missing|null)", _I), _not_empty),
    (re.compile(rf"(?:make )?{_F}\s+(?:(?:should be|must be|is|are|needs? to be|has to be|have to be)\s+)?unique\s+(?:per|within|for each|in each|among (?:the )?\w+ of (?:a|an|each|one))\s+(?:a |an |the )?(?P<per>[\w ]+)", _I), _unique_per),
    (re.compile(r"no two (?P<one>[\w ]+?) (?:of|for|with|by|in) (?:a|an|the|the same|one|each) (?P<per>[\w ]+?) (?:(?:can|may|should|must) )?(?:(?:be|start|begin|happen|overlap|take place) )?(?:at|on|in) the same (?P<when>time|date|day|slot|hour)", _I), _not_at_once),
    (re.compile(r"(?:an?|the|each|every|one) (?P<per>[\w ]+?) (?:cannot|can't|can not|must not|may not|should not) have (?:two|more than one|several|multiple) (?P<one>[\w ]+?) (?:at|on|in) the same (?P<when>time|date|day|slot|hour)", _I), _not_at_once),
    (re.compile(rf"(?:make|mark|set|turn)\s+{_F}\s+(?P<no>not |no longer |non-?)?(?:as |to be |into )?(?P<rule>{_RULES}(?:\s*(?:,| and )\s*{_RULES})*)(?: again)?", _I), _rule),
    (re.compile(rf"{_F}\s+{_MUST}\s+(?P<no>not |no longer |never |n't )?(?:be )?(?P<no2>not )?(?P<rule>{_RULES}(?:\s*(?:,| and )\s*{_RULES})*)(?: again| any ?more)?", _I), _must),
    (re.compile(rf"{_F}\s+(?:need not|needn't|does not need to|doesn't need to|does not have to|doesn't have to|do not have to|is not|isn't|are not|should not|shouldn't)\s+(?:to )?(?:be )?(?P<rule>{_RULES})(?P<no>)(?: any ?more)?", _I), _not),
    (re.compile(rf"(?:limit|cap|restrict|shorten|extend|allow)\s+{_F}\s+(?:to|at|up to)\s+(?:at most |up to )?(?P<low>)(?P<high>\d+)\s*(?:characters|chars|letters)(?: long)?", _I), _length),
    (re.compile(rf"{_F}\s+{_MUST}\s+(?:be |have |only be |only have )?(?:(?P<low>\d+)\s*(?:-|to|and)\s*|between (?P<low2>\d+) and )?(?:up to|at most|at least|no more than|no longer than|a maximum of|a minimum of|max(?:imum)?|min(?:imum)?|not be longer than|(?:limited|restricted|capped) (?:to|at))?\s*(?P<high>\d+)\s*(?:characters|chars|letters)(?: long)?", _I), _length),
    (re.compile(rf"{_F}\s+(?:{_MUST}\s+)?(?:be |only be |go |goes |lie |range |ranges )?(?:between|from)\s+(?P<low>-?\d+(?:\.\d+)?)\s+(?:and|to)\s+(?P<high>-?\d+(?:\.\d+)?)(?P<one>)", _I), _bounds),
    (re.compile(rf"{_F}\s+{_MUST}\s+(?:not be (?:less|lower|below|more|greater|higher|above)(?: than)?|be at (?:least|most)|be (?:a )?(?:minimum|maximum)(?: of)?|(?:be|go) up to)\s+(?P<one>-?\d+(?:\.\d+)?)(?P<low>)(?P<high>)", _I), _bounds),
    (re.compile(rf"{_F}\s+(?:(?:must|should|can|may)\s*(?:not|never) (?:be|go|get|become)|(?:cannot|can't|mustn't|shouldn't) (?:be|go|get|become)) (?:negative|below (?:zero|0)|less than (?:zero|0))", _I), _not_negative),
    (re.compile(rf"(?:change|convert|turn|switch)\s+(?:the )?(?:type of )?{_F}(?:'s type)?\s+(?:in)?to\s+(?P<kind>(?:an? )?[\w/\- ]+?)(?P<rest>(?: (?:in|of|number of) .*)?)", _I), _type),
    (re.compile(rf"{_F}\s+{_MUST}\s+(?:be |be stored as |become )?(?:stored as |kept as )?(?P<kind>(?:an? )?(?:date and time|yes or no|true or false|(?:plain |simple |free )?text|(?:whole |integer |decimal |long )?[\w/\-]+))(?P<rest>(?: (?:in|of|number of|field|value|amount).*| numbers?.*)?)", _I), _type),
    (re.compile(rf"(?:make|store|keep|save|treat)\s+{_F}\s+(?:as |in )?(?P<kind>(?:an? )?(?:date and time|yes or no|true or false|(?:plain |simple |free )?text|(?:whole |integer |decimal |long )?[\w/\-]+))(?P<rest>(?: (?:in|of|number of|field|value|amount).*| numbers?.*)?)(?: instead.*)?", _I), _type),
    (re.compile(r"[\"'`]?(?P<value>[\w\-]+)[\"'`]? (?:is|should be|being) the default(?: value| one)?", _I), _default),
    (re.compile(rf"{_F}\s+(?:should |must |to )?defaults? to\s+(?P<value>.+)", _I), _default),
    (re.compile(rf"{_F}\s+(?:is|should be)\s+(?P<value>\S+) by default", _I), _default),
    (re.compile(rf"(?:set|change|make)\s+the default (?:value )?(?:of|for)\s+{_F}\s+(?:to|be)\s+(?P<value>.+)", _I), _default),
)  # fmt: skip
