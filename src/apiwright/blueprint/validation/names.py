"""Names that clash, or that the generated project needs for itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from apiwright.blueprint.model import Blueprint, Entity
from apiwright.diagnostics import Diagnostic
from apiwright.kit.casing import kebab, snake
from apiwright.kit.inflection import plural, singular

IMPLICIT = frozenset({"id", "created_at", "updated_at"})
QUERY_PARAMETERS = frozenset({"limit", "offset", "sort", "q"})
UNQUOTED = frozenset({"nothing", "returning"})
"""Words of SQLite that SQLAlchemy does not quote."""
ACCOUNT_MEMBERS = frozenset({"password", "hashed_password", "role"})
PATHS = frozenset({"auth", "health", "docs", "redoc", "openapi.json"})


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Clashes between entities, between members of one entity, and with what every project has."""
    yield from _entities(blueprint)
    for entity in blueprint.entities:
        yield from _members(blueprint, entity)
    roles = Counter(role.name for role in blueprint.roles)
    for role, times in roles.items():
        if times > 1:
            yield Diagnostic(code="role-duplicate", where=f"roles.{role}", message=f"The role {role} is listed twice.", hint="Keep one.")
        if role == "user":
            message = "Everybody starts as a plain user; this is no role to list."
            yield Diagnostic(code="role-reserved", where="roles.user", message=message, hint="Remove it, or use another name.")


def plural_of(entity: Entity) -> str:
    """The plural of an entity, given or by English rules, in PascalCase."""
    return entity.plural or plural(entity.name)


def _entities(blueprint: Blueprint) -> Iterator[Diagnostic]:
    modules: dict[str, str] = {}
    paths: dict[str, str] = {}
    for entity in blueprint.entities:
        where, module, path = f"entities.{entity.name}", snake(entity.name), kebab(plural_of(entity))
        if module in modules:
            message = f"{entity.name} and {modules[module]} are the same name."
            yield Diagnostic(code="entity-duplicate", where=where, message=message, hint="Rename one of them, or merge them.")
        elif path in paths:
            message = f"The plurals of {entity.name} and {paths[path]} are both {path!r}."
            yield Diagnostic(code="plural-clash", where=where, message=message, hint="Give one of them a `plural` of its own.")
        if path in PATHS:
            message = f"The path /{path} belongs to the project itself."
            yield Diagnostic(code="path-reserved", where=where, message=message, hint="Give the entity another name or `plural`.")
        modules.setdefault(module, entity.name)
        paths.setdefault(path, entity.name)


def _members(blueprint: Blueprint, entity: Entity) -> Iterator[Diagnostic]:
    where = f"entities.{entity.name}"
    is_account = blueprint.auth is not None and blueprint.auth.entity == entity.name
    reserved = IMPLICIT | QUERY_PARAMETERS | UNQUOTED | (ACCOUNT_MEMBERS if is_account else frozenset[str]())
    taken: defaultdict[str, list[str]] = defaultdict(list)
    for path, names in _names_of(entity):
        for name in names:
            taken[name].append(path)
        if names[0] in reserved:
            message = f"The name {names[0]!r} is taken by the project itself."
            hint = f"Choose a longer name, e.g. {snake(entity.name)}_{names[0]}."
            yield Diagnostic(code="name-reserved", where=f"{where}.{path}", message=message, hint=hint)
    for name, users in taken.items():
        if len(users) > 1:
            message = f"The name {name!r} is used by {' and '.join(users)}."
            yield Diagnostic(code="name-duplicate", where=f"{where}.{users[-1]}", message=message, hint="Rename one of them.")
    actions: defaultdict[str, list[str]] = defaultdict(list)
    for path, name in _actions_of(entity):
        actions[name].append(path)
    for name, paths in actions.items():
        if is_account and blueprint.roles and name == "role":
            message = "The action 'role' would take the path by which roles are given."
            yield Diagnostic(
                code="name-reserved", where=f"{where}.{paths[0]}", message=message, hint="Choose another name, e.g. change_role."
            )
        if len(paths) > 1:
            message = f"Two actions are called {name!r}."
            yield Diagnostic(code="action-duplicate", where=f"{where}.{paths[-1]}", message=message, hint="Rename one of them.")


def _actions_of(entity: Entity) -> Iterator[tuple[str, str]]:
    """Each name of an action, after its path."""
    for transition in entity.transitions:
        yield f"transitions.{transition.name}", transition.name
    for pair in entity.pair_actions:
        yield f"pair_actions.{pair.name}", pair.name
        yield f"pair_actions.{pair.name}", pair.undo
    for endpoint in entity.endpoints:
        yield f"endpoints.{endpoint.name}", endpoint.name


def _names_of(entity: Entity) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each member with the names that it takes in the table and in payloads; its own name comes first."""
    for field in entity.fields:
        yield f"fields.{field.name}", (field.name,)
    for relation in entity.relations:
        key = f"{singular(relation.name)}_ids" if relation.kind == "many_to_many" else f"{relation.name}_id"
        yield f"relations.{relation.name}", (relation.name, key)
    for count in entity.counts:
        yield f"counts.{count.name}", (count.name,)
    for computed in entity.computed:
        yield f"computed.{computed.name}", (computed.name,)
