"""What a line takes by the short way is what the parser would have made of it, however it comes."""

import asyncio
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from hallway.hub.framing import whole_text
from hallway.hub.protocol import Line
from hallway.hub.screens import Screen


class Way(asyncio.Transport):
    """Where answers go; nobody listens."""

    def write(self, data: Any) -> None: ...

    def is_closing(self) -> bool:
        return False


class Told(Line):
    """A line behind its handshake, whose messages are noted."""

    def __init__(self) -> None:
        super().__init__(None, set())  # type: ignore[arg-type]
        self.messages: list[Any] = []
        self.transport = Way()
        # As after a handshake: what belongs to a screen, and frames without an opening.
        self.screen = Screen(self, self.transport.write, "")
        self._parser = None

    def _message(self, data: bytes) -> None:
        self.messages.append(json.loads(data))


def framed(opcode: Opcode, data: bytes, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin).serialize(mask=True)


WORDS = st.one_of(st.text(max_size=30), st.text(min_size=110, max_size=140))
SENT = st.lists(
    st.one_of(
        st.tuples(st.just("whole"), WORDS),
        st.tuples(st.just("parts"), WORDS),
        st.tuples(st.just("ping"), st.just("still here")),
    ),
    max_size=8,
)


@settings(max_examples=50)
@given(SENT, st.lists(st.integers(1, 40), max_size=60), st.booleans())
def test_every_message_is_taken_once_and_in_order(
    sent: list[tuple[str, str]], cuts: list[int], by_frame: bool
) -> None:
    frames, wanted = [], []
    for kind, words in sent:
        data = json.dumps(words).encode()
        if kind == "ping":
            frames.append(framed(Opcode.PING, b"x"))
            continue
        wanted.append(words)
        if kind == "whole":
            frames.append(framed(Opcode.TEXT, data))
        else:
            frames += [
                framed(Opcode.TEXT, data[:2], fin=False),
                framed(Opcode.PING, b""),
                framed(Opcode.CONT, data[2:]),
            ]
    pieces = frames
    if not by_frame:
        whole, pieces = b"".join(frames), []
        for cut in [*cuts, len(whole)]:
            pieces.append(whole[:cut])
            whole = whole[cut:]
    line = Told()
    for piece in filter(None, pieces):
        line.data_received(piece)
    assert line.messages == wanted
    # All has been understood, so that the next one may take the short way again.
    assert line._parsing == 0


def test_the_short_way_takes_nothing_else() -> None:
    vote = framed(Opcode.TEXT, b'{"vote":1}')

    def taken(data: bytes) -> bytes | None:
        return whole_text(data, 300)

    assert taken(vote) == b'{"vote":1}'
    assert taken(framed(Opcode.TEXT, b"x" * 125)) == b"x" * 125
    assert taken(framed(Opcode.TEXT, b"x" * 126)) == b"x" * 126
    assert taken(framed(Opcode.TEXT, b"x" * 301)) is None
    assert taken(framed(Opcode.TEXT, b"x" * 70_000)) is None
    assert taken(framed(Opcode.TEXT, b"{}", fin=False)) is None
    assert taken(framed(Opcode.CLOSE, b"")) is None
    assert taken(vote[:-1]) is None
    assert taken(vote + vote) is None
    assert taken(Frame(Opcode.TEXT, b"unmasked").serialize(mask=False)) is None
    assert taken(b"") is None
