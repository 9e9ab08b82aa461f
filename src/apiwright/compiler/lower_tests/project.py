"""The tests of a whole project."""

from dataclasses import replace

from apiwright.compiler.lower_tests.entity import children_of, counts_of, entity_tests
from apiwright.compiler.lower_tests.rows import can_be_made
from apiwright.compiler.project_model import ProjectModel
from apiwright.compiler.python_source import Code, literal
from apiwright.compiler.tests_model import TestsModel

NOTHING = Code("")


def lower_tests(project: ProjectModel) -> TestsModel:
    """What the tests of `project` print."""
    able = can_be_made(project)
    if project.auth and not able[project.auth.entity.name]:
        able = dict.fromkeys(able, False)  # without accounts there is nobody to test with
    made = frozenset(name for name, possible in able.items() if possible)
    tests = [entity_tests(project, entity, can_be_made=able[entity.name]) for entity in project.entities]
    entities = tuple(
        replace(
            item,
            children=children_of(project, item.entity, item.variable, made) if item.delete else (),
            counts=counts_of(project, item.entity, item.variable, made) if item.read else (),
        )
        for item in tests
    )
    auth = project.auth if project.auth and project.auth.entity.name in made else None
    return TestsModel(
        entities=entities,
        made=tuple(item for item in entities if item.entity.name in made),
        auth=auth,
        account=next((item for item in entities if item.entity.account), None),
        roles=bool(auth and auth.roles),
        first_role=literal(auth.roles[1]) if auth and len(auth.roles) > 1 else NOTHING,
        account_path=Code(auth.entity.path) if auth else NOTHING,
        login_key=literal(auth.login.name) if auth else NOTHING,
        login_attribute=auth.login.attribute if auth else NOTHING,
    )
