"""What a simulated screen makes of pages and frames, and that it notices what it missed."""

import json

import pytest

from hallway.hub.drawn import tally
from hallway.simulation import wire
from hallway.simulation.measures import Spread
from hallway.simulation.pictures import Picture, Pictures, asks_to_be_read
from hallway.simulation.screen import Frame, Progress, frame_of


def row(number: int, votes: int, state: str = "open") -> str:
    return (
        f'<li id="question-{number}" data-question="{number}" data-votes="{votes:d}"'
        f' data-state="{state}" data-fresh><b id="votes-{number}">{votes:,}</b>'
        f"<p>Question <i>{number}</i></p><img><p>asked</p></li>"
    )


def page(*rows: str, stage: str = "on_air", now: str = "") -> str:
    return (
        f'<div id="on-air"></div><town-hall id="hall-7" data-stage="{stage}">'
        f'<section id="stage-7" data-stage="{stage}" data-now="{now}">Stage'
        f'{f"""<b data-votes-of="{now}">5</b>""" if now else ""}</section>'
        f'<p id="status-7"><span id="present-7">10,000</span> are there</p>'
        f'<ol id="questions-7">{"".join(rows)}</ol><ol id="answered-7"></ol></town-hall>'
    )


def stream(action: str, target: str, html: str = "", **data: object) -> str:
    given = "".join(f' data-{name}="{value}"' for name, value in data.items())
    inside = f"<template>{html}</template>" if html else ""
    return f'<turbo-stream action="{action}" target="{target}"{given}>{inside}</turbo-stream>'


@pytest.fixture
def pictures() -> Pictures:
    return Pictures()


def test_frames_lead_to_the_picture_of_a_fresh_page(pictures: Pictures) -> None:
    shown = pictures.of_page(page(row(1, 4), row(2, 1)))
    for html in (
        stream("asked", "questions-7", row(3, 0)),
        stream("tally", "", of="question", id=1, count=1205),
        stream("remove", "question-2"),
        stream("replace", "stage-7", '<section id="stage-7" data-stage="on_air" data-now="1">'
               'Stage<b data-votes-of="1">5</b></section>'),
        stream("asked", "questions-7", row(1, 1205, "on_stage")),
        stream("asked", "answered-7", '<li id="answered-9">Nine</li>'),
        stream("remove", "answered-9"),
    ):  # fmt: skip
        shown = pictures.after(shown, html)
    fresh = pictures.of_page(page(row(3, 0), row(1, 1205, "on_stage"), now="1"))
    assert shown.differences(fresh) == []
    assert shown is fresh
    assert (shown.stage, shown.answering, shown.present) == ("on_air", "1", 10_000)
    assert sorted(shown.questions) == ["1", "3"]
    assert shown.votes("1") == 1205


def test_whoever_misses_a_frame_is_somewhere_else(pictures: Pictures) -> None:
    start = pictures.of_page(page(row(1, 4)))
    first = stream("tally", "", of="question", id=1, count=5)
    second = stream("asked", "questions-7", row(2, 0))
    told = pictures.after(pictures.after(start, first), second)
    deaf = pictures.after(start, second)
    assert told.key != deaf.key
    (difference,) = deaf.differences(told)
    assert difference.startswith("question-1:")


def test_what_is_not_on_the_page_is_not_put_there_by_replacing_it(pictures: Pictures) -> None:
    start = pictures.of_page(page())
    assert pictures.after(start, stream("replace", "question-5", row(5, 1))) is start
    assert pictures.after(start, stream("append", "elsewhere", row(5, 1))) is start


def test_the_bar_goes_where_a_selector_leads(pictures: Pictures) -> None:
    start = pictures.of_page(page())
    bar = (
        '<turbo-stream action="append" targets="body:has(b) #on-air"><template>'
        '<aside id="air-7">On air</aside></template></turbo-stream>'
    )
    shown = pictures.after(start, bar)
    assert "air-7" in shown.things
    assert pictures.after(shown, bar) is shown
    assert pictures.after(shown, stream("remove", "air-7")) is start


@pytest.mark.parametrize(("where", "meant"), [("#hall-7", True), ("#desk-head", False), ("", True)])
def test_a_page_is_read_anew_when_it_is_meant(where: str, meant: bool) -> None:
    html = f'<turbo-stream action="reread" where="{where}"></turbo-stream>'
    assert asks_to_be_read(html, "hall-7") is meant


def test_a_gap_is_noticed_and_what_was_seen_is_passed_by() -> None:
    progress = Progress("0.5")
    assert progress.take(Frame("hall:7", (0, 6), (0, 4), "")) == "news"
    assert progress.take(Frame("hall:7", (0, 6), (0, 4), "")) == "seen"
    assert progress.take(Frame("hall:7", (0, 9), (0, 8), "")) == "gap"
    assert progress.take(Frame("hall:7", (0, 7), None, "")) == "news"


def test_frames_arrive_in_whatever_pieces() -> None:
    text, long = b"x" * 70_000, b"y" * 300
    data = b"\x81\x7f" + len(text).to_bytes(8, "big") + text
    data += b"\x81\x7e" + len(long).to_bytes(2, "big") + long + b"\x89\x00"
    for cut in (1, 5, 11, 70_010, 70_012, len(data) - 1):
        found, rest = wire.frames(data[:cut])
        more, rest = wire.frames(rest + data[cut:])
        assert [*found, *more] == [(1, text), (1, long), (9, b"")]
        assert rest == b""


def test_spreads_of_several_processes_add_up() -> None:
    one, other = Spread(), Spread()
    for number in range(1, 1001):
        (one if number % 2 else other).add(number / 1000)
    one.join(other)
    assert len(one) == 1000
    assert one.at(0.5) == pytest.approx(0.5, rel=0.03)
    assert one.at(0.99) == pytest.approx(0.99, rel=0.03)
    assert one.most == 1.0


def test_a_picture_of_nothing_answers_nothing() -> None:
    empty = Picture({}, 0)
    assert (empty.stage, empty.answering, empty.present, empty.polls) == ("", "", 0, [])


def test_frames_that_tell_numbers_of_questions_are_known() -> None:
    """By them a measurement sees how late counts are on the screens."""

    def framed(html: str) -> Frame:
        place = {"t": "hall:7", "p": "0.6", "q": None, "s": html}
        return frame_of(json.dumps(place).encode())

    assert framed(tally("question", 3, 12)).counts
    assert not framed(tally("cheer", "clap", 12)).counts
