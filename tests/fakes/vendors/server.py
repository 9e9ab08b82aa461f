"""One vendor on a free local port."""

import json
import select
import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.fakes.vendors import anthropic, gemini, openai
from tests.fakes.vendors.script import Answer, Call, Cut, HttpFailure, Hung, Script, WireError

FORMATS: dict[str, ModuleType] = {"google": gemini, "openai": openai, "openai-compatible": openai, "anthropic": anthropic}
MODELS = {
    "google": "google:gemini-2.5-flash",
    "openai": "openai:gpt-5-mini",
    "anthropic": "anthropic:claude-sonnet-5-5",
    "openai-compatible": "openai-compatible:qwen3-coder",
}
KEYS = {
    "google": "GOOGLE_API_KEY",
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "openai-compatible": "APIWRIGHT_MODEL_KEY",
}


class VendorServer(ThreadingHTTPServer):
    """Answers as the script says.

    Attributes:
        calls: Every request, in order.
        faults: What was wrong with the shape of requests; empty when all were as the vendor documents.
        dropped: How many requests that hung their client has given up.
    """

    daemon_threads = True

    def __init__(self, vendor: str, script: Script) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.vendor, self.script, self.wire = vendor, script, FORMATS[vendor]
        self.calls: list[Call] = []
        self.faults: list[str] = []
        self.dropped = 0

    @property
    def url(self) -> str:
        """What the client is to be told as base address."""
        root = f"http://127.0.0.1:{self.server_address[1]}"
        return f"{root}/v1" if self.wire is openai else root

    def environment(self, key: str) -> dict[str, str]:
        """The variables that make a command use this server."""
        return {"APIWRIGHT_MODEL": MODELS[self.vendor], "APIWRIGHT_MODEL_URL": self.url, KEYS[self.vendor]: key}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is part of the game."""


@contextmanager
def vendor_server(vendor: str, script: Script) -> Generator[VendorServer]:
    """A server that runs."""
    server = VendorServer(vendor, script)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: VendorServer  # pyright: ignore[reportIncompatibleVariableOverride] - it is always one of these

    def do_POST(self) -> None:
        server = self.server
        raw = self.rfile.read(int(self.headers["content-length"])).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            call: Call = server.wire.read(self.path, headers, raw)
        except (WireError, KeyError, ValueError, TypeError, IndexError) as error:
            server.faults.append(f"{type(error).__name__}: {error}")
            self._json(400, {"error": {"message": "malformed", "code": 400, "status": "INVALID_ARGUMENT"}}, {})
            return
        server.calls.append(call)
        reply = server.script(call)
        if isinstance(reply, Hung):
            server.dropped += self._gone_within(reply.seconds)
            self.close_connection = True
        elif isinstance(reply, HttpFailure):
            wait = {"retry-after": str(reply.retry_after)} if reply.retry_after is not None else {}
            self._json(reply.status, server.wire.failure(reply, call.key), wait)
        else:
            held = reply.held if isinstance(reply, Answer) else None
            self._stream(list(server.wire.stream(call, reply)), broken=isinstance(reply, Cut), held=held)

    def _gone_within(self, seconds: float) -> bool:
        """Whether the client closes the connection before so many seconds are over."""
        give_up = time.monotonic() + seconds
        while time.monotonic() < give_up:
            if select.select([self.connection], [], [], 0.05)[0]:
                return not self.connection.recv(1, socket.MSG_PEEK)
        return False

    def _json(self, status: int, document: dict[str, Any], headers: dict[str, str]) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in {"content-type": "application/json", "content-length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, events: list[bytes], *, broken: bool, held: Path | None) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for number, event in enumerate(events):
            if held is not None and number == len(events) // 2:
                _wait_for(held)
            self.wfile.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")
            self.wfile.flush()
        if broken:
            self.close_connection = True  # and no last chunk: the stream is not at its end
        else:
            self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that it overrides
        """Nothing on the screen."""


def _wait_for(file: Path, longest: float = 120.0) -> None:
    ends = time.monotonic() + longest
    while not file.exists() and time.monotonic() < ends:
        time.sleep(0.05)
