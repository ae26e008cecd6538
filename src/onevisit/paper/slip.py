"""The slip (来访登记回执): what was registered, what we promise, what to bring, how to ask without coming."""

from collections.abc import Iterator
from datetime import date

from onevisit.paper.barcode import bars_for
from onevisit.paper.flow import BarsPiece, FramePiece, Style, TextPiece
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import MM, PaperProfile
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import local_day, show_day, show_moment, show_short_day
from onevisit.rules.numbering import show_query_code
from onevisit.rules.slip import CopyMark, Promise, SlipAdvice, SlipData

_TITLE = "来访登记回执"
_PROVISIONAL = "暂定：那一年的放假安排还没有公布，公布以后可能顺延。"
_BARS_MM = 11.0


def render(data: SlipData, copy: CopyMark, profile: PaperProfile, fonts: FontBook) -> bytes:
    """Set the slip on ``profile`` and return the PDF; the same arguments always give the same bytes.

    Nothing is cut: long text flows down the roll or over pages. Text is printed as it was typed.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Slip(data, copy, profile, fonts)
    setter.compose()
    # a page that was torn off is still known for a reprint, and for one of its edition
    name = "　".join((f"回执 {data.visit_no}", *_marks(data, copy)))
    running = Running(f"{_TITLE} {data.visit_no}", data.unit.name, name, data.practice)
    return write_pdf(setter.flow.strips, profile, running, fonts)


def slip_texts(data: SlipData) -> Iterator[str]:
    """Every text that a person typed and the slip shows: what must be tested for missing characters before printing."""
    unit = data.unit
    yield from (unit.name, unit.address, unit.phone, unit.opening_hours)
    yield from (data.petitioner, *data.visitors, data.masked_id, data.title, data.classification, data.respondent)
    yield from (data.summary, *data.materials, data.reply, *data.missing_papers, data.enquiry, *data.remedies)
    for place in data.places:
        yield from place.split("\n")
    for promise in data.promises:
        yield from (promise.text, promise.article)
    for advice in data.advice:
        yield from (advice.lawyer, advice.advice, *advice.ways, *advice.addenda)


class _Slip(Setter):
    """Composes one slip, section by section in reading order."""

    def __init__(self, data: SlipData, copy: CopyMark, profile: PaperProfile, fonts: FontBook) -> None:
        super().__init__(profile, fonts)
        self._data, self._copy, self._profile = data, copy, profile

    def compose(self) -> None:
        self._masthead()
        self.flow.rule()
        self._who()
        self.flow.rule()
        self._matter()
        self._boxes()
        for advice in self._data.advice:
            self._advice(advice)
        self.flow.rule()
        self._without_coming()
        with self.flow.whole():
            self.flow.rule()
            self._foot()
        self.flow.missing(slip_texts(self._data), self._small)

    def _masthead(self) -> None:
        data, flow = self._data, self.flow
        flow.text(data.unit.name, self._body.to("center"))
        flow.gap(1)
        flow.text(_TITLE, self._title.to("center"))
        for mark in _marks(data, self._copy):
            flow.text(mark, self._strong.to("center"))
        flow.gap(5)
        if self._profile.columns > 1:
            self._numbers_beside()
        else:
            self._numbers_below()

    def _numbers_below(self) -> None:
        flow, data = self.flow, self._data
        bars = bars_for(data.visit_no, flow.width, self._profile.dot_mm)
        left = bars.centred(flow.width, self._profile.dot_mm)
        flow.add(_BARS_MM * MM, BarsPiece(left, _BARS_MM * MM, bars), keep=True)
        flow.gap(1)
        flow.text(f"来访编号 {data.visit_no}", self._body.to("center"))
        flow.text(f"查询码 {show_query_code(data.query_code)}", self._lead.to("center"))

    def _numbers_beside(self) -> None:
        """Bar code and number at the left, the query code in a box at the right."""
        flow, data = self.flow, self._data
        bars = bars_for(data.visit_no, flow.width * 0.6, self._profile.dot_mm)
        height = _BARS_MM * MM + self._body.leading
        number, code = f"来访编号 {data.visit_no}", show_query_code(data.query_code)
        column = max(bars.width, self._fonts.width(number, self._body.size))
        box = column + self._body.size
        room = flow.width - box
        flow.add(
            height,
            BarsPiece((column - bars.width) / 2, _BARS_MM * MM, bars),
            self._centred(number, self._body, 0, column, height - self._body.size * 0.2),
            FramePiece(box, 0, room, height),
            self._centred("查询码", self._small, box, room, height * 0.36),
            self._centred(code, self._lead, box, room, height * 0.78),
        )

    def _centred(self, text: str, style: Style, left: float, room: float, drop: float) -> TextPiece:
        wide = self._fonts.width(text, style.size, style.bold)
        return TextPiece(left + (room - wide) / 2, drop, text, style)

    def _who(self) -> None:
        data, flow = self._data, self.flow
        label = self._fonts.width("来访时间", self._body.size) + self._body.size
        flow.hanging("来访人", data.petitioner, self._body, self._lead, label)
        if data.visitors:
            flow.hanging("同来的人", "、".join(data.visitors), self._body, self._body, label)
        flow.facts(list(self._facts()), self._body, self._body, self._profile.columns)

    def _facts(self) -> Iterator[tuple[str, str]]:
        data = self._data
        if data.masked_id:
            yield "证件号码", data.masked_id
        yield "来访时间", show_moment(data.arrived_at)
        yield "接待窗口", f"{data.unit.window_no} 窗口，第 {data.queue_no} 号"
        if data.headcount > 1:
            yield "来访人数", f"{data.headcount} 人"

    def _matter(self) -> None:
        data, flow = self._data, self.flow
        again = f"（第 {data.visit_ordinal} 次来访）" if data.visit_ordinal > 1 else ""
        flow.text(f"您反映的事项{again}", self._body, keep=True)
        flow.text(data.title, self._lead)
        self._pair(data.classification, f"事项编号 {data.matter_no}", self._body)
        if data.respondent:
            flow.text(f"反映对象：{data.respondent}", self._body)
        flow.gap(3)
        flow.text(data.summary, self._body)
        flow.gap(3)
        self._list("收到您的材料", data.materials)

    def _list(self, heading: str, items: tuple[str, ...]) -> None:
        if not items:
            self.flow.text(f"{heading}：无", self._body)
        elif len(items) == 1:
            self.flow.text(f"{heading}：{items[0]}", self._body)
        else:
            self.flow.text(f"{heading}（{len(items)} 件）：", self._body, keep=True)
            self._bullets(items)

    def _boxes(self) -> None:
        data, flow = self._data, self.flow
        if data.places:
            flow.gap(6)
            with flow.frame():
                flow.text("请到这里办", self._strong, keep=True)
                self._places()
        if data.promises or data.reply:
            flow.gap(6)
            with flow.frame():
                flow.text("接下来由我们做", self._strong, keep=True)
                self._promises()
                if data.reply:
                    flow.text(data.reply, self._body)
        if data.missing_papers:
            flow.gap(6)
            with flow.frame():
                flow.text("请您一次备齐（不必再来）", self._strong, keep=True)
                self._bullets(data.missing_papers)

    def _places(self) -> None:
        for number, place in enumerate(self._data.places):
            if number:
                self.flow.gap(4)
            first, *rest = place.split("\n")
            self.flow.text(first, self._strong, keep=True)
            for line in rest:
                self.flow.text(line, self._body)

    def _promises(self) -> None:
        arrived = local_day(self._data.arrived_at)
        heads = [_by(promise, arrived) for promise in self._data.promises]
        column = max(self._fonts.width(head, self._body.size, bold=True) for head in (*heads, ""))
        for head, promise in zip(heads, self._data.promises, strict=True):
            words = f"{promise.text}（{promise.article}）" if promise.article else promise.text
            if head:
                self.flow.hanging(head, words, self._strong, self._body, column + self._body.size / 2)
            else:
                self.flow.text(words, self._body)
        if any(promise.provisional for promise in self._data.promises):
            self.flow.text(_PROVISIONAL, self._small)

    def _advice(self, advice: SlipAdvice) -> None:
        flow = self.flow
        lawyer = advice.lawyer if "律师" in advice.lawyer else f"{advice.lawyer}律师"
        flow.gap(7)
        flow.text(f"{lawyer}的意见", self._strong, keep=True)
        flow.text(advice.advice, self._body)
        if advice.ways:
            flow.text(f"建议途径：{'、'.join(advice.ways)}", self._body)
        if advice.legal_aid:
            flow.text("法律援助：您可以申请", self._body)
        for addendum in advice.addenda:
            flow.text(f"补充：{addendum}", self._body)

    def _without_coming(self) -> None:
        data, flow = self._data, self.flow
        flow.text("不用来，也能问", self._strong, keep=True)
        flow.text(data.enquiry, self._body)
        for remedy in data.remedies:
            flow.gap(3)
            flow.text(remedy, self._small)

    def _foot(self) -> None:
        data, copy, flow = self._data, self._copy, self.flow
        unit = data.unit
        self._pair(unit.name, f"电话：{unit.phone}", self._small)
        self._pair(f"地址：{unit.address}", f"接待时间：{unit.opening_hours}", self._small)
        flow.gap(3)
        staff = f"窗口员 {data.staff_no}"
        if copy.staff_no != data.staff_no:
            staff += f"　打印 {copy.staff_no}"
        staff += f"　第 {copy.copy_no} 份" + (f"　补打 第 {copy.reprint_no} 次" if copy.reprint_no else "")
        flow.ends(staff, f"{show_moment(copy.printed_at)} 打印", self._small)

    def _pair(self, left: str, right: str, style: Style) -> None:
        """Two texts: on a wide sheet at the ends of one line, on a roll one below the other."""
        if self._profile.columns > 1:
            self.flow.ends(left, right, style)
        else:
            self.flow.text(left, style)
            self.flow.text(right, style)


def _marks(data: SlipData, copy: CopyMark) -> Iterator[str]:
    if data.edition > 1:
        yield f"第 {data.edition} 版（内容有更新，以此份为准）"
    if copy.reprint_no:
        yield f"补打 第 {copy.reprint_no} 次"


def _by(promise: Promise, arrived: date) -> str:
    """When a promise is due: 最迟 takes the day in, 前 would leave it open; the year only where it is another."""
    last = promise.by
    if last is None:
        return ""
    day = show_short_day(last) if last.year == arrived.year else show_day(last)
    return f"最迟{day}{'（暂定）' if promise.provisional else ''}"
