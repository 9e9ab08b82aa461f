"""Any valid blueprint becomes a project that parses, imports and has its routes."""

import ast
import json
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from tests.golden.refresh import compiled
from tests.strategies import blueprints

from apiwright.blueprint import Blueprint, Entity, dump_yaml, load
from apiwright.blueprint.base import OPERATIONS
from apiwright.compiler import compile_blueprint
from apiwright.filetree import FileTree, staged
from apiwright.kit.casing import kebab, snake
from apiwright.kit.inflection import plural
from apiwright.kit.places import cache_root
from apiwright.verifier import verify
from apiwright.verifier.runtime import environment

METHODS = {"create": "POST", "list": "GET", "read": "GET", "update": "PATCH", "delete": "DELETE"}
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Shrinking takes an import for each try; the blueprint of a failure is printed as it is."""
QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much]


class Importer:
    """A process that imports projects; see `importer.py`."""

    def __init__(self, place: Path) -> None:
        self.place = place
        python = environment(compiled("todo")["requirements-dev.txt"].text, cache=cache_root()).python
        command = [str(python), str(Path(__file__).with_name("importer.py"))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def operations(self, tree: FileTree) -> set[tuple[str, str]]:
        """Method and path of every operation of a project."""
        with staged(tree, self.place / "project", force=True) as staging:
            shutil.rmtree(self.place / "project", ignore_errors=True)
            staging.publish()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.place / 'project'}\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return {(method, path) for method, path in answer["operations"]}

    def close(self) -> None:
        """End the process."""
        self.process.communicate("", timeout=10)


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """The importer of this module."""
    importer = Importer(tmp_path_factory.mktemp("importer"))
    yield importer
    importer.close()


@settings(max_examples=25, deadline=None, suppress_health_check=QUIET, phases=UNSHRUNK)
@given(blueprint=blueprints())
def test_any_valid_blueprint_parses_imports_and_has_its_routes(importer: Importer, blueprint: Blueprint) -> None:
    tree = compile_blueprint(blueprint)
    for file in tree:
        if file.path.endswith(".py"):
            ast.parse(file.text)
        elif file.path.endswith((".yaml", ".yml")):
            yaml.safe_load(file.text)
        elif file.path.endswith(".toml"):
            tomllib.loads(file.text)
    assert load(tree["blueprint.yaml"].text) == blueprint
    assert importer.operations(tree) == set(expected_operations(blueprint))


@pytest.mark.soak
@settings(max_examples=25, deadline=None, suppress_health_check=QUIET, phases=UNSHRUNK)
@given(blueprint=blueprints())
def test_any_valid_blueprint_is_proven(tmp_path: Path, blueprint: Blueprint) -> None:
    shutil.rmtree(tmp_path / "project", ignore_errors=True)
    with staged(compile_blueprint(blueprint), tmp_path / "project") as staging:
        staging.publish()
    report = verify(tmp_path / "project", level="standard")
    assert report.ok, (dump_yaml(blueprint), [(check.name, check.findings, check.output) for check in report.failed])


def expected_operations(blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    """Method and path of all that the blueprint asks for."""
    yield from (("GET", "/health/live"), ("GET", "/health/ready"))
    if blueprint.auth:
        yield from (("POST", f"/auth/{name}") for name in ("login", "refresh", "logout", "password"))
        yield "GET", "/auth/me"
        if blueprint.auth.registration:
            yield "POST", "/auth/register"
    for entity in blueprint.entities:
        yield from _operations(blueprint, entity)


def _operations(blueprint: Blueprint, entity: Entity) -> Iterator[tuple[str, str]]:
    collection = f"/{kebab(entity.plural or plural(entity.name))}"
    row = f"{collection}/{{{snake(entity.name)}_id}}"
    for operation in OPERATIONS:
        if operation in entity.operations and entity.access.of(operation):
            yield METHODS[operation], collection if operation in {"create", "list"} else row
    for transition in entity.transitions:
        if transition.access:
            yield "POST", f"{row}/{kebab(transition.name)}"
    for endpoint in entity.endpoints:
        yield endpoint.method, f"{row if endpoint.scope == 'row' else collection}/{kebab(endpoint.name)}"
    for pair in entity.pair_actions:
        if pair.access:
            yield from (("POST", f"{row}/{kebab(name)}") for name in (pair.name, pair.undo))
    admin = any(role.name == "admin" for role in blueprint.roles)
    if admin and blueprint.auth and blueprint.auth.entity == entity.name:
        yield "PUT", f"{row}/role"
