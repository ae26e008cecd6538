"""The one box."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.orm import Session

from onevisit.store import search
from onevisit.store.search import (
    MOST,
    FoundBy,
    MatterDocument,
    clean_index,
    find,
    forget_matter,
    index_matter,
)
from onevisit.store.store import Store
from onevisit.store.tables import Matter

AddMatter = Callable[..., Matter]
Undone = Callable[[], AbstractContextManager[Session]]


@pytest.fixture
def put(add_matter: AddMatter) -> Callable[..., None]:
    """Puts a matter with what it is found by into the store."""

    def put(session: Session, matter_id: int, document: MatterDocument, *, confidential: bool = False) -> None:
        add_matter(session, matter_id, confidential=confidential)
        index_matter(session, matter_id, document)

    return put


@pytest.fixture
def filled(store: Store, put: Callable[..., None]) -> Store:
    """Three matters, the third of them confidential."""
    with store.writing() as session:
        put(
            session,
            1,
            MatterDocument(
                names=("张三丰", "示例物业公司"),
                id_numbers=("370499197904120232",),
                phones=("13900000011", "0632-3312345"),
                numbers=("370400-01-2026-00001-X", "370400-01-20261122-007-B", "7QX4M2PD"),
                words=("建筑工地拖欠工资", "2025年3月至9月在薛城区某建筑工地务工，APP 打卡。", "某建筑劳务有限公司"),
            ),
        )
        put(
            session,
            2,
            MatterDocument(
                names=("王𠮷", "李 John"),
                id_numbers=("37049919530903024X",),
                phones=("13900000012",),
                numbers=("370400-01-2026-00002-X",),
                words=("老旧小区漏水", "张三的房子漏水"),
            ),
        )
        put(session, 3, MatterDocument(names=("张三丰",), words=("保密的举报",)), confidential=True)
    return store


@pytest.mark.parametrize(
    ("typed", "ids", "why"),
    [
        ("张三丰", [1], {FoundBy.NAME}),
        ("张三", [2, 1], {FoundBy.WORDS}),
        ("三丰", [1], {FoundBy.NAME}),
        ("丰", [1], {FoundBy.NAME}),
        ("zs", [1], {FoundBy.NAME}),
        ("ZSF", [1], {FoundBy.NAME}),
        ("zhangsf", [1], {FoundBy.NAME}),
        ("zhang san", [1], {FoundBy.NAME}),
        ("zhangsan", [1], {FoundBy.NAME}),
        ("hs", [], set()),
        ("𠮷", [2], {FoundBy.NAME}),
        ("john", [2], {FoundBy.NAME}),
        ("wygs", [1], {FoundBy.NAME}),
        ("0232", [1], {FoundBy.ID_NUMBER}),
        ("024x", [2], {FoundBy.ID_NUMBER}),
        ("37049919530903024Ｘ", [2], {FoundBy.ID_NUMBER}),
        ("370499 1979 0412 0232", [1], {FoundBy.ID_NUMBER}),
        ("139 0000 0011", [1], {FoundBy.PHONE}),
        ("0011", [1], {FoundBy.PHONE}),
        ("0632-3312345", [1], {FoundBy.PHONE}),
        ("3312345", [1], {FoundBy.PHONE}),
        ("20261122-007", [1], {FoundBy.NUMBER}),
        ("007-B", [1], {FoundBy.NUMBER}),
        ("7qx4 m2pd", [1], {FoundBy.NUMBER}),
        ("工资", [1], {FoundBy.WORDS}),
        ("拖欠工资", [1], {FoundBy.WORDS}),
        ("拖工", [], set()),
        ("漏水", [2], {FoundBy.WORDS}),
        ("app", [1], {FoundBy.WORDS}),
        ("张三丰 工资", [1], {FoundBy.NAME, FoundBy.WORDS}),
        ("zsf 0011", [1], {FoundBy.NAME, FoundBy.PHONE}),
        ("张三丰 漏水", [], set()),
        ("举报", [], set()),
        ("", [], set()),
        ("  ，。 ", [], set()),
    ],
)
def test_what_is_typed_finds(filled: Store, typed: str, ids: list[int], why: set[FoundBy]) -> None:
    with filled.reading() as session:
        findings = find(session, typed, include_confidential=False)
    assert [found.matter_id for found in findings.page] == ids
    assert findings.total == len(ids)
    assert not ids or set(findings.page[0].why) == why


def test_confidential_matters_are_there_for_those_who_may(filled: Store) -> None:
    with filled.reading() as session:
        assert [found.matter_id for found in find(session, "张三丰", include_confidential=True).page] == [3, 1]
        assert find(session, "张三丰", include_confidential=False).total == 1


def test_a_matter_indexed_again_is_found_by_the_new_only(filled: Store) -> None:
    with filled.writing() as session:
        index_matter(session, 1, MatterDocument(names=("赵六",)))
        assert find(session, "工资", include_confidential=True).total == 0
        assert [found.matter_id for found in find(session, "zhaol", include_confidential=True).page] == [1]


def test_pages_and_the_end_of_counting(store: Store, put: Callable[..., None]) -> None:
    with store.writing() as session:
        for matter_id in range(1, MOST + 3):
            put(session, matter_id, MatterDocument(words=("漏水",)))
        first = find(session, "漏水", include_confidential=False, limit=2)
        last = find(session, "漏水", include_confidential=False, limit=50, offset=MOST - 1)
        beyond = find(session, "漏水", include_confidential=False, offset=MOST)
    assert [found.matter_id for found in first.page] == [MOST + 2, MOST + 1]
    assert (first.total, first.more) == (MOST, True)
    assert [found.matter_id for found in last.page] == [3]
    assert beyond.page == ()


def test_an_undone_save_is_not_found(store: Store, put: Callable[..., None], undone: Undone) -> None:
    with undone() as session:
        put(session, 1, MatterDocument(words=("漏水",)))
    with store.reading() as session:
        assert find(session, "漏水", include_confidential=True).total == 0


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
PROPERTY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@PROPERTY
@given(data=st.data(), words=HAN)
def test_every_part_of_a_text_finds_it(
    undone: Undone, put: Callable[..., None], data: st.DataObject, words: str
) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    part = words[start : data.draw(st.integers(start + 1, len(words)))]
    with undone() as session:
        put(session, 1, MatterDocument(words=("前言", words, "后记")))
        assert find(session, part, include_confidential=True).total == 1


@PROPERTY
@given(data=st.data(), number=st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_every_part_of_a_number_finds_it(
    undone: Undone, put: Callable[..., None], data: st.DataObject, number: str
) -> None:
    start = data.draw(st.integers(0, 14))
    part = number[start : start + data.draw(st.integers(3, 18))]
    with undone() as session:
        put(session, 1, MatterDocument(id_numbers=(number,)))
        assert find(session, part, include_confidential=True).total == 1


@PROPERTY
@given(typed=st.text(max_size=40))
def test_nothing_typed_is_syntax(filled: Store, typed: str) -> None:
    with filled.reading() as session:
        findings = find(session, typed, include_confidential=False)
        assert all(found.why for found in findings.page)


_RARE = "餮".encode()
"""A character that stands nowhere else: terms are kept without the beginning that they share with the one before."""


def _clean(store: Store) -> int:
    steps = 0
    while True:
        with store.writing() as session:
            if not clean_index(session, begin=not steps):
                return steps
        steps += 1


def _terms(store: Store) -> bytes:
    with store.reading() as session:
        return b"".join(session.scalars(text("SELECT block FROM matter_search_data")))


def test_what_was_taken_out_is_not_found_and_after_cleaning_not_there(filled: Store) -> None:
    with filled.writing() as session:
        index_matter(session, 2, MatterDocument(words=("饕餮漏水",)))
    assert _RARE in _terms(filled)
    with filled.writing() as session:
        forget_matter(session, 2)
    with filled.reading() as session:
        assert find(session, "饕餮", include_confidential=True).total == 0
        assert find(session, "张三丰", include_confidential=True).total == 2
    assert _RARE in _terms(filled)
    _clean(filled)
    assert _RARE not in _terms(filled)
    with filled.reading() as session:
        assert find(session, "张三丰", include_confidential=True).total == 2


def test_what_was_replaced_is_gone_after_cleaning(filled: Store) -> None:
    with filled.writing() as session:
        index_matter(session, 2, MatterDocument(words=("饕餮漏水",)))
        index_matter(session, 2, MatterDocument(names=("王𠮷",), words=("电梯停用",)))
    _clean(filled)
    assert _RARE not in _terms(filled)
    with filled.reading() as session:
        assert find(session, "电梯", include_confidential=True).total == 1


def test_a_clean_index_needs_no_more_cleaning(filled: Store) -> None:
    _clean(filled)
    assert _clean(filled) == 0


def test_a_large_index_is_cleaned_a_part_at_a_time(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "_PAGES_AT_ONCE", 1)
    with filled.writing() as session:
        index_matter(session, 2, MatterDocument(words=("饕餮漏水",)))
        for matter_id in range(10, 400):
            index_matter(session, matter_id, MatterDocument(words=(f"第{matter_id}件事{matter_id * 7919}",)))
        forget_matter(session, 2)
    assert _clean(filled) > 1
    assert _RARE not in _terms(filled)


def test_cleaning_comes_to_an_end_and_is_whole_though_others_write_meanwhile(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_PAGES_AT_ONCE", 1)
    with filled.writing() as session:
        index_matter(session, 2, MatterDocument(words=("饕餮漏水",)))
        for matter_id in range(10, 400):
            index_matter(session, matter_id, MatterDocument(words=(f"第{matter_id}件事{matter_id * 7919}",)))
        forget_matter(session, 2)
    steps, more = 0, True
    while more:
        with filled.writing() as session:
            more = clean_index(session, begin=not steps)
        with filled.writing() as session:
            index_matter(session, 1000 + steps, MatterDocument(words=(f"新来的第{steps}件",)))
        steps += 1
        assert steps < 2_000
    assert steps > 2
    assert _RARE not in _terms(filled)
