"""The strip that exports a list: days, reason, folder; on the supervisor's day and on the auditor's page."""

import csv
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk.register import Registered
from onevisit.rules.accounts import Role
from onevisit.rules.trail import ExportReason
from onevisit.ui.audit.page import AuditPage
from onevisit.ui.page import Context, Page
from onevisit.ui.theme import Theme, Variant
from onevisit.ui.today.page import TodayPage
from onevisit.ui.widgets.layouts import children

Screenshot = Callable[[QWidget, str], None]


@pytest.fixture
def today(
    seeded: tuple[Registered, ...], context_of: Callable[[Role], Context], open_page: Callable[[Page], None]
) -> TodayPage:
    page = TodayPage(context_of(Role.SUPERVISOR))
    open_page(page)
    return page


@pytest.fixture
def clerk_page(context_of: Callable[[Role], Context], open_page: Callable[[Page], None]) -> TodayPage:
    page = TodayPage(context_of(Role.CLERK))
    open_page(page)
    return page


@pytest.fixture
def audit_page(context_of: Callable[[Role], Context], open_page: Callable[[Page], None]) -> AuditPage:
    page = AuditPage(context_of(Role.AUDITOR))
    open_page(page)
    return page


def choose(page: TodayPage | AuditPage, reason: ExportReason) -> None:
    page.exporting.reason.setCurrentIndex(page.exporting.reason.findData(reason))


def test_the_supervisor_exports_the_visits_of_the_month(
    today: TodayPage, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str]], screenshot: Screenshot
) -> None:
    assert today.exporting.isHidden()
    today.ui.export_list.click()
    panel = today.exporting
    assert panel.isVisible()
    assert panel.first.date().day() == 1
    panel.first.setDate(QDate(2020, 1, 1))
    choose(today, ExportReason.STATISTICS)
    screenshot(today, "today_export")
    panel.export_to(tmp_path)
    qtbot.waitUntil(panel.isHidden)
    (file,) = [path for path in tmp_path.iterdir() if path.suffix == ".csv"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with file.open(encoding="utf-8-sig", newline="") as lines:
        assert len(list(csv.reader(lines))) == 13
    assert said[-1][0] == "fine"
    assert str(file) in said[-1][1]
    assert "没有加密" in said[-1][1]


def test_without_a_reason_nothing_is_exported(today: TodayPage, screenshot: Screenshot) -> None:
    today.ui.export_list.click()
    today.exporting.go.click()
    assert "请选择导出原因" in today.exporting.fault.text()
    assert not children(today, QFileDialog)


def test_the_folder_is_asked_for_and_leaving_it_exports_nothing(today: TodayPage, qtbot: QtBot) -> None:
    today.ui.export_list.click()
    choose(today, ExportReason.AUDIT)
    today.exporting.go.click()
    (dialog,) = children(today, QFileDialog)
    dialog.reject()
    qtbot.waitUntil(lambda: not children(today, QFileDialog))
    assert today.exporting.isVisible()
    assert not today.exporting.work.working


def test_what_keeps_it_from_being_written_is_said_in_the_strip(today: TodayPage, qtbot: QtBot, tmp_path: Path) -> None:
    today.ui.export_list.click()
    choose(today, ExportReason.AUDIT)
    today.exporting.export_to(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: "换一个文件夹" in today.exporting.fault.text())
    assert today.exporting.isVisible()
    assert today.exporting.go.isEnabled()


def test_days_the_wrong_way_round_are_said(today: TodayPage, qtbot: QtBot, tmp_path: Path) -> None:
    today.ui.export_list.click()
    choose(today, ExportReason.AUDIT)
    today.exporting.first.setDate(QDate(2100, 1, 1))
    today.exporting.export_to(tmp_path)
    qtbot.waitUntil(lambda: "不能早于" in today.exporting.fault.text())


def test_esc_puts_it_away(today: TodayPage, qtbot: QtBot) -> None:
    today.ui.export_list.click()
    qtbot.keyClick(today.exporting.reason, Qt.Key.Key_Escape)
    assert today.exporting.isHidden()
    today.ui.export_list.click()
    assert today.go_back()
    assert not today.go_back()


def test_the_clerk_has_no_such_button(clerk_page: TodayPage) -> None:
    assert not clerk_page.ui.export_list.isVisible()


def test_the_auditor_exports_the_trail(
    audit_page: AuditPage, qtbot: QtBot, tmp_path: Path, said: list[tuple[str, str]]
) -> None:
    audit_page.ui.export_button.click()
    audit_page.exporting.first.setDate(QDate(2020, 1, 1))
    choose(audit_page, ExportReason.INSPECTION)
    audit_page.exporting.export_to(tmp_path)
    qtbot.waitUntil(audit_page.exporting.isHidden)
    assert "操作记录_20200101-" in said[-1][1]


@pytest.mark.parametrize("variant", [Variant.LIGHT, Variant.DARK])
def test_nothing_is_cut_off_in_large_type(
    audit_page: AuditPage, today: TodayPage, theme: Theme, variant: Variant, screenshot: Screenshot, qtbot: QtBot
) -> None:
    theme.wear(variant, large=True)
    for page, button, name in (
        (audit_page, audit_page.ui.export_button, "audit"),
        (today, today.ui.export_list, "today"),
    ):
        button.click()
        qtbot.wait(50)
        screenshot(page, f"{name}_export_large_{variant.value}")
        assert page.minimumSizeHint().width() <= 1196
