"""The tab 安全: what the unit sets for itself, each figure with its bounds."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from onevisit.desk import policy
from onevisit.desk.errors import FormError
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import SecondFolder
from onevisit.rules.policy import Policy
from onevisit.ui._forms.system_policy import Ui_SystemPolicy
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.fields import FormFields
from onevisit.ui.system.panel import Panel
from onevisit.ui.system.weekdays import WeekdayBoxes
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.folder_dialog import ask_folder
from onevisit.ui.widgets.key_steps import is_plain_enter, set_tab_order
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import em, set_style

PAUSE_MS = 400
"""The folder is looked at when typing rests so long."""

_SILENCE = ((0, "未评价不计入"), (1, "未评价按满意计"))
_NONE = ("还没有设：这台电脑的盘坏了，备份会一起丢。", "attention")
_STATE = {
    SecondFolder.MISSING: ("！现在没有接上。插好后，下次备份时自动补齐。", "attention"),
    SecondFolder.SAME_DISK: ("！现在能用，但和数据在同一块盘上，盘坏了会一起丢。", "attention"),
    SecondFolder.ELSEWHERE: ("✓ 现在接着，在另一块盘上。", "fine"),
}


class PolicyPanel(Panel):
    """The figures with 保存 and 放弃改动; what is out of bounds is told at its field."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = ui = Ui_SystemPolicy()
        self.ui.setupUi(self)
        self._shown = Policy()
        self._asked: Task | None = None
        self._rows: dict[str, tuple[QLabel, QLineEdit, QWidget]] = {
            "idle_minutes": (ui.idleLabel, ui.idle, ui.idleRow),
            "password_days": (ui.passwordLabel, ui.password, ui.passwordRow),
            "backup_hours": (ui.hoursLabel, ui.hours, ui.hoursRow),
            "keep_years": (ui.yearsLabel, ui.years, ui.yearsRow),
            "keep_enquiry_years": (ui.enquiriesLabel, ui.enquiries, ui.enquiriesRow),
            "keep_accusation_years": (ui.accusationsLabel, ui.accusations, ui.accusationsRow),
            "keep_draft_days": (ui.draftsLabel, ui.drafts, ui.draftsRow),
            "return_days": (ui.returnsLabel, ui.returns, ui.returnsRow),
            "evaluation_days": (ui.evaluationsLabel, ui.evaluations, ui.evaluationsRow),
            "report_days": (ui.reportsLabel, ui.reports, ui.reportsRow),
        }
        self.numbers = {name: line for name, (_, line, _) in self._rows.items()}
        self.silence = self._make_silence()
        self.lawyer = self._make_lawyer()
        self.fields = self._make_fields()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_at_folder)
        self._connect()
        set_tab_order((*self.stops(), ui.choose, ui.undo, ui.save))
        self.setFocusProxy(ui.idle)
        self._show(self._shown)

    def stops(self) -> tuple[QWidget, ...]:
        """The fields in order."""
        return (*self.numbers.values(), *self.silence.stops(), *self.lawyer.stops(), self.ui.folder)

    def refresh(self) -> None:
        """Read the settings anew, unless something is being changed."""
        desk = self.context.desk
        if not self.unsaved():
            self.context.tasks.run(lambda: policy.policy(desk), self._on_read, owner=self)

    def shows(self) -> frozenset[str]:
        """The settings."""
        return frozenset({"policy"})

    def unsaved(self) -> bool:
        """Whether something differs from what is saved."""
        return self.policy() != self._shown

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the form."""
        return (KeyHelp("Enter", "下一栏"), KeyHelp("Ctrl+Enter", "保存"))

    def policy(self) -> Policy:
        """What stands in the fields; what is no figure is out of every bound."""
        figures: dict[str, Any] = {name: _figure(line.text()) for name, line in self.numbers.items()}
        silence = int(self.silence.value() or 0)
        return replace(
            Policy(),
            second_folder=self.ui.folder.text().strip(),
            silence_satisfied=silence,
            lawyer_weekdays=self.lawyer.value(),
            **figures,
        )

    def save(self) -> None:
        """Save what stands in the fields."""
        desk, wanted = self.context.desk, self.policy()
        self.context.tasks.run_once(
            self.ui.save, lambda: policy.save_policy(desk, wanted), lambda _: self._on_saved(wanted), self._on_refused
        )

    def undo(self) -> None:
        """Show again what is saved."""
        self._show(self._shown)
        self.ui.idle.setFocus()

    def choose_folder(self) -> None:
        """Let the person point at the folder."""
        ask_folder(self, "第二备份位置：U 盘或另一块盘上的文件夹", lambda folder: self.ui.folder.setText(str(folder)))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field."""
        here = self.window().focusWidget()
        if is_plain_enter(event) and isinstance(here, QPushButton):
            here.click()
        elif is_plain_enter(event):
            stops = (*self.stops(), self.ui.save)
            place = stops.index(here) + 1 if here in stops else 0
            stops[min(place, len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _make_silence(self) -> SegmentedChoice[int]:
        choice = SegmentedChoice[int](self)
        choice.set_choices(_SILENCE)
        choice.setAccessibleName("未评价怎样计")
        choice.setAccessibleDescription(self.ui.silenceHint.text())
        choice.setMinimumWidth(choice.sizeHint().width())
        self.ui.silencePlace.addWidget(choice)
        self.ui.silenceLabel.setBuddy(choice)
        return choice

    def _make_lawyer(self) -> WeekdayBoxes:
        boxes = WeekdayBoxes("律师坐班日", self.ui.lawyerHint.text(), self)
        self.ui.lawyerPlace.addWidget(boxes)
        self.ui.lawyerLabel.setBuddy(boxes.stops()[0])
        return boxes

    def _make_fields(self) -> FormFields:
        for line in self.numbers.values():
            line.setFixedWidth(em(self, 5))
        rows: dict[str, tuple[QLabel, QWidget]] = {name: (label, line) for name, (label, line, _) in self._rows.items()}
        rows["second_folder"] = (self.ui.folderLabel, self.ui.folder)
        return FormFields(self.ui.grid, rows, self, {name: row for name, (_, _, row) in self._rows.items()})

    def _connect(self) -> None:
        ui = self.ui
        for line in self.numbers.values():
            line.textChanged.connect(self._mark)
        self.silence.changed.connect(self._mark)
        self.lawyer.changed.connect(self._mark)
        ui.folder.textChanged.connect(self._mark)
        ui.folder.textChanged.connect(lambda _: self._pause.start())
        ui.choose.clicked.connect(self.choose_folder)
        ui.save.clicked.connect(self.save)
        ui.undo.clicked.connect(self.undo)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, ui.save.click, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_read(self, found: Policy) -> None:
        if not self.unsaved():
            self._show(found)
        self._look_at_folder()

    def _on_saved(self, saved: Policy) -> None:
        self._show(saved)
        self.context.messages.fine("安全设置已保存，马上生效。")
        self.context.changes.say("policy")

    def _on_refused(self, fault: PlainFault) -> None:
        if not (isinstance(fault, FormError) and self.fields.show_faults(fault.faults)):
            self.context.messages.failed(fault)

    def _show(self, found: Policy) -> None:
        self._shown = found
        for name, line in self.numbers.items():
            line.setText(str(getattr(found, name)))
        self.silence.set_value(found.silence_satisfied)
        self.lawyer.set_value(found.lawyer_weekdays)
        self.ui.folder.setText(found.second_folder)
        self.fields.show_faults(())
        self._mark()

    def _mark(self) -> None:
        changed = self.unsaved()
        self.ui.undo.setEnabled(changed)
        self.ui.save.setEnabled(changed)
        self.ui.state.setText("有改动，还没有保存" if changed else "")

    def _look_at_folder(self) -> None:
        desk, folder = self.context.desk, self.policy().second_folder
        if self._asked is not None:
            self._asked.cancel()
        if not folder:
            self._say_folder(*_NONE)
            return
        self._asked = self.context.tasks.run(
            lambda: policy.second_folder(desk, folder), lambda found: self._say_folder(*_STATE[found]), owner=self
        )

    def _say_folder(self, words: str, tone: str) -> None:
        self.ui.folderState.setText(words)
        set_style(self.ui.folderState, tone=tone)
        self.ui.folder.setAccessibleDescription(words)


def _figure(text: str) -> int:
    plain = text.strip()
    return int(plain) if plain.isdecimal() else -1
