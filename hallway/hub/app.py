"""The process that holds the screens: the hub alone, or the hub with all of Hallway's pages."""

import asyncio
import logging
import resource
import signal
import socket
from collections.abc import Iterable
from functools import partial
from types import FrameType
from typing import Any, cast

import uvicorn
import uvloop

from hallway.hub import metrics
from hallway.hub.admission import Gate
from hallway.hub.answers import text
from hallway.hub.ballots import Ballots
from hallway.hub.entrance import Caller, Entrance
from hallway.hub.exchange import Exchange
from hallway.hub.floor import Floor
from hallway.hub.health import Watch
from hallway.hub.ledger import Ledger
from hallway.hub.pages import Pages
from hallway.hub.protocol import Line
from hallway.hub.reading import Draw, Reading
from hallway.hub.source import Source
from hallway.journal.position import Position

log = logging.getLogger(__name__)

HEALTH = "/healthz"
BACKLOG = 4096
GRACE_SECONDS = 8


class Hub:
    """One process: its exchange, its drawing thread and its HTTP server.

    `source` is read, `draw` draws, `gate` admits; `origins` are the addresses whose pages may
    connect, `cookie` is the name of the session cookie, `watch` knows how the rest is, `ledger`
    takes what screens in town halls send (without it they may send nothing). With
    `django_app` (WSGI) all other requests are answered by it in `threads` threads; without it only
    the health check is.
    """

    def __init__(
        self,
        *,
        source: Source,
        draw: Draw,
        gate: Gate,
        origins: Iterable[str],
        cookie: str,
        django_app: Any = None,
        threads: int = 4,
        watch: Watch | None = None,
        ledger: Ledger | None = None,
    ) -> None:
        self._watch = watch
        self._source = source
        self._draw = draw
        self._gate = gate
        self._ledger = ledger
        self._origins = frozenset(origins)
        self._cookie = cookie
        self._pages = None if django_app is None else Pages(django_app, threads)
        self.entrance = Entrance()
        self._server: uvicorn.Server | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.reading: Reading | None = None
        self.exchange: Exchange | None = None
        self.floor: Floor | None = None

    def run(self, listener: socket.socket) -> None:
        """Serve until told to stop, by `stop` or by SIGTERM; then say goodbye to every screen."""
        raise_file_limit()
        start, incarnation = self._source.start(), self._source.incarnation()
        self._source.close()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(self._serve(listener, start, incarnation))

    def stop(self) -> None:
        """Ask the process to end; may be called from any thread."""
        if self._server is not None:
            self._server.should_exit = True

    @property
    def is_serving(self) -> bool:
        """Whether screens can connect."""
        return self._server is not None and self._server.started

    @property
    def applied(self) -> Position | None:
        """How far screens have been told; None before the start."""
        return None if self.exchange is None else self.exchange.applied

    async def _serve(self, listener: socket.socket, start: Position, incarnation: str) -> None:
        loop = self.loop = asyncio.get_running_loop()
        exchange = self.exchange = Exchange(self._gate, loop, start, incarnation)
        ballots = None if self._ledger is None else Ballots(exchange, loop, self._ledger)
        floor = self.floor = Floor(exchange, self._origins, self._cookie, ballots)
        reading = self.reading = Reading(exchange, loop, self._source, self._draw)

        def line(*, server_state: Any, **_: Any) -> Line:
            return Line(floor, server_state.connections)

        config = uvicorn.Config(
            self._answer,
            http=cast(Any, partial(Caller, self.entrance)),
            ws=cast(Any, line),
            loop="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=BACKLOG,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Server(config)
        reading.start()
        if ballots is not None:
            ballots.begin()
        try:
            await self._server.serve(sockets=[listener])
        finally:
            floor.close()
            # In threads of their own, for they wait for threads that talk to the database.
            if ballots is not None:
                await ballots.close()
            await asyncio.to_thread(reading.stop)
            await asyncio.to_thread(exchange.close)

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] == HEALTH:
            await self._tell_health(send)
        elif metrics.asked_for(scope):
            await metrics.answer(send, self.exchange)
        elif self._pages is not None:
            await self._pages(scope, receive, send)
        else:
            await text(send, 404, "not here\n")

    async def _tell_health(self, send: Any) -> None:
        health = None if self._watch is None else await self._watch.health()
        if self.reading is None or not self.reading.is_well():
            await text(send, 503, "not reading\n")
        elif self._watch is not None and health is None:
            await text(send, 503, "the database does not answer\n")
        elif health is None:
            await text(send, 200, "ok\n")
        else:
            await text(send, health.status, str(health))


class _Server(uvicorn.Server):
    """uvicorn's server, which would raise the signal again at the end and so skip our goodbyes."""

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def listen(host: str, port: int, *, reuse_port: bool = False) -> socket.socket:
    """Open the listening socket; with `reuse_port` several hubs share one address.

    Raises OSError when the address is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=reuse_port)


def serve(
    host: str,
    port: int,
    *,
    django_app: Any = None,
    threads: int = 4,
    reuse_port: bool = False,
    origins: Iterable[str] = (),
) -> None:
    """Run the hub of this installation, with all pages when `django_app` is given.

    Django must have been set up. Returns after a graceful stop. `origins` are allowed besides
    those of the settings.
    """
    from django.conf import settings

    from hallway.hub.frames import frames_of
    from hallway.hub.gate import DatabaseGate, allowed_origins
    from hallway.hub.ledger import DatabaseLedger
    from hallway.hub.source import JournalSource

    hub = Hub(
        source=JournalSource(),
        draw=frames_of,
        gate=DatabaseGate(),
        origins={*allowed_origins(), *origins},
        cookie=settings.SESSION_COOKIE_NAME,
        django_app=django_app,
        threads=threads,
        watch=Watch(),
        ledger=DatabaseLedger(),
    )
    with listen(host, port, reuse_port=reuse_port) as listener:
        hub.run(listener)


def raise_file_limit() -> None:
    """Allow as many open files as the system lets this process have: each screen is one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
