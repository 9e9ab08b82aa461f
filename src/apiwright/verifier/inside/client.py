"""A small HTTP client: the standard library's, so that it works whatever the project's environment holds."""

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. `body` is the parsed JSON, or the text where it is none."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def members(self) -> dict[str, Any]:
        """The body when it is an object, else nothing."""
        body: object = self.body
        return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


class Client:
    """Speaks to one server, on a Unix socket (`path`) or on a port of the loopback."""

    def __init__(self, *, path: str = "", port: int = 0, timeout: float = 20) -> None:
        self._path, self._port, self._timeout = path, port, timeout
        self._connection: http.client.HTTPConnection | None = None

    def request(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        body: object = None,
        form: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Response:
        """Send one request. Raises `OSError` or `http.client.HTTPException` when there is no answer."""
        headers = {"Accept": "application/json"}
        payload: bytes | None = None
        if form is not None:
            headers["Content-Type"], payload = "application/x-www-form-urlencoded", urlencode(form).encode()
        elif body is not None:
            headers["Content-Type"], payload = "application/json", json.dumps(body).encode()
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        target = f"{path}?{urlencode(query)}" if query else path
        try:
            return self._exchange(method, target, payload, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.close()  # the server may have closed an idle connection: that is no answer yet
            return self._exchange(method, target, payload, headers)

    def _exchange(self, method: str, target: str, payload: bytes | None, headers: dict[str, str]) -> Response:
        connection = self._connected()
        connection.request(method, target, body=payload, headers=headers)
        answer = connection.getresponse()
        return Response(status=answer.status, headers=dict(answer.headers), body=_parsed(answer.read(8 << 20)))

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connected(self) -> http.client.HTTPConnection:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._timeout)
            if self._path:
                stream = socket.socket(socket.AF_UNIX)
                stream.settimeout(self._timeout)
                stream.connect(self._path)
                self._connection.sock = stream
        return self._connection


def _parsed(text: bytes) -> Any:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text.decode("utf-8", "replace")
