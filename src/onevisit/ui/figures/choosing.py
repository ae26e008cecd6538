"""Which days and which matters are counted: the row of spans and dates, and the row of filters."""

from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QWidget

from onevisit.rules.classification import ContentClass, PetitionClass
from onevisit.rules.figure_facts import NO_CLASS, Filters, Span, class_label
from onevisit.rules.figure_words import part_words
from onevisit.rules.figures import UNKNOWN, FigureKey
from onevisit.rules.regions import districts
from onevisit.ui._forms.figures import Ui_FiguresForm
from onevisit.ui.widgets.choice_row import ChoiceRow
from onevisit.ui.widgets.days import day_of, set_day
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import announce, em

THIS_MONTH, LAST_MONTH, THIS_YEAR, OWN = "this_month", "last_month", "this_year", "own"
_SPANS = ((THIS_MONTH, "本月"), (LAST_MONTH, "上月"), (THIS_YEAR, "本年"), (OWN, "自选"))
_ALL = "全部"


class Choosing(QObject):
    """Fills the fields of the form, and tells when something else is to be counted.

    Signals:
        changed(): other days or other filters were chosen.
    """

    changed = Signal()

    def __init__(self, ui: Ui_FiguresForm, page: QWidget) -> None:
        super().__init__(page)
        self._ui = ui
        self._today = date.min
        self.spans = SegmentedChoice[str](page)
        self.spans.set_choices(_SPANS)
        self.spans.setAccessibleName("统计哪一段时间")
        ui.spanPlace.addWidget(self.spans)
        self.spans.set_value(THIS_MONTH)
        self.row = ChoiceRow("不筛选(&A)", page)
        ui.filterPlace.addWidget(self.row)
        self.petition_class = self.row.add("类别(&C)", "按类别筛选", _ALL)
        self.content = self.row.add("内容(&N)", "按内容分类筛选", _ALL)
        self.place = self.row.add("属地(&D)", "按问题属地筛选", _ALL)
        self.organ = self.row.add("责任单位(&O)", "按责任单位筛选", _ALL)
        self._fill()
        self._connect()
        self._say("")

    def begin(self, today: date) -> None:
        """Know which day it is; a new day moves the month with it."""
        if today != self._today:
            self._today = today
            self._show_span()

    def span(self) -> Span:
        """The days that stand in the fields."""
        return Span(day_of(self._ui.first), day_of(self._ui.last))

    def filters(self) -> Filters:
        """What is chosen in the row of filters."""
        content = self.content.currentData()
        return Filters(
            petition_class=self.petition_class.currentData(),
            content=ContentClass.from_code(content) if content else None,
            place=self.place.currentData(),
            organ=self.organ.currentData(),
        )

    def offer_organs(self, organs: list[str]) -> None:
        """Offer these units; the chosen one stays, even if it has nothing in this span."""
        wanted = sorted(organs, key=lambda organ: (organ == UNKNOWN, organ))
        self.row.offer(self.organ, [(part_words(FigureKey.ORGANS, organ), organ) for organ in wanted])

    def fit(self) -> None:
        """Dates are as wide as a date in the present type."""
        for edit in (self._ui.first, self._ui.last):
            edit.setFixedWidth(em(edit, 7))
        self.spans.setFixedWidth(self.spans.sizeHint().width())

    def stops(self) -> tuple[QWidget, ...]:
        """What Tab goes through, in order."""
        ui = self._ui
        return (*self.spans.stops(), ui.first, ui.last, ui.count, *self.row.stops())

    def count_own(self) -> None:
        """Count the days that were typed, unless they are the wrong way round."""
        faults = self.span().faults()
        self._say(faults[0].sentence if faults else "")
        if faults:
            self._ui.last.setFocus()
        else:
            self.changed.emit()

    def _fill(self) -> None:
        places = [(one.name, one.code) for one in districts()]
        places.append((part_words(FigureKey.PLACES, UNKNOWN), UNKNOWN))
        classes = (*(one.value for one in PetitionClass), NO_CLASS)
        self.row.offer(self.petition_class, [(class_label(code), code) for code in classes])
        self.row.offer(self.content, [(one.label, one.value) for one in ContentClass])
        self.row.offer(self.place, places)

    def _connect(self) -> None:
        ui = self._ui
        self.spans.changed.connect(self._chosen)
        for edit in (ui.first, ui.last):
            edit.dateChanged.connect(self._typed)
            for keys in ("Return", "Enter"):
                on_key(keys, edit, self.count_own, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        ui.count.clicked.connect(self.count_own)
        self.row.changed.connect(self.changed)
        ui.count.hide()

    def _chosen(self) -> None:
        """Another span: the month or year is counted at once, one's own when its days are typed."""
        own = self.spans.value() == OWN
        self._ui.count.setVisible(own)
        if not own:
            self._show_span()
            self._say("")
            self.changed.emit()
        else:
            self._ui.first.setFocus()

    def _typed(self) -> None:
        with QSignalBlocker(self.spans):
            self.spans.set_value(OWN)
        self._ui.count.show()
        self._say("")

    def _show_span(self) -> None:
        spans = {
            THIS_MONTH: Span.month_of(self._today),
            LAST_MONTH: Span.month_before(self._today),
            THIS_YEAR: Span.year_of(self._today),
        }
        span = spans.get(self.spans.value() or THIS_MONTH)
        if span is not None:
            for edit, day in ((self._ui.first, span.first), (self._ui.last, span.last)):
                with QSignalBlocker(edit):
                    set_day(edit, day)

    def _say(self, sentence: str) -> None:
        self._ui.fault.setText(f"！{sentence}" if sentence else "")
        self._ui.fault.setVisible(bool(sentence))
        announce(self._ui.fault, sentence)
