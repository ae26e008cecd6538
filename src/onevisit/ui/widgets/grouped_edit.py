"""A line for a number that is shown in groups while it is typed, and kept without them."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from onevisit.rules import identity, phones

_ID_BREAKS = (6, 10, 14)
_ID_LENGTH = 18
_PHONE_BREAKS = (3, 7)
_PHONE_LENGTH = 11


def group_id_so_far(number: str) -> str:
    """Group what there is of an 18-character number 6-4-4-4; anything else stays as it is."""
    digits, last = number[: _ID_LENGTH - 1], number[_ID_LENGTH - 1 :]
    if len(number) > _ID_LENGTH or not _digits(digits) or (last and not (_digits(last) or last == "X")):
        return number
    return _grouped(number, _ID_BREAKS)


def group_phone_so_far(number: str) -> str:
    """Group what there is of a mobile number 3-4-4; landlines stay as they are."""
    if not number.startswith("1") or not _digits(number) or len(number) > _PHONE_LENGTH:
        return number
    return _grouped(number, _PHONE_BREAKS)


def _digits(text: str) -> bool:
    return all("0" <= character <= "9" for character in text)


def _grouped(number: str, breaks: tuple[int, ...]) -> str:
    edges = (0, *breaks, len(number))
    return " ".join(part for part in (number[a:b] for a, b in pairwise(edges)) if part)


class GroupedEdit(QLineEdit):
    """A number in groups; full-width characters become half-width as they are typed, the cursor stays by its digit."""

    def __init__(self, plain: Callable[[str], str], group: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plain = plain
        self._group = group
        self.grouping = True
        self.textEdited.connect(self._regroup)

    def number(self) -> str:
        """The number without its groups."""
        return self._plain(self.text())

    def set_number(self, number: str) -> None:
        """Show a number in its groups."""
        self.setText(self._shown(number))

    def set_grouping(self, grouping: bool) -> None:
        """Whether the number is of a kind that is written in groups."""
        if grouping != self.grouping:
            self.grouping = grouping
            self.set_number(self.number())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Step over a gap before deleting, so that the key always takes a digit."""
        at, text = self.cursorPosition(), self.text()
        if not self.hasSelectedText():
            if event.key() == Qt.Key.Key_Backspace and at and text[at - 1 : at] == " ":
                self.setCursorPosition(at - 1)
            elif event.key() == Qt.Key.Key_Delete and text[at : at + 1] == " ":
                self.setCursorPosition(at + 1)
        super().keyPressEvent(event)

    def _shown(self, text: str) -> str:
        number = self._plain(text)
        return self._group(number) if self.grouping else number

    def _regroup(self, raw: str) -> None:
        shown = self._shown(raw)
        if shown == raw:
            return
        before = len(self._plain(raw[: self.cursorPosition()]))
        self.setText(shown)
        self.setCursorPosition(_place_after(shown, before))


def _place_after(shown: str, count: int) -> int:
    """Find the place right after the ``count``-th character that is no gap."""
    if not count:
        return 0
    seen = 0
    for place, character in enumerate(shown, 1):
        seen += character != " "
        if seen == count:
            return place
    return len(shown)


class IdNumberEdit(GroupedEdit):
    """A document number; those of 18 characters are shown 6-4-4-4."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(identity.plain, group_id_so_far, parent)


class PhoneEdit(GroupedEdit):
    """A telephone number; mobile numbers are shown 3-4-4."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_plain_phone, group_phone_so_far, parent)


def _plain_phone(text: str) -> str:
    # a dash at the end is a landline half typed; rules.phones would take it away under the clerk's hand
    typing = text.rstrip().endswith(("-", "－", "—"))
    return phones.plain(text) + ("-" if typing and phones.plain(text) else "")
