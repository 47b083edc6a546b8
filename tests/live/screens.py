"""The real hub, and screens of several people on several pages that hear of every deed."""

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from hallway.core.guarding import as_system
from hallway.hub import app
from hallway.hub.frames import frames_of
from hallway.hub.gate import DatabaseGate
from hallway.hub.ledger import DatabaseLedger
from hallway.hub.source import JournalSource
from hallway.journal import reader
from hallway.notifications.reader import follower
from hallway.people.models import Person
from hallway.townhalls.models import TownHall
from tests.hub.hall import ORIGIN, Hall, wait_for
from tests.live.page import Page
from tests.live.state import differences
from tests.world import World


class RealHall(Hall):
    """A hub as `hallway run` starts it: the real journal, gate and drawing."""

    def __init__(self) -> None:
        super().__init__()
        self.hub = app.Hub(
            source=JournalSource(),
            draw=frames_of,
            gate=DatabaseGate(),
            origins={ORIGIN},
            cookie=settings.SESSION_COOKIE_NAME,
            ledger=DatabaseLedger(),
        )


@dataclass
class Screen:
    """Somebody looks at an address; the socket lives on from page to page."""

    name: str
    person: Person
    address: str
    socket: ClientConnection
    page: Page

    def show(self, page: Page) -> None:
        """Show another page, as a visit does."""
        page.recall(self.page)
        self.page = page
        if page.ticket:
            self.socket.send(json.dumps({"ticket": page.ticket}))
            while "ready" not in (message := json.loads(self.socket.recv(timeout=8))):
                page.hear(message)

    def listen(self) -> None:
        """Take everything that was told so far: an echo comes after it."""
        assert self.socket.ping().wait(8)
        while True:
            try:
                self.page.hear(json.loads(self.socket.recv(timeout=0)))
            except TimeoutError:
                return

    def closed(self) -> int | None:
        """Hear all that comes until the hub closes; returns its code."""
        with suppress(ConnectionClosed):
            while True:
                self.page.hear(json.loads(self.socket.recv(timeout=8)))
        return self.socket.close_code


def owing() -> bool:
    """Whether counts of any hall are still to be told."""
    with as_system("the test looks at everything"):
        return TownHall.objects.filter(owed__isnull=False).exists()


class Screens:
    """All screens of a story, and what became of them after each deed."""

    def __init__(self, world: World, hall: RealHall) -> None:
        self.world = world
        self.hall = hall
        self.screens: list[Screen] = []
        self.wrong: list[str] = []
        self.rereads: dict[str, set[str]] = {}

    def read(self, person: Person, address: str) -> Page:
        """Read a page anew, as the browser of `person`."""
        response = self.world.browser(person).get(address)
        return Page(response.content.decode() or "<p></p>", response.status_code)

    @contextmanager
    def open(self, pages: dict[str, Sequence[str]]) -> Iterator["Screens"]:
        """Open the addresses of each person (by name)."""
        with ExitStack() as sockets:
            for name, addresses in pages.items():
                person = self.world.people[name]
                for address in addresses:
                    socket = sockets.enter_context(self._connect(person))
                    screen = Screen(f"{name} {address}", person, address, socket, Page("<p></p>"))
                    self.screens.append(screen)
                    screen.show(self.read(person, address))
            yield self
        assert not self.wrong, "\n".join(self.wrong)

    def after(self, deed: str, *, quietly: bool = False) -> None:
        """Everybody has heard of `deed`; compare with the pages read anew, and go on from those.

        With `quietly` no page but the doer's may have been told to read itself anew.
        """
        follower().catch_up()
        self.settle()
        for screen in self.screens:
            screen.listen()
            fresh = self.read(screen.person, screen.address)
            if screen.page.stale:
                self.rereads.setdefault(deed, set()).add(f"{screen.name}: {screen.page.stale}")
                # These lists have no way to change but to be read anew.
                if quietly and not screen.address.startswith(("/notifications", "/saved")):
                    self.wrong.append(f"{deed}: {screen.name} reread for {screen.page.stale}")
            else:
                screen.page.tap()
                for line in differences(screen.page, fresh):
                    self.wrong.append(f"{deed}: {screen.name}: {line}")
            screen.show(fresh)

    def settle(self) -> None:
        """Wait until the hub has told all that is in the journal, doubtful screens included.

        Counts that had to wait for their turn come before.
        """
        wait_for(lambda: not owing())
        deeds = reader.read(reader.Position(0, 0), 100_000)
        last = deeds[-1].position

        def told() -> bool:
            exchange = self.hall.hub.exchange
            return exchange is not None and exchange.applied >= last and not exchange.waiting

        wait_for(told)

    def _connect(self, person: Person) -> AbstractContextManager[ClientConnection]:
        cookie = self.world.browser(person).cookies[settings.SESSION_COOKIE_NAME].value
        return connect(
            f"ws://127.0.0.1:{self.hall.port}/live",
            origin=ORIGIN,  # type: ignore[arg-type]
            additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"},
            compression=None,
            max_queue=None,
            proxy=None,
        )
