"""The lock of the main window: it falls when nobody is there or by its key, and opens by the password."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from onevisit.desk import locking, policy
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.rules.policy import Policy
from onevisit.ui.lock.cover import Cover
from onevisit.ui.lock.idle import IdleWatch
from onevisit.ui.lock.screen import LockScreen
from onevisit.ui.page import Context

LOCKED_TITLE = "最多访一次 · 已锁定"
_MINUTE = 60


class Lock(QObject):
    """Guards one person's window.

    Args:
        window: what is locked.
        context: the desk, the worker and the changes of the window.
        check: checks a password on the worker; raises ``PlainFault`` with the sentence to show.
        minute: seconds in a minute of the policy.

    Signals:
        changed(): it was locked or opened.
        other_wanted(): somebody else wants to log in.
    """

    changed = Signal()
    other_wanted = Signal()

    def __init__(
        self, window: QMainWindow, context: Context, check: Callable[[str], None], minute: float = _MINUTE
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._check, self._minute = window, context, check, minute
        desk = context.desk
        self.screen = LockScreen(window, practice=desk.practice, hint=_practice_hint(context))
        self._cover = Cover(window, self.screen, self.screen.password)
        self.watch = IdleWatch(Policy().idle_minutes * minute, self)
        # not at once: the window that the key came from may be put aside, while Qt still stands inside it
        self.watch.idle.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.watch.lock_key.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self.screen.tried.connect(self._try)
        self.screen.other_wanted.connect(self.other_wanted)
        context.changes.changed.connect(self._on_changed)
        self._read_policy()
        self.watch.start()

    @property
    def locked(self) -> bool:
        """Whether the window is covered."""
        return self._cover.on

    def lock(self) -> None:
        """Cover everything at once; the trail is told of it."""
        if self.locked:
            return
        desk = self._context.desk
        self.watch.stop()
        self.screen.begin(desk.unit.name, _since_words(self._context, desk.now()))
        self._cover.put_on()
        self._window.setWindowTitle(f"【练习】{LOCKED_TITLE}" if desk.practice else LOCKED_TITLE)
        # a trail that cannot be written now must not keep the window from being locked
        self._context.tasks.run(lambda: locking.tell_locked(desk), lambda _: None, _say_nothing)
        self.changed.emit()

    def stop(self) -> None:
        """The person leaves: watch no longer; a window that is covered stays so until it is gone."""
        self.watch.stop()
        self._cover.leave_on()

    def _try(self, password: str) -> None:
        check = self._check
        self.screen.open.setText("正在核对…")
        self._context.tasks.run_once(self.screen.open, lambda: check(password), self._on_right, self._on_wrong)

    def _on_right(self, _: None) -> None:
        self.screen.open.setText("解锁")
        self.screen.clear()
        self._cover.take_off()
        self.watch.start()
        self.changed.emit()

    def _on_wrong(self, fault: PlainFault) -> None:
        self.screen.open.setText("解锁")
        self.screen.refuse(fault.sentence)

    def _on_changed(self, what: frozenset[str]) -> None:
        if "policy" in what:
            self._read_policy()

    def _read_policy(self) -> None:
        desk = self._context.desk
        self._context.tasks.run(lambda: policy.policy(desk).idle_minutes, self._set_minutes, _say_nothing, owner=self)

    def _set_minutes(self, minutes: int) -> None:
        self.watch.set_limit(minutes * self._minute)


def _since_words(context: Context, now: datetime) -> str:
    """Who left the window and when: no name, since the visitor sees it too."""
    actor = context.desk.actor
    return f"{actor.role.label}（工号 {actor.staff_no}） {local_time(now):%H:%M} 离开。输入密码，回到原来的内容。"


def _practice_hint(context: Context) -> str:
    if not context.desk.practice:
        return ""
    login = context.desk.actor.login
    return next((f"练习账户的密码：{one.password}" for one in PRACTICE_ACCOUNTS if one.login == login), "")


def _say_nothing(_: PlainFault) -> None:
    """For what the person did not ask for."""
