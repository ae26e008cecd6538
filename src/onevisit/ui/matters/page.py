"""The page of matters: search on the left, the chosen matter on the right."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import drafts, lookup
from onevisit.desk.drafts import DraftRow
from onevisit.desk.lookup import MatterView, SearchPage
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import DraftKind
from onevisit.ui._forms.matters import Ui_MattersForm
from onevisit.ui.draft_strip import DraftStrip, row_words
from onevisit.ui.matters.matter_panel import MatterPanel
from onevisit.ui.matters.model import HitModel
from onevisit.ui.matters.own_data_card import OwnDataCard
from onevisit.ui.matters.person_row import PersonRow
from onevisit.ui.matters.section_list import SECTIONS
from onevisit.ui.matters.sections import OVERVIEW, Sections
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task
from onevisit.ui.urgent.strip import UrgentStrip
from onevisit.ui.widgets.items import TwoLines
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.layouts import put_in_place
from onevisit.ui.widgets.once import on_key

_PAUSE_MS = 200
_PAGE = 50
_HINT = "从左边选一件事项，这里显示它的来访、律师意见和办理经过。"


class MattersPage(Page):
    """事项: find a matter by anything known of it, read it with its course."""

    key = "matters"
    title = "事项"

    def __init__(self, context: Context, sheets: HouseSheets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_MattersForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._model = HitModel()
        self._searching: Task | None = None
        self._opening: Task | None = None
        self._shown = 0
        self._called = False
        self._entered = False
        self._section = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        desk = context.desk
        self.panel = MatterPanel(
            self.ui.detailLayout,
            may_see_full=desk.may(Permission.SEE_FULL_ID),
            may_print=desk.may(Permission.PRINT_SLIP),
            may_give=sheets is not None and desk.may(Permission.GIVE_OWN_DATA),
            parent=self,
        )
        self.sections = self._make_sections(sheets)
        self.own_data = OwnDataCard(context, sheets, self) if sheets is not None else None
        if self.own_data is not None:
            self.ui.detailFrameLayout.insertWidget(0, self.own_data)
            self.panel.own_data_wanted.connect(self.own_data.begin)
        self.urgent = UrgentStrip(context, self)
        self.urgent.wanted.connect(lambda: self.sections.bar.set_value("urgent"))
        self.sections.bar.changed.connect(
            lambda: self.urgent.rest_while(at_report=self.sections.bar.value() == "urgent")
        )
        self.ui.detailFrameLayout.insertWidget(0, self.urgent)
        self.drafts = DraftStrip("没填完", "接着填(&G)", self)
        self.ui.detailFrameLayout.insertWidget(0, self.drafts)
        self._connect()

    def refresh(self) -> None:
        """Search anew and read the open matter anew; selection and scroll stay."""
        self._search(max(_PAGE, self._model.rowCount()))
        if self._shown:
            self._load(self._shown)
        self._offer()

    def shows(self) -> frozenset[str]:
        """Visits, advice and slips all stand in a matter, and it goes on by itself."""
        return frozenset({"visits", "consultations", "slips", "matters"})

    def focus_first(self) -> None:
        """The search box; the matter itself when somebody was sent to it."""
        if self._called:
            self.sections.focus_first()
            return
        self.ui.search.setFocus()
        self.ui.search.selectAll()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("输入后稍等", "边输边找；扫回执条码直接打开"),
            KeyHelp("↓ / Enter", "从查找框到结果"),
            KeyHelp("↑ ↓", "在结果里换一件"),
            KeyHelp("Alt+M", "再显示 50 件"),
            KeyHelp("Esc", "关上事项；再按清空查找框"),
            *self.sections.key_help(),
        )

    def unsaved(self) -> bool:
        """Whether something typed in a section of a matter is not saved."""
        return self.sections.unsaved()

    def keep(self) -> None:
        """Keep what is half typed in a section, where it keeps it by itself."""
        self.sections.keep()

    def open_drafts(self) -> frozenset[int]:
        """The drafts that are being gone on with in a section."""
        return self.sections.open_drafts()

    def go_back(self) -> bool:
        """Esc closes the matter, then empties the search box; whoever was sent here goes back where they were."""
        if self._put_card_away() or self.sections.put_away():
            return True
        if self._called:
            self._called = False
            return False
        if self._shown:
            self._close()
            self.ui.search.setFocus()
            return True
        if self.ui.search.text():
            self.search("")
            return True
        return False

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Leaving the page masks every number."""
        self.panel.cover()
        self._put_card_away()
        super().hideEvent(event)

    def search(self, text: str) -> None:
        """Search for ``text`` as if it had been typed."""
        self.ui.search.setText(text)
        self._search()

    def open_matter(self, matter_id: int, section: str = "") -> None:
        """Show a matter that another page sent to, whether or not the list holds it; a section of it by its key."""
        self._called = True
        self._section = section or OVERVIEW
        self.sections.focus_first()
        self._select(matter_id)
        self._load(matter_id)

    # -- building ---------------------------------------------------------------------------------------------------

    def _make_sections(self, sheets: HouseSheets | None) -> Sections:
        place = QWidget(self)
        put_in_place(self.ui.detailFrameLayout, self.ui.detail, place)
        made = Sections(self.ui.detail, [make(self.context, sheets) for make in SECTIONS], self.ui.detailFrame)
        put_in_place(self.ui.detailFrameLayout, place, made)
        place.deleteLater()
        return made

    def _connect(self) -> None:
        self.ui.hits.setModel(self._model)
        self.ui.hits.setItemDelegate(TwoLines(self.ui.hits))
        self.ui.hits.selectionModel().currentChanged.connect(self._on_chosen)
        self.ui.search.textChanged.connect(self._on_typed)
        self.ui.search.returnPressed.connect(self._on_enter)
        self.ui.more.clicked.connect(self._load_more)
        self.ui.more.hide()
        self.ui.enquiry.clicked.connect(lambda: self.context.navigator.show_page("enquiry"))
        self.ui.register.clicked.connect(self._register)
        self.ui.register.setVisible(self.context.desk.may(Permission.REGISTER))
        self._pause.timeout.connect(self._search)
        self.panel.id_wanted.connect(self._show_id)
        self.panel.phone_wanted.connect(self._show_phone)
        self.panel.slip_wanted.connect(self.context.navigator.print_slip)
        self.panel.show_hint(_HINT)
        self.drafts.resumed.connect(self._resume)
        self.drafts.dropped.connect(self._ask_to_drop)
        self.sections.draft_said.connect(self.draft_said)
        self.context.changes.changed.connect(self._on_changed)
        on_key("Down", self.ui.search, self._go_to_hits, Qt.ShortcutContext.WidgetShortcut)

    # -- what the person does ---------------------------------------------------------------------------------------

    def _register(self) -> None:
        self.context.navigator.register_new(self.ui.search.text().strip())

    def _on_typed(self) -> None:
        self._entered = self._called = False
        if self._searching is not None:
            self._searching.cancel()
        self._pause.start()

    def _on_enter(self) -> None:
        self._entered = True
        self._search()

    def _go_to_hits(self) -> None:
        if self._model.rowCount():
            if not self.ui.hits.currentIndex().isValid():
                self.ui.hits.setCurrentIndex(self._model.index(0, 0))
            self.ui.hits.setFocus()

    def _on_chosen(self) -> None:
        hit = self._model.row_at(self.ui.hits.currentIndex())
        if hit is not None and hit.matter_id != self._shown:
            self._called = False
            self._load(hit.matter_id)

    def _show_id(self, person: PersonRow) -> None:
        # straight into the label: a full number must not pass through messages, which are kept and read aloud
        self.context.tasks.run_once(
            person.id_number.button,
            lambda: lookup.full_id_number(self.context.desk, person.petitioner_id),
            person.id_number.show_full,
        )

    def _show_phone(self, person: PersonRow) -> None:
        self.context.tasks.run_once(
            person.phone.button,
            lambda: lookup.full_phone(self.context.desk, person.petitioner_id),
            person.phone.show_full,
        )

    # -- what is half typed -----------------------------------------------------------------------------------------

    def _on_changed(self, what: frozenset[str]) -> None:
        # alone: neither the list nor the matter that is open is another one because somebody types
        if "drafts" in what:
            self._offer()

    def _offer(self) -> None:
        """Read anew what waits to be gone on with."""
        desk = self.context.desk
        self.context.tasks.run(lambda: drafts.offered(desk), self._on_offered, _say_nothing, owner=self)

    def _on_offered(self, rows: tuple[DraftRow, ...]) -> None:
        open_ = self.open_drafts()
        waiting = [row for row in rows if row.kind.of_matter and row.draft_id not in open_]
        self.sections.offer(waiting)
        self.drafts.show_rows(waiting, self.context.desk.now())

    def _resume(self, draft_id: int) -> None:
        row = self._waiting(draft_id)
        if row is None or row.subject_id is None:
            return
        if row.kind is DraftKind.URGENT:
            # its page is reached by way of one's own visit too; what was written comes back there by itself
            self.context.navigator.open_urgent(row.subject_id, row.visit_id)
        else:
            key = row.kind.value
            self.sections.section(key).resume(draft_id)
            self.open_matter(row.subject_id, key)

    def _ask_to_drop(self, draft_id: int) -> None:
        row = self._waiting(draft_id)
        if row is not None:
            question = f"放弃“{row_words(row)}”这张没填完的表？放弃后找不回来。"
            self.context.messages.confirm(question, "放弃", lambda: self._drop(draft_id))

    def _drop(self, draft_id: int) -> None:
        desk = self.context.desk
        self.context.tasks.run(
            lambda: drafts.drop(desk, draft_id), lambda _: self.context.changes.say("drafts"), owner=self
        )

    def _waiting(self, draft_id: int) -> DraftRow | None:
        return next((one for one in self.drafts.rows() if one.draft_id == draft_id), None)

    # -- searching --------------------------------------------------------------------------------------------------

    def _search(self, limit: int = _PAGE) -> None:
        self._pause.stop()
        if self._searching is not None:
            self._searching.cancel()
        text = self.ui.search.text()
        self._searching = self.context.tasks.run(
            lambda: lookup.search(self.context.desk, text, limit=limit), self._on_found, owner=self
        )

    def _load_more(self) -> None:
        text, offset = self.ui.search.text(), self._model.rowCount()
        if self._searching is not None:
            self._searching.cancel()
        self._searching = self.context.tasks.run(
            lambda: lookup.search(self.context.desk, text, offset=offset, limit=_PAGE), self._on_more_found, owner=self
        )

    def _on_found(self, page: SearchPage) -> None:
        self._searching = None
        scrolled = self.ui.hits.verticalScrollBar().value()
        self._model.show(page.hits)
        self._count(page)
        self._select(self._shown)
        self.ui.hits.verticalScrollBar().setValue(scrolled)
        if len(page.hits) == 1 and self.ui.search.text().strip():
            self.ui.hits.setCurrentIndex(self._model.index(0, 0))
        if self._entered:
            self._entered = False
            self._go_to_hits()

    def _on_more_found(self, page: SearchPage) -> None:
        self._searching = None
        self._model.append(page.hits)
        self._count(page)

    def _count(self, page: SearchPage) -> None:
        typed = self.ui.search.text().strip()
        if not page.total:
            self.ui.count.setText("没有找到。换个说法再试，或直接登记新来访。" if typed else "还没有登记过事项。")
        else:
            total = f"{page.total} 件以上" if page.more else f"{page.total} 件"
            self.ui.count.setText(f"找到 {total}" if typed else f"最近登记的事项，共 {total}")
        self.ui.more.setVisible(bool(page.hits) and self._model.rowCount() < page.total)

    def _select(self, matter_id: int) -> None:
        row = self._model.row_of(matter_id)
        if row >= 0:
            self._shown = matter_id  # it is shown already, or about to be: no second reading
            self.ui.hits.setCurrentIndex(self._model.index(row, 0))
        else:
            self.ui.hits.clearSelection()

    # -- one matter -------------------------------------------------------------------------------------------------

    def _load(self, matter_id: int) -> None:
        if self._opening is not None:
            self._opening.cancel()
        self._shown = matter_id
        self._opening = self.context.tasks.run(
            lambda: lookup.open_matter(self.context.desk, matter_id), self._on_opened, self._on_not_opened, owner=self
        )

    def _on_opened(self, view: MatterView) -> None:
        self._opening = None
        same = self.ui.detail.property("matter") == view.matter_id
        self.ui.detail.setProperty("matter", view.matter_id)
        if not same:
            self._put_card_away()
        scrolled = self.ui.detail.verticalScrollBar().value() if same else 0
        self.panel.show_matter(view)
        self.ui.detailLayout.activate()
        self.ui.detail.verticalScrollBar().setValue(scrolled)
        section, self._section = self._section, ""
        self.sections.show_matter(view, section)
        self.urgent.show_matter(view)
        if section and self._called and self.isVisible():
            self.sections.focus_first()

    def _on_not_opened(self, fault: PlainFault) -> None:
        self._opening = None
        self._close()
        self.panel.show_hint(fault.sentence)
        self.context.messages.fault(fault.sentence)

    def _put_card_away(self) -> bool:
        if self.own_data is None or self.own_data.isHidden():
            return False
        self.own_data.put_away()
        return True

    def _close(self) -> None:
        self._put_card_away()
        self._shown = 0
        self.ui.detail.setProperty("matter", 0)
        self.ui.hits.clearSelection()
        self.ui.hits.setCurrentIndex(self._model.index(-1, 0))
        self.sections.show_nothing()
        self.urgent.show_matter(None)
        self.panel.show_hint(_HINT)


def _say_nothing(_: PlainFault) -> None:
    """What waits is read again with the next look; nobody asked for it now."""
