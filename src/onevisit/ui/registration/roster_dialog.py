"""代表名册 after the save: who has signed, and the phone of whoever has none yet."""

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QWidget

from onevisit.desk import roster
from onevisit.desk.errors import FormError
from onevisit.desk.roster import Roster, Signature
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.registration_roster import Ui_RosterDialog
from onevisit.ui.page import Context
from onevisit.ui.registration.form_dialog import FormDialog
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import all_plain, plain_label
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.style import em

_PHONE_CHARACTERS = 11


@dataclass(slots=True)
class _Row:
    petitioner_id: int
    signed: QCheckBox
    phone: QLineEdit | None
    field: Field | None


class RosterDialog(FormDialog):
    """Ticks who of the representatives of one visit has signed.

    Args:
        context: what the page was given.
        shown: the roster as it is.
    """

    def __init__(self, context: Context, shown: Roster, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_RosterDialog()
        self.ui.setupUi(self)
        self._context, self._visit_id = context, shown.visit_id
        self._grow = idle_timer(self, self.adjustSize)
        article = f"（{shown.article}）" if shown.article else ""
        self.ui.hint.setText(
            f"{shown.visit_no}　来访 {shown.headcount} 人，推选代表 {len(shown.lines)} 人{article}。"
            "签了名的代表把结果转告大家，要留电话。"
        )
        self._say("")
        self.rows = tuple(self._row(place, shown) for place in range(len(shown.lines)))
        all_plain(self)
        self.ui.save.clicked.connect(self.keep)
        self.ui.cancel.clicked.connect(self.reject)
        stops = [one for row in self.rows for one in (row.phone, row.signed) if one is not None]
        set_tab_order([*stops, self.ui.save, self.ui.cancel])
        self.setMinimumWidth(em(self, 34))
        self.rows[0].signed.setFocus()

    def keep(self) -> None:
        """Record what is ticked, on the worker; what goes wrong keeps everything typed."""
        desk, visit_id = self._context.desk, self._visit_id
        told = tuple(
            Signature(row.petitioner_id, row.signed.isChecked(), row.phone.text() if row.phone else "")
            for row in self.rows
        )
        self._context.tasks.run_once(
            self.ui.save, lambda: roster.sign(desk, visit_id, told), self._on_saved, self._on_failed
        )

    def _row(self, place: int, shown: Roster) -> _Row:
        line, grid = shown.lines[place], self.ui.grid
        name: QLabel = plain_label(line.name)
        signed = QCheckBox("已签名", self)
        signed.setChecked(line.signed)
        signed.setAccessibleName(f"{line.name}已签名")
        phone = field = None
        grid.addWidget(name, place, 0)
        if line.masked_phone:
            grid.addWidget(plain_label(line.masked_phone, "hint"), place, 1)
        else:
            phone = QLineEdit(self)
            phone.setPlaceholderText("补留电话")
            phone.setAccessibleName(f"{line.name}的电话")
            phone.setMinimumWidth(em(self, _PHONE_CHARACTERS))
            grid.addWidget(phone, place, 1)
            field = Field(phone)
        grid.addWidget(signed, place, 2)
        grid.setColumnStretch(1, 1)
        return _Row(line.petitioner_id, signed, phone, field)

    def _on_saved(self, kept: Roster) -> None:
        signed = sum(line.signed for line in kept.lines)
        self._context.changes.say("visits", "matters")
        self._context.messages.fine(f"代表名册已保存：{len(kept.lines)} 位代表中 {signed} 位已签名。")
        self.accept()

    def _on_failed(self, fault: PlainFault) -> None:
        said = {one.field: one.sentence for one in reversed(fault.faults)} if isinstance(fault, FormError) else {}
        placed = set()
        for place, row in enumerate(self.rows):
            path = f"roster.{place}.phone"
            if row.field is not None:
                row.field.set_fault(said.get(path, ""))
                placed.add(path)
        rest = [sentence for path, sentence in said.items() if path not in placed]
        self._say("" if said and not rest else rest[0] if rest else fault.sentence)
        first = next((row.phone for row in self.rows if row.field is not None and row.field.fault), None)
        if first is not None:
            first.setFocus()
        # words have come to stand beneath a field: the dialog grows by them
        self._grow.start()

    def _say(self, words: str) -> None:
        self.ui.fault.setText(words)
        self.ui.fault.setVisible(bool(words))


def open_roster(context: Context, visit_id: int, parent: QWidget) -> None:
    """Read the roster of a visit on the worker and show it."""
    desk = context.desk
    context.tasks.run(
        lambda: roster.roster(desk, visit_id), lambda shown: RosterDialog(context, shown, parent).open(), owner=parent
    )
