"""代表名册 on the page of a matter: the group visits with their representatives, and who of them has signed."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.lookup import MatterView
from onevisit.desk.views import PersonLine, VisitLine
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import show_moment
from onevisit.rules.people import PartyRole
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context
from onevisit.ui.registration.roster_dialog import open_roster
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_SPEAKERS = (PartyRole.LEAD.label, PartyRole.REPRESENTATIVE.label)
_SIGNED = "已签名"


class RosterSection(MatterSection):
    """One card for each group visit, with the way to its roster."""

    key = "roster"
    word = "代表名册"

    def __init__(self, context: Context, _sheets: HouseSheets | None = None) -> None:
        super().__init__()
        self._context = context
        self.buttons: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 16)
        self._cards = QVBoxLayout()
        column.addLayout(self._cards)
        column.addStretch(1)

    def wanted(self, view: MatterView) -> bool:
        """Whether a group has come about it."""
        return super().wanted(view) and any(map(_is_group, view.visits))

    def show_matter(self, view: MatterView) -> None:
        """Show the groups, the last one first."""
        clear(self._cards)
        self.buttons = []
        for visit in reversed(view.visits):
            if _is_group(visit):
                self._cards.addWidget(self._card(visit))

    def focus_first(self) -> None:
        """The roster of the last visit."""
        if self.buttons:
            self.buttons[0].setFocus()

    def _card(self, visit: VisitLine) -> QWidget:
        card = QFrame(self)
        set_style(card, role="panel")
        column = QVBoxLayout(card)
        people = _speakers(visit)
        signed = sum(_SIGNED in one.role for one in people)
        head = QHBoxLayout()
        when = f"{show_moment(visit.arrived_at)}　来访 {visit.headcount} 人"
        head.addWidget(plain_label(f"{when}　推选代表 {len(people)} 人，已签名 {signed} 人"), 1)
        button = QPushButton("登记签名", card)
        button.setAccessibleName(f"登记{visit.visit_no}的代表签名")
        button.setAutoDefault(False)
        button.setVisible(self._context.desk.may(Permission.REGISTER))
        button.clicked.connect(lambda: open_roster(self._context, visit.visit_id, self.window()))
        head.addWidget(button)
        column.addLayout(head)
        for one in people:
            state = _SIGNED if _SIGNED in one.role else "没有签名"
            words = (one.name, one.masked_phone or "没有留电话", state)
            column.addWidget(plain_label("　".join(words), "hint"))
        self.buttons.append(button)
        return card


def _is_group(visit: VisitLine) -> bool:
    return any(one.role.startswith(PartyRole.REPRESENTATIVE.label) for one in visit.people)


def _speakers(visit: VisitLine) -> list[PersonLine]:
    return [one for one in visit.people if one.role.startswith(_SPEAKERS)]
