"""期限表: open matters by the time that is left, on A4, for a meeting or a wall; confidential ones are only counted."""

from collections.abc import Iterator

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A4
from onevisit.paper.setter import Setter
from onevisit.paper.sheet import Running, write_pdf
from onevisit.rules.board import PRINTED, BoardLine, BoardPart, BoardSheet
from onevisit.rules.clocks import show_day, show_moment

_TITLE = "信访事项期限表"


def render_board(sheet: BoardSheet, fonts: FontBook) -> bytes:
    """Set it on as many pages of A4 as it needs; the same data always gives the same bytes.

    Raises:
        FontFault: a font file of the program is missing or damaged.
    """
    setter = _Board(sheet, fonts)
    setter.compose()
    name = f"{_TITLE} {show_day(sheet.day)}"
    return write_pdf(setter.flow.strips, A4, Running(name, sheet.unit.name, name, sheet.practice), fonts)


class _Board(Setter):
    """Composes it, column by column, most pressing first."""

    def __init__(self, sheet: BoardSheet, fonts: FontBook) -> None:
        super().__init__(A4, fonts)
        self._sheet = sheet

    def compose(self) -> None:
        sheet, flow = self._sheet, self.flow
        flow.text(sheet.unit.name, self._body.to("center"))
        flow.text(_TITLE, self._title.to("center"))
        flow.text(f"{show_day(sheet.day)}　{sheet.narrowed or '全部正在办理的事项'}", self._lead.to("center"))
        flow.gap(4)
        flow.text("　".join(f"{part.group.label} {part.total} 件" for part in sheet.parts), self._body.to("center"))
        for part in sheet.parts:
            if part.group in PRINTED and part.total:
                self._part(part)
        self._foot()

    def _part(self, part: BoardPart) -> None:
        self.flow.gap(6)
        self.flow.rule()
        self.flow.text(f"{part.group.label}　{part.total} 件", self._lead, keep=True)
        column = max((self._fonts.width(_head(line), self._body.size) for line in part.lines), default=0.0)
        for line in part.lines:
            with self.flow.whole():
                self.flow.hanging(_head(line), _said(line), self._strong, self._body, column + 2 * self._body.size)
            self.flow.gap(2)
        left = part.total - len(part.lines) - part.sealed
        if part.sealed:
            self.flow.text(f"另有保密事项 {part.sealed} 件，不印。", self._small)
        if left:
            self.flow.text(f"还有 {left} 件没有印，请在“期限”页查看。", self._small)

    def _foot(self) -> None:
        sheet, flow = self._sheet, self.flow
        with flow.whole():
            flow.gap(6)
            flow.rule()
            flow.text("“暂定”：那一年的放假安排还没有公布，公布后日期可能变。", self._small)
            flow.ends(f"经办 工号 {sheet.staff_no}", f"{show_moment(sheet.made_at)} 打印", self._small)
        flow.missing(board_texts(sheet), self._small)


def _head(line: BoardLine) -> str:
    return show_day(line.due) if line.due is not None else "没有期限"


def _said(line: BoardLine) -> str:
    unsure = "（暂定）" if line.provisional else ""
    return f"{line.words}{unsure}　{line.title}\n{line.turn}　{line.matter_no}"


def board_texts(sheet: BoardSheet) -> Iterator[str]:
    """Every text that somebody typed and the sheet shows."""
    yield from (sheet.unit.name, sheet.narrowed)
    for part in sheet.parts:
        for line in part.lines:
            yield from (line.title, line.turn)
