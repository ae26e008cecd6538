"""满意度评价: the petitioner is asked, answers or does not; once for each subject and visit.

The window and the responsible unit are two subjects, never added together. An answer is given once and stays. Whoever
says nothing is silent when the days are over; silence never stands over an answer, and an answer that comes after them
changes no figure that was told already. So an evaluation knows by itself that another window was quicker, and a visitor
at the screen is not sent away because a step of the matter was recorded meanwhile.
"""

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
from onevisit.rules.matter_life import State
from onevisit.store.tables import Evaluation, Visit

_ANSWERED: Final = frozenset({State.ANSWERED, State.REVIEWED, State.FINALLY_REVIEWED, State.CLOSED})
_STILL_OPEN: Final = frozenset({EvaluationStanding.WAITING, EvaluationStanding.DECLINED})


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation as a list shows it.

    Attributes:
        organ: the responsible unit; empty for the window.
        value: what was answered; ``SILENT`` where nothing was.
        until: the last local day on which an answer counts.
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

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if self.standing is EvaluationStanding.ANSWERED:
            return self.value.label
        if self.standing is EvaluationStanding.WAITING:
            return f"等待评价，到{show_day(self.until)}为止"
        return self.standing.label


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
        subjects = [(EvaluationSubject.WINDOW, "")]
        if matter.lead_organ and matter.state in _ANSWERED:
            subjects.append((EvaluationSubject.ORGAN, matter.lead_organ))
        today, days = local_day(desk.now()), policy_of(session).evaluation_days
        rows = [_ask(desk, session, visit, subject, organ) for subject, organ in subjects]
        open_rows = [row for row in rows if _standing(row, today, days) in _STILL_OPEN]
        if not open_rows:
            raise DeskFault("这次来访已经评价过，或者评价期已过；评价只收一次。")
        return Invitation(seen(matter, visit_id), tuple((row.subject, row.id) for row in open_rows))


def ask(desk: Desk, shown: Seen, visit_id: int, subject: EvaluationSubject, organ: str = "") -> int:
    """Write down that the petitioner was asked, and give the evaluation's id; asking again changes nothing.

    Needs FOLLOW_UP.

    Raises:
        FormError: the responsible unit is not named.
        NotFoundError: the matter or the visit is not there, or the matter may not be known.
    """
    named = text.tidy(organ) if subject is EvaluationSubject.ORGAN else ""
    require_no_faults(evaluation_faults(EvaluationForm(subject, EvaluationValue.SATISFIED, named)))
    with desk.work(Permission.FOLLOW_UP) as session:
        matter = open_beside(desk, session, shown.matter_id, shown.visit_id)
        visit = session.get(Visit, visit_id)
        if visit is None or visit.matter_id != matter.id:
            raise NotFoundError("没有找到这次来访，请刷新后再试。")
        return _ask(desk, session, visit, subject, named).id


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
        row.value, row.comment, row.answered_on = value, said, local_day(desk.now())
        add_matter_step(desk, session, row.matter_id, Step.EVALUATED, f"来访人评价了{_whom(row)}", row.visit_id)
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


def _ask(desk: Desk, session: Session, visit: Visit, subject: EvaluationSubject, organ: str) -> Evaluation:
    query = select(Evaluation).where(Evaluation.matter_id == visit.matter_id, Evaluation.visit_id == visit.id)
    row = session.scalars(query.where(Evaluation.subject == subject)).first()
    if row is not None:
        return row
    row = Evaluation(
        matter_id=visit.matter_id,
        visit_id=visit.id,
        subject=subject,
        organ=organ,
        value=EvaluationValue.SILENT,
        asked_on=local_day(desk.now()),
        recorded_at=desk.now(),
        account_id=desk.actor.account_id,
    )
    session.add(row)
    session.flush()
    desk.record(session, "evaluation.asked", "evaluation", row.id, subject.value)
    return row


def _standing(row: Evaluation, today: date, days: int) -> EvaluationStanding:
    return evaluation_standing(row.value, row.asked_on, row.answered_on, today, days)


def _open(desk: Desk, session: Session, shown: Seen, evaluation_id: int) -> Evaluation:
    matter = open_beside(desk, session, shown.matter_id, shown.visit_id)
    row = session.get(Evaluation, evaluation_id)
    if row is None or row.matter_id != matter.id:
        raise NotFoundError("没有找到这次评价，请刷新后再试。")
    days = policy_of(session).evaluation_days
    found = _standing(row, local_day(desk.now()), days)
    if found is EvaluationStanding.ANSWERED:
        raise DeskFault("这次来访已经评价过，评价只收一次，没有改动。")
    if found is EvaluationStanding.SILENT:
        raise DeskFault(f"评价期到{show_day(silent_after(row.asked_on, days))}为止，已按“未评价”计，不能再补。")
    return row


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
    )


def _whom(row: Evaluation) -> str:
    return "责任单位" if row.subject is EvaluationSubject.ORGAN else "窗口"
