"""A browser without a screen: signs in through the form, keeps cookies, fills in forms."""

import html
import http.client
import re
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_CARD = re.compile(r'<article id="entry-(\d+)".*?</article>', re.DOTALL)
_AUTHOR = re.compile(r'href="/people/([^"/]+)"')
_OPTION = re.compile(r'<option value="(\d+)"[^>]*>([^<]*)</option>')


class Refused(Exception):
    """The server gave another answer than the page had promised."""


class Browser:
    """One person at one browser. `address` is that of the server, such as http://127.0.0.1:8000.

    All methods raise Refused, OSError or http.client.HTTPException when the server cannot help.
    """

    def __init__(self, address: str, email: str, password: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._email, self._password = email, password
        self._cookies: dict[str, str] = {}

    def read(self, path: str) -> str:
        """The page at `path`, after signing in if the server asks for it."""
        status, text, location = self._ask("GET", path)
        if status in (301, 302) and location.startswith("/accounts/login"):
            self._sign_in()
            status, text, location = self._ask("GET", path)
        if status in (301, 302):
            status, text, _ = self._ask("GET", location)
        if status != 200:
            raise Refused(f"{path} answered {status}")
        return text

    def send(self, path: str, page: str, **fields: str) -> str:
        """Send the form at `path` with the token that `page` carries; returns where it leads."""
        token = _TOKEN.search(page)
        if token is None:
            raise Refused(f"no form on the page for {path}")
        body = urlencode({"csrfmiddlewaretoken": token[1], **fields})
        status, _, location = self._ask("POST", path, body)
        if status not in (301, 302, 204):
            raise Refused(f"sending to {path} was answered with {status}")
        return location

    def post(self, space: str, text: str) -> int:
        """Post `text` in the space called `space`; returns the number of the entry."""
        page = self.read("/posts")
        offered = {html.unescape(name).strip(): pk for pk, name in _OPTION.findall(page)}
        if space not in offered:
            raise Refused(f"{self._email} cannot post in {space}")
        place = self.send("/posts", page, space=offered[space], text=text)
        newest = max((pk for pk, _ in cards(self.read(place))), default=0)
        if not newest:
            raise Refused("the post does not appear")
        return newest

    def comment(self, entry: int, text: str) -> None:
        """Comment on the entry."""
        self.send(f"/e/{entry}/comments", self.read(f"/e/{entry}"), text=text)

    def react(self, entry: int, kind: str) -> None:
        """React to the entry; reacting the same way again changes nothing."""
        self.send(f"/e/{entry}/react", self.read(f"/e/{entry}"), kind=kind, state="on")

    def follow(self, handle: str) -> None:
        """Follow the person with this handle."""
        self.send(f"/people/{handle}/follow", self.read(f"/people/{handle}"))

    def _sign_in(self) -> None:
        self._cookies.clear()
        _, page, _ = self._ask("GET", "/accounts/login/")
        self.send("/accounts/login/", page, login=self._email, password=self._password)

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=15)
        headers = {"Accept": "text/html", "User-Agent": "Hallway demo colleague"}
        if self._cookies:
            pairs = (f"{name}={value}" for name, value in self._cookies.items())
            headers["Cookie"] = "; ".join(pairs)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path.partition("#")[0], body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self._cookies[name] = morsel.value
        return answer.status, text, answer.headers.get("Location", "")


def cards(page: str) -> list[tuple[int, str]]:
    """The entries on a page: number and handle of the author, as they stand there."""
    found = []
    for card in _CARD.finditer(page):
        author = _AUTHOR.search(card[0])
        found.append((int(card[1]), author[1] if author else ""))
    return found


def words_of(page: str, entry: int) -> str:
    """The bare words of an entry's card on `page`, or ''."""
    for card in _CARD.finditer(page):
        if int(card[1]) == entry:
            return re.sub(r"<[^>]+>", " ", card[0])
    return ""
