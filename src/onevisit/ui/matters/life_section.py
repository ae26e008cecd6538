"""办理: where a matter stands, its days, and what can be done with it now."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from onevisit.desk import life_view
from onevisit.desk.errors import ChangedElsewhereError, FormError
from onevisit.desk.life_view import Doing, LifeView, LinkLine, Special
from onevisit.desk.lookup import MatterView
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import PlainFault
from onevisit.ui.matters.act_buttons import ActButtons
from onevisit.ui.matters.clock_list import ClockList, due_words, tone_of
from onevisit.ui.matters.opinion_part import OpinionPart
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.matters.step_card import StepCard
from onevisit.ui.matters.step_specs import StepSpec, Typed, spec_of
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.sheet_preview import SheetPreview, SheetToPrint
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.widgets.flow import FlowLayout
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style


@dataclass(frozen=True, slots=True)
class _Left:
    """A form that was left half typed when another matter was opened."""

    spec: StepSpec
    typed: Typed


class LifeSection(MatterSection):
    """The life of one matter: read, and carried on."""

    key = "life"
    word = "办理"

    def __init__(self, context: Context, sheets: HouseSheets | None) -> None:
        super().__init__()
        self._context = context
        self._matter_id = 0
        self._view: LifeView | None = None
        self._left: dict[int, _Left] = {}
        self._reading: Task | None = None
        self._to_focus = False
        self._may = context.desk.may(Permission.HANDLE)
        self.stands = plain_label("", "section")
        self.next_due = plain_label("")
        self.clocks = ClockList(self)
        self.buttons = ActButtons(self)
        self.card = StepCard(self)
        self.opinions = OpinionPart(context, self, may_print=sheets is not None)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        self._links = FlowLayout(gap=12)
        self._request = ""
        self._body = QWidget(self)
        self._build()
        self._connect()

    def _connect(self) -> None:
        self.buttons.chosen.connect(self.begin)
        self.card.sent.connect(self._send)
        self.card.left.connect(self._put_card_away)
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
        self._matter_id = view.matter_id
        self._request = view.visits[0].summary if view.visits else ""
        self._read()

    def put_away(self) -> bool:
        """Esc closes the sheet, then the form."""
        if self._body.isHidden():
            self._leave_sheet()
        elif not self.card.isHidden():
            self._put_card_away()
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
        """Whether a form is half typed, on this matter or on one that was left."""
        return self.card.dirty or self.opinions.card.dirty or bool(self._left)

    def keep(self) -> None:
        """Keep an opinion that is half written."""
        self.opinions.card.keep()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the section."""
        return (
            KeyHelp("Tab", "走到要办的一步；灰色的说明为什么现在不能办"),
            KeyHelp("Enter", "打开这一步的表；在表里到下一项"),
            KeyHelp("Ctrl+Enter", "登记"),
        )

    def begin(self, doing: Doing) -> None:
        """Open the form of an action."""
        if self._view is None:
            return
        if doing is Special.OPINION:
            self.opinions.write()
            return
        spec = spec_of(self._view, self._view.act(doing), local_day(self._context.desk.now()))
        self.card.begin(spec)
        self._show_card()

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
        self._show_buttons(shown=True)

    @staticmethod
    def _headed(word: str) -> QWidget:
        return plain_label(word, "section", wrap=False)

    # -- reading ----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        desk, matter_id = self._context.desk, self._matter_id
        self._reading = self._context.tasks.run(lambda: life_view.life(desk, matter_id), self._show, owner=self)

    def _show(self, view: LifeView) -> None:
        self._reading = None
        self._view = view
        self.stands.setText(view.stands)
        self._show_next(view)
        self._show_links(view.links)
        self.clocks.show_lines(view.lines)
        self._days.setVisible(bool(view.lines))
        self.buttons.show_groups(view.groups)
        self.opinions.show_view(view)
        left = self._left.pop(self._matter_id, None)
        if left is not None:
            self.card.begin_again(left.spec, left.typed)
            self._show_card()
        if self._to_focus:
            self._to_focus = False
            self.focus_first()

    def _show_next(self, view: LifeView) -> None:
        line = view.next_due
        rules = f"　按{view.rules_name}"
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

    # -- the form ---------------------------------------------------------------------------------------------------

    def _show_card(self) -> None:
        """The form takes the place of the buttons: one thing at a time, and nothing below the edge of the window."""
        self._show_buttons(shown=False)
        self.opinions.hide()
        self.card.focus_first()
        QTimer.singleShot(0, self.card, partial(self._bring_into_sight, self.card))

    def _show_buttons(self, *, shown: bool) -> None:
        self._acts.setVisible(shown and self._may)
        self.buttons.setVisible(shown and self._may)

    def _bring_into_sight(self, what: QWidget) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(what, 0, 8)

    def _put_card_away(self) -> None:
        doing = self.card.spec.doing if self.card.spec is not None else None
        self.card.put_away()
        self.opinions.show()
        self._show_buttons(shown=True)
        self._back_to(doing)

    def _back_to(self, doing: Doing | None) -> None:
        """The cursor goes back to the button that opened a form, and where the matter stands comes into sight."""
        if self.isVisible() and doing in self.buttons.buttons:
            self.buttons.buttons[doing].setFocus()
        QTimer.singleShot(0, self.card, partial(self._bring_into_sight, self.stands))

    def _leave(self) -> None:
        """Another matter comes: what is half typed waits until this one is opened again."""
        if self.card.dirty and self.card.spec is not None:
            self._left[self._matter_id] = _Left(self.card.spec, self.card.typed())
        self._view = None
        self._leave_sheet()
        self.opinions.forget()
        self.opinions.show()
        self.card.put_away()
        self._show_buttons(shown=True)

    def _send(self) -> None:
        spec, view = self.card.spec, self._view
        if spec is None or view is None:
            return
        faults = self.card.own_faults()
        if faults:
            self.card.show_faults(faults)
            return
        desk, seen, typed = self._context.desk, view.seen, self.card.typed()
        self._context.tasks.run_once(
            self.card.ui.send,
            lambda: spec.send(desk, seen, typed),
            lambda _: self._sent(spec),
            self._refused,
        )

    def _sent(self, spec: StepSpec) -> None:
        self._put_card_away()
        self._tell(f"已登记：{spec.heading}。")

    def _tell(self, sentence: str) -> None:
        self._context.messages.fine(sentence)
        self._read()
        self._context.changes.say("matters")

    def _refused(self, fault: PlainFault) -> None:
        if isinstance(fault, FormError):
            self.card.show_faults(fault.faults)
            return
        self.card.show_sentence(fault.sentence)
        if isinstance(fault, ChangedElsewhereError):
            self._overtaken()

    def _overtaken(self) -> None:
        """What was typed stays; the next press is tried on what the matter is now."""
        self._read()
        self._context.changes.say("matters")

    # -- opinions ---------------------------------------------------------------------------------------------------

    def _on_opinion_opened(self, opened: bool) -> None:
        self._show_buttons(shown=not opened)
        if not opened:
            self._back_to(Special.OPINION)
        else:
            QTimer.singleShot(0, self.opinions.card, partial(self._bring_into_sight, self.opinions.card))

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
