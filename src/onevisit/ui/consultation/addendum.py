"""The addendum to a signed consultation: its field and buttons, kept as a draft while it is written."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from onevisit.desk import consult, drafts
from onevisit.desk.consult import ConsultationView
from onevisit.desk.drafts import AddendumDraft, DraftRow
from onevisit.desk.errors import FormError
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui._forms.consultation import Ui_ConsultationForm
from onevisit.ui.draft_strip import DraftStrip, row_words
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.widgets.field import Field

_LEAVE = "补充意见没能存成草稿，要离开吗？写好的字会丢掉。"
_BACK = "上次没写完的补充意见已放回来，可以接着写；不要了请点“不写了”。"


class Addendum(QObject):
    """Writes one addendum after the other; what is half written comes back when its consultation is opened again.

    Args:
        ui: the lawyer's page.
        context: what the page was given.
        parent: the page.

    Attributes:
        strip: offers the half-written addenda of other consultations.

    Signals:
        added(ConsultationView): an addendum was saved.
        opened(int): the consultation of a half-written addendum is to be opened.
        said(str, str): what became of the draft, for the status line, and its tone.
    """

    added = Signal(object)
    opened = Signal(int)
    said = Signal(str, str)

    def __init__(self, ui: Ui_ConsultationForm, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._ui, self._context = ui, context
        self._view: ConsultationView | None = None
        self._adding = False
        self._field = _field_of(ui)
        self.strip = DraftStrip("没写完的补充", "打开(&O)", ui.frame)
        ui.frameLayout.insertWidget(0, self.strip)
        self.keeper = DraftKeeper(
            context, DraftKind.ADDENDUM, self._content, self, subject=self._subject, busy=lambda: self._adding
        )
        self.keeper.said.connect(lambda words, tone: self.said.emit(f"补充意见{words}" if words else "", tone))
        self.keeper.changed.connect(lambda: context.changes.say("drafts"))
        self.strip.resumed.connect(self._on_resumed)
        self.strip.dropped.connect(self._ask_to_drop)
        ui.startAddendum.clicked.connect(lambda: self.write(on=True))
        ui.dropAddendum.clicked.connect(self.drop)
        ui.addAddendum.clicked.connect(self.add)

    @property
    def fault(self) -> str:
        """What is wrong with the text."""
        return self._field.fault

    @property
    def is_open(self) -> bool:
        """Whether the field is there."""
        return self._field.isVisibleTo(self._ui.sealed)

    def typed(self) -> bool:
        """Whether anything is written."""
        return bool(self._text().strip())

    def unsaved(self) -> bool:
        """Whether something written is not in the store, not even as a draft."""
        return self.typed() and not self.keeper.kept

    def show(self, view: ConsultationView | None) -> None:
        """Another consultation is open now; its half-written addendum comes back."""
        self._view = view
        self.keeper.forget()
        self.write(on=False)
        if view is not None and view.signed_at is not None:
            self.offer()

    def write(self, *, on: bool) -> None:
        """Open or close the field; nothing looks editable before it is asked for."""
        ui, sealed = self._ui, self._view is not None and self._view.signed_at is not None
        if not on:
            ui.addendum.clear()
        self._field.set_fault("")
        self._field.setVisible(on and sealed)
        ui.addAddendum.setVisible(on and sealed)
        ui.dropAddendum.setVisible(on and sealed)
        ui.startAddendum.setVisible(sealed and not on)
        if on:
            ui.addendum.setFocus()

    def drop(self) -> None:
        """Put what is written away, with its draft."""
        self.keeper.drop()
        self.write(on=False)

    def add(self) -> None:
        """Save a dated addendum to the signed consultation."""
        view, text, slot = self._view, self._text(), self.keeper.slot
        if view is None or not self.is_open:
            return
        desk, consultation_id = self._context.desk, view.consultation_id
        task = self._context.tasks.run_once(
            self._ui.addAddendum,
            lambda: consult.add_addendum(desk, consultation_id, text, draft_id=slot.draft_id),
            self._on_added,
            self._on_not_added,
        )
        self._adding = self._adding or task is not None

    def leave_for(self, then: Callable[[], None]) -> None:
        """Keep what is written as a draft, then go on; what could not be kept is not left without asking."""
        self.keeper.keep()

        def go_on(_: None) -> None:
            if self.unsaved():
                self._context.messages.confirm(_LEAVE, "不保存，离开", lambda: self._put_away_and(then))
            else:
                self._put_away_and(then)

        self._context.tasks.run(lambda: None, go_on, owner=self)

    def offer(self) -> None:
        """Read anew which addenda are half written."""
        desk = self._context.desk
        self._context.tasks.run(lambda: drafts.offered(desk), self._on_offered, _say_nothing, owner=self)

    def _put_away_and(self, then: Callable[[], None]) -> None:
        self.keeper.forget()
        self.write(on=False)
        then()

    def _text(self) -> str:
        return self._ui.addendum.toPlainText()

    def _subject(self) -> int | None:
        return self._view.consultation_id if self._view is not None else None

    def _content(self) -> str:
        return drafts.addendum_content(AddendumDraft(self._text())) if self.typed() else ""

    def _on_added(self, view: ConsultationView) -> None:
        self._adding = False
        self.keeper.forget()
        self._ui.addendum.clear()
        self.added.emit(view)

    def _on_not_added(self, fault: PlainFault) -> None:
        self._adding = False
        if isinstance(fault, FormError):
            self._field.set_fault(fault.faults[0].sentence)
            self._ui.addendum.setFocus()
        else:
            self._context.messages.fault(fault.sentence)

    def _on_offered(self, rows: tuple[DraftRow, ...]) -> None:
        ours = [row for row in rows if row.kind is DraftKind.ADDENDUM]
        here = next((row for row in ours if row.subject_id == self._subject() and row.readable), None)
        if here is not None and self.keeper.slot.draft_id is None and self._may_come_back():
            self.write(on=True)
            self._ui.addendum.setPlainText(drafts.read_addendum(here.content).text)
            self.keeper.go_on_with(here.draft_id, here.content)
            self._context.messages.attention(_BACK)
            self._context.changes.say("drafts")
        mine = self.keeper.slot.draft_id
        self.strip.show_rows([row for row in ours if row.draft_id != mine], self._context.desk.now())

    def _may_come_back(self) -> bool:
        signed = self._view is not None and self._view.signed_at is not None
        return signed and not self.typed() and not self._adding

    def _on_resumed(self, draft_id: int) -> None:
        row = next((one for one in self.strip.rows() if one.draft_id == draft_id), None)
        if row is not None and row.subject_id is not None:
            self.opened.emit(row.subject_id)

    def _ask_to_drop(self, draft_id: int) -> None:
        row = next((one for one in self.strip.rows() if one.draft_id == draft_id), None)
        if row is not None:
            question = f"放弃“{row_words(row)}”没写完的补充意见？放弃后找不回来。"
            self._context.messages.confirm(question, "放弃", lambda: self._drop_row(draft_id))

    def _drop_row(self, draft_id: int) -> None:
        desk = self._context.desk
        self._context.tasks.run(
            lambda: drafts.drop(desk, draft_id), lambda _: self._context.changes.say("drafts"), owner=self
        )
        self.offer()


def _field_of(ui: Ui_ConsultationForm) -> Field:
    """Put a field around the addendum, in its place."""
    place = ui.sealedLayout.indexOf(ui.addendum)
    field = Field(ui.addendum, parent=ui.sealed)
    ui.sealedLayout.insertWidget(place, field)
    return field


def _say_nothing(_: PlainFault) -> None:
    """What waits is read again with the next look; nobody asked for it now."""
