"""Taking lists out of the store as files, for a reason of a short list; that it was done stays in the trail.

A file that has left the store is not encrypted any more: it holds masked numbers only, and whoever takes it answers for
it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from onevisit.desk import masks, records
from onevisit.desk.audit import AuditRow, rows_between
from onevisit.desk.consult import state_of
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.lawbook import groups_from
from onevisit.desk.sight import day_begin, visits_to_know
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import Fault
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.regions import name_of
from onevisit.rules.registration import GROUP_FROM, is_group
from onevisit.rules.spreadsheet import Cell, csv_bytes
from onevisit.rules.trail import ExportReason
from onevisit.store.files import write_whole
from onevisit.store.tables import Visit

_AT_ONCE: Final = 200
_AUDIT_HEADER: Final = ("编号", "时间", "谁", "窗口", "做了什么", "代码", "哪一条记录", "说明", "摘要（SM3）")
VISIT_HEADER: Final = (
    *("来访编号", "排队号", "来访时间", "窗口", "来访人", "证件号（已遮盖）", "人数", "第几次来访", "集体访"),
    *("信访目的", "内容分类", "问题属地", "事项编号", "标题", "保密", "紧急"),
    *("律师接待", "答复方式", "再次来访原因", "登记人工号"),
)
_LAWYER: Final = {"": "", "waiting": "等候", "opened": "接待中", "signed": "已签发"}


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A list as a file that is not written yet.

    Attributes:
        name: what the file should be called.
        content: the CSV file.
        rows: rows without the header.
    """

    name: str
    content: bytes
    rows: int


def export_audit(
    desk: Desk, first_day: date, last_day: date, reason: ExportReason, progress: Progress = no_progress
) -> ExportedFile:
    """The entries of the trail from one local day to another, oldest first. Needs READ_AUDIT.

    Raises:
        FormError: the days are the wrong way round.
    """
    desk.require(Permission.READ_AUDIT)
    begin, end = _span(first_day, last_day)
    with desk.look(Permission.READ_AUDIT) as session:
        lines = [_audit_line(row, digest) for row, digest in rows_between(session, begin, end, progress)]
    file = _file("操作记录", first_day, last_day, csv_bytes(_AUDIT_HEADER, lines), len(lines))
    with desk.work(Permission.READ_AUDIT) as session:
        desk.record(session, "audit.exported", detail=_detail(file, reason))
    return file


def export_visits(
    desk: Desk, first_day: date, last_day: date, reason: ExportReason, progress: Progress = no_progress
) -> ExportedFile:
    """The visits of some local days that may be known, oldest first, numbers masked. Needs EXPORT.

    What people said in their own words beyond the title of the matter stays in the store. Whoever came about what was
    divided afterwards stands there once, as they are counted.

    Raises:
        FormError: the days are the wrong way round.
    """
    desk.require(Permission.EXPORT)
    _span(first_day, last_day)
    with desk.look(Permission.EXPORT) as session:
        counts = (Visit.day.between(first_day, last_day), records.came_once(), visits_to_know(desk))
        query = select(Visit).join(Visit.matter).where(*counts)
        lines = list(visit_lines(session, query, progress))
    file = _file("来访清单", first_day, last_day, csv_bytes(VISIT_HEADER, lines), len(lines))
    with desk.work(Permission.EXPORT) as session:
        desk.record(session, "visits.exported", detail=_detail(file, reason))
    return file


def save_export(folder: Path, file: ExportedFile) -> Path:
    """Write an exported list into a folder: whole or not at all, readable by nobody else, over nothing that is there.

    Raises:
        DeskFault: the folder cannot be written to.
    """
    try:
        place = next(path for path in _names(folder, file.name) if not path.exists())
        write_whole(place, file.content)
    except OSError as error:
        raise DeskFault("没有导出：这个位置不能写入或已经满了，请换一个文件夹或插好 U 盘后再试。") from error
    return place


def _names(folder: Path, name: str) -> Iterator[Path]:
    path, number = folder / name, 1
    while True:
        yield path
        number += 1
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"


def _span(first_day: date, last_day: date) -> tuple[datetime, datetime]:
    if last_day < first_day:
        raise FormError((Fault("last_day", "结束日期不能早于开始日期，请改正。"),))
    return day_begin(first_day), day_begin(last_day + timedelta(days=1))


def _file(title: str, first_day: date, last_day: date, content: bytes, rows: int) -> ExportedFile:
    return ExportedFile(f"{title}_{first_day:%Y%m%d}-{last_day:%Y%m%d}.csv", content, rows)


def _detail(file: ExportedFile, reason: ExportReason) -> str:
    return f"{reason.value}/{file.rows}/{Path(file.name).stem.rpartition('_')[2]}"


def _audit_line(row: AuditRow, digest: str) -> tuple[Cell, ...]:
    at = f"{local_time(row.at):%Y-%m-%d %H:%M:%S}"
    return (row.id, at, row.who, row.window_no, row.action, row.code, row.record, row.detail, digest)


def visit_lines(session: Session, query: Select[Visit], progress: Progress) -> Iterator[tuple[Cell, ...]]:
    """One line under ``VISIT_HEADER`` for each visit of a query, oldest first; a step of exporting them."""
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    staff, groups, done, last = records.staff(session), groups_from(session), 0, 0
    while True:
        page = query.where(Visit.id > last).order_by(Visit.id).limit(_AT_ONCE).options(*records.whole_visit())
        visits = session.scalars(page).all()
        if not visits:
            return
        consultations = records.consultations(session, [visit.id for visit in visits])
        for visit in visits:
            group = is_group(visit.headcount, groups.get(visit.matter.rule_set, GROUP_FROM))
            yield _visit_line(visit, _LAWYER[state_of(visit, consultations.get(visit.id))], staff, group=group)
        done, last = done + len(visits), visits[-1].id
        session.expunge_all()
        progress(done, total, "导出来访清单")


def _visit_line(visit: Visit, lawyer: str, staff: records.StaffBook, *, group: bool) -> tuple[Cell, ...]:
    matter = visit.matter
    return (
        *(visit.number, visit.queue_no, local_time(visit.arrived_at).replace(tzinfo=None), visit.window_no),
        *(masks.petitioner_name(visit), masks.masked_id_of(visit), visit.headcount, visit.ordinal),
        *("是" if group else "", matter.purpose.label, matter.content.label),
        *(name_of(matter.place_code), matter.number, matter.title),
        *("保密" if matter.confidential else "", "紧急" if matter.urgent else "", lawyer, visit.reply_by.label),
        visit.return_reason.label if visit.return_reason else "",
        staff[visit.clerk_id].staff_no,
    )
