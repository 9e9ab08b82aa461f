"""`apiwright serve`."""

import asyncio
import gc
import signal
import socket
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

import typer
import uvicorn

from apiwright.api import create_app
from apiwright.bootstrap.logs import configure_logs
from apiwright.bootstrap.service import STAGES, Service, Settings, service
from apiwright.bootstrap.settings import settings_from
from apiwright.errors import ApiwrightError

SIGNALS = (signal.SIGTERM, signal.SIGINT)


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
    made = service(settings, stages_factory=stages_factory)
    server = _Server(made)
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        try:
            runner.run(_run(made, server))
        except OSError as error:
            raise ApiwrightError(f"{settings.host}:{settings.port}: {error.strerror or error}") from error


async def _run(made: Service, server: "_Server") -> None:
    # Bound first: a port that is taken is told before anything is begun.
    listening = server.config.bind_socket()
    try:
        if await _started(made, server):
            # What is loaded by now stays. To look through it for garbage again and again would hold up every stream for that long.
            gc.collect()
            gc.freeze()
            await server.serve(sockets=[listening])
    finally:
        listening.close()
        await made.close()


async def _started(made: Service, server: "_Server") -> bool:
    """Begin to work. A signal that comes meanwhile ends the start at its next rest, in order; False then."""
    loop, starting = asyncio.get_running_loop(), asyncio.ensure_future(made.start())

    def asked() -> None:
        server.should_exit = True
        starting.cancel()

    for number in SIGNALS:
        loop.add_signal_handler(number, asked)
    await asyncio.wait({starting})
    if starting.cancelled():
        return False
    starting.result()
    return not server.should_exit


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
        self._made = made
        self._tails = app.state.context.tails

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
        await asyncio.gather(super().shutdown(sockets), self._made.drain())
