"""Splitting for the search box, proved with a real FTS5 table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import search_terms

HAN = "王伟国李秀英工资欠条𠮷𬱖\U00031350\ue000〇"
han_runs = st.text(alphabet=HAN, min_size=1, max_size=8)
digit_runs = st.text(alphabet="0123456789", min_size=1, max_size=18)
# Few letters, so that wrong joins of neighbouring runs would show.
codes = st.text(alphabet="01AX", min_size=1, max_size=9)
texts = st.lists(han_runs | digit_runs | codes, min_size=1, max_size=5).map(" ".join)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(f"CREATE VIRTUAL TABLE entry USING fts5(terms, tokenize='{search_terms.TOKENIZER}')")
        yield connection


def found(index: sqlite3.Connection, text: str, query: str) -> bool:
    index.execute("DELETE FROM entry")
    index.execute("INSERT INTO entry VALUES (?)", (search_terms.index_terms(text),))
    match = search_terms.phrase(query)
    return bool(match) and index.execute("SELECT count(*) FROM entry WHERE entry MATCH ?", (match,)).fetchone() == (1,)


def test_pieces() -> None:
    assert search_terms.index_terms("王伟国，李") == "王伟 伟国 国 李"
    assert search_terms.index_terms("电话12345") == "电话 话 01234 02345 0345 045 05"
    assert search_terms.index_terms("王伟 ZhangSan 12") == "王伟 伟 zhangsan 012 02"


@pytest.mark.parametrize(
    "query",
    [
        *("王伟", "王", "伟", "拖欠工资", "示例村1组", "0232", "1979", "370499197904120232", "３７０４", "23", "030x"),
        *(
            "030X",
            "zhangs",
            "ZHANG",
            "7QX4",
            "qx4m2",
            "qx",
            "买买提",
            "古丽·买",
            "古丽买",
            "王伟 工资",
            "工资，王伟",
            "𬱖",
        ),
        *("139 0000 0011", "370400-01-20261122-007-K", "\U00031350"),
    ],
)
def test_what_people_type_is_found(index: sqlite3.Connection, query: str) -> None:
    text = (
        "王伟 370499197904120232 37049919910315030X 13900000011 zhangsan 拖欠工资 阿依古丽·买买提 7QX4M2PD "
        "370400-01-20261122-007-K 薛城区示例村1组12号 赵𬱖 王\U00031350"
    )
    assert found(index, text, query)


@pytest.mark.parametrize(
    "query", ["伟王", "王伟工资", "0233", "hangsan", "王伟 李", "欠工资条", "𠮷", "?", "", "  ", '"', "*"]
)
def test_what_does_not_stand_there_is_not_found(index: sqlite3.Connection, query: str) -> None:
    assert not found(index, "王伟 370499197904120232 zhangsan 拖欠工资", query)


def test_pieces_of_neighbouring_runs_are_not_joined(index: sqlite3.Connection) -> None:
    assert not found(index, "王伟 伟国", "王伟国")
    assert not found(index, "1234 2345", "12345")
    assert not found(index, "abcd bcd1", "abcd1")


@given(data=st.data(), text=texts)
def test_every_part_of_a_run_is_found(index: sqlite3.Connection, data: st.DataObject, text: str) -> None:
    run = data.draw(st.sampled_from(text.split()))
    start = data.draw(st.integers(0, len(run) - 1))
    part = run[start : data.draw(st.integers(start + 1, len(run)))]
    # Letters alone are a word, and words are found by their beginning.
    if not part.isascii() or not part.isalpha():
        assert found(index, text, part)


@given(text=texts, query=han_runs | digit_runs)
def test_only_what_stands_there_is_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert found(index, text, query) == (query in text)


@given(text=texts, query=texts)
def test_every_run_of_a_query_must_stand_there(index: sqlite3.Connection, text: str, query: str) -> None:
    if all(not run.isascii() or any(c.isdigit() for c in run) for run in query.split()):
        assert found(index, text, query) == all(run in text for run in query.split())


@given(query=st.text(max_size=60) | st.text(alphabet="\"*()^:+-{}AND OR NOT NEAR\x00王1'", max_size=60))
def test_nothing_typed_can_break_the_syntax(index: sqlite3.Connection, query: str) -> None:
    found(index, "王伟 0232", query)


@pytest.mark.parametrize(
    "query", ['" OR *', '王伟" OR "x', "NEAR(王 伟)", "terms:王伟", "王伟;DROP TABLE", "a" * 5000, "1 " * 900]
)
def test_hostile_queries(index: sqlite3.Connection, query: str) -> None:
    found(index, "王伟 0232", query)


@given(st.text())
def test_any_text_can_be_indexed_and_found_by_its_own_terms(index: sqlite3.Connection, text: str) -> None:
    if search_terms.phrase(text):
        assert found(index, text, text)
