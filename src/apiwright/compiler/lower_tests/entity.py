"""The tests of one entity."""

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from apiwright.compiler.lower_tests.conflicts import conflicts_of
from apiwright.compiler.lower_tests.queries import filter_row, filters_of, link_filters_of, searched_of
from apiwright.compiler.lower_tests.reach import function_of, makes, owner_parameter, payload_function_of, reaching
from apiwright.compiler.lower_tests.routes import operation_of, pair_of, transition_of
from apiwright.compiler.lower_tests.rows import Capacity, make_payload, needed_by, parents_of, payload_parents_of
from apiwright.compiler.lower_tests.values import NOTHING
from apiwright.compiler.project_model import EntityModel, ProjectModel, RelationModel
from apiwright.compiler.python_source import Code, join, literal, source
from apiwright.compiler.samples import refused
from apiwright.compiler.tests_model import (
    ChildTests,
    CountTests,
    EntityTests,
    ForeignTests,
    Link,
    LinksTests,
    OperationTests,
    SampleModel,
)

USED = frozenset({
    "AsyncClient", "AsyncSession", "Any", "UTC", "Decimal", "UUID", "action", "app", "attribute", "authorization", "backward",
    "body", "caller", "change", "changes", "client", "date", "datetime", "factories", "forward", "found", "func", "is_stored",
    "key", "linked", "models", "needed", "nothing", "others", "owner", "pairs", "parameter", "payload", "pytest", "related", "response",
    "rest", "rows", "select", "session", "source", "stored", "target", "text", "time", "uuid4", "value", "wrong",
})  # fmt: skip
"""Names that generated tests use themselves."""


def entity_tests(  # noqa: PLR0913
    project: ProjectModel,
    entity: EntityModel,
    samples: tuple[SampleModel, ...],
    capacity: Capacity,
    near: Iterable[EntityModel],
    *,
    can_be_made: bool,
) -> EntityTests:
    """Everything that the tests of `entity` print; without routes when no row can be made from samples."""
    variable = Code(f"{entity.variable}_row") if entity.variable in USED else entity.variable
    parents, payload_parents = parents_of(project, entity), payload_parents_of(project, entity)
    create_samples = tuple(sample for sample in samples if sample.field.writable)
    create = operation_of(project, entity, variable, "create", parents=payload_parents) if can_be_made else None
    listing = operation_of(project, entity, variable, "list") if can_be_made else None
    registered = project.auth is not None and project.auth.entity is entity and project.auth.registration
    changeable = {sample.key: sample.other_json for sample in create_samples if sample.other_json and sample.field.readable}
    payload_needed = can_be_made and (create is not None or registered)
    payload_uses_owner = any(reaching(entity, parent.relation) for parent in payload_parents)
    return EntityTests(
        entity=entity,
        module=f"test_{entity.router_module}",
        imports=tuple(_imports(project, entity, near, wants_payload=payload_needed)),
        variable=variable,
        path=literal(entity.path),
        row_path=source("<path>/{<variable>.id}", path=Code(entity.path), variable=variable),
        nowhere=source("<path>/{uuid4()}", path=Code(entity.path)),
        make_row=source("<v> = <make>", v=variable, make=makes(entity)),
        make_account=makes(project.entity(project.auth.entity.name)) if project.auth else NOTHING,
        factory=function_of(entity),
        payload=payload_function_of(entity),
        make_payload=make_payload(entity, payload_parents, create),
        model=source("models.<model>", model=entity.model),
        account_hint=source("models.<model>", model=project.auth.entity.model) if project.auth else NOTHING,
        samples=samples,
        create_samples=create_samples,
        parents=parents,
        payload_parents=payload_parents,
        numbered=any("number" in sample.value for sample in samples if sample.numbered),
        payload_numbered=any("number" in sample.json for sample in create_samples if sample.numbered),
        uses_owner=bool(entity.owner_path),
        owner_parameter=owner_parameter(entity),
        payload_uses_owner=payload_uses_owner,
        payload_needed=payload_needed,
        create=create,
        list=listing,
        read=operation_of(project, entity, variable, "read") if can_be_made else None,
        update=operation_of(project, entity, variable, "update") if can_be_made else None,
        delete=operation_of(project, entity, variable, "delete") if can_be_made else None,
        wrong=tuple(_wrong(create_samples)),
        needed=tuple(literal(sample.field.name) for sample in create_samples if sample.field.needed),
        hidden_keys=tuple(sample.key for sample in create_samples if not sample.field.readable),
        locked_keys=tuple(_locked(project, entity)),
        changes=bool(changeable),
        update_json=source("{<pairs>}", pairs=join(source("<k>: <v>", k=key, v=value) for key, value in changeable.items())),
        paged=listing is not None and _alone(project, entity, listing) and capacity.of(entity, owned=listing.stranger) >= 3,
        own_account_listed=listing is not None and listing.caller.make == "caller",
        filtered_row=_filtered_row(variable, listing, samples),
        filters=filters_of(entity, samples),
        link_filters=link_filters_of(parents),
        searched=searched_of(samples),
        unlinked=tuple(Link(key=literal(item.key), many=item.many) for item in entity.relations if item.writable),
        conflicts=conflicts_of(entity, samples, create, payload_parents, capacity),
        links=tuple(_links(project, entity, create, capacity)),
        foreign=tuple(_foreign(project, entity, create)),
        children=(),
        counts=(),
        transitions=tuple(
            tests
            for item in (entity.transitions if can_be_made else ())
            if (tests := transition_of(project, entity, variable, item)) is not None
        ),
        pair_actions=tuple(
            tests
            for item in (entity.pair_actions if can_be_made else ())
            if (tests := pair_of(project, entity, variable, item)) is not None
        ),
    )


def children_of(project: ProjectModel, entity: EntityModel, variable: Code, made: frozenset[str]) -> tuple[ChildTests, ...]:
    """Rows of other entities that point here, and their delete rule."""
    return tuple(
        ChildTests(
            name=source("<module>_<relation>", module=child.module, relation=Code(relation.name)),
            make=_pointing(child, relation, variable),
            model=source("models.<model>", model=child.model),
            attribute=relation.attribute,
            rule=relation.relation.on_delete,
        )
        for child in project.entities
        for relation in child.relations
        if child.name in made and relation.target.name == entity.name and not relation.many
    )


def counts_of(project: ProjectModel, entity: EntityModel, variable: Code, made: frozenset[str]) -> tuple[CountTests, ...]:
    """Counts over single links, and the row that raises each."""
    found: list[CountTests] = []
    for count in entity.counts:
        child = project.entity(count.source.name)
        blueprint = next(item for item in project.blueprint.entities if item.name == entity.name)
        via = next(item.via for item in blueprint.counts if item.name == count.name)
        relation = next(item for item in child.relations if item.name == via)
        if relation.many or child.name not in made:
            continue
        found.append(CountTests(count=count, key=literal(count.name), make=_pointing(child, relation, variable)))
    return tuple(found)


def _pointing(child: EntityModel, relation: RelationModel, variable: Code) -> Code:
    """The expression that makes a row of `child` whose `relation` points to the row `variable`."""
    return source("await <factory>(session, <key>=<v>.id)", factory=function_of(child), key=relation.attribute, v=variable)


def _wrong(samples: tuple[SampleModel, ...]) -> Iterator[Code]:
    """The first value that each member refuses, then the second of those that refuse two, and so on: one request for each."""
    for values in zip_longest(*(_refused_by(sample) for sample in samples)):
        pairs = [source("<k>: <v>", k=sample.key, v=value) for sample, value in zip(samples, values, strict=True) if value]
        yield source("{<pairs>}", pairs=join(pairs))


def _refused_by(sample: SampleModel) -> Iterator[Code]:
    for value in refused(sample.field.field):
        yield literal(value)
    if not sample.field.nullable and sample.field.field.type != "json":
        yield literal(None)


def _locked(project: ProjectModel, entity: EntityModel) -> Iterator[Code]:
    yield from (literal(item.key) for item in entity.relations if item.owner)
    yield from (literal(item.name) for item in entity.fields if not item.writable)
    yield from (literal(item.name) for item in (*entity.counts, *entity.computed))
    if entity.account:
        yield literal("hashed_password")
        if project.auth and project.auth.roles:
            yield literal("role")


def _filtered_row(variable: Code, listing: OperationTests | None, samples: tuple[SampleModel, ...]) -> Code:
    if listing is None:
        return NOTHING
    make = listing.caller.make
    if make == "caller":
        make = Code(listing.caller.arrange.partition(" = ")[2])
        arrange = source("<call><given>)", call=Code(make[:-1]), given=filter_row(samples))
        return source("caller = <v> = <make>", v=variable, make=arrange)
    return source("<v> = <call><given>)", v=variable, call=Code(make[:-1]), given=filter_row(samples))


def _imports(project: ProjectModel, entity: EntityModel, near: Iterable[EntityModel], *, wants_payload: bool) -> Iterator[Code]:
    """Everything that this module could need of the factories; what it does not is dropped when it is put in form."""
    yield from (Code("is_stored"), function_of(entity), *(function_of(other) for other in near))
    if project.auth:
        yield from (Code("authorization"), function_of(project.auth.entity))
    if wants_payload:
        yield payload_function_of(entity)


def _alone(project: ProjectModel, entity: EntityModel, listing: OperationTests) -> bool:
    """Whether a list has no rows but those that its test makes: no account that asks is one, or needs one."""
    if project.auth is None or not listing.caller.arrange:
        return not entity.account
    return not entity.account and entity.name not in needed_by(project, project.entity(project.auth.entity.name))


def _links(project: ProjectModel, entity: EntityModel, create: OperationTests | None, capacity: Capacity) -> Iterator[LinksTests]:
    """Links that can be set, to a row made for it: none where no other row of its kind could be made with the new one then."""
    if create is None:
        return
    owner, needed = Code("caller") if create.caller.arrange else NOTHING, needed_by(project, entity)
    for item in entity.relations:
        target, owned = project.entity(item.target.name), bool(owner) and reaching(entity, item) is not None
        room = target.name not in needed or capacity.of(target, owned=owned) >= 2
        if item.many and item.writable and room:
            make = makes(target, owner if owned else NOTHING)
            parameter = next((literal(each.parameter) for each in item.filters if each.operator == "links"), NOTHING)
            yield LinksTests(relation=item, key=literal(item.key), make=make, parameter=parameter)


def _foreign(project: ProjectModel, entity: EntityModel, create: OperationTests | None) -> Iterator[ForeignTests]:
    """Links that the caller of create may set to own rows only."""
    guard = create.operation.guard if create else None
    if guard is None or guard.public:
        return
    role = literal(guard.roles[0]) if guard.role_only else None
    for item in entity.relations:
        target = reaching(entity, item)
        if target is not None and (role is None or role not in target.exempt):
            name, make = Code(item.name), makes(project.entity(item.target.name))
            yield ForeignTests(name=name, key=literal(item.key), make=make, many=item.many)
