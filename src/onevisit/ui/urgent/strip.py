"""The strip over a matter while somebody of the five was not told of it; gone when all were."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from onevisit.desk import urgent
from onevisit.desk.lookup import MatterView
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.urgent import ARTICLE_URGENT, UrgentAddressee
from onevisit.ui.page import Context
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style


class UrgentStrip(QFrame):
    """Says who was not told, in one sentence, with the way there.

    Signals:
        wanted(): the person goes to the report.
    """

    wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Task | None = None
        set_style(self, role="band", tone="fault")
        self.words = plain_label("")
        self.go = QPushButton("去报告", self)
        self.go.setAccessibleName("去填紧急报告单")
        self.go.clicked.connect(self.wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self.words, 1)
        row.addWidget(self.go)
        self._waiting = self._at_report = False
        self.hide()

    def rest_while(self, *, at_report: bool) -> None:
        """Where the report itself is open, it says the same."""
        self._at_report = at_report
        self.setVisible(self._waiting and not at_report)

    def show_matter(self, view: MatterView | None) -> None:
        """Ask who was not told of a matter; None or a calm one hides the strip."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        desk = self._context.desk
        if view is None or not view.urgent or view.anonymised_at or not desk.may(Permission.HANDLE):
            self._show(())
            return
        matter_id, visit_id = view.matter_id, view.seen.visit_id
        self._reading = self._context.tasks.run(
            lambda: urgent.waiting(desk, matter_id, visit_id), self._show, self._say_nothing, owner=self
        )

    def _show(self, waiting: tuple[UrgentAddressee, ...]) -> None:
        self._reading = None
        names = "、".join(one.label for one in waiting)
        self.words.setText(f"紧急：还没有报告{names}（{ARTICLE_URGENT}）。")
        self._waiting = bool(waiting)
        self.setVisible(self._waiting and not self._at_report)

    def _say_nothing(self, _: PlainFault) -> None:
        """The page itself says what cannot be read."""
        self._show(())
