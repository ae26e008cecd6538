"""The unit's particulars, as the administrator changes them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from onevisit.desk import unit
from onevisit.desk.errors import FormError
from onevisit.rules.faults import PlainFault
from onevisit.rules.slip import UnitCard
from onevisit.ui._forms.system_unit_panel import Ui_SystemUnitPanel
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.panel import Panel
from onevisit.ui.widgets.key_steps import is_plain_enter, set_tab_order
from onevisit.ui.widgets.once import on_key


class UnitPanel(Panel):
    """The fields with 保存 and 放弃改动."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.ui = Ui_SystemUnitPanel()
        self.ui.setupUi(self)
        self.fields = self.ui.fields
        self._show(context.desk.unit)
        self.fields.changed.connect(self._mark)
        self.ui.save.clicked.connect(self.save)
        self.ui.undo.clicked.connect(self.undo)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, self.ui.save.click, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        set_tab_order((*self.fields.stops(), self.ui.undo, self.ui.save))
        self.setFocusProxy(self.fields)

    def refresh(self) -> None:
        """Show the unit anew, unless something is being changed."""
        if not self.unsaved():
            self._show(self.context.desk.unit)

    def unsaved(self) -> bool:
        """Whether something differs from what is saved."""
        return self.fields.card() != self._shown

    def shows(self) -> frozenset[str]:
        """The unit."""
        return frozenset({"unit"})

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the form."""
        return (KeyHelp("Enter", "下一栏"), KeyHelp("Ctrl+Enter", "保存"))

    def save(self) -> None:
        """Save what stands in the fields."""
        card, desk = self.fields.card(), self.context.desk
        self.context.tasks.run_once(self.ui.save, lambda: unit.save_unit(desk, card), self._on_saved, self._on_refused)

    def undo(self) -> None:
        """Show again what is saved."""
        self._show(self._shown)
        self.fields.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field."""
        here = self.window().focusWidget()
        if is_plain_enter(event) and isinstance(here, QPushButton):
            here.click()
        elif is_plain_enter(event):
            stops = (*self.fields.stops(), self.ui.save)
            place = stops.index(here) + 1 if here in stops else 0
            stops[min(place, len(stops) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_saved(self, card: UnitCard) -> None:
        self._show(card)
        self.context.messages.fine("单位信息已保存，从下一张回执起就按新的印。")
        self.context.changes.say("unit")

    def _on_refused(self, fault: PlainFault) -> None:
        if not (isinstance(fault, FormError) and self.fields.show_faults(fault.faults)):
            self.context.messages.failed(fault)

    def _show(self, card: UnitCard) -> None:
        self._shown = card
        self.fields.fill(card)
        # the fields may bring a number to another form of writing: that is no change
        self._shown = self.fields.card()
        self._mark()

    def _mark(self) -> None:
        changed = self.unsaved()
        self.ui.undo.setEnabled(changed)
        self.ui.save.setEnabled(changed)
        self.ui.state.setText("有改动，还没有保存" if changed else "")
