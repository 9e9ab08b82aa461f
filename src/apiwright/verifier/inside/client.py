"""A small HTTP client: the standard library's, so that it works whatever the project's environment holds."""

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. `body` is the parsed JSON, or the text where it is none."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Client:
    """Speaks to one server, on a Unix socket (`path`) or on a port of the loopback."""

    def __init__(self, *, path: str = "", port: int = 0, timeout: float = 20) -> None:
        self._path, self._port, self._timeout = path, port, timeout
        self._connection: http.client.HTTPConnection | None = None

    def request(
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
        for attempt in (1, 2):
            connection = self._connected()
            try:
                connection.request(method, target, body=payload, headers=headers)
                answer = connection.getresponse()
                text = answer.read(8 << 20)
                break
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.close()
                if attempt == 2:
                    raise
        return Response(status=answer.status, headers=dict(answer.headers), body=_parsed(text))

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
