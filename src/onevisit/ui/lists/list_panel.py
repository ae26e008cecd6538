"""What the tabs of 名录 share: who may edit, files brought in and taken out, what is said afterwards."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFileDialog, QWidget

from onevisit.desk.errors import ChangedElsewhereError
from onevisit.desk.exports import ExportedFile, save_export
from onevisit.desk.house_lists import HouseList
from onevisit.desk.house_text import read_file
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.ui.page import Context
from onevisit.ui.system.panel import Panel
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.folder_dialog import ask_folder
from onevisit.ui.widgets.labels import explain
from onevisit.ui.widgets.once import on_key

_MEND = "请按“导出文件”，在导出的文件里改好再导入。"
READ_ONLY = "名录和规则由管理员维护，这里只能看。"
_WORDS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件：",
    QFileDialog.DialogLabel.FileType: "类型：",
    QFileDialog.DialogLabel.Accept: "导入这个文件",
    QFileDialog.DialogLabel.Reject: "取消",
}

T = TypeVar("T")


class ListPanel(Panel):
    """One list; only whoever has EDIT_LISTS has the buttons that change it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.may_edit = context.desk.may(Permission.EDIT_LISTS)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """What it cannot do without: lists scroll by themselves before the whole tab does."""
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout is not None else -1

    def shows(self) -> frozenset[str]:
        """The lists."""
        return frozenset({"lists"})

    def keep_for_editors(self, *controls: QWidget) -> None:
        """Whoever only reads has no control that never does anything; called once."""
        for control in controls:
            control.setVisible(self.may_edit)

    @staticmethod
    def let_wrap(row: QBoxLayout, *buttons: QWidget) -> None:
        """Let buttons at the beginning of a row go on in a second line where there is little room; called once."""
        flow = FlowLayout(gap=GRID)
        for button in buttons:
            row.removeWidget(button)
            flow.addWidget(button)
        row.insertLayout(0, flow, 1)

    def enable(self, button: QAbstractButton, *, wanted: bool, why: str = "") -> None:
        """Let a button be pressed, or grey it and say why not."""
        button.setEnabled(wanted and self.may_edit)
        explain(button, "" if wanted else why)

    def tell_unread(self, name: str, listed: HouseList[T]) -> None:
        """Say that the unit's own list cannot be read, and what to do."""
        if listed.unread:
            self.context.messages.fault(
                f"本单位的{name}现在读不出：{listed.unread}" + (_MEND if self.may_edit else "请告诉管理员。")
            )

    def save_by_keys(self, button: QAbstractButton) -> None:
        """Let Ctrl+Enter press the button that saves."""
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self, button.click, Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def send(self, button: QAbstractButton, work: Callable[[], object], sentence: str) -> None:
        """Change the list, and say so with ``sentence``, or why it was refused."""
        self.context.tasks.run_once(button, work, lambda _: self.say_saved(sentence), self.refused)

    def ask_and_send(
        self, button: QAbstractButton, question: str, verb: str, work: Callable[[], object], sentence: str
    ) -> None:
        """As ``send``, once the person has agreed to ``question`` with ``verb``."""
        self.context.messages.confirm(question, verb, lambda: self.send(button, work, sentence))

    def say_saved(self, sentence: str) -> None:
        """Tell the person and every page that shows lists or dates."""
        self.context.messages.fine(sentence)
        self.context.changes.say("lists")

    def refused(self, fault: PlainFault) -> None:
        """Say why nothing was saved; what another window wrote meanwhile is read, what is typed stays."""
        self.context.messages.failed(fault)
        if isinstance(fault, ChangedElsewhereError):
            self.reread()

    def reread(self) -> None:
        """Read the newest list; what is typed stays."""
        self.refresh()

    def import_from(self, path: Path) -> None:
        """Bring in a file that the person chose."""

    def ask_file(self, title: str) -> None:
        """Let the person choose the file that is brought in."""
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        for label, words in _WORDS.items():
            dialog.setLabelText(label, words)
        dialog.fileSelected.connect(lambda path: self.import_from(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def bring_in(self, button: QAbstractButton, path: Path, work: Callable[[str], str]) -> None:
        """Read a file and hand its text to ``work``, which gives the sentence that is said afterwards."""
        self.context.tasks.run_once(button, lambda: work(read_file(path)), self.say_saved, self.refused)

    def take_out(self, button: QAbstractButton, name: str, suffix: str, text: Callable[[], str]) -> None:
        """Ask for a folder and write a list there as a file."""
        day = local_day(self.context.desk.now())

        def write(folder: Path) -> Path:
            content = text().encode("utf-8")
            return save_export(folder, ExportedFile(f"{name}-{day.isoformat()}.{suffix}", content, 0))

        def chosen(folder: Path) -> None:
            self.context.tasks.run_once(button, lambda: write(folder), self._on_taken_out)

        ask_folder(self, f"把{name}导出到哪个文件夹", chosen)

    def _on_taken_out(self, place: Path) -> None:
        self.context.messages.fine(f"已导出到 {place}。改好后可以再导入。")
