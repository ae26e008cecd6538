"""Choosing a folder, with Chinese words also where the system has no dialog of its own."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_WORDS = {
    QFileDialog.DialogLabel.LookIn: "位置：",
    QFileDialog.DialogLabel.FileName: "文件夹：",
    QFileDialog.DialogLabel.FileType: "类型：",
    QFileDialog.DialogLabel.Accept: "选这个文件夹",
    QFileDialog.DialogLabel.Reject: "取消",
}


def ask_folder(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Let the person choose a folder; ``chosen`` gets it, and hears nothing when the dialog is left."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    for label, words in _WORDS.items():
        dialog.setLabelText(label, words)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
