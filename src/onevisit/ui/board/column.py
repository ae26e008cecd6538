"""One column of the board: its word and how many, its cards, and a button for those that are not read yet."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QPushButton, QVBoxLayout, QWidget

from onevisit.desk.board import BoardCard, BoardColumn
from onevisit.rules.board import DueGroup
from onevisit.ui.board.cards import CardModel, CardPainter
from onevisit.ui.widgets.key_steps import is_plain_enter
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.once import REPEATS
from onevisit.ui.widgets.style import em, set_style

STEP = 50
"""So many more are read at once."""
_WIDE = 13.0
"""Chinese characters: what a column with cards needs at least; one without takes no more than its word."""


class DueColumn(QFrame):
    """The matters of one group.

    Signals:
        opened(int): a card was clicked, or Enter pressed on it.
        sideways(int): the cursor wants to the column at the left (-1) or right (1).
        more_wanted(tuple): the ids of the next that are to be read.
    """

    opened = Signal(int)
    sideways = Signal(int)
    more_wanted = Signal(object)

    def __init__(self, group: DueGroup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = group
        self.model = CardModel()
        self._ids: tuple[int, ...] = ()
        set_style(self, role="plain")
        self.head = plain_label("", "section", wrap=False)
        self.list = QListView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(CardPainter(self.list))
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setTabKeyNavigation(False)
        self.list.installEventFilter(self)
        self.list.clicked.connect(self._open)
        self.more = QPushButton(self)
        self.more.setProperty(REPEATS, True)
        set_style(self.more, role="small")
        self.more.clicked.connect(self._ask_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        self.show_column(BoardColumn(group, (), ()))

    @property
    def empty(self) -> bool:
        """Whether no matter stands here."""
        return not self._ids

    def show_column(self, column: BoardColumn) -> None:
        """Show the first cards; the same card stays selected and in sight where it is still here."""
        kept, down = self.current(), self.list.verticalScrollBar().value()
        self._ids = column.matter_ids
        self.model.show(column.cards)
        if kept is not None:
            self.select(kept.matter_id)
        self.list.verticalScrollBar().setValue(down)
        self._show_count()

    def append(self, cards: tuple[BoardCard, ...], asked: tuple[int, ...]) -> None:
        """Put more cards at the end; what was asked for and ended meanwhile is counted no more."""
        read = {card.matter_id for card in cards}
        gone = set(asked) - read
        self._ids = tuple(one for one in self._ids if one not in gone)
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
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "more"):
            self._fit()

    def _open(self, index: QModelIndex) -> None:
        card = self.model.row_at(index)
        if card is not None:
            self.opened.emit(card.matter_id)

    def _ask_more(self) -> None:
        read = self.model.rowCount()
        self.more_wanted.emit(self._ids[read : read + STEP])

    def _show_count(self) -> None:
        count, rest = len(self._ids), len(self._ids) - self.model.rowCount()
        self.head.setText(f"{self.group.label} {count:,} 件" if count else f"{self.group.label} 0")
        tone = self.group.tone if count and self.group.tone != "soft" else ""
        set_style(self.head, role="section" if count else "quiet", tone=tone)
        self.list.setAccessibleName(f"{self.group.label}，{count} 件")
        self.more.setText(f"再显示 {min(rest, STEP)} 件（还有 {rest:,} 件）")
        self.more.setVisible(rest > 0)
        self.list.setVisible(count > 0)
        self._fit()

    def _fit(self) -> None:
        self.setMinimumWidth(0 if self.empty else em(self, _WIDE))
        self.list.scheduleDelayedItemsLayout()
