"""The service's socket."""

import asyncio
import socket

from apiwright.cli.serve import bound


def test_answers_leave_at_once() -> None:
    async def delayed() -> int:
        waiting: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            waiting.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = bound("127.0.0.1", 0)
        async with await asyncio.start_server(connected, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            writer.close()
            return await waiting

    assert asyncio.run(delayed()) == 1
