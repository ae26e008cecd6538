"""满意度评价: asked at the screen or on the phone, the petitioner answers or does not; once for each subject and visit.

The window and the responsible unit are two subjects, never added together. An answer is given once and stays. Whoever
says nothing is silent when the days are over; silence never stands over an answer, and an answer that comes after them
changes no figure that was told already. So an evaluation knows by itself that another window was quicker, and a visitor
at the screen is not sent away because a step of the matter was recorded meanwhile.

Of an answer on the phone it is kept that the clerk wrote it down (``by_phone``): nobody else chose for the petitioner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.policy import policy_of
from onevisit.desk.sight import get_visit
from onevisit.desk.standing import Seen, open_beside, require_no_faults, seen
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import (
    EvaluationForm,
    EvaluationStanding,
    EvaluationSubject,
    EvaluationValue,
    evaluation_faults,
    evaluation_standing,
    silent_after,
)
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.faults import Fault
from onevisit.rules.matter_life import State
from onevisit.store.tables import Evaluation, Matter, Visit

_ANSWERED: Final = frozenset({State.ANSWERED, State.REVIEWED, State.FINALLY_REVIEWED, State.CLOSED})
_TOO_EARLY: Final = "责任单位还没有答复，现在还谈不上评价。"
_PHONE: Final = "（电话回访）"


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation as a list shows it.

    Attributes:
        organ: the responsible unit; empty for the window.
        value: what was answered; ``SILENT`` where nothing was.
        until: the last local day on which an answer counts.
        by_phone: it was answered on the phone.
    """

    evaluation_id: int
    visit_id: int | None
    subject: EvaluationSubject
    organ: str
    value: EvaluationValue
    standing: EvaluationStanding
    asked_on: date
    until: date
    answered_on: date | None
    comment: str
    by_phone: bool = False

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if self.standing is EvaluationStanding.ANSWERED:
            return f"{self.value.label}{_PHONE if self.by_phone else ''}"
        if self.standing is EvaluationStanding.WAITING:
            return f"等待评价，到{show_day(self.until)}为止"
        return self.standing.label


@dataclass(frozen=True, slots=True)
class ToAsk:
    """A subject about which a petitioner can still answer; ``organ`` is empty for the window."""

    subject: EvaluationSubject
    organ: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a petitioner is asked now.

    Attributes:
        shown: to be handed back with each answer.
        asked: the subjects in the order of the questions, with their evaluations.
    """

    shown: Seen
    asked: tuple[tuple[EvaluationSubject, int], ...]


def invite(desk: Desk, visit_id: int) -> Invitation:
    """Ask whoever came with a visit about what is not answered yet. Needs FOLLOW_UP.

    The responsible unit is asked about once it has answered; before that there is nothing to say of it.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
        DeskFault: everything is answered, or the days for an answer are over.
    """
    with desk.work(Permission.FOLLOW_UP) as session:
        visit = get_visit(desk, session, visit_id)
        matter = open_beside(desk, session, visit.matter_id, visit_id)
        asked = to_ask(desk, session, visit)
        if not asked:
            raise DeskFault("这次来访已经评价过，或者评价期已过；评价只收一次。")
        rows = [_ask(desk, session, visit, one) for one in asked]
        return Invitation(seen(matter, visit_id), tuple((row.subject, row.id) for row in rows))


def answer(desk: Desk, shown: Seen, evaluation_id: int, value: EvaluationValue, comment: str = "") -> None:
    """Keep what the petitioner answered; it is given once. Needs FOLLOW_UP.

    What was answered stands in the evaluation alone: neither the timeline nor the trail tells it.

    Raises:
        FormError: silence is nothing to answer (field ``value``), or the comment is too long.
        NotFoundError: the evaluation is not one of the matter, or the matter may not be known.
        DeskFault: there is an answer already, or the days for one are over.
    """
    said = text.tidy_block(comment).strip()
    require_no_faults(evaluation_faults(EvaluationForm(EvaluationSubject.WINDOW, value, comment=said)))
    with desk.work(Permission.FOLLOW_UP) as session:
        row = _open(desk, session, shown, evaluation_id)
        _keep(desk, session, row, value, said)
        desk.record(session, "evaluation.answered", "evaluation", row.id, row.subject.value)


def decline(desk: Desk, shown: Seen, evaluation_id: int) -> None:
    """Keep that the petitioner does not want to answer: silence, known at once. Needs FOLLOW_UP.

    Raises:
        NotFoundError: the evaluation is not one of the matter, or the matter may not be known.
        DeskFault: there is an answer already, this was kept already, or the days for an answer are over.
    """
    with desk.work(Permission.FOLLOW_UP) as session:
        row = _open(desk, session, shown, evaluation_id)
        if row.answered_on is not None:
            raise DeskFault("已经记为不评价，没有再记。")
        row.answered_on = local_day(desk.now())
        desk.record(session, "evaluation.declined", "evaluation", row.id, row.subject.value)


def evaluations_of(desk: Desk, session: Session, matter_id: int) -> tuple[EvaluationLine, ...]:
    """The evaluations of a matter, the latest first; a step inside use cases."""
    today, days = local_day(desk.now()), policy_of(session).evaluation_days
    query = select(Evaluation).where(Evaluation.matter_id == matter_id).order_by(Evaluation.id.desc())
    return tuple(_line(row, today, days) for row in session.scalars(query))


def to_ask(desk: Desk, session: Session, visit: Visit) -> tuple[ToAsk, ...]:
    """About what whoever came with a visit can still answer, in the order of the questions; a step in use cases."""
    return tuple(asked for asked, why_not in _subjects(desk, session, visit).values() if not why_not)


def answer_by_phone(desk: Desk, session: Session, matter: Matter, said: Sequence[EvaluationForm]) -> None:
    """Keep what was answered on the phone about the last visit; a step inside the use case of the call.

    Raises:
        FormError: one of them cannot be answered any more, or not yet (``window.value``, ``organ.value``).
        NotFoundError: the matter has lost its visits.
    """
    faults: list[Fault] = []
    for form in said:
        visit = last_visit(matter)
        if visit is None:
            raise NotFoundError("没有找到这件事项的来访，评价没有地方记；请都改选“没有问”，再保存。")
        asked, why_not = _subjects(desk, session, visit)[form.subject]
        if why_not:
            faults.append(Fault(f"{form.subject.value}.value", f"{why_not}请改选“没有问”，再保存。"))
            continue
        row = _ask(desk, session, visit, asked)
        row.by_phone = True
        _keep(desk, session, row, form.value, form.comment)
        desk.record(session, "evaluation.by_phone", "evaluation", row.id, row.subject.value)
    require_no_faults(faults)


def last_visit(matter: Matter) -> Visit | None:
    """The visit that a call asks about; only a salvaged store can have lost it."""
    return matter.visits[-1] if matter.visits else None


def _subjects(desk: Desk, session: Session, visit: Visit) -> dict[EvaluationSubject, tuple[ToAsk, str]]:
    """Both subjects, and why one cannot be answered now; empty where it can."""
    matter, days = visit.matter, policy_of(session).evaluation_days
    found = {}
    for subject in EvaluationSubject:
        row = _row(session, visit, subject)
        lead = matter.lead_organ if subject is EvaluationSubject.ORGAN else ""
        early = subject is EvaluationSubject.ORGAN and not (lead and matter.state in _ANSWERED)
        why_not = _TOO_EARLY if early else _why_closed(row, local_day(desk.now()), days) if row else ""
        found[subject] = ToAsk(subject, row.organ if row else lead), why_not
    return found


def _row(session: Session, visit: Visit, subject: EvaluationSubject) -> Evaluation | None:
    query = select(Evaluation).where(Evaluation.matter_id == visit.matter_id, Evaluation.visit_id == visit.id)
    return session.scalars(query.where(Evaluation.subject == subject)).first()


def _ask(desk: Desk, session: Session, visit: Visit, asked: ToAsk) -> Evaluation:
    row = _row(session, visit, asked.subject)
    if row is not None:
        return row
    row = Evaluation(
        matter_id=visit.matter_id,
        visit_id=visit.id,
        subject=asked.subject,
        organ=asked.organ,
        value=EvaluationValue.SILENT,
        asked_on=local_day(desk.now()),
        recorded_at=desk.now(),
        account_id=desk.actor.account_id,
    )
    session.add(row)
    session.flush()
    desk.record(session, "evaluation.asked", "evaluation", row.id, asked.subject.value)
    return row


def _keep(desk: Desk, session: Session, row: Evaluation, value: EvaluationValue, comment: str) -> None:
    """Keep an answer to what can be answered; the timeline tells whom it was about, not what was said."""
    row.value, row.comment, row.answered_on = value, comment, local_day(desk.now())
    told = f"来访人{'在电话里' if row.by_phone else ''}评价了{_whom(row)}"
    add_matter_step(desk, session, row.matter_id, Step.EVALUATED, told, row.visit_id)


def _standing(row: Evaluation, today: date, days: int) -> EvaluationStanding:
    return evaluation_standing(row.value, row.asked_on, row.answered_on, today, days)


def _open(desk: Desk, session: Session, shown: Seen, evaluation_id: int) -> Evaluation:
    matter = open_beside(desk, session, shown.matter_id, shown.visit_id)
    row = session.get(Evaluation, evaluation_id)
    if row is None or row.matter_id != matter.id:
        raise NotFoundError("没有找到这次评价，请刷新后再试。")
    why_not = _why_closed(row, local_day(desk.now()), policy_of(session).evaluation_days)
    if why_not:
        raise DeskFault(why_not)
    return row


def _why_closed(row: Evaluation, today: date, days: int) -> str:
    """Why an evaluation takes no answer any more; empty while it does, also where none was wanted first."""
    found = _standing(row, today, days)
    if found is EvaluationStanding.ANSWERED:
        return "这次来访已经评价过，评价只收一次，没有改动。"
    if found is EvaluationStanding.SILENT:
        return f"评价期到{show_day(silent_after(row.asked_on, days))}为止，已按“未评价”计，不能再补。"
    return ""


def _line(row: Evaluation, today: date, days: int) -> EvaluationLine:
    return EvaluationLine(
        evaluation_id=row.id,
        visit_id=row.visit_id,
        subject=row.subject,
        organ=row.organ,
        value=row.value,
        standing=_standing(row, today, days),
        asked_on=row.asked_on,
        until=silent_after(row.asked_on, days),
        answered_on=row.answered_on,
        comment=row.comment,
        by_phone=row.by_phone,
    )


def _whom(row: Evaluation) -> str:
    return "责任单位" if row.subject is EvaluationSubject.ORGAN else "窗口"
