"""重大、紧急信访信息报告单: opened at once, told to five at once, completed as more is known (article 25).

Nothing that is missing holds a report back. Who was told when is kept in UTC and never overwritten: a wrong tick is
taken back with its reason, and both stand in the timeline and in the trail.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, NotFoundError
from onevisit.desk.sight import may_know, require_kept
from onevisit.desk.slips import form_of
from onevisit.desk.standing import open_beside, require_no_faults
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import informants, text, urgent
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import Purpose
from onevisit.rules.clocks import show_moment
from onevisit.rules.faults import Fault
from onevisit.rules.matter_life import State
from onevisit.rules.people import PersonEntry
from onevisit.rules.urgent import UrgentAddressee, UrgentReport, UrgentSheet
from onevisit.store.tables import Matter, UrgentReportRow, Visit

_GONE: Final = "没有找到这件事项，请重新查找。"
_NOT_URGENT: Final = "这件事没有标为紧急，没有紧急报告单。"
_GOES_ON_ELSEWHERE: Final = frozenset({State.MERGED, State.SPLIT})
"""Its report went along (``desk.urgent_later``): it can be read here, and goes on there."""
_CHANGED: Final = "别的窗口刚刚改过这张报告单，您的内容没有保存；请看过最新内容，再把您的补上。"


@dataclass(frozen=True, slots=True)
class UrgentKey:
    """Which report a page shows, as it was read.

    Attributes:
        version: of the report.
        visit_id: one's own visit, by way of which a confidential matter is known; None otherwise.
    """

    matter_id: int
    version: int
    visit_id: int | None = None


@dataclass(frozen=True, slots=True)
class UrgentView:
    """The report of one matter.

    Attributes:
        key: to be handed back with a change.
        report: as written so far, with who was told when.
        warning: what in it would give away who told of a confidential matter; empty when nothing does.
        elsewhere: why nothing is written here any more; empty where it is.
    """

    key: UrgentKey
    matter_no: str
    title: str
    opened_at: datetime
    report: UrgentReport
    warning: str = ""
    elsewhere: str = ""


def begin(desk: Desk, session: Session, visit: Visit) -> UrgentReportRow | None:
    """Open the report of an urgent visit with what is known, inside somebody's transaction; None if it is not urgent.

    A matter has one report: where it is open already, that one is given.
    """
    known = row_of(session, visit.matter_id)
    if known is not None:
        return known
    made = urgent.opened(form_of(visit))
    if made is None:
        return None
    row = UrgentReportRow(
        matter_id=visit.matter_id,
        persons=made.persons,
        content=made.content,
        told={},
        opened_at=desk.now(),
        account_id=desk.actor.account_id,
    )
    session.add(row)
    session.flush()
    add_matter_step(desk, session, visit.matter_id, Step.URGENT, "打开紧急信访信息报告单", visit.id)
    desk.record(session, "urgent.opened", "urgent_report", row.id)
    return row


def open_report(desk: Desk, matter_id: int, visit_id: int | None = None) -> UrgentView:
    """The report of a matter; where it is not open yet, it is opened with what is known. Needs HANDLE.

    Args:
        desk: who reads.
        matter_id: of which matter.
        visit_id: one's own visit, by way of which a confidential matter is known.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        DeskFault: it is not urgent, or was anonymised before a report was opened.
    """
    with desk.look(Permission.HANDLE) as session:
        matter = _known(desk, session, matter_id, visit_id)
        row = row_of(session, matter_id)
        if row is not None:
            return _view(matter, row, visit_id)
    with desk.work(Permission.HANDLE) as session:
        matter = open_beside(desk, session, matter_id, visit_id)
        row = begin(desk, session, records.fetch_visit(session, matter.visits[-1].id))
        if row is None:
            raise DeskFault(_NOT_URGENT)
        return _view(matter, row, visit_id)


def waiting(desk: Desk, matter_id: int, visit_id: int | None = None) -> tuple[UrgentAddressee, ...]:
    """Who still is to be told of a matter: all five before a report is open, nobody where there is nothing to tell.

    That is where it is not urgent, or goes on in another matter. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
    """
    with desk.look(Permission.HANDLE) as session:
        matter, row = _known(desk, session, matter_id, visit_id), row_of(session, matter_id)
        if matter.state in _GOES_ON_ELSEWHERE:
            return ()
        if row is None:
            return tuple(UrgentAddressee) if matter.urgent and matter.anonymised_at is None else ()
        return urgent.outstanding(read(row))


def save(desk: Desk, key: UrgentKey, typed: UrgentReport) -> UrgentView:
    """Keep what was written; who was told is not touched by it. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        FormError: the number of people is below zero; nothing else holds it back.
        ChangedElsewhereError: another window wrote to it since.
    """
    require_no_faults(_holds_back(typed))
    with desk.work(Permission.HANDLE) as session:
        matter, row = _opened(desk, session, key)
        if row.version != key.version:
            raise ChangedElsewhereError(_CHANGED)
        row.happened_at, row.place, row.who = text.tidy(typed.happened_at), text.tidy(typed.place), text.tidy(typed.who)
        row.content, row.measures = text.tidy_block(typed.content), text.tidy_block(typed.measures)
        row.persons = typed.persons
        desk.record(session, "urgent.saved", "urgent_report", row.id)
        session.flush()
        return _view(matter, row, key.visit_id)


def tell(desk: Desk, key: UrgentKey, addressee: UrgentAddressee) -> UrgentView:
    """Write that somebody of the five was told, now. Needs HANDLE.

    Whoever is told at another window meanwhile stands in the way of nothing.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: that one was told already; the first moment stays.
    """
    with desk.work(Permission.HANDLE) as session:
        matter, row = _opened(desk, session, key)
        before = read(row).told.get(addressee)
        if before is not None:
            raise ChangedElsewhereError(f"{show_moment(before)}已经报告过{addressee.label}，没有再记。")
        row.told = {**row.told, addressee.value: desk.now().isoformat()}
        add_matter_step(desk, session, matter.id, Step.URGENT, f"已报告{addressee.label}", key.visit_id)
        desk.record(session, "urgent.told", "urgent_report", row.id, addressee.value)
        session.flush()
        return _view(matter, row, key.visit_id)


def take_back(desk: Desk, key: UrgentKey, addressee: UrgentAddressee, why: str) -> UrgentView:
    """Correct a tick that was wrong: it stands as not told again, and what stood there is kept. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        FormError: no reason was given.
        DeskFault: that one does not stand as told.
    """
    reason = text.tidy(why)
    require_no_faults([] if reason else [Fault("why", "请写明为什么更正，例如“点错了，还没有报告”。")])
    with desk.work(Permission.HANDLE) as session:
        matter, row = _opened(desk, session, key)
        before = read(row).told.get(addressee)
        if before is None:
            raise DeskFault(f"{addressee.label}现在没有记为已报告，不用更正。")
        row.told = {code: moment for code, moment in row.told.items() if code != addressee.value}
        said = f"更正：{show_moment(before)}记的“已报告{addressee.label}”不算，{reason}"
        add_matter_step(desk, session, matter.id, Step.URGENT, said, key.visit_id)
        desk.record(session, "urgent.corrected", "urgent_report", row.id, addressee.value)
        session.flush()
        return _view(matter, row, key.visit_id)


def sheet(desk: Desk, key: UrgentKey) -> UrgentSheet:
    """What goes on paper; of a confidential matter or an accusation without whoever told of it. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, may not be known, or has no report.
        DeskFault: it was anonymised.
    """
    with desk.look(Permission.HANDLE) as session:
        matter, row = _known(desk, session, key.matter_id, key.visit_id), row_of(session, key.matter_id)
        require_kept(matter)
        if row is None:
            raise NotFoundError(_NOT_URGENT)
        report, secret = read(row), is_secret(matter)
        return UrgentSheet(
            unit=desk.unit,
            practice=desk.practice,
            made_at=desk.now(),
            staff_no=desk.actor.staff_no,
            matter_no=matter.number,
            registered_at=matter.registered_at,
            report=nameless(report, *informants_of(matter)) if secret else report,
            sealed=secret,
        )


def record_printed(desk: Desk, key: UrgentKey) -> None:
    """Write into the trail that the report was printed. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, may not be known, or has no report.
    """
    with desk.work(Permission.HANDLE) as session:
        _known(desk, session, key.matter_id, key.visit_id)
        row = row_of(session, key.matter_id)
        if row is None:
            raise NotFoundError(_NOT_URGENT)
        desk.record(session, "urgent.printed", "urgent_report", row.id)


def report_of(session: Session, matter_id: int) -> UrgentReport | None:
    """The report of a matter as it stands; None while none was opened. A step for the gate."""
    row = row_of(session, matter_id)
    return read(row) if row is not None else None


def _known(desk: Desk, session: Session, matter_id: int, visit_id: int | None) -> Matter:
    matter = session.get(Matter, matter_id)
    visit = session.get(Visit, visit_id) if visit_id is not None else None
    by_way_of = visit if visit is not None and visit.matter_id == matter_id else None
    if matter is None or not may_know(desk, matter, by_way_of):
        raise NotFoundError(_GONE)
    return matter


def _opened(desk: Desk, session: Session, key: UrgentKey) -> tuple[Matter, UrgentReportRow]:
    matter, row = open_beside(desk, session, key.matter_id, key.visit_id), row_of(session, key.matter_id)
    if row is None:
        raise NotFoundError(_NOT_URGENT)
    if sentence := _elsewhere(matter):
        raise DeskFault(sentence)
    return matter, row


def _elsewhere(matter: Matter) -> str:
    """Where the report goes on, in a sentence; empty where it is here."""
    if matter.state not in _GOES_ON_ELSEWHERE:
        return ""
    return f"这件事{matter.state.label}，报告单已经随着过去，请在那一件里填写和报告。"


def row_of(session: Session, matter_id: int) -> UrgentReportRow | None:
    """The report of a matter as it is kept; None while none was opened. A step inside use cases."""
    return session.scalars(select(UrgentReportRow).where(UrgentReportRow.matter_id == matter_id)).first()


def _holds_back(typed: UrgentReport) -> Iterable[Fault]:
    return (one for one in urgent.lacking(typed) if one.field == "persons")


def read(row: UrgentReportRow) -> UrgentReport:
    """What stands in a report that is kept."""
    told = {UrgentAddressee.from_code(code): datetime.fromisoformat(moment) for code, moment in row.told.items()}
    return UrgentReport(row.happened_at, row.place, row.persons, row.content, row.who, row.measures, told)


def _view(matter: Matter, row: UrgentReportRow, visit_id: int | None) -> UrgentView:
    report = read(row)
    words = f"{report.happened_at}\n{report.place}\n{report.content}\n{report.who}\n{report.measures}"
    return UrgentView(
        key=UrgentKey(matter.id, row.version, visit_id),
        matter_no=matter.number,
        title=matter.title,
        opened_at=row.opened_at,
        report=report,
        warning=informants.outgoing_warning(words, *informants_of(matter)) if is_secret(matter) else "",
        elsewhere=_elsewhere(matter),
    )


def is_secret(matter: Matter) -> bool:
    """Whether nobody may learn from a report who told of the matter."""
    return matter.confidential or matter.purpose is Purpose.ACCUSATION


def informants_of(matter: Matter) -> tuple[tuple[PersonEntry, ...], str]:
    """Everybody who brought a matter, and for which organisations."""
    forms = [form_of(visit) for visit in matter.visits]
    people = [one for form in forms for one in (form.lead, *form.companions, *form.agents) if one is not None]
    return tuple(people), next((form.organisation for form in forms if form.organisation), "")


def nameless(report: UrgentReport, people: tuple[PersonEntry, ...], organisation: str) -> UrgentReport:
    """A report without a trace of these people."""

    def clean(words: str) -> str:
        return informants.without_traces(words, people, organisation)

    return replace(
        report,
        happened_at=clean(report.happened_at),
        place=clean(report.place),
        content=clean(report.content),
        who=clean(report.who),
        measures=clean(report.measures),
    )
