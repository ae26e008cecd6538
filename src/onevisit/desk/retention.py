"""到期清理: what is past its retention is listed by one person, approved by another, and only then anonymised.

No backup is made first. It would hold, freshly written, exactly what is to be forgotten, and keep it for another round
of the rotation, against 个人信息保护法 第47条, and for little: every step is a transaction of its own, so that a power
cut loses nothing that was to stay; two people have seen the list; and the automatic backups of the last days hold the
state before anyway, until the rotation drops them. The page says so. A store that is restored from one of them shows
the same matters as due again.

Administrators see no content here, and nothing of confidential matters, not even that they are on a list: a list with
one of them exists only for whoever has SEE_CONFIDENTIAL.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from onevisit.desk import masks, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.forgetting import drop_old_drafts, forget, forget_in_drafts
from onevisit.desk.policy import policy_of
from onevisit.desk.sight import day_begin, matters_to_know
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import Purpose
from onevisit.rules.clocks import local_day
from onevisit.rules.labels import Labelled
from onevisit.rules.policy import Policy
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.retention import Kept, RetentionKind, is_past, kept, kind_of, latest_last_visit
from onevisit.store.restore import kept_in
from onevisit.store.search import clean_index
from onevisit.store.tables import Matter, RetentionRun, Visit

MOST: Final = 500
"""So many matters stand on one list at most: two people are to look at each of them."""

_AT_ONCE: Final = 10
"""Matters in one transaction: a clerk who saves meanwhile waits no longer than she would notice."""


class RunState(Labelled):
    """How far a list is."""

    PROPOSED = "proposed", "等待批准"
    APPROVED = "approved", "已批准，等待执行"
    DONE = "done", "已执行"
    WITHDRAWN = "withdrawn", "已撤回"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A matter past its retention, without its content.

    Attributes:
        kind: its kind of retention, in words.
        classification: purpose, content class and district.
        until: the last local day that it was to be kept.
        reason: why it is due, in one clause.
        run_id: the open list that it stands on, None if on none.
    """

    matter_id: int
    matter_no: str
    kind: str
    classification: str
    registered_on: date
    last_visit: date
    visits: int
    people: int
    until: date
    reason: str
    run_id: int | None


@dataclass(frozen=True, slots=True)
class RunRow:
    """One list and what became of it.

    Attributes:
        matters: how many matters stand on it.
        anonymised: how many of them are anonymised by now; once it is done, the others had dropped out.
        own: whether the person at the desk proposed it, and so may not approve it.
    """

    run_id: int
    state: RunState
    cutoff: date
    matters: int
    anonymised: int
    proposed_at: datetime
    proposed_by: str
    approved_at: datetime | None
    approved_by: str
    ended_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What carrying out a list did.

    Attributes:
        anonymised: matters of the list that are anonymised now.
        dropped: matters that are not past their retention any more (a new visit, a longer period) and stay as they are.
    """

    anonymised: int
    dropped: int


def due(desk: Desk) -> tuple[RetentionRow, ...]:
    """The matters past their retention today, longest past first, at most ``MOST``.

    Needs PROPOSE_RETENTION or APPROVE_RETENTION.
    """
    with desk.look(_either(desk)) as session:
        policy, listed_in = policy_of(session), _listed_in(session)
        rows = (_row(matter, policy, listed_in.get(matter.id)) for matter in _due(desk, session))
        return tuple(sorted(rows, key=lambda row: (row.until, row.matter_id)))


def listed(desk: Desk, run_id: int) -> tuple[RetentionRow, ...]:
    """The matters of one list that would be anonymised if it were carried out now.

    Needs PROPOSE_RETENTION or APPROVE_RETENTION.
    """
    with desk.look(_either(desk)) as session:
        run = _get(desk, session, run_id)
        policy = policy_of(session)
        rows = (_row(matter, policy, run_id) for matter in _due(desk, session, run.matter_ids))
        return tuple(sorted(rows, key=lambda row: (row.until, row.matter_id)))


def propose(desk: Desk, matter_ids: Collection[int]) -> int:
    """Put matters on a list that another person is to approve; gives the list's id. Needs PROPOSE_RETENTION.

    Raises:
        DeskFault: none is named, too many are, one is not due, or one stands on another open list.
    """
    desk.require(Permission.PROPOSE_RETENTION)
    wanted = sorted(set(matter_ids))
    if not wanted:
        raise DeskFault("还没有选事项，请先勾选要清理的事项。")
    if len(wanted) > MOST:
        raise DeskFault(f"一份清单最多 {MOST} 件，请分几份提出。")
    with desk.work(Permission.PROPOSE_RETENTION) as session:
        if [matter.id for matter in _due(desk, session, wanted)] != wanted:
            raise DeskFault("所选事项中有的已经不到期或已匿名，请刷新后重新勾选。")
        if _listed_in(session).keys() & set(wanted):
            raise DeskFault("所选事项中有的已在另一份清单里，请刷新后重新勾选。")
        run = RetentionRun(
            cutoff=local_day(desk.now()),
            matter_ids=wanted,
            proposed_at=desk.now(),
            proposed_by=desk.actor.account_id,
        )
        session.add(run)
        session.flush()
        desk.record(session, "retention.proposed", "retention_run", run.id, f"{len(wanted)}")
        return run.id


def runs(desk: Desk) -> tuple[RunRow, ...]:
    """All lists, newest first. Needs PROPOSE_RETENTION or APPROVE_RETENTION."""
    with desk.look(_either(desk)) as session:
        staff = records.staff(session)
        query = select(RetentionRun).order_by(RetentionRun.id.desc())
        return tuple(
            _run_row(desk, session, run, staff) for run in session.scalars(query) if _may_know(desk, session, run)
        )


def stores_kept(desk: Desk) -> int:
    """How many older stores a restore put aside in ``kept/``: what was forgotten since is in them, and they stay.

    Needs PROPOSE_RETENTION or APPROVE_RETENTION.
    """
    desk.require(_either(desk))
    return len(kept_in(desk.store.directory))


def approve(desk: Desk, run_id: int) -> None:
    """Approve a list that somebody else proposed. Needs APPROVE_RETENTION.

    Raises:
        DeskFault: the person at the desk proposed it, or it is not waiting for approval.
    """
    with desk.work(Permission.APPROVE_RETENTION) as session:
        run = _get(desk, session, run_id)
        if _state(run) is not RunState.PROPOSED:
            raise DeskFault(f"这份清单{_state(run).label}，不用再批准。")
        if run.proposed_by == desk.actor.account_id:
            raise DeskFault("提出人不能批准自己的清单，请另一位有批准权限的人员批准。")
        run.approved_at, run.approved_by = desk.now(), desk.actor.account_id
        desk.record(session, "retention.approved", "retention_run", run_id, f"{len(run.matter_ids)}")


def withdraw(desk: Desk, run_id: int) -> None:
    """Take a list back, before or after its approval; what was anonymised already stays so.

    Needs PROPOSE_RETENTION or APPROVE_RETENTION.

    Raises:
        DeskFault: it was carried out or withdrawn before.
    """
    with desk.work(_either(desk)) as session:
        run = _get(desk, session, run_id)
        if _state(run) not in {RunState.PROPOSED, RunState.APPROVED}:
            raise DeskFault(f"这份清单{_state(run).label}，不能再撤回。")
        run.withdrawn_at = desk.now()
        desk.record(session, "retention.withdrawn", "retention_run", run_id, f"{len(run.matter_ids)}")


def carry_out(desk: Desk, run_id: int, progress: Progress = no_progress) -> CarriedOut:
    """Anonymise what stands on an approved list and is still due; cannot be undone.

    A few matters in one transaction, so that others go on working. Stopped by ``progress`` or by a power cut, it has
    done some of them whole and the rest not at all, and goes on where it stopped when it is called again.
    Needs PROPOSE_RETENTION or APPROVE_RETENTION.

    Raises:
        DeskFault: it is not approved, or was withdrawn, also meanwhile.
    """
    with desk.look(_either(desk)) as session:
        matter_ids = list(_approved(desk, session, run_id).matter_ids)
    for start in range(0, len(matter_ids), _AT_ONCE):
        progress(start, len(matter_ids), "正在匿名")
        _forget_some(desk, run_id, matter_ids[start : start + _AT_ONCE])
    progress(len(matter_ids), len(matter_ids), "正在清理查找索引")
    more = _clean_some(desk, begin=True)
    while more:
        progress(len(matter_ids), len(matter_ids), "正在清理查找索引")
        more = _clean_some(desk, begin=False)
    done = _finish(desk, run_id)
    desk.store.empty_log()
    return done


def _forget_some(desk: Desk, run_id: int, matter_ids: Sequence[int]) -> None:
    with desk.work(_either(desk)) as session:
        _approved(desk, session, run_id)
        still_due = {matter.id for matter in _due(desk, session, matter_ids)}
        query = select(Matter).where(Matter.id.in_(still_due)).options(*records.whole_matter())
        gone: set[int] = set()
        for matter in session.scalars(query):
            gone |= forget(desk, session, matter)
            desk.record(session, "retention.anonymised", "matter", matter.id, f"{run_id}")
        forget_in_drafts(session, still_due, gone)


def _clean_some(desk: Desk, *, begin: bool) -> bool:
    with desk.work(_either(desk)) as session:
        return clean_index(session, begin=begin)


def _finish(desk: Desk, run_id: int) -> CarriedOut:
    with desk.work(_either(desk)) as session:
        run = _approved(desk, session, run_id)
        run.done_at = desk.now()
        drop_old_drafts(desk, session)
        anonymised = _anonymised(session, run)
        done = CarriedOut(anonymised, len(run.matter_ids) - anonymised)
        desk.record(session, "retention.carried_out", "retention_run", run_id, f"{done.anonymised}/{done.dropped}")
        return done


def _either(desk: Desk) -> Permission:
    return Permission.APPROVE_RETENTION if desk.may(Permission.APPROVE_RETENTION) else Permission.PROPOSE_RETENTION


def _due(desk: Desk, session: Session, among: Collection[int] | None = None) -> Iterator[Matter]:
    """The matters past their retention, by id, with their visits; only those ``among`` if given."""
    policy, today = policy_of(session), local_day(desk.now())
    query = (
        select(Matter)
        .where(Matter.anonymised_at.is_(None), matters_to_know(desk), or_(*_past(today, policy)))
        .order_by(Matter.id)
        .limit(MOST)
        .options(selectinload(Matter.visits))
    )
    if among is not None:
        query = query.where(Matter.id.in_(among))
    return (matter for matter in session.scalars(query) if matter.visits and is_past(_kept(matter, policy), today))


def _past(today: date, policy: Policy) -> Iterator[ColumnElement[bool]]:
    """For each kind: nobody came, and nothing was registered, after the latest day that is past."""
    for kind in RetentionKind:
        edge = latest_last_visit(kind, today, policy)
        ends = day_begin(edge + timedelta(days=1))
        later = or_(Visit.day > edge, Visit.registered_at >= ends)
        yield and_(
            Matter.purpose.in_([purpose for purpose in Purpose if kind_of(purpose) is kind]),
            # spares the look at the visits of whatever is young
            Matter.registered_at < ends,
            ~exists().where(Visit.matter_id == Matter.id, later),
        )


def _kept(matter: Matter, policy: Policy) -> Kept:
    return kept(matter.purpose, _last_visit(matter.visits), is_open=matter.open, policy=policy)


def _last_visit(visits: Sequence[Visit]) -> date:
    """The last day that something happened: a visit may be registered days after it was made."""
    return max(max(visit.day, local_day(visit.registered_at)) for visit in visits)


def _row(matter: Matter, policy: Policy, run_id: int | None) -> RetentionRow:
    one = _kept(matter, policy)
    return RetentionRow(
        matter_id=matter.id,
        matter_no=matter.number,
        kind=one.kind.label,
        classification=masks.classification_of(matter),
        registered_on=local_day(matter.registered_at),
        last_visit=_last_visit(matter.visits),
        visits=len(matter.visits),
        people=sum(visit.headcount for visit in matter.visits),
        until=one.until,
        reason=one.reason,
        run_id=run_id,
    )


def _listed_in(session: Session) -> dict[int, int]:
    """The open list of each matter that stands on one."""
    query = select(RetentionRun).where(RetentionRun.done_at.is_(None), RetentionRun.withdrawn_at.is_(None))
    return {matter_id: run.id for run in session.scalars(query) for matter_id in run.matter_ids}


def _get(desk: Desk, session: Session, run_id: int) -> RetentionRun:
    run = session.get(RetentionRun, run_id)
    if run is None or not _may_know(desk, session, run):
        raise NotFoundError("没有找到这份清理清单，请刷新后再试。")
    return run


def _may_know(desk: Desk, session: Session, run: RetentionRun) -> bool:
    known = select(func.count()).where(Matter.id.in_(run.matter_ids), matters_to_know(desk))
    return session.scalars(known).one() == len(run.matter_ids)


def _approved(desk: Desk, session: Session, run_id: int) -> RetentionRun:
    run = _get(desk, session, run_id)
    if _state(run) is RunState.PROPOSED:
        raise DeskFault("这份清单还没有批准，请先由另一位有批准权限的人员批准。")
    if _state(run) is not RunState.APPROVED:
        raise DeskFault(f"这份清单{_state(run).label}，不能再执行。")
    return run


def _state(run: RetentionRun) -> RunState:
    if run.done_at is not None:
        return RunState.DONE
    if run.withdrawn_at is not None:
        return RunState.WITHDRAWN
    return RunState.PROPOSED if run.approved_at is None else RunState.APPROVED


def _anonymised(session: Session, run: RetentionRun) -> int:
    query = select(func.count()).where(Matter.id.in_(run.matter_ids), Matter.anonymised_at.is_not(None))
    return session.scalars(query).one()


def _run_row(desk: Desk, session: Session, run: RetentionRun, staff: records.StaffBook) -> RunRow:
    return RunRow(
        run_id=run.id,
        state=_state(run),
        cutoff=run.cutoff,
        matters=len(run.matter_ids),
        anonymised=_anonymised(session, run),
        proposed_at=run.proposed_at,
        proposed_by=_who(staff, run.proposed_by),
        approved_at=run.approved_at,
        approved_by="" if run.approved_by is None else _who(staff, run.approved_by),
        ended_at=run.done_at or run.withdrawn_at,
        own=run.proposed_by == desk.actor.account_id,
    )


def _who(staff: records.StaffBook, account_id: int) -> str:
    return f"{staff[account_id].name}（{staff[account_id].staff_no}）"
