"""What stands in a field, as text: to be kept as a draft, and put back exactly."""

from enum import Enum

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from onevisit.ui.widgets.segmented import SegmentedChoice


def text_of(editor: QWidget) -> str:
    """What stands in an editor; of a list of choices the code of the one that is chosen.

    Raises:
        TypeError: an editor of another kind.
    """
    if isinstance(editor, QComboBox):
        return editor.currentText() if editor.isEditable() else _code(editor.currentData())
    if isinstance(editor, SegmentedChoice):
        return _code(editor.value())
    if isinstance(editor, QDateEdit):
        return editor.date().toString(Qt.DateFormat.ISODate)
    if isinstance(editor, QSpinBox):
        return str(editor.value())
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    if isinstance(editor, QLineEdit):
        return editor.text()
    raise TypeError(type(editor))


def put_text(editor: QWidget, text: str) -> None:
    """Put what ``text_of`` gave back; a choice that is not offered any more leaves the editor as it is.

    Raises:
        TypeError: an editor of another kind.
    """
    if isinstance(editor, QComboBox):
        _choose(editor, text)
    elif isinstance(editor, SegmentedChoice):
        value = next((one for one in editor.values() if _code(one) == text), None)
        if value is not None:
            editor.set_value(value)
    elif isinstance(editor, QDateEdit):
        day = QDate.fromString(text, Qt.DateFormat.ISODate)
        if day.isValid():
            editor.setDate(day)
    elif isinstance(editor, QSpinBox):
        if text.isdecimal():
            editor.setValue(int(text))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)
    else:
        raise TypeError(type(editor))


def _choose(editor: QComboBox, text: str) -> None:
    if editor.isEditable():
        editor.setCurrentIndex(editor.findText(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchCaseSensitive))
        editor.setEditText(text)
        return
    place = next((at for at in range(editor.count()) if _code(editor.itemData(at)) == text), -1)
    if place >= 0:
        editor.setCurrentIndex(place)


def _code(value: object) -> str:
    if value is None:
        return ""
    return str(value.value) if isinstance(value, Enum) else str(value)
