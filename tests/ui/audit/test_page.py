"""The auditor's page, on a real store."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Role
from onevisit.rules.trail import CheckCode
from onevisit.store.audit import last
from onevisit.ui.audit import page as audit_page
from onevisit.ui.audit.page import AuditPage
from onevisit.ui.errand import Errand
from onevisit.ui.messages import Messages
from onevisit.ui.page import Changes, Context
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme, Variant

Screenshot = Callable[[QWidget, str], None]


class StayingNavigator:
    """There is no other page to go to."""

    def show_page(self, key: str) -> None: ...

    def register_new(self, text: str = "") -> None: ...

    def open_matter(self, matter_id: int, section: str = "") -> None: ...

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None: ...

    def open_route(self, visit_id: int, *, onward: bool = False) -> None: ...

    def open_consultation(self, visit_id: int) -> None: ...

    def print_slip(self, visit_id: int, *, now: bool = False, instead: bool = False) -> None: ...

    def back(self) -> None: ...

    def leave_for(self, errand: Errand) -> None: ...


@pytest.fixture
def page(
    qtbot: QtBot, sit_down: Callable[[Role], Desk], tasks: Tasks, messages: Messages, theme: Theme
) -> Iterator[AuditPage]:
    made = AuditPage(Context(sit_down(Role.AUDITOR), tasks, messages, Changes(), StayingNavigator()))
    qtbot.addWidget(made)
    made.resize(1196, 688)
    made.show()
    yield made
    qtbot.waitUntil(lambda: not tasks.busy)


def load(qtbot: QtBot, page: AuditPage) -> list[list[str]]:
    """Refresh and read the table."""
    page.refresh()
    qtbot.waitUntil(lambda: not page.context.tasks.busy)
    model = page.ui.table.model()
    return [[model.index(row, column).data() for column in range(7)] for row in range(model.rowCount())]


def test_the_newest_entry_stands_first_in_words(qtbot: QtBot, page: AuditPage) -> None:
    rows = load(qtbot, page)
    assert rows[0][2:5] == ["审计员（005）", "01", "登录"]
    assert rows[-1][0] == "1"
    assert rows[-1][4:6] == ["首次设置", "—"]
    assert page.ui.count.text() == f"共 {len(rows)} 条"
    assert not page.ui.empty.isVisible()
    assert not page.ui.more.isVisible()


def test_older_entries_come_page_by_page(qtbot: QtBot, page: AuditPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_page, "PAGE", 3)
    assert len(load(qtbot, page)) == 3
    assert page.ui.more.isVisible()
    assert page.ui.count.text() == "最新 3 条，共 7 条"
    page.ui.more.click()
    qtbot.waitUntil(lambda: page.ui.table.model().rowCount() == 6)
    page.ui.table.setCurrentIndex(page.ui.table.model().index(5, 0))
    assert len(load(qtbot, page)) == 6  # what was shown stays shown
    assert page.ui.table.currentIndex().row() == 5
    page.ui.more.click()
    qtbot.waitUntil(lambda: page.ui.table.model().rowCount() == 7)
    assert not page.ui.more.isVisible()


def test_a_whole_chain_is_said_to_be_whole(qtbot: QtBot, page: AuditPage) -> None:
    load(qtbot, page)
    page.ui.verify.click()
    qtbot.waitUntil(lambda: "✓" in page.ui.resultText.text())
    assert page.ui.resultText.text().startswith("✓ 完整，共 7 条")
    assert page.ui.result.property("tone") == "fine"


def test_a_changed_entry_is_found_and_the_sentence_says_what_to_do(qtbot: QtBot, page: AuditPage) -> None:
    # somebody who has the key and a tool of his own
    with page.context.desk.store.writing() as session:
        for name in session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            session.execute(text(f'DROP TRIGGER "{name}"'))
        session.execute(text("UPDATE audit_entry SET window_no = '09' WHERE id = 3"))
    load(qtbot, page)
    page.ui.verify.click()
    qtbot.waitUntil(lambda: "！" in page.ui.resultText.text())
    assert page.ui.resultText.text().startswith("！第 3 条起不一致")
    assert "联系" in page.ui.resultText.text()
    assert page.ui.result.property("tone") == "fault"


def test_an_empty_trail_says_what_will_be_here(qtbot: QtBot, page: AuditPage) -> None:
    page._show((), 200)
    assert page.ui.empty.isVisible()
    assert not page.ui.table.isVisible()
    assert page.ui.count.text() == ""


def test_a_code_from_paper_is_compared_on_enter(qtbot: QtBot, page: AuditPage) -> None:
    load(qtbot, page)
    with page.context.desk.store.reading() as session:
        end = last(session)
    code = str(CheckCode.of(end.entry, end.digest))
    qtbot.keyClicks(page.ui.code, code.replace("-", " ").lower())
    qtbot.keyClick(page.ui.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "✓" in page.ui.resultText.text())
    assert "2 处末端一致" in page.ui.resultText.text()
    page.ui.code.setText(code[:-1] + ("0" if code[-1] != "0" else "1"))
    page.ui.verify.click()
    qtbot.waitUntil(lambda: "输入的校验码和现在的第" in page.ui.resultText.text())
    assert page.ui.result.property("tone") == "fault"
    page.ui.code.setText("12")
    page.ui.verify.click()
    qtbot.waitUntil(lambda: "请照打印的日终单核对" in page.ui.resultText.text())


def test_the_checked_trail_has_its_own_entry_and_says_that_it_was_checked(qtbot: QtBot, page: AuditPage) -> None:
    heard: list[frozenset[str]] = []
    page.context.changes.changed.connect(heard.append)
    load(qtbot, page)
    page.ui.verify.click()
    qtbot.waitUntil(lambda: frozenset({"trail"}) in heard)
    assert load(qtbot, page)[0][4:7] == ["检查操作记录", "—", "完整，7 条"]


def test_the_page_in_large_type(qtbot: QtBot, page: AuditPage, theme: Theme, screenshot: Screenshot) -> None:
    screenshot(page, "audit")
    theme.wear(Variant.LIGHT, large=True)
    load(qtbot, page)
    page.ui.verify.click()
    qtbot.waitUntil(lambda: "✓" in page.ui.resultText.text())
    screenshot(page, "audit_large")
    assert page.minimumSizeHint().width() <= 1196
