"""Rules that two rows together can break."""

from collections.abc import Iterator

from apiwright.compiler.lower_tests.reach import makes, reaching
from apiwright.compiler.lower_tests.rows import Capacity, make_payload
from apiwright.compiler.lower_tests.values import NOTHING
from apiwright.compiler.project_model import EntityModel
from apiwright.compiler.python_source import Code, join, source
from apiwright.compiler.tests_model import Conflict, OperationTests, ParentModel, SampleModel


def conflicts_of(
    entity: EntityModel,
    own_samples: tuple[SampleModel, ...],
    create: OperationTests | None,
    parents: tuple[ParentModel, ...],
    capacity: Capacity,
) -> tuple[Conflict, ...]:
    """Every rule of uniqueness that create can break: of a field, of a link, of a group."""
    if create is None:
        return ()
    samples = tuple(sample for sample in own_samples if sample.field.writable)
    first = makes(entity, Code("caller") if create.caller.arrange else NOTHING)
    shared: list[ParentModel] = []
    if capacity.of(entity, owned=True) < 2:  # the owner has no second parent
        shared = [parent for parent in parents if reaching(entity, parent.relation)]
    found: list[Conflict] = []
    for name, fields, links in _rules(entity, samples, parents):
        common = [*links, *(parent for parent in shared if parent not in links)]
        given = join([source(", <a>=<v>", a=sample.attribute, v=sample.fixed_value) for sample in fields], "")
        payload = make_payload(entity, parents, create, links=join([_same(parent) for parent in common], ""))
        if fields:
            changes = join([source("<k>: <v>", k=sample.key, v=sample.fixed_json) for sample in fields])
            payload = source("<payload> | {<changes>}", payload=payload, changes=changes)
        make = source("<call><given>)", call=Code(first[:-1]), given=given)
        found.append(Conflict(name=name, make=make, refers=bool(common), payload=payload))
    return tuple(found)


def _rules(
    entity: EntityModel, samples: tuple[SampleModel, ...], parents: tuple[ParentModel, ...]
) -> Iterator[tuple[Code, list[SampleModel], list[ParentModel]]]:
    by_name = {sample.field.name: sample for sample in samples}
    links = {parent.relation.name: parent for parent in parents}
    owners = {item.name for item in entity.relations if item.owner}
    for sample in samples:
        if sample.field.field.unique:
            yield Code(sample.field.name), [sample], []
    for item in entity.relations:
        if item.unique and not item.nullable and (item.owner or item.name in links):
            yield Code(item.name), [], [] if item.owner else [links[item.name]]
    for group in entity.unique_together:
        if all(name in by_name or name in links or name in owners for name in group):
            fields = [by_name[name] for name in group if name in by_name]
            yield Code("_and_".join(group)), fields, [links[name] for name in group if name in links]


def _same(parent: ParentModel) -> Code:
    return source(", <key>=str(stored.<attribute>)", key=Code(parent.relation.key), attribute=parent.attribute)
