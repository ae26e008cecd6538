"""A small dialog for one entry of a list, and the list that it belongs to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from onevisit.rules.faults import Fault
from onevisit.ui.registration.form_dialog import FormDialog
from onevisit.ui.widgets.chips import ChipList

T = TypeVar("T")


class EntryDialog(FormDialog):
    """Asks for one entry.

    Signals:
        kept(object, bool): the entry, and whether another is to follow at once.
        removed(): the entry is to go.
    """

    kept = Signal(object, bool)
    removed = Signal()

    def entry(self) -> Any:  # noqa: ANN401 - each dialog has its own kind of entry
        """What was entered."""
        raise NotImplementedError

    def half_typed(self) -> dict[str, str]:
        """What stands in its fields, by name, and is no part of the entry yet."""
        raise NotImplementedError

    def set_half_typed(self, entry: Any, texts: Mapping[str, str]) -> None:  # noqa: ANN401 - as above
        """Show an entry and, over it, what ``half_typed`` gave."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        raise NotImplementedError

    def faults(self) -> Sequence[Fault]:
        """What is wrong with it, by the names of ``fields``."""
        raise NotImplementedError

    def keep(self) -> None:
        """Hand the entry over and close."""
        self._keep(again=False)

    def keep_and_go_on(self) -> None:
        """Hand the entry over and ask for the next."""
        self._keep(again=True)

    def remove(self) -> None:
        """Let the entry go and close."""
        self.removed.emit()
        self.accept()

    def wire(self, buttons: tuple[QPushButton, QPushButton, QPushButton, QPushButton], *, new: bool) -> None:
        """Connect remove, cancel, more and accept; an entry that is new cannot be removed."""
        remove, cancel, more, accept = buttons
        remove.setVisible(not new)
        more.setVisible(new)
        remove.clicked.connect(self.remove)
        cancel.clicked.connect(self.reject)
        more.clicked.connect(self.keep_and_go_on)
        accept.clicked.connect(self.keep)

    def _keep(self, *, again: bool) -> None:
        if self.is_empty():
            self.reject()
            return
        found = {fault.field: fault.sentence for fault in reversed(self.faults())}
        for name, field in self.fields.items():
            field.set_fault(found.get(name, ""))
        first = next((name for name in self.fields if name in found), None)
        if first is not None:
            self.fields[first].editor.setFocus()
            return
        self.kept.emit(self.entry(), again)
        self.accept()


class EntryList(QObject, Generic[T]):
    """Entries shown as chips, added and changed by a dialog.

    Signals:
        changed(): an entry was added, changed or removed.
    """

    changed = Signal()

    def __init__(
        self, chips: ChipList, words: Callable[[T], str], make_dialog: Callable[[T | None], EntryDialog]
    ) -> None:
        super().__init__(chips)
        self.chips = chips
        self.dialog: EntryDialog | None = None
        self._place = 0
        self._words = words
        self._make_dialog = make_dialog
        self._entries: tuple[T, ...] = ()
        chips.add_asked.connect(self.add)
        chips.open_asked.connect(self.open)
        chips.remove_asked.connect(self.remove)

    def entries(self) -> tuple[T, ...]:
        """The entries in order."""
        return self._entries

    def set_entries(self, entries: tuple[T, ...]) -> None:
        """Show these entries."""
        if entries != self._entries:
            self._entries = entries
            self.chips.set_entries([self._words(entry) for entry in entries])
            self.changed.emit()

    @property
    def asked_for(self) -> int:
        """Which entry the open dialog is about; the number of entries for a new one."""
        return self._place

    def reopen(self, place: int, entry: T, texts: Mapping[str, str]) -> None:
        """Open the dialog again as it was left, half filled."""
        if 0 <= place < len(self._entries):
            self.open(place)
        else:
            self.add()
        if self.dialog is not None:
            self.dialog.set_half_typed(entry, texts)

    def add(self) -> None:
        """Ask for a new entry."""
        self._show(None, len(self._entries))

    def open(self, place: int) -> None:
        """Show the entry at ``place`` to be changed."""
        self._show(self._entries[place], place)

    def remove(self, place: int) -> None:
        """Let the entry at ``place`` go."""
        self.set_entries(self._entries[:place] + self._entries[place + 1 :])

    def _show(self, entry: T | None, place: int) -> None:
        dialog = self._make_dialog(entry)
        self.dialog, self._place = dialog, place
        dialog.kept.connect(lambda kept, again: self._on_kept(place, kept, again))
        dialog.removed.connect(lambda: self.remove(place))
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _on_kept(self, place: int, kept: T, again: bool) -> None:
        self.set_entries((*self._entries[:place], kept, *self._entries[place + 1 :]))
        if again:
            dialog = self.dialog
            self._show(None, len(self._entries))
            if dialog is not None:
                dialog.finished.disconnect(self._on_finished)

    def _on_finished(self) -> None:
        self.dialog = None
        self.chips.add.setFocus()
