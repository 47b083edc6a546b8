"""Pages behind the hub: whoever sends or reads slowly waits alone."""

import io
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from hallway.hub import app, body, entrance, pages
from tests.hub.hall import Hall, wait_for

PIECES = 400
LONG_FILE = b"0123456789abcdef" * 4096 * PIECES  # 25 MiB: more than two sockets keep


def application(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answer what was asked; at /file with a file that is too long to be sent at once."""
    if environ["PATH_INFO"] == "/file":
        start("200 OK", [("Content-Length", str(len(LONG_FILE)))])
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](io.BytesIO(LONG_FILE), 4096)
        return wrapped
    words = environ["wsgi.input"].read()
    told = (environ["CONTENT_LENGTH"], len(words), environ.get("HTTP_X_FORWARDED_FOR"))
    start("200 OK", [("Content-Type", "text/plain")])
    return [repr(told).encode()]


@pytest.fixture
def hall() -> Iterator[Hall]:
    with Hall(pages=application).open() as opened:
        yield opened


@contextmanager
def caller(hall: Hall, sent: bytes = b"", seconds: float = 8) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", hall.port), timeout=seconds) as line:
        line.sendall(sent)
        yield line


def request(method: str, address: str = "/", *fields: str) -> bytes:
    lines = (f"{method} {address} HTTP/1.1", "Host: x", *fields, "", "")
    return "\r\n".join(lines).encode()


def answer(line: socket.socket) -> bytes:
    """Everything up to the end of a short answer."""
    told = b""
    while piece := line.recv(65536):
        told += piece
        head, found, rest = told.partition(b"\r\n\r\n")
        length = dict(
            field.lower().split(b": ", 1) for field in head.split(b"\r\n")[1:] if b": " in field
        ).get(b"content-length")
        if found and length and len(rest) >= int(length):
            break
    return told


def ask(hall: Hall, sent: bytes) -> bytes:
    with caller(hall, sent) as line:
        return answer(line)


def test_people_who_send_slowly_hold_up_nobody(hall: Hall) -> None:
    """There are four threads; forty bodies that do not come take none of them."""
    with ExitStack() as slow:
        for _ in range(40):
            slow.enter_context(caller(hall, request("POST", "/", "Content-Length: 1000") + b"a="))
        assert b"('0', 0, None)" in ask(hall, request("GET"))
        assert b"('2', 2, None)" in ask(hall, request("POST", "/", "Content-Length: 2") + b"a=")


def test_a_body_that_does_not_come_is_given_up(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "IDLE_SECONDS", 0.2)
    sent = request("POST", "/", "Content-Length: 1000") + b"a="
    told = ask(hall, sent)
    assert told.startswith(b"HTTP/1.1 408 ")
    assert b"connection: close" in told.lower()


def test_a_body_that_comes_in_drops_is_given_up(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "SECONDS", 0.5)
    with caller(hall, request("POST", "/", "Content-Length: 1000")) as line:
        line.settimeout(0.05)
        told = b""
        end = time.monotonic() + 5
        while not told and time.monotonic() < end:
            line.sendall(b"a")
            try:
                told = line.recv(1000)
            except TimeoutError:
                continue
    assert told.startswith(b"HTTP/1.1 408 ")


def test_of_too_many_that_arrive_the_oldest_makes_room(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body, "MOST_ARRIVING", 2)
    half = request("POST", "/", "Content-Length: 10") + b"12345"
    with caller(hall, half) as first, caller(hall, half) as second:
        time.sleep(0.3)
        with caller(hall, half) as third:
            assert answer(first).startswith(b"HTTP/1.1 408 ")
            for line in (second, third):
                line.sendall(b"67890")
                assert b"('10', 10, None)" in answer(line)


@pytest.mark.parametrize("size", [10, body.KEPT + 1, 1024 * 1024])
def test_a_body_arrives_whole(hall: Hall, size: int) -> None:
    head = request("POST", "/", f"Content-Length: {size}")
    assert f"('{size}', {size}, None)".encode() in ask(hall, head + b"x" * size)


def test_a_body_in_chunks_is_given_its_length(hall: Hall) -> None:
    sent = (
        request("POST", "/", "Transfer-Encoding: chunked") + b"3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n"
    )
    assert b"('7', 7, None)" in ask(hall, sent)


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "in chunks"])
def test_too_large_a_body_is_thrown_away(hall: Hall, *, chunked: bool) -> None:
    """The application is told of a length that it refuses, and nothing is kept for it."""
    size = 3 * 1024 * 1024
    if chunked:
        sent = request("POST", "/", "Transfer-Encoding: chunked")
        sent += f"{size:x}\r\n".encode() + b"x" * size + b"\r\n0\r\n\r\n"
        expected = 2 * 1024 * 1024 + 1
    else:
        sent = request("POST", "/", f"Content-Length: {size}") + b"x" * size
        expected = size
    told = ask(hall, sent)
    assert f"('{expected}', 0, None)".encode() in told
    assert b"connection: close" in told.lower()


def test_who_asks_first_whether_a_body_is_welcome_need_not_send_it(hall: Hall) -> None:
    sent = request("POST", "/", "Content-Length: 9000000", "Expect: 100-continue")
    told = ask(hall, sent)
    assert told.startswith(b"HTTP/1.1 200 ")
    assert b"('9000000', 0, None)" in told


def test_people_who_read_slowly_hold_up_nobody(hall: Hall) -> None:
    with ExitStack() as slow:
        for _ in range(8):
            slow.enter_context(caller(hall, request("GET", "/file")))
        time.sleep(0.3)
        assert b"('0', 0, None)" in ask(hall, request("GET"))


def test_a_long_file_comes_whole(hall: Hall) -> None:
    with caller(hall, request("GET", "/file", "Connection: close")) as line:
        told = b"".join(iter(lambda: line.recv(1 << 20), b""))
    assert told.partition(b"\r\n\r\n")[2] == LONG_FILE
    with caller(hall, request("HEAD", "/file", "Connection: close")) as line:
        head = b"".join(iter(lambda: line.recv(1 << 20), b""))
    assert head.endswith(b"\r\n\r\n")
    assert f"content-length: {len(LONG_FILE)}".encode() in head.lower()


def test_who_takes_nothing_of_an_answer_is_cut_off(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "STALLED_SECONDS", 0.2)
    with caller(hall, request("GET", "/file")) as line:
        time.sleep(1)
        told = b"".join(iter(lambda: line.recv(1 << 20), b""))
    assert len(told) < len(LONG_FILE)


def test_only_a_proxy_can_speak_for_the_client(hall: Hall) -> None:
    """In WSGI a name with an underscore would be the same name."""
    fields = ("X_Forwarded_For: 10.0.0.1", "X-Forwarded-For: 203.0.113.9")
    assert b"('0', 0, '203.0.113.9')" in ask(hall, request("GET", "/", *fields))
    assert b"('0', 0, '203.0.113.9')" in ask(hall, request("GET", "/", *reversed(fields)))
    assert b"('0', 0, None)" in ask(hall, request("GET", "/", fields[0]))


@pytest.mark.parametrize("before", [b"", request("GET")], ids=["new", "kept alive"])
def test_half_a_request_is_given_up(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, before: bytes
) -> None:
    """Also when a little more of it comes now and then."""
    monkeypatch.setattr(entrance, "REQUEST_SECONDS", 0.5)
    with caller(hall, before) as line:
        if before:
            answer(line)
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        line.settimeout(0.1)
        end = time.monotonic() + 4
        with pytest.raises((ConnectionError, StopIteration)):
            while time.monotonic() < end:
                line.sendall(b"a")
                try:
                    if line.recv(10) == b"":
                        raise StopIteration
                except TimeoutError:
                    continue
    wait_for(lambda: len(hall.hub.entrance) == 0)


def test_of_too_many_that_say_nothing_the_oldest_makes_room(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entrance, "MOST_WAITING", 2)
    with caller(hall) as first, caller(hall) as second:
        wait_for(lambda: len(hall.hub.entrance) == 2)
        with caller(hall) as third:
            assert first.recv(10) == b""
            for line in (second, third):
                line.sendall(request("GET"))
                assert b"('0', 0, None)" in answer(line)


def test_what_the_hub_itself_says_is_guarded(hall: Hall) -> None:
    told = ask(hall, request("GET", app.HEALTH)).lower()
    assert told.startswith(b"http/1.1 200 ")
    for name in (
        b"x-content-type-options: nosniff",
        b"content-security-policy: default-src 'none'",
    ):
        assert name in told


def test_an_error_of_the_application_is_told_and_the_next_is_answered() -> None:
    def broken(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/broken":
            raise RuntimeError("on purpose")
        return application(environ, start)

    with Hall(pages=broken).open() as hall:
        for _ in range(6):
            assert ask(hall, request("GET", "/broken")).startswith(b"HTTP/1.1 500 ")
        assert b"('0', 0, None)" in ask(hall, request("GET"))


def test_cookies_in_several_fields_are_one() -> None:
    scope = {"headers": [(b"cookie", b"a=1"), (b"cookie", b"b=2"), (b"x", b"1"), (b"x", b"2")]}
    assert pages.header_fields(scope) == {"cookie": "a=1; b=2", "x": "1,2"}
