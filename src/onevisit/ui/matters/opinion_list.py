"""The opinions of a matter in a row: drafts to go on with, final ones to print."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.opinions import OpinionLine
from onevisit.rules.clocks import show_moment
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style


class OpinionList(QFrame):
    """One line for each opinion.

    Signals:
        edit_wanted(object): an opinion that is a draft.
        sheet_wanted(int): an opinion is to be looked at and printed.
    """

    edit_wanted = Signal(object)
    sheet_wanted = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    def show_lines(self, lines: Sequence[OpinionLine], *, may_print: bool) -> None:
        """Show the opinions, oldest first."""
        clear(self._column)
        self.setVisible(bool(lines))
        if lines:
            self._column.addWidget(plain_label("意见书", "section", wrap=False))
        for line in lines:
            self._column.addLayout(self._row(line, may_print=may_print))

    def _row(self, line: OpinionLine, *, may_print: bool) -> FlowLayout:
        row = FlowLayout(gap=12)
        final = line.final_at is not None
        row.addWidget(plain_label(f"{line.kind.label}　{line.organ}".rstrip(), wrap=False))
        row.addWidget(plain_label("已定稿" if final else "草稿", tone="fine" if final else "attention", wrap=False))
        row.addWidget(plain_label(show_moment(line.final_at or line.written_at), "quiet", wrap=False))
        if not final:
            row.addWidget(self._button("接着写", lambda: self.edit_wanted.emit(line)))
        if may_print:
            row.addWidget(self._button("预览、打印", lambda: self.sheet_wanted.emit(line.opinion_id)))
        if line.warnings and not final:
            row.addWidget(plain_label(line.warnings[0].sentence, "hint", tone="attention"))
        return row

    def _button(self, word: str, does: object) -> QPushButton:
        button = QPushButton(word, self)
        set_style(button, role="small")
        button.clicked.connect(does)
        return button
