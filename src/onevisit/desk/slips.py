"""What a slip says, made of saved rows alone: nothing that only stood on a screen, nothing that was not signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import lawbook, masks, records
from onevisit.desk.people import entry_of
from onevisit.desk.slip_promises import PromiseBook, places_of, promise_book, promises_of, remedies_of
from onevisit.rules import promises, wording
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.clocks import local_day, show_day, show_short_day
from onevisit.rules.forms import AgentPart, MaterialEntry, RegistrationForm
from onevisit.rules.masking import mask_phone
from onevisit.rules.papers import PaperLists
from onevisit.rules.people import PartyRole
from onevisit.rules.readiness import missing_papers
from onevisit.rules.registration import full_address, reply_phone
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.slip import SlipAdvice, SlipData, UnitCard
from onevisit.store.tables import Consultation, Material, Matter, Visit

_COMPANIONS = {PartyRole.COMPANION, PartyRole.REPRESENTATIVE}
_SPEAKERS = _COMPANIONS | {PartyRole.LEAD}


@dataclass(frozen=True, slots=True)
class Sources:
    """The rows that slips are made of, for any number of visits.

    Attributes:
        consultations: by visit.
        earlier_materials: names of what was handed in at earlier visits on the same matter, by visit.
        lists: the unit's papers.
        book: what the promises depend on.
    """

    staff: records.StaffBook
    consultations: Mapping[int, Consultation]
    earlier_materials: Mapping[int, tuple[str, ...]]
    lists: PaperLists
    book: PromiseBook


def build_slip(session: Session, visit: Visit, unit: UnitCard, *, practice: bool) -> SlipData:
    """What the slip of a visit says now, as edition 1; the same rows always give the same slip.

    Args:
        session: the transaction.
        visit: the visit.
        unit: the unit's particulars as they are now; the window is that of the visit.
        practice: whether this is practice mode.
    """
    whole = records.fetch_visit(session, visit.id)
    return compose(whole, sources(session, [whole]), unit, practice=practice)


def sources(session: Session, visits: Sequence[Visit]) -> Sources:
    """Fetch what ``compose`` needs for visits that are loaded whole, in a fixed number of statements."""
    return Sources(
        staff=records.staff(session),
        consultations=records.consultations(session, [visit.id for visit in visits]),
        earlier_materials=_earlier_materials(session, visits),
        lists=lawbook.paper_lists(session),
        book=promise_book(session, visits),
    )


def compose(visit: Visit, rows: Sources, unit: UnitCard, *, practice: bool) -> SlipData:
    """Write the slip of a visit that is loaded whole."""
    form, matter = form_of(visit), visit.matter
    consultation = rows.consultations.get(visit.id)
    return SlipData(
        unit=replace(unit, window_no=visit.window_no),
        practice=practice,
        visit_no=visit.number,
        matter_no=matter.number,
        query_code=matter.query_code,
        queue_no=visit.queue_no,
        petitioner=masks.petitioner_name(visit),
        visitors=masks.other_visitors(visit),
        headcount=visit.headcount,
        # the number of whoever came for an organisation is not the organisation's
        masked_id="" if masks.organisation_of(visit) else masks.masked_id_of(visit),
        arrived_at=visit.arrived_at,
        visit_ordinal=visit.ordinal,
        title=matter.title,
        classification=masks.classification_of(matter),
        respondent=matter.respondent,
        summary=visit.summary,
        materials=tuple(material_line_of(material) for material in visit.materials),
        promises=promises_of(visit, form, rows.book),
        reply=reply_of(visit, form),
        missing_papers=missing_papers(
            form,
            rows.earlier_materials.get(visit.id, ()),
            rows.lists,
            guided=rows.book.is_guided(visit),
            group_from=rows.book.rules(visit).group_from.value,
        ),
        advice=() if consultation is None else advice_of(consultation, rows.staff),
        enquiry=wording.enquiry(unit),
        remedies=remedies_of(visit, form, rows.book),
        staff_no=rows.staff[visit.clerk_id].staff_no,
        edition=1,
        places=places_of(visit, rows.book),
    )


def form_of(visit: Visit) -> RegistrationForm:
    """A saved visit as the form that would register it: what the rules are asked about."""
    matter = visit.matter
    lead, organisation = masks.lead_of(visit), masks.organisation_of(visit)
    companions = [party.petitioner for party in visit.parties if party.role in _COMPANIONS]
    agents = [party for party in visit.parties if party.role is PartyRole.AGENT]
    speakers = [party for party in visit.parties if party.role in _SPEAKERS]
    return RegistrationForm(
        lead=entry_of(lead) if lead else None,
        companions=tuple(entry_of(one) for one in companions),
        agents=tuple(entry_of(one.petitioner) for one in agents),
        agent_parts=tuple(AgentPart(one.agent_kind, tuple(one.papers_shown)) for one in agents),
        signed=tuple(one.signed for one in speakers),
        organisation=organisation.name if organisation else "",
        anonymous=visit.anonymous,
        headcount=visit.headcount,
        purpose=matter.purpose,
        content=matter.content,
        content_code=matter.content_code,
        place_code=matter.place_code,
        respondent=matter.respondent,
        title=matter.title,
        summary=visit.summary,
        materials=tuple(_entry_of(material) for material in visit.materials),
        reply_by=visit.reply_by,
        confidential=matter.confidential,
        urgent=matter.urgent,
        clerk_note=visit.clerk_note,
        wants_lawyer=visit.wants_lawyer,
        return_reason=visit.return_reason,
        return_note=visit.return_note,
    )


def material_line_of(material: Material) -> str:
    """One thing that was handed in, in words."""
    return wording.material_line(_entry_of(material))


def reply_of(visit: Visit, form: RegistrationForm) -> str:
    """How the answer reaches the visitor, in words; ``form`` is ``form_of`` the visit."""
    return promises.reply_line(visit.reply_by, mask_phone(reply_phone(form)), full_address(form.lead))


def last_promise(matter: Matter, book: PromiseBook) -> str:
    """The last promise with a day that was made on a matter, and how the answer was to travel; for the clerk.

    A later visit keeps the dates of the first one, so they are looked for from the last visit back.
    """
    if not matter.visits:
        return ""
    last = matter.visits[-1]
    reply = reply_of(last, form_of(last))
    try:
        made = [one for visit in reversed(matter.visits) for one in promises_of(visit, form_of(visit), book)]
    except RuleSetFault:
        # the page of the matter says so; whoever comes again is registered all the same
        return reply
    promise = next((one for one in made if one.by is not None), None)
    if promise is None or promise.by is None:
        return reply
    by = show_short_day(promise.by) if promise.by.year == last.day.year else show_day(promise.by)
    return "；".join(part for part in (f"最迟{by}，{promise.text.rstrip('。')}", reply) if part)


def _entry_of(material: Material) -> MaterialEntry:
    return MaterialEntry(name=material.name, form=material.form, pages=material.pages, kept=material.kept)


def _earlier_materials(session: Session, visits: Sequence[Visit]) -> Mapping[int, tuple[str, ...]]:
    repeats = [visit for visit in visits if visit.ordinal > 1]
    if not repeats:
        return {}
    query = (
        select(Visit.matter_id, Visit.ordinal, Material.name)
        .join(Material.visit)
        .where(Visit.matter_id.in_({visit.matter_id for visit in repeats}))
        .order_by(Visit.ordinal, Material.ordinal)
    )
    rows = session.execute(query).all()
    return {
        visit.id: tuple(
            name for matter_id, ordinal, name in rows if matter_id == visit.matter_id and ordinal < visit.ordinal
        )
        for visit in repeats
    }


def advice_of(consultation: Consultation, staff: records.StaffBook) -> tuple[SlipAdvice, ...]:
    """The plain-words part of a signed consultation: neither facts nor working notes, and no draft."""
    if consultation.signed_at is None:
        return ()
    return (
        SlipAdvice(
            lawyer=staff[consultation.lawyer_id].name,
            advice=consultation.advice,
            ways=tuple(AdvisedWay.from_code(way).label for way in consultation.ways),
            legal_aid=consultation.legal_aid,
            signed_at=consultation.signed_at,
            addenda=tuple(f"{show_short_day(local_day(one.written_at))}：{one.text}" for one in consultation.addenda),
        ),
    )
