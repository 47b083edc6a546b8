"""Files that a build replaces under a running server arrive whole."""

import os
from pathlib import Path

import pytest
from django.test import RequestFactory

from hallway.site.staticfiles import Served


@pytest.fixture
def served(tmp_path: Path) -> Served:
    """The server of static files, with one more of them that may be changed."""
    middleware = Served(lambda request: pytest.fail(f"{request.path} was not served"))
    (tmp_path / "page.css").write_text("a{color:red}")
    middleware.add_file_to_dictionary("/static/page.css", str(tmp_path / "page.css"))
    return middleware


def answer(served: Served) -> tuple[int, bytes]:
    """The length that is announced, and what comes."""
    response = served(RequestFactory().get("/static/page.css"))
    return int(response["Content-Length"]), response.getvalue()


@pytest.mark.parametrize("css", ["a{color:red;background:white}", "a{}"])
def test_a_file_built_anew_is_as_long_as_announced(
    served: Served, tmp_path: Path, css: str
) -> None:
    assert answer(served) == (12, b"a{color:red}")
    (tmp_path / "page.css").write_text(css)
    assert answer(served) == (len(css), css.encode())
    assert answer(served) == (len(css), css.encode())


def test_who_takes_it_gets_the_compressed_form_and_never_an_old_one(
    served: Served, tmp_path: Path
) -> None:
    def encoded() -> tuple[str, bytes]:
        request = RequestFactory().get("/static/page.css", headers={"Accept-Encoding": "gzip, br"})
        response = served(request)
        body = response.getvalue()
        assert int(response["Content-Length"]) == len(body)
        return response.get("Content-Encoding", ""), body

    compressed = tmp_path / "page.css.br"
    assert encoded() == ("", b"a{color:red}")
    for smaller in (b"small", b"tiny"):
        compressed.write_bytes(smaller)
        assert encoded() == ("br", smaller)
    assert answer(served) == (12, b"a{color:red}")
    compressed.unlink()
    assert encoded() == ("", b"a{color:red}")


def test_the_same_length_at_another_time_is_another_file(served: Served, tmp_path: Path) -> None:
    first = served(RequestFactory().get("/static/page.css"))["Last-Modified"]
    os.utime(tmp_path / "page.css", (1_700_000_000, 1_700_000_000))
    assert served(RequestFactory().get("/static/page.css"))["Last-Modified"] != first
