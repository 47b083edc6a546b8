"""Files that are no pictures, or far too much of one, sent through the doors that take pictures."""

# ruff: noqa: E501 (hostile files stand on one line)

import http.client
import io
import os
import re
import secrets
import struct
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from lxml import html as lxml_html
from PIL import Image
from playwright.sync_api import Page

from hallway.core.models import Allowance
from hallway.entries import access
from hallway.people.models import Photo
from tests.core.test_images import chunk, encoded, png, zeros
from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.journeys.test_writing import picture

pytestmark = pytest.mark.browser

# A refusal takes a child process with ten seconds of processor time, and others use them too.
ANSWERED_WITHIN = 25.0
MOST_MEMORY_MORE = 150 * 1024  # kilobytes of the process that answers pages
FOLDER = settings.CONFIG.data / "files"
SCRIPT = b"<script>window.__pwned=1</script>"
_SAID = "//*[@role='alert' or contains(@class, 'field-error')]"
TRAVERSING = [
    "../../../../tmp/__pwned.png",
    "..\\..\\__pwned.png",
    "/etc/__pwned.png",
    "__pwned.png\x1b[2J\u202egnp.exe",
    "C:\\__pwned.png::$DATA",
    "W" * 250 + ".png",
]


def frames(kind: str, count: int) -> bytes:
    """A moving picture of many frames."""
    held = io.BytesIO()
    first = Image.new("P" if kind == "GIF" else "RGB", (16, 16))
    turns = [Image.new(first.mode, (16, 16), number % 255) for number in range(count)]
    first.save(held, kind, save_all=True, append_images=turns, duration=10)
    return held.getvalue()


def located() -> bytes:
    """A photo that tells where and by whom it was taken."""
    image, held = Image.new("RGB", (64, 48), "teal"), io.BytesIO()
    exif = image.getexif()
    exif[0x010F], exif[0x9286] = "__pwned maker", "__pwned comment"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 7.0), 3: "E", 4: (13.0, 24.0, 37.0)})
    image.save(held, "JPEG", exif=exif, comment=b"__pwned")
    return held.getvalue()


def other(kind: str) -> bytes:
    """An honest picture of a kind that is not taken."""
    held = io.BytesIO()
    Image.new("RGB", (32, 32), "teal").save(held, kind)
    return held.getvalue()


NO_PICTURE, TOO_LARGE, DAMAGED = "not a picture", "larger than 15 MB", "damaged"
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "900 million pixels": ("million pixels", lambda: png(30_000, 30_000, zeros(64))),
    "a text of 256 MiB inside": (DAMAGED, lambda: png(9, 9, b"", chunk(b"zTXt", b"a\0\0" + zeros(256)))),
    "half a JPEG": (DAMAGED, lambda: encoded(Image.effect_noise((300, 300), 90).convert("RGB"), "JPEG")[:9000]),
    "HTML": (NO_PICTURE, lambda: b"<!doctype html>" + SCRIPT),
    "SVG": (NO_PICTURE, lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="__pwned=1"/>'),
    "a script that begins like a GIF": (NO_PICTURE, lambda: b"GIF89a/*" + SCRIPT + b"*/=1;"),
    "TIFF": (NO_PICTURE, lambda: other("TIFF")),
    "ICO": (NO_PICTURE, lambda: other("ICO")),
    "PSD": (NO_PICTURE, lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 9, 9, 8, 3) + bytes(400)),
    "nothing": ("empty|not a picture", lambda: b""),
    "50 MB": (TOO_LARGE, lambda: os.urandom(1024) * 50 * 1024),
}  # fmt: skip


# The doors share what looks at the file, so a few of a kind are enough.
AT_ALL_DOORS = ("900 million pixels", "half a JPEG", "HTML", "50 MB")


@dataclass(frozen=True)
class Answer:
    """What a form was answered."""

    status: int
    page: str


@dataclass
class Doors:
    """The forms of one person that take pictures, as a browser sends them."""

    page: Page
    house: House

    def post(
        self,
        *files: bytes,
        names: Sequence[str] = (),
        words: str = "My words",
        space: int = 0,
        key: str = "",
    ) -> Answer:
        """Write a post with pictures."""
        where = str(space or self.house.world.open.pk)
        said = {"text": words, "title": "My title", "space": where, "key": key}
        return self._send(
            "/posts",
            said,
            [
                ("images", name, file)
                for name, file in zip(names or ["a.png"] * len(files), files, strict=True)
            ],
        )

    def comment(self, file: bytes, entry: str) -> Answer:
        """Comment with a picture."""
        return self._send(f"{entry}/comments", {"text": "My words"}, [("images", "a.png", file)])

    def photo(self, file: bytes, name: str = "me.png") -> Answer:
        """Change one's photo."""
        said = {"name": "Ada Lund", "about": "My words", "title": "My title"}
        return self._send("/people/me/edit", said, [("photo", name, file)])

    def _send(
        self, address: str, fields: dict[str, str], files: list[tuple[str, str, bytes]]
    ) -> Answer:
        token = self.page.locator("#act [name=csrfmiddlewaretoken]").input_value()
        mark = secrets.token_hex(16)
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in {**fields, "csrfmiddlewaretoken": token}.items()
        )
        for field, name, data in files:
            said = f'form-data; name="{field}"; filename="{name}"'
            head = f"--{mark}\r\nContent-Disposition: {said}\r\nContent-Type: image/png\r\n\r\n"
            body += head.encode() + data + b"\r\n"
        body += f"--{mark}--\r\n".encode()
        held = self.page.context.cookies()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={mark}",
            "Origin": self.house.address,
            "Cookie": "; ".join(f"{each['name']}={each['value']}" for each in held),
        }
        line = http.client.HTTPConnection(self.house.address.removeprefix("http://"), timeout=60)
        with closing(line):
            line.request("POST", address, body, headers)
            answer = line.getresponse()
            return Answer(answer.status, answer.read().decode())


@pytest.fixture
def doors(house: House, screens: Screens) -> Doors:
    Allowance.objects.all().delete()  # together they send more than a person may
    return Doors(screens.of(house.world.ada, "/"), house)


@pytest.fixture(scope="module")
def process(house: House) -> int:
    """The number of the process that answers."""
    port = house.address.rpartition(":")[2].encode()
    for told in Path("/proc").glob("[0-9]*/cmdline"):
        if told.read_bytes().endswith(b"--port\0" + port + b"\0"):
            return int(told.parent.name)
    raise AssertionError("nobody listens")


@pytest.fixture(autouse=True)
def nothing_left(house: House) -> Iterator[None]:
    """Each test leaves only files behind that some row names."""
    before = stored()  # other files of tests have left theirs in the same folder
    yield
    assert not stored() - before - named(house), "files that nobody knows of"


def stored() -> set[str]:
    """The names of all files in the storage."""
    return {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}


def named(house: House) -> set[str]:
    """The files that images and photos say they are."""
    images = access.images_to(house.world.ada)
    names = {name for image in images for name in image.stored.values()}
    return names | {name for row in Photo.objects.all() for name in row.files.values()}


def peak(process: int) -> int:
    """The most memory a process has ever held, in kilobytes."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise AssertionError("not told")


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_a_sentence_and_the_words_stay(doors: Doors, process: int, what: str) -> None:
    sentence, make = REFUSED[what]
    data, world = make(), doors.house.world
    entry = world.post(world.open, "A talk", by=world.ben)
    before, held = stored(), peak(process)
    ways = [lambda: doors.post(data)]
    if what in AT_ALL_DOORS:
        ways += [lambda: doors.photo(data), lambda: doors.comment(data, entry.url)]
    for send in ways:
        start = time.monotonic()
        answer = send()
        assert time.monotonic() - start < ANSWERED_WITHIN
        assert answer.status == 422
        page = lxml_html.fromstring(answer.page)
        said = " ".join(at.text_content() for at in page.xpath(_SAID))
        assert re.search(sentence, said), said
        kept = [at.text for at in page.xpath("//textarea")]
        assert any("My words" in (words or "") for words in kept)
        titles = page.xpath("//input[@name='title']")
        assert all(title.get("value") == "My title" for title in titles)
    assert stored() == before
    assert peak(process) - held < MOST_MEMORY_MORE


def test_a_refused_picture_takes_the_others_with_it(doors: Doors) -> None:
    before = stored()
    assert doors.post(picture(), picture(), b"no picture").status == 422
    assert doors.post(*[picture(9, 9)] * 9).status == 422
    # The picture is good; the words have too many lines, or the space is not the writer's.
    assert doors.post(picture(), words="\nx" * 5_000).status == 422
    assert doors.post(picture(), space=10**6).status == 404
    assert stored() == before


def test_sending_twice_keeps_one_picture(doors: Doors) -> None:
    key, before = str(uuid.uuid4()), stored()
    assert [doors.post(picture(), key=key).status for _ in range(2)] == [302, 302]
    assert len(stored() - before) == 1


def test_names_of_files_lead_nowhere(doors: Doors) -> None:
    before = stored()
    assert doors.post(*[picture(9, 9)] * len(TRAVERSING), names=TRAVERSING).status == 302
    assert doors.photo(picture(9, 9), name=TRAVERSING[0]).status == 302
    fresh = stored() - before
    assert len(fresh) == len(TRAVERSING) + 3
    for path in fresh:
        assert re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}\.webp", path)
    for folder in (Path(tempfile.gettempdir()), Path.cwd(), FOLDER.parent, Path("/etc")):
        assert not [path for path in folder.glob("*") if "__pwned" in path.name]


@pytest.mark.parametrize("what", ["GIF", "WEBP", "JPEG", "polyglot"])
def test_only_pixels_are_kept(doors: Doors, process: int, what: str) -> None:
    data = {
        "GIF": lambda: frames("GIF", 3_000),
        "WEBP": lambda: frames("WEBP", 1_000),
        "JPEG": located,
        "polyglot": lambda: encoded(Image.new("P", (16, 16)), "GIF", comment=SCRIPT) + SCRIPT,
    }[what]()
    held, start, before = peak(process), time.monotonic(), stored()
    assert doors.post(data).status == 302
    assert doors.photo(data).status == 302
    assert time.monotonic() - start < 2 * ANSWERED_WITHIN
    assert peak(process) - held < MOST_MEMORY_MORE
    kept = stored() - before
    assert kept
    for path in kept:
        file = FOLDER / path
        with Image.open(file) as image:
            assert (image.format, getattr(image, "n_frames", 1)) == ("WEBP", 1)
            assert not image.getexif() and not {"exif", "xmp", "icc_profile"} & set(image.info)
        assert b"pwned" not in file.read_bytes()


def test_a_picture_is_never_a_script_or_a_page(doors: Doors, screens: Screens) -> None:
    # Chromium draws a page of its own around a picture, which has styles, and says so.
    screens.expect("Applying inline style", "Blocked script execution")
    assert doors.post(encoded(Image.new("P", (16, 16)), "GIF") + SCRIPT).status == 302
    image = access.images_to(doors.house.world.ada).latest("pk")
    answer = doors.page.request.get(image.url)
    told = answer.headers
    assert told["content-type"] == "image/webp"
    assert told["x-content-type-options"] == "nosniff"
    assert "sandbox" in told["content-security-policy"]
    doors.page.goto(image.url)
    assert doors.page.evaluate("() => window.__pwned") is None
