"""What the windows of this package have in common: ask, work with a bar, tell, go back to the log-in."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.rescue_window import Ui_RescueForm
from onevisit.ui.errand import Errand
from onevisit.ui.rescue.doors import RescueDoors
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.once import OneClick
from onevisit.ui.widgets.style import announce, em, set_style

T = TypeVar("T")
_WIDE, _HIGH = 52, 38


class RescueWindow(QWidget):
    """A window of its own while nobody is logged in; a subclass says what is asked and what is done.

    Attributes:
        errand: what the window was opened for.

    Signals:
        left(str, str): back to the log-in: the name to begin with, and a sentence of what was done, if anything was.
        next_wanted(Errand): the person goes on with something else of this package.
    """

    left = Signal(str, str)
    next_wanted = Signal(object)

    def __init__(self, errand: Errand, tasks: Tasks, doors: RescueDoors) -> None:
        super().__init__()
        self.errand = errand
        self.doors = doors
        self.ui = Ui_RescueForm()
        self.ui.setupUi(self)
        OneClick(self)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self._said = ("", "")
        self._leaving = False
        self.ui.trouble.hide()
        self.ui.back.clicked.connect(self.go_back)
        self.ui.go.clicked.connect(self.go_on)
        for button in (self.ui.back, self.ui.go):
            button.setAutoDefault(True)
        self.ensurePolished()
        self.resize(em(self, _WIDE) + 48, em(self, _HIGH) + 48)

    @property
    def told(self) -> bool:
        """Whether the work is done and what came of it stands there."""
        return self.ui.stack.currentWidget() is self.ui.told

    def name_it(self, title: str, heading: str, lead: str, verb: str) -> None:
        """Give the window its words."""
        practice = "【练习】" if self.errand.practice else ""
        self.setWindowTitle(f"{practice}最多访一次 · {title}")
        self.ui.heading.setText(f"{practice}{heading}")
        self.ui.lead.setText(lead)
        self.ui.go.setText(verb)

    def begin(self) -> None:
        """Do what the go button stands for, with what is typed."""
        raise NotImplementedError

    def stops(self) -> tuple[QWidget, ...]:
        """The fields that Enter goes through, in order."""
        return ()

    # -- what the person does ----------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Begin; or, once it is done, go to the log-in."""
        if self.told:
            self.go_back()
        elif not self.ui.work.working:
            self.say_trouble("")
            self.begin()

    def go_back(self) -> None:
        """Back to the log-in; work that is on its way is stopped or awaited first."""
        if self.ui.work.working:
            self.say_trouble("还没有做完。要停下请按“取消”，数据不会有任何变化；或者等它做完。")
        else:
            self._leaving = True
            self.left.emit(*self._said)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """The window's cross goes back to the log-in."""
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self.go_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field, the last one begins; Esc goes back."""
        here = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif is_plain_enter(event) and isinstance(here, QPushButton):
            if not event.isAutoRepeat():
                here.click()
        elif is_plain_enter(event):
            stops = self.stops()
            place = stops.index(here) + 1 if here in stops else 0
            (*stops, self.ui.go)[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The type is known for certain only now."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    # -- for subclasses ----------------------------------------------------------------------------------------------

    def carry(self, work: Callable[[Progress], T], done: Callable[[T], None], what: str) -> None:
        """Run the long work; what was asked rests meanwhile."""
        if self.ui.work.carry(self._tasks, self.ui.go, work, done, self.on_failed, what=what, stopped=self._on_stopped):
            self.ui.asking.setEnabled(False)
            self.ui.back.setEnabled(False)

    def on_failed(self, fault: PlainFault) -> None:
        """Say what the world did; what was typed stays."""
        self._ask_again(fault.sentence)

    def tell(self, heading: str, sentences: tuple[str, ...], login: str, said: str) -> None:
        """Say what was done; from here the only way is the log-in, which says it once more in ``said``."""
        self._said = (login, said)
        self.ui.heading.setText(f"{'【练习】' if self.errand.practice else ''}{heading}")
        self.ui.lead.hide()
        for place, sentence in enumerate(sentences):
            self.ui.toldColumn.insertWidget(place, plain_label(sentence))
        self.ui.stack.setCurrentWidget(self.ui.told)
        self.ui.back.hide()
        self.ui.go.setText("去登录")
        self.ui.go.setFocus()
        announce(self, f"{heading}。{''.join(sentences)}")

    def say_trouble(self, sentence: str, tone: str = "fault") -> None:
        """Say what stands in the way, or that nothing does (empty)."""
        for widget in (self.ui.trouble, self.ui.troubleText):
            set_style(widget, tone=tone)
        self.ui.troubleText.setText(sentence)
        self.ui.trouble.setVisible(bool(sentence))
        announce(self, sentence)

    def _on_stopped(self) -> None:
        self._ask_again("已经取消，数据没有任何变化。", "attention")

    def _ask_again(self, sentence: str, tone: str = "fault") -> None:
        self.ui.asking.setEnabled(True)
        self.ui.back.setEnabled(True)
        self.say_trouble(sentence, tone)

    def _fit(self) -> None:
        self.ui.panel.setMaximumSize(em(self, _WIDE), em(self, _HIGH))
