"""How rows and payloads of an entity are made: samples of its fields, and the parents that it needs."""

from collections.abc import Iterator, Mapping

from apiwright.compiler.lower_tests.reach import ANY_ID, function_of, makes, owner_parameter, payload_function_of, reaching
from apiwright.compiler.lower_tests.values import ENDLESS, NOTHING, sample_of
from apiwright.compiler.project_model import EntityModel, ProjectModel, RelationModel
from apiwright.compiler.python_source import Code, literal, source
from apiwright.compiler.tests_model import OperationTests, ParentModel, SampleModel

Samples = Mapping[str, tuple[SampleModel, ...]]
"""The samples of each entity, by its name."""


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


def can_be_made(project: ProjectModel, samples: Samples) -> Mapping[str, bool]:
    """For each entity whether a row can be made from samples: its fields, and those of all that it needs."""
    made: dict[str, bool] = {}
    while len(made) < len(project.entities):
        before = len(made)
        for entity in project.entities:
            needs = {item.target.name for item in entity.relations if item.needed or not (item.many or item.nullable)}
            if entity.name not in made and needs <= made.keys():
                sampled = {sample.field.name for sample in samples[entity.name]}
                whole = all(field.name in sampled for field in entity.fields if field.needed)
                made[entity.name] = whole and all(made[name] for name in needs)
        if len(made) == before:
            return made | {entity.name: False for entity in project.entities if entity.name not in made}
    return made


def needed_by(project: ProjectModel, entity: EntityModel) -> frozenset[str]:
    """The entities of which rows are made with each row of one: itself, what it cannot be without, what that cannot be without."""
    found: set[str] = set()
    waiting = [entity]
    while waiting:
        current = waiting.pop()
        if current.name not in found:
            found.add(current.name)
            waiting += [project.entity(item.target.name) for item in current.relations if item.needed or not (item.many or item.nullable)]
    return frozenset(found)


class Capacity:
    """How many rows the factories can make side by side before a unique rule stops them."""

    def __init__(self, project: ProjectModel, samples: Samples) -> None:
        self._project, self._samples = project, samples
        self._known: dict[tuple[str, bool], int] = {}

    def of(self, entity: EntityModel, *, owned: bool) -> int:
        """Rows of one entity; for one owner if `owned`."""
        key = (entity.name, owned)
        if key not in self._known:
            self._known[key] = min(self._limits(entity, owned=owned), default=ENDLESS)
        return self._known[key]

    def _limits(self, entity: EntityModel, *, owned: bool) -> Iterator[int]:
        samples = self._samples[entity.name]
        yield from (sample.distinct for sample in samples if sample.field.field.unique)
        first = entity.owner_path[0] if entity.owner_path else None
        for item in entity.relations:
            if item.many or item.nullable:
                continue
            same, target = owned and item is first, self._project.entity(item.target.name)
            if same and target.account:
                yield 1 if item.unique else ENDLESS
            else:
                yield self.of(target, owned=same)
        distinct = {sample.field.name: sample.distinct for sample in samples}
        for group in entity.unique_together:
            fixed = {first.name} if owned and entity.direct and first else set[str]()
            yield max((distinct.get(name, ENDLESS) for name in group if name not in fixed), default=1)


def _parent(project: ProjectModel, entity: EntityModel, relation: RelationModel) -> ParentModel:
    target = project.entity(relation.target.name)
    owning = bool(entity.owner_path) and relation is entity.owner_path[0]
    if owning and target.account:
        make = source("(<owner> or <make>).id", owner=owner_parameter(entity), make=makes(target))
    elif owning:
        make = source("(<make>).id", make=makes(target, owner_parameter(entity)))
    else:
        make = _any(entity, relation, target)
    return _built(relation, make)


def _payload_parent(project: ProjectModel, entity: EntityModel, relation: RelationModel) -> ParentModel:
    target = project.entity(relation.target.name)
    if reaching(entity, relation):
        return _built(relation, source("(<make>).id", make=makes(target, Code("owner"))))
    return _built(relation, _any(entity, relation, target))


def _any(entity: EntityModel, relation: RelationModel, target: EntityModel) -> Code:
    """The id of a row that the link may point to, whichever: one for all rows of a test, unless a rule keeps them apart."""
    if relation.unique or any(relation.name in group for group in entity.unique_together):
        return source("(<make>).id", make=makes(target))
    return source("await <any>(session, <function>)", any=ANY_ID, function=function_of(target))


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
