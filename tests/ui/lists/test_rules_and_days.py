"""The tabs 规则 and 放假安排."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from onevisit.desk import house_days
from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import RULES
from onevisit.desk.register import Registered
from onevisit.rules import ruleset_text
from onevisit.rules.accounts import Role
from onevisit.rules.policy import EXAMPLE
from onevisit.rules.rulebook import RULES_2022
from onevisit.store.tables import HouseText, Matter
from onevisit.ui.lists.days_model import spans
from onevisit.ui.lists.days_panel import DaysPanel
from onevisit.ui.lists.page import ListsPage
from onevisit.ui.lists.rules_model import code_of
from onevisit.ui.lists.rules_panel import RulesPanel
from onevisit.ui.messages import Question

Settled = Callable[[], None]
Said = list[tuple[str, str]]
Shoot = Callable[[QWidget, str], None]

OWN = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), region="3704")
TEXT_2030 = "2030-01-01,休,元旦\n2030-05-01至2030-05-05,休,劳动节\n2030-05-11,班\n2030-10-01至2030-10-07,休,国庆节\n"


@pytest.fixture
def rules(page: ListsPage, settled: Settled) -> RulesPanel:
    panel = page.show_panel(RulesPanel)
    settled()
    return panel


@pytest.fixture
def days(page: ListsPage, settled: Settled) -> DaysPanel:
    panel = page.show_panel(DaysPanel)
    settled()
    return panel


def choose_set(panel: RulesPanel, code: str) -> None:
    """Click on a rule set."""
    codes = [code_of(line) for line in panel._sets._rows]
    panel.ui.sets.setCurrentIndex(panel._sets.index(codes.index(code), 0))


def choose_year(panel: DaysPanel, year: int, settled: Settled) -> None:
    """Click on a year."""
    panel.ui.years.setCurrentIndex(panel._years.index(panel._years.row_of(year), 0))
    settled()


def cells(panel: RulesPanel) -> list[str]:
    """All that the table says."""
    model = panel._rows
    return [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in range(3)]


def test_the_set_of_today_is_open_with_its_articles(rules: RulesPanel, page: ListsPage, screenshot: Shoot) -> None:
    assert rules.ui.title.text() == RULES_2022.name
    assert rules.ui.state.text().startswith("现在登记的事项照这一套。")
    said = " ".join(cells(rules))
    assert "《信访工作条例》第三十四条" in said
    assert EXAMPLE in said
    assert not rules.ui.remove.isVisible()
    assert not rules.ui.switchOn.isVisible()
    screenshot(page, "lists_rules")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2019-03-01", "《信访条例》（2005）和《山东省信访条例》（2015）"),
        ("2022-04-30", "《信访条例》（2005）和《山东省信访条例》（2015）"),
        ("2022-05-01", "“《信访工作条例》（2022）”"),
        ("2005-04-30", "没有可以适用的规则"),
        ("2019-13-01", "请写成 2019-03-01 这样"),
        ("2019", "输入登记日期"),
    ],
)
def test_it_answers_which_set_holds_on_a_day(rules: RulesPanel, qtbot: QtBot, typed: str, words: str) -> None:
    rules.ui.day.setText(typed)
    qtbot.waitUntil(lambda: words in rules.ui.answer.text())


def test_the_optional_set_says_what_it_means_before_it_is_switched_on(
    rules: RulesPanel, page: ListsPage, settled: Settled, questions: list[Question], said: Said, screenshot: Shoot
) -> None:
    choose_set(rules, "2022-37")
    assert rules.ui.switchOn.isVisible()
    rules.ui.switchOn.click()
    assert EXAMPLE in questions[0].text.replace("示例，", "示例，")
    questions[0].agreed()
    settled()
    assert said[-1][0] == "fine"
    assert rules.ui.state.text().startswith("现在登记的事项照这一套。")
    screenshot(page, "lists_rules_optional")
    rules.ui.switchOn.click()
    assert questions[1].verb == "停用"
    questions[1].agreed()
    settled()
    assert rules.ui.state.text().startswith("没有启用")


def test_an_own_set_is_brought_as_a_file_and_taken_out_again(
    rules: RulesPanel, settled: Settled, questions: list[Question], said: Said, tmp_path: Path
) -> None:
    file = tmp_path / "rules.json"
    file.write_text(ruleset_text.to_json(OWN), encoding="utf-8")
    rules.import_from(file)
    settled()
    assert said[-1][0] == "fine"
    assert rules.ui.title.text() == "本市试行办法"
    file.write_text(ruleset_text.to_json(replace(RULES_2022, name="改写")), encoding="utf-8")
    rules.import_from(file)
    settled()
    assert "请换一个新代号" in said[-1][1]
    assert rules.ui.remove.isEnabled()
    rules.ui.remove.click()
    questions[0].agreed()
    settled()
    assert [line.rules.code for line in rules._book.sets if line.own] == []


@pytest.mark.parametrize("kept", [False, True])
def test_an_own_set_that_cannot_be_read_is_mended_or_goes(
    rules: RulesPanel,
    page: ListsPage,
    settled: Settled,
    questions: list[Question],
    said: Said,
    seeded: tuple[Registered, ...],
    tmp_path: Path,
    screenshot: Shoot,
    kept: bool,
) -> None:
    desk = rules.context.desk
    text = ruleset_text.to_json(OWN)

    def spoil() -> None:
        with desk.work(None) as session:
            content = text.replace('"optional"', '"unknown"')
            session.add(HouseText(name=f"{RULES}{OWN.code}", content=content, changed_at=desk.now(), account_id=1))
            if kept:
                session.get_one(Matter, seeded[0].matter_id).rule_set = OWN.code

    rules.context.tasks.run(spoil, lambda _: None)
    rules.refresh()
    settled()
    assert rules.ui.title.text() == RULES_2022.name, "what was chosen stays chosen"
    assert rules._sets.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith(f"代号 {OWN.code}，！读不出，")
    choose_set(rules, OWN.code)
    assert rules.ui.state.text().startswith(f"！{int(kept)} 件：本单位添加的规则（代号“{OWN.code}”）现在读不出")
    assert "ruleset.unknown 不是认识的项目" in rules.ui.state.text()
    assert rules._rows.rowCount() == 0
    assert rules.ui.remove.isVisible()
    assert rules.ui.remove.isEnabled() is not kept
    assert not rules.ui.switchOn.isVisible()
    screenshot(page, f"lists_rules_unread_{kept}")
    if kept:
        file = tmp_path / "rules.json"
        file.write_text(text, encoding="utf-8")
        rules.import_from(file)
    else:
        rules.ui.remove.click()
        questions[0].agreed()
    settled()
    assert said[-1][0] == "fine"
    assert rules._book.unread == ()
    assert [line.rules.code for line in rules._book.sets if line.own] == ([OWN.code] if kept else [])


def test_years_say_whose_notice_they_have(
    days: DaysPanel, page: ListsPage, settled: Settled, screenshot: Shoot
) -> None:
    choose_year(days, 2026, settled)
    assert days.ui.title.text() == "2026 年放假安排"
    assert "国务院办公厅" in days.ui.state.text()
    assert "在右边改好保存" in days.ui.state.text()
    assert not days.unsaved()
    shown = days._shown
    assert shown is not None
    assert sum(span.days for span in spans(shown.table)) == len(shown.table.rest) + len(shown.table.work)
    screenshot(page, "lists_days")
    choose_year(days, 2027, settled)
    assert "暂定" in days.ui.state.text()
    assert days._days.rowCount() == 0


def test_a_typed_table_is_checked_saved_and_removed(
    days: DaysPanel, page: ListsPage, settled: Settled, said: Said, questions: list[Question], screenshot: Shoot
) -> None:
    year = next(line.year for line in days._years._rows if line.by is house_days.DecreedBy.NOBODY)
    text = TEXT_2030.replace("2030", str(year))
    choose_year(days, year, settled)
    days.ui.text.setPlainText(text + f"{year}-10-01,班\n")
    assert days.unsaved()
    days.ui.save.click()
    settled()
    assert "自相矛盾" in days.ui.fault.text()
    assert days.ui.text.toPlainText().endswith(",班\n")
    assert not said
    screenshot(page, "lists_days_fault")
    # 05-11 is no weekend in every year: the make-up day goes
    days.ui.text.setPlainText("".join(line for line in text.splitlines(keepends=True) if "班" not in line))
    days.ui.save.click()
    settled()
    assert said[-1] == ("fine", f"{year} 年的放假安排已保存，马上生效，在办事项的期限没有变。")
    assert days.ui.state.text().startswith("这一年照本单位录入的")
    assert days.ui.remove.isVisible()
    days.ui.remove.click()
    questions[0].agreed()
    settled()
    assert "暂定" in days.ui.state.text()


def test_a_file_is_looked_at_before_it_is_saved(days: DaysPanel, settled: Settled, said: Said, tmp_path: Path) -> None:
    file = tmp_path / "days.txt"
    file.write_bytes(TEXT_2030.encode("gb18030"))
    choose_year(days, 2028, settled)
    days.import_from(file)
    settled()
    assert days.ui.text.toPlainText() == TEXT_2030
    assert said[-1][0] == "attention"
    days.ui.save.click()
    settled()
    assert "不属于 2028 年" in days.ui.fault.text()
    days.ui.undo.click()
    assert not days.unsaved()


def test_what_is_typed_stays_when_another_window_was_faster(
    days: DaysPanel, desks: Callable[[Role], Desk], settled: Settled, said: Said
) -> None:
    choose_year(days, 2028, settled)
    text = "2028-01-01,休\n2028-05-01,休\n2028-10-01至2028-10-03,休\n"
    desk = desks(Role.ADMINISTRATOR)
    days.context.tasks.run(lambda: house_days.save_year(desk, 2028, text, ""), lambda _: None)
    settled()
    days.ui.text.setPlainText(text + "2028-01-02,休\n")
    days.ui.save.click()
    settled()
    assert "别的窗口" in said[-1][1]
    assert days.ui.text.toPlainText() == text + "2028-01-02,休\n"
    days.ui.save.click()
    settled()
    assert said[-1][0] == "fine"


def test_whoever_reads_cannot_type(open_lists: Callable[[Role], ListsPage], settled: Settled) -> None:
    page = open_lists(Role.SUPERVISOR)
    days = page.show_panel(DaysPanel)
    settled()
    assert days._days.rowCount() > 0
    editor = (days.ui.text, days.ui.textLabel, days.ui.how, days.ui.save, days.ui.undo, days.ui.bring, days.ui.remove)
    assert not any(part.isVisible() for part in editor)
    assert days.ui.takeOut.isVisible()
    assert days.ui.state.text().endswith("有不对的，请告诉管理员。")
    rules = page.show_panel(RulesPanel)
    settled()
    choose_set(rules, "2022-37")
    assert not any(button.isVisible() for button in (rules.ui.switchOn, rules.ui.bring))
