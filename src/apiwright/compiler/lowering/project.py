"""The whole project: entities in their order, accounts, tables, and what the project needs beyond the plain case."""

import re
from collections.abc import Iterator

from apiwright.blueprint import Blueprint, Entity, Relation
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.entities import complete
from apiwright.compiler.lowering.field_types import EXACT_DIGITS, precision_of
from apiwright.compiler.lowering.fields import lower_field
from apiwright.compiler.lowering.members import LoweredEntity
from apiwright.compiler.lowering.naming import column, name_entities
from apiwright.compiler.lowering.relations import lower_relation
from apiwright.compiler.lowering.tables import creation_order, tables_of
from apiwright.compiler.project_model import AuthModel, EntityModel, ProjectModel, Signatures, Uses
from apiwright.compiler.python_source import Code, docstring, join, literal
from apiwright.errors import CompileError
from apiwright.kit.recent import recent

PAYLOAD_TYPES = (
    "Text", "PatternText", "Slug", "Email", "Url", "Boolean", "Integer", "Float", "Number", "Date", "Moment", "TimeOfDay", "Json", "Secret",
    "PatternSecret", "Password", "QueryBoolean", "QueryInteger", "QueryFloat",
)  # fmt: skip
_NAMES = re.compile(r"[A-Za-z_]\w*")


@recent(2)
def lower(blueprint: Blueprint) -> ProjectModel:
    """Resolve a valid blueprint.

    Raises:
        CompileError: The blueprint does not hold together, or a promise within the compiler was broken.
    """
    names = name_entities(blueprint)
    order, later = creation_order(blueprint)
    tables = {name for item in names.values() for name in (item.table, str(item.table_variable))} | {"refresh_tokens"}
    context = Context(blueprint, names, tables, later)
    lowered = {entity.name: _lower_entity(context, entity) for entity in blueprint.entities}
    restricted = _restricted(blueprint)
    entities = tuple(complete(context, item, every=lowered, restricted=name in restricted) for name, item in lowered.items())
    auth = _auth(blueprint, entities) if blueprint.auth is not None else None
    migration = tables_of(context, order, lowered)
    uses = _uses(entities, auth, cycles=bool(later))
    models = [str(item.model) for item in entities] + ["Base"] + (["RefreshToken"] if auth else [])
    return ProjectModel(
        blueprint=blueprint,
        name=blueprint.name,
        slug=Code(blueprint.name),
        title=blueprint.title,
        description=blueprint.description,
        title_literal=literal(blueprint.title),
        description_literal=literal(blueprint.description),
        doc=docstring(blueprint.title if blueprint.title.endswith(".") else f"{blueprint.title}."),
        database=blueprint.database,
        entities=entities,
        by_name={item.name: item for item in entities},
        auth=auth,
        uses=uses,
        signatures=_signatures(uses),
        tables=migration,
        tables_dropped=migration[::-1],
        routed=tuple(item for item in entities if item.routed),
        model_names=tuple(literal(name) for name in sorted(models)),
        database_name=Code(blueprint.name.replace("-", "_")),
        payload_types=_payload_types(entities, auth),
    )


def _lower_entity(context: Context, entity: Entity) -> LoweredEntity:
    own, constraints = context.names[entity.name], context.constraints
    fields = tuple(lower_field(entity, own, item, constraints) for item in entity.fields)
    relations = tuple(lower_relation(context, entity, item) for item in entity.relations)
    groups = [tuple(_column_name(entity, member) for member in group) for group in entity.unique_together]
    checks = [check for item in fields for check in item.checks]
    claimed: dict[str, tuple[str, bool]] = {}
    for check in checks:
        if check.suffix not in claimed:
            claimed[check.suffix] = constraints.claim("ck", own.table, [check.suffix])
    return LoweredEntity(
        entity=entity,
        fields=fields,
        relations=relations,
        checks=tuple((*claimed[check.suffix], check) for check in checks),
        unique_groups=tuple((*constraints.claim("uq", own.table, group), group) for group in groups),
    )


def _column_name(entity: Entity, member: str) -> str:
    return f"{member}_id" if entity.relation(member) is not None else member


def _restricted(blueprint: Blueprint) -> set[str]:
    """Entities whose rows may not be deleted while others point to them, be it at the end of a chain of cascades."""
    found = {item.target for entity in blueprint.entities for item in entity.relations if _rule(item) == "restrict"}
    while True:
        more = {
            item.target
            for entity in blueprint.entities
            if entity.name in found
            for item in entity.relations
            if _rule(item) == "cascade" and item.target not in found
        }
        if not more:
            return found
        found |= more


def _rule(relation: Relation) -> str:
    return "" if relation.kind == "many_to_many" else relation.on_delete


def _auth(blueprint: Blueprint, entities: tuple[EntityModel, ...]) -> AuthModel:
    auth = blueprint.auth
    entity = next((item for item in entities if item.account), None)
    login = next((item for item in entity.fields if auth and item.name == auth.login), None) if entity else None
    if auth is None or entity is None or login is None:
        raise CompileError("auth names an entity or a login field that is not there")
    roles = ("user", *(role.name for role in blueprint.roles)) if blueprint.roles else ()
    statuses = [400, 403, 409, 413, 422] if entity.hooks.on_create else [400, 409, 413, 422]
    return AuthModel(
        entity=entity,
        login=login,
        registration=auth.registration,
        roles=roles,
        roles_code=join([literal(role) for role in roles]),
        admin_route="admin" in roles,
        token_table=literal("refresh_tokens"),
        account_key=literal(f"{entity.table}.id"),
        login_column=column(entity.table_variable, login.name),
        login_example=Code(login.name.upper()),
        lower_login=login.field.type == "email",
        register_statuses=join([literal(status) for status in statuses]),
    )


def _uses(entities: tuple[EntityModel, ...], auth: AuthModel | None, *, cycles: bool) -> Uses:
    decimals = [item.field for entity in entities for item in entity.fields if item.field.type == "decimal"]
    operations = [(entity, item) for entity in entities for item in entity.operations]
    transitions = [item for entity in entities for item in entity.transitions]
    pairs = any(entity.pair_actions for entity in entities)
    kinds = {item.kind for _, item in operations}
    guards = [item.guard for _, item in operations] + [item.guard for item in transitions]
    endpoints = [item for entity in entities for item in entity.endpoints]
    guards += [item.guard for entity in entities for item in (*entity.pair_actions, *entity.endpoints)]
    links, counts = any(entity.links for entity in entities), any(entity.counts for entity in entities)
    admin = auth is not None and auth.admin_route
    creates = "create" in kinds or (auth is not None and auth.registration)
    updates = "update" in kinds or admin
    written = [entity for entity in entities if entity.created or entity.updated]
    scopes = any(entity.scoped for entity in entities)
    reached = any(item.row for item in endpoints) or any(entity.hooks.on_update or entity.hooks.on_delete for entity in entities)
    return Uses(
        decimals=any(precision_of(item)[0] <= EXACT_DIGITS for item in decimals),
        wide_decimals=any(precision_of(item)[0] > EXACT_DIGITS for item in decimals),
        json=any(item.field.type == "json" for entity in entities for item in entity.fields),
        searched=any(entity.searched for entity in entities),
        links=links,
        counts=counts,
        targets=any(entity.targets for entity in written),
        reaches=any(target.reach for entity in written for target in entity.targets),
        scopes=scopes,
        open_reading=any(entity.open_reading for entity in entities),
        role_checks=admin or any(guard.role_only for guard in guards),
        lists="list" in kinds,
        creates=creates,
        updates=updates,
        deletes="delete" in kinds,
        transitions=bool(transitions),
        stamps=any(item.stamp for item in transitions),
        pairs=pairs,
        rereads=links or counts,
        writes=creates or updates or bool(transitions) or pairs,
        own_values=creates or updates,
        refusals=updates or "delete" in kinds or bool(transitions) or pairs or reached,
        cycles=cycles,
        extensions=any(entity.extensions for entity in entities),
        computed=any(entity.computed for entity in entities),
        hooks=any(entity.hooks.every for entity in entities),
        endpoints=bool(endpoints),
        query_arguments=any(item.reads and item.request for item in endpoints),
        reached=reached,
    )


def _signatures(uses: Uses) -> Signatures:
    scope, caller = "owner_id: UUID | None = None", "caller: Principal | None = None"
    parts = (["self.links"] if uses.links else []) + (["self.computed"] if uses.counts else [])
    return Signatures(
        scope_parameter=Code(f", *, {scope}" if uses.scopes else ""),
        scope_plain_parameter=Code(f", {scope}" if uses.scopes else ""),
        scope_argument=Code(", owner_id" if uses.scopes else ""),
        caller_parameter=Code(f", *, {caller}" if uses.reaches else ""),
        update_caller_parameter=Code((f", {caller}" if uses.scopes else f", *, {caller}") if uses.reaches else ""),
        caller_argument=Code(", caller=caller" if uses.reaches else ""),
        reread_condition=Code(" or ".join(parts)),
        answered=Code("await self._answer(rows[0])" if uses.computed else "self.read_schema.model_validate(rows[0])"),
    )


def _payload_types(entities: tuple[EntityModel, ...], auth: AuthModel | None) -> dict[str, bool]:
    """For each type of `schemas.base`, whether a payload has it, be it through another type."""
    used: set[str] = {"Password"} if auth is not None else set()
    for code in _type_lines(entities):
        used.update(_NAMES.findall(code))
    if "PatternSecret" in used:
        used.add("PatternText")
    if "Secret" in used or any(entity.searched for entity in entities):
        used.add("Text")
    return {name: name in used for name in PAYLOAD_TYPES}


def _type_lines(entities: tuple[EntityModel, ...]) -> Iterator[Code]:
    for entity in entities:
        yield from (item.read for item in entity.read_members)
        if entity.created:
            yield from (item.create for item in entity.create_members)
        if entity.updated:
            yield from (item.update for item in entity.update_members)
        if entity.listed:
            yield from (item.line for item in entity.filters)
        for endpoint in entity.endpoints:
            yield from (item.create for item in endpoint.arguments)
            yield from (item.read for item in endpoint.members)
