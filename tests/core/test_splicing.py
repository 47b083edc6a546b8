"""Drawn bytes come into the answer at their mark, and nowhere else."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory

from hallway.core.splicing import Splicing, splice

PARTS = ["<article>Ä</article>".encode(), "<article>👏</article>".encode()]


def answer(source: str, parts: list[bytes]) -> str:
    """What comes out when `source` is rendered with the mark of `parts` as `cards`."""

    def view(request: HttpRequest) -> HttpResponse:
        page = engines["django"].from_string(source)
        return HttpResponse(page.render({"cards": splice(request, parts)}))

    return Splicing(view)(RequestFactory().get("/")).content.decode()


def test_parts_stand_in_the_place_of_their_mark() -> None:
    assert answer("<p>{{ cards }}</p>", PARTS) == "<p><article>Ä</article><article>👏</article></p>"


def test_no_parts_are_no_cards() -> None:
    assert answer("{% if cards %}some{% else %}none{% endif %}{{ cards }}", []) == "none"


def test_a_mark_that_was_not_drawn_leaves_the_answer_as_it_is() -> None:
    assert answer("<p>Nothing here</p>", PARTS) == "<p>Nothing here</p>"


def test_no_text_can_stand_for_a_mark() -> None:
    marks = {splice(RequestFactory().get("/"), PARTS) for _ in range(50)}
    assert len(marks) == 50
    stolen = marks.pop()
    assert answer(f"{stolen}{{{{ cards }}}}", PARTS).startswith(stolen)


def test_two_lists_on_one_page() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"1 {splice(request, PARTS[:1])} 2 {splice(request, PARTS[1:])}")

    content = Splicing(view)(RequestFactory().get("/")).content.decode()
    assert content == "1 <article>Ä</article> 2 <article>👏</article>"
