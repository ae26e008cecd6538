"""进度单: how far a matter is, on A5, for the petitioner to take home; it names nobody."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5, PaperProfile
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.clocks import show_day, show_moment
from onevisit.rules.enquiry import PetitionersVersion

_TITLE = "信访事项进度单"
_PROVISIONAL = "（暂定：这一年的放假安排还没有公布）"


def render_enquiry(version: PetitionersVersion, fonts: FontBook, profile: PaperProfile = A5) -> bytes:
    """Set the sheet and return the PDF; the same data always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Progress(version, fonts, profile)
    setter.compose()
    # neither the title in the file nor the head of a page says what it is about
    running = Running(_TITLE, version.unit.name, f"{_TITLE} {version.matter_no}", version.practice)
    return write_pdf(setter.flow.strips, profile, running, fonts)


class _Progress(Setter):
    """Composes it, section by section in reading order."""

    def __init__(self, version: PetitionersVersion, fonts: FontBook, profile: PaperProfile) -> None:
        super().__init__(profile, fonts)
        self._version = version

    def compose(self) -> None:
        version, flow = self._version, self.flow
        self._masthead()
        with flow.frame():
            flow.text(version.where, self._lead.to("center"))
        self._dated("办到哪一步", [(show_day(one.on), one.text) for one in version.steps])
        self._dated("接下来的日期", list(_days(version)))
        self._dated(
            "答应您的事", [(f"最迟{show_day(one.due)}", f"{one.text}（{one.words}）") for one in version.promises]
        )
        self._dated("已送达的文书", [(show_day(one.on), f"{one.what}（{one.how}）") for one in version.documents])
        for remedy in version.remedies:
            flow.gap(6)
            flow.text(remedy, self._body)
        self._foot()

    def _masthead(self) -> None:
        version, flow = self._version, self.flow
        flow.text(version.unit.name, self._body.to("center"))
        flow.text(_TITLE, self._title.to("center"))
        flow.gap(4)
        flow.text(f"事项编号 {version.matter_no}", self._body)
        if version.title:
            flow.text(version.title, self._strong)
        flow.text(f"{show_day(version.registered_on)}登记，来访 {version.visits} 次", self._body)
        flow.gap(4)

    def _dated(self, heading: str, lines: list[tuple[str, str]]) -> None:
        if not lines:
            return
        self.flow.gap(4)
        self.flow.rule()
        self.flow.text(heading, self._lead, keep=True)
        self._labelled(lines)

    def _foot(self) -> None:
        version, flow = self._version, self.flow
        with flow.whole():
            flow.gap(6)
            flow.rule()
            flow.text("不用来，也能问", self._lead)
            flow.text(version.enquiry.replace("上面的查询码", "回执上的查询码"), self._body)
            flow.gap(4)
            flow.ends(
                f"{version.unit.name}　{version.unit.address}", f"{show_moment(version.made_at)} 打印", self._small
            )
        flow.missing(enquiry_texts(version), self._small)


def _days(version: PetitionersVersion) -> Iterator[tuple[str, str]]:
    for one in version.days:
        said = f"{one.what}（{one.words}）{_PROVISIONAL if one.provisional else ''}"
        yield f"最迟{show_day(one.due)}", said


def enquiry_texts(version: PetitionersVersion) -> Iterator[str]:
    """Every text that somebody typed and the sheet shows."""
    yield from (version.unit.name, version.unit.address, version.title)
    yield from (one.text for one in version.steps)
    yield from (one.text for one in version.promises)
    yield from (one.what for one in version.documents)
