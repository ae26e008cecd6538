"""Saving the form: once, whatever is pressed how often; what goes wrong keeps everything typed."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from onevisit.desk import register
from onevisit.desk.errors import FormError
from onevisit.desk.register import AnswerNeededError, Likenesses, Registered
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.forms import RegistrationForm
from onevisit.ui.drafts import DraftSlot
from onevisit.ui.page import Context


class Then(Enum):
    """Where a visit goes on once it is saved."""

    ROUTE = auto()
    SLIP = auto()
    LAWYER = auto()


class Sheet(Protocol):
    """What is saved, and where it is said what stands in the way."""

    def settle(self) -> None:
        """Take what is half typed as it stands."""

    def form(self) -> RegistrationForm:
        """The form as it stands."""

    def draft_slot(self) -> DraftSlot:
        """The draft that it is kept in."""

    def faults(self, form: RegistrationForm) -> tuple[Fault, ...]:
        """What is at fault with it."""

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say each fault at its field."""

    def show_questions(self, waiting: Likenesses) -> None:
        """Ask what must be answered first."""

    def say(self, words: str) -> None:
        """Say quietly what is being done."""


class Saver(QObject):
    """Hands the form to the desk and says what came of it.

    Args:
        context: what the page was given.
        sheet: the form.
        buttons: those that save, by where the visit goes on.
        parent: the page.

    Attributes:
        buttons: as above.
        saving: a registration is on its way.

    Signals:
        saved(Registered): the form is in the store; comes before anything is said or printed.
    """

    saved = Signal(object)

    def __init__(self, context: Context, sheet: Sheet, buttons: Mapping[Then, QPushButton], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._sheet = context, sheet
        self.buttons = buttons
        self._then = Then.ROUTE
        self.saving = False

    def save(self, then: Then) -> None:
        """Check the form here, then register it on the worker; the buttons rest until that is settled."""
        sheet = self._sheet
        if not all(button.isEnabled() for button in self.buttons.values()):
            return
        sheet.settle()
        form = sheet.form()
        if then is Then.LAWYER:
            form = replace(form, wants_lawyer=True)
        faults = sheet.faults(form)
        if faults:
            sheet.show_faults(faults)
            return
        self._then = then
        desk, slot = self._context.desk, sheet.draft_slot()
        for other in self.buttons.keys() - {then}:
            self.buttons[other].setEnabled(False)
        sheet.say("正在登记…")
        self.saving = True
        # which draft is known on the worker at last: a keeping may still be on its way
        self._context.tasks.run_once(
            self.buttons[then],
            lambda: register.register(desk, form, draft_id=slot.draft_id),
            self._on_saved,
            self._on_failed,
        )

    def _on_saved(self, saved: Registered) -> None:
        context = self._context
        self._wake()
        self.saved.emit(saved)
        word = f"（{saved.stop_word}）" if saved.stop_word else ""
        repeat = f"，第 {saved.ordinal} 次来访{word}" if saved.repeat else ""
        lawyer = "，已转律师" if self._then is Then.LAWYER else ""
        context.messages.fine(f"已登记{repeat}{lawyer}：{saved.queue_no} 号，来访编号 {saved.visit_no}。")
        context.changes.say("visits")
        if saved.urgent:
            # article 25 comes first; route and slip wait in the strip of the page
            context.navigator.open_urgent(saved.matter_id, saved.visit_id)
        elif self._then is Then.ROUTE:
            context.navigator.open_route(saved.visit_id, onward=True)
        elif self._then is Then.SLIP:
            context.navigator.print_slip(saved.visit_id, now=True)
        if saved.clock_notice:
            # after the page has changed, which takes away what was said before
            context.messages.attention(saved.clock_notice)

    def _on_failed(self, fault: PlainFault) -> None:
        self._wake()
        self._sheet.say("")
        if isinstance(fault, FormError):
            self._sheet.show_faults(fault.faults)
        elif isinstance(fault, AnswerNeededError):
            self._sheet.show_questions(fault.likenesses)
        else:
            self._context.messages.failed(fault)

    def _wake(self) -> None:
        self.saving = False
        for button in self.buttons.values():
            button.setEnabled(True)
