"""Between blueprints and text: YAML, JSON, Mermaid, and the published JSON schema."""

import json
import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, cast

import yaml
from pydantic import BaseModel, ValidationError

from apiwright.blueprint.model import Auth, Blueprint
from apiwright.blueprint.shapes import shape_problems
from apiwright.blueprint.validation import validate
from apiwright.diagnostics import Diagnostic, errors_in
from apiwright.errors import BlueprintError

MAX_BYTES = 4_000_000
_DEEPEST = 100
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # the same text, in a fifth of the time
_YAML_TAG = "tag:yaml.org,2002:"
_SCALARS = {  # as in YAML 1.2: `on`, `no`, `010` and `08:30:00` stay the text that they are, and so do dates
    "bool": r"true|True|TRUE|false|False|FALSE",
    "int": r"[-+]?(?:0|[1-9][0-9_]*)",
    "float": r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    "null": r"~|null|Null|NULL|",
    "merge": r"<<",
}
_FIRST = {"bool": "tTfF", "int": "-+0123456789", "float": "-+0123456789.", "null": ["~", "n", "N", ""], "merge": "<"}
_IMPLICIT = {
    first: [(_YAML_TAG + kind, re.compile(rf"(?:{pattern})\Z")) for kind, pattern in _SCALARS.items() if first in _FIRST[kind]]
    for first in {first for starts in _FIRST.values() for first in starts}
}
_PLAIN: Any = type("PlainLoader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": _IMPLICIT})
_FAST: Any = type("FastLoader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {"yaml_implicit_resolvers": _IMPLICIT})
_YAML: Any = yaml  # whose own types are loose
_REPRESENTER, _RESOLVER = _YAML.representer.SafeRepresenter(), _YAML.resolver.Resolver()
_INTEGER = f"{_YAML_TAG}int"
_START = '`apiwright plan "..." --yaml` prints a blueprint to start from.'
_TOLD = frozenset({"kind", "type"})
_CARDINALITY = {"many_to_one": "}o--", "one_to_one": "|o--", "many_to_many": "}o--"}


def load(text: str) -> Blueprint:
    """A blueprint from YAML or JSON text that holds together.

    Raises:
        BlueprintError: With every problem found, in the text, in its shape or in its sense.
    """
    blueprint = parse(_document(text))
    problems = errors_in(validate(blueprint))
    if problems:
        raise BlueprintError(problems)
    return blueprint


def parse(document: object) -> Blueprint:
    """A blueprint from plain values. Its shape is checked, its sense is not (see `validate`).

    Raises:
        BlueprintError: With one diagnostic for each value of the wrong shape.
    """
    try:
        return Blueprint.model_validate(document)
    except ValidationError as error:
        raise BlueprintError(shape_problems(cast("list[Any]", error.errors()), document)) from error


def dump_json(blueprint: Blueprint) -> str:
    """The blueprint as indented JSON; what equals its default is left out, except what a reader always needs."""
    return json.dumps(_plain(blueprint), indent=2, ensure_ascii=False) + "\n"


def dump_yaml(blueprint: Blueprint) -> str:
    """The blueprint as YAML, as it is saved in the generated project."""
    events: list[yaml.Event] = [yaml.StreamStartEvent(), yaml.DocumentStartEvent(explicit=False)]
    _tell(_plain(blueprint), events.append)
    events += [yaml.DocumentEndEvent(explicit=False), yaml.StreamEndEvent()]
    return _YAML.emit(events, Dumper=_DUMPER, allow_unicode=True, width=110)


def dump_mermaid(blueprint: Blueprint) -> str:
    """The entities and their relations as a Mermaid `erDiagram`."""
    lines = ["erDiagram"]
    for entity in blueprint.entities:
        lines.append(f"    {entity.name} {{")
        lines += [f"        {field.type} {field.name}{' UK' if field.unique else ''}" for field in entity.fields]
        lines.append("    }")
    for entity in blueprint.entities:
        for relation in entity.relations:
            left = _CARDINALITY[relation.kind]
            right = "o{" if relation.kind == "many_to_many" else "||" if relation.required else "o|"
            lines.append(f"    {entity.name} {left}{right} {relation.target} : {relation.name}")
    return "\n".join(lines) + "\n"


def json_schema() -> dict[str, Any]:
    """The published JSON schema of a blueprint (2020-12)."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Blueprint.model_json_schema()}


def _plain(blueprint: Blueprint) -> dict[str, Any]:
    always: dict[str, Any] = {"schema_version": 1, "name": None, "title": None, "description": ""}
    always |= {"database": blueprint.database, "entities": [], "roles": [], "auth": None}
    return always | _compact(blueprint)


def _compact(model: BaseModel) -> dict[str, Any]:
    """Members that differ from their default, in the order of the model; a kind or a type is always told."""
    kept: dict[str, Any] = {}
    for name, usual in _defaults(type(model)):
        value = getattr(model, name)
        if name in _TOLD or (value is not usual and value != usual):
            kept[name] = _value(value)
    return kept


@cache
def _defaults(model: type[BaseModel]) -> tuple[tuple[str, Any], ...]:
    members = model.model_fields.items()
    return tuple((name, info.get_default(call_default_factory=True, validated_data={})) for name, info in members)


def _value(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _compact(value) | ({"entity": value.entity} if isinstance(value, Auth) else {})
    if isinstance(value, tuple):
        return [_value(item) for item in cast("tuple[Any, ...]", value)]
    return value


def _tell(value: Any, put: Callable[[yaml.Event], object]) -> None:
    """Put the events that make a value in YAML: the text of `yaml.dump`, without its graph of nodes, which takes three times as long."""
    if isinstance(value, str):
        put(_text(value))
    elif isinstance(value, dict):
        put(yaml.MappingStartEvent(None, None, implicit=True, flow_style=False))
        for name, member in cast("dict[str, Any]", value).items():
            put(_text(name))
            _tell(member, put)
        put(yaml.MappingEndEvent())
    elif isinstance(value, list):
        put(yaml.SequenceStartEvent(None, None, implicit=True, flow_style=False))
        for item in cast("list[Any]", value):
            _tell(item, put)
        put(yaml.SequenceEndEvent())
    elif type(value) is int:  # where words stand in the prompt: half of all that is told
        put(yaml.ScalarEvent(None, _INTEGER, (True, False), str(value)))
    else:
        node = _REPRESENTER.represent_data(value)
        put(yaml.ScalarEvent(None, node.tag, (True, False), node.value))


@lru_cache(maxsize=4096)
def _text(value: str) -> yaml.Event:
    """A text, in quotes where it would else be read as a number, a truth or nothing."""
    plain = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False)) == _RESOLVER.DEFAULT_SCALAR_TAG
    return yaml.ScalarEvent(None, _RESOLVER.DEFAULT_SCALAR_TAG, (plain, True), value)


def _document(text: str) -> object:
    if len(text) > MAX_BYTES:
        raise BlueprintError([Diagnostic(code="blueprint-too-large", message=f"A blueprint may have up to {MAX_BYTES:,} characters.")])
    try:
        return json.loads(text) if text.lstrip().startswith("{") else _from_yaml(text)
    except RecursionError as error:
        raise _unreadable("It is nested too deeply.", None, "Nothing in a blueprint is nested so.") from error
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else getattr(error, "lineno", None)
        problem = getattr(error, "problem", None) or getattr(error, "msg", None) or str(error).partition(":")[0]
        raise _unreadable(f"This is neither YAML nor JSON: {problem}.", line, _START) from error


def _unreadable(message: str, line: int | None, hint: str) -> BlueprintError:
    return BlueprintError([Diagnostic(code="blueprint-unreadable", where=f"line {line}" if line else "", message=message, hint=hint)])


def _from_yaml(text: str) -> object:
    try:
        return _loaded(text, _FAST)  # in a fifth of the time
    except yaml.YAMLError:
        return _loaded(text, _PLAIN)  # which tells better what is wrong, and where


def _loaded(text: str, loader: Any) -> object:
    """Plain values. Refuses aliases, with which a small text becomes a huge document, tags, and what would be too deep for the stack."""
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = cast("yaml.Mark", event.start_mark).line + 1
        if isinstance(event, yaml.AliasEvent):
            raise _unreadable("An alias (`*name`) is not allowed here.", line, "Write out what it stands for.")
        if getattr(event, "tag", None):
            raise _unreadable("A tag (`!name`) is not allowed here.", line, "Remove it.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise _unreadable("It is nested too deeply.", line, "Nothing in a blueprint is nested so.")
    return yaml.load(text, Loader=loader)  # noqa: S506 - both are SafeLoaders
