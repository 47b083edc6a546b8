"""Pages behind the event loop: nobody holds a thread by sending or by reading slowly.

A thread is taken when a request has arrived whole, and let go as soon as its answer is made.
"""

import asyncio
import contextvars
import io
import logging
import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Any

from hallway.core import sizes
from hallway.hub.answers import text
from hallway.hub.body import Arrivals, Gone, TooLarge, TooSlow, throw_away
from hallway.hub.requests import REQUESTS

log = logging.getLogger(__name__)

PIECE = 256 * 1024  # bytes of a file that are read at a time
SMALL_FILE = 1024 * 1024  # bytes; a smaller one is read by the thread that opened it

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]


class Pages:
    """An ASGI application that lets a WSGI application answer in `threads` threads."""

    def __init__(self, application: Application, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")
        self._arrivals = Arrivals()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        began = time.monotonic()
        headers = header_fields(scope)
        length = headers.get("content-length", "0")
        body: IO[bytes] = io.BytesIO()
        whole = True
        if length != "0" or "transfer-encoding" in headers:
            try:
                body, length, whole = await self._body(scope["path"], headers, receive)
            except Gone:
                return
            except TooSlow:
                await text(send, 408, "This took too long to arrive. Please try again.\n")
                return
        with body:
            environ = environ_of(scope, headers, body)
            environ["CONTENT_LENGTH"] = length
            loop = asyncio.get_running_loop()
            run = contextvars.copy_context().run
            answer = await loop.run_in_executor(self._threads, run, self._ask, environ)
        REQUESTS.note(answer.status, time.monotonic() - began)
        if not whole:
            # What was not taken in must not be read as the next request.
            answer.headers.append((b"connection", b"close"))
        await _tell(answer, scope["method"], send)

    async def _body(
        self, path: str, headers: dict[str, str], receive: Any
    ) -> tuple[IO[bytes], str, bool]:
        """The body, its length, and whether that is all of it.

        A body that is too large is not read: the application is given its length and refuses it,
        in the words and the language of its pages.
        """
        announced = headers.get("content-length", "")
        session = sizes.session_in(headers.get("cookie", ""))
        known = False
        if not announced or len(announced) > 6:
            loop = asyncio.get_running_loop()
            known = await loop.run_in_executor(self._threads, sizes.may_upload, path, session)
        most = sizes.LARGE if known else sizes.SMALL
        if announced and (len(announced) > 12 or int(announced) > most):
            if "expect" not in headers:
                await throw_away(receive)
            return io.BytesIO(), announced, False
        try:
            body, size = await self._arrivals.gather(receive, most, known=known)
        except TooLarge:
            return io.BytesIO(), str(most + 1), False
        return body, str(size), True

    def _ask(self, environ: Environ) -> "Answer":
        answer = Answer()
        result = self._application(environ, answer.start)
        if isinstance(result, FileAnswer) and answer.length > SMALL_FILE:
            answer.file = result
            return answer
        try:
            answer.body = b"".join(result)
        finally:
            close = getattr(result, "close", None)
            if close is not None:
                close()
        return answer


@dataclass(slots=True)
class Answer:
    """What the application answers: its bytes, or a long file that is read while it is sent."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    file: "FileAnswer | None" = None

    def start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        """Take status and headers; the application calls it before it returns its body."""
        self.status = int(status[:3])
        self.headers = [
            (name.strip().lower().encode("latin1"), value.strip().encode("latin1"))
            for name, value in headers
        ]

    @property
    def length(self) -> int:
        """The announced length, 0 if there is none."""
        return int(dict(self.headers).get(b"content-length", b"0"))


class FileAnswer:
    """A body that is a file (`wsgi.file_wrapper`, see PEP 3333)."""

    def __init__(self, file: Any, _size: int = PIECE) -> None:
        self.read: Callable[[int], bytes] = file.read
        self.close: Callable[[], None] = file.close

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.read(PIECE), b"")


async def _tell(answer: Answer, method: str, send: Any) -> None:
    start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
    file = answer.file
    if file is None:
        if not answer.length and answer.status not in (204, 304):
            answer.headers.append((b"content-length", str(len(answer.body)).encode()))
        await send(start)
        await send({"type": "http.response.body", "body": answer.body})
        return
    try:
        await send(start)
        while method != "HEAD" and (piece := await asyncio.to_thread(file.read, PIECE)):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    finally:
        await asyncio.to_thread(file.close)


def header_fields(scope: Any) -> dict[str, str]:
    """Header fields by lower-case name, repeated ones joined.

    Names with an underscore are left out: in WSGI they could not be told from the same name with
    a hyphen, and so a client would speak for the proxy.
    """
    fields: dict[str, str] = {}
    for raw, value in scope["headers"]:
        if b"_" in raw:
            continue
        name, content = raw.decode("latin1"), value.decode("latin1")
        if name in fields:
            content = f"{fields[name]}{'; ' if name == 'cookie' else ','}{content}"
        fields[name] = content
    return fields


def environ_of(scope: Any, headers: dict[str, str], body: IO[bytes]) -> Environ:
    """The request as WSGI (PEP 3333) has it."""
    host, port = scope.get("server") or ("localhost", 80)
    client, client_port = scope.get("client") or ("", 0)
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin1"),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 0),
        "REMOTE_ADDR": client,
        "REMOTE_PORT": str(client_port),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": FileAnswer,
    }
    for name, value in headers.items():
        if name == "content-type":
            environ["CONTENT_TYPE"] = value
        elif name not in ("content-length", "transfer-encoding"):
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
