"""How rows and payloads of an entity are made: samples of its fields, and the parents that it needs."""

from collections.abc import Mapping

from apiwright.compiler.lower_tests.reach import makes, payload_function_of, reaching
from apiwright.compiler.lower_tests.values import ENDLESS, NOTHING, sample_of
from apiwright.compiler.project_model import EntityModel, ProjectModel, RelationModel
from apiwright.compiler.python_source import Code, literal, source
from apiwright.compiler.tests_model import OperationTests, ParentModel, SampleModel


def samples_of(entity: EntityModel) -> tuple[SampleModel, ...]:
    """A sample of each field that rows are made with: what transitions move starts from its default."""
    grouped = {name for group in entity.unique_together for name in group}
    moved = {item.field.name for item in entity.transitions}
    found = (
        sample_of(field, numbered=field.field.unique or field.name in grouped)
        for field in entity.fields
        if field.writable or (field.name not in moved and not field.nullable)
    )
    return tuple(sample for sample in found if sample is not None)


def parents_of(project: ProjectModel, entity: EntityModel) -> tuple[ParentModel, ...]:
    """The links that no row can be without."""
    return tuple(_parent(project, entity, item) for item in entity.relations if not item.many and not item.nullable)


def payload_parents_of(project: ProjectModel, entity: EntityModel) -> tuple[ParentModel, ...]:
    """The links that no payload of create can be without."""
    return tuple(_payload_parent(project, entity, item) for item in entity.relations if item.needed and item.writable)


def make_payload(entity: EntityModel, parents: tuple[ParentModel, ...], create: OperationTests | None, *, links: Code = NOTHING) -> Code:
    """The expression of a payload for `caller`; `links` are arguments that give it some of its links."""
    name = payload_function_of(entity)
    if not parents:
        return source("<name>()", name=name)
    own = create is not None and create.caller.arrange and any(reaching(entity, parent.relation) for parent in parents)
    return source("await <name>(session<owner><links>)", name=name, owner=Code(", owner=caller") if own else NOTHING, links=links)


def can_be_made(project: ProjectModel) -> Mapping[str, bool]:
    """For each entity whether a row can be made from samples: its fields, and those of all that it needs."""
    made: dict[str, bool] = {}
    while len(made) < len(project.entities):
        before = len(made)
        for entity in project.entities:
            needs = {item.target.name for item in entity.relations if item.needed or not (item.many or item.nullable)}
            if entity.name not in made and needs <= made.keys():
                sampled = {sample.field.name for sample in samples_of(entity)}
                whole = all(field.name in sampled for field in entity.fields if field.needed)
                made[entity.name] = whole and all(made[name] for name in needs)
        if len(made) == before:
            return made | {entity.name: False for entity in project.entities if entity.name not in made}
    return made


def capacity(project: ProjectModel, entity: EntityModel, *, owned: bool) -> int:
    """How many rows the factory can make side by side, for one owner if `owned`, before a unique rule stops it."""
    samples = {sample.field.name: sample for sample in samples_of(entity)}
    limits = [sample.distinct for sample in samples.values() if sample.field.field.unique]
    first = entity.owner_path[0] if entity.owner_path else None
    for item in entity.relations:
        if item.many or item.nullable:
            continue
        same = owned and item is first
        target = project.entity(item.target.name)
        if same and target.account:
            limits.append(1 if item.unique else ENDLESS)
        else:
            limits.append(capacity(project, target, owned=same))
    for group in entity.unique_together:
        fixed = {first.name} if owned and entity.direct and first else set[str]()
        limits.append(max((samples[name].distinct if name in samples else ENDLESS for name in group if name not in fixed), default=1))
    return min(limits, default=ENDLESS)


def _parent(project: ProjectModel, entity: EntityModel, relation: RelationModel) -> ParentModel:
    target = project.entity(relation.target.name)
    owning = bool(entity.owner_path) and relation is entity.owner_path[0]
    if owning and target.account:
        make = source("(owner or <make>).id", make=makes(target))
    else:
        make = source("(<make>).id", make=makes(target, Code("owner") if owning else NOTHING))
    return _built(relation, make)


def _payload_parent(project: ProjectModel, entity: EntityModel, relation: RelationModel) -> ParentModel:
    make = makes(project.entity(relation.target.name), Code("owner") if reaching(entity, relation) else NOTHING)
    return _built(relation, source("(<make>).id", make=make))


def _built(relation: RelationModel, make: Code) -> ParentModel:
    text = source("str(<make>)", make=make)
    return ParentModel(
        relation=relation,
        attribute=relation.attribute,
        literal=literal(str(relation.attribute)),
        key=literal(relation.key),
        make=make,
        json=source("[<text>]", text=text) if relation.many else text,
    )
