"""The petitioner's version on the screen, in plain words and large type, and its sheet."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from onevisit.desk import enquiry
from onevisit.paper.enquiry import render_enquiry
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import show_day
from onevisit.rules.enquiry import PetitionersVersion
from onevisit.ui.page import Context
from onevisit.ui.system.sheet_preview import SheetPreview, SheetToPrint
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
_TITLE = "信访事项进度单"
_SEALED = "保密或者检举控告事项：转给了谁、反映谁，不读、不印。"

Line = tuple[str, str, str]
"""A day, what is said of it, its tone."""


class VersionView(QWidget):
    """Shows one version, or a hint, or the sheet.

    No stack: a sheet that is not looked at would make the version as wide and as tall as itself.

    Args:
        context: of the page.
        sheets: prints it; None where nothing can be printed.
        scrolls: it scrolls by itself; a section of a matter is scrolled already.
        parent: where it stands.
    """

    def __init__(
        self, context: Context, sheets: HouseSheets | None, *, scrolls: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._version: PetitionersVersion | None = None
        self.body = QWidget()
        set_style(self.body, role="plain")
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(8, 4, 8, 8)
        self.column.setSpacing(8)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._place = _scrolling(self.body) if scrolls else self.body
        whole.addWidget(self._place)
        may_print = sheets is not None and context.desk.may(Permission.PRINT_SLIP)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None and may_print else None
        self.print: QPushButton | None = None
        if self.preview is not None:
            whole.addWidget(self.preview)
            self.preview.hide()
            self.preview.left.connect(self.go_back)

    @property
    def sheet_open(self) -> bool:
        """Whether the sheet is looked at."""
        return self.preview is not None and not self.preview.isHidden()

    def show_hint(self, sentence: str) -> None:
        """Show a sentence in place of a version."""
        self._version = None
        self._clear()
        hint = plain_label(sentence, "empty")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(hint, 1)

    def show_version(self, version: PetitionersVersion) -> None:
        """Show a version."""
        self._version = version
        self._clear()
        self._add_head(version)
        self._add("办到哪一步", ((show_day(one.on), one.text, "") for one in version.steps))
        self._add("接下来的日期", _days(version))
        promises = ((one, f"{one.text}（{one.words}）") for one in version.promises)
        self._add("答应来访人的事", ((f"最迟{show_day(one.due)}", text, "") for one, text in promises))
        self._add("已送达的文书", ((show_day(one.on), f"{one.what}（{one.how}）", "") for one in version.documents))
        for remedy in version.remedies:
            self.column.addWidget(plain_label(remedy))
        self.column.addWidget(plain_label(f"怎样再问：{version.enquiry.replace('上面的', '回执上的')}", "quiet"))
        self.column.addStretch(1)

    def go_back(self) -> bool:
        """Esc leaves the sheet."""
        if self.preview is None or not self.sheet_open:
            return False
        self.preview.hide()
        self._place.show()
        return True

    def _clear(self) -> None:
        self.go_back()
        self.print = None
        clear(self.column)

    def _add_head(self, version: PetitionersVersion) -> None:
        row = QHBoxLayout()
        row.addWidget(plain_label(version.where, "headline"), 1)
        if self.preview is not None:
            self.print = QPushButton("打印进度单(&P)", self.body)
            self.print.clicked.connect(self._show_sheet)
            row.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        title = f"　{version.title}" if version.title else ""
        facts = f"事项编号 {version.matter_no}{title}　{show_day(version.registered_on)}登记，来访 {version.visits} 次"
        self.column.addWidget(plain_label(facts, "quiet"))
        if version.secret:
            band = QFrame()
            set_style(band, role="band", tone="attention")
            inside = QVBoxLayout(band)
            inside.setContentsMargins(12, 6, 12, 6)
            inside.addWidget(plain_label(_SEALED))
            self.column.addWidget(band)

    def _add(self, heading: str, lines: Iterable[Line]) -> None:
        listed = list(lines)
        if not listed:
            return
        self.column.addWidget(plain_label(heading, "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (day, text, tone) in enumerate(listed):
            grid.addWidget(plain_label(day, "quiet", wrap=False), row, 0, _TOP_RIGHT)
            grid.addWidget(plain_label(text, tone=tone), row, 1)
        self.column.addLayout(grid)

    def _show_sheet(self) -> None:
        version, preview = self._version, self.preview
        if version is None or preview is None:
            return
        desk = self._context.desk
        sheet = SheetToPrint(
            _TITLE,
            lambda fonts: render_enquiry(version, fonts),
            lambda: enquiry.record_printed(desk, version.matter_id),
            paper="a5",
        )
        self._place.hide()
        preview.show()
        preview.show_sheet(sheet)


def _days(version: PetitionersVersion) -> Iterable[Line]:
    for one in version.days:
        unsure = "，暂定：这一年的放假安排还没有公布" if one.provisional else ""
        yield f"最迟{show_day(one.due)}", f"{one.what}（{one.words}{unsure}）", "attention" if one.own else ""


def _scrolling(body: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName("来访人可以知道的内容")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    set_style(area, role="plain")
    area.setWidget(body)
    return area
