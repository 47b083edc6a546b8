"""What the hub remembers, and for how long."""

import time

import pytest

from hallway.hub import history, wire
from hallway.hub.history import Frame, History, Part
from hallway.journal.position import Position

START = Position(0, 0)


def frame(number: int, topic: str = "space:3", target: str = "", size: int = 10) -> Frame:
    html = {"en": f'<turbo-stream action="replace">{"x" * size}</turbo-stream>'}
    part = Part(target or f"entry-{number}", html)
    return Frame(topic, Position(0, number), None, (part,)).encode()


def count(data: bytes | None) -> int:
    assert data is not None
    return data.count(b'"t":')


def test_the_number_of_frames_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_FRAMES", 10)
    held = History(START)
    held.hold(frame(1, "space:9"))
    for number in range(2, 22):
        held.hold(frame(number))
    assert held.missed(["space:3"], Position(0, 10), "en") is None
    assert count(held.missed(["space:3"], Position(0, 11), "en")) == 10
    # A quiet topic has lost its one frame; who had it already has lost nothing.
    assert held.missed(["space:9"], START, "en") is None
    assert held.missed(["space:9"], Position(0, 1), "en") == b""
    assert held.missed(["space:10"], START, "en") == b""


def test_the_bytes_of_frames_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_BYTES", 100_000)
    held = History(START)
    for number in range(1, 40):
        held.hold(frame(number, target="entry-1", size=10_000))
    assert held.missed(["space:3"], START, "en") is None
    assert count(held.missed(["space:3"], Position(0, 37), "en")) == 1


def test_old_frames_are_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    held = History(START)
    held.hold(frame(1))
    assert count(held.missed(["space:3"], START, "en")) == 1
    later = time.monotonic() + history.MOST_SECONDS + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    held.trim()
    assert held.missed(["space:3"], START, "en") is None


def test_too_much_to_catch_up_means_to_read_the_page_anew() -> None:
    held = History(START)
    for number in range(1, 20):
        held.hold(frame(number, size=10_000))
    assert held.missed(["space:3"], START, "en") is None
    assert count(held.missed(["space:3"], Position(0, 10), "en")) == 9


def test_what_is_forgotten_is_not_told_and_what_follows_is() -> None:
    held = History(START)
    for number in range(1, 5):
        held.hold(frame(number, "author:1"))
        held.hold(frame(number, "space:3"))
        held.hold(frame(number, "space:31"))
    held.forget("author:", Position(0, 5))
    held.forget("space:3", Position(0, 5))
    # Drawn from before, though it comes after.
    held.hold(frame(4, "author:2"))
    held.hold(frame(6, "author:1"))
    for topic in ("author:1", "author:2", "space:3"):
        assert held.missed([topic], Position(0, 4), "en") is None
    assert count(held.missed(["author:1"], Position(0, 5), "en")) == 1
    assert held.missed(["author:2"], Position(0, 5), "en") == b""
    assert count(held.missed(["space:31"], START, "en")) == 4


def test_forgotten_frames_leave_the_ring_like_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST_FRAMES", 6)
    held = History(START)
    for number in range(1, 5):
        held.hold(frame(number))
    held.forget("space:3", Position(0, 5))
    for number in range(6, 12):
        held.hold(frame(number))
    assert count(held.missed(["space:3"], Position(0, 5), "en")) == 6
    assert held.last("space:3") == Position(0, 11)


@pytest.mark.parametrize("size", [0, 125, 126, 65_535, 65_536, 100_000])
def test_frames_announce_their_length(size: int) -> None:
    data = wire.message("x" * max(0, size - 2))
    payload = data[2:] if data[1] < 126 else data[4:] if data[1] == 126 else data[10:]
    told = data[1] if data[1] < 126 else int.from_bytes(data[2 : len(data) - len(payload)], "big")
    assert told == len(payload) == max(2, size)
    assert data[0] == 0x81
