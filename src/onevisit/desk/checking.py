"""Checking the store page by page and number by number."""

from dataclasses import dataclass
from typing import Final

from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Permission
from onevisit.rules.progress import Progress, no_progress
from onevisit.store.check import (
    IndexFindings,
    NumberFindings,
    PageFindings,
    TrailFindings,
    check_index,
    check_numbers,
    check_pages,
    check_tail,
    check_trail,
)
from onevisit.store.errors import ClosedFault, DamagedFault, NotOursFault, StoreFault

_NAMED: Final = 5
"""So many faults of a kind are named one by one."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How the store was found.

    Attributes:
        findings: what is wrong, each one plain sentence; empty when the store is whole.
        entries: entries of the audit trail that were walked.
        visits: visits whose number was checked.
        pages: pages that were read.
    """

    findings: tuple[str, ...] = ()
    entries: int = 0
    visits: int = 0
    pages: int = 0

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings

    @property
    def words(self) -> str:
        """One sentence for whoever asked for it."""
        if self.whole:
            return f"数据完好：核对了 {self.pages} 页、{self.visits} 次来访、{self.entries} 条操作记录。"
        return f"数据有 {len(self.findings)} 处问题，请停止登记，从备份恢复，或先抢救能读出的内容。"


def quick_check(desk: Desk, progress: Progress = no_progress) -> CheckReport:
    """What can be checked soon after the start: the structure of the file and the end of the audit trail.

    Everybody's client does it by itself, so it needs no permission; it is recorded only if something is wrong.

    Raises:
        StoreFault: the store was closed meanwhile.
    """
    pages = _pages(desk, progress, quick=True)
    trail = TrailFindings(0, None)
    if pages.whole:
        with desk.look(None) as session:
            trail = check_tail(session)
    report = CheckReport((*_of_pages(pages), *_of_trail(trail)), entries=trail.entries, pages=pages.pages)
    if not report.whole:
        _record(desk, report, "quick")
    return report


def check(desk: Desk, progress: Progress = no_progress) -> CheckReport:
    """Check everything: every page, every key, the whole audit trail, every number, the index. Needs CHECK_STORE.

    Raises:
        NotAllowedError: without the right.
        StoreFault: the store was closed meanwhile.
    """
    desk.require(Permission.CHECK_STORE)
    pages = _pages(desk, progress)
    # where pages are bad already, whatever follows would only say the same in other words
    report = _of_rows(desk, pages, progress) if pages.whole else CheckReport(_of_pages(pages), pages=pages.pages)
    _record(desk, report, "full")
    return report


def _pages(desk: Desk, progress: Progress, *, quick: bool = False) -> PageFindings:
    def step(done: int, total: int, what: str) -> None:
        # the store may be closed while this goes on beside it
        _ = desk.store.pair
        progress(done, total, what)

    try:
        with desk.store.beside() as pair:
            return check_pages(pair, step, quick=quick)
    except (DamagedFault, NotOursFault):
        return PageFindings(structure=("not readable",))


def _of_rows(desk: Desk, pages: PageFindings, progress: Progress) -> CheckReport:
    with desk.look(Permission.CHECK_STORE) as session:
        trail = check_trail(session, progress)
        numbers = check_numbers(session, progress)
        index = check_index(session, progress)
    findings = (*_of_pages(pages), *_of_trail(trail), *_of_numbers(numbers), *_of_index(index))
    return CheckReport(findings, trail.entries, numbers.visits, pages.pages)


def _record(desk: Desk, report: CheckReport, kind: str) -> None:
    try:
        with desk.work(None) as session:
            desk.record(session, "store.checked", detail=f"{kind}/{len(report.findings)}")
    except ClosedFault:
        raise
    except StoreFault:
        # a store that is damaged may not take it any more; the finding is what counts
        return


def _of_pages(found: PageFindings) -> tuple[str, ...]:
    words = []
    if found.damaged:
        which = "、".join(str(page) for page in found.damaged[:_NAMED])
        words.append(f"数据文件 {found.pages} 页中有 {len(found.damaged)} 页损坏（第 {which} 页等），请从备份恢复。")
    if found.structure:
        words.append("数据文件的内部结构有错误，请从备份恢复。")
    if found.orphans:
        words.append(f"有记录指向已不存在的记录（{'、'.join(found.orphans)}），请联系维护人员。")
    return tuple(words)


def _of_trail(found: TrailFindings) -> tuple[str, ...]:
    if found.broken is None:
        return ()
    return (f"操作记录从第 {found.broken} 条起被改动或不完整，请让审计员核对。",)


def _of_numbers(found: NumberFindings) -> tuple[str, ...]:
    words = [f"来访 {one} 的编号不对，请核对纸质回执。" for one in found.wrong[:_NAMED] if one > 0]
    words += [f"信访事项 {-one} 的编号不对，请核对纸质回执。" for one in found.wrong[:_NAMED] if one < 0]
    return (*words, *(f"编号 {one} 出现了不止一次，请核对纸质回执。" for one in found.doubled[:_NAMED]))


def _of_index(found: IndexFindings) -> tuple[str, ...]:
    if not found.missing and not found.extra:
        return ()
    return (f"查询索引少了 {found.missing} 件、多了 {found.extra} 件信访事项，查询可能不全，请联系维护人员。",)
