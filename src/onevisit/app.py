"""The composition root of the window: what is made, in which order, and what is handed to whom.

Only Qt, the theme and the log-in window are imported here at once. The libraries of the store, of paper and of the
pages are loaded on the worker while somebody types a name, one after the other.
"""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from onevisit.host import data_folder, require_display
from onevisit.houses import READY_ACCOUNTS, Houses
from onevisit.pages import LIBRARIES, PaperWork, page_entries, paper_work, printing_words
from onevisit.resources import resource_dir
from onevisit.rules.faults import PlainFault
from onevisit.ui.crash import CrashHandler, open_log
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.fonts import load_fonts
from onevisit.ui.garbage import MainThreadGarbage
from onevisit.ui.icons import icon
from onevisit.ui.instance import Answer, Doorbell, ring
from onevisit.ui.login import Doors, LoginWindow, Way
from onevisit.ui.messages import Messages
from onevisit.ui.preferences import Preferences
from onevisit.ui.preloading import Preloading
from onevisit.ui.stopped import StoppedWindow
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme

if TYPE_CHECKING:  # loaded on the worker, see above
    from onevisit.desk.desk import Desk
    from onevisit.devices.printers import Printer
    from onevisit.ui.keeper import Keeper
    from onevisit.ui.main_window import MainWindow
    from onevisit.ui.rescue.window import RescueWindow
    from onevisit.ui.setup_wizard.wizard import SetUpWizard


PRINT_JOBS = "print.jobs"
"""Which jobs the print system may still hold the document of: numbers of jobs, nothing else."""

SETTLE_MS = 10_000
"""So long after a log-in nothing is begun in the background: an old disk has enough to do with the first page."""

PRACTICE_PRINTS = "practice-prints"
"""Where practice mode puts what it prints on a computer without a printer."""


def run(data: Path | None, *, practice: bool) -> int:
    """Open the client and stay until it is closed.

    Args:
        data: the data folder; the system's place for this user unless given.
        practice: go to practice mode at once.

    Raises:
        PlainFault: there is no display, or the program's files are damaged.
    """
    require_display()
    resources = resource_dir()
    application = QApplication(sys.argv[:1])
    theme = dress(application, resources)
    try:
        folder = data_folder(data)
        answer = ring(folder)
        if answer is not Answer.NOBODY:
            return _leave_it_to_the_first(answer)
        open_log(folder / "log")
    except (PlainFault, OSError) as error:
        sentence = error.sentence if isinstance(error, PlainFault) else "日志文件不能写入，请检查数据文件夹的权限。"
        return StoppedWindow(sentence).stay()
    crashes = CrashHandler(lambda: application.exit(1), application)
    crashes.install()
    client = Client(folder, resources, theme)
    client.tasks.crashed.connect(crashes.caught)
    bell = Doorbell(folder, application)
    bell.rang.connect(client.come_to_front)
    bell.hang_up()
    client.start(practice=practice)
    try:
        return application.exec()
    finally:
        bell.take_down()
        client.stop()
        crashes.remove()


def _leave_it_to_the_first(answer: Answer) -> int:
    """The program runs already: its window came to the front, or the person is told that it does not answer."""
    if answer is Answer.CAME:
        return 0
    from onevisit.store.errors import AlreadyOpenFault  # noqa: PLC0415 - half a second, and only here

    return StoppedWindow(AlreadyOpenFault().sentence).stay()


def dress(application: QApplication, resources: Path) -> Theme:
    """Give the application its name, fonts and style."""
    application.setApplicationName("onevisit")
    application.setApplicationDisplayName("")
    application.setQuitOnLastWindowClosed(True)
    load_fonts(resources / "fonts")
    theme = Theme(application, resources)
    theme.wear(theme.variant, large=theme.large)
    application.setWindowIcon(icon(theme.icons, "application", theme.colours.brand, 64))
    return theme


class Client(QObject):
    """One run of the program: log-in window and main window by turns, over one worker.

    Args:
        folder: the data folder.
        resources: fonts, icons and style.
        theme: what the application wears.
        now: the clock, in UTC; the system's unless given.
        printer: where sheets go; the print system of this computer unless given.
        settle_ms: how long after a log-in nothing is begun in the background.

    Attributes:
        tasks: the one worker that people wait for.
        background: the second one, for backups and checks.
        preloading: what is imported behind the log-in window.
        messages: what the person is told.
        login: the log-in window.
        window: the main window while somebody is logged in.
        wizard: the set-up wizard while it is open.
        rescue: the window that restores or salvages, while it is open.
    """

    def __init__(
        self,
        folder: Path,
        resources: Path,
        theme: Theme,
        *,
        now: Callable[[], datetime] | None = None,
        printer: "Printer | None" = None,
        settle_ms: int = SETTLE_MS,
    ) -> None:
        super().__init__()
        self._settle_ms = settle_ms
        self._folder = folder
        self._printer = printer
        self._resources = resources
        self._theme = theme
        self.preferences = Preferences(folder / "window.ini")
        self.messages = Messages(self)
        self.tasks = Tasks(self.messages.failed, self)
        self.preloading = Preloading(self.tasks, LIBRARIES, self)
        self._garbage = MainThreadGarbage(self)
        self.background = Tasks(self.messages.failed, self, "onevisit-background")
        self.background.crashed.connect(self.tasks.crashed)
        self.houses = Houses(folder, now)
        self._paper: dict[bool, PaperWork] = {}
        self.window: MainWindow | None = None
        self._keeper: Keeper | None = None
        self.wizard: SetUpWizard | None = None
        self.rescue: RescueWindow | None = None
        theme.wear(self.preferences.variant, large=self.preferences.large)
        doors = Doors(self.houses.log_in, self.houses.recover, self.houses.enter_ready)
        self.login = LoginWindow(self.tasks, theme, doors)
        self.login.entered.connect(self._enter)
        self.login.practice_wanted.connect(lambda: self.login.offer(READY_ACCOUNTS))
        self.login.practice_left.connect(self._ask_who)
        self.login.set_up_wanted.connect(self._set_up)
        self.login.rescue_wanted.connect(self._begin_rescue)

    def start(self, *, practice: bool) -> None:
        """Show the log-in window, and load everything else behind it."""
        self._garbage.begin()
        if practice:
            self.login.offer(READY_ACCOUNTS)
        else:
            self._ask_who()
        self.login.show()
        self.preloading.go_on()

    def come_to_front(self) -> None:
        """Show the window that the person works in, above all others."""
        shown = (one for one in (self.window, self.wizard, self.rescue) if one is not None and not one.isHidden())
        window = next(shown, self.login)
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        for one in (window, QApplication.activeModalWidget()):
            if one is not None:
                one.show()
                one.raise_()
                one.activateWindow()
        QApplication.alert(window)

    def stop(self) -> None:
        """Close the store and end the workers, the second one first."""
        self.background.stop()
        self.tasks.finish(self._close_house)
        self._garbage.end()

    def _ask_who(self) -> None:
        """Log in, or set up when nothing is there yet; what keeps the store from opening is said at once."""
        self.login.show_way(Way.FIRST if self.houses.nothing_yet() else Way.LOG_IN)
        self.tasks.run(lambda: self.houses.real().founded, self._on_founded, self._on_unusable)

    def _on_founded(self, founded: bool) -> None:
        if self.login.way in (Way.FIRST, Way.LOG_IN):
            wanted = Way.LOG_IN if founded else Way.FIRST
            if self.login.way is not wanted:
                self.login.show_way(wanted)

    def _on_unusable(self, fault: PlainFault) -> None:
        self.login.say_unusable(fault)

    def _set_up(self) -> None:
        """First start: the wizard founds the house, then its administrator logs in."""
        from onevisit.ui.setup_wizard.wizard import SetUpWizard  # noqa: PLC0415 - only at the first start

        if self.wizard is not None:
            return
        sheets = self._paper_work(practice=False).sheets
        self.wizard = SetUpWizard(self.houses.real(), self.tasks, self.messages, sheets)
        self.wizard.founded.connect(self._on_set_up)
        self.wizard.practice_chosen.connect(self._on_practice_instead)
        self.wizard.closed.connect(self._on_wizard_closed)
        self.wizard.ui.real.click()
        self.wizard.show()
        self.login.hide()

    def _on_set_up(self, login: str) -> None:
        self._on_wizard_closed()
        self.login.begin_with(login)
        self.login.say("已经建好。请用刚才设的管理员账号和密码登录。")

    def _on_practice_instead(self) -> None:
        self._on_wizard_closed()
        self.login.offer(READY_ACCOUNTS)

    def _on_wizard_closed(self) -> None:
        wizard, self.wizard = self.wizard, None
        self.login.show()
        if wizard is not None:
            wizard.hide()
            wizard.deleteLater()

    def _begin_rescue(self, errand: Errand) -> None:
        """Restore or salvage, in a window of its own, while the data is closed."""
        from onevisit.ui.rescue.restore import RestoreWindow  # noqa: PLC0415 - only when it is needed
        from onevisit.ui.rescue.salvage import SalvageWindow  # noqa: PLC0415

        kind = RestoreWindow if errand.rescue is Rescue.RESTORE else SalvageWindow
        self.rescue = kind(errand, self.tasks, self.houses.rescue_doors(practice=errand.practice))
        self.rescue.left.connect(self._on_rescue_left)
        self.rescue.next_wanted.connect(self._on_next_rescue)
        self.rescue.show()
        self.login.hide()

    def _on_next_rescue(self, errand: Errand) -> None:
        before = self.rescue
        self._begin_rescue(errand)
        if before is not None:
            before.hide()
            before.deleteLater()

    def _on_rescue_left(self, login: str, said: str) -> None:
        rescue, self.rescue = self.rescue, None
        if rescue is not None and rescue.errand.practice:
            self.login.offer(READY_ACCOUNTS)
        else:
            self._ask_who()
        if said:
            self.login.begin_again(login, said)
        self.login.show()
        if rescue is not None:
            rescue.hide()
            rescue.deleteLater()

    def _enter(self, desk: "Desk") -> None:
        """Show the main window of whoever logged in."""
        from onevisit.ui.main_window import MainWindow  # noqa: PLC0415 - loaded on the worker by now
        from onevisit.ui.system.look import Look  # noqa: PLC0415

        self.preloading.rest()
        paper = self._paper_work(practice=desk.practice)
        self.window = MainWindow(
            desk,
            self.tasks,
            self.messages,
            self._theme,
            self.preferences,
            page_entries(
                paper,
                Look(self._theme, self.preferences, self),
                self.background,
                lambda told: self.houses.rekey(desk, told),
            ),
            lambda: printing_words(paper.slips, desk),
            check_password=lambda password: self.houses.check_password(desk, password),
        )
        self.window.left.connect(self._leave)
        self._keep(self.window)
        self.window.show()
        self.login.hide()

    def _keep(self, window: "MainWindow") -> None:
        """Back up and check in the background while this window is open."""
        from onevisit.ui.keeper import Keeper  # noqa: PLC0415 - as above

        self._keeper = keeper = Keeper(window.context.desk, self.background, self._settle_ms, self)
        keeper.backed_up.connect(lambda: window.changes.say("backups"))
        keeper.told.connect(window.ui.status.show_backup)
        keeper.warned.connect(window.ui.notices.show_notices)
        window.ui.notices.pressed.connect(keeper.back_up_now)
        window.changes.changed.connect(keeper.on_changed)
        keeper.start()

    def _leave(self, log_in_again: bool) -> None:
        """Close the store; then the log-in window again, what the person left for, or the end."""
        window, self.window = self.window, None
        errand = window.errand if window is not None else None
        self.tasks.forget()
        if self._keeper is not None:
            self._keeper.stop()
            self._keeper.deleteLater()
            self._keeper = None
        if window is not None:
            window.deleteLater()
        if log_in_again:
            self.tasks.run(self._close_house, lambda _: None, self._on_unusable)
            self._ask_who()
            self.login.show()
            if errand is not None:
                self._begin_rescue(errand)
        else:
            self.login.close()
            QApplication.quit()

    def _close_house(self) -> None:
        """Close the store, and see that the print system keeps no sheet; runs on the worker."""
        self.background.wait_out()  # it was told to stop
        try:
            self.houses.close()
        finally:
            for paper in tuple(self._paper.values()):
                paper.slips.tidy()

    def _paper_work(self, *, practice: bool) -> PaperWork:
        if practice not in self._paper:
            prints = self._folder / PRACTICE_PRINTS if practice else None
            self._paper[practice] = paper_work(
                self._resources / "fonts", self._printer, prints, self._folder / PRINT_JOBS
            )
        return self._paper[practice]
