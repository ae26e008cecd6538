"""Saving the form: once, whatever is pressed how often; what goes wrong keeps everything typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from onevisit.desk import consult, register
from onevisit.desk.errors import FormError
from onevisit.desk.register import AnswerNeededError, Registered
from onevisit.rules.faults import PlainFault

if TYPE_CHECKING:
    from onevisit.ui.registration.page import RegistrationPage


class Saver(QObject):
    """Hands the form to the desk and says what came of it."""

    def __init__(self, page: RegistrationPage) -> None:
        super().__init__(page)
        self._page = page
        self._to_lawyer = False

    def save(self, *, to_lawyer: bool) -> None:
        """Check the form here, then register it on the worker; the buttons rest until that is settled."""
        page = self._page
        buttons = (page.ui.save, page.ui.lawyer)
        if not all(button.isEnabled() for button in buttons):
            return
        page.panel.settle()
        form = page.form()
        if to_lawyer:
            form = replace(form, wants_lawyer=True)
        faults = page.faults(form)
        if faults:
            page.show_faults(faults)
            return
        self._to_lawyer = to_lawyer
        desk, button = page.context.desk, buttons[to_lawyer]
        buttons[not to_lawyer].setEnabled(False)
        page.say("正在登记…")
        page.context.tasks.run_once(button, lambda: register.register(desk, form), self._on_saved, self._on_failed)

    def count_waiting(self) -> None:
        """Ask how many wait for the lawyer, for the gate."""
        desk = self._page.context.desk
        self._page.context.tasks.run(lambda: consult.waiting_count(desk), self._on_counted, owner=self)

    def _on_saved(self, saved: Registered) -> None:
        page = self._page
        self._wake()
        page.clear()
        repeat = f"，第 {saved.ordinal} 次来访" if saved.repeat else ""
        lawyer = "，已转律师" if self._to_lawyer else ""
        page.context.messages.fine(f"已登记{repeat}{lawyer}：{saved.queue_no} 号，来访编号 {saved.visit_no}。")
        page.context.changes.say("visits")
        page.registered.emit(saved)
        if not self._to_lawyer:
            page.context.navigator.print_slip(saved.visit_id, now=True)

    def _on_failed(self, fault: PlainFault) -> None:
        page = self._page
        self._wake()
        page.say("")
        if isinstance(fault, FormError):
            page.show_faults(fault.faults)
        elif isinstance(fault, AnswerNeededError):
            page.show_questions(fault.likenesses)
        else:
            page.context.messages.failed(fault)

    def _wake(self) -> None:
        self._page.ui.save.setEnabled(True)
        self._page.ui.lawyer.setEnabled(True)

    def _on_counted(self, count: int) -> None:
        if count != self._page.lawyers_waiting:
            self._page.lawyers_waiting = count
            self._page.show_gate()
