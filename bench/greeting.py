"""The bare limit of coming in: a server that greets screens and asks nothing, `bench.greeting`."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import uvloop

from bench.server import ROOT, Served
from hallway.simulation.server import free_port

HANDS = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"
)


class Greeting(asyncio.Protocol):
    """Shakes hands with whoever comes, and calls every ticket good."""

    def __init__(self, ready: bytes) -> None:
        self._ready = ready
        self._answers = [HANDS, ready]
        self._transport = cast(asyncio.Transport, None)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, _data: bytes) -> None:
        if self._answers:
            self._transport.write(self._answers.pop(0))


@contextmanager
def greeting() -> Iterator[int]:
    """Run it in a process of its own; yields its port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.greeting", str(port)], cwd=ROOT)
    try:
        Served(0, port).wait()
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)


async def main(port: int) -> None:
    """Greet until ended."""
    from hallway.hub import wire

    ready = wire.message({"ready": {"p": "0.1", "topics": {}, "ticket": "t" * 240}})
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Greeting(ready), "127.0.0.1", port, backlog=4096)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(int(sys.argv[1])))
