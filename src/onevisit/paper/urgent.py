"""重大、紧急信访信息报告单 on A4: what is known, whom it goes to, when each of the five was told (article 25)."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_moment
from onevisit.rules.urgent import ARTICLE_URGENT, UrgentAddressee, UrgentSheet, lines

_AIR = 3.0
"""Between two lines of the report: some are filled in by hand."""

_TITLE = "重大、紧急信访信息报告单"
_NOT_YET = "还没有报告　＿＿月＿＿日＿＿时＿＿分"
_SEALED = (
    "涉及检举控告或者保密事项：来访人的姓名、号码、住址已经隐去，不要转给被反映的人员和单位"
    "（《信访工作条例》第三十条）。"
)


def render_urgent(sheet: UrgentSheet, fonts: FontBook) -> bytes:
    """Set the report on as many pages of A4 as it needs; the same data always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Report(sheet, fonts)
    setter.compose()
    # neither the title in the file nor the head of a page says what it is about
    running = Running(_TITLE, sheet.unit.name, f"{_TITLE} {sheet.matter_no}", sheet.practice)
    return write_pdf(setter.flow.strips, A4, running, fonts)


class _Report(Setter):
    """Composes it, section by section in reading order."""

    def __init__(self, sheet: UrgentSheet, fonts: FontBook) -> None:
        super().__init__(A4, fonts)
        self._sheet = sheet

    def compose(self) -> None:
        self._masthead()
        self._section("情况")
        told = (line.partition("：") for line in lines(self._sheet.report))
        self._labelled(((label, said) for label, _, said in told), _AIR)
        self._section(f"报告（{ARTICLE_URGENT}，同时报告）")
        self._labelled(((one.label, self._when(one)) for one in UrgentAddressee), _AIR)
        if self._sheet.sealed:
            self.flow.gap(6)
            with self.flow.frame():
                self.flow.text(_SEALED, self._strong)
        self._foot()

    def _masthead(self) -> None:
        sheet, flow = self._sheet, self.flow
        flow.text(sheet.unit.name, self._body.to("center"))
        flow.text(_TITLE, self._title.to("center"))
        flow.gap(6)
        flow.ends(f"事项编号 {sheet.matter_no}", f"{show_moment(sheet.registered_at)} 登记", self._body)

    def _when(self, one: UrgentAddressee) -> str:
        moment = self._sheet.report.told.get(one)
        return f"{show_moment(moment)} 已报告" if moment is not None else _NOT_YET

    def _section(self, words: str) -> None:
        self.flow.gap(8)
        self.flow.rule()
        self.flow.text(words, self._lead, keep=True)
        self.flow.gap(3)

    def _foot(self) -> None:
        sheet, flow = self._sheet, self.flow
        with flow.whole():
            flow.gap(8)
            flow.rule()
            flow.ends(f"报告人 工号 {sheet.staff_no}", f"{show_moment(sheet.made_at)} 打印", self._small)
            flow.gap(10)
            flow.ends("签发人 ＿＿＿＿＿＿＿＿", "日期 ＿＿＿＿＿＿＿＿", self._body)
        flow.missing(urgent_texts(sheet), self._small)


def urgent_texts(sheet: UrgentSheet) -> Iterator[str]:
    """Every text that somebody typed and the sheet shows."""
    report = sheet.report
    yield from (sheet.unit.name, report.happened_at, report.place, report.content, report.who, report.measures)
