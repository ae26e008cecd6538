"""Cells that are typed into: each key is in the table at once, so that nothing half typed is missed or lost."""

from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from onevisit.ui.widgets.row_table import AnyIndex


class TypedCells(QStyledItemDelegate):
    """Qt's own editor keeps what is typed to itself until it is left: Ctrl+Enter would save the cell as it was."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:  # noqa: N802
        """The usual line, heard at every key."""
        editor: QWidget = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            editor.textEdited.connect(lambda _: self.commitData.emit(editor))
        return editor
