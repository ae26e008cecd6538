"""What is said, and the bar that shows it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from onevisit.rules.faults import PlainFault
from onevisit.ui.asking import AskCard
from onevisit.ui.message_bar import FADE_SECONDS, MOST_LINES, MessageBar
from onevisit.ui.messages import Messages, Question
from onevisit.ui.theme import Theme


@pytest.fixture
def bar(theme: Theme, messages: Messages, qtbot: QtBot) -> MessageBar:
    made = MessageBar()
    made.dress(theme)
    qtbot.addWidget(made)
    messages.said.connect(made.say)
    return made


def test_everything_that_is_said_is_heard(messages: Messages, said: list[tuple[str, str]]) -> None:
    messages.fine("已登记。")
    messages.attention("律师不在岗。")
    messages.failed(PlainFault("没有打印机，请接通后再试。"))
    assert said == [("fine", "已登记。"), ("attention", "律师不在岗。"), ("fault", "没有打印机，请接通后再试。")]


def test_no_sentence_reaches_the_log(messages: Messages, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        messages.fault("没有找到王伟。")
        messages.failed(PlainFault("没有找到王伟。"))
    assert caplog.records
    assert "王伟" not in caplog.text


def test_a_fault_stays_until_it_is_closed(bar: MessageBar, messages: Messages) -> None:
    messages.fault("没有打印机，请接通后再试。")
    bar.clear()
    assert [line.sentence for line in bar.lines] == ["没有打印机，请接通后再试。"]
    assert not bar.lines[0].fading.isActive()
    bar.lines[0].leave.click()
    assert bar.lines == []
    assert bar.isHidden()


def test_a_fine_message_fades(bar: MessageBar, messages: Messages, qtbot: QtBot) -> None:
    messages.fine("已登记。")
    fading = bar.lines[0].fading
    assert fading.remainingTime() <= FADE_SECONDS * 1100
    fading.start(0)
    qtbot.waitUntil(lambda: bar.lines == [])
    assert bar.isHidden()


def test_the_same_sentence_stands_there_once(bar: MessageBar, messages: Messages) -> None:
    messages.fault("没有打印机，请接通后再试。")
    messages.fault("没有打印机，请接通后再试。")
    assert len(bar.lines) == 1


def test_a_fine_message_gives_way_to_faults(bar: MessageBar, messages: Messages) -> None:
    messages.fine("已登记。")
    for number in range(MOST_LINES):
        messages.fault(f"第 {number} 台打印机没有应答。")
    assert len(bar.lines) == MOST_LINES
    assert {line.tone.value for line in bar.lines} == {"fault"}


def test_a_message_is_shown_as_it_was_typed(bar: MessageBar, messages: Messages) -> None:
    messages.fault("<b>王伟</b> & 其他")
    line = bar.lines[0]
    assert line.text.text() == "<b>王伟</b> & 其他"
    assert line.accessibleName() == "没有做成：<b>王伟</b> & 其他"
    assert bar.lines[0].word.text(), "never by colour alone"


@pytest.fixture
def desk_top(theme: Theme, qtbot: QtBot) -> tuple[QWidget, QPushButton, AskCard]:
    """A window with one button and the card that may lie over it."""
    window, below = QWidget(), QWidget()
    below.setParent(window)
    QVBoxLayout(window).addWidget(below)
    button = QPushButton("清空", below)
    qtbot.addWidget(window)
    card = AskCard(window, below)
    window.resize(600, 400)
    with qtbot.waitActive(window):
        window.show()
    button.setFocus()
    return window, button, card


def test_a_question_is_refused_by_esc_and_by_enter(
    desk_top: tuple[QWidget, QPushButton, AskCard], qtbot: QtBot
) -> None:
    _, button, card = desk_top
    answers: list[str] = []
    question = Question("清空后不能恢复。", "清空", lambda: answers.append("是"), refused=lambda: answers.append("否"))
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        card.ask(question)
        assert card.refuse.hasFocus()
        qtbot.keyClick(card.refuse, key)
        qtbot.waitUntil(card.isHidden)
    assert answers == ["否", "否"]
    assert button.hasFocus()


def test_the_verb_does_it_and_nothing_below_works_meanwhile(
    desk_top: tuple[QWidget, QPushButton, AskCard], qtbot: QtBot
) -> None:
    _, button, card = desk_top
    answers: list[str] = []
    card.ask(Question("清空后不能恢复。", "清空", lambda: answers.append("是")))
    assert not button.isEnabled()
    assert card.agree.text() == "清空"
    card.agree.click()
    assert answers == ["是"]
    assert button.isEnabled()
    assert button.hasFocus()
