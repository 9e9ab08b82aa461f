"""Errors that clients see, as problem details (RFC 9457), and how the API document tells of them."""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.core.logging import request_id

PROBLEM_JSON = "application/problem+json"

logger = logging.getLogger(__name__)


class ProblemError(Exception):
    """Base of every error that is raised on purpose. It knows its own status."""

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors
        self.headers = headers


class NotFoundError(ProblemError):
    """There is no such row, or it is not for the caller to see."""

    status = HTTPStatus.NOT_FOUND

    def __init__(self, label: str) -> None:
        super().__init__(f"There is no such {label}.")


class ConflictError(ProblemError):
    """The request contradicts what is stored."""

    status = HTTPStatus.CONFLICT


class InvalidError(ProblemError):
    """One value of the request cannot be used."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message, errors=[{"field": field, "message": message}])


class ServiceUnavailableError(ProblemError):
    """Something this service stands on does not answer; trying again later may help."""

    status = HTTPStatus.SERVICE_UNAVAILABLE

    def __init__(self, detail: str) -> None:
        super().__init__(detail, headers={"Retry-After": "5"})


def install_error_handlers(app: FastAPI) -> None:
    """Answer every error as a problem."""
    app.add_exception_handler(ProblemError, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(SQLAlchemyError, _on_database_error)
    app.add_exception_handler(Exception, _on_unexpected_error)


def problem_response(
    status: int,
    detail: str,
    *,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem as a response. `errors` names the fields at fault."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "request_id": request_id.get(),
    }
    if errors:
        body["errors"] = errors
    return Response(json.dumps(body), status, headers, media_type=PROBLEM_JSON)


async def _on_problem(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)
    return problem_response(error.status, error.detail, errors=error.errors, headers=error.headers)


async def _on_invalid_request(_request: Request, error: Exception) -> Response:
    """Name each field and what is wrong with it; never repeat the value, which may be a secret."""
    assert isinstance(error, RequestValidationError)
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"][1:]) or str(item["loc"][0]),
            "message": item["msg"],
        }
        for item in error.errors()
    ]
    return problem_response(
        HTTPStatus.UNPROCESSABLE_ENTITY, "The request is not valid.", errors=errors
    )


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(_allowed_methods(request))
    return problem_response(error.status_code, error.detail, headers=headers)


async def _on_database_error(request: Request, error: Exception) -> Response:
    if isinstance(error, IntegrityError):
        return await _on_problem(request, ConflictError("The request contradicts what is stored."))
    too_long_for_its_index = getattr(getattr(error, "orig", None), "sqlstate", None) == "54000"
    if isinstance(error, DataError) or too_long_for_its_index:
        return await _on_problem(request, InvalidError("request", "A value cannot be stored."))
    logger.error("database error", exc_info=error)
    if isinstance(error, PoolTimeoutError) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    ):
        return await _on_problem(request, ServiceUnavailableError("The database is not available."))
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side.")


async def _on_unexpected_error(_request: Request, error: Exception) -> Response:
    logger.error("unexpected error", exc_info=error)
    return problem_response(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side.")


def _allowed_methods(request: Request) -> list[str]:
    """Every method that some route has for this path; the framework tells those of the first match alone."""
    methods: set[str] = set()
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            methods.add(method)
    return sorted(methods)
