"""Figures for Prometheus: numbers of the whole, never of one person or one place.

The form is Prometheus' text format, version 0.0.4. Whoever asks shows the token of the settings;
without one in the settings there are no figures. To all others the address does not exist.
"""

import asyncio
import hmac
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from hallway import __version__
from hallway.hub.answers import text
from hallway.hub.exchange import Exchange
from hallway.hub.health import Health, Looks
from hallway.hub.requests import REQUESTS
from hallway.hub.screens import Screen
from hallway.journal.position import Position
from hallway.journal.reader import read, written

ADDRESS = "/metrics"

Line = tuple[str, str, str, float]
"""Name, kind, what it means, and how much it is."""


@dataclass(frozen=True, slots=True)
class Held:
    """What one hub holds, and how far it has told."""

    screens: int
    people: int
    in_halls: int
    applied: Position


_looks = Looks()


def asked_for(scope: Any) -> bool:
    """Whether a request (ASGI) asks for the figures and shows the token."""
    token = settings.CONFIG.metrics_token
    if scope["path"] != ADDRESS or not token:
        return False
    shown = dict(scope["headers"]).get(b"authorization", b"")
    return hmac.compare_digest(shown, f"Bearer {token}".encode())


async def answer(send: Any, exchange: Exchange | None = None) -> None:
    """Tell all figures of this process; those of open screens if it holds any."""
    held = None if exchange is None else held_by(exchange)
    await text(send, 200, await asyncio.to_thread(_told_alone, held))


def held_by(exchange: Exchange) -> Held:
    """Count; to be called where the exchange lives."""
    rooms = exchange.rooms
    halls = [room for topic, room in rooms.rooms.items() if topic.startswith("hall:")]
    return Held(
        screens=sum(len(group) for group in rooms.people.values()),
        people=len(rooms.people),
        in_halls=sum(len(set(_people_in(room.values()))) for room in halls),
        applied=exchange.applied,
    )


def told(health: Health, held: Held | None = None) -> str:
    """All figures; asks the database."""
    lines = [*_of_all(health), *(_of_hub(held) if held else ())]
    return "".join(
        f"# HELP {name} {meaning}\n# TYPE {name} {kind}\n{name} {value:.12g}\n"
        for name, kind, meaning, value in lines
    ) + "".join(_of_requests())


def _told_alone(held: Held | None) -> str:
    try:
        return told(_looks.get(), held)
    finally:
        connection.close()  # the thread may be gone next time


def _people_in(groups: Iterable[Iterable[Screen]]) -> Iterator[int]:
    for group in groups:
        yield from (screen.claims.person for screen in group if screen.claims is not None)


def _of_all(health: Health) -> Iterator[Line]:
    yield "hallway_writes", "gauge", "1 if the database takes writes.", health.writes
    yield "hallway_disk_free_ratio", "gauge", "Share of the disk that is free.", health.free
    if health.behind is not None:
        meaning = "Age of the oldest deed the worker has not read."
        yield "hallway_worker_behind_seconds", "gauge", meaning, health.behind
    with suppress(DatabaseError):  # hallway_writes says so
        yield "hallway_deeds_total", "counter", "Deeds written to the journal.", written()


def _of_hub(held: Held) -> Iterator[Line]:
    yield "hallway_screens", "gauge", "Open screens that this process holds.", held.screens
    yield "hallway_people_online", "gauge", "People with an open screen here.", held.people
    meaning = "People in town halls, with screens here."
    yield "hallway_people_in_halls", "gauge", meaning, held.in_halls
    meaning = "Age of the oldest deed that open screens have not been told."
    with suppress(DatabaseError):
        yield "hallway_hub_behind_seconds", "gauge", meaning, _behind(held.applied)


def _behind(applied: Position) -> float:
    waiting = read(applied, 1)
    return max(0.0, (timezone.now() - waiting[0].at).total_seconds()) if waiting else 0.0


def _of_requests() -> Iterator[str]:
    # Of several processes behind one port another one may answer each time, so it says which.
    process = f'process="{os.getpid()}"'
    yield "# HELP hallway_info The version.\n# TYPE hallway_info gauge\n"
    yield f'hallway_info{{version="{__version__}"}} 1\n'
    yield "# HELP hallway_requests_total Requests answered.\n"
    yield "# TYPE hallway_requests_total counter\n"
    for status, number in sorted(REQUESTS.answered.copy().items()):
        yield f'hallway_requests_total{{{process},status="{status}"}} {number}\n'
    yield "# HELP hallway_request_seconds_total Time from arrival to answer, of all requests.\n"
    yield "# TYPE hallway_request_seconds_total counter\n"
    yield f"hallway_request_seconds_total{{{process}}} {REQUESTS.seconds:.6f}\n"
