"""The tab 材料清单."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QWidget

from onevisit.desk import house_papers
from onevisit.desk.desk import Desk
from onevisit.rules import papers
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.ui.lists import papers_edit
from onevisit.ui.lists.list_panel import READ_ONLY
from onevisit.ui.lists.page import ListsPage
from onevisit.ui.lists.papers_edit import AGENT, GROUP
from onevisit.ui.lists.papers_panel import PapersPanel
from onevisit.ui.messages import Question

Settled = Callable[[], None]
Said = list[tuple[str, str]]
Shoot = Callable[[QWidget, str], None]
LABOUR = ContentClass.LABOUR


@pytest.fixture
def panel(page: ListsPage, settled: Settled) -> PapersPanel:
    made = page.show_panel(PapersPanel)
    settled()
    return made


def choose(panel: PapersPanel, section: str, place: int = 0) -> None:
    keys = [key for key, _ in papers_edit.sections(panel._listed.entries)]
    panel.ui.sections.setCurrentRow(keys.index(section))
    panel.ui.table.setCurrentIndex(panel._model.index(place, 0))


def names(panel: PapersPanel, content: ContentClass = LABOUR) -> list[str]:
    return [one.name for one in panel._listed.entries.classes[content]]


def test_every_shipped_paper_can_be_looked_at_without_being_changed(
    panel: PapersPanel, page: ListsPage, screenshot: Shoot
) -> None:
    lists = papers.shipped()
    for key, _ in papers_edit.sections(lists):
        for row in papers_edit.rows(lists, key):
            choose(panel, key, row.place)
            assert panel.paper() == row.paper
            assert not panel.unsaved()
    choose(panel, LABOUR.value, 1)
    assert panel.ui.mark.isVisible()
    screenshot(page, "lists_papers")


def test_a_paper_is_changed_with_faults_at_its_fields(
    panel: PapersPanel, page: ListsPage, settled: Settled, said: Said, screenshot: Shoot
) -> None:
    choose(panel, LABOUR.value, 1)
    panel.ui.where.setText("")
    panel.ui.matches.setText("")
    panel.ui.save.click()
    settled()
    assert panel.fields.field("where").fault
    assert panel.fields.field("matches").fault
    screenshot(page, "lists_papers_fault")
    panel.ui.where.setText("到开户银行打印")
    panel.ui.matches.setText("欠条，流水 工资单")
    panel.ui.save.click()
    settled()
    assert said[-1][0] == "fine"
    assert not panel.unsaved()
    changed = panel._listed.entries.classes[LABOUR][1]
    assert (changed.where, changed.matches) == ("到开户银行打印", ("欠条", "流水", "工资单"))
    assert panel.ui.mark.isVisible()


def test_a_paper_is_added_and_removed(panel: PapersPanel, settled: Settled, questions: list[Question]) -> None:
    choose(panel, LABOUR.value)
    before = names(panel)
    panel.ui.add.click()
    assert panel.ui.title.text() == "新的材料"
    panel.ui.name.setText("离职证明")
    panel.ui.where.setText("请用人单位出具")
    panel.ui.matches.setText("离职")
    panel.ui.save.click()
    settled()
    assert names(panel) == [*before, "离职证明"]
    assert panel.ui.name.text() == "离职证明"
    panel.ui.remove.click()
    questions[0].agreed()
    settled()
    assert names(panel) == before


def test_what_the_law_names_keeps_its_name(panel: PapersPanel) -> None:
    choose(panel, AGENT, 0)
    assert panel.ui.name.isReadOnly()
    assert not panel.ui.add.isEnabled()
    assert not panel.ui.remove.isEnabled()
    choose(panel, GROUP)
    assert not panel.ui.name.isReadOnly()


def test_for_what_papers_are_taken_is_ticked(panel: PapersPanel, settled: Settled) -> None:
    panel.ui.purposes.set_values(())
    panel.ui.save.click()
    settled()
    assert "至少选一项" in panel.ui.state.text()
    panel.ui.purposes.set_values([Purpose.REQUEST.value])
    panel.ui.save.click()
    settled()
    assert panel._listed.entries.purposes == (Purpose.REQUEST,)
    assert not panel.unsaved()


def test_all_are_confirmed_and_put_back(panel: PapersPanel, settled: Settled, questions: list[Question]) -> None:
    panel.ui.confirm.click()
    questions[0].agreed()
    settled()
    assert not panel.ui.mark.isVisible()
    panel.ui.putBack.click()
    questions[1].agreed()
    settled()
    assert panel.ui.mark.isVisible()


def test_what_is_typed_goes_on_with_its_own_paper_when_another_window_was_faster(
    panel: PapersPanel, desks: Callable[[Role], Desk], settled: Settled, said: Said
) -> None:
    choose(panel, LABOUR.value, 2)
    before = names(panel)
    panel.ui.name.setText("工伤认定书")
    desk = desks(Role.ADMINISTRATOR)
    fewer = papers_edit.without(papers.shipped(), f"classes.{LABOUR.value}.0")
    panel.context.tasks.run(lambda: house_papers.save_papers(desk, fewer, ""), lambda _: None)
    settled()
    panel.ui.save.click()
    settled()
    assert "别的窗口" in said[-1][1]
    assert panel.ui.name.text() == "工伤认定书"
    panel.ui.save.click()
    settled()
    assert names(panel) == [before[1], "工伤认定书", *before[3:]]


def test_what_is_typed_becomes_a_new_paper_when_its_own_is_gone(
    panel: PapersPanel, desks: Callable[[Role], Desk], settled: Settled
) -> None:
    choose(panel, LABOUR.value, 0)
    before = names(panel)
    panel.ui.name.setText("劳动合同")
    desk = desks(Role.ADMINISTRATOR)
    fewer = papers_edit.without(papers.shipped(), f"classes.{LABOUR.value}.0")
    panel.context.tasks.run(lambda: house_papers.save_papers(desk, fewer, ""), lambda _: None)
    settled()
    for _ in range(2):
        panel.ui.save.click()
        settled()
    assert names(panel) == [*before[1:], "劳动合同"]


def test_whoever_reads_changes_nothing(open_lists: Callable[[Role], ListsPage], settled: Settled) -> None:
    page = open_lists(Role.CLERK)
    panel = page.show_panel(PapersPanel)
    settled()
    assert panel.ui.state.text() == READ_ONLY
    assert panel.ui.where.isReadOnly()
    assert not panel.ui.confirm.isVisible()
    assert not panel.ui.purposes.isEnabled()


@given(st.lists(st.text(alphabet="工资流水欠条单", min_size=1, max_size=4), max_size=5))
def test_words_that_were_joined_are_parted_again(words: list[str]) -> None:
    assert papers_edit.parted(papers_edit.joined(tuple(words))) == tuple(words)


def test_one_paper_changed_changes_no_other() -> None:
    lists = papers.shipped()
    for key, _ in papers_edit.sections(lists):
        for row in papers_edit.rows(lists, key):
            other = replace(row.paper, where="别处")
            changed = papers_edit.with_paper(lists, row.path, other)
            found = papers_edit.rows(changed, key)[row.place]
            assert found.paper == other
            assert papers_edit.with_paper(changed, row.path, row.paper) == lists
