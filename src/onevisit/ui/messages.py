"""The one way to tell the person at the window something: shown, logged without personal data, and seen by tests."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from onevisit.rules.faults import PlainFault

_log = logging.getLogger(__name__)


class Tone(StrEnum):
    """How a message is meant."""

    FINE = "fine"
    ATTENTION = "attention"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something that cannot be undone.

    Attributes:
        text: the question; what will be lost stands in it.
        verb: the word on the button that does it.
        agreed: called when the person presses that button; not called otherwise.
        refuse: the word on the button that leaves everything as it is.
        refused: called when the person leaves it.
    """

    text: str
    verb: str
    agreed: Callable[[], None]
    refuse: str = "取消"
    refused: Callable[[], None] | None = None


class Messages(QObject):
    """Says one plain sentence; the frame shows it in its message bar, tests listen to ``said``.

    Signals:
        said(str, str): tone and sentence.
        ask_requested(Question): something that cannot be undone waits for an answer.
    """

    said = Signal(str, str)
    ask_requested = Signal(object)

    def fine(self, sentence: str) -> None:
        """Something went well."""
        self._say(Tone.FINE, sentence)

    def attention(self, sentence: str) -> None:
        """Something wants attention."""
        self._say(Tone.ATTENTION, sentence)

    def fault(self, sentence: str) -> None:
        """Something could not be done; the sentence says what to do next."""
        self._say(Tone.FAULT, sentence)

    def failed(self, fault: PlainFault) -> None:
        """What the world did, as it stands; fits ``Tasks`` as the default for work that failed."""
        _log.info("told of %s", type(fault).__name__)
        self.fault(fault.sentence)

    def confirm(
        self,
        question: str,
        verb: str,
        agreed: Callable[[], None],
        *,
        refuse: str = "取消",
        refused: Callable[[], None] | None = None,
    ) -> None:
        """Ask before something that cannot be undone; ``verb`` is the word on the button that does it."""
        self.ask_requested.emit(Question(question, verb, agreed, refuse, refused))

    def _say(self, tone: Tone, sentence: str) -> None:
        # a sentence may hold a name or a number, so the log gets no more than that something was said
        _log.debug("said something of tone %s", tone.value)
        self.said.emit(tone.value, sentence)
