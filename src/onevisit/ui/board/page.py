"""The page of what is due: columns side by side by the time that is left, narrowed by organ, district, clerk, clock."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from onevisit.desk import board
from onevisit.desk.board import Board, BoardCard, BoardChoice, BoardChoices
from onevisit.desk.desk import Desk
from onevisit.paper.board import render_board
from onevisit.rules.board import DueGroup
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.progress import Progress
from onevisit.ui._forms.board import Ui_BoardForm
from onevisit.ui.board.column import DueColumn
from onevisit.ui.board.filters import BoardFilters
from onevisit.ui.board.shelf import Further, Shelf
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.sheet_preview import SheetPreview, SheetToPrint
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.work_bar import WorkBar

SECTION = "life"
"""The section of the matter that a card opens."""
_SHEET = "信访事项期限表"
_EMPTY = (
    "现在没有正在办理的事项。\n登记来访以后，每件事按剩下的时间排在这里：已超期、今天、3 天内……，点一件就能打开办理。"
)
_NOTHING_FOUND = "按现在选的条件，没有正在办理的事项。\n按“全部”看所有事项。"


class BoardPage(Page):
    """期限: which matter ends when, and whose turn it is."""

    key = "board"
    title = "期限"

    def __init__(self, context: Context, sheets: HouseSheets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_BoardForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.filters = BoardFilters(self)
        self.ui.filterPlace.addWidget(self.filters)
        self.work = WorkBar(self)
        self.ui.work.addWidget(self.work)
        self.shelf = Shelf(self)
        self.columns = self.shelf.columns
        self.ui.page.addWidget(self.shelf, 1)
        self._choice = BoardChoice()
        self._again = self._to_focus = False
        self._board: Board | None = None
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        if self.preview is not None:
            self.ui.page.addWidget(self.preview, 1)
            self.preview.hide()
            self.preview.left.connect(self._leave_sheet)
        self.ui.print.setVisible(self.preview is not None)
        self._connect()
        for widget in (self.ui.unread, self.ui.empty, self.shelf):
            widget.hide()

    def refresh(self) -> None:
        """Read the board anew; the card under the cursor stays."""
        if self.work.working:
            self._again = True
            return
        desk, choice = self.context.desk, self.filters.choice(petitioners=self.ui.petitioners.isChecked())
        in_sight = self.shelf.in_sight() if choice == self._choice else {}
        began = self.work.carry(
            self.context.tasks,
            self.ui.reload,
            lambda progress: _read(desk, choice, in_sight, progress.step),
            lambda read: self._show(choice, *read),
            self._failed,
            what="正在读期限",
            stopped=self._stopped,
        )
        self._again = not began

    def shows(self) -> frozenset[str]:
        """Every visit and every step of a matter."""
        return frozenset({"visits", "matters", "lists"})

    def focus_first(self) -> None:
        """The card where the person was, else the most pressing one; the filters where there is none."""
        column = self.shelf.last_used()
        self._to_focus = column is None and self._board is None
        if column is not None:
            self.shelf.take_cursor(column)
        else:
            self.filters.organ.setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("↑ ↓ ← →", "在卡片之间移动"),
            KeyHelp("Enter", "打开事项的办理"),
            KeyHelp("Alt+U / A / K / C", "按单位、区、窗口员、期限筛选"),
            KeyHelp("Alt+L", "也看来访人的期限"),
            KeyHelp("Alt+Q", "看全部"),
            KeyHelp("Alt+R", "刷新"),
            KeyHelp("Alt+P", "预览、打印期限表"),
        )

    def go_back(self) -> bool:
        """Esc leaves the sheet, then takes the filters away."""
        if self.preview is not None and not self.preview.isHidden():
            self._leave_sheet()
            return True
        if not self.filters.narrowed:
            return False
        self.filters.show_all()
        return True

    # -- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.shelf.opened.connect(lambda matter_id: self.context.navigator.open_matter(matter_id, SECTION))
        self.shelf.more_wanted.connect(self._read_more)
        self.filters.changed.connect(self.refresh)
        self.ui.petitioners.toggled.connect(self.refresh)
        self.ui.reload.clicked.connect(self.refresh)
        self.ui.print.clicked.connect(self._show_sheet)

    # -- what the person does ---------------------------------------------------------------------------------------

    def _read_more(self, column: DueColumn, ids: tuple[int, ...]) -> None:
        desk, choice = self.context.desk, self._choice

        def show(cards: tuple[BoardCard, ...]) -> None:
            if choice == self._choice:
                column.append(cards, ids)

        self.context.tasks.run_once(column.more, lambda: board.more_cards(desk, choice, ids), show)

    def _show_sheet(self) -> None:
        if self.preview is None:
            return
        desk, choice, narrowed = self.context.desk, self._choice, self.filters.words
        sheet = SheetToPrint(
            _SHEET,
            lambda fonts: render_board(board.sheet(desk, choice, narrowed), fonts),
            lambda: board.record_printed(desk),
        )
        for widget in (*self._beside_the_sheet(), self.shelf, self.ui.empty, self.ui.unread):
            widget.hide()
        self.preview.show()
        self.preview.show_sheet(sheet)

    def _beside_the_sheet(self) -> tuple[QWidget, ...]:
        """What rests while the sheet is looked at: its own buttons have the same keys."""
        return self.filters, self.ui.petitioners, self.ui.print, self.ui.reload

    def _leave_sheet(self) -> None:
        if self.preview is not None:
            self.preview.hide()
        for widget in self._beside_the_sheet():
            widget.show()
        self._show_what_there_is()
        self.focus_first()

    # -- showing ----------------------------------------------------------------------------------------------------

    def _show(
        self, choice: BoardChoice, found: Board, further: Mapping[DueGroup, Further], offered: BoardChoices
    ) -> None:
        self._choice, self._board = choice, found
        self.filters.offer_found(offered)
        self.shelf.show_board(found, further)
        self.ui.summary.setText(_summary(found))
        self.ui.unread.setText("\n".join(f"！{sentence}" for sentence in found.unread))
        if self.preview is None or self.preview.isHidden():
            self._show_what_there_is()
        if self._to_focus and found.total:
            self.focus_first()
        if self._again:
            self._again = False
            self.refresh()

    def _show_what_there_is(self) -> None:
        total = self._board.total if self._board is not None else 0
        self.ui.empty.setText(_NOTHING_FOUND if self.filters.narrowed else _EMPTY)
        self.ui.unread.setVisible(bool(self.ui.unread.text()))
        self.ui.empty.setVisible(not total)
        self.shelf.setVisible(bool(total))

    def _failed(self, fault: PlainFault) -> None:
        self._again = False
        self.context.messages.fault(fault.sentence)

    def _stopped(self) -> None:
        self._again = False
        self.context.messages.attention("已停下，期限板没有读完；按“刷新”重新读。")


def _read(
    desk: Desk, choice: BoardChoice, in_sight: Mapping[DueGroup, int], progress: Progress
) -> tuple[Board, Mapping[DueGroup, Further], BoardChoices]:
    """The board with as many cards as are in sight already, so that the one under the cursor stays."""
    found = board.board(desk, choice, progress)
    asked = {
        column.group: column.matter_ids[len(column.cards) : in_sight.get(column.group, 0)] for column in found.columns
    }
    further = {group: (board.more_cards(desk, choice, ids), ids) for group, ids in asked.items() if ids}
    return found, further, board.choices(desk)


def _summary(found: Board) -> str:
    counts = {column.group: len(column.matter_ids) for column in found.columns}
    pressing = [(DueGroup.OVERDUE, "已超期"), (DueGroup.TODAY, "今天到期")]
    said = [f"{words} {counts[group]} 件" for group, words in pressing if counts[group]]
    return "，".join((f"{show_day(found.day)}　正在办理 {found.total:,} 件", *said))
