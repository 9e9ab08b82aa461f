"""Around every request: an id, safe headers, a line in the log, a number in the metrics. Plain ASGI, so that streams stay streams."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apiwright.api.metrics import Metrics
from apiwright.api.problems import too_large

log = structlog.get_logger("apiwright.access")
_GOOD_ID = re.compile(r"^[A-Za-z0-9._-]{1,64}$")
_SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-site",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
# The interactive documentation loads its scripts from where FastAPI says.
_DOCS = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net; "
    "style-src 'self' 'unsafe-inline' https://cdn.jsdelivr.net; img-src 'self' data: https://fastapi.tiangolo.com; frame-ancestors 'none'"
)


class Surroundings:
    """The one middleware of ours."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics, body_limit: int) -> None:
        self._app = app
        self._metrics = metrics
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"x-request-id"), "")
        request_id = given if _GOOD_ID.match(given) else str(uuid4())
        scope["request_id"] = request_id
        status, started = 500, time.perf_counter()

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _mark(MutableHeaders(scope=message), request_id, scope)
            await send(message)

        try:
            with structlog.contextvars.bound_contextvars(request_id=request_id):
                await (too_large(scope) if self._exceeds(scope) else self._app)(scope, receive, sending)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "unmatched")
            self._metrics.requests.labels(scope["method"], route, str(status)).inc()
            if not route.endswith("/stream"):
                self._metrics.seconds.labels(scope["method"], route).observe(seconds)
            milliseconds = round(seconds * 1000, 1)
            log.info("request", method=scope["method"], path=scope["path"], status=status, ms=milliseconds, request_id=request_id)

    def _exceeds(self, scope: Scope) -> bool:
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"")
        return declared.isdigit() and int(declared) > self._body_limit


def _mark(headers: MutableHeaders, request_id: str, scope: Scope) -> None:
    headers["X-Request-Id"] = request_id
    for name, value in _SAFE.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", _DOCS if scope["path"] in {"/docs", "/redoc"} else _NOTHING)
    headers.setdefault("Cache-Control", "no-store")
    if scope.get("scheme") == "https":
        headers["Strict-Transport-Security"] = "max-age=31536000"
