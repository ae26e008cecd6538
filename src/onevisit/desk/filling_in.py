"""补登: what the form of a saved visit left out is filled in while the visitor is still here, or on the telephone.

What the one-visit gate finds missing after the save is mended here. Nothing is taken away: what a field held and is
left empty stays, what was known of the matter is not exchanged, and each change is said in the timeline.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from sqlalchemy.orm import Session

from onevisit.desk import people, records
from onevisit.desk.cast import Cast, matters_of, tell_changes
from onevisit.desk.desk import Desk
from onevisit.desk.documents import reindex
from onevisit.desk.errors import NotFoundError
from onevisit.desk.form_rules import day_of_rules
from onevisit.desk.lawbook import rules_on
from onevisit.desk.masks import lead_of
from onevisit.desk.people import entry_of
from onevisit.desk.route_rows import current_decisions
from onevisit.desk.sight import get_visit, people_to_know, require_kept
from onevisit.desk.slips import form_of
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, seen, touch
from onevisit.desk.timeline import Step, add_step
from onevisit.rules import accused, registration
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import Purpose, ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import Fault
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.rules.regions import name_of
from onevisit.rules.wording import material_line
from onevisit.store.tables import Material, Matter, Visit

_FIELDS = frozenset({"lead", "reply_by", "place_code", "respondent", "confidential", "clerk_note", "materials"})
_NUMBER_OF_ANOTHER = "这个证件号已经登记在另一位信访人名下，请对照证件核对；确是同一人的，下次来访登记时会认出来。"
_STAYS = "已经登记过{}，不能在这里换掉；写错了的，请写进备注。"
_WITH_THEM = "请先在“去向”里收回，再补登。"


@dataclass(frozen=True, slots=True)
class FillIn:
    """What of a saved visit can be filled in, as it stands or as it was typed.

    Attributes:
        visit_id, seen: to be handed back.
        lead: None of an anonymous visit.
        materials: what is handed in besides; nothing as it stands.
    """

    visit_id: int
    seen: Seen
    lead: PersonEntry | None
    reply_by: ReplyMethod
    place_code: str
    respondent: str
    confidential: bool
    clerk_note: str
    materials: tuple[MaterialEntry, ...] = ()


def to_fill_in(desk: Desk, visit_id: int) -> FillIn:
    """What the form of a saved visit holds, to be filled in; leaves a trace, for it is shown in full. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
        DeskFault: its content was forgotten.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        require_kept(visit.matter)
        lead = lead_of(visit)
        if lead is not None:
            desk.record(session, "petitioner.read", "petitioner", lead.id)
        return _as_it_stands(visit)


def fill_in(desk: Desk, shown: FillIn, typed: FillIn) -> tuple[str, ...]:
    """Fill in what was left out; gives what changed, in words. Needs REGISTER.

    Args:
        desk: who fills it in.
        shown: as ``to_fill_in`` gave it; what stands there still is not written over what was told elsewhere since.
        typed: what the page holds now.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
        ChangedElsewhereError: somebody changed the matter since it was shown.
        DeskFault: its content was forgotten.
        FormError: with what is wrong at each field of the form.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, shown.visit_id)
        matter = open_for_change(desk, session, shown.seen)
        if visit.matter_id != matter.id:
            raise NotFoundError("没有找到这次来访，请刷新列表后再试。")
        before = form_of(records.fetch_visit(session, visit.id))
        merged = _merged(before, shown, typed)
        require_no_faults(_faults(desk, session, visit, before, merged))
        plain = registration.normalise(merged)
        of_person = _person(desk, session, visit, plain)
        besides = (*_of_visit(visit, before, plain), *_of_matter(matter, plain))
        if besides:
            add_step(desk, session, visit, Step.FILLED_IN, "；".join(besides))
        if of_person or besides:
            touch(matter)
            desk.record(session, "visit.filled_in", "visit", visit.id)
            session.flush()
            reindex(session, [matter.id])
        return (*of_person, *besides)


def _as_it_stands(visit: Visit) -> FillIn:
    matter, lead = visit.matter, lead_of(visit)
    return FillIn(
        visit_id=visit.id,
        seen=seen(matter, visit.id),
        lead=entry_of(lead) if lead else None,
        reply_by=visit.reply_by,
        place_code=matter.place_code,
        respondent=matter.respondent,
        confidential=matter.confidential,
        clerk_note=visit.clerk_note,
    )


def _merged(before: RegistrationForm, shown: FillIn, typed: FillIn) -> RegistrationForm:
    """What stands now, and over it what was newly typed; a field that was emptied stays as it was."""
    lead = before.lead
    if lead is not None and shown.lead is not None and typed.lead is not None:
        pairs = ((one.name, getattr(typed.lead, one.name)) for one in fields(PersonEntry))
        lead = replace(lead, **{name: new for name, new in pairs if new and new != getattr(shown.lead, name)})
    return replace(
        before,
        lead=lead,
        reply_by=before.reply_by if typed.reply_by is shown.reply_by else typed.reply_by,
        place_code=_newly(typed.place_code, shown.place_code) or before.place_code,
        respondent=_newly(typed.respondent, shown.respondent) or before.respondent,
        confidential=before.confidential or typed.confidential,
        clerk_note=_newly(typed.clerk_note, shown.clerk_note) or before.clerk_note,
        materials=(*before.materials, *typed.materials),
    )


def _newly(typed: str, shown: str) -> str:
    return "" if typed == shown else typed.strip()


def _faults(
    desk: Desk, session: Session, visit: Visit, before: RegistrationForm, merged: RegistrationForm
) -> Iterator[Fault]:
    """What is wrong with what was typed, each at its field; what the form was at fault with before is let be."""
    rules = rules_on(desk, session, day_of_rules(session, visit.day))
    for fault in registration.check(merged, local_day(desk.now()), rules):
        if fault.field.partition(".")[0] in _FIELDS:
            yield replace(fault, field=_place(fault.field, len(before.materials)))
    plain = registration.normalise(merged)
    number = plain.lead.id_number if plain.lead else ""
    lead, known = lead_of(visit), people.by_number(session, {number} if number else ())
    if lead is not None and number != lead.id_number and known.get(number, lead) is not lead:
        yield Fault("lead.id_number", _NUMBER_OF_ANOTHER)
    for field, what in (("place_code", "问题属地"), ("respondent", "被反映单位（人）")):
        was = getattr(before, field)
        if was and getattr(plain, field) != was:
            yield Fault(field, _STAYS.format(what))
    yield from _at_the_accused(session, visit.matter, before, plain)


def _place(path: str, materials: int) -> str:
    """The field of the page: it shows new materials alone, and of a person not what the number says."""
    head, _, rest = path.partition(".")
    if head == "materials" and rest:
        place, _, field = rest.partition(".")
        return f"materials.{int(place) - materials}.{field}"
    return "lead.id_number" if path in {"lead.birth_date", "lead.sex"} else path


def _at_the_accused(
    session: Session, matter: Matter, before: RegistrationForm, plain: RegistrationForm
) -> Iterator[Fault]:
    """What was sent on already is not with whom it now turns out to be about (article 30)."""
    field = "respondent" if plain.respondent != before.respondent else "confidential"
    if getattr(plain, field) == getattr(before, field):
        return
    decision = current_decisions(session, [matter.id]).get(matter.id)
    if decision is None or not (plain.confidential or matter.purpose is Purpose.ACCUSATION):
        return
    for one in decision.addressees:
        if accused.is_accused(one, plain.respondent):
            yield Fault(field, f"去向已经定了“{one}”，它就是被反映的人员、单位，或者是其中的一部分。{_WITH_THEM}")


def _person(desk: Desk, session: Session, visit: Visit, plain: RegistrationForm) -> tuple[str, ...]:
    lead = lead_of(visit)
    if lead is None or plain.lead is None:
        return ()
    known_here = people_to_know(desk, session, [lead.id])
    changes = people.bring_up_to_date(lead, plain.lead)
    if changes:
        tell_changes(desk, session, visit, Cast(changes=[(lead, changes)]), known_here)
        session.flush()
        reindex(session, matters_of(session, [lead]))
    return changes


def _of_visit(visit: Visit, before: RegistrationForm, plain: RegistrationForm) -> Iterator[str]:
    if plain.reply_by is not None and plain.reply_by is not visit.reply_by:
        visit.reply_by = plain.reply_by
        yield f"答复方式改为{plain.reply_by.label}"
    added = plain.materials[len(before.materials) :]
    last = max((one.ordinal for one in visit.materials), default=0)
    for place, one in enumerate(added, last + 1):
        material = Material(ordinal=place, name=one.name, form=one.form, pages=one.pages, kept=one.kept)
        visit.materials.append(material)
    if added:
        yield f"补收材料：{'、'.join(map(material_line, added))}"
    if plain.clerk_note != visit.clerk_note:
        visit.clerk_note = plain.clerk_note
        yield "备注有补充"


def _of_matter(matter: Matter, plain: RegistrationForm) -> Iterator[str]:
    if plain.place_code != matter.place_code:
        matter.place_code = plain.place_code
        yield f"问题属地：{name_of(plain.place_code)}"
    if plain.respondent != matter.respondent:
        matter.respondent = plain.respondent
        yield f"被反映单位（人）：{plain.respondent}"
    if plain.confidential and not matter.confidential:
        matter.confidential = True
        yield "定为保密"
