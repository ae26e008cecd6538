"""日终: what the day was, what is still open, and the sheet that is frozen and signed when it is closed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.backups import BackupHealth, health
from onevisit.desk.day_list import visits_of
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotFoundError
from onevisit.desk.frozen import freeze, thaw
from onevisit.desk.sight import day_begin, visits_to_know
from onevisit.desk.views import VisitRow
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.clocks import local_day
from onevisit.rules.day_close import BackupLine, DaySheet, NumberUse, OpenItem, OpenKind, SheetCount
from onevisit.rules.numbering import VisitNumber
from onevisit.rules.trail import CheckCode
from onevisit.store import audit
from onevisit.store.numbers import last
from onevisit.store.tables import (
    Account,
    AuditEntry,
    Consultation,
    DayClose,
    Draft,
    Matter,
    Slip,
    SlipCopy,
    Visit,
)

_SHEET: Final = "day_sheet"
_ROWS_AT_ONCE: Final = 200
_LAWYER: Final = {"waiting": OpenKind.WAITING, "opened": OpenKind.UNSIGNED}
_SLIP: Final = {
    "": OpenKind.NO_SLIP,
    "pending": OpenKind.SLIP_PENDING,
    "spoiled": OpenKind.SLIP_SPOILED,
    "outdated": OpenKind.SLIP_OUTDATED,
}


@dataclass(frozen=True, slots=True)
class DayCloseRow:
    """One close of a day.

    Attributes:
        sheet: what was frozen, and is printed as often as needed.
    """

    id: int
    day: date
    edition: int
    closed_at: datetime
    who: str
    sheet: DaySheet


def preview(desk: Desk) -> DaySheet:
    """The sheet as it would be now, without a check code; figures and open things are those that may be known.

    The numbers are all of the day's, since they prove that none is missing. Needs CLOSE_DAY.
    """
    desk.require(Permission.CLOSE_DAY)
    backups = health(desk)
    with desk.look(Permission.CLOSE_DAY) as session:
        return _sheet(desk, session, backups)


def close(desk: Desk) -> DayCloseRow:
    """Close the day: freeze the sheet with the end of the audit trail, of which this closing is the last entry.

    What is still open does not keep the day open; the sheet says so. A day that is closed again makes a new edition.
    Needs CLOSE_DAY.
    """
    desk.require(Permission.CLOSE_DAY)
    backups = health(desk)
    with desk.work(Permission.CLOSE_DAY) as session:
        sheet = _sheet(desk, session, backups)
        close_id = (session.scalar(select(func.max(DayClose.id))) or 0) + 1
        desk.record(session, "day.closed", "day_close", close_id, f"{sheet.edition}/{len(sheet.open_items)}")
        end = audit.last(session)
        sheet = replace(sheet, code=str(CheckCode.of(end.entry, end.digest)), audit_entries=sheet.audit_entries + 1)
        row = DayClose(
            id=close_id,
            day=sheet.day,
            edition=sheet.edition,
            closed_at=sheet.closed_at,
            account_id=desk.actor.account_id,
            frozen=freeze(_SHEET, sheet),
            audit_entry_id=end.entry,
            audit_digest=end.digest,
        )
        session.add(row)
        session.flush()
        return _row(row, desk.actor.name)


def closes(desk: Desk, limit: int = 31) -> tuple[DayCloseRow, ...]:
    """The closes that this person made, or all for whoever sees confidential matters; newest first. Needs CLOSE_DAY."""
    query = select(DayClose, Account.name).join(Account, Account.id == DayClose.account_id)
    if not desk.may(Permission.SEE_CONFIDENTIAL):
        query = query.where(DayClose.account_id == desk.actor.account_id)
    with desk.look(Permission.CLOSE_DAY) as session:
        rows = session.execute(query.order_by(DayClose.id.desc()).limit(limit))
        return tuple(_row(row, name) for row, name in rows)


def record_printed(desk: Desk, close_id: int) -> None:
    """Record that the sheet of a close goes to a printer. Needs CLOSE_DAY.

    Raises:
        NotFoundError: it is not there, or another's and this person may not see it.
    """
    with desk.work(Permission.CLOSE_DAY) as session:
        row = session.get(DayClose, close_id)
        own = row is not None and row.account_id == desk.actor.account_id
        if row is None or not (own or desk.may(Permission.SEE_CONFIDENTIAL)):
            raise NotFoundError("没有找到这张日终单，请刷新后再试。")
        desk.record(session, "day.sheet_printed", "day_close", close_id, str(row.edition))


def _row(row: DayClose, who: str) -> DayCloseRow:
    return DayCloseRow(row.id, row.day, row.edition, row.closed_at, who, thaw(DaySheet, _SHEET, row.frozen))


def _sheet(desk: Desk, session: Session, backups: BackupHealth) -> DaySheet:
    now = desk.now()
    day = local_day(now)
    begin = day_begin(day)
    today = visits_of(desk, session, day)
    figures, rows = today.figures, today.rows[::-1]
    editions = session.scalar(select(func.count()).where(DayClose.day == day)) or 0
    backup = _backup(backups, begin)
    return DaySheet(
        unit=desk.unit,
        practice=desk.practice,
        day=day,
        edition=editions + 1,
        closed_at=now,
        staff_no=desk.actor.staff_no,
        batches=figures.batches,
        persons=figures.persons,
        first=figures.first,
        repeat=figures.repeat,
        groups=figures.groups,
        numbers=_numbers(desk, session, day),
        signed=_signed(desk, session, begin),
        sheets=_sheets(desk, session, begin),
        backup=backup,
        audit_entries=_entries_since(session, begin),
        open_items=(*_open_visits(rows), *_older_unsigned(desk, session, rows), *_open_house(session, backup)),
    )


def _numbers(desk: Desk, session: Session, day: date) -> NumberUse:
    """All numbers of the day's series, whoever may know of the visits: a number tells nothing of a matter."""
    unit = desk.unit
    taken = last(session, f"visit:{unit.region_code}:{unit.window_no}:{day:%Y%m%d}")
    begin = f"{unit.region_code}-{unit.window_no}-{day:%Y%m%d}-"
    numbers = session.scalars(select(Visit.number).where(Visit.number >= begin, Visit.number < f"{begin}~"))
    held = {VisitNumber.parse(number).serial: number for number in numbers}
    if not taken and not held:
        return NumberUse()
    taken = max(taken, *held, 0)
    gaps = tuple(serial for serial in range(1, taken + 1) if serial not in held)
    return NumberUse(taken, held[min(held)] if held else "", held[max(held)] if held else "", gaps)


def _signed(desk: Desk, session: Session, begin: datetime) -> int:
    query = select(func.count()).select_from(Consultation).join(Visit).join(Matter)
    return session.scalar(query.where(Consultation.signed_at >= begin, visits_to_know(desk))) or 0


def _sheets(desk: Desk, session: Session, begin: datetime) -> SheetCount:
    query = (
        select(SlipCopy.printed_at, SlipCopy.outcome)
        .join(SlipCopy.slip)
        .join(Slip.visit)
        .join(Visit.matter)
        .where(visits_to_know(desk))
        .order_by(SlipCopy.id.desc())
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    # from the newest back: the sheets of years are not looked at for those of a day
    found = [outcome for at, outcome in takewhile(lambda row: row[0] >= begin, session.execute(query))]
    pending = sum(outcome is PaperOutcome.PENDING for outcome in found)
    spoiled = sum(outcome.spoiled for outcome in found)
    return SheetCount(len(found) - pending - spoiled, spoiled, pending)


def _entries_since(session: Session, begin: datetime) -> int:
    query = select(AuditEntry.at).order_by(AuditEntry.id.desc()).execution_options(yield_per=_ROWS_AT_ONCE)
    return sum(1 for _ in takewhile(lambda at: at >= begin, session.scalars(query)))


def _backup(backups: BackupHealth, begin: datetime) -> BackupLine:
    at = backups.last_verified_at
    return BackupLine(at, at is not None and at >= begin, backups.second_last_at, backups.words)


def _open_visits(rows: tuple[VisitRow, ...]) -> tuple[OpenItem, ...]:
    kinds = [(row, _LAWYER.get(row.lawyer_state)) for row in rows] + [(row, _SLIP.get(row.slip_state)) for row in rows]
    return tuple(
        OpenItem(kind, row.visit_no, row.queue_no, row.visit_id, row.matter_id)
        for row, kind in kinds
        if kind is not None
    )


def _older_unsigned(desk: Desk, session: Session, rows: tuple[VisitRow, ...]) -> tuple[OpenItem, ...]:
    """Consultations of earlier days that nobody signed yet."""
    # what was anonymised meanwhile can be signed no more
    unsigned = (Consultation.signed_at.is_(None), Matter.anonymised_at.is_(None))
    query = select(Visit).join(Consultation).join(Matter).where(*unsigned, visits_to_know(desk))
    known = {row.visit_id for row in rows}
    return tuple(
        OpenItem(OpenKind.UNSIGNED, visit.number, visit.queue_no, visit.id, visit.matter_id)
        for visit in session.scalars(query.order_by(Visit.id))
        if visit.id not in known
    )


def _open_house(session: Session, backup: BackupLine) -> tuple[OpenItem, ...]:
    drafts = session.scalar(select(func.count()).select_from(Draft)) or 0
    items = [OpenItem(OpenKind.DRAFTS, count=drafts)] if drafts else []
    return (*items, *(() if backup.today else (OpenItem(OpenKind.NO_BACKUP),)))
