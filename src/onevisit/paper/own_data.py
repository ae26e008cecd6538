"""本人资料告知单: what the unit holds on one person, on A4, to be handed to that person."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_moment
from onevisit.rules.own_data import OwnData, OwnFollowed, OwnVisit
from onevisit.rules.slip import SlipAdvice

_TITLE = "本人资料告知单"
_LAW = "依《个人信息保护法》第四十四条、第四十五条提供"


def render_own_data(data: OwnData, fonts: FontBook) -> bytes:
    """Set it on as many pages of A4 as it needs; the same data always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _OwnData(data, fonts)
    setter.compose()
    # neither the title in the file nor the head of a page names anybody
    running = Running(_TITLE, data.unit.name, _TITLE, data.practice)
    return write_pdf(setter.flow.strips, A4, running, fonts)


class _OwnData(Setter):
    """Composes it, section by section in reading order."""

    def __init__(self, data: OwnData, fonts: FontBook) -> None:
        super().__init__(A4, fonts)
        self._data = data

    def compose(self) -> None:
        self._masthead()
        self._section("您的登记资料")
        self._labelled(self._data.particulars)
        self._section(f"您参加的来访（{len(self._data.visits)} 次）")
        for visit in self._data.visits:
            self._visit(visit)
        if self._data.followed:
            self._section("来访以后")
            for matter in self._data.followed:
                self._followed(matter)
        self._section("谁改过您的资料")
        self._changes()
        self._section("没有写在这里的")
        self._bullets(self._data.left_out)
        self._foot()
        self.flow.missing(own_data_texts(self._data), self._small)

    def _masthead(self) -> None:
        data, flow = self._data, self.flow
        flow.text(data.unit.name, self._body.to("center"))
        flow.text(_TITLE, self._title.to("center"))
        flow.text(f"{_LAW}　{data.ground}", self._small.to("center"))
        flow.gap(6)

    def _section(self, words: str) -> None:
        self.flow.gap(8)
        self.flow.rule()
        self.flow.text(words, self._lead, keep=True)
        self.flow.gap(3)

    def _visit(self, visit: OwnVisit) -> None:
        flow = self.flow
        flow.gap(6)
        again = f"（第 {visit.ordinal} 次来访）" if visit.ordinal > 1 else ""
        flow.text(f"{show_moment(visit.arrived_at)}{again}　{visit.title or '保密事项'}", self._strong, keep=True)
        self._labelled(
            (
                ("您的身份", visit.role),
                ("同来的人", "、".join(visit.others)),
                ("编号", f"来访 {visit.visit_no}　事项 {visit.matter_no}"),
                ("分类", visit.classification),
                ("反映对象", visit.respondent),
                ("说的内容", visit.summary),
                ("交的材料", "；".join(visit.materials)),
                ("答复方式", visit.reply),
                ("再来原因", visit.return_reason),
                ("窗口备注", visit.note),
                *(("律师意见", _advice(one)) for one in visit.advice),
                ("打印回执", "；".join(visit.slips)),
                ("保存期限", visit.kept_until),
            )
        )

    def _followed(self, matter: OwnFollowed) -> None:
        self.flow.gap(6)
        self.flow.text(f"{matter.title}　事项 {matter.matter_no}", self._strong, keep=True)
        self._labelled(matter.lines)

    def _changes(self) -> None:
        if not self._data.changes:
            self.flow.text("没有人改过。", self._body)
        for change in self._data.changes:
            where = f"，登记来访 {change.visit_no} 时" if change.visit_no else ""
            self.flow.text(f"{show_moment(change.at)}，工号 {change.staff_no}{where}", self._body)

    def _foot(self) -> None:
        data, flow = self._data, self.flow
        unit = data.unit
        with flow.whole():
            flow.gap(8)
            flow.rule()
            flow.text(
                "资料有误的，可以请求更正、补充（第四十六条）；保存期满或不再需要的，可以请求删除（第四十七条）。"
                f"请打电话 {unit.phone} 或到窗口提出。",
                self._small,
            )
            flow.ends(f"{unit.name}　{unit.address}", f"接待时间：{unit.opening_hours}", self._small)
            flow.ends(f"经办 工号 {data.staff_no}", f"{show_moment(data.made_at)} 提供", self._small)
            flow.gap(10)
            flow.ends("领取人签名 ＿＿＿＿＿＿＿＿", "日期 ＿＿＿＿＿＿＿＿", self._body)


def own_data_texts(data: OwnData) -> Iterator[str]:
    """Every text that somebody typed and the sheet shows."""
    unit = data.unit
    yield from (unit.name, unit.address, unit.phone, unit.opening_hours)
    yield from (value for _, value in data.particulars)
    for visit in data.visits:
        yield from (*visit.others, visit.title, visit.classification, visit.respondent, visit.summary)
        yield from (*visit.materials, visit.reply, visit.return_reason, visit.note)
        yield from map(_advice, visit.advice)
    for matter in data.followed:
        yield matter.title
        yield from (text for _, text in matter.lines)


def _advice(advice: SlipAdvice) -> str:
    ways = f"建议途径：{'、'.join(advice.ways)}。" if advice.ways else ""
    aid = "可以申请法律援助。" if advice.legal_aid else ""
    added = "".join(f"\n补充：{one}" for one in advice.addenda)
    return f"{advice.lawyer}（{show_moment(advice.signed_at)}）：{advice.advice}{ways}{aid}{added}"
