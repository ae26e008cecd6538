"""One matter in full: its visits, their people, advice and slips, and who did what, when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.issue import copy_rows
from onevisit.desk.slips import form_of, material_line_of, reply_of
from onevisit.desk.standing import seen
from onevisit.desk.timeline import label_of, whole_line
from onevisit.desk.views import AdviceLine, MatterView, PersonLine, TimelineLine, VisitLine
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.masking import mask_id, mask_phone
from onevisit.store.tables import Consultation, Matter, Slip, TimelineEntry, Visit, VisitParty


@dataclass(frozen=True, slots=True)
class _Rows:
    staff: records.StaffBook
    consultations: Mapping[int, Consultation]
    slips: Mapping[int, Sequence[Slip]]


def read_matter(session: Session, matter_id: int) -> MatterView | None:
    """Read a matter with everything that everybody who may know it may read; None if it is not there."""
    query = select(Matter).where(Matter.id == matter_id).options(*records.whole_matter())
    matter = session.scalars(query).one_or_none()
    if matter is None:
        return None
    visit_ids = [visit.id for visit in matter.visits]
    rows = _Rows(records.staff(session), records.consultations(session, visit_ids), records.slips(session, visit_ids))
    return MatterView(
        seen=seen(matter),
        matter_id=matter.id,
        matter_no=matter.number,
        title=matter.title,
        classification=masks.classification_of(matter),
        respondent=matter.respondent,
        open=matter.open,
        confidential=matter.confidential,
        urgent=matter.urgent,
        registered_at=matter.registered_at,
        visits=tuple(_visit(visit, rows) for visit in matter.visits),
        timeline=_timeline(session, matter_id, rows.staff),
        anonymised_at=matter.anonymised_at,
    )


def _visit(visit: Visit, rows: _Rows) -> VisitLine:
    consultation = rows.consultations.get(visit.id)
    reason = visit.return_reason.label if visit.return_reason else ""
    return VisitLine(
        visit_id=visit.id,
        visit_no=visit.number,
        arrived_at=visit.arrived_at,
        ordinal=visit.ordinal,
        headcount=visit.headcount,
        people=tuple(_person(party) for party in visit.parties),
        summary=visit.summary,
        materials=tuple(material_line_of(material) for material in visit.materials),
        reply=_reply(visit),
        return_reason=f"{reason}（{visit.return_note}）" if visit.return_note else reason,
        clerk_no=rows.staff[visit.clerk_id].staff_no,
        clerk_note=visit.clerk_note,
        advice=_advice(consultation, rows.staff) if consultation else None,
        copies=copy_rows(rows.slips.get(visit.id, ()), rows.staff),
    )


def _reply(visit: Visit) -> str:
    if visit.matter.anonymised_at is not None:
        return visit.reply_by.label
    return reply_of(visit, form_of(visit)) or visit.reply_by.label


def _person(party: VisitParty) -> PersonLine:
    petitioner = party.petitioner
    return PersonLine(
        petitioner_id=petitioner.id,
        role=masks.role_word(party),
        name=petitioner.name,
        masked_id=mask_id(petitioner.id_number),
        masked_phone=mask_phone(petitioner.phone),
        place=masks.place_of(petitioner),
        natural=not petitioner.organisation and petitioner.anonymised_at is None,
    )


def _advice(consultation: Consultation, staff: records.StaffBook) -> AdviceLine | None:
    if consultation.signed_at is None:
        return None
    return AdviceLine(
        lawyer=staff[consultation.lawyer_id].name,
        signed_at=consultation.signed_at,
        facts=consultation.facts,
        advice=consultation.advice,
        basis=consultation.basis,
        ways=tuple(AdvisedWay.from_code(way).label for way in consultation.ways),
        legal_aid=consultation.legal_aid,
        addenda=tuple((one.written_at, staff[one.account_id].name, one.text) for one in consultation.addenda),
    )


def _timeline(session: Session, matter_id: int, staff: records.StaffBook) -> tuple[TimelineLine, ...]:
    query = select(TimelineEntry).where(TimelineEntry.matter_id == matter_id).order_by(TimelineEntry.id)
    return tuple(
        TimelineLine(
            at=entry.at,
            who=f"{staff[entry.account_id].name}（{staff[entry.account_id].staff_no}）",
            kind=label_of(entry.kind),
            text=entry.text,
            whole=whole_line(entry.kind, entry.text),
        )
        for entry in session.scalars(query)
    )
