"""The duty lawyer: who waits, one consultation at a time, the signature that seals it, addenda after it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from onevisit.desk import drafts, records
from onevisit.desk.desk import Desk
from onevisit.desk.documents import reindex
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.masks import classification_of, masked_id_of, petitioner_name
from onevisit.desk.sight import day_begin, get_visit, require_kept, visits_to_know
from onevisit.desk.slips import material_line_of
from onevisit.desk.timeline import Step, add_step
from onevisit.rules import consultation as rules
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.forms import ConsultationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.text import tidy_block
from onevisit.store.tables import Consultation, ConsultationAddendum, Matter, Visit


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A visitor who waits for the lawyer, or is being advised; oldest first.

    Attributes:
        state: ``waiting``, ``opened`` (a consultation is begun, not signed) or ``signed``.
        lawyer: who opened it, empty while waiting.
    """

    visit_id: int
    consultation_id: int | None
    queue_no: int
    petitioner: str
    title: str
    classification: str
    arrived_at: datetime
    state: str
    lawyer: str


@dataclass(frozen=True, slots=True)
class Addendum:
    """补充意见."""

    written_at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ConsultationView:
    """One consultation with what the lawyer needs to know of the visit.

    Attributes:
        form: what is written so far; ``working_notes`` is empty for everybody but its author.
        editable: the person at the desk may write (own consultation, not signed).
        version: to be handed back at ``save`` and ``sign``.
    """

    consultation_id: int
    visit_id: int
    visit_no: str
    queue_no: int
    petitioner: str
    masked_id: str
    title: str
    classification: str
    respondent: str
    summary: str
    materials: tuple[str, ...]
    earlier: tuple[str, ...]
    lawyer: str
    opened_at: datetime
    signed_at: datetime | None
    form: ConsultationForm
    addenda: tuple[Addendum, ...]
    editable: bool
    version: int


def send_to_lawyer(desk: Desk, visit_id: int) -> None:
    """Put a registered visit on the lawyer's waiting list; sending it twice changes nothing. Needs REGISTER.

    Raises:
        DeskFault: the visit is not one of today.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        if visit.wants_lawyer:
            return
        today = local_day(desk.now())
        if today not in {visit.day, local_day(visit.registered_at)}:
            raise DeskFault("这次来访不是今天的，请先登记今天的来访，再转律师。")
        visit.wants_lawyer = True
        add_step(desk, session, visit, Step.SENT_TO_LAWYER, "转值班律师接待")
        desk.record(session, "visit.sent_to_lawyer", "visit", visit.id)


def waiting(desk: Desk) -> tuple[WaitingRow, ...]:
    """Today's list for the lawyer: waiting, opened, then signed today. Needs CONSULT.

    A consultation that was begun on an earlier day and never signed stays on the list, so that nobody forgets it. Who
    left the hall before it was begun waits no more.
    """
    with desk.look(Permission.CONSULT) as session:
        today = local_day(desk.now())
        # two questions that each have an index: asked as one of joined rows, every visit ever made would be read
        on_hand = select(Consultation.visit_id).where(
            or_(Consultation.signed_at.is_(None), Consultation.signed_at >= day_begin(today))
        )
        query = (
            select(Visit)
            .join(Visit.matter)
            .where(Visit.wants_lawyer, or_(_of(today), Visit.id.in_(on_hand)), Matter.anonymised_at.is_(None))
            .options(*records.whole_visit())
        )
        visits = session.scalars(query).all()
        begun = records.consultations(session, [visit.id for visit in visits])
        staff = records.staff(session)
        # who has left the hall waits for nobody; what was begun or signed stays
        here = [visit for visit in visits if visit.left_at is None or visit.id in begun]
        rows = [_waiting_row(visit, begun.get(visit.id), staff) for visit in here]
    return tuple(sorted(rows, key=lambda row: (_STATES.index(row.state), row.arrived_at, row.queue_no)))


def waiting_count(desk: Desk) -> int:
    """How many wait for a lawyer now, of those that may be known. Whoever is logged in may ask."""
    with desk.look(None) as session:
        query = (
            select(func.count())
            .select_from(Visit)
            .join(Visit.matter)
            .outerjoin(Consultation, Consultation.visit_id == Visit.id)
            .where(Visit.wants_lawyer, Visit.left_at.is_(None), Consultation.id.is_(None))
            .where(_of(local_day(desk.now())), visits_to_know(desk))
        )
        return session.scalars(query).one()


def begin(desk: Desk, visit_id: int) -> ConsultationView:
    """Open the consultation of a visit, or come back to one's own. Needs CONSULT.

    Raises:
        DeskFault: another lawyer has opened it (said by name), or the visitor was not sent to the lawyer.
    """
    with desk.work(Permission.CONSULT) as session:
        visit = get_visit(desk, session, visit_id)
        if not visit.wants_lawyer:
            raise DeskFault("这次来访没有转律师，请窗口接待员先点“转律师”。")
        require_kept(visit.matter)
        consultation = records.consultations(session, [visit.id]).get(visit.id)
        if consultation is None:
            consultation = Consultation(visit_id=visit.id, lawyer_id=desk.actor.account_id, opened_at=desk.now())
            session.add(consultation)
            session.flush()
            add_step(desk, session, visit, Step.ADVICE_BEGUN, f"{desk.actor.name}开始接待")
            desk.record(session, "consultation.opened", "consultation", consultation.id)
        elif consultation.lawyer_id != desk.actor.account_id:
            name = records.staff(session)[consultation.lawyer_id].name
            raise DeskFault(f"{name}已经接待了这位来访人，请在列表中另选一位。")
        return _view(desk, session, consultation)


def view(desk: Desk, consultation_id: int) -> ConsultationView:
    """Read one consultation. Needs CONSULT."""
    with desk.look(Permission.CONSULT) as session:
        return _view(desk, session, _get(desk, session, consultation_id))


def save(desk: Desk, consultation_id: int, form: ConsultationForm, version: int) -> ConsultationView:
    """Keep what is written so far, however incomplete. Needs CONSULT and authorship.

    Raises:
        DeskFault: it is signed.
        ChangedElsewhereError: it was changed since ``version``.
    """
    with desk.work(Permission.CONSULT) as session:
        consultation = _get_own_draft(desk, session, consultation_id, version)
        _write(consultation, rules.normalise(form))
        session.flush()
        return _view(desk, session, consultation)


def sign(desk: Desk, consultation_id: int, form: ConsultationForm, version: int) -> ConsultationView:
    """Sign it off: from now on it is sealed. Needs CONSULT and authorship.

    Raises:
        FormError: facts or advice are missing (``rules.consultation.check``).
        DeskFault: it is signed already.
        ChangedElsewhereError: it was changed since ``version``.
    """
    with desk.work(Permission.CONSULT) as session:
        consultation = _get_own_draft(desk, session, consultation_id, version)
        plain = rules.normalise(form)
        faults = rules.check(plain)
        if faults:
            raise FormError(faults)
        _write(consultation, plain)
        consultation.signed_at = desk.now()
        session.flush()
        add_step(desk, session, consultation.visit, Step.ADVICE_SIGNED, f"{desk.actor.name}签发律师意见")
        desk.record(session, "consultation.signed", "consultation", consultation.id)
        reindex(session, [consultation.visit.matter_id])
        return _view(desk, session, consultation)


def add_addendum(desk: Desk, consultation_id: int, text: str, *, draft_id: int | None = None) -> ConsultationView:
    """Add a dated addendum to a signed consultation. Needs CONSULT.

    The draft that the text was kept in goes in the same transaction.

    Raises:
        DeskFault: the text was saved before (its draft is gone).
        FormError: the text is empty (field ``addendum``).
        DeskFault: it is not signed yet.
    """
    with desk.work(Permission.CONSULT) as session:
        drafts.take(desk, session, DraftKind.ADDENDUM, draft_id)
        consultation = _get(desk, session, consultation_id)
        require_kept(consultation.visit.matter)
        if consultation.signed_at is None:
            raise DeskFault("这份意见还没有签发，请直接修改意见，不用写补充。")
        faults = rules.check_addendum(text)
        if faults:
            raise FormError(faults)
        addendum = ConsultationAddendum(account_id=desk.actor.account_id, written_at=desk.now(), text=tidy_block(text))
        consultation.addenda.append(addendum)
        session.flush()
        add_step(desk, session, consultation.visit, Step.ADVICE_ADDED, f"{desk.actor.name}补充意见")
        desk.record(session, "consultation.added_to", "consultation", consultation.id, f"{addendum.id}")
        reindex(session, [consultation.visit.matter_id])
        return _view(desk, session, consultation)


def state_of(visit: Visit, consultation: Consultation | None) -> str:
    """Where a visit stands with the lawyer: empty (not sent), ``waiting``, ``opened`` or ``signed``."""
    if consultation is None:
        return "waiting" if visit.wants_lawyer else ""
    return "opened" if consultation.signed_at is None else "signed"


_STATES = ("waiting", "opened", "signed")


def _of(day: date) -> ColumnElement[bool]:
    """Visits of a local day, by when the visitors came or by when they were registered."""
    return or_(Visit.day == day, Visit.registered_at >= day_begin(day))


def _waiting_row(visit: Visit, consultation: Consultation | None, staff: records.StaffBook) -> WaitingRow:
    return WaitingRow(
        visit_id=visit.id,
        consultation_id=consultation.id if consultation else None,
        queue_no=visit.queue_no,
        petitioner=petitioner_name(visit),
        title=visit.matter.title,
        classification=classification_of(visit.matter),
        arrived_at=visit.arrived_at,
        state=state_of(visit, consultation),
        lawyer=staff[consultation.lawyer_id].name if consultation else "",
    )


def _get(desk: Desk, session: Session, consultation_id: int) -> Consultation:
    consultation = session.get(Consultation, consultation_id)
    if consultation is None:
        raise NotFoundError("没有找到这份律师接待记录，请刷新列表后再试。")
    get_visit(desk, session, consultation.visit_id)
    return consultation


def _get_own_draft(desk: Desk, session: Session, consultation_id: int, version: int) -> Consultation:
    consultation = _get(desk, session, consultation_id)
    require_kept(consultation.visit.matter)
    if consultation.lawyer_id != desk.actor.account_id:
        name = records.staff(session)[consultation.lawyer_id].name
        raise DeskFault(f"这份意见由{name}撰写，别人不能修改；签发后可以写补充意见。")
    if consultation.signed_at is not None:
        raise DeskFault("这份意见已经签发，不能再改；需要更正的，请写补充意见。")
    if consultation.version != version:
        raise ChangedElsewhereError("这份意见在别处改动过，没有保存，请重新打开后再改。")
    return consultation


def _write(consultation: Consultation, form: ConsultationForm) -> None:
    consultation.facts = form.facts
    consultation.advice = form.advice
    consultation.basis = form.basis
    consultation.ways = [way.value for way in form.ways]
    consultation.legal_aid = form.legal_aid
    consultation.working_notes = form.working_notes


def _view(desk: Desk, session: Session, consultation: Consultation) -> ConsultationView:
    visit = records.fetch_visit(session, consultation.visit_id)
    staff = records.staff(session)
    own = consultation.lawyer_id == desk.actor.account_id
    return ConsultationView(
        consultation_id=consultation.id,
        visit_id=visit.id,
        visit_no=visit.number,
        queue_no=visit.queue_no,
        petitioner=petitioner_name(visit),
        masked_id=masked_id_of(visit),
        title=visit.matter.title,
        classification=classification_of(visit.matter),
        respondent=visit.matter.respondent,
        summary=visit.summary,
        materials=tuple(material_line_of(material) for material in visit.materials),
        earlier=_earlier(session, visit, staff),
        lawyer=staff[consultation.lawyer_id].name,
        opened_at=consultation.opened_at,
        signed_at=consultation.signed_at,
        form=_form(consultation, own=own),
        addenda=tuple(Addendum(a.written_at, staff[a.account_id].name, a.text) for a in consultation.addenda),
        editable=own and consultation.signed_at is None,
        version=consultation.version,
    )


def _form(consultation: Consultation, *, own: bool) -> ConsultationForm:
    return ConsultationForm(
        facts=consultation.facts,
        advice=consultation.advice,
        basis=consultation.basis,
        ways=tuple(AdvisedWay.from_code(way) for way in consultation.ways),
        legal_aid=consultation.legal_aid,
        working_notes=consultation.working_notes if own else "",
    )


def _earlier(session: Session, visit: Visit, staff: records.StaffBook) -> tuple[str, ...]:
    """What was said at the earlier visits on the same matter, oldest first, with the advice that was signed then."""
    query = select(Visit).where(Visit.matter_id == visit.matter_id, Visit.ordinal < visit.ordinal)
    earlier = session.scalars(query.order_by(Visit.ordinal)).all()
    begun = records.consultations(session, [one.id for one in earlier])
    lines = []
    for one in earlier:
        lines.append(f"{show_day(local_day(one.arrived_at))}第 {one.ordinal} 次来访：{one.summary}")
        consultation = begun.get(one.id)
        if consultation and consultation.signed_at:
            lines.append(f"{staff[consultation.lawyer_id].name}当时的意见：{consultation.advice}")
    return tuple(lines)
