"""Keeping what is half typed on a page: every few seconds into the store, until a real save takes it from there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from onevisit.desk import drafts
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import SavingDesk
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui.page import Context

KEEP_MS = 3000
"""How often a page looks whether something was typed since it was kept."""

_FAILED = "草稿没存上，字还在这里，会再试"
T = TypeVar("T")


@dataclass(eq=False, slots=True)
class DraftSlot:
    """Which draft a form is kept in; the worker writes it, so that a save which follows at once knows it."""

    draft_id: int | None = None


@dataclass(eq=False, slots=True)
class LeftBehind:
    """What was left half typed when the person went elsewhere, until it is in the store."""

    slot: DraftSlot
    subject: int | None
    content: str
    on_its_way: bool = False


class DraftKeeper(QObject):
    """Keeps the content of one page as a draft.

    Args:
        context: what the page was given.
        kind: what is typed there.
        content: what stands there now, as ``desk.drafts.keep`` takes it; empty if nothing was typed.
        subject: of an addendum its consultation, of a form of a matter its matter.
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
        self._behind: list[LeftBehind] = []
        self._saving: DraftSlot | None = None
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
        """Whether everything that stands there is in the store, and everything that was left behind."""
        return self._content() == self._kept and not self._behind

    def keep(self) -> None:
        """Keep what stands there, unless it is kept, or is just being kept or saved."""
        for one in self._behind:
            self._keep_behind(one)
        content = self._content()
        if self._keeping or self._busy() or self._saving is self.slot or content == self._kept:
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

    def leave(self) -> None:
        """The person goes elsewhere: what stands there is kept behind them, and what is typed next is another draft.

        What cannot be kept waits here and is tried again; ``come_back`` gives it back.
        """
        content = self._content()
        if content and (content != self._kept or self._saving is self.slot):
            # while it is being saved, nobody knows yet whether a draft is wanted
            one = LeftBehind(self.slot, self._subject(), content, on_its_way=self._saving is self.slot)
            self._behind.append(one)
            self._keep_behind(one)
        elif not content:
            self.drop()
        self.forget()

    def come_back(self, fits: Callable[[int | None, str], bool]) -> str:
        """Go on with what was left behind here and is not known to be in the store; empty if there is nothing such.

        Args:
            fits: whether it is wanted, by its subject and its content.
        """
        here = (one for one in reversed(self._behind) if one.slot is not self._saving)
        one = next((one for one in here if fits(one.subject, one.content)), None)
        if one is None:
            return ""
        self._behind.remove(one)
        self.slot, self._kept = one.slot, ""
        return one.content

    def saving(self, work: Callable[[Desk], T]) -> Callable[[], T]:
        """The work that saves what stands there for good; its draft goes in the same transaction.

        Whoever runs it tells how it ended by ``saved`` or ``refused``.
        """
        desk, kind, slot = self._context.desk, self._kind, self.slot
        self._saving = slot
        # which draft it is, the worker knows: a keeping may be on its way before it
        return lambda: work(SavingDesk(desk, kind, slot.draft_id))

    def saved(self) -> None:
        """It is saved for good: neither it nor its draft is there any more."""
        slot, self._saving = self._saving, None
        self._behind = [one for one in self._behind if one.slot is not slot]
        if slot is self.slot:
            self.forget()
        self._keep_unseen()
        self.changed.emit()

    def refused(self) -> None:
        """It was not saved; what was left behind meanwhile is kept as a draft."""
        slot, self._saving = self._saving, None
        for one in self._behind:
            if one.slot is slot:
                one.on_its_way = False
                self._keep_behind(one)
        self._keep_unseen()

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
            self._keep_unseen()
        if first:
            self.changed.emit()

    def _on_failed(self, slot: DraftSlot, _fault: PlainFault) -> None:
        """Said once, quietly; the next look tries again."""
        if slot is self.slot:
            self._keeping = False
            if not self._failing:
                self._failing = True
                self._say(_FAILED, "attention")

    def _keep_unseen(self) -> None:
        """Where the page is out of sight, nobody looks again: what was typed meanwhile is kept at once."""
        if not self._timer.isActive():
            self.keep()

    def _keep_behind(self, one: LeftBehind) -> None:
        if one.on_its_way:
            return
        desk, kind, one.on_its_way = self._context.desk, self._kind, True

        def work() -> None:
            one.slot.draft_id = drafts.keep(desk, kind, one.content, one.slot.draft_id, one.subject)

        self._context.tasks.run(
            work, lambda _: self._on_kept_behind(one), lambda _: self._on_not_kept_behind(one), owner=self
        )

    def _on_kept_behind(self, one: LeftBehind) -> None:
        if one in self._behind:
            self._behind.remove(one)
        self.changed.emit()

    def _on_not_kept_behind(self, one: LeftBehind) -> None:
        one.on_its_way = False
        self._say(_FAILED, "attention")

    def _say(self, words: str, tone: str = "") -> None:
        if words != self.words:
            self.words = words
            self.said.emit(words, tone)
