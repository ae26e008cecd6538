"""Looking for likenesses while the clerk types: shortly after the last key, on the worker, the latest only."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from onevisit.desk import lookup, register
from onevisit.desk.desk import Desk
from onevisit.desk.lookup import SearchPage
from onevisit.desk.register import Likenesses
from onevisit.rules.forms import RegistrationForm
from onevisit.ui.tasks import Task, Tasks

_HITS = 3
"""How many earlier matters are shown for the words that a form began with."""

PAUSE_MS = 250
"""How long the keys must rest before the store is asked."""


class LikenessWatch(QObject):
    """Asks the desk about the form as it is; answers to older questions are dropped.

    Signals:
        found(Likenesses): who and what looks the same as the form now.
        hits(tuple[Hit, ...]): what the search found for the words that the form began with.
    """

    found = Signal(object)
    hits = Signal(object)

    def __init__(self, desk: Desk, tasks: Tasks, form: Callable[[], RegistrationForm], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tasks = tasks
        self._form = form
        self._asked: RegistrationForm | None = None
        self._task: Task | None = None
        self._search: Task | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.ask_now)

    @property
    def waiting(self) -> bool:
        """Whether a question is still to be asked or answered."""
        return self._timer.isActive() or self._task is not None or self._search is not None

    def form_changed(self) -> None:
        """The form is different now: ask when the keys rest."""
        self._timer.start()

    def ask_now(self) -> None:
        """Ask at once, unless the same was asked last."""
        self._timer.stop()
        form = self._form()
        if form == self._asked:
            return
        self._drop()
        self._asked = form
        if not _worth_asking(form):
            self.found.emit(Likenesses())
            return
        desk = self._desk
        self._task = self._tasks.run(lambda: register.likenesses(desk, form), self._on_found, owner=self)

    def search(self, text: str) -> None:
        """Search for the words that the form begins with, so that earlier matters show at once."""
        desk = self._desk
        self._search = self._tasks.run(lambda: lookup.search(desk, text, limit=_HITS), self._on_hits, owner=self)

    def forget(self) -> None:
        """The form was cleared: nothing that is still on its way counts."""
        self._timer.stop()
        self._drop()
        if self._search is not None:
            self._search.cancel()
            self._search = None
        self._asked = None

    def _drop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _on_hits(self, page: SearchPage) -> None:
        self._search = None
        self.hits.emit(page.hits)

    def _on_found(self, found: Likenesses) -> None:
        self._task = None
        self.found.emit(found)


def _worth_asking(form: RegistrationForm) -> bool:
    lead = form.lead
    return bool(form.organisation.strip() or (lead and (lead.name.strip() or lead.id_number)))
