"""Errors as RFC 9457 problem details: raised as exceptions, rendered in one place, documented from the same table."""

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from apiwright.errors import InputError
from apiwright.store import StorageError, is_transient

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One value that cannot be used."""

    where: str = Field(description="Path to the value, e.g. `body.prompt`.")
    message: str
    code: str = ""
    hint: str = ""


class Problem(BaseModel):
    """What went wrong, for people (`detail`) and for programs (`code`)."""

    model_config = ConfigDict(extra="allow")

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    request_id: str | None = None
    errors: list[FieldProblem] | None = None


class ProblemError(Exception):
    """A request that cannot be answered as asked. `code` is for programs; other members go into the body as they are."""

    def __init__(self, status: int, code: str, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


def not_found(what: str) -> ProblemError:
    """Also the answer for what belongs to somebody else: whether it exists is theirs to know."""
    return ProblemError(404, "not-found", f"There is no such {what}.")


def too_many(seconds: int, what: str) -> ProblemError:
    """A limit was reached; it may be tried again after so many seconds."""
    return ProblemError(429, "too-many-requests", f"Too many {what}; try again in {seconds} s.", headers={"Retry-After": str(seconds)})


def too_large(scope: Scope) -> ASGIApp:
    """What answers a request that announces a body beyond the limit."""
    code, _ = _EXAMPLES[413]
    return _render(Request(scope), 413, code, "The body is too large.", {"Connection": "close"})


_EXAMPLES: dict[int, tuple[str, str]] = {
    400: ("malformed", "The body is no JSON."),
    401: ("unauthenticated", "Log in, or send an API key: `Authorization: Bearer ...`."),
    403: ("forbidden", "This API key lacks the scope `generations:write`."),
    404: ("not-found", "There is no such generation."),
    409: ("conflict", "The generation has ended: completed."),
    413: ("too-large", "The body is larger than 5,242,880 bytes."),
    415: ("unsupported-media-type", "Send application/json."),
    422: ("invalid", "1 value cannot be used."),
    429: ("too-many-requests", "Too many requests; try again in 12 s."),
    503: ("unavailable", "The database does not answer; try again in a moment."),
}


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of an operation that may answer with these."""
    return {status: _documentation(status) for status in statuses}


def _documentation(status: int) -> dict[str, Any]:
    code, detail = _EXAMPLES[status]
    example = _body(status, code, detail, "0193f2b0-8a6e-7c44-9d6b-5f3a2c1e0d9f", {})
    if status == 422:
        example["errors"] = [
            {"where": "body.prompt", "message": "String should have at least 1 character", "code": "string_too_short", "hint": ""}
        ]
    described: dict[str, Any] = {
        "description": HTTPStatus(status).phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
    if status in {429, 503}:
        described["headers"] = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
    return described


def install(app: FastAPI) -> None:
    """Render every error of the application as a problem."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(InputError, _on_input)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_fault)
    for unavailable in (StorageError, OSError):
        app.add_exception_handler(unavailable, _on_fault)


async def _on_problem(request: Request, error: Any) -> JSONResponse:
    return _render(request, error.status, error.code, error.detail, error.headers, **error.members)


async def _on_input(request: Request, error: Any) -> JSONResponse:
    errors = [{"where": item.where, "message": item.message, "code": item.code, "hint": item.hint} for item in error.diagnostics]
    return _render(request, 422, "invalid", _how_many(len(errors)), errors=errors)


async def _on_validation(request: Request, error: Any) -> JSONResponse:
    # What was sent is not echoed: it may be a password, and need not be text that can be sent back.
    errors = [
        {"where": ".".join(str(step) for step in item["loc"]), "message": item["msg"], "code": item["type"], "hint": ""}
        for item in error.errors()
    ]
    return _render(request, 422, "invalid", _how_many(len(errors)), errors=errors[:100])


async def _on_http(request: Request, error: Any) -> JSONResponse:
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(_methods_at(request))
    code, detail = _EXAMPLES.get(error.status_code, (HTTPStatus(error.status_code).phrase.lower().replace(" ", "-"), str(error.detail)))
    if error.status_code == 404:
        detail = "There is nothing at this address."
    return _render(request, error.status_code, code, detail, headers)


async def _on_fault(request: Request, error: Exception) -> JSONResponse:
    if isinstance(error, StorageError) or is_transient(error):
        part = "storage" if isinstance(error, StorageError) else "database"
        return _render(request, 503, "unavailable", f"The {part} does not answer; try again in a moment.", {"Retry-After": "2"})
    return _render(request, 500, "fault", "A fault of ours; the request id helps to find it.")


def _methods_at(request: Request) -> list[str]:
    """Every method that is documented for this path. The router knows only those of the first route that fits."""
    methods: set[str] = set()
    for path, item in request.app.openapi()["paths"].items():
        pattern = re.sub(r"\\\{(\w+)\\\}", _placeholder, re.escape(path))
        if re.fullmatch(pattern, request.url.path):
            methods |= {method.upper() for method in item}
    return sorted(methods)


def _placeholder(found: re.Match[str]) -> str:
    name = found[1]
    return ".+" if name == "path" else "[0-9a-fA-F-]{32,36}" if name.endswith("_id") else "[^/]+"


def _how_many(count: int) -> str:
    return "1 value cannot be used." if count == 1 else f"{count} values cannot be used."


def _body(status: int, code: str, detail: str, request_id: str | None, members: Mapping[str, Any]) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    return {"type": "about:blank", "title": title, "status": status, "detail": detail, "code": code, "request_id": request_id, **members}


def _render(
    request: Request, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None, **members: Any
) -> JSONResponse:
    if status == 401:
        headers = {"WWW-Authenticate": "Bearer", **(headers or {})}
    body = _body(status, code, detail, request.scope.get("request_id"), members)
    return JSONResponse(body, status_code=status, headers=headers, media_type=MEDIA_TYPE)
