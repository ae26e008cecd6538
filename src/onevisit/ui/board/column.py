"""One column of the board: its word and how many, its cards, and a button for those that are not read yet.

Where there is no room for all columns side by side some are folded: a strip says the same, and opens it.
"""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from onevisit.desk.board import BoardCard, BoardColumn
from onevisit.rules.board import DueGroup
from onevisit.ui.board.cards import CardModel, CardPainter
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.labels import plain_label, tip
from onevisit.ui.widgets.once import REPEATS
from onevisit.ui.widgets.style import em, set_style

STEP = 50
"""So many more are read at once."""
_WIDE = 13.0
"""Chinese characters: what the cards of a column need."""


class DueColumn(QFrame):
    """The matters of one group.

    Signals:
        opened(int): a card was clicked, or Enter pressed on it.
        sideways(int): the cursor wants to the column at the left (-1) or right (1).
        unfolded(): the strip was pressed.
        more_wanted(tuple): the ids of the next that are to be read.
    """

    opened = Signal(int)
    sideways = Signal(int)
    unfolded = Signal()
    more_wanted = Signal(object)

    def __init__(self, group: DueGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        self.model = CardModel()
        self._ids: tuple[int, ...] = ()
        self._folded = False
        set_style(self, role="plain")
        self.strip = QPushButton(self)
        self.strip.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.strip.clicked.connect(self.unfolded)
        self.head = plain_label("", "section", wrap=False)
        self.list = self._list()
        self.more = QPushButton(self)
        self.more.setProperty(REPEATS, True)
        set_style(self.more, role="small")
        self.more.clicked.connect(self._ask_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.strip, 1)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        self.show_column(BoardColumn(group, (), ()))

    @property
    def empty(self) -> bool:
        """Whether no matter stands here."""
        return not self._ids

    @property
    def folded(self) -> bool:
        """Whether only the strip is in sight; a column without cards is nothing else."""
        return self._folded or self.empty

    def fold(self, *, folded: bool) -> None:
        """Show the strip alone, or the cards."""
        self._folded = folded
        self._show_folded()

    def width_open(self) -> int:
        """The width that the cards need."""
        return em(self, _WIDE)

    def width_folded(self) -> int:
        """The width of the strip."""
        return self.strip.sizeHint().width()

    def show_column(self, column: BoardColumn, further: tuple[BoardCard, ...] = (), asked: Sequence[int] = ()) -> None:
        """Show the first cards; the same card stays selected and in sight where it is still here.

        Args:
            column: what belongs here now.
            further: the cards that follow the first ones, where more were in sight before.
            asked: the ids for which those were read.
        """
        kept, down = self.current(), self.list.verticalScrollBar().value()
        self._ids = _without_gone(column.matter_ids, further, asked)
        self.model.show((*column.cards, *further))
        if kept is not None:
            self.select(kept.matter_id)
        self.list.verticalScrollBar().setValue(down)
        self._show_count()

    def append(self, cards: tuple[BoardCard, ...], asked: Sequence[int]) -> None:
        """Put more cards at the end; what was asked for and ended meanwhile is counted no more."""
        self._ids = _without_gone(self._ids, cards, asked)
        self.model.append(cards)
        self._show_count()

    def current(self) -> BoardCard | None:
        """The card under the cursor."""
        return self.model.row_at(self.list.currentIndex())

    def select(self, matter_id: int) -> bool:
        """Put the cursor on the card of a matter; False if it is not here."""
        row = self.model.row_of(matter_id)
        if row >= 0:
            self.list.setCurrentIndex(self.model.index(row, 0))
        return row >= 0

    def take_cursor(self) -> None:
        """Put the cursor on a card."""
        if not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def has_cursor(self) -> bool:
        """Whether the cursor is on a card, or on the button beneath them."""
        return self.window().focusWidget() in {self.list, self.more}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter opens, left and right go to the neighbours."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.list:
            if is_plain_enter(event):
                if not event.isAutoRepeat():
                    self._open(self.list.currentIndex())
                return True
            if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
                self.sideways.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Titles break elsewhere."""
        super().resizeEvent(event)
        self.list.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "list"):
            self.list.scheduleDelayedItemsLayout()

    def _list(self) -> QListView:
        made = QListView(self)
        made.setModel(self.model)
        made.setItemDelegate(CardPainter(made))
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        made.setTabKeyNavigation(False)
        made.installEventFilter(self)
        made.clicked.connect(self._open)
        return made

    def _open(self, index: QModelIndex) -> None:
        card = self.model.row_at(index)
        if card is not None:
            self.opened.emit(card.matter_id)

    def _ask_more(self) -> None:
        read = self.model.rowCount()
        self.more_wanted.emit(self._ids[read : read + STEP])

    def _show_count(self) -> None:
        count, rest = len(self._ids), len(self._ids) - self.model.rowCount()
        tone = self.group.tone if self.group.tone != "soft" else ""
        self.head.setText(f"{self.group.label} {count:,} 件")
        set_style(self.head, tone=tone)
        self.list.setAccessibleName(f"{self.group.label}，{count} 件")
        self.more.setText(f"再显示 {min(rest, STEP)} 件（还有 {rest:,} 件）")
        self._show_strip(count, tone)
        self._show_folded()

    def _show_strip(self, count: int, tone: str) -> None:
        said = f"{self.group.label} {count:,} 件"
        self.strip.setText(f"{_downwards(self.group.label)}\n\n{count:,}\n件")
        self.strip.setAccessibleName(f"{said}，展开" if count else said)
        self.strip.setToolTip(tip(f"{said}\n点一下展开" if count else said))
        self.strip.setEnabled(bool(count))
        set_style(self.strip, role="strip", tone=tone if count else "")

    def _show_folded(self) -> None:
        self.strip.setVisible(self.folded)
        self.head.setVisible(not self.folded)
        self.list.setVisible(not self.folded)
        self.more.setVisible(not self.folded and len(self._ids) > self.model.rowCount())


def _without_gone(ids: tuple[int, ...], cards: tuple[BoardCard, ...], asked: Sequence[int]) -> tuple[int, ...]:
    gone = set(asked) - {card.matter_id for card in cards}
    return tuple(one for one in ids if one not in gone)


def _downwards(words: str) -> str:
    """One character a line; a number stays in one."""
    parts = groupby((one for one in words if one != " "), key=str.isdigit)
    return "\n".join(line for number, some in parts for line in (("".join(some),) if number else some))
