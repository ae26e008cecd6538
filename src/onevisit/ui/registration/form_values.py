"""The form as a value: reading ``RegistrationForm`` from the widgets, and showing one in them."""

from collections.abc import Collection
from enum import StrEnum

from PySide6.QtCore import QObject

from onevisit.rules import identity, phones, regions, registration
from onevisit.rules.classification import ContentClass, ReplyMethod
from onevisit.rules.faults import Fault
from onevisit.rules.forms import AgentPart, RegistrationForm
from onevisit.rules.groups import agents_of
from onevisit.rules.people import PersonEntry
from onevisit.rules.rulesets import RuleSet
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.widgets.find_combo import FindCombo

UNREADABLE_COUNT = "来访人数请填数字；不填就按已登记的人数计算。"
NO_ORGANISATION = "来访人选了“单位”，请填写单位名称；代表个人的请选“个人”。"


class VisitorKind(StrEnum):
    """来访人: a person, an organisation, or nobody named."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ANONYMOUS = "anonymous"


KIND_WORDS = (
    (VisitorKind.PERSON, "个人"),
    (VisitorKind.ORGANISATION, "单位"),
    (VisitorKind.ANONYMOUS, "匿名"),
)


def kind_of(form: RegistrationForm) -> VisitorKind:
    """Tell which kind of visitor a form is about."""
    if form.anonymous:
        return VisitorKind.ANONYMOUS
    return VisitorKind.ORGANISATION if form.organisation else VisitorKind.PERSON


def kind_from(code: str) -> VisitorKind:
    """The kind of visitor that a draft was kept with; what is not known is a person."""
    return next((kind for kind in VisitorKind if kind.value == code), VisitorKind.PERSON)


def read(panel: FormPanel, kind: VisitorKind) -> RegistrationForm:
    """Read the form as typed, without answers and return reason; what this kind of visitor lacks is left out."""
    ui = panel.ui
    anonymous = kind is VisitorKind.ANONYMOUS
    content, reply = ui.content.value(), ui.reply.value()
    return RegistrationForm(
        lead=None if anonymous else panel.person.entry(),
        companions=() if anonymous else panel.companions.entries(),
        agents=() if anonymous else tuple(one.person for one in panel.agents.entries()),
        agent_parts=() if anonymous else tuple(AgentPart(one.kind, one.shown) for one in panel.agents.entries()),
        signed=() if anonymous else panel.signatures.ticks(),
        organisation=ui.organisation.text() if kind is VisitorKind.ORGANISATION else "",
        anonymous=anonymous,
        headcount=read_count(panel.headcount.text()),
        purpose=ui.purpose.value(),
        content=ContentClass.from_code(content) if content else None,
        content_code=panel.detail.value(),
        place_code=ui.place.value() or "",
        respondent=ui.respondent.text(),
        title=ui.subject.text(),
        summary=ui.summary.toPlainText(),
        materials=panel.materials.entries(),
        reply_by=ReplyMethod.from_code(reply) if reply else None,
        confidential=ui.confidential.isChecked(),
        urgent=ui.urgent.isChecked(),
        clerk_note=ui.clerk_note.text(),
        wants_lawyer=ui.wants_lawyer.isChecked(),
    )


def begin_with(panel: FormPanel, text: str) -> None:
    """Put what was typed into the search box where it belongs: a phone, a document number or a name."""
    ui, plain = panel.ui, identity.plain(text)
    try:
        ui.phone.set_number(phones.read(text))
    except phones.PhoneFault:
        if sum("0" <= character <= "9" for character in plain) > len(plain) // 2:
            ui.id_number.set_number(text)
        else:
            ui.name.setText(text.strip())


def show(panel: FormPanel, form: RegistrationForm) -> None:
    """Show a form, without answers and return reason."""
    ui = panel.ui
    if form.lead is None:
        panel.person.clear()
    else:
        panel.person.set_entry(form.lead)
    panel.companions.set_entries(form.companions)
    panel.agents.set_entries(agents_of(form))
    panel.signatures.show(form)
    panel.materials.set_entries(form.materials)
    ui.organisation.setText(form.organisation)
    panel.headcount.setText("" if form.headcount is None else str(form.headcount))
    ui.purpose.set_value(form.purpose)
    ui.content.set_value(form.content.value if form.content else None)
    panel.detail.set_value(form.content_code)
    ui.place.set_value(form.place_code or None)
    ui.reply.set_value(form.reply_by.value if form.reply_by else None)
    ui.respondent.setText(form.respondent)
    ui.subject.setText(form.title)
    ui.summary.setPlainText(form.summary)
    ui.clerk_note.setText(form.clerk_note)
    for box, ticked in (
        (ui.confidential, form.confidential),
        (ui.urgent, form.urgent),
        (ui.wants_lawyer, form.wants_lawyer),
    ):
        box.setChecked(ticked)


def read_count(typed: str) -> int | None:
    """Read a head count; None when it is empty or no number."""
    plain = identity.plain(typed)
    return int(plain) if plain.isdecimal() and len(plain) < 6 else None


def own_faults(panel: FormPanel, kind: VisitorKind) -> tuple[Fault, ...]:
    """What only the screen can know: words that are no date or number, a kind of visitor without its name."""
    found: list[Fault] = []
    if kind is not VisitorKind.ANONYMOUS:
        found.extend(panel.person.own_faults("lead"))
    if kind is VisitorKind.ORGANISATION and not panel.ui.organisation.text().strip():
        found.append(Fault("organisation", NO_ORGANISATION))
    typed = panel.headcount.text().strip()
    if typed and read_count(typed) is None:
        found.append(Fault("headcount", UNREADABLE_COUNT))
    return tuple(found)


def headcount_words(form: RegistrationForm, rules: RuleSet) -> str:
    """Say that it is a group visit, and how many of its representatives are named; empty for less than a group."""
    count = registration.headcount(form)
    if not registration.is_group(count, rules.group_from.value) or form.anonymous:
        return ""
    named = (form.lead is not None) + len(form.companions)
    return f"集体访 {count} 人 · 代表 {named}/{registration.representatives_at_most(form, rules)}"


def too_many(form: RegistrationForm, rules: RuleSet) -> bool:
    """Whether more people are named than may represent a group (信访工作条例 2022, article 20)."""
    return (form.lead is not None) + len(form.companions) > registration.representatives_at_most(form, rules)


def respondent_words(form: RegistrationForm) -> str:
    """Say that it is a joint matter, about several; empty for one respondent or none."""
    count = len(registration.respondents(form.respondent))
    return f"涉及 {count} 个单位（人）" if count > 1 else ""


def is_blank(form: RegistrationForm) -> bool:
    """Whether nothing was typed; what the page filled in by itself does not count."""
    lead = form.lead or PersonEntry()
    typed = (
        *(lead.name, lead.id_number, lead.phone, lead.region_code, lead.town, lead.address, form.organisation),
        *(form.respondent, form.title, form.summary, form.clerk_note),
    )
    entered = (form.companions, form.agents, form.materials, form.headcount, form.purpose, form.content)
    return not any(part.strip() for part in typed) and not any(entered)


class Defaults(QObject):
    """Fills in what can be known until the clerk chooses: the place by the address, the way of the answer."""

    def __init__(self, panel: FormPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._by_hand: set[QObject] = set()
        for combo in (panel.ui.place, panel.ui.reply):
            self._watch(combo)

    def chosen(self) -> tuple[str, ...]:
        """Which of the fields were chosen by hand."""
        ui = self._panel.ui
        return tuple(name for name, combo in (("place", ui.place), ("reply", ui.reply)) if combo in self._by_hand)

    def set_chosen(self, names: Collection[str]) -> None:
        """Take these as chosen by hand, and no others."""
        ui = self._panel.ui
        self._by_hand = {combo for name, combo in (("place", ui.place), ("reply", ui.reply)) if name in names}

    def reset(self) -> None:
        """Begin anew: nothing was chosen by hand."""
        self._by_hand = set()

    def apply(self, form: RegistrationForm) -> None:
        """Fill in what follows from the form as it is now."""
        ui = self._panel.ui
        region = form.lead.region_code if form.lead else ""
        if ui.place not in self._by_hand and region != regions.city().code:
            self._put(ui.place, region or None)
        if ui.reply not in self._by_hand:
            way = _reply_for(form)
            self._put(ui.reply, way.value if way else None)

    def _watch(self, combo: FindCombo) -> None:
        combo.activated.connect(lambda: self._by_hand.add(combo))
        combo.line.textEdited.connect(lambda: self._by_hand.add(combo))

    @staticmethod
    def _put(combo: FindCombo, value: str | None) -> None:
        if combo.value() != value and not combo.line.hasFocus():
            combo.set_value(value)


def _reply_for(form: RegistrationForm) -> ReplyMethod | None:
    """The way of the answer that what is known allows."""
    if form.anonymous:
        return ReplyMethod.NONE
    phone = registration.reply_phone(form)
    if phone:
        return ReplyMethod.PHONE
    return ReplyMethod.WRITTEN if registration.full_address(form.lead) else None
