"""The sections of one matter: a row of words above the right side of the page, and one section below it.

What a section is stands here; which there are stands in ``ui.matters.section_list``, one line each.
"""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from onevisit.desk.drafts import DraftRow
from onevisit.desk.lookup import MatterView
from onevisit.ui.page import KeyHelp
from onevisit.ui.widgets.labels import tip
from onevisit.ui.widgets.once import on_key
from onevisit.ui.widgets.segmented import SegmentedChoice
from onevisit.ui.widgets.style import set_style

OVERVIEW: Final = "overview"
_MOST: Final = 9


class MatterSection(QWidget):
    """One part of what is known of a matter, with what can be done there; it scrolls where the page is too low.

    A section reads what it needs by itself when it is shown, and again when the matter was read anew; what is half
    typed stays then. Nothing is read for a section that nobody looks at.

    Attributes:
        key: by which others send here: ``navigator.open_matter(matter_id, "route")``.
        word: on the button.

    Signals:
        draft_said(str, str): for the status line: what became of what is half typed here, and its tone.
    """

    draft_said = Signal(str, str)

    key = ""
    word = ""

    def wanted(self, view: MatterView) -> bool:
        """Whether this matter has the section for whoever is logged in."""
        return not view.anonymised_at

    def show_matter(self, view: MatterView) -> None:
        """Show a matter, or the same one anew."""
        raise NotImplementedError

    def put_away(self) -> bool:
        """Esc: close what is open here (a form, a list). False: nothing was."""
        return False

    def focus_first(self) -> None:
        """Put the cursor where work begins."""
        self.setFocus()

    def unsaved(self) -> bool:
        """Whether something typed here is not in the store yet."""
        return False

    def keep(self) -> None:
        """Begin to keep what is half typed here, where that can be done without asking."""

    def offer(self, rows: Sequence[DraftRow]) -> None:
        """Tell which drafts wait for the person now; a section takes its own."""

    def resume(self, draft_id: int) -> None:
        """A draft of this section is to be gone on with, as soon as its matter is shown."""

    def open_drafts(self) -> frozenset[int]:
        """The drafts that are being gone on with here, and so do not wait."""
        return frozenset()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this section, for F1."""
        return ()


class Sections(QWidget):
    """The row of words and the section that is open; the overview of the matter is always the first.

    Signals:
        draft_said(str, str): as of a section.
    """

    draft_said = Signal(str, str)

    def __init__(self, overview: QScrollArea, sections: Sequence[MatterSection], parent: QWidget) -> None:
        super().__init__(parent)
        self._overview = overview
        self._sections = {one.key: one for one in sections}
        self._view: MatterView | None = None
        self._places: dict[str, QWidget] = {OVERVIEW: overview}
        self._offered: tuple[tuple[str, str], ...] = ()
        self.bar = SegmentedChoice[str](self)
        self.bar.setAccessibleName("这件事项的各部分")
        self._stack = QStackedWidget(self)
        self._stack.addWidget(overview)
        for section in sections:
            self._places[section.key] = _scrolling(section)
            self._stack.addWidget(self._places[section.key])
            section.draft_said.connect(self.draft_said)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._head = QWidget(self)
        head = QVBoxLayout(self._head)
        head.setContentsMargins(16, 8, 16, 4)
        head.addWidget(self.bar)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)
        self._head.hide()
        self.bar.changed.connect(self._show_current)
        self._connect_keys()

    @property
    def current(self) -> MatterSection | None:
        """The section that is open; None while it is the overview."""
        return self._sections.get(self.bar.value() or OVERVIEW)

    def section(self, key: str) -> MatterSection:
        """One section by its key."""
        return self._sections[key]

    def show_matter(self, view: MatterView, key: str = "") -> None:
        """Show a matter: the section ``key``, or the one that is open; the overview where the matter has none such."""
        wanted = key or self.bar.value() or OVERVIEW
        self._view = view
        self._offer([(one.key, one.word) for one in self._sections.values() if one.wanted(view)])
        there = wanted if any(wanted == offered for offered, _ in self._offered) else OVERVIEW
        if self.bar.value() == there:
            self._show_current()
        self.bar.set_value(there)

    def show_nothing(self) -> None:
        """No matter is open: the overview says so."""
        self._view = None
        self._offer([])
        self.bar.set_value(OVERVIEW)

    def offered(self) -> tuple[str, ...]:
        """The keys of the sections that the matter has now, without the overview."""
        return tuple(key for key, _ in self._offered if key != OVERVIEW)

    def focus_first(self) -> None:
        """Put the cursor into the section that is open."""
        section = self.current
        (section.focus_first if section is not None else self._overview.setFocus)()

    def put_away(self) -> bool:
        """Esc: close what is open in the section."""
        section = self.current
        return section is not None and section.put_away()

    def unsaved(self) -> bool:
        """Whether anything typed in any section is not saved."""
        return any(section.unsaved() for section in self._sections.values())

    def offer(self, rows: Sequence[DraftRow]) -> None:
        """Tell every section which drafts wait now."""
        for section in self._sections.values():
            section.offer(rows)

    def open_drafts(self) -> frozenset[int]:
        """The drafts that are being gone on with in any section."""
        return frozenset[int]().union(*(section.open_drafts() for section in self._sections.values()))

    def keep(self) -> None:
        """Begin to keep what is half typed in any section."""
        for section in self._sections.values():
            section.keep()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the row and of the section that is open."""
        if not self._sections:
            return ()
        section = self.current
        more = section.key_help() if section is not None else ()
        return (
            KeyHelp("Ctrl+1、Ctrl+2 …", "事项的各部分：概况、办理等，按顺序"),
            KeyHelp("Ctrl+PgDn / Ctrl+PgUp", "下一部分 / 上一部分"),
            *more,
        )

    def _offer(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Put the words into the row; where there is but one, nothing is to be chosen."""
        offered = ((OVERVIEW, "概况"), *wanted)
        if offered != self._offered:
            self._offered = offered
            self.bar.set_choices(offered)
            for place, (key, word) in enumerate(offered[:_MOST], start=1):
                self.bar.button(key).setToolTip(tip(f"{word}（Ctrl+{place}）"))
        self._head.setVisible(len(offered) > 1)

    def _show_current(self) -> None:
        self._stack.setCurrentWidget(self._places[self.bar.value() or OVERVIEW])
        section = self.current
        if section is not None and self._view is not None:
            section.show_matter(self._view)

    def _connect_keys(self) -> None:
        for place in range(min(_MOST, len(self._places))):
            on_key(f"Ctrl+{place + 1}", self._head, partial(self._go_to, place))
        on_key("Ctrl+PgDown", self._head, partial(self._go_on, 1))
        on_key("Ctrl+PgUp", self._head, partial(self._go_on, -1))

    def _go_to(self, place: int) -> None:
        if place < len(self._offered):
            self.bar.set_value(self._offered[place][0])
            self.focus_first()

    def _go_on(self, by: int) -> None:
        keys = [key for key, _ in self._offered]
        here = keys.index(self.bar.value() or OVERVIEW)
        self._go_to(min(max(here + by, 0), len(keys) - 1))


def _scrolling(section: MatterSection) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(section.word)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    set_style(area, role="plain")
    set_style(section, role="plain")
    area.setWidget(section)
    return area
