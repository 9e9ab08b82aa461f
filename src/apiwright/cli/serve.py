"""`apiwright serve`."""

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any, Literal

import typer
import uvicorn

from apiwright.api import create_app
from apiwright.bootstrap.logs import configure_logs
from apiwright.bootstrap.service import STAGES, Service, Settings, service
from apiwright.bootstrap.settings import settings_from
from apiwright.errors import ApiwrightError

SIGNALS = (signal.SIGTERM, signal.SIGINT)
_CLOSING = 10.0


def command(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 for any free one.")] = None,
    role: Annotated[Literal["all", "api", "worker"] | None, typer.Option(help="Answer requests, work, or both.")] = None,
) -> None:
    """Run the service. Without any setting it keeps everything in ./.apiwright; `APIWRIGHT_*` variables and .env change that."""
    run(settings_from(host=host, port=port, role=role))


def run(settings: Settings, *, stages_factory: str = STAGES) -> None:
    """Serve until a signal ends it.

    Raises:
        ApiwrightError: It could not begin; the message says why.
    """
    configure_logs(settings)
    # Bound first: a port that is taken is told before anything is begun.
    listening = bound(settings.host, settings.port)
    server = _Server(service(settings, stages_factory=stages_factory))
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_run(server, listening))


def bound(host: str, port: int) -> socket.socket:
    """A socket that is taken, and not listened on yet.

    Raises:
        ApiwrightError: The address cannot be had; the message says why.
    """
    # Told that it speaks TCP: asyncio looks for that before it sets TCP_NODELAY, without which answers wait 40 ms for an acknowledgement.
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise ApiwrightError(f"{host}:{port}: {error.strerror or error}") from error
    return listening


async def _run(server: "_Server", listening: socket.socket) -> None:
    made = server.made
    try:
        if await _started(server):
            # What is loaded by now stays. To look through it for garbage again and again would hold up every stream for that long.
            gc.collect()
            gc.freeze()
            await server.serve(sockets=[listening])
    finally:
        listening.close()
        await made.close()


async def _started(server: "_Server") -> bool:
    """Begin to work. A signal that comes meanwhile ends the start at its next rest, in order; False then."""
    loop, starting = asyncio.get_running_loop(), asyncio.ensure_future(server.made.start())

    def asked() -> None:
        server.stop()
        starting.cancel()

    for number in SIGNALS:
        loop.add_signal_handler(number, asked)
    await asyncio.wait({starting})
    if starting.cancelled():
        return False
    starting.result()
    return not server.should_exit


def _end_now() -> None:
    # What is left undone is found by the others, as if this process had died.
    print("ended without waiting any longer", file=sys.stderr, flush=True)
    os._exit(0)


class _Server(uvicorn.Server):
    """Ends streams and stops taking work as soon as it is told to stop, and exits as one that was asked to, not as one that was killed."""

    def __init__(self, made: Service) -> None:
        app = create_app(made)
        settings = made.settings
        super().__init__(
            uvicorn.Config(
                app, host=settings.host, port=settings.port, log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=max(1, round(settings.grace)), forwarded_allow_ips=settings.trusted_proxies,
            )
        )  # fmt: skip
        self.made = made
        self._tails = app.state.context.tails

    def stop(self) -> None:
        """End in order; and without it, should something wait for an answer that does not come, as of a database that is silent."""
        if not self.should_exit:
            self.should_exit = True
            in_vain = threading.Timer(self.made.settings.grace + _CLOSING, _end_now)
            in_vain.daemon = True
            in_vain.start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        self.stop()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        address: Any = sockets[0].getsockname() if sockets else ("", 0)
        print(f"Apiwright serves http://{address[0]}:{address[1]} (documentation at /docs)", file=sys.stderr, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._tails.close()
        await asyncio.gather(super().shutdown(sockets), self.made.drain())
