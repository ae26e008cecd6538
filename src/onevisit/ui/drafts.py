"""Keeping what is half typed on a page: every few seconds into the store, until a real save takes it from there."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from onevisit.desk import drafts
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui.page import Context

KEEP_MS = 3000
"""How often a page looks whether something was typed since it was kept."""

_FAILED = "草稿没存上，字还在这里，会再试"


@dataclass(eq=False, slots=True)
class DraftSlot:
    """Which draft a form is kept in; the worker writes it, so that a save which follows at once knows it."""

    draft_id: int | None = None


class DraftKeeper(QObject):
    """Keeps the content of one page as a draft.

    Args:
        context: what the page was given.
        kind: what is typed there.
        content: what stands there now, as ``desk.drafts.keep`` takes it; empty if nothing was typed.
        subject: of an addendum: its consultation.
        busy: whether a real save is on its way, which the keeping must not run into.
        parent: the page.

    Attributes:
        slot: the draft of the form that stands there now.
        words: what was said last.

    Signals:
        said(str, str): what is to be said quietly, and its tone; empty when there is nothing to say.
        changed(): a draft came into being or went.
    """

    said = Signal(str, str)
    changed = Signal()

    def __init__(
        self,
        context: Context,
        kind: DraftKind,
        content: Callable[[], str],
        parent: QObject,
        *,
        subject: Callable[[], int | None] = lambda: None,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._content, self._subject, self._busy = content, subject, busy
        self.slot = DraftSlot()
        self.words = ""
        self._kept = ""
        self._keeping = False
        self._failing = False
        self._timer = QTimer(self)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)

    def start(self) -> None:
        """Look every few seconds from now on."""
        self._timer.start()

    def stop(self) -> None:
        """Keep what stands there and look no more: the page is out of sight."""
        self._timer.stop()
        self.keep()

    @property
    def kept(self) -> bool:
        """Whether everything that stands there is in the store."""
        return self._content() == self._kept

    def keep(self) -> None:
        """Keep what stands there, unless it is kept, or is just being kept or saved."""
        content = self._content()
        if self._keeping or self._busy() or content == self._kept:
            return
        if not content:
            self.drop()
            return
        desk, kind, slot, subject = self._context.desk, self._kind, self.slot, self._subject()
        first, self._keeping = slot.draft_id is None, True

        def work() -> str:
            slot.draft_id = drafts.keep(desk, kind, content, slot.draft_id, subject)
            return content

        self._context.tasks.run(
            work,
            lambda kept: self._on_kept(slot, kept, first=first),
            lambda fault: self._on_failed(slot, fault),
            owner=self,
        )

    def go_on_with(self, draft_id: int, content: str) -> None:
        """What stands there now is this draft, as it is in the store."""
        self.slot, self._kept = DraftSlot(draft_id), content
        self._say("")

    def forget(self) -> None:
        """What stood there was saved or put away; what is typed next is another draft."""
        self.slot, self._kept, self._keeping, self._failing = DraftSlot(), "", False, False
        self._say("")

    def drop(self) -> None:
        """Let the draft of what stood there go, and begin another."""
        desk, slot = self._context.desk, self.slot
        if slot.draft_id is not None or self._keeping:
            # on the worker, behind a keeping that is still on its way
            self._context.tasks.run(
                lambda: drafts.drop(desk, slot.draft_id) if slot.draft_id is not None else None,
                lambda _: self.changed.emit(),
                owner=self,
            )
        self.forget()

    def _on_kept(self, slot: DraftSlot, content: str, *, first: bool) -> None:
        if slot is self.slot:
            self._keeping, self._failing, self._kept = False, False, content
            self._say(f"草稿已存 {local_time(self._context.desk.now()):%H:%M}")
        if first:
            self.changed.emit()

    def _on_failed(self, slot: DraftSlot, _fault: PlainFault) -> None:
        """Said once, quietly; the next look tries again."""
        if slot is self.slot:
            self._keeping = False
            if not self._failing:
                self._failing = True
                self._say(_FAILED, "attention")

    def _say(self, words: str, tone: str = "") -> None:
        if words != self.words:
            self.words = words
            self.said.emit(words, tone)
