"""The tests of a whole project."""

from collections.abc import Mapping

from msgspec.structs import replace

from apiwright.compiler.lower_tests.entity import children_of, counts_of, entity_tests
from apiwright.compiler.lower_tests.extensions import wiring_of
from apiwright.compiler.lower_tests.reach import ANY_ID
from apiwright.compiler.lower_tests.rows import Capacity, can_be_made, samples_of
from apiwright.compiler.project_model import EntityModel, ProjectModel
from apiwright.compiler.python_source import Code, literal
from apiwright.compiler.tests_model import TestsModel

NOTHING = Code("")


def lower_tests(project: ProjectModel) -> TestsModel:
    """What the tests of `project` print."""
    samples = {entity.name: samples_of(entity) for entity in project.entities}
    able = can_be_made(project, samples)
    if project.auth and not able[project.auth.entity.name]:
        able = dict.fromkeys(able, False)  # without accounts there is nobody to test with
    made = frozenset(name for name, possible in able.items() if possible)
    capacity, near = Capacity(project, samples), _neighbours(project)
    tests = [
        entity_tests(project, entity, samples[entity.name], capacity, near[entity.name], can_be_made=able[entity.name])
        for entity in project.entities
    ]
    entities = tuple(
        replace(
            item,
            children=children_of(project, item.entity, item.variable, made) if item.delete else (),
            counts=counts_of(project, item.entity, item.variable, made) if item.read else (),
            wiring=wiring_of(project, item, can_be_made=able[item.entity.name]),
        )
        for item in tests
    )
    auth = project.auth if project.auth and project.auth.entity.name in made else None
    with_factory = tuple(item for item in entities if item.entity.name in made)
    return TestsModel(
        entities=entities,
        made=with_factory,
        any_used=any(ANY_ID in link.make for item in with_factory for link in (*item.parents, *item.payload_parents)),
        set_aside=tuple(stand_in for item in entities if item.wiring for stand_in in item.wiring.set_aside),
        auth=auth,
        account=next((item for item in entities if item.entity.account), None),
        roles=bool(auth and auth.roles),
        first_role=literal(auth.roles[1]) if auth and len(auth.roles) > 1 else NOTHING,
        account_path=Code(auth.entity.path) if auth else NOTHING,
        login_key=literal(auth.login.name) if auth else NOTHING,
        login_attribute=auth.login.attribute if auth else NOTHING,
    )


def _neighbours(project: ProjectModel) -> Mapping[str, list[EntityModel]]:
    """For each entity those that it points to and those that point to it."""
    near: dict[str, list[EntityModel]] = {entity.name: [] for entity in project.entities}
    for entity in project.entities:
        for relation in entity.relations:
            near[entity.name].append(project.entity(relation.target.name))
            near[relation.target.name].append(entity)
    return near
