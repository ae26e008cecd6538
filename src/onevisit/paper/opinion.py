"""信访处理意见书, 复查意见书, 复核意见书 on A4: a draft says so across every page; the foot names the one way open."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_day
from onevisit.rules.opinion_sheet import OpinionSheet
from onevisit.rules.opinions import OpinionItem

_DRAFT = "草稿"
_TWO = "　　"


def render_opinion(sheet: OpinionSheet, fonts: FontBook) -> bytes:
    """Set it on as many pages of A4 as it needs; the same opinion always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Opinion(sheet, fonts)
    setter.compose()
    title = sheet.kind.label
    draft = sheet.final_on is None
    name = f"{title} {sheet.matter_no}{f'（{_DRAFT}）' if draft else ''}"
    running = Running(title, sheet.organ, name, sheet.practice, mark=_DRAFT if draft else "")
    return write_pdf(setter.flow.strips, A4, running, fonts)


class _Opinion(Setter):
    """Composes it in reading order."""

    def __init__(self, sheet: OpinionSheet, fonts: FontBook) -> None:
        super().__init__(A4, fonts)
        self._sheet = sheet

    def compose(self) -> None:
        sheet, flow = self._sheet, self.flow
        flow.text(sheet.organ or "（出具机关、单位未填写）", self._body.to("center"))
        flow.text(sheet.kind.label, self._title.to("center"))
        draft = "　草稿，不作凭证" if sheet.final_on is None else ""
        flow.text(f"事项编号 {sheet.matter_no}{draft}", self._small.to("center"))
        flow.gap(10)
        flow.text(f"{sheet.petitioner}：", self._body)
        flow.gap(4)
        for item in OpinionItem:
            self._item(item)
        self._foot()
        self.flow.missing(opinion_texts(self._sheet), self._small)

    def _item(self, item: OpinionItem) -> None:
        text: str = getattr(self._sheet.opinion, item.value)
        if item is OpinionItem.REMEDY:
            text = _remedy(self._sheet)
        self.flow.gap(6)
        self.flow.text(item.label, self._lead, keep=True)
        if item is OpinionItem.DECISION and self._sheet.opinion.outcome is not None:
            self.flow.text(f"{_TWO}结论：{self._sheet.opinion.outcome.label}。", self._body)
        for paragraph in (text.strip() or "（未写）").splitlines():
            self.flow.text(f"{_TWO}{paragraph.strip()}", self._body)

    def _foot(self) -> None:
        sheet, flow = self._sheet, self.flow
        with flow.whole():
            flow.gap(24)
            flow.text(sheet.organ, self._body.to("right"))
            day = show_day(sheet.final_on) if sheet.final_on is not None else "　　年　　月　　日"
            flow.text(day, self._body.to("right"))
            flow.text("（印章）", self._small.to("right"))


def opinion_texts(sheet: OpinionSheet) -> Iterator[str]:
    """Every text that somebody typed and the sheet shows."""
    yield from (sheet.organ, sheet.petitioner)
    yield from (getattr(sheet.opinion, item.value) for item in OpinionItem)


def _remedy(sheet: OpinionSheet) -> str:
    """What was written on the remedy, and always the program's own line beneath it."""
    written = sheet.opinion.remedy.strip()
    return sheet.remedy_line if not written or written == sheet.remedy_line else f"{written}\n{sheet.remedy_line}"
