"""The figures in sight: large numbers first, then the charts, the table of rates, and how everything is counted."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from onevisit.rules.figure_words import RATE_HEADS, how, part_words, reasons_by_size, rules_of_counting, summary
from onevisit.rules.figures import ALL, FigureKey, Figures, Slice
from onevisit.ui.figures.charts import Bar, BarList, Chart, Columns
from onevisit.ui.figures.rates import RateTable
from onevisit.ui.figures.tile import Tile
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.style import set_style

_TILES_ACROSS = 3
_CHARTS_ACROSS = 2
_SERIES = ("初访", "重复访")
_TILES = (
    *(FigureKey.VISITS, FigureKey.GROUPS, FigureKey.ONE_VISIT),
    *(FigureKey.ACCEPTANCE, FigureKey.ANSWER, FigureKey.TO_DESK),
    *(FigureKey.WINDOW, FigureKey.UNIT, FigureKey.TO_LAWYER),
)
_CHARTS = (
    *(FigureKey.TIMES, FigureKey.REASONS, FigureKey.CLASSES),
    *(FigureKey.PLACES, FigureKey.CONTENTS, FigureKey.ORGANS),
)


class FiguresBoard(QWidget):
    """What the page scrolls.

    Signals:
        opened(FigureKey, str, (FigureKey, str) | None): the rows of a figure, or of a part of it, are wanted; within
            one class, unit, month … if one is given.
    """

    opened = Signal(object, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_style(self, role="plain")
        self.tiles = {key: Tile(key, self) for key in _TILES}
        self.charts: dict[FigureKey, Chart] = {key: _chart(key) for key in _CHARTS}
        self.rates = RateTable(self)
        self.rates.opened.connect(self.opened)
        self.rules = plain_label("", "quiet")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(12)
        column.addLayout(self._tiles())
        column.addLayout(self._charts())
        column.addWidget(_panel("各项比率", self.rates))
        column.addWidget(_panel("怎样算的", self.rules))
        column.addStretch(1)

    def show_figures(self, figures: Figures) -> None:
        """Show the figures of a span."""
        for key, word, number, note in summary(figures):
            self.tiles[key].show_figure(word, number, note, how(key, figures.counted))
        reasons = [_reason(figures, part, number) for part, number in reasons_by_size(figures)]
        self.charts[FigureKey.REASONS].show_bars(reasons)
        for key in _CHARTS:
            if key is not FigureKey.REASONS:
                self.charts[key].show_bars(_bars(figures, key))
        self.rates.show_figures(figures)
        self.rules.setText("\n".join(f"{called}：{words}" for called, words in rules_of_counting(figures.counted)))

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in reading order."""
        return (*self.tiles.values(), *self.charts.values(), *self.rates.stops())

    def _tiles(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // _TILES_ACROSS, place % _TILES_ACROSS)
            tile.clicked.connect(self._opener(tile.key))
        for across in range(_TILES_ACROSS):
            grid.setColumnStretch(across, 1)
        return grid

    def _charts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for place, (key, chart) in enumerate(self.charts.items()):
            grid.addWidget(_panel(_heading(key), chart), place // _CHARTS_ACROSS, place % _CHARTS_ACROSS)
            chart.opened.connect(self._part_opener(key))
        for across in range(_CHARTS_ACROSS):
            grid.setColumnStretch(across, 1)
        return grid

    def _opener(self, key: FigureKey) -> Callable[[], None]:
        return lambda: self.opened.emit(key, ALL, None)

    def _part_opener(self, key: FigureKey) -> Callable[[str], None]:
        return lambda part: self.opened.emit(key, part, None)


def _chart(key: FigureKey) -> Chart:
    if key is FigureKey.TIMES:
        return Columns(_heading(key), _SERIES)
    return BarList(_heading(key), () if key is FigureKey.REASONS else _SERIES)


def _heading(key: FigureKey) -> str:
    return key.label if key is FigureKey.REASONS else f"来访{key.label}"


def _came(figures: Figures, key: FigureKey) -> list[Slice]:
    """The parts in which anybody came; of times also the empty ones between two of them."""
    slices = figures.slices.get(key, ())
    if key is not FigureKey.TIMES:
        return [one for one in slices if one.batches]
    came = [place for place, one in enumerate(slices) if one.batches]
    return list(slices[came[0] : came[-1] + 1]) if came else []


def _reason(figures: Figures, part: str, number: int) -> Bar:
    word, share = part_words(FigureKey.REASONS, part), figures.reason_share(part).words
    return Bar(part, word, (number,), f"{word}：{number} 批，占重复访 {share}", f"{number}（{share}）")


def _bars(figures: Figures, key: FigureKey) -> list[Bar]:
    came = _came(figures, key)
    alike = {_larger(part_words(key, one.part)) for one in came} if key is FigureKey.TIMES else set()
    return [_bar(key, one, short=len(alike) == 1) for one in came]


def _bar(key: FigureKey, one: Slice, *, short: bool) -> Bar:
    word = part_words(key, one.part)
    said = f"{word}：{one.batches} 批 {one.persons} 人次，初访 {one.first}，重复访 {one.repeat}"
    said = "，".join([said, *(f"{RATE_HEADS[key]} {share.words}" for key, share in one.rates.items() if share.whole)])
    return Bar(one.part, word.removeprefix(_larger(word)) if short else word, (one.first, one.repeat), said)


def _larger(word: str) -> str:
    """The year of a month, the month of a day: where all bars share it, the head of the page says which."""
    return "".join(word.rpartition("年" if "年" in word else "月")[:2])


def _panel(heading: str, inner: QWidget) -> QFrame:
    frame = QFrame()
    set_style(frame, role="panel")
    column = QVBoxLayout(frame)
    column.setContentsMargins(14, 8, 14, 10)
    column.setSpacing(4)
    column.addWidget(plain_label(heading, "section", wrap=False))
    column.addWidget(inner, 1)
    if isinstance(inner, BarList):
        column.addStretch(1)
    return frame
