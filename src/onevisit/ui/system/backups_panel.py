"""The backups: how they stand, which there are, making one, checking one, going back to one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QWidget

from onevisit.desk import backups
from onevisit.desk.backup_list import BackupInfo
from onevisit.desk.backups import BackupHealth, BackupMade
from onevisit.desk.desk import Desk
from onevisit.desk.kept import KeptStore, kept_stores, remove_kept
from onevisit.desk.policy import policy
from onevisit.rules.clocks import show_moment
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import BackupOccasion, BackupState
from onevisit.ui._forms.system_backups import Ui_SystemBackups
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.rescue.backups_model import BackupModel
from onevisit.ui.system.backup_words import Line, health_lines, kept_words
from onevisit.ui.system.panel import Panel
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.items import TonedCells
from onevisit.ui.widgets.labels import explain, plain_label, tip
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import em
from onevisit.ui.widgets.tables import set_up_table

T = TypeVar("T")
_RESTORE = (
    "要恢复到 {moment} 的备份（{place}）吗？那以后登记的内容不在里面。"
    "现在的数据另外保存，不会丢；先在副本上试，试好了才换。"
    "恢复要先退出登录，再输一遍做那份备份时的管理员密码，或恢复码。"
)

_REMOVE = (
    "要删除恢复时换下的 {count} 份旧数据吗？删除后不能找回。"
    "做备份以后、恢复以前登记的内容只在里面有，请先核对恢复后的数据。"
)


@dataclass(frozen=True, slots=True)
class Stand:
    """How the backups stand now."""

    health: BackupHealth
    second_folder: str
    rows: tuple[BackupInfo, ...]
    kept: tuple[KeptStore, ...] = ()


def stand(desk: Desk) -> Stand:
    """Read everything the panel shows; runs on the worker."""
    return Stand(backups.health(desk), policy(desk).second_folder, backups.known_backups(desk), kept_stores(desk))


class BackupsPanel(Panel):
    """备份: the table of both places, with what can be done to one backup beneath it."""

    def __init__(self, context: Context, background: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._background = background
        self.ui = Ui_SystemBackups()
        self.ui.setupUi(self)
        self.model = BackupModel()
        self.lines: tuple[Line, ...] = ()
        self._wanted: BackupInfo | None = None
        self._build_table()
        self._connect()
        self.ui.empty.hide()
        self.setFocusProxy(self.ui.table)
        self._choose()

    @property
    def selected(self) -> BackupInfo | None:
        """The backup of the selected row."""
        return self.model.row_at(self.ui.table.currentIndex())

    def refresh(self) -> None:
        """Read anew how the backups stand; the same one stays selected."""
        desk = self.context.desk
        self.context.tasks.run(lambda: stand(desk), self._show, owner=self)

    def shows(self) -> frozenset[str]:
        """Backups, and the second place of the settings."""
        return frozenset({"backups", "policy"})

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this panel."""
        return (
            KeyHelp("↑ ↓", "选一份备份"),
            KeyHelp("Alt+B", "立即备份"),
            KeyHelp("Alt+C / Alt+R", "核验 / 恢复到选中的一份"),
            KeyHelp("Alt+Y", "复制选中的备份的位置"),
        )

    # -- what the administrator does --------------------------------------------------------------------------------

    def make(self) -> None:
        """Make a backup now."""
        desk = self.context.desk

        def work(progress: Progress) -> BackupMade:
            return backups.make_backup(desk, BackupOccasion.BY_HAND, progress.step)

        self._carry(self.ui.make, work, self._on_made, "正在备份…", "已经取消，没有留下半份备份。")

    def check(self) -> None:
        """Open the selected backup and read every page of it."""
        backup, desk = self.selected, self.context.desk
        if backup is not None:
            folder = backup.folder

            def work(progress: Progress) -> BackupInfo:
                return backups.check_backup(desk, folder, progress.step)

            self._carry(self.ui.check, work, self._on_checked, "正在核验…", "已经取消，没有核验完。")

    def restore(self) -> None:
        """Say what a restore does, then log out for it."""
        backup, desk = self.selected, self.context.desk
        if backup is None:
            return
        errand = Errand(Rescue.RESTORE, desk.actor.login, desk.practice, backup.folder)
        self.context.messages.confirm(
            _RESTORE.format(moment=show_moment(backup.made_at), place=backup.place.label),
            "退出登录，去恢复",
            lambda: self.context.navigator.leave_for(errand),
        )

    def remove_kept(self, kept: tuple[KeptStore, ...]) -> None:
        """Ask, then take away the stores that restores put aside."""
        desk, folders = self.context.desk, tuple(one.folder for one in kept)

        def on_removed(_: None) -> None:
            self.context.messages.fine("恢复时换下的旧数据已删除。")
            self._changed()

        def agreed() -> None:
            self.context.tasks.run(lambda: remove_kept(desk, folders), on_removed, self._on_failed, owner=self)

        self.context.messages.confirm(_REMOVE.format(count=len(kept)), "删除旧数据", agreed)

    def copy_place(self) -> None:
        """Put the folder of the selected backup on the clipboard."""
        QApplication.clipboard().setText(self.ui.where.text())
        self.context.messages.fine("位置已复制，可以粘贴到文件管理器里打开。")

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_table(self) -> None:
        table = self.ui.table
        set_up_table(table, self.model)
        table.setItemDelegate(TonedCells(table))

    def _connect(self) -> None:
        ui = self.ui
        ui.table.selectionModel().currentChanged.connect(self._choose)
        ui.make.clicked.connect(self.make)
        ui.check.clicked.connect(self.check)
        ui.restore.clicked.connect(self.restore)
        ui.copy.clicked.connect(self.copy_place)

    def _carry(
        self, button: QPushButton, work: Callable[[Progress], T], done: Callable[[T], None], what: str, stopped: str
    ) -> None:
        def on_stopped() -> None:
            self.context.messages.attention(stopped)
            self._changed()

        self.ui.work.carry(self._background, button, work, done, self._on_failed, what=what, stopped=on_stopped)
        self._choose()

    # -- what comes back from the worker ----------------------------------------------------------------------------

    def _on_made(self, made: BackupMade) -> None:
        say = self.context.messages.attention if made.second_fault else self.context.messages.fine
        say(made.words)
        self._wanted = made.info
        self._changed()

    def _on_checked(self, backup: BackupInfo) -> None:
        moment = show_moment(backup.made_at)
        if backup.state is BackupState.VERIFIED:
            self.context.messages.fine(f"{moment} 的备份核验无误，可以放心恢复。")
        elif backup.state is BackupState.OTHER_KEY:
            self.context.messages.attention(
                f"{moment} 的备份是换密钥以前做的，现在核验不了；恢复时会用当时的密码核验。"
            )
        else:
            self.context.messages.fault(f"{moment} 的备份不能用：{backup.sentence}")
        self._changed()

    def _on_failed(self, fault: PlainFault) -> None:
        self.context.messages.failed(fault)
        self._changed()

    def _changed(self) -> None:
        self._choose()
        self.context.changes.say("backups")
        self.refresh()

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(self, stand: Stand) -> None:
        self.lines = health_lines(stand.health, stand.second_folder, self.context.desk.now())
        clear(self.ui.health)
        for tone, sentence in self.lines:
            self.ui.health.addWidget(_card(tone, sentence))
        if stand.kept:
            self.ui.health.addWidget(self._kept_card(stand.kept))
        kept, scrolled = self._wanted or self.selected, self.ui.table.verticalScrollBar().value()
        self._wanted = None
        self.model.show(stand.rows)
        self.ui.table.setVisible(bool(stand.rows))
        self.ui.empty.setVisible(not stand.rows)
        for widget in (self.ui.where, self.ui.copy):
            widget.setVisible(bool(stand.rows))
        self.setFocusProxy(self.ui.table if stand.rows else self.ui.make)
        if stand.rows:
            self.ui.table.setCurrentIndex(self.model.index(self.model.place_of(kept), 0))
            self.ui.table.verticalScrollBar().setValue(scrolled)
        self._choose()

    def _kept_card(self, kept: tuple[KeptStore, ...]) -> QFrame:
        card = _card("", kept_words(kept, self.context.desk.now()))
        button = QPushButton("删除旧数据…(&D)")
        button.clicked.connect(lambda: self.remove_kept(kept))
        row = card.layout()
        assert row is not None  # noqa: S101 - it was just made
        row.addWidget(button)
        return card

    def _choose(self) -> None:
        """Only what can be done with the selected backup is on; while something is being done, nothing else is."""
        backup, ui, free = self.selected, self.ui, not self.ui.work.working
        for button in (ui.check, ui.restore, ui.copy):
            button.setEnabled(backup is not None and free)
        ui.make.setEnabled(free)
        ui.where.setText(str(backup.folder) if backup is not None else "")
        ui.where.setToolTip(tip(ui.where.text()))
        ui.where.setCursorPosition(0)
        explain(ui.restore, backup.sentence if backup is not None else "")
        ui.side.setFixedWidth(em(self, 16))


def _card(tone: str, sentence: str) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    card.setProperty("tone", tone)
    row = QHBoxLayout(card)
    row.setContentsMargins(12, 6, 12, 6)
    row.addWidget(plain_label(sentence, tone=tone), 1)
    card.setAccessibleName(sentence)
    return card
