"""Personnel lists arrive from every program in every state, and leave without formulas."""

from __future__ import annotations

import csv
import io
import time
import tracemalloc
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hallway.core.csvfile import CsvRefused, Fault, Problem, Reading, Row, rows, write


def read(data: bytes, required: tuple[str, ...] = ("mail", "given_name")) -> Reading:
    return rows(io.BytesIO(data), required, ("phone",))


def cells(data: bytes) -> list[dict[str, str]]:
    found = list(read(data))
    assert all(isinstance(row, Row) for row in found), found
    return [dict(row.cells) for row in found if isinstance(row, Row)]


AMARA = {"mail": "amara@firm.example", "given_name": "Amara"}
ZOE = {"mail": "zoe@firm.example", "given_name": "Zoë"}
TABLE = "Mail,Given name\r\namara@firm.example,Amara\r\nzoe@firm.example,Zoë\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_encoding_delimiter_and_line_end(encoding: str, delimiter: str, end: str) -> None:
    data = TABLE.replace(",", delimiter).replace("\r\n", end).encode(encoding)
    assert cells(data) == [AMARA, ZOE]


def test_utf_16_big_endian_with_its_mark() -> None:
    assert cells(b"\xfe\xff" + TABLE.encode("utf-16-be")) == [AMARA, ZOE]


def test_windows_1252_is_read_with_a_note() -> None:
    assert "Windows-1252" in str(read(TABLE.encode("cp1252")).note)
    assert read(TABLE.encode()).note == ""


def test_headings_match_without_case_spaces_and_lines() -> None:
    found = read(b" MAIL ;GIVEN-NAME;Shoe size;phone\na@b.c;Amara;44;1\n")
    assert found.columns == ("mail", "given_name", "phone")
    assert found.ignored == ("Shoe size",)
    assert next(found) == Row(2, {"mail": "a@b.c", "given_name": "Amara", "phone": "1"})


def test_excel_says_its_delimiter_itself() -> None:
    assert cells(b"sep=;\r\nMail;Given name\r\namara@firm.example;Amara\r\n") == [AMARA]


def test_commas_inside_cells_do_not_mislead() -> None:
    data = b'Mail;"Given name"\namara@firm.example;"Okafor, Amara ""Ama"", Dr."\n'
    assert cells(data)[0]["given_name"] == 'Okafor, Amara "Ama", Dr.'


def test_cells_may_have_several_lines() -> None:
    found = list(read(b'mail,given_name\na@b.c,"two\nlines"\nd@e.f,Ben\n'))
    assert found[0] == Row(2, {"mail": "a@b.c", "given_name": "two\nlines"})
    assert found[1] == Row(4, {"mail": "d@e.f", "given_name": "Ben"})


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        (b"only one", Fault.CELLS),
        (b"one,two,three", Fault.CELLS),
        (b'a@b.c,"open', Fault.QUOTE),
        (b'a@b.c,"closed" and more', Fault.QUOTE),
        (b"a@b.c,A\x00mara", Fault.NUL),
        (b"a@b.c," + b"x" * 10_001, Fault.LONG),
        (b"a@b.c," + b"x" * 300_000, Fault.LONG),
        ("zoë,".encode() + b"\xff\xfe", Fault.BYTES),
    ],
)
def test_a_bad_line_is_named_and_the_others_kept(bad: bytes, fault: Fault) -> None:
    accents = "zoë@b.c,Zoë Zoë Zoë\n".encode()
    data = b"mail,given_name\n" + accents + bad + b"\nd@e.f,Ben\n" * 3
    found = list(read(data))
    problems = [row for row in found if isinstance(row, Problem)]
    assert [(p.line, p.fault) for p in problems] == [(3, fault)]
    assert str(problems[0]).startswith("Line 3: ")
    good = [row.cells["given_name"] for row in found if isinstance(row, Row)]
    assert good == ["Zoë Zoë Zoë", "Ben", "Ben", "Ben"]


def test_two_open_quotation_marks_do_not_swallow_a_good_line() -> None:
    data = b'mail,given_name\na@b.c,"Ann\nb@b.c,Ben\nc@b.c,"Cy\nd@b.c,Di\n'
    found = list(read(data))
    assert [row.line for row in found if isinstance(row, Problem)] == [2, 4]
    assert [row.cells["given_name"] for row in found if isinstance(row, Row)] == ["Ben", "Di"]


def test_empty_lines_and_empty_cells_at_the_end_do_no_harm() -> None:
    assert cells(b"mail,given_name,,\n\namara@firm.example,Amara,,,\n,,\n") == [AMARA]


def test_a_missing_column_is_explained_at_once() -> None:
    with pytest.raises(CsvRefused) as refused:
        read(b"Mail;Surname\na;b\n")
    sentence = str(refused.value)
    assert "given_name" in sentence and "Surname" in sentence and "mail" in sentence


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xfe",
        b"mail,mail,given_name\n",
        b'"mail,given_name\n',
        b"\x89PNG\r\n\x1a\n\0",
    ],
)
def test_a_file_that_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(CsvRefused):
        read(data)


def test_a_hundred_thousand_rows_take_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    line = "person{n}@firm.example;Zoë number {n};+49 351 {n}\n"
    path.write_text(
        "mail;given name;phone\n" + "".join(line.replace("{n}", str(n)) for n in range(100_000))
    )
    tracemalloc.start()
    start = time.perf_counter()
    count = sum(isinstance(row, Row) for row in rows(path, ["mail"], ["phone"]))
    seconds = time.perf_counter() - start
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 100_000
    assert peak < 4 * 1024 * 1024
    assert seconds < 20


@pytest.mark.parametrize("line", [b'"\n', b'a,"\n', b'"a\n"b\n', b'a"b,c\n', b'"a""\n'])
def test_a_hostile_file_takes_linear_time(line: bytes) -> None:
    start = time.perf_counter()
    for row in read(b"mail,given_name\n" + line * 20_000):
        assert isinstance(row, (Row, Problem))
    assert time.perf_counter() - start < 5


@given(st.binary(max_size=300))
def test_any_bytes_give_rows_and_problems_only(data: bytes) -> None:
    for row in read(b"mail,given_name\n" + data):
        assert isinstance(row, (Row, Problem))


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    " =1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    written = "".join(write([[text, "x"]], [text, "b"], byte_order_mark=False))
    for line in csv.reader(io.StringIO(written, newline="")):
        assert line[0] == "'" + text


def test_numbers_stay_numbers_and_text_stays_text() -> None:
    written = "".join(write([[-5, -1.5, Decimal("-2.50"), None, 'a"b', "x,y"]], list("abcdef")))
    assert written == '\ufeffa,b,c,d,e,f\r\n-5,-1.5,-2.50,,"a""b","x,y"\r\n'


@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
    )
)
def test_what_is_written_is_read_again(names: list[str]) -> None:
    written = "".join(write([["x", name] for name in names], ["mail", "given name"]))
    found = [row.cells["given_name"] for row in read(written.encode()) if isinstance(row, Row)]
    assert [bare(name) for name in found] == [bare(name) for name in names]


def bare(name: str) -> str:
    """Without the sign that guards against formulas, and without space around."""
    return name.strip().lstrip("'").strip()
