"""引导告知单 and 去向告知单 for the visitor; 转送单 and 交办单 for the organ, which may have to name nobody."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4, PaperProfile
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_day, show_moment
from onevisit.rules.numbering import show_query_code
from onevisit.rules.route_sheets import Guidance, Place, SheetKind, Transfer
from onevisit.rules.slip import UnitCard

_BLANK = "＿" * 12
_WHERE = {SheetKind.GUIDANCE: "请到这里办", SheetKind.TOLD: "转到哪里"}
_SEAL = "密封转送　专人拆封、专人办理"


def render_guidance(data: Guidance, fonts: FontBook, profile: PaperProfile = A4) -> bytes:
    """Set what the visitor takes along and return the PDF; the same arguments always give the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _GuidanceSheet(data, fonts, profile)
    setter.compose()
    title = data.kind.label
    running = Running(title, data.unit.name, f"{title} {data.visit_no}", data.practice)
    return write_pdf(setter.flow.strips, profile, running, fonts)


def render_transfer(data: Transfer, fonts: FontBook, profile: PaperProfile = A4) -> bytes:
    """Set what goes to the organ and return the PDF; the same arguments always give the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _TransferSheet(data, fonts, profile)
    setter.compose()
    title = data.kind.label
    running = Running(title, data.unit.name, f"{title} {data.matter_no}", data.practice)
    return write_pdf(setter.flow.strips, profile, running, fonts)


def guidance_texts(data: Guidance) -> Iterator[str]:
    """Every text of the visitor's sheet that a person typed."""
    unit = data.unit
    yield from (unit.name, unit.address, unit.phone, unit.opening_hours)
    yield from (data.petitioner, data.title, data.classification, data.enquiry, *data.next_steps)
    for place in data.places:
        yield from (place.name, place.address, place.phone, place.hours, *place.bring)


def transfer_texts(data: Transfer) -> Iterator[str]:
    """Every text of the organ's sheet that a person typed."""
    yield from (data.unit.name, data.unit.phone, *data.to)
    yield from (data.title, data.classification, data.respondent, *data.told, *data.materials)
    yield from (value for _, value in data.petitioner)


class _RouteSheet(Setter):
    """What both kinds have in common."""

    def _masthead(self, unit: UnitCard, title: str, left: str, right: str) -> None:
        flow = self.flow
        flow.text(unit.name, self._body.to("center"))
        flow.text(title, self._title.to("center"))
        flow.gap(6)
        flow.ends(left, right, self._body)
        flow.rule()

    def _section(self, words: str) -> None:
        self.flow.gap(8)
        self.flow.text(words, self._lead, keep=True)
        self.flow.gap(2)


class _GuidanceSheet(_RouteSheet):
    """What the visitor takes along, in large plain words."""

    def __init__(self, data: Guidance, fonts: FontBook, profile: PaperProfile) -> None:
        super().__init__(profile, fonts)
        self._data = data

    def compose(self) -> None:
        data = self._data
        self._masthead(data.unit, data.kind.label, f"来访编号 {data.visit_no}", show_day(data.decided_on))
        self._labelled((("来访人", data.petitioner), ("您反映的事", data.title), ("分类", data.classification)))
        if data.places:
            self._section(_WHERE[data.kind])
        for place in data.places:
            self._place(place)
        self._section("为什么")
        self.flow.text(data.why, self._body)
        way = f"（{data.way}）" if data.way else ""
        self._labelled((("这件事", f"{data.handling}{way}"), ("依据", data.article)))
        if data.next_steps:
            self._section("接下来")
            self._bullets(data.next_steps)
        if data.beside:
            self._section("您同时选了")
            self._bullets(data.beside)
        self._ask()
        self.flow.missing(guidance_texts(data), self._small)

    def _place(self, place: Place) -> None:
        guided = self._data.kind is SheetKind.GUIDANCE
        facts = (("地址", place.address), ("电话", place.phone), ("时间", place.hours))
        with self.flow.frame():
            self.flow.text(place.name, self._lead, keep=True)
            self.flow.gap(2)
            # what is not known is asked and written by hand before the visitor leaves
            self._labelled([(word, value or (_BLANK if guided else "")) for word, value in facts])
            if place.bring and guided:
                self.flow.text("要带的材料，一次带齐：", self._strong, keep=True)
                self._bullets(place.bring)
            if place.phone and guided:
                self.flow.text("去之前先打个电话，不白跑。", self._small)
            if place.example:
                self.flow.text("（示例，以本地文件为准）", self._small)
        self.flow.gap(4)

    def _ask(self) -> None:
        data, flow = self._data, self.flow
        self._section("不用来，也能问")
        flow.text(data.enquiry, self._body)
        flow.text(f"查询码 {show_query_code(data.query_code)}", self._lead)
        with flow.whole():
            flow.gap(8)
            flow.rule()
            flow.ends(f"{data.unit.name}　{data.unit.address}", f"电话：{data.unit.phone}", self._small)
            flow.text(f"接待时间：{data.unit.opening_hours}", self._small)
            made = f"经办 工号 {data.staff_no}　{show_moment(data.made_at)}"
            flow.ends(f"事项编号 {data.matter_no}", made, self._small)


class _TransferSheet(_RouteSheet):
    """What the organ receives."""

    def __init__(self, data: Transfer, fonts: FontBook, profile: PaperProfile) -> None:
        super().__init__(profile, fonts)
        self._data = data

    def compose(self) -> None:
        data = self._data
        title = f"信访事项{data.kind.label}"
        self._masthead(data.unit, title, f"事项编号 {data.matter_no}", show_day(data.decided_on))
        if data.sealed:
            with self.flow.frame():
                self.flow.text(_SEAL, self._lead.to("center"))
                self.flow.text("本单不写来访人是谁。", self._body.to("center"))
        self.flow.gap(6)
        self.flow.text(f"{'、'.join(data.to)}：", self._strong)
        way = f"，按“{data.way}”办理" if data.way else ""
        handed = "交" if data.kind is SheetKind.ASSIGNMENT else "转送"
        self.flow.text(f"下面这件信访事项，依据{data.article}，{handed}你单位{way}。", self._body)
        if data.joint:
            self.flow.text(data.joint, self._body)
        self._section("信访事项")
        self._labelled((("标题", data.title), ("分类", data.classification), ("反映对象", data.respondent)))
        for told in data.told:
            self.flow.gap(3)
            self.flow.text(told, self._body)
        self._labelled((("材料", "；".join(data.materials)),))
        if data.petitioner:
            self._section("来访人")
            self._labelled(data.petitioner)
        self._section("请你单位")
        self._bullets(data.asks)
        self._sign()
        self.flow.missing(transfer_texts(data), self._small)

    def _sign(self) -> None:
        data, flow = self._data, self.flow
        ask = "需要向来访人核实的，请与本单位联系" if data.sealed else "联系"
        with flow.whole():
            flow.gap(10)
            flow.text(f"{ask}：{data.unit.name}　电话 {data.unit.phone}", self._body)
            flow.gap(14)
            flow.ends("签收人 ＿＿＿＿＿＿＿＿　收到日期 ＿＿＿＿＿＿＿＿", "（盖章）", self._body)
            flow.rule()
            flow.ends(f"经办 工号 {data.staff_no}", show_moment(data.made_at), self._small)
