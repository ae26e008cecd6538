"""By what the board is narrowed: organ, district, clerk, kind of clock; each choice says how many matters it has."""

from PySide6.QtWidgets import QWidget

from onevisit.desk.board import BoardChoice, BoardChoices
from onevisit.desk.clock_reading import REPORT
from onevisit.rules.rulesets import ClockKind
from onevisit.ui.widgets.choice_row import ChoiceRow


class BoardFilters(ChoiceRow):
    """The four choices of the board."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("全部(&Q)", parent)
        self.organ = self.add("单位(&U)", "责任单位", "所有单位")
        self.place = self.add("区(&A)", "问题所在的区", "所有区")
        self.clerk = self.add("窗口员(&K)", "初次登记的窗口员", "所有人")
        self.clock = self.add("期限(&C)", "看哪一种期限", "最近的期限")
        self.offer(self.clock, [*((kind.label, kind.value) for kind in ClockKind), ("报办理结果", REPORT)])

    def choice(self, *, petitioners: bool) -> BoardChoice:
        """What is chosen now."""
        return BoardChoice(
            organ=self.organ.currentData(),
            place=self.place.currentData(),
            clerk=self.clerk.currentData() or None,
            clock=self.clock.currentData(),
            petitioners=petitioners,
        )

    def offer_found(self, found: BoardChoices) -> None:
        """Offer what occurs among the open matters; what is chosen stays chosen."""
        for combo, rows in ((self.organ, found.organs), (self.place, found.places), (self.clerk, found.clerks)):
            self.offer(combo, [(label, value) for value, label in rows])
