"""代表签名: who of the representatives of a group has signed the roster; the row is there only for a group."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from onevisit.rules import registration
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.rulesets import RuleSet
from onevisit.ui.widgets.tick_boxes import TickBoxes


class Signatures(QObject):
    """Follows the names of the lead visitor and the companions; a name keeps its tick.

    Args:
        boxes: one for each representative.
        show: shows or hides the row.
    """

    def __init__(self, boxes: TickBoxes, show: Callable[[bool], None]) -> None:
        super().__init__(boxes)
        self._boxes, self._show = boxes, show
        self._shown: bool | None = None
        self._kept: tuple[bool, ...] = ()
        self._set_shown(False)

    def follow(self, form: RegistrationForm, rules: RuleSet) -> None:
        """Bring the row up to date with the people on the form."""
        people = registration.speakers(form)
        group = registration.is_group(registration.headcount(form), rules.group_from.value) and bool(people)
        self._boxes.set_words([one.name.strip() or "（无姓名）" for one in people])
        if self._kept:
            # of a form that was shown at once, before its people stood here
            self._boxes.set_ticks(self._kept)
            self._kept = ()
        self._set_shown(group)

    def show(self, form: RegistrationForm) -> None:
        """Show the ticks of a form; they are put at its names when the row follows next."""
        self._kept = form.signed
        if not form.signed:
            self._boxes.set_ticks(())

    def ticks(self) -> tuple[bool, ...]:
        """Of each representative in turn whether they signed; nothing while it is no group."""
        return self._boxes.ticks() if self._shown else ()

    def _set_shown(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self._show(shown)
