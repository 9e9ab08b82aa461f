"""The API document: FastAPI's own, with problems and query strings told in full."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from app.core.errors import PROBLEM_JSON
from app.core.pagination import ListQuery, QueryString

PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "Problem details, RFC 9457.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
    },
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of a route, for its `responses`."""
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        status: {"description": HTTPStatus(status).phrase, "content": content}
        for status in statuses
    }


class DocumentedAPI(FastAPI):
    """An application whose document tells its problems and its query strings in full."""

    def openapi(self) -> dict[str, Any]:
        """The document, made when it is first asked for."""
        if self.openapi_schema is None:
            schema = get_openapi(
                title=self.title,
                version=self.version,
                description=self.description,
                routes=self.routes,
                tags=self.openapi_tags,
            )
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            schemas["Problem"] = PROBLEM_SCHEMA
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            for path, method, query in _list_queries(self):
                schema["paths"][path][method]["parameters"] = list(_parameters(query))
            self.openapi_schema = schema
        return self.openapi_schema


def _list_queries(app: FastAPI) -> Iterator[tuple[str, str, type[ListQuery[Any]]]]:
    """Path, method and query model of each route that reads its whole query string into a model."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        for dependency in dependant.dependencies if dependant else ():
            if isinstance(dependency.call, QueryString):
                yield str(route.path), "get", dependency.call.model


def _parameters(query: type[ListQuery[Any]]) -> Iterator[dict[str, Any]]:
    for name, schema in query.model_json_schema()["properties"].items():
        variants = [item for item in schema.pop("anyOf", ()) if item != {"type": "null"}]
        if len(variants) == 1:
            schema |= variants[0]
        elif variants:
            schema["anyOf"] = variants
        if schema.get("default", 0) is None:
            del schema["default"]
        schema.pop("title", None)
        parameter = {"name": name, "in": "query", "required": False, "schema": schema}
        if schema.get("type") == "array":
            parameter |= {"style": "form", "explode": False}
        yield parameter
