"""The drafts of the registration page: the one being typed is kept, the others are offered in a strip above it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from onevisit.desk import drafts
from onevisit.desk.drafts import DraftRow, RegistrationDraft
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui.draft_strip import DraftStrip, row_words
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.registration import half_typed

_NOT_KEPT = "正在填的这一份还没存成草稿，请先登记或清空，再接着填另一份。"


class RegistrationDrafts(QObject):
    """Keeps and offers.

    Args:
        context: what the page was given.
        half: the page as it stands.
        show: puts a draft onto the page in place of what stands there.
        busy: whether a registration is on its way.
        page: the page.

    Signals:
        said(str, str): what is to be said quietly, and its tone.
        resumed(): another draft stands on the page now.
    """

    said = Signal(str, str)
    resumed = Signal()

    def __init__(
        self,
        context: Context,
        half: Callable[[], RegistrationDraft],
        show: Callable[[RegistrationDraft], None],
        busy: Callable[[], bool],
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._context, self._half, self._show = context, half, show
        self.strip = DraftStrip("没登记完", "接着填(&O)", page)
        self.keeper = DraftKeeper(context, DraftKind.REGISTRATION, self._content, self, busy=busy)
        self.keeper.said.connect(self.said)
        self.keeper.changed.connect(lambda: context.changes.say("drafts"))
        self.strip.resumed.connect(self.resume)
        self.strip.dropped.connect(self.ask_to_drop)

    def typed(self) -> bool:
        """Whether anything was typed on the page."""
        return not half_typed.is_blank(self._half())

    def unsaved(self) -> bool:
        """Whether something typed is not in the store, not even as a draft."""
        return self.typed() and not self.keeper.kept

    def offer(self) -> None:
        """Read anew what waits to be gone on with."""
        desk = self._context.desk
        self._context.tasks.run(lambda: drafts.offered(desk), self._on_offered, _say_nothing, owner=self)

    def resume(self, draft_id: int) -> None:
        """Go on with a draft; what stands on the page now is kept as one of its own."""
        self.keeper.keep()
        desk = self._context.desk
        self._context.tasks.run_once(
            self.strip.resume, lambda: drafts.offered(desk), lambda rows: self._on_resumed(draft_id, rows)
        )

    def ask_to_drop(self, draft_id: int) -> None:
        """Let a draft go, after a question."""
        row = next((one for one in self.strip.rows() if one.draft_id == draft_id), None)
        if row is not None:
            question = f"放弃“{row_words(row)}”这份没登记完的草稿？放弃后找不回来。"
            self._context.messages.confirm(question, "放弃", lambda: self._drop(draft_id))

    def _drop(self, draft_id: int) -> None:
        desk = self._context.desk
        self._context.tasks.run(
            lambda: drafts.drop(desk, draft_id), lambda _: self._context.changes.say("drafts"), owner=self
        )
        self.offer()

    def _content(self) -> str:
        half = self._half()
        return "" if half_typed.is_blank(half) else drafts.registration_content(half)

    def _on_offered(self, rows: tuple[DraftRow, ...]) -> None:
        mine = self.keeper.slot.draft_id
        waiting = [row for row in rows if row.kind is DraftKind.REGISTRATION and row.draft_id != mine]
        self.strip.show_rows(waiting, self._context.desk.now())

    def _on_resumed(self, draft_id: int, rows: tuple[DraftRow, ...]) -> None:
        row = next((one for one in rows if one.draft_id == draft_id), None)
        if self.unsaved():
            self._context.messages.attention(_NOT_KEPT)
            return
        if row is not None:
            try:
                draft = drafts.read_registration(row.content)
            except PlainFault as fault:
                self._context.messages.failed(fault)
                return
            self._show(draft)
            self.keeper.go_on_with(row.draft_id, row.content)
            self.resumed.emit()
        self._context.changes.say("drafts")
        self.offer()


def _say_nothing(_: PlainFault) -> None:
    """What waits is read again with the next look; nobody asked for it now."""
