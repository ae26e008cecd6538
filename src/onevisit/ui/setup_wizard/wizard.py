"""The set-up wizard: from the choice of how to begin to a founded house; nothing is written before its last step."""

from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from onevisit.desk.desk import system_clock
from onevisit.desk.founding import SetUp, SetUpForm, check_set_up
from onevisit.desk.house import House
from onevisit.devices.printers import QueueInfo
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.slip import UnitCard
from onevisit.ui._forms.setup_wizard import Ui_SetUpWizardForm
from onevisit.ui.asking import AskCard
from onevisit.ui.messages import Messages, Question
from onevisit.ui.system.sheets import HouseSheets, keeps_a_file
from onevisit.ui.system.unit_fields import UnitFields
from onevisit.ui.tasks import Tasks
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.once import OneClick, on_key
from onevisit.ui.widgets.style import announce, em, set_style


class Step(IntEnum):
    """The pages in their order."""

    CHOICE = 0
    UNIT = 1
    ADMINISTRATOR = 2
    CODE = 3
    CHECK = 4


_HEADINGS = ("怎样开始", "单位信息", "管理员账户", "恢复码", "照着纸输一遍")
_WIDE, _HIGH, _AROUND = 58, 41, 48


class SetUpWizard(QWidget):
    """First start, as a window of its own.

    Args:
        house: the house of real work, not founded yet.
        tasks: the worker.
        messages: asks before something typed is lost.
        sheets: prints the recovery code.
        begin: open the unit's page at once, because the choice was made elsewhere; 上一步 still leads to it.

    Signals:
        founded(str): the house stands; the administrator's log-in name, to begin with.
        practice_chosen(): practice mode is wanted instead.
        closed(): the window was closed before anything was founded; nothing is on the disk.
    """

    founded = Signal(str)
    practice_chosen = Signal()
    closed = Signal()

    def __init__(
        self, house: House, tasks: Tasks, messages: Messages, sheets: HouseSheets, *, begin: bool = False
    ) -> None:
        super().__init__()
        self.ui = Ui_SetUpWizardForm()
        self.ui.setupUi(self)
        OneClick(self)
        self._house, self._tasks, self._messages, self._sheets = house, tasks, messages, sheets
        self._set_up: SetUp | None = None
        self._founding = self._leaving = False
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.asking = AskCard(self, self.ui.panel)
        self._steps = [self._step_label(step) for step in Step if step is not Step.CHOICE]
        self._fill()
        self._connect()
        self.resize(self.opening_size())
        self._go(Step.UNIT if begin else Step.CHOICE)

    @property
    def step(self) -> Step:
        """Which page is open."""
        return Step(self.ui.stack.currentIndex())

    def form(self) -> SetUpForm:
        """What is typed so far."""
        card, own = self.ui.unitFields.card(), self.ui.administratorFields.ui
        return SetUpForm(
            unit_name=card.name,
            unit_address=card.address,
            unit_phone=card.phone,
            opening_hours=card.opening_hours,
            region_code=card.region_code,
            window_no=card.window_no,
            login=own.login.text(),
            name=own.name.text(),
            staff_no=own.staffNo.text(),
            password=own.password.text(),
            password_again=own.again.text(),
        )

    def opening_size(self) -> QSize:
        """As large as the panel with the ground around it, in the present type."""
        self.ensurePolished()
        return QSize(em(self, _WIDE) + _AROUND, em(self, _HIGH) + _AROUND)

    def unsaved(self) -> bool:
        """Whether closing would lose something that was typed."""
        return not self._leaving and (self.step is not Step.CHOICE or self.form() != SetUpForm())

    # -- building ---------------------------------------------------------------------------------------------------

    def _step_label(self, step: Step) -> QLabel:
        label = plain_label("", wrap=False)
        self.ui.steps.addWidget(label)
        label.setText(f"　{int(step)}　{_HEADINGS[step]}")
        return label

    def _fill(self) -> None:
        ui, empty = self.ui, SetUpForm()
        ui.real.set_words(
            "正式启用", "填写单位信息，设好管理员账户，保存好恢复码。大约三分钟，最好打印机已经接好。", "Alt+1"
        )
        ui.practice.set_words(
            "先进练习模式", "用虚构的人和现成的账户随便试，每一页、每一张纸都写着“练习”。不影响以后正式启用。", "Alt+2"
        )
        card = UnitCard(
            empty.unit_name,
            empty.unit_address,
            empty.unit_phone,
            empty.opening_hours,
            empty.region_code,
            empty.window_no,
        )
        ui.unitFields.fill(card)
        ui.administratorFields.ui.login.setText(empty.login)
        ui.administratorFields.ui.staffNo.setText(empty.staff_no)

    def _connect(self) -> None:
        ui = self.ui
        ui.real.clicked.connect(lambda: self._go(Step.UNIT))
        ui.practice.clicked.connect(self._on_practice)
        ui.back.clicked.connect(self.go_back)
        ui.next.clicked.connect(self.go_on)
        ui.code.print_wanted.connect(self._on_print_wanted)
        self._messages.ask_requested.connect(self._on_asked)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            on_key(keys, self.ui.panel, self.go_on)

    # -- what the person does ---------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Check the page that is open and go to the next one; the last one founds the house."""
        if self._founding or self.step is Step.CHOICE:
            return
        self._say_trouble("")
        if self.step is Step.CHECK:
            self._found()
        elif not self._faults_here():
            if self.step is Step.ADMINISTRATOR and not self._prepare():
                return
            self._go(Step(self.step + 1))

    def go_back(self) -> None:
        """Return to the page before; everything typed stays."""
        if not self._founding and self.step is not Step.CHOICE:
            self._say_trouble("")
            self._go(Step(self.step - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field, then to the button; Esc goes back a page."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif is_plain_enter(event):
            self._next_field()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Ask once before anything typed is lost; while the house is being founded there is no way out."""
        if self._founding:
            event.ignore()
        elif self.unsaved():
            event.ignore()
            self._messages.confirm(
                "设置还没有完成。现在关闭，填写的内容不会保留，磁盘上也不会留下任何数据；下次打开从头再来。",
                "关闭",
                self._leave,
                refuse="继续设置",
            )
        else:
            event.accept()
            if not self._leaving:
                self._leaving = True
                self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the panel at a size that is easy to read."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin where the work begins."""
        super().showEvent(event)
        self._fit()
        self._focus_first()

    # -- steps ------------------------------------------------------------------------------------------------------

    def _go(self, step: Step) -> None:
        ui = self.ui
        ui.stack.setCurrentIndex(step)
        for place in range(ui.stack.count()):  # the page that is open alone tells how tall the stack must be
            vertical = QSizePolicy.Policy.Preferred if place == step else QSizePolicy.Policy.Ignored
            ui.stack.widget(place).setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        ui.scroll.verticalScrollBar().setValue(0)
        ui.heading.setText(_HEADINGS[step])
        ui.back.setVisible(step is not Step.CHOICE)
        ui.next.setVisible(step is not Step.CHOICE)
        ui.next.setText("建立  Ctrl+↵" if step is Step.CHECK else "下一步  Ctrl+↵")
        for number, label in enumerate(self._steps, start=1):
            mark = "✓" if number < step else str(number)
            label.setText(f"{'▸' if number == step else '　'} {mark}　{_HEADINGS[number]}")
            set_style(label, role="section" if number == step else "quiet", tone="info" if number == step else "")
        self._say_trouble("")
        self._show_waiting(waiting=False)
        if step is Step.CODE and self._set_up is not None:
            ui.code.show_code(self._set_up.recovery_code)
            self._tasks.run(self._sheets.known, ui.code.show_queues, self._on_no_queues, owner=self)
        if step is Step.CHECK and self._set_up is not None:
            ui.check.compare_with(self._set_up)
        self._focus_first()
        announce(self, _HEADINGS[step])

    def _focus_first(self) -> None:
        ui = self.ui
        if self.step is Step.CHECK:
            ui.check.setFocus()
            ui.check.focus_wanted()
            return
        firsts = {Step.CHOICE: ui.real, Step.UNIT: ui.unitFields, Step.ADMINISTRATOR: ui.administratorFields}
        firsts.get(self.step, ui.next).setFocus()

    def _faults_here(self) -> bool:
        """Show the faults of the page that is open; whether there are any."""
        faults = check_set_up(self.form())
        ours = UnitFields.names()
        if self.step is Step.UNIT:
            return self.ui.unitFields.show_faults(fault for fault in faults if fault.field in ours)
        if self.step is Step.ADMINISTRATOR:
            own = [fault for fault in faults if fault.field not in ours]
            return self.ui.administratorFields.show_faults(own)
        return False

    def _prepare(self) -> bool:
        """Make the recovery code; one that was printed already stays the same when the form is mended later."""
        form = self.form()
        faults: tuple[Fault, ...] = check_set_up(form)
        if faults:  # the unit's page was left with a fault; it cannot be, but nothing half-checked goes on
            self._say_trouble(faults[0].sentence)
            return False
        self._set_up = replace(self._set_up, form=form) if self._set_up else self._house.prepare(form)
        return True

    def _next_field(self) -> None:
        here = self.focusWidget()
        if isinstance(here, QPushButton):
            here.click()
            return
        stops = self._stops()
        place = stops.index(here) if here in stops else len(stops) - 1
        following = next((stop for stop in stops[place + 1 :] if stop.isVisible()), self.ui.next)
        following.setFocus(Qt.FocusReason.TabFocusReason)

    def _stops(self) -> tuple[QWidget, ...]:
        """The fields of the page that is open, in order."""
        ui = self.ui
        pages = {
            Step.UNIT: ui.unitFields.stops(),
            Step.ADMINISTRATOR: ui.administratorFields.stops(),
            Step.CODE: ui.code.stops(),
            Step.CHECK: ui.check.stops(),
        }
        return pages.get(self.step, (ui.real,))

    # -- printing the code ------------------------------------------------------------------------------------------

    def _on_no_queues(self, fault: PlainFault) -> None:
        self.ui.code.show_queues((), f"{fault.sentence} 也可以用笔抄下来，写清楚每一组。")

    def _on_print_wanted(self, queue: QueueInfo) -> None:
        if keeps_a_file(queue):
            self._messages.confirm(
                f"“{queue.label}”看起来不是出纸的打印机，恢复码会成为一个谁都能打开的文件。建议换一台，或用笔抄下来。",
                "仍然发送",
                lambda: self._print(queue),
            )
        else:
            self._print(queue)

    def _print(self, queue: QueueInfo) -> None:
        if self._set_up is None:
            return
        name, code, at = self._set_up.form.unit_name, self._set_up.recovery_code, system_clock()
        self._tasks.run_once(
            self.ui.code.ui.print,
            lambda: self._sheets.print_recovery(name, code, at, queue.name),
            lambda _: self.ui.code.say(f"✓ 已送到“{queue.label}”。请看一眼纸：8 组是否和屏幕上的一样。", "fine"),
            lambda fault: self.ui.code.say(f"{fault.sentence} 也可以用笔抄下来。", "fault"),
        )

    # -- founding ---------------------------------------------------------------------------------------------------

    def _found(self) -> None:
        set_up, typed = self._set_up, self.ui.check.code.code()
        if set_up is None or not self.ui.check.right():
            announce(self, self.ui.check.complaint())  # it stands below the boxes already
            self.ui.check.focus_wanted()
            return
        self._founding = True
        self._show_waiting(waiting=True)
        self._tasks.run(lambda: self._house.found(set_up, typed), self._on_founded, self._on_not_founded, owner=self)

    def _on_founded(self, _: None) -> None:
        self._founding, self._leaving = False, True
        login = self.form().login.strip()
        self._forget()
        self.founded.emit(login)

    def _on_not_founded(self, fault: PlainFault) -> None:
        self._founding = False
        self._show_waiting(waiting=False)
        self._say_trouble(fault.sentence)
        self._focus_first()

    def _forget(self) -> None:
        """Keep neither the code nor a password in memory longer than needed."""
        self._set_up = None
        self.ui.administratorFields.pair.clear()
        self.ui.check.code.clear()
        self.ui.code.show_code("")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show_waiting(self, *, waiting: bool) -> None:
        ui = self.ui
        ui.bar.setVisible(waiting)
        ui.waitingText.setVisible(waiting)
        ui.waitingText.setText("正在建立加密的数据，只要几秒钟，请不要关机。" if waiting else "")
        for widget in (ui.back, ui.next, ui.check):
            widget.setEnabled(not waiting)
        if waiting:
            announce(self, ui.waitingText.text())

    def _say_trouble(self, sentence: str) -> None:
        self.ui.troubleText.setText(sentence)
        self.ui.trouble.setVisible(bool(sentence))
        announce(self, sentence)

    def _fit(self) -> None:
        self.ui.panel.setFixedSize(
            max(320, min(self.width() - _AROUND, em(self, _WIDE))),
            max(240, min(self.height() - _AROUND, em(self, _HIGH))),
        )

    def _on_practice(self) -> None:
        self._leaving = True
        self.practice_chosen.emit()

    def _on_asked(self, question: Question) -> None:
        self.asking.ask(question)

    def _leave(self) -> None:
        self._leaving = True
        self._forget()
        self.closed.emit()  # first: another window must be there before the last one goes
        self.close()
