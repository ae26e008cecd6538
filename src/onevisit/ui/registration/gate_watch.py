"""The gate before the save: what the hall and the visits before say, what is left open, and why somebody came again."""

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import QObject, Signal

from onevisit.desk import gate
from onevisit.desk.desk import Desk
from onevisit.desk.gate import CameBefore, Hall
from onevisit.rules import readiness, return_causes
from onevisit.rules.forms import GateAnswer, RegistrationForm
from onevisit.rules.readiness import Gate, WindowKnows
from onevisit.rules.return_causes import Cause
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet
from onevisit.ui.registration.gate_panel import GatePanel
from onevisit.ui.tasks import Tasks


class GateWatch(QObject):
    """Keeps what the gate knows beside the form, and the reasons that were given on this form.

    Signals:
        changed(): the gate is to be computed anew.
    """

    changed = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, panel: GatePanel, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._tasks, self._panel, self._today = desk, tasks, panel, today
        self._hall: Hall | None = None
        self._before: CameBefore | None = None
        self._matter_id: int | None = None
        self._reasons: dict[str, str] = {}
        panel.leave.connect(self._on_leave)
        panel.again.connect(self._on_again)

    @property
    def lawyers_waiting(self) -> int:
        """How many visitors wait for the lawyer."""
        return self._hall.lawyers_waiting if self._hall is not None else 0

    def refresh(self) -> None:
        """Ask what holds today: the lists and the lawyer."""
        desk = self._desk
        self._tasks.run(lambda: gate.hall(desk), self._on_hall, owner=self)

    def show_matter(self, matter_id: int | None) -> None:
        """The form is about a known matter, or about a new one; asked once for each."""
        if matter_id == self._matter_id:
            return
        self._matter_id, self._before = matter_id, None
        if matter_id is not None:
            desk = self._desk
            self._tasks.run(
                lambda: gate.came_before(desk, matter_id), lambda known: self._on_before(matter_id, known), owner=self
            )

    def forget(self) -> None:
        """The form was cleared."""
        self._matter_id, self._before, self._reasons = None, None, {}

    def answers(self) -> tuple[GateAnswer, ...]:
        """What is left open on this form, and why."""
        return tuple(GateAnswer(finding, reason) for finding, reason in self._reasons.items())

    def set_answers(self, answers: Iterable[GateAnswer]) -> None:
        """Take over what was left open on a draft."""
        self._reasons = {one.finding: one.reason for one in answers}

    def compute(self, form: RegistrationForm, rules: RuleSet, stop: Handling | None) -> Gate:
        """Ask every check about a plain form.

        Args:
            form: the form.
            rules: the set that it will be registered under.
            stop: why the matter that it is about is not accepted anew; None if it is.
        """
        hall, before = self._hall, self._before or CameBefore()
        knows = WindowKnows(
            form=form,
            today=self._today(),
            rules=rules,
            earlier_materials=before.materials,
            broken_promise=before.again.broken_promise,
            lawyer_on_duty=hall.lawyer_on_duty if hall else "",
            lawyers_waiting=hall.lawyers_waiting if hall else 0,
            lawyer_next=hall.lawyer_next if hall else None,
            lists=hall.lists if hall else None,
            stop=stop,
            left_before=before.left,
        )
        return readiness.set_aside(readiness.check_all(knows), self.answers())

    def cause(self, form: RegistrationForm) -> Cause | None:
        """Why the visitor may have had to come again, as far as the facts say so; nothing before they are read."""
        if self._before is None or self._hall is None:
            return None
        wanted = readiness.missing_papers(form, self._before.materials, self._hall.lists)
        return return_causes.suggest(return_causes.with_wanted(self._before.again, wanted))

    def _on_hall(self, hall: Hall) -> None:
        if hall != self._hall:
            self._hall = hall
            self.changed.emit()

    def _on_before(self, matter_id: int, known: CameBefore) -> None:
        if matter_id == self._matter_id:
            self._before = known
            self.changed.emit()

    def _on_leave(self, finding: str, reason: str) -> None:
        self._reasons[finding] = reason.strip()
        self.changed.emit()

    def _on_again(self, finding: str) -> None:
        reason = self._reasons.pop(finding, "")
        self.changed.emit()
        self._panel.ask_reason(finding, reason)
