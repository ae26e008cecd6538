"""The visits of one day as a list, with what still has to be done about each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.consult import state_of
from onevisit.desk.desk import Desk
from onevisit.desk.frozen import from_json
from onevisit.desk.sight import visits_to_know
from onevisit.desk.slips import Sources, compose, sources
from onevisit.desk.timeline import Step
from onevisit.desk.views import DayFigures, Today, VisitRow
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.registration import GROUP_FROM, is_group
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.slip import SlipData
from onevisit.store.tables import Slip, SlipCopy, TimelineEntry, Visit


def visits_of(desk: Desk, session: Session, day: date) -> Today:
    """The visits of ``day`` that may be known, newest first; the figures count these and no others."""
    query = (
        select(Visit)
        .join(Visit.matter)
        .where(Visit.day == day, visits_to_know(desk))
        .order_by(Visit.queue_no.desc())
        .options(*records.whole_visit())
    )
    visits = session.scalars(query).all()
    rows, slips = sources(session, visits), records.slips(session, [visit.id for visit in visits])
    sent, parts = _sent(session, visits), records.visits_of_parts(session, day)
    lines = tuple(
        replace(
            _row(desk, visit, rows, slips.get(visit.id, ())),
            sent_at=sent.get(visit.id),
            group=_is_group(visit, rows),
            of_part=visit.id in parts,
        )
        for visit in visits
    )
    return Today(day, lines, _figures(lines))


def slip_state(slips: Sequence[Slip], now: SlipData) -> str:
    """Where a visit stands with its slip; see ``VisitRow.slip_state``.

    Args:
        slips: the editions so far, in their order.
        now: what the slip would say now.
    """
    if not slips:
        return ""
    last = slips[-1]
    frozen = from_json(last.frozen)
    # a unit that moves or changes its hours does not make every slip it ever gave out wrong
    changed = frozen != replace(now, edition=frozen.edition, unit=frozen.unit, enquiry=frozen.enquiry)
    looked_at = [copy for slip in (slips if changed else [last]) for copy in slip.copies]
    state = _came_out(looked_at)
    return "outdated" if changed and state != "spoiled" else state


def _row(desk: Desk, visit: Visit, rows: Sources, slips: Sequence[Slip]) -> VisitRow:
    matter = visit.matter
    return VisitRow(
        visit_id=visit.id,
        matter_id=matter.id,
        visit_no=visit.number,
        matter_no=matter.number,
        queue_no=visit.queue_no,
        arrived_at=visit.arrived_at,
        petitioner=masks.petitioner_name(visit),
        masked_id=masks.masked_id_of(visit),
        headcount=visit.headcount,
        title=matter.title,
        classification=masks.classification_of(matter),
        repeat=visit.ordinal > 1,
        urgent=matter.urgent,
        confidential=matter.confidential,
        clerk_no=rows.staff[visit.clerk_id].staff_no,
        lawyer_state=state_of(visit, rows.consultations.get(visit.id)),
        slip_state=_slip_state(desk, visit, rows, slips),
        left_at=visit.left_at,
        minutes=max(int(((visit.left_at or desk.now()) - visit.arrived_at).total_seconds()) // 60, 0),
    )


def _is_group(visit: Visit, rows: Sources) -> bool:
    """Whether so many came that it is a group visit, by the rules of its matter; by the usual ones if none are read."""
    try:
        group_from = rows.book.rules(visit).group_from.value
    except RuleSetFault:
        group_from = GROUP_FROM
    return is_group(visit.headcount, group_from)


def _sent(session: Session, visits: Sequence[Visit]) -> Mapping[int, datetime]:
    """Since when each visit is on the lawyer's list."""
    wanted = [visit for visit in visits if visit.wants_lawyer]
    query = select(TimelineEntry.visit_id, TimelineEntry.at).where(
        TimelineEntry.matter_id.in_({visit.matter_id for visit in wanted}),
        TimelineEntry.kind == Step.SENT_TO_LAWYER.value,
    )
    known = {visit_id: at for visit_id, at in session.execute(query) if visit_id is not None}
    return {visit.id: known.get(visit.id, visit.registered_at) for visit in wanted}


def _slip_state(desk: Desk, visit: Visit, rows: Sources, slips: Sequence[Slip]) -> str:
    if not slips:
        return ""
    if visit.matter.anonymised_at is not None:
        # what the slips said is forgotten, and nothing on them can be outdated any more
        return _came_out(slips[-1].copies)
    try:
        now = compose(visit, rows, desk.unit, practice=desk.practice)
    except RuleSetFault:
        # nobody can say what it would promise now; the page of the matter tells why
        return _came_out(slips[-1].copies)
    return slip_state(slips, now)


def _came_out(copies: Sequence[SlipCopy]) -> str:
    if all(copy.outcome.spoiled for copy in copies):
        return "spoiled"
    return "came_out" if any(copy.outcome is PaperOutcome.CAME_OUT for copy in copies) else "pending"


def _figures(rows: Sequence[VisitRow]) -> DayFigures:
    # a part of a divided matter has work of its own to do, but nobody came once more for it
    came = [row for row in rows if not row.of_part]
    repeats = sum(row.repeat for row in came)
    return DayFigures(
        batches=len(came),
        persons=sum(row.headcount for row in came),
        first=len(came) - repeats,
        repeat=repeats,
        groups=sum(row.group for row in came),
        waiting=sum(row.waits for row in rows),
        without_slip=sum(row.slip_state != "came_out" for row in rows),
        here=sum(row.left_at is None for row in came),
    )
