"""The list of what was found, without a window."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt

from onevisit.desk.lookup import Hit
from onevisit.ui.matters.model import HitModel
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE

HIT = Hit(
    matter_id=1,
    matter_no="370400-01-2026-00001-9",
    title="拖欠工资",
    classification="求决 · 劳动社保 · 薛城区",
    petitioners="王伟",
    masked_id="370499********0011",
    last_visit=date(2026, 11, 23),
    visits=2,
    open=True,
    confidential=False,
    why="姓名",
)


def told(hit: Hit, role: int) -> object:
    model = HitModel()
    model.show((hit,))
    return model.data(model.index(0, 0), role)


def test_two_lines_say_what_then_who_when_and_why_found() -> None:
    assert told(HIT, TITLE_ROLE) == "拖欠工资"
    assert told(HIT, DETAIL_ROLE) == "王伟　2026年11月23日　来访 2 次　按姓名找到"
    assert told(HIT, WORDS_ROLE) == ()


def test_what_is_closed_or_confidential_says_so() -> None:
    marked = replace(HIT, open=False, confidential=True)
    assert told(marked, WORDS_ROLE) == (("保密", "attention"), ("已办结", "soft"))
    assert "保密 · 已办结" in str(told(marked, Qt.ItemDataRole.AccessibleTextRole))


def test_what_is_anonymised_says_so() -> None:
    assert told(replace(HIT, anonymised=True), WORDS_ROLE) == (("已匿名", "soft"),)


def test_what_a_narrow_list_cuts_off_stands_in_the_tooltip_as_typed() -> None:
    tooltip = str(told(replace(HIT, title="<b>长</b>标题"), Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;长&lt;/b&gt;标题" in tooltip
    for words in ("王伟", "按姓名找到", "370400-01-2026-00001-9", "劳动社保"):
        assert words in tooltip


def test_the_next_page_adds_what_is_not_there_yet() -> None:
    model = HitModel()
    model.show((HIT,))
    model.append((HIT, replace(HIT, matter_id=2)))
    assert model.rowCount() == 2
    assert (model.row_of(2), model.row_of(3)) == (1, -1)
