"""The door of an instance as a browser finds it: its address, and one request at a time."""

import asyncio
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

PATIENCE = 300.0  # seconds that a browser waits for a page
LOCAL = ("127.0.0.1", "localhost")
PER_ADDRESS = 5000  # connections from one local address, which has some 28,000 ports

# A form sent by the page's script, which shows the result by itself.
_WANTED = {"GET": "text/html, application/json", "POST": "text/vnd.turbo-stream.html, text/html"}


class NoAnswer(Exception):
    """The server hung up, or said nothing that a browser could read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered; header names are in lower case, cookies apart."""

    status: int
    headers: dict[str, str]
    cookies: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as words."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Door:
    """Where an instance is: `url` is what people type, such as http://localhost:8000."""

    url: str
    host: str = field(init=False)
    port: int = field(init=False)
    origin: str = field(init=False)
    tls: ssl.SSLContext | None = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"an address looks like http://localhost:8000, not “{self.url}”")
        secure = parts.scheme == "https"
        put = object.__setattr__
        put(self, "host", "127.0.0.1" if parts.hostname in LOCAL else parts.hostname)
        put(self, "port", parts.port or (443 if secure else 80))
        put(self, "origin", f"{parts.scheme}://{parts.netloc}")
        put(self, "tls", ssl.create_default_context() if secure else None)

    @property
    def name(self) -> str:
        """Host and port as a request names them."""
        return self.origin.partition("//")[2]

    def connection(self, number: int, port: int = 0) -> dict[str, object]:
        """How the person with this number connects, for asyncio: from an address with free ports.

        To another `port` where the hub has one of its own.

        All of 127.0.0.0/8 is this machine, so ten thousand sockets need not share one address.
        """
        given: dict[str, object] = {"host": self.host, "port": port or self.port, "ssl": self.tls}
        if self.tls is not None:
            given["server_hostname"] = urlsplit(self.url).hostname
        if self.host == "127.0.0.1":
            given["local_addr"] = (f"127.0.0.{2 + number // PER_ADDRESS % 250}", 0)
        return given

    async def get(self, path: str, cookies: str, number: int = 0) -> Answer:
        """Read `path`. Raises NoAnswer, OSError and TimeoutError."""
        return await self._ask("GET", path, cookies, number, "")

    async def post(
        self, path: str, cookies: str, fields: dict[str, str], number: int = 0
    ) -> Answer:
        """Send a form. Raises NoAnswer, OSError and TimeoutError."""
        return await self._ask("POST", path, cookies, number, urlencode(fields))

    async def _ask(self, method: str, path: str, cookies: str, number: int, body: str) -> Answer:
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.name}\r\nConnection: close\r\n"
            f"Accept: {_WANTED[method]}\r\nUser-Agent: Hallway simulation\r\n"
            f"Cookie: {cookies}\r\n"
        )
        if method == "POST":
            head += (
                f"Origin: {self.origin}\r\nContent-Length: {len(body)}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
            )
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(**self.connection(number))  # type: ignore[arg-type]
            try:
                writer.write(f"{head}\r\n{body}".encode())
                return answered(await reader.read(-1))
            finally:
                writer.close()


def answered(data: bytes) -> Answer:
    """Read the answer of a server that has closed the connection. Raises NoAnswer."""
    head, end, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin1").split("\r\n")
    status = first.split(" ", 2)[1:2]
    if not end or not status or not status[0].isdigit():
        raise NoAnswer("the server hung up")
    headers: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            key, _, content = value.strip().partition(";")[0].partition("=")
            cookies[key] = content
        else:
            headers[name.lower()] = value.strip()
    if "chunked" in headers.get("transfer-encoding", ""):
        body = _joined(body)
    elif len(body) < int(headers.get("content-length", "0")):
        raise NoAnswer("the server hung up in the middle of its answer")
    return Answer(int(status[0]), headers, cookies, body)


def _joined(body: bytes) -> bytes:
    """The pieces of a chunked body (RFC 9112, section 7.1) as one."""
    whole = b""
    while body:
        line, _, body = body.partition(b"\r\n")
        size = int(line.partition(b";")[0] or b"0", 16)
        if size == 0:
            break
        whole, body = whole + body[:size], body[size + 2 :]
    return whole
