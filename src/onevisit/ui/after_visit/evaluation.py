"""评价: a screen that the visitor looks at alone: one plain question, three large answers, and none at all.

Nothing on it tells who is asked or about what, and nobody answers for the visitor.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from onevisit.desk import evaluation
from onevisit.desk.desk import Desk
from onevisit.desk.evaluation import Invitation
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.after_evaluation import Ui_AfterEvaluationForm
from onevisit.ui.page import Context
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import children
from onevisit.ui.widgets.once import OneClick
from onevisit.ui.widgets.style import announce

_QUESTIONS: Final = {
    EvaluationSubject.WINDOW: "您对今天窗口的接待满意吗？",
    EvaluationSubject.ORGAN: "您对负责办理的单位满意吗？",
}
_THANKS: Final = "谢谢您！请把屏幕交还窗口工作人员。"
_NOT_KEPT: Final = "没有记下来，请告诉窗口工作人员。"
_BACK: Final = "工作人员请按 Esc 返回。"
_LEAD: Final = "请您自己选，工作人员不代选。"


class EvaluationScreen(QWidget):
    """Asks one subject after the other; on a second screen where there is one.

    Signals:
        finished(): the visitor is through, or the clerk closed it by Esc.
    """

    finished = Signal()

    def __init__(self, context: Context, invitation: Invitation, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("评价")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        OneClick(self)
        parent.window().installEventFilter(self)
        self.ui = Ui_AfterEvaluationForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._context, self._invitation = context, invitation
        self._left = list(invitation.asked)
        self._on_its_way = False
        self._only_screen = True
        self._answers: dict[QPushButton, EvaluationValue] = {
            self.ui.satisfied: EvaluationValue.SATISFIED,
            self.ui.basically: EvaluationValue.BASICALLY,
            self.ui.dissatisfied: EvaluationValue.DISSATISFIED,
        }
        for button, value in self._answers.items():
            button.clicked.connect(partial(self._answer, button, value))
        self.ui.decline.clicked.connect(self._decline)
        self.ui.done.clicked.connect(self.close)
        self._ask_next()

    def present(self) -> None:
        """Show it large: on the screen that faces the visitor where there is a second one."""
        parent = self.parentWidget()
        here = parent.screen() if parent is not None else None
        other = [screen for screen in QGuiApplication.screens() if screen is not here]
        if other:
            self.setGeometry(other[0].geometry())
        elif here is not None:
            self.setGeometry(here.geometry())
        self._only_screen = not other
        # beside a screen of the visitor's own the clerk may go on; on the only one no key may reach what lies below
        modality = Qt.WindowModality.NonModal if other else Qt.WindowModality.ApplicationModal
        self.setWindowModality(modality)
        self.showFullScreen()
        self.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802 - Qt's name and shape
        """It goes with the clerk's window: nobody is asked any more when the clerk has logged out."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self.close()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """1, 2 and 3 answer; Esc is the clerk's way back."""
        digit = event.key() - Qt.Key.Key_1
        buttons = list(self._answers)
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif 0 <= digit < len(buttons) and not event.isAutoRepeat() and buttons[digit].isVisible():
            buttons[digit].click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that it is over; what was not answered waits."""
        super().closeEvent(event)
        self.finished.emit()

    def _ask_next(self) -> None:
        self._say("")
        over = not self._left
        self.ui.question.setText(_THANKS if over else _QUESTIONS[self._left[0][0]])
        # on the only screen the clerk alone leads back: below lies what the visitor need not see
        closes = over and not self._only_screen
        self.ui.lead.setText(_LEAD if not over else "" if closes else _BACK)
        for widget in (self.ui.answersBar, self.ui.decline, self.ui.foot):
            widget.setVisible(not over)
        self.ui.done.setVisible(closes)
        # no answer is chosen before the visitor chooses one
        (self.ui.done if closes else self).setFocus()
        announce(self, self.ui.question.text())

    def _answer(self, button: QAbstractButton, value: EvaluationValue) -> None:
        self._send(button, lambda desk, shown, asked: evaluation.answer(desk, shown, asked, value))

    def _decline(self) -> None:
        self._send(self.ui.decline, evaluation.decline)

    def _send(self, button: QAbstractButton, work: Callable[[Desk, Seen, int], None]) -> None:
        # one answer to each question: whoever touches two has given the first
        if self._on_its_way or not self._left:
            return
        desk, shown, asked = self._context.desk, self._invitation.shown, self._left[0][1]
        self._on_its_way = True
        self._context.tasks.run_once(button, lambda: work(desk, shown, asked), self._on_kept, self._on_failed)

    def _on_kept(self, _: None) -> None:
        self._on_its_way = False
        del self._left[0]
        self._ask_next()

    def _on_failed(self, fault: PlainFault) -> None:
        self._on_its_way = False
        # what went wrong is for the clerk: it may say more than the next visitor in the queue should read
        self._say(_NOT_KEPT)
        self._context.messages.fault(fault.sentence)

    def _say(self, sentence: str) -> None:
        self.ui.fault.setText(sentence)
        self.ui.fault.setVisible(bool(sentence))


def ask_visitor(context: Context, button: QAbstractButton, visit_id: int, parent: QWidget) -> None:
    """Let whoever came with a visit answer: the screen comes up, or the message bar says why not."""
    desk = context.desk

    def show(invitation: Invitation) -> None:
        for before in children(parent.window(), EvaluationScreen):
            before.close()  # whoever walked away from it is not asked on it any more
        screen = EvaluationScreen(context, invitation, parent.window())
        screen.finished.connect(partial(context.changes.say, "matters"))
        screen.present()

    context.tasks.run_once(button, lambda: evaluation.invite(desk, visit_id), show)
