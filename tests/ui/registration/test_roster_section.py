"""代表名册 on the page of a matter."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QLabel, QWidget
from tests.ui.registration.conftest import WAGES, Window, another

from onevisit.desk import lookup
from onevisit.desk.lookup import MatterView
from onevisit.ui.registration.roster_dialog import RosterDialog
from onevisit.ui.registration.roster_section import RosterSection
from onevisit.ui.theme import Theme

LI, ZHAO = another("李明", "370499198305200390"), another("赵一", "")


def view_of(window: Window, matter_id: int) -> MatterView:
    found: list[MatterView] = []
    desk = window.desk
    window.page.context.tasks.run(lambda: lookup.open_matter(desk, matter_id), found.append)
    window.qtbot.waitUntil(lambda: bool(found))
    return found[0]


def test_only_a_matter_of_a_group_has_it_and_it_leads_to_the_roster(
    window: Window, theme: Theme, screenshot: Callable[[QWidget, str], None]
) -> None:
    saved = window.earlier(replace(WAGES, companions=(LI, ZHAO), headcount=12, signed=(True,)))
    section = RosterSection(window.page.context)
    window.qtbot.addWidget(section)
    view = view_of(window, saved.matter_id)
    assert section.wanted(view)
    alone = replace(view, visits=(replace(view.visits[0], people=view.visits[0].people[:1]),))
    assert not section.wanted(alone)
    section.resize(760, 260)
    section.show_matter(view)
    section.show()
    window.qtbot.waitExposed(section)
    labels: list[QLabel] = list(section.findChildren(QLabel))
    texts = [one.text() for one in labels]
    assert "来访 12 人　推选代表 3 人，已签名 1 人" in texts[0]
    assert "李明　没有留电话　没有签名" in texts
    screenshot(section, "registration-roster-section")
    section.buttons[0].click()
    window.qtbot.waitUntil(lambda: bool(section.findChildren(RosterDialog)))
    dialogs: list[RosterDialog] = list(section.findChildren(RosterDialog))
    dialogs[0].reject()
