"""What the registration page says quietly: beside its title where there is room, else above its buttons."""

from collections.abc import Callable

from PySide6.QtWidgets import QBoxLayout, QPushButton, QWidget

from onevisit.ui._forms.registration_page import Ui_RegistrationPage
from onevisit.ui.widgets.labels import explain
from onevisit.ui.widgets.style import em

_GATE_CHARACTERS = 24
_GATE_SHARE = 0.28
_FRAME = 80
"""Pixels: the margins of the page and of the form's panel, and the gap between form and gate."""
_WIDE_FROM = 46
"""Chinese characters of width; below that the title goes, and what the page says stands above the buttons."""
_STATE_PLACE = 1
_KEYS = {"lawyer": ("登记并转律师", "F7"), "print": ("登记并打印回执", "Ctrl+P")}
"""What the buttons beside the primary one say, and their keys, which make room first."""


class StateLine:
    """Says one thing at a time: what was said last, else how the draft stands.

    Args:
        ui: the page.
        draft_words: how the draft stands.
    """

    def __init__(self, ui: Ui_RegistrationPage, draft_words: Callable[[], str]) -> None:
        self._ui, self._draft_words = ui, draft_words
        self._said = ""
        self._wide = True

    def say(self, words: str) -> None:
        """Say something."""
        self._said = words
        self.show()

    def show(self) -> None:
        """Bring the line up to date; where there is little room, the status line alone tells how the draft stands."""
        words = self._said or (self._draft_words() if self._wide else "")
        self._ui.state.setText(words)
        self._ui.state.setVisible(bool(words))

    def fit(self, page: QWidget) -> None:
        """Share the width of the page: the gate takes its part, and no more than its sentences need."""
        ui, gate = self._ui, min(em(page, _GATE_CHARACTERS), round(page.width() * _GATE_SHARE))
        ui.gate_card.setFixedWidth(gate)
        self._wide = wide = page.width() - gate >= em(page, _WIDE_FROM)
        ui.title.setVisible(wide)
        place = ui.header_row if wide else ui.form_column
        if place.indexOf(ui.state) < 0:
            ui.form_column.removeWidget(ui.state)
            ui.header_row.removeWidget(ui.state)
            place.insertWidget(_STATE_PLACE if wide else place.count() - 1, ui.state, 1 if wide else 0)
            self.show()
        self._fit_buttons(page.width() - gate - _FRAME)

    def _fit_buttons(self, room: int) -> None:
        """Where the buttons do not fit beside each other the lesser ones lose their keys, then they take two lines."""
        ui, spacing = self._ui, self._ui.footer_row.spacing()
        buttons = (ui.clear, ui.lawyer, ui.print, ui.save)
        for keys in (True, False):
            for name, (words, key) in _KEYS.items():
                button: QPushButton = getattr(ui, name)
                button.setText(f"{words}　{key}" if keys else words)
                explain(button, "" if keys else key)
            wanted = sum(one.sizeHint().width() + spacing for one in buttons)
            if wanted <= room:
                break
        ways = QBoxLayout.Direction
        ui.footer_row.setDirection(ways.LeftToRight if wanted <= room else ways.TopToBottom)
