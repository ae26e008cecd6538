"""Bringing a backup back: find it, show to be an administrator, try it on a copy, put it in place."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from onevisit.desk.backup_list import BackupInfo
from onevisit.desk.restoring import Restored
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.rescue_restore import Ui_RescueRestore
from onevisit.ui.errand import Errand
from onevisit.ui.rescue.backups_model import BackupModel
from onevisit.ui.rescue.doors import RescueDoors
from onevisit.ui.rescue.window import RescueWindow
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.folder_dialog import ask_folder
from onevisit.ui.widgets.items import TonedCells
from onevisit.ui.widgets.tables import set_up_table

_LEAD = (
    "把数据换成备份里的样子，备份以后登记的内容不在其中。先在副本上试，试好了才换；"
    "换下来的数据另外保存，不会丢。没有换之前随时可以取消。"
)


class RestoreWindow(RescueWindow):
    """Everything on one page: the backups that were found, and who may bring one back."""

    def __init__(self, errand: Errand, tasks: Tasks, doors: RescueDoors) -> None:
        super().__init__(errand, tasks, doors)
        self.name_it("从备份恢复", "从备份恢复", _LEAD, "恢复到选中的备份")
        self._extra = errand.look_in
        self._wanted = errand.backup
        self.model = BackupModel("恢复前先核验")
        self.fields = Ui_RescueRestore()
        body = QWidget(self)
        self.fields.setupUi(body)
        self.ui.body.addWidget(body)
        self.ui.toldColumn.addStretch(1)
        self.fields.empty.hide()
        self._build_table()
        self.fields.elsewhere.clicked.connect(self._ask_where)
        self.fields.table.selectionModel().currentChanged.connect(self._choose)
        self.fields.proof.begin_with(errand.login)
        self.look_again()

    @property
    def selected(self) -> BackupInfo | None:
        """The backup that is chosen."""
        return self.model.row_at(self.fields.table.currentIndex())

    def look_in(self, folder: Path) -> None:
        """Look for backups in another folder as well."""
        self._extra = folder
        self.look_again()

    def look_again(self) -> None:
        """Look for backups; the chosen one stays chosen."""
        found, extra = self.doors.found, self._extra
        self._tasks.run(lambda: found(extra), self._show, lambda fault: self.say_trouble(fault.sentence), owner=self)

    def stops(self) -> tuple[QWidget, ...]:
        """The table, then the proof."""
        return (self.fields.table, *self.fields.proof.stops())

    def begin(self) -> None:
        """Bring the chosen backup back, if an administrator of it asks."""
        backup = self.selected
        missing = "请先选一份备份。" if backup is None else self.fields.proof.missing()
        if backup is None or missing:
            self.say_trouble(missing)
            return
        folder, proof, restore = backup.folder, self.fields.proof.proof(), self.doors.restore

        def work(progress: Progress) -> Restored:
            return restore(folder, proof, progress.step)

        self.carry(work, self._on_restored, "正在准备…")

    def on_failed(self, fault: PlainFault) -> None:
        """Say what the world did; a password that was refused has to be typed again, any other stays."""
        super().on_failed(fault)
        self.fields.proof.refuse_by(fault)

    # -- showing -----------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        table = self.fields.table
        set_up_table(table, self.model)
        table.setItemDelegate(TonedCells(table))

    def _ask_where(self) -> None:
        ask_folder(self, "备份放在哪个文件夹", self.look_in)

    def _show(self, rows: tuple[BackupInfo, ...]) -> None:
        kept, fields = self.selected, self.fields
        wanted = next((row for row in rows if row.folder == self._wanted), kept)
        self._wanted = None
        self.model.show(rows)
        fields.table.setVisible(bool(rows))
        fields.empty.setVisible(not rows)
        fields.count.setText(self._count(rows))
        if rows:
            fields.table.setCurrentIndex(self.model.index(self.model.place_of(wanted), 0))
        self._choose()
        (fields.proof.first() if rows else fields.elsewhere).setFocus()

    def _count(self, rows: tuple[BackupInfo, ...]) -> str:
        if self._extra is None:
            return f"找到 {len(rows)} 份" if rows else ""
        return f"找到 {len(rows)} 份，包括 {self._extra} 里的" if rows else f"{self._extra} 里没有"

    def _choose(self) -> None:
        backup = self.selected
        self.ui.go.setEnabled(backup is not None and not self.ui.work.working)
        self.say_trouble(backup.sentence if backup is not None else "", "attention")

    def _on_restored(self, restored: Restored) -> None:
        login = self.fields.proof.proof().login
        self.fields.proof.clear()
        self.tell("已经恢复", restored.sentences, login, restored.sentences[0])
