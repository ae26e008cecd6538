"""The menu of whoever is logged in: how the window looks, the lock, the password, the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from onevisit.ui.preferences import Preferences
from onevisit.ui.theme import Theme, Variant

LOCK_KEY = "Ctrl+L"
_VARIANT_WORDS = {Variant.LIGHT: "浅色", Variant.DARK: "深色", Variant.CONTRAST: "高对比"}


class AccountMenu(QMenu):
    """Wears another look at once and remembers it; everything else is told.

    Signals:
        lock_wanted(): the person leaves the window for a while.
        password_wanted(): the person wants another password.
        log_out_wanted(): somebody else takes over.
        end_wanted(): the program is to end.
    """

    lock_wanted = Signal()
    password_wanted = Signal()
    log_out_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, theme: Theme, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._preferences = preferences
        self.large = self.addAction("大字显示")
        self.large.setCheckable(True)
        self.large.triggered.connect(self._on_large)
        self.addSeparator()
        group = QActionGroup(self)
        self.variants = {variant: self._choice(group, variant, word) for variant, word in _VARIANT_WORDS.items()}
        group.triggered.connect(self._on_variant)
        self.addSeparator()
        # the window sees this key itself, wherever the cursor is; here it is only named
        self.addAction(f"锁屏\t{LOCK_KEY}").triggered.connect(self.lock_wanted)
        self.addAction("修改密码").triggered.connect(self.password_wanted)
        self.addAction("退出登录").triggered.connect(self.log_out_wanted)
        self.addAction("退出程序").triggered.connect(self.end_wanted)

    def show_look(self) -> None:
        """Mark what is worn now."""
        self.large.setChecked(self._theme.large)
        self.variants[self._theme.variant].setChecked(True)

    def _choice(self, group: QActionGroup, variant: Variant, word: str) -> QAction:
        choice = self.addAction(word)
        choice.setCheckable(True)
        choice.setData(variant.value)
        group.addAction(choice)
        return choice

    def _on_large(self, large: bool) -> None:
        self._preferences.large = large
        self._theme.wear(self._theme.variant, large=large)

    def _on_variant(self, action: QAction) -> None:
        variant = Variant(action.data())
        self._preferences.variant = variant
        self._theme.wear(variant, large=self._theme.large)
