"""Brings the clerk to what is missing on the form: what a button of the gate stands for, and the field of a fault."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea

from onevisit.rules import readiness
from onevisit.ui.registration.agent_dialog import AgentDialog
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.likeness_panel import LikenessPanel
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.layouts import idle_timer

_ABOUT_ANSWERS = frozenset({"return_reason", "return_note", "person_answers", "matter_answers"})


class Mending(QObject):
    """Knows where everything on the form is mended.

    Args:
        panel: the form.
        likeness: asks about likenesses and why the visitor came again.
        scroll: what the form scrolls in.
        save: registers the visit and goes on to its route.
    """

    def __init__(
        self, panel: FormPanel, likeness: LikenessPanel, scroll: QScrollArea, save: Callable[[], None]
    ) -> None:
        super().__init__(panel)
        self._panel, self._likeness, self._scroll, self._save = panel, likeness, scroll, save
        self._sight = idle_timer(panel, self._bring_into_sight)

    def mend(self, action: str) -> None:
        """Do what a button of the gate stands for."""
        ui = self._panel.ui
        path = action.removeprefix(readiness.FOCUS)
        if action == readiness.SEND_TO_LAWYER:
            ui.wants_lawyer.setChecked(True)
        elif action == readiness.OPEN_ROUTE:
            self._save()
        elif path == "confidential":
            ui.confidential.setChecked(True)
        elif path == "materials":
            self._panel.materials.add()
        elif path == "companions":
            self._panel.companions.add()
        elif path == "agents":
            self._ask_kind_of_agent()
        elif action.startswith(readiness.FOCUS):
            self.focus_field(path)

    def focus_field(self, path: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        if path in _ABOUT_ANSWERS:
            self._likeness.ask_now()
        else:
            self._panel.focus(path)
        self._sight.start()

    def _ask_kind_of_agent(self) -> None:
        """Open the first agent whose kind nobody chose, with the cursor on it."""
        agents = self._panel.agents
        unknown = [place for place, one in enumerate(agents.entries()) if one.kind is None]
        if unknown:
            agents.open(unknown[0])
            if isinstance(agents.dialog, AgentDialog):
                agents.dialog.ui.agent_kind.setFocus()

    def _bring_into_sight(self) -> None:
        """Scroll to the field with the cursor, and to what is said beneath it."""
        here = self._panel.window().focusWidget()
        if here is not None and self._panel.isAncestorOf(here):
            self._scroll.ensureWidgetVisible(self._panel.field_around(here) or here, 0, GRID)
            self._scroll.ensureWidgetVisible(here, 0, GRID)
