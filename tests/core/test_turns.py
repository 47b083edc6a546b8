"""Pictures are read for few people at once and not for long, so that pages have threads left."""

import io
import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from PIL import Image

from hallway.core.images import ImageRefused, turn
from hallway.core.images.turns import most_at_once


def dear(side: int = 6300) -> bytes:
    """A picture of almost 40 million pixels that keeps a processor busy for about a second."""
    out = io.BytesIO()
    Image.frombytes("L", (side, 1), os.urandom(side)).resize((side, side)).convert("RGB").save(
        out, "PNG", compress_level=1
    )
    return out.getvalue()


@pytest.fixture
def others() -> Iterator[ExitStack]:
    """As many others as may read at once."""
    with ExitStack() as stack:
        for person in range(most_at_once()):
            stack.enter_context(turn(1000 + person))
        yield stack


def test_fewer_read_pictures_at_once_than_there_are_threads() -> None:
    assert 0 < most_at_once() < settings.CONFIG.threads


def test_nobody_waits_for_a_turn(others: ExitStack) -> None:
    start = time.monotonic()
    with pytest.raises(ImageRefused) as refused, turn(1):
        pass
    assert refused.value.reason == "busy"
    assert time.monotonic() - start < 1
    others.close()
    with turn(1):
        pass


def test_one_person_has_one_turn_in_all_their_requests() -> None:
    with turn(1):
        with pytest.raises(ImageRefused) as refused, turn(1):
            pass
        assert refused.value.reason == "another"
        told: list[str] = []
        thread = threading.Thread(target=lambda: told.append(_reason()))
        thread.start()
        thread.join()
        assert told == ["another"]
    with turn(1):
        pass


def _reason() -> str:
    try:
        with turn(1):
            return ""
    except ImageRefused as refused:
        return refused.reason


def test_a_turn_ends_with_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), turn(1):
        raise ValueError("broken")
    with turn(1):
        pass


def test_all_pictures_of_a_request_share_its_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hallway.core.images.turns.REQUEST_SECONDS", 2)
    data, start = dear(), time.monotonic()
    with pytest.raises(ImageRefused) as refused, turn(1) as held:
        for _ in range(8):
            held.accept(data)
    assert refused.value.reason in ("budget", "time")
    assert time.monotonic() - start < 4
