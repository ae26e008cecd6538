"""本人资料: everything the unit holds on one person, given to that person on request.

What is given, and what not (个人信息保护法 第44、45条; 第18条第1款 and 第35条 for what must stay secret):

- The person's particulars in full, every visit the person took part in, what was told and handed in there, the advice
  that a lawyer signed, the slips that were printed, who changed the particulars, and how long each matter is kept.
- What followed the visits: how the matter went on, what was served, promised, asked by telephone and evaluated. Where
  others came with the same matter on their own, without the words that may be about them (``desk.own_followed``).
- What the clerk noted on whoever spoke at the window, and why something was left open then: it is information on that
  person (第4条), and no law makes it secret. On a visit where the person only came along, the note is about somebody
  else and is left out. The report of an urgent matter is written for organs; what was told for it stands in the visit.
- Never a lawyer's working notes: they are the lawyer's preparation, not the unit's record of a person, and under the
  lawyer's own duty of secrecy (律师法 第38条).
- Of other people no more than their role and a masked name. What others told at visits of their own is theirs, even on
  the same matter.
- Of a confidential matter (信访工作条例 第30条) only what this person brought: what was told and handed in. Advice,
  slips and notes could show how it is being looked into. Who only came along is given number and day alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.gate_facts import reasons_of
from onevisit.desk.own_followed import SPEAKERS, followed
from onevisit.desk.policy import policy_of
from onevisit.desk.sight import get_person, visits_to_know
from onevisit.desk.slips import advice_of, form_of, material_line_of, reply_of
from onevisit.desk.timeline import Step
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, show_day, show_moment
from onevisit.rules.faults import Fault
from onevisit.rules.forms import GateAnswer
from onevisit.rules.masking import mask_name
from onevisit.rules.own_data import OwnData, OwnDataChange, OwnDataGround, OwnVisit
from onevisit.rules.people import PartyRole
from onevisit.rules.policy import Policy
from onevisit.rules.readiness import Check
from onevisit.rules.regions import join_address
from onevisit.rules.retention import STANDING_NOTE, kept
from onevisit.rules.slip import SlipAdvice
from onevisit.store.tables import AuditEntry, Consultation, Matter, Petitioner, Slip, Visit, VisitParty

_LEFT_OUT = (
    "同来的其他人只写角色和隐去的姓名；别人单独来访时说的内容属于别人，不在这里。",
    "几个人分别来访的同一件事，承诺、回访和评价只写日期和结果，里面的话可能关系到别人。",
    "紧急情况的报告单是写给有关机关的，不在这里；您当时说的内容在来访里。",
    "律师自己的工作笔记不是本单位对您的记录，依法由律师保密，不在这里。",
    "检举控告等保密事项只写您自己说的和交的，办理情况依法保密（《信访工作条例》第三十条）。",
    f"保存期满后，内容会匿名删除，只留编号、日期和分类。{STANDING_NOTE}。",
)


@dataclass(frozen=True, slots=True)
class _Rows:
    policy: Policy
    staff: records.StaffBook
    consultations: Mapping[int, Consultation]
    slips: Mapping[int, Sequence[Slip]]
    last_visits: Mapping[int, Visit]
    left_open: Mapping[int, tuple[GateAnswer, ...]]


def own_data(desk: Desk, petitioner_id: int, ground: OwnDataGround, *, identity_checked: bool) -> OwnData:
    """Gather what is held on a person, to be printed and handed over; leaves a trace. Needs GIVE_OWN_DATA.

    Args:
        desk: who gives it.
        petitioner_id: whose data it is.
        ground: why it is given.
        identity_checked: the applicant's document was looked at, and the authority of whoever asks for another.

    Raises:
        FormError: nobody looked at the document (field ``identity``).
        NotFoundError: the person is not there, may not be known, or was anonymised.
        DeskFault: it is an organisation.
    """
    with desk.work(Permission.GIVE_OWN_DATA) as session:
        if not identity_checked:
            sentence = "请先核对申请人的证件；监护人或受托人还要看监护证明或委托书，核对后再打勾。"
            raise FormError((Fault("identity", sentence),))
        petitioner = get_person(desk, session, petitioner_id)
        if petitioner.organisation:
            raise DeskFault("单位不适用个人信息的查阅和复制，请按单位来访事项办理。")
        visits = _visits(desk, session, petitioner_id)
        rows = _rows(session, visits)
        desk.record(session, "own_data.given", "petitioner", petitioner_id, ground.value)
        return OwnData(
            unit=desk.unit,
            practice=desk.practice,
            made_at=desk.now(),
            staff_no=desk.actor.staff_no,
            ground=ground.label,
            name=petitioner.name,
            particulars=tuple(_particulars(petitioner)),
            visits=tuple(_visit(visit, petitioner, rows) for visit in visits),
            changes=tuple(_changes(session, petitioner_id, rows.staff, {visit.id: visit.number for visit in visits})),
            left_out=_LEFT_OUT,
            followed=followed(desk, session, visits, petitioner_id),
        )


def _visits(desk: Desk, session: Session, petitioner_id: int) -> Sequence[Visit]:
    own = select(VisitParty.visit_id).where(VisitParty.petitioner_id == petitioner_id)
    query = (
        select(Visit)
        .join(Visit.matter)
        .where(Visit.id.in_(own), Matter.anonymised_at.is_(None), visits_to_know(desk))
        .order_by(Visit.arrived_at)
        .options(*records.whole_visit())
    )
    return session.scalars(query).all()


def _rows(session: Session, visits: Sequence[Visit]) -> _Rows:
    ids = [visit.id for visit in visits]
    of_matters = select(Visit).where(Visit.matter_id.in_({visit.matter_id for visit in visits})).order_by(Visit.day)
    return _Rows(
        policy=policy_of(session),
        staff=records.staff(session),
        consultations=records.consultations(session, ids),
        slips=records.slips(session, ids),
        last_visits={visit.matter_id: visit for visit in session.scalars(of_matters)},
        left_open=reasons_of(session, ids),
    )


def _particulars(petitioner: Petitioner) -> Iterator[tuple[str, str]]:
    said = (
        ("姓名", petitioner.name),
        ("性别", petitioner.sex.label),
        ("出生日期", show_day(petitioner.birth_date) if petitioner.birth_date else ""),
        ("民族", petitioner.ethnic_group),
        (petitioner.id_kind.label, petitioner.id_number),
        ("电话", petitioner.phone),
        ("住址", join_address(petitioner.region_code, petitioner.town, petitioner.address)),
        ("首次登记", show_moment(petitioner.created_at)),
    )
    return ((label, value or "没有登记") for label, value in said)


def _visit(visit: Visit, petitioner: Petitioner, rows: _Rows) -> OwnVisit:
    mine = [party for party in visit.parties if party.petitioner_id == petitioner.id]
    speaks = any(party.role in SPEAKERS for party in mine)
    lead = any(party.role is PartyRole.LEAD for party in mine)
    matter, hidden = visit.matter, visit.matter.confidential
    told = speaks or not hidden
    return OwnVisit(
        visit_no=visit.number,
        matter_no=matter.number,
        arrived_at=visit.arrived_at,
        ordinal=visit.ordinal,
        role="、".join(masks.role_word(party) for party in mine),
        others=tuple(_other(party) for party in visit.parties if party.petitioner_id != petitioner.id),
        title=matter.title if told else "",
        classification=masks.classification_of(matter) if told else "",
        respondent=matter.respondent if speaks else "",
        summary=visit.summary if speaks else "",
        materials=tuple(material_line_of(one) for one in visit.materials) if speaks else (),
        reply=_reply(visit) if lead else "",
        return_reason=_return_reason(visit) if lead and not hidden else "",
        note="\n".join(_notes(visit, rows)) if lead and not hidden else "",
        advice=_advice(visit, rows) if speaks and not hidden else (),
        slips=tuple(_slips(visit, rows)) if speaks and not hidden else (),
        kept_until=_kept_until(visit, rows),
    )


def _other(party: VisitParty) -> str:
    petitioner = party.petitioner
    # an organisation's name is no personal data
    name = petitioner.name if petitioner.organisation else mask_name(petitioner.name)
    return f"{masks.role_word(party)} {name}"


def _reply(visit: Visit) -> str:
    return reply_of(visit, form_of(visit)) or visit.reply_by.label


def _return_reason(visit: Visit) -> str:
    if visit.return_reason is None:
        return ""
    note = f"（{visit.return_note}）" if visit.return_note else ""
    return visit.return_reason.label + note


def _notes(visit: Visit, rows: _Rows) -> Iterator[str]:
    if visit.clerk_note:
        yield visit.clerk_note
    for one in rows.left_open.get(visit.id, ()):
        # the check may be one of another version of the program
        what = f"{Check.from_code(one.finding).label}：" if one.finding in set(Check) else ""
        yield f"{Step.GATE_LEFT.label}：{what}{one.reason}"


def _advice(visit: Visit, rows: _Rows) -> tuple[SlipAdvice, ...]:
    consultation = rows.consultations.get(visit.id)
    return () if consultation is None else advice_of(consultation, rows.staff)


def _slips(visit: Visit, rows: _Rows) -> Iterator[str]:
    for slip in rows.slips.get(visit.id, ()):
        for copy in slip.copies:
            printed = f"{show_moment(copy.printed_at)}，工号 {rows.staff[copy.account_id].staff_no}"
            yield f"第 {slip.edition} 版第 {copy.copy_no} 份，{printed}，{copy.outcome.label}"


def _kept_until(visit: Visit, rows: _Rows) -> str:
    matter, last = visit.matter, rows.last_visits[visit.matter_id]
    one = kept(matter.purpose, max(last.day, local_day(last.registered_at)), is_open=matter.open, policy=rows.policy)
    return f"保存到{show_day(one.until)}（最后一次来访后 {one.years} 年）"


def _changes(
    session: Session, petitioner_id: int, staff: records.StaffBook, numbers: Mapping[int, str]
) -> Iterator[OwnDataChange]:
    """Who changed the particulars, and at which of the visits given; one that was forgotten is not named again."""
    query = (
        select(AuditEntry)
        .where(
            AuditEntry.action == "petitioner.changed",
            AuditEntry.record_kind == "petitioner",
            AuditEntry.record_id == petitioner_id,
        )
        .order_by(AuditEntry.id)
    )
    for entry in session.scalars(query):
        by = staff.get(entry.account_id) if entry.account_id is not None else None
        number = numbers.get(int(entry.detail), "") if entry.detail.isdecimal() else ""
        yield OwnDataChange(entry.at, by.staff_no if by else "", number)
