"""The sheet of a day's end (日终单): figures, proof of the numbers, what is open, the check code, room to sign."""

from collections.abc import Iterator, Sequence

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5, PaperProfile
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_day, show_moment
from onevisit.rules.day_close import DaySheet

_TITLE = "日终单"
_WEEKDAYS = "一二三四五六日"
_WHAT_THE_CODE_IS_FOR = (
    "校验码由操作记录的最后一条算出。以后有人改动、删除过这之前的任何一条记录，审计员在“操作记录”页“核对校验码”时"
    "就对不上。请和本单一起存档。"
)


def render_day_sheet(sheet: DaySheet, fonts: FontBook, profile: PaperProfile = A5) -> bytes:
    """Set the sheet and return the PDF; the same arguments always give the same bytes. It names no visitor.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _DaySheet(sheet, profile, fonts)
    setter.compose()
    title = f"{_TITLE} {show_day(sheet.day)}"
    edition = f"　第 {sheet.edition} 版" if sheet.edition > 1 else ""
    running = Running(title, sheet.unit.name, f"{title}　窗口 {sheet.unit.window_no}{edition}", sheet.practice)
    return write_pdf(setter.flow.strips, profile, running, fonts)


class _DaySheet(Setter):
    """Composes one sheet, section by section in reading order."""

    def __init__(self, sheet: DaySheet, profile: PaperProfile, fonts: FontBook) -> None:
        super().__init__(profile, fonts)
        self._sheet, self._profile = sheet, profile

    def compose(self) -> None:
        self._masthead()
        self.flow.rule()
        self._facts(self._sheet.figures)
        self.flow.rule()
        self._numbers()
        self.flow.rule()
        self._open()
        self.flow.rule()
        with self.flow.whole():
            self._code()
            self._signatures()

    def _masthead(self) -> None:
        sheet, flow = self._sheet, self.flow
        flow.text(sheet.unit.name, self._body.to("center"))
        flow.text(_TITLE, self._title.to("center"))
        flow.text(f"{show_day(sheet.day)}　星期{_WEEKDAYS[sheet.day.weekday()]}", self._lead.to("center"))
        if sheet.edition > 1:
            flow.text(f"第 {sheet.edition} 版（以此份为准）", self._strong.to("center"))
        flow.gap(4)
        closed = f"{show_moment(sheet.closed_at)}　工号 {sheet.staff_no}"
        flow.ends(f"窗口 {sheet.unit.window_no}", f"日终 {closed}", self._body)

    def _numbers(self) -> None:
        numbers = self._sheet.numbers
        self.flow.text("来访编号", self._strong, keep=True)
        if numbers.taken:
            self.flow.text(f"{numbers.first} 至 {numbers.last}", self._body, keep=True)
        self.flow.text(f"{numbers.words}。", self._strong if numbers.gaps else self._body)
        self.flow.gap(3)
        backup = self._sheet.backup
        self._facts([("备份", backup.sentence), ("操作记录", f"{self._sheet.audit_entries} 条")])
        if backup.words:
            self.flow.text(backup.words, self._body)

    def _open(self) -> None:
        items = self._sheet.open_items
        if not items:
            self.flow.text("没有待办的事。", self._body)
            return
        self.flow.text(f"待办 {len(items)} 项", self._strong, keep=True)
        self._bullets(item.words for item in items)

    def _code(self) -> None:
        flow = self.flow
        with flow.frame():
            flow.text("操作记录校验码", self._body.to("center"))
            flow.text(self._sheet.code, self._lead.to("center"))
        flow.gap(3)
        flow.text(_WHAT_THE_CODE_IS_FOR, self._small)

    def _signatures(self) -> None:
        blank = "＿" * 7
        self.flow.gap(18)
        self.flow.facts([("窗口员", blank), ("负责人", blank)], self._body, self._body, self._profile.columns)
        self.flow.gap(16)
        self.flow.facts([("日期", blank)], self._body, self._body)

    def _facts(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.flow.facts(pairs, self._body, self._strong)


def day_sheet_texts(sheet: DaySheet) -> Iterator[str]:
    """Every text of a sheet that a person typed: what must be tested for missing characters before printing."""
    yield sheet.unit.name
