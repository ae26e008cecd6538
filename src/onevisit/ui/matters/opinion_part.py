"""What the section 办理 has to do with opinions: the list of them, and the form of the one that is written."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from onevisit.desk import opinions
from onevisit.desk.drafts import MatterDraft
from onevisit.desk.life_view import LifeView
from onevisit.desk.opinions import OpinionLine
from onevisit.paper.opinion import render_opinion
from onevisit.ui.matters.opinion_card import OpinionCard, Start
from onevisit.ui.matters.opinion_list import OpinionList
from onevisit.ui.page import Context
from onevisit.ui.system.sheet_preview import SheetToPrint


class OpinionPart(QWidget):
    """Lists and writes the opinions of the matter that is shown.

    Signals:
        opened(bool): the form was opened, or closed.
        changed(str): something was kept; the sentence to say.
        overtaken(): somebody changed the matter meanwhile.
        sheet_wanted(object): a ``SheetToPrint``.
    """

    opened = Signal(bool)
    changed = Signal(str)
    overtaken = Signal()
    sheet_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget, *, may_print: bool) -> None:
        super().__init__(parent)
        self._context, self._may_print = context, may_print
        self._view: LifeView | None = None
        self._request: Callable[[], str] = str
        self.list = OpinionList(self)
        self.card = OpinionCard(context, self)
        self.card.ui.print.setVisible(may_print)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list)
        column.addWidget(self.card)
        self.list.edit_wanted.connect(self.write)
        self.list.sheet_wanted.connect(self._show_sheet)
        self.card.sheet_wanted.connect(self._show_sheet)
        self.card.left.connect(self.put_away)
        self.card.changed.connect(self._on_changed)
        self.card.overtaken.connect(self.overtaken)

    def use(self, request: Callable[[], str]) -> None:
        """Tell where the words of the request come from for a new opinion."""
        self._request = request

    def show_view(self, view: LifeView) -> None:
        """Show the opinions; a form that is open goes on, with what is typed."""
        self._view = view
        self.list.show_lines(view.opinions, may_print=self._may_print)
        self.card.follow(view.seen, view.opinions)

    def write(self, line: OpinionLine | None = None) -> None:
        """Write a new opinion, or go on with a draft."""
        if self._view is None:
            return
        self.card.begin(self._view.seen, line, self._view.items, Start(self._view.organ, self._request()))
        self._open()

    def go_on(self, draft: MatterDraft) -> None:
        """Go on with what was half typed and never kept as an opinion."""
        if self._view is None:
            return
        known = (one for one in self._view.opinions if one.opinion_id == draft.about and one.final_at is None)
        self.write(next(known, None))
        self.card.go_on(draft)

    def _open(self) -> None:
        self.list.hide()
        self.opened.emit(True)
        self.card.focus_first()

    def put_away(self) -> None:
        """Close the form; what is typed is kept as a draft: nobody loses a page of text by one key."""
        if self.card.isHidden():
            return
        self.card.leave()
        self.list.setVisible(self._view is not None and bool(self._view.opinions))
        self.opened.emit(False)

    def forget(self) -> None:
        """Another matter comes; what is typed is kept as a draft."""
        self.put_away()
        self._view = None
        self.list.hide()

    def _on_changed(self, sentence: str) -> None:
        if self.card.isHidden():
            self.opened.emit(False)
        self.changed.emit(sentence)

    def _show_sheet(self, opinion_id: int) -> None:
        desk = self._context.desk
        self.sheet_wanted.emit(
            SheetToPrint(
                "意见书",
                lambda fonts: render_opinion(opinions.sheet(desk, opinion_id), fonts),
                lambda: opinions.record_printed(desk, opinion_id),
            )
        )
