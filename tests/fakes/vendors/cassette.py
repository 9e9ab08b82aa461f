"""Recorded exchanges with a real vendor: written by a proxy between the client and the vendor, replayed by a local server.

A cassette is JSON lines, one exchange each: what was asked (path and body), and what came back (status, content type, the body in its
pieces). No header of a request is kept, so no key is; names of accounts and of single answers are blotted out.
"""

import json
import re
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_ACCOUNT = re.compile(
    r'("(?:id|responseId|response_id|request_id|system_fingerprint|organization|project|user|safety_identifier|thoughtSignature|signature)"'
    r'\s*:\s*)"[^"\n]*"'
)
_KEPT = ("content-type", "retry-after")
_SENT = ("content-type", "authorization", "x-api-key", "x-goog-api-key", "anthropic-version", "anthropic-beta", "accept")


def blotted(text: str, *secrets: str) -> str:
    """A piece of an answer without what tells whose it is."""
    for secret in secrets:
        text = text.replace(secret, "[key]") if secret else text
    return _ACCOUNT.sub(r'\1"-"', text)


class Proxy(ThreadingHTTPServer):
    """Passes requests on to `target` and writes the exchange down."""

    daemon_threads = True

    def __init__(self, target: str, cassette: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Recorder)
        self.target, self.cassette, self.lock = urlsplit(target), cassette, threading.Lock()


class Player(ThreadingHTTPServer):
    """Answers as a cassette does. `missed` are requests that it does not hold."""

    daemon_threads = True

    def __init__(self, cassette: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Replayer)
        exchanges = [json.loads(line) for line in cassette.read_text("utf-8").splitlines()]
        self.left: list[dict[str, Any]] = exchanges
        self.missed: list[str] = []
        self.lock = threading.Lock()

    def take(self, path: str, body: Any) -> dict[str, Any] | None:
        """The next answer to this request."""
        with self.lock:
            found = next((item for item in self.left if (item["path"], item["body"]) == (path, body)), None)
            if found is None:
                self.missed.append(path)
            else:
                self.left.remove(found)
            return found


@contextmanager
def running(server: ThreadingHTTPServer) -> Generator[str]:
    """The address of a server while it runs."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Speaker(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def body(self) -> str:
        return self.rfile.read(int(self.headers["content-length"])).decode()

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "transfer-encoding": "chunked"}.items():
            self.send_header(name, value)
        self.end_headers()

    def piece(self, text: bytes) -> None:
        self.wfile.write(f"{len(text):x}\r\n".encode() + text + b"\r\n")
        self.wfile.flush()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
        """Nothing on the screen: it would show addresses."""


class _Recorder(_Speaker):
    server: Proxy  # pyright: ignore[reportIncompatibleVariableOverride] - it is always one of these

    def do_POST(self) -> None:
        target, raw = self.server.target, self.body()
        kind = HTTPSConnection if target.scheme == "https" else HTTPConnection
        connection = kind(target.netloc, timeout=120)
        headers = {name: self.headers[name] for name in _SENT if self.headers[name]}
        connection.request("POST", target.path.rstrip("/") + self.path, raw.encode(), headers)
        response = connection.getresponse()
        kept = {name: response.headers[name] for name in _KEPT if response.headers[name]}
        self.begin(response.status, kept)
        pieces: list[str] = []
        for line in response:
            pieces.append(line.decode())
            self.piece(line)
        self.wfile.write(b"0\r\n\r\n")
        connection.close()
        held = [self.headers[name] for name in _SENT if name.endswith("-key") or name == "authorization"]
        secrets = [value.removeprefix("Bearer ") for value in held if value]
        answer = [blotted(piece, *secrets) for piece in pieces]
        exchange = {"path": self.path, "body": json.loads(raw), "status": response.status, "headers": kept, "answer": answer}
        with self.server.lock, self.server.cassette.open("a", encoding="utf-8") as file:
            file.write(json.dumps(exchange, ensure_ascii=False) + "\n")


class _Replayer(_Speaker):
    server: Player  # pyright: ignore[reportIncompatibleVariableOverride] - it is always one of these

    def do_POST(self) -> None:
        exchange = self.server.take(self.path, json.loads(self.body()))
        if exchange is None:
            self.begin(400, {"content-type": "application/json"})
            self.piece(b'{"error": {"message": "not on the cassette", "code": 400, "status": "INVALID_ARGUMENT"}}')
        else:
            self.begin(exchange["status"], exchange["headers"])
            for piece in exchange["answer"]:
                self.piece(piece.encode())
        self.wfile.write(b"0\r\n\r\n")
