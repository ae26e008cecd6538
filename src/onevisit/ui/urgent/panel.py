"""重大、紧急信访信息报告单 on the screen: told at once, written as more is known, looked at and printed."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from onevisit.desk import drafts, urgent
from onevisit.desk.drafts import DraftRow, MatterDraft, TypedText
from onevisit.desk.urgent import UrgentKey, UrgentView
from onevisit.paper.urgent import render_urgent
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.rules.urgent import WRITTEN, UrgentAddressee, UrgentReport, lacking, merged, reminder
from onevisit.ui._forms.urgent import Ui_UrgentForm
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.matters import half_typed
from onevisit.ui.page import Context
from onevisit.ui.system.sheet_preview import SheetPreview, SheetToPrint
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.urgent.told_list import ToldList
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.style import announce, em, set_style
from onevisit.ui.widgets.typed_text import put_text, text_of

_DRAFT, _WORD = "report", "紧急报告单"
_BACK = "上次写的还没有保存，已经放回来了；请核对后保存。"
_TITLE = "重大、紧急信访信息报告单"
_ALL_TOLD = "✓ 五家都已报告。情况有变化的，补写后继续报告。"
_SIDE_BY_SIDE = 66
"""Chinese characters: from this width on the five stand beside what is written."""
_LINES = 4
"""Lines of text that a field of several lines shows."""


class UrgentPanel(QStackedWidget):
    """The report of one matter, and its sheet.

    What is typed is kept as a draft every few seconds and saved when the person goes elsewhere; what could not be saved
    comes back when the matter does.

    Args:
        context: of the page.
        sheets: prints it; None where nothing can be printed.
        parent: the page or section.

    Signals:
        shown(str): which matter is shown, in words.
    """

    shown = Signal(str)

    def __init__(self, context: Context, sheets: HouseSheets | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: UrgentView | None = None
        self._clash: dict[str, str] = {}
        self.keeper = DraftKeeper(context, DraftKind.URGENT, self._content, self, subject=self._matter)
        self._saving = False
        self._reading: Task | None = None
        self._doubted: UrgentAddressee | None = None
        self._to_focus = False
        self.form = QWidget(self)
        self.ui = Ui_UrgentForm()
        self.ui.setupUi(self.form)
        all_plain(self.form)
        self.addWidget(self.form)
        self.told = ToldList(self.ui.told, self.form)
        self.preview = SheetPreview(context, sheets, self) if sheets is not None else None
        if self.preview is not None:
            self.addWidget(self.preview)
            self.preview.left.connect(self._back_to_form)
        self._hints: dict[str, QLabel] = {name: getattr(self.ui, f"{name}_hint") for name in WRITTEN}
        self._refit = idle_timer(self, self._fit)
        self._connect()
        self._fit()
        self.form.setEnabled(False)
        self._stop_doubting()

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not kept yet."""
        return self._view is not None and _written(self.typed()) != _written(self._view.report)

    def typed(self) -> UrgentReport:
        """What stands in the fields."""
        ui = self.ui
        return UrgentReport(
            happened_at=ui.happened_at.text(),
            place=ui.place.text(),
            persons=ui.persons.value(),
            content=ui.content.toPlainText(),
            who=ui.who.text(),
            measures=ui.measures.toPlainText(),
        )

    def show_report(self, matter_id: int, visit_id: int | None = None) -> None:
        """Read the report of a matter, or open it; what is typed stays."""
        if self._view is not None and self._view.key.matter_id != matter_id:
            self.put_away()
        if self._reading is not None:
            self._reading.cancel()
        desk = self._context.desk
        self._reading = self._context.tasks.run(
            lambda: (urgent.open_report(desk, matter_id, visit_id), drafts.offered(desk)),
            lambda read: self._on_read(*read),
            self._on_unread,
            owner=self,
        )

    def put_away(self) -> None:
        """Save what is typed, and show nothing; what cannot be saved stays a draft."""
        self.save()
        self.keeper.leave()
        self._view = None
        self.form.setEnabled(False)
        self._back_to_form()

    def save(self) -> None:
        """Save what is typed, if anything is."""
        if self._view is None or not self.dirty or self._saving:
            return
        key, typed = self._view.key, self.typed()
        self._saving = True
        self._context.tasks.run(
            self.keeper.saving(lambda desk: urgent.save(desk, key, typed)),
            lambda view: self._on_saved(view, typed),
            lambda fault: self._on_unsaved(fault, key),
            owner=self,
        )

    def keep(self) -> None:
        """Keep what is typed, at least as a draft."""
        self.keeper.keep()

    def unsaved(self) -> bool:
        """Whether something typed is not in the store, not even as a draft."""
        return not self.keeper.kept

    def open_drafts(self) -> frozenset[int]:
        """The draft of what stands here."""
        draft_id = self.keeper.slot.draft_id
        return frozenset() if draft_id is None else frozenset({draft_id})

    def focus_first(self) -> None:
        """The first who is still to be told; it waits for the report where that is on its way."""
        self._to_focus = self._view is None
        self.told.focus_next()

    def go_back(self) -> bool:
        """Esc: the sheet goes first, then the question about a wrong tick."""
        if self.preview is not None and self.currentWidget() is self.preview:
            self._back_to_form()
            return True
        if self._doubted is not None:
            self._stop_doubting()
            self.told.focus_next()
            return True
        return False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look every few seconds whether something was typed."""
        super().showEvent(event)
        self.keeper.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Whoever goes elsewhere loses nothing."""
        self.save()
        self.keeper.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is room, the five stand beside what is written, so that nothing needs to be scrolled."""
        super().resizeEvent(event)
        wide = self.width() >= em(self, _SIDE_BY_SIDE)
        self.ui.halves.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        top = Qt.AlignmentFlag.AlignTop if wide else Qt.AlignmentFlag(0)
        for panel in (self.ui.toldPanel, self.ui.writtenPanel):
            self.ui.halves.setAlignment(panel, top)
        self.ui.halves.setStretch(0, 2 if wide else 0)
        self.ui.halves.setStretch(1, 3 if wide else 0)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Fields of several lines follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def _fit(self) -> None:
        for block in (self.ui.content, self.ui.measures):
            block.setFixedHeight(block.fontMetrics().lineSpacing() * _LINES + em(block, 1))

    # -- building ---------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui = self.ui
        for line in (ui.happened_at, ui.place, ui.who):
            line.textChanged.connect(self._on_typed)
        for block in (ui.content, ui.measures):
            block.textChanged.connect(self._on_typed)
        ui.persons.valueChanged.connect(self._on_typed)
        ui.save.clicked.connect(self.save)
        ui.print.clicked.connect(self._show_sheet)
        ui.print.setVisible(self.preview is not None)
        ui.correct.clicked.connect(self._take_back)
        ui.why.returnPressed.connect(self._take_back)
        ui.keep.clicked.connect(self.go_back)
        written = [getattr(ui, name) for name in WRITTEN]
        set_tab_order((*self.told.stops(), ui.why, ui.correct, ui.keep, *written, ui.print, ui.save))
        self.told.told.connect(self._tell)
        self.told.doubted.connect(self._doubt)
        self.keeper.changed.connect(lambda: self._context.changes.say("drafts"))

    # -- what the person does ---------------------------------------------------------------------------------------

    def _tell(self, addressee: UrgentAddressee, button: QPushButton) -> None:
        if self._view is not None:
            desk, key = self._context.desk, self._view.key
            self._context.tasks.run_once(
                button, lambda: urgent.tell(desk, key, addressee), self._on_told, self._on_overtaken
            )

    def _doubt(self, addressee: UrgentAddressee) -> None:
        self._doubted = addressee
        self.ui.correctionHead.setText(
            f"“{addressee.label}”其实还没有报告？更正后重新提醒，原来记的时间留在办理经过里。"
        )
        self.ui.why.clear()
        self.ui.whyFault.hide()
        self.ui.correction.show()
        self.ui.why.setFocus()

    def _take_back(self) -> None:
        if self._view is not None and self._doubted is not None:
            desk, key, one, why = self._context.desk, self._view.key, self._doubted, self.ui.why.text()
            self._context.tasks.run_once(
                self.ui.correct, lambda: urgent.take_back(desk, key, one, why), self._on_taken_back, self._on_not_taken
            )

    def _stop_doubting(self) -> None:
        self._doubted = None
        self.ui.correction.hide()

    def _show_sheet(self) -> None:
        if self._view is None or self.preview is None:
            return
        self.save()
        desk, key = self._context.desk, self._view.key
        sheet = SheetToPrint(
            _TITLE,
            lambda fonts: render_urgent(urgent.sheet(desk, key), fonts),
            lambda: urgent.record_printed(desk, key),
        )
        self.setCurrentWidget(self.preview)
        self.preview.show_sheet(sheet)

    def _back_to_form(self) -> None:
        self.setCurrentWidget(self.form)

    def _on_typed(self) -> None:
        if self._view is not None:
            self._show_words(self._view)

    # -- answers ----------------------------------------------------------------------------------------------------

    def _on_read(self, view: UrgentView, rows: tuple[DraftRow, ...]) -> None:
        self._reading = None
        if self._view is None:
            self._fill(view)
            self._bring_back(view, rows)
        else:
            self._adopt(view)
        self.form.setEnabled(True)
        self._show_words(view)
        self.shown.emit(f"{view.matter_no}　{view.title}")
        if self._to_focus:
            self.focus_first()

    def _on_unread(self, fault: PlainFault) -> None:
        self._reading = None
        self._view = None
        self.form.setEnabled(False)
        self.ui.reminder.setText(fault.sentence)
        self._context.messages.fault(fault.sentence)

    def _on_saved(self, view: UrgentView, sent: UrgentReport) -> None:
        self._saving = False
        self.keeper.saved()
        if self._view is not None and self._is_shown(view.key):
            # what was typed since is told by what was sent, not by what was read before
            self._view, self._clash = replace(self._view, report=sent), {}
            self._adopt(view)
            self._context.messages.fine("紧急报告单已保存。")

    def _on_unsaved(self, fault: PlainFault, key: UrgentKey) -> None:
        self._saving = False
        self.keeper.refused()
        self._context.messages.fault(fault.sentence)
        if self._is_shown(key):
            self.show_report(key.matter_id, key.visit_id)

    def _on_told(self, view: UrgentView) -> None:
        if self._is_shown(view.key):
            self._adopt(view)
            announce(self, self.ui.reminder.text())
        self._context.changes.say("matters")

    def _on_overtaken(self, fault: PlainFault) -> None:
        self._context.messages.attention(fault.sentence)
        if self._view is not None:
            self.show_report(self._view.key.matter_id, self._view.key.visit_id)

    def _on_taken_back(self, view: UrgentView) -> None:
        self._stop_doubting()
        self._on_told(view)
        self.told.focus_next()

    def _on_not_taken(self, fault: PlainFault) -> None:
        self.ui.whyFault.setText(fault.sentence)
        self.ui.whyFault.show()
        announce(self, fault.sentence)

    # -- half typed -------------------------------------------------------------------------------------------------

    def _matter(self) -> int | None:
        return self._view.key.matter_id if self._view is not None else None

    def _content(self) -> str:
        if self._view is None or not self.dirty:
            return ""
        texts = tuple(TypedText(name, text_of(getattr(self.ui, name))) for name in WRITTEN)
        return drafts.matter_content(MatterDraft(_DRAFT, _WORD, texts, version=self._view.key.version))

    def _bring_back(self, view: UrgentView, rows: tuple[DraftRow, ...]) -> None:
        """What was written and never saved comes back over what is stored; where both wrote, it says so."""
        matter_id = view.key.matter_id
        content = self.keeper.come_back(lambda subject, _: subject == matter_id)
        if not content:
            row = next(iter(half_typed.of_matter(rows, DraftKind.URGENT, matter_id)), None)
            if row is None:
                return
            content = row.content
            self.keeper.go_on_with(row.draft_id, content)
        draft = half_typed.read(content)
        if draft is None:
            return
        for one in draft.texts:
            if one.field in WRITTEN:
                put_text(getattr(self.ui, one.field), one.text)
        if draft.version != view.key.version:
            mine = self.typed()
            other = [name for name in WRITTEN if getattr(mine, name) != getattr(view.report, name)]
            self._clash = {name: _said(view.report, name) for name in other if getattr(view.report, name)}
        self._context.messages.attention(_BACK)
        self._context.changes.say("drafts")

    # -- showing ----------------------------------------------------------------------------------------------------

    def _is_shown(self, key: UrgentKey) -> bool:
        return self._view is not None and self._view.key.matter_id == key.matter_id

    def _adopt(self, view: UrgentView) -> None:
        """Take what is stored now; what is typed stays where it stands."""
        before = self._view
        if before is None:
            self._fill(view)
            return
        shown, clash = merged(before.report, view.report, self.typed())
        said = {name: _said(view.report, name) for name in clash}
        self._clash = {name: said.get(name, words) for name, words in (self._clash | said).items()}
        self._view = view
        self._put(shown)
        self._show_words(view)

    def _fill(self, view: UrgentView) -> None:
        self._view, self._clash = view, {}
        self._put(view.report)
        self._stop_doubting()
        self._show_words(view)

    def _put(self, report: UrgentReport) -> None:
        """Write into the fields; one that holds the text already keeps its cursor."""
        ui = self.ui
        for line, words in ((ui.happened_at, report.happened_at), (ui.place, report.place), (ui.who, report.who)):
            if line.text() != words:
                line.setText(words)
        for block, words in ((ui.content, report.content), (ui.measures, report.measures)):
            if block.toPlainText() != words:
                block.setPlainText(words)
        ui.persons.setValue(report.persons)

    def _show_words(self, view: UrgentView) -> None:
        here = not view.elsewhere
        self.told.show_told(view.report.told, here=here)
        said = reminder(view.report)
        self.ui.reminder.setText(view.elsewhere or said or _ALL_TOLD)
        set_style(self.ui.notice, tone="attention" if not here else "fault" if said else "fine")
        for name in WRITTEN:
            getattr(self.ui, name).setEnabled(here)
        wanting = {fault.field: fault.sentence for fault in lacking(self.typed())} if here else {}
        for name, label in self._hints.items():
            words = self._clash.get(name) or wanting.get(name, "")
            label.setText(words)
            label.setVisible(bool(words))
        self.ui.warning.setText(f"{view.warning}打印时会自动隐去。" if view.warning else "")
        self.ui.warning.setVisible(bool(view.warning))
        self.ui.state.setText("写的内容还没有保存；离开这里时自动保存。" if self.dirty else "")
        self.ui.save.setEnabled(self.dirty)


def _written(report: UrgentReport) -> UrgentReport:
    return replace(report, told={})


def _said(report: UrgentReport, name: str) -> str:
    return f"别的窗口写的是：{getattr(report, name)}。保存后以您的为准。"
