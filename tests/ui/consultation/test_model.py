"""The lawyer's list without a window."""

from dataclasses import replace
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt

from onevisit.desk.consult import WaitingRow
from onevisit.ui.consultation.model import WaitingModel
from onevisit.ui.widgets.items import DETAIL_ROLE, TITLE_ROLE, WORDS_ROLE

ROW = WaitingRow(
    visit_id=1,
    consultation_id=None,
    queue_no=7,
    petitioner="王伟",
    title="拖欠工资",
    classification="求决 · 劳动社保",
    arrived_at=datetime(2026, 11, 23, 2, 41, tzinfo=UTC),
    state="waiting",
    lawyer="",
)


def told(row: WaitingRow, role: int) -> object:
    model = WaitingModel()
    model.show_day((row,), date(2026, 11, 23))
    return model.data(model.index(0, 0), role)


def test_who_waits_since_when_and_what_about() -> None:
    assert told(ROW, TITLE_ROLE) == "007　王伟"
    assert told(ROW, DETAIL_ROLE) == "10:41 到　拖欠工资"
    assert told(ROW, WORDS_ROLE) == (("候谈", "attention"),)


def test_who_was_advised_says_by_whom() -> None:
    signed = replace(ROW, state="signed", lawyer="律师甲")
    assert told(signed, WORDS_ROLE) == (("已签发", "fine"), ("律师甲", "soft"))
    assert str(told(signed, Qt.ItemDataRole.AccessibleTextRole)).endswith("已签发 · 律师甲")


def test_a_visit_of_another_day_tells_its_day() -> None:
    earlier = replace(ROW, arrived_at=datetime(2026, 11, 20, 2, 41, tzinfo=UTC))
    assert told(earlier, DETAIL_ROLE) == "11月20日 到　拖欠工资"


def test_markup_in_a_tooltip_shows_as_typed() -> None:
    tooltip = str(told(replace(ROW, petitioner="<b>王</b>"), Qt.ItemDataRole.ToolTipRole))
    assert "&lt;b&gt;王&lt;/b&gt;" in tooltip
