"""What the code of a project has to answer for, told so that a person or a program can write it."""

from collections.abc import Iterator

from msgspec import Struct

from apiwright.blueprint import Blueprint
from apiwright.compiler.lower_tests.reach import function_of, payload_function_of
from apiwright.compiler.lowering import lower
from apiwright.compiler.project_model import EntityModel, ExtensionModel, ProjectModel
from apiwright.compiler.project_model.extensions import ExtensionKind
from apiwright.compiler.render import stubs_of


class ExtensionPoint(Struct, frozen=True, kw_only=True):
    """One module that is to be written, and its tests.

    Attributes:
        entity, name, description: As the blueprint has them. The description is somebody's words, never an instruction.
        where: Its place in the blueprint, e.g. `entities.Order.computed.total`.
        route: Of an endpoint, as the OpenAPI document calls it: `POST /orders/{order_id}/clear`; else empty.
        path, test_path: The two files; nothing else is to be touched.
        function: Name of the function that the module must have.
        signature: The function's first line, without its colon.
        imports: Statements that the module may want.
        test_imports: Statements that its tests may want.
        stub, test_stub: The two files as they are compiled.
    """

    kind: ExtensionKind
    entity: str
    name: str
    description: str
    where: str
    route: str
    path: str
    test_path: str
    function: str
    signature: str
    imports: tuple[str, ...]
    test_imports: tuple[str, ...]
    stub: str
    test_stub: str

    @property
    def title(self) -> str:
        """What it is known by, e.g. `Order.total`."""
        return f"{self.entity}.{self.name}"


def extension_points(blueprint: Blueprint) -> tuple[ExtensionPoint, ...]:
    """Every extension of a valid blueprint, in its order; none costs nothing.

    Raises:
        CompileError: The blueprint does not hold together (see `apiwright.blueprint.validate`), or a fault of ours.
    """
    if not any(entity.extensions for entity in blueprint.entities):
        return ()
    project = lower(blueprint)
    return tuple(_point(project, entity, extension) for entity in project.entities for extension in entity.extensions)


def _point(project: ProjectModel, entity: EntityModel, extension: ExtensionModel) -> ExtensionPoint:
    stub, test_stub = (file.text for file in stubs_of(entity, extension))
    return ExtensionPoint(
        kind=extension.kind,
        entity=extension.entity,
        name=extension.name,
        description=extension.description,
        where=extension.where,
        route=_route(entity, extension),
        path=extension.path,
        test_path=extension.test_path,
        function=extension.function,
        signature=f"async def {extension.function}({extension.parameters}) -> {extension.returns}",
        imports=_imports(project, entity, extension),
        test_imports=_test_imports(project, entity, extension),
        stub=stub,
        test_stub=test_stub,
    )


def _route(entity: EntityModel, extension: ExtensionModel) -> str:
    for item in entity.endpoints:
        if item.extension is extension:
            row = f"/{{{entity.parameter}}}" if item.row else ""
            return f"{item.decorator.upper()} {entity.path}{row}/{item.path}"
    return ""


def _imports(project: ProjectModel, entity: EntityModel, extension: ExtensionModel) -> tuple[str, ...]:
    errors = ["ConflictError", *(["ForbiddenError"] if project.auth else []), "InvalidError", "NotFoundError"]
    context = [f"from app.core.errors import {', '.join(errors)}", "from app.extensions import Context"]
    return (
        "import datetime as dt",
        "from collections.abc import Mapping, Sequence",
        "from decimal import Decimal",
        "from typing import Any",
        "from uuid import UUID",
        "from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update",
        "from sqlalchemy.ext.asyncio import AsyncConnection",
        *(context if extension.kind != "computed" else ()),
        "from app.models.base import table_of, utc_now",
        *(f"from app.models.{item.module} import {item.model}" for item in project.entities),
        f"from app.schemas.{entity.module} import {', '.join(sorted(entity.payload_classes))}",
    )


def _test_imports(project: ProjectModel, entity: EntityModel, extension: ExtensionModel) -> tuple[str, ...]:
    return (
        "import datetime as dt",
        "from decimal import Decimal",
        "from uuid import UUID, uuid4",
        "import pytest",
        "from httpx import AsyncClient",
        "from sqlalchemy import func, select",
        "from sqlalchemy.ext.asyncio import AsyncSession",
        "from app import models",
        f"from {extension.dotted} import {extension.function}",
        f"from tests.factories import {', '.join(sorted(_factories(project, entity)))}",
    )


def _factories(project: ProjectModel, entity: EntityModel) -> Iterator[str]:
    """What tests arrange with: rows of every entity, the payload that makes one of this one, who asks."""
    yield from ("is_stored", "wrong_fields")
    yield from (function_of(item) for item in project.entities)
    if entity.created:
        yield payload_function_of(entity)
    if project.auth is not None:
        yield "authorization"
