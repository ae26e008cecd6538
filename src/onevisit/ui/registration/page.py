"""来访登记: the page, its wiring, and what other parts may ask of it."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from onevisit.desk.drafts import RegistrationDraft
from onevisit.desk.form_rules import FormRules, form_rules
from onevisit.desk.register import Likenesses, Registered
from onevisit.rules import readiness, registration
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import Fault
from onevisit.rules.forms import Answer, RegistrationForm
from onevisit.ui._forms.registration_page import Ui_RegistrationPage
from onevisit.ui.drafts import DraftSlot
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.registration import form_values, half_typed
from onevisit.ui.registration.answers import Answers
from onevisit.ui.registration.drafts import RegistrationDrafts
from onevisit.ui.registration.fault_teller import FaultTeller
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.form_values import KIND_WORDS, Defaults, VisitorKind
from onevisit.ui.registration.gate_panel import GatePanel
from onevisit.ui.registration.gate_watch import GateWatch
from onevisit.ui.registration.keys import KEYS
from onevisit.ui.registration.likeness_panel import LikenessPanel
from onevisit.ui.registration.mending import Mending
from onevisit.ui.registration.recognising import Recognising
from onevisit.ui.registration.saved_strip import SavedStrip
from onevisit.ui.registration.saving import Saver, Then
from onevisit.ui.registration.state_line import StateLine
from onevisit.ui.registration.typist import type_form
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.style import set_style

BUSY_FORM = "这里还有没登记完的内容，请先登记或清空，再登记下一位。"


class RegistrationPage(Page):
    """Registers one visit after the other.

    Signals:
        registered(Registered): a visit was saved.
    """

    registered = Signal(object)

    key = "registration"
    title = "登记"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_RegistrationPage()
        self.ui.setupUi(self)
        self._filling = False
        self.state = StateLine(self.ui, lambda: self.drafts.keeper.words)
        self.likeness = LikenessPanel(self.today)
        self.panel = FormPanel(self.today, self.likeness, self.ui.headcount, self)
        self.rules = FormRules()
        self.teller = FaultTeller(self.panel, self.likeness, self.kind, self.today, lambda: self.rules.rules)
        self.gate = GatePanel(self)
        self.gate_watch = GateWatch(context.desk, context.tasks, self.gate, self.today, self)
        self.ui.scroll.setWidget(self.panel)
        self.mending = Mending(self.panel, self.likeness, self.ui.scroll, self.save)
        self.ui.gate_place.addWidget(self.gate)
        self.ui.kind.set_choices(KIND_WORDS)
        self.ui.kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.ui.kind.set_value(VisitorKind.PERSON)
        self.defaults = Defaults(self.panel)
        self.recognising = Recognising(context, self.panel, self.likeness, self.form, self)
        self.watch, self.known = self.recognising.watch, self.recognising.known
        self.saver = Saver(
            context, self, {Then.ROUTE: self.ui.save, Then.SLIP: self.ui.print, Then.LAWYER: self.ui.lawyer}, self
        )
        self.drafts = RegistrationDrafts(context, self.half, self.show_half, lambda: self.saver.saving, self)
        self.ui.form_column.insertWidget(1, self.drafts.strip)
        self.saved_strip = SavedStrip(context, self)
        self.ui.form_column.insertWidget(1, self.saved_strip)
        self.ui.rules.hide()
        self._refit = idle_timer(self, lambda: self.state.fit(self))
        self.say("")
        self._connect()
        self._on_kind()
        self.panel.set_tab_order(
            (self.ui.save, self.ui.print, self.ui.clear, self.ui.lawyer, *self.drafts.strip.stops())
        )
        set_tab_order([*self.ui.kind.stops(), self.ui.headcount, self.panel.stops()[0]])

    # ── what other parts may ask ────────────────────────────────────────

    def today(self) -> date:
        """The local day at the desk."""
        return local_day(self.context.desk.now())

    def form(self) -> RegistrationForm:
        """The form as it stands, with the answers given so far."""
        form = self.recognising.add_to(form_values.read(self.panel, self.kind()))
        return replace(form, gate_reasons=self.gate_watch.answers())

    @property
    def answers(self) -> Answers:
        """What the clerk answered so far."""
        return self.recognising.answers

    def set_form(self, form: RegistrationForm) -> None:
        """Show a form in place of what stands here; what it holds counts as chosen by hand."""
        chosen = ("place",) * bool(form.place_code) + ("reply",) * bool(form.reply_by)
        self.show_half(RegistrationDraft(form, form_values.kind_of(form).value, chosen=chosen))

    def half(self) -> RegistrationDraft:
        """Everything that stands here, also what no form can hold yet."""
        half = half_typed.read(self.panel, self.kind(), self.defaults, self.answers, self.likeness)
        return replace(half, form=replace(half.form, gate_reasons=self.gate_watch.answers()))

    def show_half(self, draft: RegistrationDraft) -> None:
        """Show a half-typed form in place of what stands here."""
        self._filling = True
        self._begin_anew()
        self.ui.kind.set_value(form_values.kind_from(draft.kind))
        half_typed.show(self.panel, draft)
        self.defaults.set_chosen(draft.chosen)
        half_typed.show_answers(self.answers, self.likeness, draft)
        self.gate_watch.set_answers(draft.form.gate_reasons)
        self._filling = False
        self._on_kind()
        self.recognising.take_same_matter()
        if draft.entry is not None:
            half_typed.reopen(self.panel, draft.entry)

    def kind(self) -> VisitorKind:
        """个人, 单位 or 匿名."""
        return VisitorKind(self.ui.kind.value() or VisitorKind.PERSON)

    def register_new(self, text: str = "") -> None:
        """Begin with what was typed into the search box: a number, a phone or a name lands in its field.

        What is being typed here is never overwritten: then the clerk is told to finish it first.
        """
        self.start(text)

    def start(self, text: str) -> None:
        """Put a number, a phone or a name into its field and look for earlier visits at once."""
        if text.strip() and self.drafts.typed():
            self.context.messages.attention(BUSY_FORM)
        elif text.strip():
            form_values.begin_with(self.panel, text)
            self.watch.ask_now()
            self.watch.search(text)
        self._to_first_empty()

    def save(self, then: Then = Then.ROUTE) -> None:
        """Register what stands on the form, and go on."""
        self.saver.save(then)

    def clear(self) -> None:
        """Begin an empty form."""
        self.set_form(RegistrationForm())
        self.focus_first()

    def settle(self) -> None:
        """Take what is half typed in a list or an address as it stands."""
        self.panel.settle()

    def unsaved(self) -> bool:
        """Whether something typed here is not in the store yet, not even as a draft."""
        return self.drafts.unsaved()

    def keep(self) -> None:
        """Keep what is typed here as a draft."""
        self.drafts.keeper.keep()

    def open_drafts(self) -> frozenset[int]:
        """The draft of what is typed here."""
        draft_id = self.draft_slot().draft_id
        return frozenset() if draft_id is None else frozenset({draft_id})

    def draft_slot(self) -> DraftSlot:
        """The draft of what is typed here."""
        return self.drafts.keeper.slot

    def shows(self) -> frozenset[str]:
        """How many wait for the lawyer is told in the gate, which drafts wait in the strip."""
        return frozenset({"visits", "consultations", "drafts", "lists"})

    def refresh(self) -> None:
        """Ask anew what holds in the hall, and which drafts wait; the form stays as it is."""
        self.gate_watch.refresh()
        self.saved_strip.read()
        self.drafts.offer()
        desk = self.context.desk
        self.context.tasks.run(lambda: form_rules(desk), self._on_rules, owner=self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """While the page is in sight, what is typed is kept every few seconds."""
        super().showEvent(event)
        self.drafts.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving the page keeps what is typed."""
        self.drafts.keeper.stop()
        super().hideEvent(event)

    def focus_first(self) -> None:
        """Put the cursor where it was while something is typed, else into the first field of the visitor."""
        if not (self.drafts.typed() and self.focus_last()):
            self._to_first_empty()

    def _to_first_empty(self) -> None:
        ui = self.panel.ui
        order = [line for line in (ui.name, ui.id_number, ui.phone) if not line.text() and not line.isHidden()]
        (order[0] if order and not ui.name.isHidden() else ui.purpose).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return KEYS

    def fill_from(self, form: RegistrationForm) -> None:
        """Type a form through the widgets, as a clerk would; for the demonstration."""
        self.clear()
        type_form(self.panel, self.ui.kind, form)

    def settled(self) -> bool:
        """Whether nothing is on its way: no look-up, no save."""
        return not (self.watch.waiting or self.context.tasks.busy)

    def asking(self) -> Likenesses:
        """Who or what the page wants an answer about now."""
        return self.likeness.asking()

    # ── what the clerk does ─────────────────────────────────────────────

    def ask_to_clear(self) -> None:
        """Clear the form; asks first when something was typed."""
        if self.drafts.typed():
            self.context.messages.confirm(
                "清空正在填写的登记？已填的内容和草稿都不会保留。", "清空", self._clear_and_drop
            )
        else:
            self._clear_and_drop()

    def _clear_and_drop(self) -> None:
        self.drafts.keeper.drop()
        self.clear()

    def answer_person(self, petitioner_id: int, answer: Answer) -> None:
        """Keep an answer about a person."""
        self.recognising.answer_person(petitioner_id, answer)

    def answer_matter(self, matter_id: int, answer: Answer) -> None:
        """Keep an answer about a matter."""
        self.recognising.answer_matter(matter_id, answer)

    # ── faults ──────────────────────────────────────────────────────────

    def faults(self, form: RegistrationForm) -> tuple[Fault, ...]:
        """Everything that is at fault with the form now, in reading order."""
        return self.teller.of(form)

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Say each fault at its field and put the cursor into the first of them."""
        self.teller.tell(faults)
        if faults:
            self.mending.focus_field(self.teller.first(faults))
            self.say(f"还有 {self.teller.fields(faults)} 处要改，已在各项下面说明")

    def say(self, words: str) -> None:
        """Say something quietly beside the buttons."""
        self.state.say(words)

    def _on_left(self, name: str) -> None:
        if not self._filling:
            self.teller.left(name, self.form)

    # ── wiring ──────────────────────────────────────────────────────────

    def _connect(self) -> None:
        ui = self.ui
        self.panel.changed.connect(self._on_changed)
        self.panel.left.connect(self._on_left)
        ui.kind.changed.connect(self._on_kind)
        self.likeness.open_asked.connect(self.context.navigator.open_matter)
        self.recognising.answered.connect(self._on_changed)
        self.recognising.filled.connect(lambda words: self.say(f"已填入上次登记的{words}，请核对"))
        self.gate_watch.changed.connect(self._on_gate_changed)
        self.likeness.reason_changed.connect(self._on_changed)
        self.gate.mend.connect(self.mending.mend)
        ui.clear.clicked.connect(self.ask_to_clear)
        for then, button in self.saver.buttons.items():
            button.clicked.connect(partial(self._on_save, then))
        ui.headcount.returnPressed.connect(self.focusNextChild)
        self.saver.saved.connect(self._on_saved)
        self.drafts.said.connect(self._on_draft_said)
        self.drafts.resumed.connect(self._to_first_empty)
        for keys, then in (
            ("Ctrl+Return", Then.ROUTE),
            ("Ctrl+Enter", Then.ROUTE),
            ("Ctrl+P", Then.SLIP),
            ("F7", Then.LAWYER),
        ):
            on_key(keys, self, partial(self._on_save, then), Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _on_save(self, then: Then, *_: object) -> None:
        self.save(then)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The gate takes its share, and no more than its sentences need."""
        super().resizeEvent(event)
        self.state.fit(self)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Gate and buttons follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def _on_draft_said(self, words: str, tone: str) -> None:
        self.state.show()
        self.draft_said.emit(f"登记{words}" if words else "", tone)

    def _on_saved(self, saved: Registered) -> None:
        self.clear()
        self.saved_strip.show_saved(saved)
        self.registered.emit(saved)

    def _begin_anew(self) -> None:
        self.drafts.keeper.forget()
        self.recognising.begin_anew()
        self.gate_watch.forget()
        self.defaults.reset()
        self.teller.forget()
        self.say("")

    def _on_kind(self) -> None:
        kind = self.kind()
        self.panel.set_kind(organisation=kind is VisitorKind.ORGANISATION, anonymous=kind is VisitorKind.ANONYMOUS)
        self._on_changed()

    def _on_changed(self) -> None:
        if self._filling:
            return
        self._filling = True
        self.answers.hold_for(self.form().lead)
        self.defaults.apply(self.form())
        rules = self.rules.rules
        self.panel.signatures.follow(self.form(), rules)
        form = self.form()
        self.ui.group.setText(form_values.headcount_words(form, rules))
        set_style(self.ui.group, tone="fault" if form_values.too_many(form, rules) else "fine")
        self.panel.fields["respondent"].set_fine(form_values.respondent_words(form))
        self.saved_strip.rest_while(typing=not form_values.is_blank(form))
        self._filling = False
        self.teller.recheck(form)
        self.show_gate(form)
        self.recognising.show_state()
        self.watch.form_changed()

    def _on_rules(self, rules: FormRules) -> None:
        if rules == self.rules:
            return
        self.rules = rules
        self.ui.rules.setText(rules.told)
        self.ui.rules.setVisible(bool(rules.told))
        self.panel.detail.set_tree(rules.tree)
        self._on_changed()

    def show_gate(self, form: RegistrationForm | None = None) -> None:
        """Compute the gate anew."""
        plain, same = registration.normalise(form or self.form()), self.recognising.same_matter()
        blank = form_values.is_blank(plain)
        self.gate_watch.show_matter(registration.same_matter(plain))
        self.likeness.suggest(self.gate_watch.cause(plain))
        gate = readiness.Gate((), ())
        if not blank:
            gate = self.gate_watch.compute(plain, self.rules.rules, same.refused if same else None)
        self.gate.show_gate(gate, complete=not blank and not self.faults(plain))

    def _on_gate_changed(self) -> None:
        self.show_gate()

    def show_questions(self, waiting: Likenesses) -> None:
        """Bring up what must be answered before the save."""
        self.recognising.show_questions(waiting)
