"""What the section 办理 has to do with the form of an action: filled, kept while it is typed, sent."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from onevisit.desk import drafts
from onevisit.desk.drafts import MatterDraft
from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.life_view import Doing, LifeView
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.matters.step_card import StepCard
from onevisit.ui.matters.step_specs import StepSpec, spec_of
from onevisit.ui.page import Context


class StepPart(QObject):
    """One form at a time, of the matter that is shown.

    Signals:
        closed(object): the form of this action went away.
        recorded(str): a step was recorded; the sentence to say.
        overtaken(): somebody changed the matter meanwhile.
    """

    closed = Signal(object)
    recorded = Signal(str)
    overtaken = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._view: LifeView | None = None
        self.card = StepCard(parent)
        self.keeper = DraftKeeper(context, DraftKind.LIFE, self._content, self, subject=self._matter)
        self.card.sent.connect(self._send)
        self.card.left.connect(self._drop)
        self.card.aside.connect(self.put_aside)

    def show_view(self, view: LifeView) -> None:
        """The matter as it stands now; a form that is open goes on, with what is typed."""
        self._view = view

    def begin(self, doing: Doing, draft: MatterDraft | None = None) -> None:
        """Open the form of an action, with what was half typed in it; one that waits says why."""
        if self._view is None:
            return
        act = self._view.act(doing)
        self.card.begin(spec_of(self._view, act, local_day(self._context.desk.now())))
        if draft is not None:
            self.card.put(draft.texts)
        self.card.show_sentence(act.why_not)

    def put_aside(self) -> None:
        """Close it; what is half typed stays a draft."""
        self.keeper.leave()
        self._close()

    def forget(self) -> None:
        """Another matter comes; what is half typed stays a draft."""
        self.keeper.leave()
        self._view = None
        self.card.put_away()

    def _drop(self) -> None:
        self.keeper.drop()
        self._close()

    def _close(self) -> None:
        doing = self.card.spec.doing if self.card.spec is not None else None
        self.card.put_away()
        self.closed.emit(doing)

    def _matter(self) -> int | None:
        return self._view.seen.matter_id if self._view is not None else None

    def _content(self) -> str:
        spec = self.card.spec
        if spec is None or not self.card.dirty:
            return ""
        return drafts.matter_content(MatterDraft(spec.doing.value, spec.heading, self.card.texts()))

    def _send(self) -> None:
        spec, view = self.card.spec, self._view
        if spec is None or view is None:
            return
        faults, why_not = self.card.own_faults(), view.act(spec.doing).why_not
        if faults or why_not:
            self.card.show_faults(faults)
            self.card.show_sentence(why_not)
            return
        seen, typed = view.seen, self.card.typed()
        work = self.keeper.saving(lambda desk: spec.send(desk, seen, typed))
        self._context.tasks.run_once(
            self.card.ui.send,
            work,
            lambda _: self._sent(spec, seen.matter_id),
            lambda fault: self._refused(spec, fault),
        )

    def _sent(self, spec: StepSpec, matter_id: int) -> None:
        if self.card.spec is spec:
            self._close()
        self.keeper.saved()
        self.recorded.emit(f"已登记：{spec.heading}。")
        if spec.then:
            self._context.navigator.open_matter(matter_id, spec.then)

    def _refused(self, spec: StepSpec, fault: PlainFault) -> None:
        self.keeper.refused()
        if self.card.spec is not spec:
            self._context.messages.fault(f"没有登记“{spec.heading}”：{fault.sentence}填的内容留在草稿里。")
        elif isinstance(fault, FormError):
            self.card.show_faults(fault.faults)
        else:
            self.card.show_sentence(fault.sentence)
            if isinstance(fault, ChangedElsewhereError):
                self.overtaken.emit()
