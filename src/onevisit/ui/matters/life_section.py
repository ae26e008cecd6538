"""办理: where a matter stands, its days, and what can be done with it now."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from onevisit.desk import drafts, life_view
from onevisit.desk.drafts import DraftRow, MatterDraft
from onevisit.desk.life_view import Doing, LifeView, LinkLine, Special
from onevisit.desk.lookup import MatterView
from onevisit.rules.accounts import Permission
from onevisit.rules.keeping import DraftKind
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.matters import half_typed
from onevisit.ui.matters.act_buttons import ActButtons
from onevisit.ui.matters.clock_list import ClockList, due_words, tone_of
from onevisit.ui.matters.half_typed import HalfTyped
from onevisit.ui.matters.opinion_part import OpinionPart
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.matters.step_part import StepPart
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.sheet_preview import SheetPreview, SheetToPrint
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.sight import bring_into_sight
from onevisit.ui.widgets.style import set_style

_FORMS: dict[str, Doing] = {one.value: one for one in (*Event, *Action, *Special)}


class LifeSection(MatterSection):
    """The life of one matter: read, and carried on."""

    key = "life"
    word = "办理"

    def __init__(self, context: Context, sheets: HouseSheets | None) -> None:
        super().__init__()
        self._context = context
        self._matter_id = 0
        self._view: LifeView | None = None
        self._half = HalfTyped(DraftKind.LIFE)
        self._reading: Task | None = None
        self._to_focus = False
        self._may = context.desk.may(Permission.HANDLE)
        self.stands = plain_label("", "section")
        self.next_due = plain_label("")
        self.clocks = ClockList(self)
        self.buttons = ActButtons(self)
        self.steps = StepPart(context, self)
        self.card = self.steps.card
        self.opinions = OpinionPart(context, self, may_print=sheets is not None)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        self._links = FlowLayout(gap=12)
        self._request = ""
        self._body = QWidget(self)
        self._build()
        self._connect()

    def _connect(self) -> None:
        self.buttons.chosen.connect(self.begin)
        self.steps.closed.connect(self._on_form_closed)
        self.steps.recorded.connect(self._tell)
        self.steps.overtaken.connect(self._overtaken)
        for keeper in self._keepers():
            keeper.said.connect(lambda words, tone: self.draft_said.emit(f"{self.word}{words}" if words else "", tone))
            keeper.changed.connect(lambda: self._context.changes.say("drafts"))
        self.opinions.use(lambda: self._request)
        self.opinions.opened.connect(self._on_opinion_opened)
        self.opinions.changed.connect(self._tell)
        self.opinions.overtaken.connect(self._overtaken)
        self.opinions.sheet_wanted.connect(self._show_sheet)
        if self.preview is not None:
            self.preview.left.connect(self._leave_sheet)

    # -- the section ------------------------------------------------------------------------------------------------

    def show_matter(self, view: MatterView) -> None:
        """Read the life of a matter; what is typed stays with its matter."""
        if view.matter_id != self._matter_id:
            self._leave()
            self._half.open_matter(view.matter_id)
        self._matter_id = view.matter_id
        self._request = view.visits[0].summary if view.visits else ""
        self._read()

    def put_away(self) -> bool:
        """Esc closes the sheet, then the form; what is half typed there stays a draft."""
        if self._body.isHidden():
            self._leave_sheet()
        elif not self.card.isHidden():
            self.steps.put_aside()
        elif not self.opinions.card.isHidden():
            self.opinions.put_away()
        else:
            return False
        return True

    def focus_first(self) -> None:
        """The form that is open, else the first thing that can be done."""
        self._to_focus = self._view is None
        if not self.card.isHidden():
            self.card.focus_first()
        elif not self.opinions.card.isHidden():
            self.opinions.card.focus_first()
        else:
            self.buttons.focus_first()

    def unsaved(self) -> bool:
        """Whether something half typed is not in the store, on this matter or on one that was left."""
        return not all(keeper.kept for keeper in self._keepers())

    def keep(self) -> None:
        """Keep what is half typed."""
        for keeper in self._keepers():
            keeper.keep()

    def offer(self, rows: Sequence[DraftRow]) -> None:
        """What waits for the form that is opened next."""
        self._half.offer(rows)

    def resume(self, draft_id: int) -> None:
        """Go on with a draft once its matter is shown; a form that is open there is put aside."""
        self._half.want(draft_id)
        if not self.card.isHidden():
            self.steps.put_aside()
        self.opinions.put_away()

    def open_drafts(self) -> frozenset[int]:
        """What stands in the forms."""
        ids = (keeper.slot.draft_id for keeper in self._keepers())
        return frozenset(draft_id for draft_id in ids if draft_id is not None)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look every few seconds whether something was typed."""
        super().showEvent(event)
        self.steps.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever goes to another page or section loses nothing."""
        self.steps.keeper.stop()
        super().hideEvent(event)

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the section."""
        return (
            KeyHelp("Tab", "走到要办的一步；灰色的说明为什么现在不能办"),
            KeyHelp("Enter", "打开这一步的表；在表里到下一项"),
            KeyHelp("Ctrl+Enter", "登记"),
            KeyHelp("Esc", "收起表；没填完的存成草稿"),
        )

    def begin(self, doing: Doing) -> None:
        """Open the form of an action, with what was half typed in it before."""
        if self._view is None:
            return
        content = self._left_behind(doing.value)
        row = self._half.of_form(doing.value) if not content else None
        if content:
            self._open(content)
        elif row is not None:
            self._go_on_with(row)
        elif doing is Special.OPINION:
            self.opinions.write()
        else:
            self._open_form(doing)

    def _keepers(self) -> tuple[DraftKeeper, DraftKeeper]:
        return self.steps.keeper, self.opinions.card.keeper

    # -- building ---------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)
        if self.preview is not None:
            whole.addWidget(self.preview)
            self.preview.hide()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(18, 12, 18, 14)
        column.setSpacing(8)
        column.addWidget(self.stands)
        column.addWidget(self.next_due)
        column.addLayout(self._links)
        self._days = self._headed("期限")
        column.addWidget(self._days)
        column.addWidget(self.clocks)
        column.addWidget(self.card)
        column.addWidget(self.opinions)
        self._acts = self._headed("可以办的")
        column.addWidget(self._acts)
        column.addWidget(self.buttons)
        column.addStretch(1)
        self._make_room(for_form=False)

    @staticmethod
    def _headed(word: str) -> QWidget:
        return plain_label(word, "section", wrap=False)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        desk, matter_id = self._context.desk, self._matter_id
        self._reading = self._context.tasks.run(
            lambda: (life_view.life(desk, matter_id), drafts.offered(desk)), lambda read: self._show(*read), owner=self
        )

    def _show(self, view: LifeView, rows: tuple[DraftRow, ...]) -> None:
        self._reading = None
        self._view = view
        self.stands.setText(view.stands)
        self._show_next(view)
        self._show_links(view.links)
        self.clocks.show_lines(view.lines)
        if self._no_form():
            self._make_room(for_form=False)
        self.buttons.show_groups(view.groups)
        self.steps.show_view(view)
        self.opinions.show_view(view)
        self._half.offer(rows)
        self._bring_back()
        if self._to_focus:
            self._to_focus = False
            self.focus_first()

    def _show_next(self, view: LifeView) -> None:
        line = view.next_due
        rules = f"　按{view.rules_name}" if view.rules_name else ""
        if line is None:
            self.next_due.setText(f"现在没有在走的期限。{rules}")
            set_style(self.next_due, role="quiet", tone="")
            return
        self.next_due.setText(f"下一个期限：{line.label}，{due_words(line)}{rules}")
        set_style(self.next_due, role="", tone=tone_of(line))

    def _show_links(self, links: tuple[LinkLine, ...]) -> None:
        clear(self._links)
        for link in links:
            button = QPushButton(f"{link.words}：{link.title}（{link.number}）", self)
            set_style(button, role="link")
            button.clicked.connect(partial(self._context.navigator.open_matter, link.matter_id, self.key))
            self._links.addWidget(button)

    # -- what is half typed -----------------------------------------------------------------------------------------

    def _no_form(self) -> bool:
        return self.card.isHidden() and self.opinions.card.isHidden()

    def _left_behind(self, form: str = "") -> str:
        """What was left half typed on this matter and is not known to be in the store."""
        matter_id = self._matter_id

        def fits(subject: int | None, content: str) -> bool:
            return subject == matter_id and (not form or half_typed.fits(content, form))

        return next((content for keeper in self._keepers() if (content := keeper.come_back(fits))), "")

    def _bring_back(self) -> None:
        """What was left half typed comes back with its matter, unless a form is open there."""
        if not self._no_form():
            return
        row = self._half.due()
        content = self._left_behind()
        if content:
            self._open(content)
        elif row is not None:
            self._go_on_with(row)

    def _go_on_with(self, row: DraftRow) -> None:
        draft = half_typed.read(row.content)
        steps, opinions = self._keepers()
        keeper = opinions if draft is not None and _is_opinion(draft) else steps
        if self._open(row.content):
            keeper.go_on_with(row.draft_id, row.content)
            self._context.messages.attention(half_typed.BACK)
            self._context.changes.say("drafts")

    def _open(self, content: str) -> bool:
        """Open the form that a draft is of, as it was left; False if this version has no such form."""
        draft = half_typed.read(content)
        doing = _FORMS.get(draft.form) if draft is not None else None
        if draft is None or doing is None:
            return False
        if _is_opinion(draft):
            self.opinions.go_on(draft)
            return True
        self._open_form(doing, draft)
        return True

    # -- the form ---------------------------------------------------------------------------------------------------

    def _open_form(self, doing: Doing, draft: MatterDraft | None = None) -> None:
        self.steps.begin(doing, draft)
        self.opinions.hide()
        self._make_room(for_form=True)
        self.card.focus_first()
        self._to_head()

    def _make_room(self, *, for_form: bool) -> None:
        """A form takes the place of the days and the buttons: one thing at a time, right below where the matter stands.

        So both are in sight in a low window, too.
        """
        for widget in (self._acts, self.buttons):
            widget.setVisible(not for_form and self._may)
        for widget in (self._days, self.clocks):
            widget.setVisible(not for_form and bool(self.clocks.rows))

    def _to_head(self) -> None:
        # once the layout has made its room
        QTimer.singleShot(0, self.stands, partial(bring_into_sight, self.stands))

    def _on_form_closed(self, doing: Doing | None) -> None:
        self.opinions.show()
        self._back_to(doing)

    def _back_to(self, doing: Doing | None) -> None:
        """The cursor goes back to the button that opened a form, and where the matter stands comes into sight."""
        self._make_room(for_form=False)
        if self.isVisible() and doing in self.buttons.buttons:
            self.buttons.buttons[doing].setFocus()
        self._to_head()

    def _leave(self) -> None:
        """Another matter comes: what is half typed waits until this one is opened again."""
        self.steps.forget()
        self._view = None
        self._leave_sheet()
        self.opinions.forget()
        self.opinions.show()
        self._make_room(for_form=False)

    def _tell(self, sentence: str) -> None:
        self._context.messages.fine(sentence)
        self._read()
        self._context.changes.say("matters")

    def _overtaken(self) -> None:
        """What was typed stays; the next press is tried on what the matter is now."""
        self._read()
        self._context.changes.say("matters")

    # -- opinions ---------------------------------------------------------------------------------------------------

    def _on_opinion_opened(self, opened: bool) -> None:
        if opened:
            self._make_room(for_form=True)
            self._to_head()
        else:
            self._back_to(Special.OPINION)

    def _show_sheet(self, sheet: SheetToPrint) -> None:
        if self.preview is not None:
            # not in a stack: the page behind it would make the section as tall as itself
            self._body.hide()
            self.preview.show()
            self.preview.show_sheet(sheet)

    def _leave_sheet(self) -> None:
        if self.preview is not None:
            self.preview.hide()
        self._body.show()


def _is_opinion(draft: MatterDraft) -> bool:
    return draft.form == Special.OPINION.value
