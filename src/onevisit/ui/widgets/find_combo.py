"""A list to choose from by typing: a part of the word, its number, or the first letters of its pinyin."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QLineEdit, QSizePolicy, QWidget

from onevisit.ui.widgets.initials import found_by
from onevisit.ui.widgets.style import set_style

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}

_FEWEST = 4
"""Characters that are always in sight; the list itself is as wide as its entries."""


class _Finder(QSortFilterProxyModel):
    """Keeps the entries that what is typed finds."""

    typed = ""

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:  # noqa: N802 - Qt's
        words = str(self.sourceModel().index(row, 0, parent).data() or "")
        return not self.typed or found_by(words, self.typed)

    def find(self, typed: str) -> None:
        """Keep what ``typed`` finds."""
        self.typed = typed
        self.invalidateFilter()


class FindCombo(QComboBox):
    """An editable list that only takes its own entries; leaving it puts the best match in.

    Signals:
        chosen(): another entry was chosen, by hand or by program.
        unmatched(str): something was typed that no entry is found by; the old entry came back.
    """

    chosen = Signal()
    unmatched = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_FEWEST)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._last: str | None = None
        self._finder = _Finder(self)
        self._finder.setSourceModel(self.model())
        self._completer = QCompleter(self._finder, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        set_style(self._completer.popup(), role="popup")
        self.setCompleter(self._completer)
        self.line.textEdited.connect(self._finder.find)
        self.line.returnPressed.connect(self._on_enter_in_popup)
        self.currentIndexChanged.connect(self._tell)
        self.activated.connect(self._settle_here)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer values with their words; a value that is still offered stays chosen."""
        value = self.value()
        self.blockSignals(True)
        self.clear()
        for data, words in choices:
            self.addItem(words, data)
        self.setCurrentIndex(self._place_of(value))
        self.blockSignals(False)
        self._settle_here()
        self._tell()

    def value(self) -> str | None:
        """What is chosen, or None."""
        return str(self.itemData(self.currentIndex())) if self.currentIndex() >= 0 else None

    def set_value(self, value: str | None) -> None:
        """Choose a value; one that is not offered means none."""
        self.setCurrentIndex(self._place_of(value))
        self._settle_here()

    def half_typed(self) -> str | None:
        """What stands in the line while it is not the words of the chosen entry; None where it is."""
        words = self.itemText(self.currentIndex()) if self.currentIndex() >= 0 else ""
        return None if self.line.text() == words else self.line.text()

    def set_half_typed(self, text: str) -> None:
        """Put words into the line as if they had been typed; they are matched when the field is left."""
        self.line.setText(text)

    def commit(self) -> None:
        """Take the best match for what is typed; nothing typed means nothing chosen."""
        typed = self.line.text().strip()
        if self.currentIndex() >= 0 and typed == self.itemText(self.currentIndex()):
            return
        if not typed:
            self.setCurrentIndex(-1)
            return
        place = self._match(typed)
        if place >= 0:
            self.setCurrentIndex(place)
        self._settle_here()
        if place < 0:
            self.unmatched.emit(typed)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the match before the focus goes on, whichever way it goes."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter takes the match and is left to the page, which goes to the next field."""
        if Qt.Key(event.key()) in _ENTER:
            self._completer.popup().hide()
            self.commit()
            event.ignore()
            return
        super().keyPressEvent(event)

    def _on_enter_in_popup(self) -> None:
        """While the list shows, Enter comes by way of it: close it and let the page have the key as ever."""
        QApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))

    def _place_of(self, value: str | None) -> int:
        return next((place for place in range(self.count()) if self.itemData(place) == value), -1)

    def _match(self, typed: str) -> int:
        """The entry that is the same, else what the list shows first."""
        places = [place for place in range(self.count()) if found_by(self.itemText(place), typed)]
        exact = [place for place in places if self.itemText(place) == typed]
        return (exact or places or [-1])[0]

    def _settle_here(self) -> None:
        self.line.setText(self.currentText() if self.currentIndex() < 0 else self.itemText(self.currentIndex()))
        if self.currentIndex() < 0:
            self.line.clear()
        self.line.setCursorPosition(0)
        self._finder.find("")

    def _tell(self) -> None:
        value = self.value()
        if value != self._last:
            self._last = value
            self.chosen.emit()
