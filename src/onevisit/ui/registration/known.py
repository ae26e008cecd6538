"""What is known of the person and the matter that the clerk recognised, brought onto the form."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from onevisit.desk import lookup, register
from onevisit.desk.desk import Desk
from onevisit.desk.lookup import MatterView
from onevisit.desk.register import KnownMatter
from onevisit.rules.people import PersonEntry
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.tasks import Tasks


class KnownThings(QObject):
    """Reads a known person or matter and fills the fields that are still empty.

    Signals:
        person_filled(str): a person was read; the names of the fields that were filled, for the clerk to check.
    """

    person_filled = Signal(str)

    def __init__(self, desk: Desk, tasks: Tasks, panel: FormPanel) -> None:
        super().__init__(panel)
        self._desk = desk
        self._tasks = tasks
        self._panel = panel
        self._read: set[int] = set()
        self._form_no = 0

    def forget(self) -> None:
        """The form was cleared: nothing that is still on its way is filled in."""
        self._form_no += 1
        self._read.clear()

    def take_person(self, petitioner_id: int) -> None:
        """Fill in what is known of a petitioner, once on each form: every reading leaves a trace."""
        if petitioner_id in self._read:
            return
        self._read.add(petitioner_id)
        desk = self._desk
        self._tasks.run(
            lambda: register.full_person(desk, petitioner_id), self._for_this_form(self._fill_person), owner=self
        )

    def take_matter(self, matter: KnownMatter) -> None:
        """Fill in what is known of a matter."""
        ui = self._panel.ui
        if not ui.subject.text().strip():
            ui.subject.setText(matter.title)
        if ui.purpose.value() is None and matter.purpose is not None:
            ui.purpose.set_value(matter.purpose)
        if ui.content.value() is None and matter.content is not None:
            ui.content.set_value(matter.content.value)
            self._panel.detail.set_value(matter.content_code)
        if ui.place.value() is None and matter.place_code:
            ui.place.set_value(matter.place_code)
        desk, matter_id = self._desk, matter.matter_id
        self._tasks.run(lambda: lookup.open_matter(desk, matter_id), self._for_this_form(self._fill_matter), owner=self)

    def _for_this_form(self, fill: Callable[..., None]) -> Callable[..., None]:
        """Drop what comes after the form was cleared."""
        asked = self._form_no

        def fill_if_same(known: PersonEntry | MatterView) -> None:
            if asked == self._form_no:
                fill(known)

        return fill_if_same

    def _fill_person(self, known: PersonEntry) -> None:
        filled = self._panel.person.fill_empty(known)
        self.person_filled.emit("、".join(filled))

    def _fill_matter(self, known: MatterView) -> None:
        ui = self._panel.ui
        if not ui.respondent.text().strip():
            ui.respondent.setText(known.respondent)
        self._panel.changed.emit()
