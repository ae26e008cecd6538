"""One person of a visit: masked numbers, each shown in full in its place for a short while when asked for."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.lookup import PersonLine
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style

SHOWN_MS = 60_000
"""How long a full number stays in sight."""
_LONG = 20


class SecretNumber(QWidget):
    """A masked number with a button that asks for all of it; the full number lives nowhere but in its label.

    Signals:
        wanted(): the person asks for the full number.
    """

    wanted = Signal()

    def __init__(self, word: str, masked: str, *, verb: str, whose: str, may_see: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._masked, self._verb = masked, verb
        self.number = plain_label(masked, wrap=False)
        self.button = QPushButton(verb, self)
        set_style(self.button, role="link")
        self.button.setAccessibleName(f"{verb}：{whose}")
        self.button.clicked.connect(self._on_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(plain_label(word, "quiet", wrap=False))
        row.addWidget(self.number)
        row.addWidget(self.button)
        self.button.setVisible(may_see)
        self.setVisible(bool(masked))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.cover)

    @property
    def shown(self) -> bool:
        """Whether the full number is in sight."""
        return self._timer.isActive()

    def show_full(self, number: str) -> None:
        """Show the full number in place, for a minute; not to somebody who has left the page meanwhile."""
        if not self.isVisible():
            return
        self.number.setText(number)
        set_style(self.number, tone="attention")
        self.button.setText("遮住")
        self._timer.start()

    def cover(self) -> None:
        """Mask the number again."""
        self._timer.stop()
        self.number.setText(self._masked)
        set_style(self.number, tone="")
        self.button.setText(self._verb)

    def _on_clicked(self) -> None:
        if self.shown:
            self.cover()
        else:
            self.wanted.emit()


class PersonRow(QWidget):
    """A person by role and name, with place and numbers; goes on in the next line where it is narrow.

    Signals:
        own_data_wanted(): all that is held on this person is to be given to them.
    """

    own_data_wanted = Signal()

    def __init__(self, person: PersonLine, *, may_see_full: bool, may_give: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        self.petitioner_id, self.name = person.petitioner_id, person.name
        self.id_number = SecretNumber(
            "证件号", person.masked_id, verb="看完整证件号", whose=person.name, may_see=may_see_full, parent=self
        )
        self.phone = SecretNumber(
            "电话", person.masked_phone, verb="看电话", whose=person.name, may_see=may_see_full, parent=self
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        who, numbers = FlowLayout(gap=2 * GRID), FlowLayout(gap=GRID)
        # long words get the whole width, line by line; short ones stand side by side
        for text, role in ((f"{person.role}　{person.name}", ""), (person.place, "quiet")):
            if len(text) > _LONG:
                column.addWidget(plain_label(text, role))
            elif text:
                who.addWidget(plain_label(text, role, wrap=False))
        self.own_data = QPushButton("本人资料…", self)
        set_style(self.own_data, role="link")
        self.own_data.setAccessibleName(f"打印本人资料：{person.name}")
        self.own_data.clicked.connect(self.own_data_wanted)
        self.own_data.setVisible(may_give and person.natural)
        if who.count():
            column.addLayout(who)
        shown = [one for one, there in self._asked(person, may_give=may_give) if there]
        for widget in shown:
            numbers.addWidget(widget)
        if shown:
            column.addLayout(numbers)

    def _asked(self, person: PersonLine, *, may_give: bool) -> tuple[tuple[QWidget, bool], ...]:
        """What may be asked for, and whether there is anything."""
        return (
            (self.id_number, bool(person.masked_id)),
            (self.phone, bool(person.masked_phone)),
            (self.own_data, may_give and person.natural),
        )

    def cover(self) -> None:
        """Mask both numbers."""
        self.id_number.cover()
        self.phone.cover()
