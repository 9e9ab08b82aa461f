"""Blueprint entity -> EntityModel: its columns and relations together with its routes, its owner and its counts."""

from apiwright.compiler.lowering.access import guard_of, owner_chain, seen_by_all
from apiwright.compiler.lowering.actions import Subject, alias_of, count_of, operations_of, pair_action_of, transition_of
from apiwright.compiler.lowering.context import Context
from apiwright.compiler.lowering.extensions import extensions_of
from apiwright.compiler.lowering.members import (
    LoweredEntity,
    account_columns,
    columns_of,
    imported_links,
    list_filters,
    owner_path,
    shown_columns,
    sort_choices,
    table_arguments,
)
from apiwright.compiler.lowering.naming import EntityNames, column
from apiwright.compiler.lowering.ownership import imported_models, owned_by, targets_of
from apiwright.compiler.lowering.relations import reference
from apiwright.compiler.project_model import EntityModel, OperationModel
from apiwright.compiler.python_source import Code, docstring, identifier, literal, source


def complete(context: Context, lowered: LoweredEntity, *, every: dict[str, LoweredEntity], restricted: bool) -> EntityModel:
    """Resolve the rest of an entity: routes, filters, ownership, counts."""
    blueprint, entity = context.blueprint, lowered.entity
    own, account = context.names[entity.name], context.is_account(entity.name)
    chain = owner_chain(blueprint, entity)
    fields = tuple(item.model for item in lowered.fields)
    relations = tuple(item.model for item in lowered.relations)
    read_guard = guard_of(blueprint, entity.access.read)
    targets = tuple(targets_of(context, entity, relations))
    direct = len(chain) == 1
    subject = Subject(
        context=context,
        entity=entity,
        read_guard=read_guard,
        conflicts=_conflicts(lowered) or account,
        restricted=restricted,
        reaches=any(target.reach for target in targets),
        direct=direct,
    )
    operations = operations_of(subject)
    by_name = {item.name: item for item in fields}
    transitions = tuple(item for item in (transition_of(subject, one, by_name) for one in entity.transitions) if item)
    pair_actions = tuple(item for item in (pair_action_of(subject, one) for one in entity.pair_actions) if item)
    links = {f"{name}.{item.model.name}": item.model for name, other in every.items() for item in other.relations if item.model.many}
    counts = tuple(count_of(context, entity, count, links) for count in entity.counts)
    extensions = extensions_of(subject)
    kinds = {item.kind for item in operations}
    extra = tuple(account_columns(blueprint)) if account else ()
    writable = tuple(item for item in (*fields, *relations) if item.writable)
    columns = tuple(columns_of(fields, relations)) + extra
    read_members = (
        *(item for item in fields if item.readable),
        *relations,
        *counts,
        *extensions.computed,
        *(item for item in extra if item.read),
    )
    admin = account and any(role.name == "admin" for role in blueprint.roles)
    registers = account and blueprint.auth is not None and blueprint.auth.registration
    if not ("create" in kinds or "update" in kinds or registers):
        targets = ()  # nothing is written that could point anywhere
    return EntityModel(
        name=entity.name,
        ref=reference(own, entity.name),
        model=own.model,
        create_schema=own.schema("Create"),
        update_schema=own.schema("Update"),
        read_schema=own.schema("Read"),
        query_schema=own.schema("Query"),
        page_schema=own.schema("Page"),
        repository=own.schema("Repository"),
        module=own.module,
        router_module=own.router_module,
        table=own.table,
        table_literal=literal(own.table),
        path=own.path,
        path_literal=literal(own.path),
        parameter=identifier(f"{own.module.rstrip('_')}_id"),
        variable=own.variable,
        collection=own.collection,
        label=own.label,
        one=own.one,
        labels=own.labels,
        doc=docstring(entity.description or f"{own.one.capitalize()}."),
        description=entity.description,
        account=account,
        owned=bool(chain) or account,
        owner_path=tuple(owner_path(entity, chain, every)),
        direct=direct,
        fields=fields,
        relations=relations,
        operations=operations,
        transitions=transitions,
        pair_actions=pair_actions,
        counts=counts,
        computed=extensions.computed,
        hooks=extensions.hooks,
        endpoints=extensions.endpoints,
        unique_together=entity.unique_together,
        read_guard=read_guard,
        open_reading=seen_by_all(read_guard)
        and any(item.hidden == 403 for item in (*operations, *transitions, *pair_actions, *extensions.endpoints)),
        scoped=_scoped(operations)
        or any(item.guard.scoped for item in transitions)
        or any(item.reach.scoped for item in pair_actions)
        or any(item.guard.scoped for item in extensions.endpoints),
        owned_by=owned_by(context, entity, own.table_variable, Code("account_id")) if chain or account else Code(""),
        routed=bool(operations or transitions or pair_actions or extensions.endpoints or admin),
        listed="list" in kinds,
        created="create" in kinds or registers,
        updated="update" in kinds,
        enums=tuple(item for item in fields if item.enum),
        links=tuple(item for item in relations if item.many),
        targets=targets,
        columns=columns,
        table_arguments=tuple(table_arguments(lowered)),
        table_variable=own.table_variable,
        create_members=tuple(sorted(writable, key=lambda item: 0 if item.needed else 1)),
        update_members=writable,
        read_members=read_members,
        filters=tuple(list_filters(fields, relations)),
        searched=tuple(column(own.table_variable, item.name) for item in fields if item.searched) if "list" in kinds else (),
        shown_columns=tuple(column(own.table_variable, name) for name in shown_columns(fields, relations, extra)),
        sort_alias=own.schema("Sort"),
        sort_choices=sort_choices(lowered),
        imported_models=tuple(imported_models(context, entity, targets, counts)),
        imported_links=tuple(imported_links(context, entity, links)),
        aliases=tuple(
            source("<name> = <table>.alias()", name=alias_of(count), table=own.table_variable)
            for count in entity.counts
            if count.source == entity.name and f"{entity.name}.{count.via}" not in links
        ),
        label_literal=literal(own.label),
        labels_literal=literal(own.labels),
        row_path=literal(_row_path(own, named=any(not item.row for item in extensions.endpoints))),
        role_path=literal(f"/{{{own.module.rstrip('_')}_id}}/role"),
        owner_literal=literal(f"{chain[0]}_id") if direct else Code(""),
    )


def _row_path(own: EntityNames, *, named: bool) -> str:
    """The path of a row. Where the collection has routes with names, only an id is taken for an id."""
    return f"/{{{own.module.rstrip('_')}_id{':uuid' if named else ''}}}"


def _scoped(operations: tuple[OperationModel, ...]) -> bool:
    return any(item.guard.scoped and item.kind != "create" for item in operations)


def _conflicts(lowered: LoweredEntity) -> bool:
    return bool(lowered.relations or lowered.unique_groups) or any(item.model.field.unique for item in lowered.fields)
