"""Saving what can still be read of damaged data, into an empty folder; the damaged data is only read."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableView, QWidget

from onevisit.desk.salvaging import SalvageReport
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.rescue_salvage import Ui_RescueSalvage
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.rescue.doors import RescueDoors
from onevisit.ui.rescue.salvage_model import SalvageModel, kinds_of
from onevisit.ui.rescue.window import RescueWindow
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.folder_dialog import ask_folder
from onevisit.ui.widgets.items import TonedCells
from onevisit.ui.widgets.tables import set_up_table

_LEAD = (
    "没有好的备份时才用：逐条读出现在的数据，读得出的存成一份备份，一样加密，读不出的如实列出来。"
    "只读，不改动现在的数据；随时可以取消。"
)
_NEXT = "现在的数据没有改动。先看看下面丢了什么，再决定要不要用它；用它恢复时，现在的数据另外保存。"


class SalvageWindow(RescueWindow):
    """Where to, who asks, then what was read and what was lost, kind by kind."""

    def __init__(self, errand: Errand, tasks: Tasks, doors: RescueDoors) -> None:
        super().__init__(errand, tasks, doors)
        self.name_it("抢救数据", "抢救还能读出的数据", _LEAD, "开始抢救")
        self.model = SalvageModel()
        self.fields = Ui_RescueSalvage()
        body = QWidget(self)
        self.fields.setupUi(body)
        self.ui.body.addWidget(body)
        self.table = self._make_table()
        self.use = QPushButton("用抢救出来的这一份恢复…(&U)", self)
        self.use.setAutoDefault(True)
        self.use.clicked.connect(self._use)
        self.ui.toldColumn.addWidget(self.table)
        self.ui.toldColumn.addWidget(self.use, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.choose.clicked.connect(self._ask_where)
        self.fields.target.textChanged.connect(lambda: self.say_trouble(""))
        self.fields.proof.begin_with(errand.login)
        self.fields.choose.setFocus()

    def choose_target(self, folder: Path) -> None:
        """Save into this folder."""
        self.fields.target.setText(str(folder))
        self.fields.proof.first().setFocus()

    def stops(self) -> tuple[QWidget, ...]:
        """The folder, then the proof."""
        return (self.fields.target, *self.fields.proof.stops())

    def begin(self) -> None:
        """Save what is readable, if an administrator asks."""
        target = Path(self.fields.target.text().strip())
        if not target.is_absolute():
            self.say_trouble("请先选一个文件夹，放抢救出来的数据。")
            self.fields.choose.setFocus()
            return
        if missing := self.fields.proof.missing():
            self.say_trouble(missing)
            return
        proof, salvage = self.fields.proof.proof(), self.doors.salvage

        def work(progress: Progress) -> SalvageReport:
            return salvage(target, proof, progress.step)

        self.carry(work, self._on_saved, "正在准备…")

    def on_failed(self, fault: PlainFault) -> None:
        """Say what the world did; a password that was refused has to be typed again, any other stays."""
        super().on_failed(fault)
        self.fields.proof.refuse_by(fault)

    def _make_table(self) -> QTableView:
        table = QTableView(self)
        table.setAccessibleName("抢救的结果")
        set_up_table(table, self.model)
        table.setItemDelegate(TonedCells(table))
        table.setSelectionMode(QTableView.SelectionMode.NoSelection)
        table.setShowGrid(False)
        return table

    def _ask_where(self) -> None:
        ask_folder(self, "抢救出来的数据放在哪个文件夹", self.choose_target)

    def _use(self) -> None:
        proof, target = self.fields.proof.proof(), Path(self.fields.target.text().strip())
        self.next_wanted.emit(Errand(Rescue.RESTORE, proof.login, self.errand.practice, look_in=target))

    def _on_saved(self, report: SalvageReport) -> None:
        login = self.fields.proof.proof().login
        self.fields.proof.clear()
        self.model.show(kinds_of(report.tables))
        self.tell("抢救完了", (report.words, _NEXT), login, report.words)
