"""How the window looks: type size and colours, chosen by whoever sits there, at once and kept for this machine."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from onevisit.ui._forms.system_look import Ui_SystemLook
from onevisit.ui.preferences import Preferences
from onevisit.ui.theme import Theme, Variant


class Look(QObject):
    """The theme and where it is remembered, as one thing; made once by the composition root.

    Signals:
        changed(): another look was put on.
    """

    changed = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._preferences = theme, preferences
        theme.changed.connect(self.changed)

    @property
    def variant(self) -> Variant:
        """The colours worn now."""
        return self._theme.variant

    @property
    def large(self) -> bool:
        """Whether the type is large now."""
        return self._theme.large

    def choose(self, variant: Variant, *, large: bool) -> None:
        """Put it on at once and remember it for the next start; nothing happens if it is worn already."""
        if (variant, large) == (self.variant, self.large):
            return
        self._preferences.variant, self._preferences.large = variant, large
        self._theme.wear(variant, large=large)


class LookChoice(QWidget):
    """The choice of type size and colours; each click is worn at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SystemLook()
        self.ui.setupUi(self)
        self._look: Look | None = None
        self._variants = {
            Variant.LIGHT: self.ui.light,
            Variant.DARK: self.ui.dark,
            Variant.CONTRAST: self.ui.contrast,
        }
        self.ui.large.clicked.connect(self._choose)
        for button in self._variants.values():
            button.clicked.connect(self._choose)

    def use(self, look: Look) -> None:
        """Work on this look and follow it."""
        self._look = look
        look.changed.connect(self._show)
        self._show()

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order; the arrows go through the colours."""
        return self.ui.large, *self._variants.values()

    def _show(self) -> None:
        if self._look is not None:
            self.ui.large.setChecked(self._look.large)
            self._variants[self._look.variant].setChecked(True)

    def _choose(self) -> None:
        if self._look is not None:
            variant = next(one for one, button in self._variants.items() if button.isChecked())
            self._look.choose(variant, large=self.ui.large.isChecked())
