"""Keeping the data safe in the background: the check after log-in, automatic backups, and what every page is told."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from onevisit.desk import backups, checking
from onevisit.desk.backups import BackupHealth, BackupMade
from onevisit.desk.checking import CheckReport
from onevisit.desk.desk import Desk
from onevisit.desk.witnesses import alarm
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, local_time
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import BackupOccasion
from onevisit.ui.notices import Notice
from onevisit.ui.tasks import Tasks

LOOK_MS = 60_000
"""How often it is asked whether a backup is due."""


@dataclass(frozen=True, slots=True)
class _Stand:
    """How the backups stand, why one should be made now, and what is to be said of the audit trail."""

    health: BackupHealth
    due: BackupOccasion | None
    trail: str


class Keeper(QObject):
    """Works for one log-in on the second worker, so that nobody at the window waits for it; one thing at a time.

    Args:
        desk: who is logged in.
        background: the second worker.
        settle_ms: how long after the log-in nothing is begun.

    Signals:
        backed_up(): there is one backup more.
        told(str, str, str): what the status line says of the backups, its tone, and more for a tooltip.
        warned(object): what stands on every page until it is mended, as a tuple of ``Notice``.
    """

    backed_up = Signal()
    told = Signal(str, str, str)
    warned = Signal(object)

    def __init__(
        self,
        desk: Desk,
        background: Tasks,
        settle_ms: int,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._background = background
        self._damage: tuple[Notice, ...] = ()
        self._overdue: tuple[Notice, ...] = ()
        self._trail: tuple[Notice, ...] = ()
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self.look)
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(settle_ms)
        self._settling.timeout.connect(self._begin)

    def start(self) -> None:
        """Say at once how things stand; after a while check the store, then back up when it is due, time and again."""
        self._look_now(act=False)
        self._settling.start()

    def _begin(self) -> None:
        desk = self._desk
        self._background.run_long(
            lambda progress: checking.quick_check(desk, progress.step),
            self._on_checked,
            _tell_nobody,
            self._on_not_checked,
            owner=self,
        )
        self._look_now()
        self._looking.start()

    def stop(self) -> None:
        """Stop what is going on at its next step, without a trace of it, and look no more."""
        self._settling.stop()
        self._looking.stop()
        self._background.forget()

    def look(self) -> None:
        """Look now, unless something is being done."""
        if not self._background.busy:
            self._look_now()

    def on_changed(self, what: frozenset[str]) -> None:
        """Look after a backup was made by hand or the trail was checked, and when the settings are other ones."""
        if what & {"backups", "policy", "trail"}:
            self.look()

    def back_up_now(self) -> None:
        """Make a backup because somebody pressed the button on the strip."""
        if not self._background.busy:
            self._back_up(BackupOccasion.BY_HAND)

    # -- the check ---------------------------------------------------------------------------------------------------

    def _on_checked(self, report: CheckReport) -> None:
        if not report.whole:
            self._show_damage(report.words)

    def _on_not_checked(self, fault: PlainFault) -> None:
        # what keeps the store from being read is damage too; a check that could not be made now is none
        if fault.backup_helps:
            self._show_damage(fault.sentence)

    def _show_damage(self, sentence: str) -> None:
        mine = self._desk.may(Permission.KEEP_BACKUPS)
        words = sentence if mine else "检查发现数据文件有问题。请先停止登记，马上告诉管理员从备份恢复。"
        self._damage = (Notice(words, "fault"),)
        self._warn()

    # -- backups -----------------------------------------------------------------------------------------------------

    def _look_now(self, *, act: bool = True) -> None:
        desk = self._desk
        self._background.run(
            lambda: _Stand(backups.health(desk), backups.due(desk) if act else None, alarm(desk)),
            self._on_looked,
            _say_nothing,
            owner=self,
        )

    def _on_looked(self, stand: _Stand) -> None:
        self._trail = (Notice(stand.trail, "fault"),) if stand.trail else ()
        self._show(stand.health)
        if stand.due is not None:
            self._back_up(stand.due)

    def _back_up(self, occasion: BackupOccasion) -> None:
        desk = self._desk
        self.told.emit("正在备份", "", "")
        self._background.run_long(
            lambda progress: backups.make_backup(desk, occasion, progress.step),
            self._on_made,
            self._on_step,
            self._on_failed,
            owner=self,
        )

    def _on_step(self, done: int, total: int, what: str) -> None:
        self.told.emit(f"{what} {done * 100 // total}%" if total else what, "", "")

    def _on_made(self, _: BackupMade) -> None:
        desk = self._desk
        self.backed_up.emit()
        self._background.run(lambda: backups.health(desk), self._show, _say_nothing, owner=self)

    def _on_failed(self, fault: PlainFault) -> None:
        self.told.emit("刚才没有备份成功", "attention", fault.sentence)

    def _show(self, health: BackupHealth) -> None:
        self.told.emit(*self._words(health))
        button = "立即备份" if health.overdue and self._desk.may(Permission.KEEP_BACKUPS) else ""
        self._overdue = (Notice(health.words, "attention", button),) if health.words else ()
        self._warn()

    def _words(self, health: BackupHealth) -> tuple[str, str, str]:
        """The status line: when the last good backup was made, and whether the second place is missing."""
        at = health.last_verified_at
        if at is None:
            return "还没有备份", "attention", health.words
        local = local_time(at)
        today = local_day(at) == local_day(self._desk.now())
        when = f"{local:%H:%M}" if today else f"{local.month}月{local.day}日 {local:%H:%M}"
        missing = "，U 盘没接上" if health.second_missing else ""
        tone = "attention" if health.overdue or health.second_missing else ""
        return f"备份 {when} 已核验{missing}", tone, health.words

    def _warn(self) -> None:
        self.warned.emit((*self._damage, *self._trail, *self._overdue))


def _say_nothing(_: PlainFault) -> None:
    """It is looked at again in a minute."""


def _tell_nobody(_done: int, _total: int, _what: str) -> None:
    """The check is short; only what it finds is told."""
