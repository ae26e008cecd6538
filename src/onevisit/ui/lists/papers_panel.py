"""The tab 材料清单: which papers each kind of matter takes, where to get each, and by what it is known."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidgetItem, QPushButton, QWidget

from onevisit.desk import house_papers
from onevisit.desk.errors import FormError
from onevisit.desk.house_lists import HouseList
from onevisit.rules import papers
from onevisit.rules.classification import Purpose
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.papers import Paper, PaperLists
from onevisit.ui._forms.lists_papers import Ui_ListsPapers
from onevisit.ui.lists import papers_edit
from onevisit.ui.lists.list_panel import READ_ONLY, ListPanel
from onevisit.ui.lists.papers_edit import AGENT, GROUP, NOTHING, PaperRow, PapersModel
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.fields import FormFields
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import set_style
from onevisit.ui.widgets.tables import set_up_table

_KEY: Final = Qt.ItemDataRole.UserRole
_TYPED: Final = "请先保存正在改的材料，或者放弃改动。"
_FIXED: Final = "这里的材料是固定的几样，可以改到哪里开、怎样认。"
_HOW: Final = "认它的词：材料名称里有其中一个，就算带来了。什么时候要：说到其中一个词才要，空着都要。"


class PapersPanel(ListPanel):
    """Classes on the left; the papers of the chosen one, and one paper as a form, on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsPapers()
        ui.setupUi(self)
        all_plain(self)
        self._listed: HouseList[PaperLists] = HouseList(papers.shipped(), own=False, seen="")
        self._path, self._shown = "", NOTHING
        self._begun = self._filling = False
        self._wanted: int | None = None
        self._model = PapersModel()
        set_up_table(ui.table, self._model)
        ui.purposes.set_choices(list(Purpose))
        ui.matches.setPlaceholderText("用顿号隔开，例如：欠条、工资条、流水")
        ui.when.setPlaceholderText("用顿号隔开，例如：工资、欠薪；空着就都要")
        self.fields = FormFields(
            ui.grid,
            {
                "name": (ui.nameLabel, ui.name),
                "where": (ui.whereLabel, ui.where),
                "matches": (ui.matchesLabel, ui.matches),
                "when": (ui.whenLabel, ui.when),
            },
            self,
        )
        for line in (ui.name, ui.where, ui.matches, ui.when):
            line.setReadOnly(not self.may_edit)
        for widget in (ui.organisation, ui.purposes):
            widget.setEnabled(self.may_edit)
        self.let_wrap(ui.actions, ui.add, ui.remove, ui.bring, ui.takeOut, ui.putBack)
        self.keep_for_editors(ui.add, ui.remove, ui.bring, ui.putBack, ui.undo, ui.save)
        self._connect()
        self.setFocusProxy(ui.sections)
        self._tick()
        self._show(self._listed)

    def refresh(self) -> None:
        """Read the lists anew; the same paper stays chosen, and what is typed stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_papers.papers_listed(desk), self._show, owner=self)

    def unsaved(self) -> bool:
        """Whether a paper, or what papers are taken for, is being changed."""
        return self.paper() != self._shown or self._purposes() != self._listed.entries.purposes

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the lists and of the form."""
        keys = (KeyHelp("↑ ↓", "选一类、一样材料"),)
        more = (KeyHelp("Alt+A / Alt+R", "添加 / 删去"), KeyHelp("Ctrl+Enter", "保存"))
        return (*keys, *more) if self.may_edit else keys

    def paper(self) -> Paper:
        """What stands in the form."""
        ui = self.ui
        matches, when = papers_edit.parted(ui.matches.text()), papers_edit.parted(ui.when.text())
        return Paper(ui.name.text(), ui.where.text(), matches, when, ui.organisation.isChecked())

    def section(self) -> str:
        """The key of the chosen section."""
        item = self.ui.sections.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    # -- what the administrator does --------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Empty the form for another paper of this class."""
        self._begun = True
        self._fill(papers_edit.new_path(self._listed.entries, self.section()), NOTHING)
        self.ui.name.setFocus()

    def save(self) -> None:
        """Save what stands in the form."""
        lists, path = replace(self._listed.entries, purposes=self._purposes()), self._path
        if path and self.paper() != self._shown:
            lists = papers_edit.with_paper(lists, path, self.paper())
        self._send(self.ui.save, lists, "材料清单已保存，登记时按新的清单提醒。", path)

    def ask_to_remove(self) -> None:
        """Ask once, then take the chosen paper out of its class."""
        row = self._row()
        if row is not None:
            lists = papers_edit.without(self._listed.entries, row.path)
            self.context.messages.confirm(
                f"从这一类的清单里删去“{row.paper.name}”：以后登记时不再提醒来访人带它。",
                "删去",
                lambda: self._send(self.ui.remove, lists, f"“{row.paper.name}”已从清单里删去。", ""),
            )

    def ask_to_confirm(self) -> None:
        """Ask once, then take the example mark away."""
        desk, seen = self.context.desk, self._listed.seen
        self.ask_and_send(
            self.ui.confirm,
            "十八类的材料清单都按本地情况核对过了吗？确认后，清单和回执上不再标“示例，以本地文件为准”。",
            "都核对过了",
            lambda: house_papers.confirm_papers(desk, seen),
            "材料清单已核对，不再标为示例。",
        )

    def import_from(self, path: Path) -> None:
        """Put the lists of a file in the place of these."""
        desk, seen = self.context.desk, self._listed.seen
        self.bring_in(
            self.ui.bring,
            path,
            lambda text: f"材料清单已导入，共 {house_papers.import_papers(desk, text, seen)} 样材料。",
        )

    def ask_to_put_back(self) -> None:
        """Ask once, then let the shipped examples hold again."""
        desk, seen = self.context.desk, self._listed.seen
        self.ask_and_send(
            self.ui.putBack,
            "改回自带的示例清单：本单位改过的全部去掉。想留一份的，请先导出文件。",
            "改回自带的",
            lambda: house_papers.put_back_papers(desk, seen),
            "材料清单已改回自带的示例，请按本地情况核对。",
        )

    def _send(self, button: QPushButton, lists: PaperLists, sentence: str, path: str) -> None:
        desk, seen = self.context.desk, self._listed.seen
        self.context.tasks.run_once(
            button,
            lambda: house_papers.save_papers(desk, lists, seen),
            lambda _: self._on_saved(lists, sentence, path),
            self._on_refused,
        )

    def _on_saved(self, lists: PaperLists, sentence: str, path: str) -> None:
        self._wanted = int(path.rsplit(".", 1)[1]) if path.startswith("classes") else None
        self._begun = False
        self._listed = replace(self._listed, entries=lists)
        self._shown = self.paper()
        self.say_saved(sentence)

    def _on_refused(self, fault: PlainFault) -> None:
        if not isinstance(fault, FormError):
            self.refused(fault)
            return
        own = [Fault(one.field.removeprefix(f"{self._path}."), one.sentence) for one in fault.faults]
        if not self.fields.show_faults(own):
            self._say(fault.faults[0].sentence, fault=True)

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui, desk = self.ui, self.context.desk
        ui.sections.currentItemChanged.connect(self._on_section)
        ui.table.selectionModel().currentChanged.connect(self._on_chosen)
        ui.add.clicked.connect(self.begin_new)
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.confirm.clicked.connect(self.ask_to_confirm)
        ui.bring.clicked.connect(lambda: self.ask_file("导入材料清单"))
        ui.takeOut.clicked.connect(
            lambda: self.take_out(ui.takeOut, "材料清单", "json", lambda: house_papers.papers_text(desk))
        )
        ui.putBack.clicked.connect(self.ask_to_put_back)
        ui.undo.clicked.connect(self._undo)
        ui.save.clicked.connect(self.save)
        for line in (ui.name, ui.where, ui.matches, ui.when):
            line.textChanged.connect(self._choose)
        ui.organisation.toggled.connect(self._choose)
        ui.purposes.changed.connect(self._choose)
        self.save_by_keys(ui.save)

    def _purposes(self) -> tuple[Purpose, ...]:
        ticked = set(self.ui.purposes.values())
        known = [one for one in self._listed.entries.purposes if one.value in ticked]
        return (*known, *(one for one in Purpose if one.value in ticked and one not in known))

    def _row(self) -> PaperRow | None:
        return self._model.row_at(self.ui.table.currentIndex())

    def _undo(self) -> None:
        self._begun = False
        self._tick()
        self._on_section()
        self.ui.sections.setFocus()

    def _tick(self) -> None:
        self._filling = True
        self.ui.purposes.set_values(one.value for one in self._listed.entries.purposes)
        self._filling = False

    def _show(self, listed: HouseList[PaperLists]) -> None:
        typed = self.unsaved() or self._begun
        ticked = self._purposes() != self._listed.entries.purposes
        section, place = self.section(), self._wanted
        row = self._row()
        place = place if place is not None else row.place if row else 0
        self._wanted, self._listed = None, listed
        self.tell_unread("材料清单", listed)
        self._show_sections(section)
        if not ticked:
            self._tick()
        if typed:
            self._find_again()
        else:
            self._show_rows(place)
        self._choose()

    def _show_sections(self, chosen: str) -> None:
        listing = self.ui.sections
        listing.blockSignals(True)
        listing.clear()
        keys = []
        for key, word in papers_edit.sections(self._listed.entries):
            item = QListWidgetItem(word)
            item.setData(_KEY, key)
            listing.addItem(item)
            keys.append(key)
        listing.setCurrentRow(keys.index(chosen) if chosen in keys else 0)
        listing.blockSignals(False)

    def _find_again(self) -> None:
        """What is typed goes on with the paper that it was begun with; where that is gone, it becomes a new one."""
        rows = papers_edit.rows(self._listed.entries, self.section())
        same = next((row.path for row in rows if row.paper == self._shown and not self._begun), "")
        if same or self.section() in {AGENT, GROUP}:
            self._path = same or self._path
        else:
            self._begun = True
            self._path = papers_edit.new_path(self._listed.entries, self.section())

    def _show_rows(self, place: int) -> None:
        rows = papers_edit.rows(self._listed.entries, self.section())
        self.ui.table.selectionModel().blockSignals(True)
        self._model.show(rows)
        self.ui.table.setCurrentIndex(self._model.index(min(place, len(rows) - 1), 0))
        self.ui.table.selectionModel().blockSignals(False)
        self._show_chosen()

    def _on_section(self) -> None:
        if not (self.unsaved() or self._begun):
            self._show_rows(0)

    def _on_chosen(self) -> None:
        if not (self.unsaved() or self._begun):
            self._show_chosen()

    def _show_chosen(self) -> None:
        row = self._row()
        self._fill(row.path if row else "", row.paper if row else NOTHING)

    def _fill(self, path: str, paper: Paper) -> None:
        self._filling = True
        ui = self.ui
        self._path = path
        texts = (paper.name, paper.where, papers_edit.joined(paper.matches), papers_edit.joined(paper.when))
        for line, words in zip((ui.name, ui.where, ui.matches, ui.when), texts, strict=True):
            line.setText(words)
            line.setCursorPosition(0)
        ui.organisation.setChecked(paper.organisation)
        # as the form gives it back: a word with a blank in it is no change of the person's
        self._shown = self.paper()
        self.fields.show_faults(())
        self._filling = False
        self._choose()

    def _choose(self) -> None:
        """Only what can be done now is on."""
        if self._filling:
            return
        ui, row = self.ui, self._row()
        typed = self.unsaved() or self._begun
        fixed = self.section() in {AGENT, GROUP}
        ui.sections.setEnabled(not typed)
        ui.table.setEnabled(not typed)
        why = _TYPED if typed else _FIXED if fixed else "请先选一样材料。"
        self.enable(ui.add, wanted=not typed and not fixed, why=why)
        self.enable(ui.remove, wanted=not typed and not fixed and row is not None, why=why)
        self.enable(ui.bring, wanted=not typed, why=_TYPED)
        self.enable(ui.putBack, wanted=not typed and self._listed.own, why=_TYPED if typed else "现在就是自带的。")
        example = self._listed.entries.example
        ui.mark.setVisible(example)
        ui.confirm.setVisible(self.may_edit and example)
        self.enable(ui.confirm, wanted=not typed, why=_TYPED)
        ui.title.setText("新的材料" if self._begun else ui.sections.currentItem().text())
        open_form = bool(self._path)
        for widget in (ui.name, ui.where, ui.matches, ui.when):
            widget.setEnabled(open_form)
        named = row is not None and row.named and not self._begun
        ui.name.setReadOnly(named or not self.may_edit)
        ui.when.setEnabled(open_form and not fixed)
        ui.organisation.setEnabled(open_form and not fixed and self.may_edit)
        for button in (ui.undo, ui.save):
            button.setEnabled(typed)
        self._say("有改动，还没有保存" if typed else _HOW if self.may_edit else READ_ONLY)

    def _say(self, words: str, *, fault: bool = False) -> None:
        self.ui.state.setText(words)
        set_style(self.ui.state, tone="fault" if fault else "")
