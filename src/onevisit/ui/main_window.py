"""The frame that every page stands in: top bar, navigation, pages, messages, status; it is the pages' navigator."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QPushButton

from onevisit.desk import drafts, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import DraftRow
from onevisit.desk.lookup import DayFigures
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui._forms.main_window import Ui_MainWindowForm
from onevisit.ui.account_menu import LOCK_KEY, AccountMenu
from onevisit.ui.asking import AskCard
from onevisit.ui.errand import Errand
from onevisit.ui.icons import icon
from onevisit.ui.keys import KeyCard
from onevisit.ui.lock.lock import Lock
from onevisit.ui.messages import Messages, Question
from onevisit.ui.page import (
    Changes,
    Context,
    KeyHelp,
    OpensConsultation,
    OpensMatter,
    OpensRoute,
    OpensUrgent,
    Page,
    PageEntry,
    ShowsSlip,
    StartsRegistration,
)
from onevisit.ui.password import PasswordCard
from onevisit.ui.preferences import Preferences
from onevisit.ui.tasks import Tasks
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.once import OneClick, on_key
from onevisit.ui.widgets.style import em, set_style

_ROUNDS = 3
"""How often pages are asked to keep what is typed before it counts as what cannot be kept."""

FIGURES_MS = 60_000
"""The day's figures are read anew after this time even when nothing was done here (midnight comes, too)."""

_PAGE_OF = {kind: "matters" for kind in DraftKind if kind.of_matter} | {
    DraftKind.REGISTRATION: "registration",
    DraftKind.ADDENDUM: "consultation",
}


class MainWindow(QMainWindow):
    """One person's work, from log-in to log-out.

    Attributes:
        errand: what the person left for, if it was for something.

    Signals:
        left(bool): the person is through; True to log in again, False to end the program.
    """

    left = Signal(bool)

    def __init__(
        self,
        desk: Desk,
        tasks: Tasks,
        messages: Messages,
        theme: Theme,
        preferences: Preferences,
        entries: Sequence[PageEntry],
        printer_words: Callable[[], tuple[str, str]] | None = None,
        *,
        check_password: Callable[[str], None],
    ) -> None:
        super().__init__()
        self.ui = Ui_MainWindowForm()
        self.ui.setupUi(self)
        OneClick(self)
        self._theme = theme
        self._preferences = preferences
        self._printer_words = printer_words
        self._entries = {one.key: one for one in entries if desk.actor.role in one.roles}
        self._made: dict[str, Page] = {}
        self._history: list[str] = []
        self._leaving = self._keeping = False
        self.errand: Errand | None = None
        self.changes = Changes(self)
        self.context = Context(desk, tasks, messages, self.changes, self)
        self.asking = AskCard(self.ui.central, self.ui.frame)
        self.keys = KeyCard(self.ui.central, self.ui.frame)
        self.password = PasswordCard(self.ui.central, self.ui.frame, self.context)
        self.lock = Lock(self, self.context, check_password)
        self._figures = QTimer(self)
        self._figures.setInterval(FIGURES_MS)
        self._build()
        self._connect()
        self._dress()
        self.restoreGeometry(preferences.geometry)
        if desk.password_due:
            self.setWindowTitle("修改密码 · 最多访一次")
            self.password.open_due(desk.password_due)
        else:
            self._begin()

    def _begin(self) -> None:
        """Show where the work begins, unless a page is open already."""
        if self._made:
            return
        self.show_page(next(iter(self._entries), ""))
        self._read_figures()
        self._read_drafts()
        if self.context.desk.clock_notice:
            self.context.messages.attention(self.context.desk.clock_notice)

    # -- navigator ---------------------------------------------------------------------------------------------------

    def show_page(self, key: str) -> None:
        """Show a page by its key; one that this person does not have is told as such."""
        if self._open(key) is None:
            self.context.messages.attention("您的账户没有这一页。")

    def register_new(self, text: str = "") -> None:
        """Open the registration page with what was typed into the search box."""
        page: object = self._open("registration")
        if isinstance(page, StartsRegistration):
            page.register_new(text)

    def open_matter(self, matter_id: int, section: str = "") -> None:
        """Show a matter with its timeline, or another section of it."""
        page: object = self._open("matters")
        if isinstance(page, OpensMatter):
            page.open_matter(matter_id, section)

    def open_urgent(self, matter_id: int, visit_id: int | None = None) -> None:
        """Show the urgent report of a matter, by way of one's own visit where the matter is confidential."""
        page: object = self._open("urgent")
        if isinstance(page, OpensUrgent):
            page.open_urgent(matter_id, visit_id)

    def open_route(self, visit_id: int, *, onward: bool = False) -> None:
        """Show the route assistant for the matter of this visit, or its slip where nothing is to be decided."""
        page: object = self._open("route")
        if isinstance(page, OpensRoute):
            page.open_route(visit_id, onward=onward)

    def open_consultation(self, visit_id: int) -> None:
        """Show the lawyer's page with this visit."""
        page: object = self._open("consultation")
        if isinstance(page, OpensConsultation):
            page.open_consultation(visit_id)

    def print_slip(self, visit_id: int, *, now: bool = False, instead: bool = False) -> None:
        """Preview, print and ask whether it came out; ``instead`` of the page that is open."""
        if instead and "slip" in self._entries:
            self._history.pop()
        page: object = self._open("slip")
        if isinstance(page, ShowsSlip):
            page.show_visit(visit_id, print_now=now)

    def back(self) -> None:
        """Return to where the person was; the page kept its row."""
        if len(self._history) > 1:
            self._history.pop()
            self._enter(self._history[-1])

    # -- leaving -----------------------------------------------------------------------------------------------------

    def leave_for(self, errand: Errand) -> None:
        """Log out and go on with what needs the data closed."""
        self.leave(log_in_again=True, errand=errand)

    def unsaved_pages(self) -> tuple[Page, ...]:
        """The pages on which something is typed that is not saved."""
        return tuple(page for page in self._made.values() if page.unsaved())

    def leave(self, *, log_in_again: bool, errand: Errand | None = None) -> None:
        """Log out, or end the program; what is typed is kept first, and only what cannot be kept is asked about."""
        if not self._keeping:
            self._keep_then(lambda: self._leave_or_ask(log_in_again=log_in_again, errand=errand), _ROUNDS)

    def _keep_then(self, then: Callable[[], None], rounds: int) -> None:
        """Let the pages keep what is typed, and go on behind that; a keeping on its way may need another round."""
        waiting = self.unsaved_pages()
        self._keeping = bool(waiting) and rounds > 0
        if not self._keeping:
            then()
            return
        for page in waiting:
            page.keep()
        self.context.tasks.run(lambda: None, lambda _: self._keep_then(then, rounds - 1), owner=self)

    def _leave_or_ask(self, *, log_in_again: bool, errand: Errand | None) -> None:
        waiting = self.unsaved_pages()
        if not waiting:
            self.leave_now(log_in_again=log_in_again, errand=errand)
            return
        where = "、".join(f"“{page.title}”" for page in waiting)
        question = f"{where}还有没保存的内容。现在离开，这些内容会丢失。"
        agreed = partial(self.leave_now, log_in_again=log_in_again, errand=errand)
        if self.lock.locked:
            self.lock.screen.confirm(question, "不保存，离开", agreed)
            return
        self.context.messages.confirm(
            question,
            "不保存，离开",
            agreed,
            refuse="回去继续",
            refused=lambda: self.show_page(waiting[0].key),
        )

    def leave_now(self, *, log_in_again: bool, errand: Errand | None = None) -> None:
        """Leave without a question."""
        if self._leaving:
            return
        self._leaving = True
        self.errand = errand
        self._figures.stop()
        self.lock.stop()
        self.ui.status.stop()
        self._preferences.geometry = self.saveGeometry()
        self.close()
        self.left.emit(log_in_again)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The window's cross ends the program, by the same question."""
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self.leave(log_in_again=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc that no field wanted goes back; Enter that nothing wanted presses the button under the cursor."""
        here, page = self.focusWidget(), self.current
        if is_plain_enter(event) and isinstance(here, QPushButton):
            if not event.isAutoRepeat():
                here.click()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif page is None or not page.go_back():
            self.back()

    @property
    def current(self) -> Page | None:
        """The page that is open."""
        return cast("Page | None", self.ui.pages.currentWidget())

    # -- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        desk = self.context.desk
        self._name_unit()
        self.ui.practiceBadge.setVisible(desk.practice)
        set_style(self.ui.frame, tone="practice" if desk.practice else "")
        self.ui.account.setText(f"{desk.actor.role.label} {desk.actor.name} ▾")
        self.ui.account.setAccessibleName(f"当前账户：{desk.actor.role.label} {desk.actor.name}，打开菜单")
        self.menu = AccountMenu(self._theme, self._preferences, self)
        self.ui.account.setMenu(self.menu)
        named = [entry for entry in self._entries.values() if entry.shortcut]
        self.ui.navigation.fill(named, self._theme.icons)
        for entry in named:
            on_key(entry.shortcut, self.ui.frame, partial(self.show_page, entry.key))
        self.ui.messages.dress(self._theme)
        self.ui.status.start(desk.now, practice=desk.practice)
        if desk.may(Permission.SEARCH):
            self.ui.omnibox.serve(
                self.context.tasks, lambda text: lookup.search(desk, text), may_register="registration" in self._entries
            )
            self._figures.start()

    def _connect(self) -> None:
        self.menu.lock_wanted.connect(self.lock.lock)
        self.lock.other_wanted.connect(lambda: self.leave(log_in_again=True))
        self.lock.changed.connect(self._title)
        self.menu.password_wanted.connect(self.password.open_empty)
        self.password.changed.connect(self._begin)
        self.password.log_out_wanted.connect(lambda: self.leave(log_in_again=True))
        self.menu.log_out_wanted.connect(lambda: self.leave(log_in_again=True))
        self.menu.end_wanted.connect(self.close)
        self.ui.navigation.chosen.connect(self.show_page)
        self.ui.omnibox.matter_chosen.connect(self.open_matter)
        self.ui.omnibox.new_wanted.connect(self.register_new)
        self.ui.keys.clicked.connect(self.show_keys)
        on_key("F1", self.ui.frame, self.show_keys)
        on_key("Ctrl+K", self.ui.frame, self._to_omnibox)
        self._figures.timeout.connect(self._read_figures)
        self.changes.changed.connect(self._on_changed)
        self.context.messages.said.connect(self.ui.messages.say)
        self.context.messages.ask_requested.connect(self._on_asked)
        self.context.tasks.busy_changed.connect(self.ui.status.show_busy)
        self._theme.changed.connect(self._dress)

    # -- pages -------------------------------------------------------------------------------------------------------

    def _open(self, key: str) -> Page | None:
        """Show a page and remember the way; None when this person does not have it."""
        if key not in self._entries:
            return None
        if key not in self._history[-1:]:
            self._history = [*(one for one in self._history if one != key), key]
        return self._enter(key)

    def _enter(self, key: str) -> Page:
        page = self._made.get(key)
        if page is None:
            page = self._made[key] = self._entries[key].make(self.context)
            page.setAccessibleName(page.title)
            page.draft_said.connect(self.ui.status.show_draft)
            self.ui.pages.addWidget(page)
        if self.current is not page:
            self.ui.messages.clear()
        self.ui.pages.setCurrentWidget(page)
        self.ui.navigation.select(key)
        self._title()
        page.refresh()
        page.focus_first()
        return page

    def _title(self) -> None:
        page = self.current
        if page is not None and not self.lock.locked:
            practice = "【练习】" if self.context.desk.practice else ""
            self.setWindowTitle(f"{practice}{page.title} · 最多访一次")

    def _name_unit(self) -> None:
        unit = self.context.desk.unit
        self.ui.unit.setText(f"{unit.name} · {unit.window_no} 窗口")

    def _on_changed(self, what: frozenset[str]) -> None:
        page = self.current
        if page is not None and what & page.shows():
            page.refresh()
        if "unit" in what:
            self._name_unit()
        if what & {"visits", "consultations", "printers", "slips"}:
            self._read_figures()
        if "drafts" in what:
            self._read_drafts()

    # -- what the frame itself shows ---------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """The keys of this page and those that work everywhere."""
        pages = [KeyHelp(one.shortcut, one.word) for one in self._entries.values() if one.shortcut]
        search = [KeyHelp("Ctrl+K", "找人、找件")] if self.ui.omnibox.isVisible() else []
        everywhere = [*pages, *search, KeyHelp("Esc", "返回"), KeyHelp(LOCK_KEY, "锁屏"), KeyHelp("F1", "按键一览")]
        page = self.current
        if page is not None:
            self.keys.show_keys(page.title, page.key_help(), everywhere)

    def _to_omnibox(self) -> None:
        self.ui.omnibox.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.ui.omnibox.selectAll()

    def _read_figures(self) -> None:
        desk = self.context.desk
        if desk.may(Permission.SEARCH):
            # figures that cannot be read now are read again in a minute; the page itself tells what is wrong
            self.context.tasks.run(lambda: lookup.today(desk).figures, self._show_figures, _say_nothing, owner=self)
        if self._printer_words is not None and desk.may(Permission.PRINT_SLIP):
            self.context.tasks.run(self._printer_words, self._show_printer, _say_nothing, owner=self)

    def _read_drafts(self) -> None:
        desk = self.context.desk
        self.context.tasks.run(lambda: drafts.offered(desk), self._show_drafts, _say_nothing, owner=self)

    def _show_drafts(self, rows: tuple[DraftRow, ...]) -> None:
        open_ = frozenset[int]().union(*(page.open_drafts() for page in self._made.values()))
        waiting = Counter(_PAGE_OF[row.kind] for row in rows if row.draft_id not in open_)
        self.ui.navigation.show_drafts(waiting)

    def _show_printer(self, state: tuple[str, str]) -> None:
        self.ui.status.show_printer(*state)

    def _show_figures(self, figures: DayFigures) -> None:
        self.ui.status.show_day(figures.batches, figures.persons)
        self.ui.navigation.show_counts({"consultation": figures.waiting})

    def _on_asked(self, question: Question) -> None:
        self.asking.ask(question)

    # -- look --------------------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        colours = self._theme.colours
        self.menu.show_look()
        edge = em(self, 1.3)
        for button, name in ((self.ui.account, "person"), (self.ui.keys, "keyboard")):
            button.setIcon(icon(self._theme.icons, name, colours.soft, edge))
            button.setIconSize(QSize(edge, edge))
        self.ui.navigation.dress(colours)


def _say_nothing(_: PlainFault) -> None:
    """For what the person did not ask for."""
