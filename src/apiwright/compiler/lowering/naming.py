"""Names of an entity in Python and in the database. The rules are stable: the same blueprint has the same names."""

import hashlib
from collections.abc import Iterable

from msgspec import Struct

from apiwright.blueprint import Blueprint, Entity
from apiwright.compiler.lowering import words
from apiwright.compiler.python_source import Code, identifier, source
from apiwright.kit.casing import kebab, pascal, sentence, snake
from apiwright.kit.inflection import plural, with_article

LONGEST_NAME = 63
"""PostgreSQL cuts longer names off in silence."""
LONGEST_TABLE = 48


class EntityNames(Struct, frozen=True):
    """Every name that derives from an entity's own; `EntityModel` tells what each is for."""

    model: Code
    stem: str
    module: Code
    router_module: Code
    table: str
    table_variable: Code
    path: str
    variable: Code
    collection: Code
    label: Code
    one: Code
    labels: Code

    def schema(self, suffix: str) -> Code:
        """Name of one of the payload classes, e.g. `TodoCreate`."""
        return identifier(self.stem + suffix)

    def enum(self, field: str) -> Code:
        """Name of the values of an enum field, e.g. `TodoStatus`; `TodoSortValue` where a payload class has the shorter one."""
        name = pascal(field)
        return self.schema(f"{name}Value" if name in _SUFFIXES else name)


def name_entities(blueprint: Blueprint) -> dict[str, EntityNames]:
    """The names of each entity, by its name in the blueprint."""
    extended = [entity for entity in blueprint.entities if entity.extensions]
    classes = set(words.CLASSES | words.EXTENSION_CLASSES if extended else words.CLASSES)
    modules, routers, tables, variables = (
        set(words.MODULES),
        set(words.MODULES),
        {"refresh_tokens", "alembic_version", *words.UNQUOTED},
        set(words.LOCALS) | {f"compute_{item.name}" for entity in extended for item in entity.computed},
    )
    names: dict[str, EntityNames] = {}
    for entity in blueprint.entities:
        many = entity.plural or plural(entity.name)
        model = _free(entity.name, classes, "Row")
        stem = _free_stem(entity.name, classes)
        module = _free(snake(entity.name), modules, "_")
        collection = snake(many)
        table = _free(_fitting(collection, LONGEST_TABLE), tables, "_table")
        names[entity.name] = EntityNames(
            model=identifier(model),
            stem=stem,
            module=identifier(module),
            router_module=identifier(_free(collection, routers, "_")),
            table=table,
            table_variable=identifier(_free(collection, variables, "_table")),
            path=f"/{kebab(many)}",
            variable=identifier(f"{snake(entity.name)}_" if snake(entity.name) in words.LOCALS else snake(entity.name)),
            collection=identifier(f"{collection}_" if collection in words.LOCALS else collection),
            label=Code(sentence(entity.name)),
            one=Code(with_article(sentence(entity.name))),
            labels=Code(sentence(many)),
        )
    return names


def attribute(name: str) -> Code:
    """The Python attribute of a member: its own name, with `_` behind it where Python, pydantic or SQLAlchemy use that name."""
    return identifier(f"{name}_" if name in words.ATTRIBUTES or name.startswith("model_") else name)


def column(table: Code, name: str) -> Code:
    """A column of a table, as Python source."""
    if name in words.KEYWORDS or name in words.COLLECTION_METHODS:
        return source('<table>.c["<name>"]', table=table, name=Code(name))
    return source("<table>.c.<name>", table=table, name=identifier(name))


class ConstraintNames:
    """Names of constraints and indexes: by the convention of `app.models.base` where that fits, else shortened by a hash."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def claim(self, kind: str, table: str, parts: Iterable[str]) -> tuple[str, bool]:
        """The name, and whether it is the one that the convention gives."""
        usual = "_".join((kind, table, *parts))
        name = _fitting(usual, LONGEST_NAME)
        while name in self._taken:
            name = _hashed(f"{name}+", LONGEST_NAME)
        self._taken.add(name)
        return name, name == usual


class FunctionNames:
    """Names of endpoint functions, which are operation ids too: each once in the whole project."""

    def __init__(self) -> None:
        self._taken = {"login", "logout", "register", "refresh", "me", "change_password", "health_live", "health_ready"}

    def claim(self, name: str) -> Code:
        """`name`, or a longer one when it is taken."""
        return identifier(_free(name, self._taken, "_action"))


def free_name(wanted: str, taken: set[str], suffix: str) -> str:
    """`wanted`, or with `suffix` behind it as often as it takes; it counts as taken from then on."""
    return _free(wanted, taken, suffix)


def fitting(name: str, longest: int) -> str:
    """`name`, or a beginning of it with a hash when it is longer than `longest`."""
    return _fitting(name, longest)


def _free(wanted: str, taken: set[str], suffix: str) -> str:
    while wanted in taken:
        wanted += suffix
    taken.add(wanted)
    return wanted


def _free_stem(name: str, taken: set[str]) -> str:
    stem = name
    while any(stem + suffix in taken for suffix in _SUFFIXES):
        stem += "Entity"
    taken.update(stem + suffix for suffix in _SUFFIXES)
    return stem


_SUFFIXES = ("Create", "Update", "Read", "Query", "Page", "Sort", "Repository")


def _fitting(name: str, longest: int) -> str:
    return name if len(name) <= longest else _hashed(name, longest)


def _hashed(name: str, longest: int) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"{name[: longest - 9]}_{digest}"


def entity_named(blueprint: Blueprint, name: str) -> Entity:
    """The entity of that name, which a valid blueprint has."""
    return next(item for item in blueprint.entities if item.name == name)
