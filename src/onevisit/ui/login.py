"""The log-in window: it shows before the store's libraries are loaded, and asks for as little as possible.

It knows no desk: what it needs is handed in as plain functions that run on the worker.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from onevisit.rules.accounts import password_fault
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.login import Ui_LoginForm
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.tasks import Progress, Tasks, Told
from onevisit.ui.theme import Theme
from onevisit.ui.widgets.once import OneClick
from onevisit.ui.widgets.style import announce, em, set_style


class Way(Enum):
    """What the window asks for."""

    LOG_IN = auto()
    READY = auto()
    RECOVER = auto()
    FIRST = auto()


@dataclass(frozen=True, slots=True)
class ReadyAccount:
    """An account of the practice store, offered as a large button."""

    login: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Doors:
    """What the window can do; each runs on the worker and raises ``PlainFault`` with the sentence to show.

    Attributes:
        log_in: opens the store with a name and a password and gives the desk; tells how far it is, since a store of
            an older program is brought up to date first.
        recover: gives an administrator a new password: code, name, new password.
        enter_ready: opens the practice store with a ready account.
    """

    log_in: Callable[[str, str, Told], object]
    recover: Callable[[str, str, str], None]
    enter_ready: Callable[[str], object]


class LoginWindow(QWidget):
    """Name and password; or, in practice, one press.

    Signals:
        entered(object): the desk of whoever logged in.
        practice_wanted(): the person wants to practise.
        practice_left(): the person wants the real store again.
        set_up_wanted(): nothing is set up yet, and the person wants to begin.
        rescue_wanted(Errand): the data is to be restored from a backup, or what is readable of it is to be saved.
    """

    entered = Signal(object)
    practice_wanted = Signal()
    practice_left = Signal()
    set_up_wanted = Signal()
    rescue_wanted = Signal(object)

    def __init__(self, tasks: Tasks, theme: Theme, doors: Doors) -> None:
        super().__init__()
        self.ui = Ui_LoginForm()
        self.ui.setupUi(self)
        OneClick(self)
        self.way = Way.LOG_IN
        self._tasks = tasks
        self._doors = doors
        self._theme = theme
        self.ready_buttons: list[QPushButton] = []
        self._connect()
        self.resize(960, 640)
        theme.changed.connect(self._measure)
        self._measure()
        self.show_way(Way.LOG_IN)

    def show_way(self, way: Way) -> None:
        """Ask for something else; what was said before goes."""
        self.way = way
        ui = self.ui
        page = {
            Way.LOG_IN: ui.logInWay,
            Way.READY: ui.readyWay,
            Way.RECOVER: ui.recoverWay,
            Way.FIRST: ui.firstWay,
        }[way]
        for label in (ui.fault, ui.readyFault, ui.recoverFault, ui.firstFault, ui.said):
            _say(label, "")
        ui.mend.hide()
        self._mark_fields()
        for other in (ui.logInWay, ui.readyWay, ui.recoverWay, ui.firstWay):
            other.setVisible(other is page)
        ui.badge.setVisible(way is Way.READY)
        set_style(ui.frame, tone="practice" if way is Way.READY else "")
        self.setWindowTitle("【练习】最多访一次 · 登录" if way is Way.READY else "最多访一次 · 登录")
        ui.capsLock.hide()
        self._focus_first()

    def offer(self, accounts: Sequence[ReadyAccount]) -> None:
        """Practice: show the ready accounts, one large button each."""
        for button in self.ready_buttons:
            button.deleteLater()
        self.ready_buttons = [self._ready_button(account) for account in accounts]
        self.show_way(Way.READY)

    def say(self, sentence: str, tone: str = "fine") -> None:
        """Show a sentence below the form: what went well."""
        _say(self.ui.said, sentence, tone)

    def say_unusable(self, fault: PlainFault) -> None:
        """Show what keeps the store from opening, and the way on where a backup helps."""
        self.say(fault.sentence, "fault")
        self._offer_rescue(fault)

    def begin_again(self, login: str, said: str) -> None:
        """After something that was done while nobody was logged in: say what, and ask for the password."""
        if login and self.way is Way.LOG_IN:
            self.begin_with(login)
        self.say(said)

    def begin_with(self, login: str) -> None:
        """Ask for the password of an account that was just made."""
        self.ui.login.setText(login)
        self.show_way(Way.LOG_IN)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The type is known for certain only now."""
        super().showEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        """The window grows with what is asked: Qt lets long sentences be squeezed, and their last line was cut off."""
        done = super().event(event)
        panel = self.ui.panel if event.type() == QEvent.Type.LayoutRequest else None
        if panel is not None and (layout := panel.layout()) is not None:
            panel.setMinimumHeight(layout.totalHeightForWidth(panel.width()))
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves the recovery."""
        if event.key() == Qt.Key.Key_Escape and self.way is Way.RECOVER:
            self.show_way(Way.LOG_IN)
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See by the letters of the password whether the caps lock is on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            locked = caps_lock_told_by(event)
            if locked is not None:
                self.ui.capsLock.setVisible(locked)
        elif event.type() == QEvent.Type.FocusOut:
            self.ui.capsLock.hide()
        return super().eventFilter(watched, event)

    # -- building ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui = self.ui
        ui.login.returnPressed.connect(ui.password.setFocus)
        ui.password.returnPressed.connect(self.log_in)
        ui.enter.clicked.connect(self.log_in)
        ui.login.textEdited.connect(self._forget_fault)
        ui.password.textEdited.connect(self._forget_fault)
        ui.password.installEventFilter(self)
        ui.forgot.clicked.connect(self._begin_recovery)
        ui.other.clicked.connect(self.practice_wanted)
        ui.firstPractice.clicked.connect(self.practice_wanted)
        ui.leavePractice.clicked.connect(self.practice_left)
        ui.setUp.clicked.connect(self.set_up_wanted)
        ui.recoverBack.clicked.connect(lambda: self.show_way(Way.LOG_IN))
        ui.recover.clicked.connect(self.recover)
        ui.recoverLogin.returnPressed.connect(ui.code.setFocus)
        ui.code.returnPressed.connect(ui.newPassword.setFocus)
        ui.newPassword.returnPressed.connect(ui.newAgain.setFocus)
        ui.newAgain.returnPressed.connect(self.recover)
        for restore in (ui.restore, ui.firstRestore, ui.mendRestore):
            restore.clicked.connect(lambda: self._want(Rescue.RESTORE))
        ui.mendSalvage.clicked.connect(lambda: self._want(Rescue.SALVAGE))
        for button in (
            ui.enter,
            ui.setUp,
            ui.firstPractice,
            ui.firstRestore,
            ui.recover,
            ui.recoverBack,
            ui.mendRestore,
            ui.mendSalvage,
        ):
            button.setAutoDefault(True)

    def _begin_recovery(self) -> None:
        self.ui.recoverLogin.setText(self.ui.login.text().strip())
        self.show_way(Way.RECOVER)

    def _ready_button(self, account: ReadyAccount) -> QPushButton:
        button = QPushButton(f"{account.role}　{account.name}", self.ui.readyWay)
        button.setProperty("role", "choice")
        button.setAutoDefault(True)
        button.setAccessibleName(f"以{account.role} {account.name} 的身份练习")
        button.clicked.connect(lambda: self._enter_ready(button, account.login))
        self.ui.readyButtons.addWidget(button)
        return button

    def _measure(self) -> None:
        self.ensurePolished()
        self.ui.panel.setFixedWidth(em(self, 26))

    def _focus_first(self) -> None:
        ui = self.ui
        first: QWidget = ui.password if ui.login.text() else ui.login
        if self.way is Way.READY and self.ready_buttons:
            first = self.ready_buttons[0]
        elif self.way is Way.RECOVER:
            first = ui.code if ui.recoverLogin.text() else ui.recoverLogin
        elif self.way is Way.FIRST:
            first = ui.setUp
        first.setFocus()

    # -- logging in --------------------------------------------------------------------------------------------------

    def log_in(self) -> None:
        """Try what stands in the fields."""
        ui = self.ui
        login, password = ui.login.text().strip(), ui.password.text()
        if not login:
            self._refuse(ui.login, "请输入账号。")
        elif not password:
            self._refuse(ui.password, "请输入密码。")
        else:
            self._forget_fault()
            log_in = self._doors.log_in

            def work(progress: Progress) -> object:
                return log_in(login, password, progress.step)

            if ui.work.carry(self._tasks, ui.enter, work, self._on_entered, self._on_refused, what="正在打开数据…"):
                ui.enter.setText("正在登录…")

    def _on_entered(self, desk: object) -> None:
        self._empty()
        self.entered.emit(desk)

    def _on_refused(self, fault: PlainFault) -> None:
        self.ui.enter.setText("登录")
        self.ui.password.clear()
        self._refuse(self.ui.password, fault.sentence)
        self._offer_rescue(fault)

    def _offer_rescue(self, fault: PlainFault) -> None:
        self.ui.mend.setVisible(fault.backup_helps)
        if fault.backup_helps:
            self.ui.mendRestore.setFocus()

    def _want(self, rescue: Rescue) -> None:
        self.rescue_wanted.emit(Errand(rescue, self.ui.login.text().strip()))

    def _refuse(self, field: QLineEdit, sentence: str) -> None:
        _say(self.ui.fault, sentence)
        set_style(field, tone="fault")
        field.setAccessibleDescription(sentence)
        field.setFocus()
        announce(field, sentence)

    def _forget_fault(self) -> None:
        _say(self.ui.fault, "")
        _say(self.ui.said, "")
        self.ui.mend.hide()
        self._mark_fields()

    def _mark_fields(self) -> None:
        for field in (self.ui.login, self.ui.password):
            set_style(field, tone="")
            field.setAccessibleDescription("")

    def _enter_ready(self, button: QPushButton, login: str) -> None:
        enter = self._doors.enter_ready
        _say(self.ui.readyFault, "")
        _say(self.ui.said, "正在准备练习用的人和事…", "")
        self._tasks.run_once(button, lambda: enter(login), self._on_entered, self._on_ready_refused)

    def _on_ready_refused(self, fault: PlainFault) -> None:
        _say(self.ui.said, "")
        _say(self.ui.readyFault, fault.sentence)

    # -- the recovery code -------------------------------------------------------------------------------------------

    def recover(self) -> None:
        """Give an administrator a new password by the recovery code."""
        ui = self.ui
        login, code, new = ui.recoverLogin.text().strip(), ui.code.text().strip(), ui.newPassword.text()
        weak = password_fault(new, login)
        if not login:
            self._stop_at(ui.recoverLogin, "请输入管理员的账号。")
        elif not code:
            self._stop_at(ui.code, "请输入建立时抄下或打印的恢复码。")
        elif weak:
            self._stop_at(ui.newPassword, weak)
        elif new != ui.newAgain.text():
            self._stop_at(ui.newAgain, "两遍输入的新密码不一样，请再输一遍。")
        else:
            _say(ui.recoverFault, "")
            run = self._doors.recover
            self._tasks.run_once(
                ui.recover,
                lambda: run(code, login, new),
                lambda _: self._on_recovered(login),
                lambda fault: self._stop_at(ui.code, fault.sentence),
            )

    def _on_recovered(self, login: str) -> None:
        self._empty()
        self.begin_with(login)
        self.say("新密码已经设好，请用它登录。")

    def _stop_at(self, field: QLineEdit, sentence: str) -> None:
        _say(self.ui.recoverFault, sentence)
        field.setFocus()
        announce(field, sentence)

    # -- small things ------------------------------------------------------------------------------------------------

    def _empty(self) -> None:
        """No password stays in a field."""
        ui = self.ui
        for field in (ui.password, ui.code, ui.newPassword, ui.newAgain):
            field.clear()
        ui.enter.setText("登录")


def caps_lock_told_by(event: QKeyEvent) -> bool | None:
    """Tell by one typed letter whether the caps lock is on; None when the key tells nothing. Qt has no other way."""
    text = event.text()
    if len(text) != 1 or not text.isascii() or not text.isalpha():
        return False if event.key() == Qt.Key.Key_CapsLock else None
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    return text.isupper() != shifted


def _say(label: QLabel, sentence: str, tone: str = "fault") -> None:
    label.setText(sentence)
    label.setVisible(bool(sentence))
    set_style(label, tone=tone if sentence else "")
