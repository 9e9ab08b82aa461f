"""Storage that fails: an S3 server behind a proxy that answers half of all writes with an error."""

import random
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from moto.server import ThreadedMotoServer


@contextmanager
def failing_s3(*, rate: float) -> Generator[dict[str, str]]:
    """Settings for a bucket whose writes fail at this rate, after or before they were done."""
    moto: Any = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    moto.start()
    _, port = moto.get_host_and_port()
    _forward(port, "PUT", "/apiwright", {}, b"")
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), _handler(port, rate))
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield {
            "APIWRIGHT_STORAGE_URL": "s3://apiwright/files",
            "APIWRIGHT_S3_ENDPOINT": f"http://127.0.0.1:{proxy.server_address[1]}",
            "APIWRIGHT_S3_ACCESS_KEY": "test",
            "APIWRIGHT_S3_SECRET_KEY": "test",
        }
    finally:
        proxy.shutdown()
        proxy.server_close()
        moto.stop()


def _handler(port: int, rate: float) -> type[BaseHTTPRequestHandler]:
    class Failing(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            fails = self.command in {"PUT", "POST", "DELETE"} and random.random() < rate
            answer: tuple[int, dict[str, str], bytes] = (503, {}, b"")
            if not fails or random.random() < 0.5:
                done = _forward(port, self.command, self.path, dict(self.headers.items()), body)
                answer = answer if fails else done
            status, headers, content = answer
            self.send_response(status)
            for name, value in headers.items():
                if name.lower() not in {"connection", "transfer-encoding", "content-length", "server", "date"}:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(content)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_one  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    return Failing


def _forward(port: int, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()
    finally:
        connection.close()
