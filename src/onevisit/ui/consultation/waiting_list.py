"""The left side of the lawyer's page: who waits, who is being advised, who was advised today."""

from PySide6.QtCore import QObject, Signal

from onevisit.desk.consult import WaitingRow
from onevisit.rules.clocks import local_day
from onevisit.ui._forms.consultation import Ui_ConsultationForm
from onevisit.ui.consultation.model import WaitingModel
from onevisit.ui.page import Context
from onevisit.ui.widgets.items import TwoLines
from onevisit.ui.widgets.labels import explain
from onevisit.ui.widgets.row_table import AnyIndex

_WORDS = {"waiting": "开始接待 ↵", "opened": "继续接待 ↵", "signed": "看这份意见 ↵"}
_SOMEBODY = "从左边选一位来访人，按 Enter 开始接待。"
_NOBODY = "今天还没有人要见律师。\n窗口点“转律师”后，来访人会自动出现在左边的名单里。"


class WaitingList(QObject):
    """Shows the list and says who was chosen.

    Signals:
        opened(int): this visit is to be opened.
    """

    opened = Signal(int)

    def __init__(self, ui: Ui_ConsultationForm, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self._model = WaitingModel()
        ui.waiting.setModel(self._model)
        ui.waiting.setItemDelegate(TwoLines(ui.waiting))
        ui.waiting.activated.connect(self._open)
        ui.waiting.selectionModel().currentChanged.connect(self._choose)
        ui.open.clicked.connect(lambda: self._open(ui.waiting.currentIndex()))
        self._choose()

    def show(self, rows: tuple[WaitingRow, ...], wanted: int) -> None:
        """Show the list; whoever was selected stays selected, else the visit ``wanted``, else the first."""
        view = self._ui.waiting
        current, scrolled = self._model.row_at(view.currentIndex()), view.verticalScrollBar().value()
        self._model.show_day(rows, local_day(self._context.desk.now()))
        row = max(self._model.row_of(current.visit_id if current else wanted), 0)
        view.setCurrentIndex(self._model.index(row, 0))
        view.verticalScrollBar().setValue(scrolled)
        waiting = self._model.count("waiting")
        self._ui.count.setText(f"{waiting} 人候谈" if waiting else "现在没有人候谈")
        self._ui.nobodyText.setText(_SOMEBODY if rows else _NOBODY)
        self._choose()

    def select(self, visit_id: int) -> None:
        """Go to a visit, if it is in the list."""
        if (row := self._model.row_of(visit_id)) >= 0:
            self._ui.waiting.setCurrentIndex(self._model.index(row, 0))

    def signed_consultation(self, visit_id: int) -> int | None:
        """The consultation of a visit, if it is in the list as signed."""
        row = self._model.row_at(self._model.index(self._model.row_of(visit_id), 0))
        return row.consultation_id if row is not None and row.state == "signed" else None

    def _open(self, index: AnyIndex) -> None:
        if (row := self._model.row_at(index)) is not None:
            self.opened.emit(row.visit_id)

    def _choose(self) -> None:
        row = self._model.row_at(self._ui.waiting.currentIndex())
        self._ui.open.setEnabled(row is not None)
        self._ui.open.setText(_WORDS[row.state if row is not None else "waiting"])
        explain(self._ui.open, "" if row is not None else "名单里还没有人。")
