"""The next sheet as a picture of paper, and the sheets so far in words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout

from onevisit.desk.issue import CopyRow
from onevisit.paper.raster import PageImage
from onevisit.rules.clocks import show_moment
from onevisit.ui.slip.service import PREVIEW_DPI
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_SCREEN_DPI = 96.0
_ENLARGED = 1.2
"""The screen is further from the eye than paper in the hand."""
_FRAME = 1
_NARROWEST = 200
_MOST_COPIES = 6
_MOST_MISSING = 8


def show_pages(column: QVBoxLayout, pages: tuple[PageImage, ...], room: int) -> None:
    """Show the pages one below the other, no wider than ``room`` pixels: nobody reads a slip sideways."""
    clear(column)
    margins = column.contentsMargins()
    room -= margins.left() + margins.right() + 2 * _FRAME
    for place, page in enumerate(pages, start=1):
        sheet = _sheet(page, room)
        sheet.setAccessibleName(f"回执预览第 {place} 页，共 {len(pages)} 页")
        column.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    column.addStretch(1)


def show_waiting(column: QVBoxLayout, sentence: str) -> None:
    """Say something quietly where the pages will be."""
    clear(column)
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setText(sentence)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    set_style(label, role="empty")
    column.addWidget(label, 1)


def missing_sentence(missing: tuple[str, ...]) -> str:
    """Name the characters that would not come out, before the paper is spent."""
    listed = "、".join(f"{character}（U+{ord(character):04X}）" for character in missing[:_MOST_MISSING])
    more = f" 等 {len(missing)} 个字" if len(missing) > _MOST_MISSING else ""
    return f"字库里没有：{listed}{more}。系统里照原样保存，纸上会印成“〓”，请打印后用笔补写，并告诉来访人。"


def copy_line(copy: CopyRow) -> str:
    """One sheet in words: when, which, what became of it."""
    mark = f"补打第 {copy.reprint_no} 次" if copy.reprint_no else f"第 {copy.copy_no} 份"
    edition = f"第 {copy.edition} 版 " if copy.edition > 1 else ""
    return f"{show_moment(copy.printed_at)}　{edition}{mark}　{copy.outcome.label}"


def copy_lines(copies: tuple[CopyRow, ...]) -> str:
    """The latest sheets, newest first."""
    shown = [copy_line(copy) for copy in reversed(copies[-_MOST_COPIES:])]
    rest = len(copies) - len(shown)
    return "\n".join([*shown, f"更早还有 {rest} 份"] if rest else shown)


def _sheet(page: PageImage, room: int) -> QLabel:
    """One page as a picture of paper, a little larger than life where there is room."""
    image = QImage(page.data, page.width, page.height, page.stride, QImage.Format.Format_RGBX8888)
    pixmap = QPixmap.fromImage(image.copy())
    natural = PREVIEW_DPI / _SCREEN_DPI / _ENLARGED
    pixmap.setDevicePixelRatio(max(natural, page.width / max(room, _NARROWEST)))
    sheet = QLabel()
    sheet.setPixmap(pixmap)
    set_style(sheet, role="sheet")
    return sheet
