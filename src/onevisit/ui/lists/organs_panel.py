"""The tab 单位名录: which organ takes what, where it is, when it is open, what to bring."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import house_lists
from onevisit.desk.errors import FormError
from onevisit.desk.house_lists import HouseList
from onevisit.rules.faults import PlainFault
from onevisit.rules.organs import Directory, Organ
from onevisit.ui._forms.lists_organs import Ui_ListsOrgans
from onevisit.ui.lists.list_panel import READ_ONLY, ListPanel
from onevisit.ui.lists.organ_card import OrganCard
from onevisit.ui.lists.organs_model import FOUND_ROLE, PLACE_COLUMN, TAKES_COLUMN, OrganModel, OrganRow
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import em
from onevisit.ui.widgets.tables import set_up_table

_NOTHING = Organ("", "")
_WIDE = 70
"""Characters side by side from which on the table has room for all its columns."""
_NARROW = 52
"""Characters side by side below which it has room for little more than the names."""
_TYPED = "请先保存正在改的单位，或者放弃改动。"


class OrgansPanel(ListPanel):
    """The list on the left; the chosen organ on the right, to be read or changed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsOrgans()
        ui.setupUi(self)
        all_plain(self)
        self._listed: HouseList[Directory] = HouseList((), own=False, seen="")
        self._wanted = ""
        self._model = OrganModel()
        self._found = QSortFilterProxyModel(self)
        self._found.setSourceModel(self._model)
        self._found.setFilterRole(FOUND_ROLE)
        self._found.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        set_up_table(ui.table, self._found, wide=0)
        self.card = OrganCard(ui, self, editable=self.may_edit)
        ui.cardHead.setAlignment(ui.mark, Qt.AlignmentFlag.AlignTop)
        ui.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        ui.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.let_wrap(ui.actions, ui.add, ui.copy, ui.remove)
        self.let_wrap(ui.files, ui.bring, ui.takeOut, ui.putBack)
        self.keep_for_editors(ui.add, ui.copy, ui.remove, ui.bring, ui.putBack, ui.undo, ui.save)
        self._connect()
        self.setFocusProxy(ui.find)
        self.card.show_organ(_NOTHING)
        self._choose()

    def refresh(self) -> None:
        """Read the directory anew; the same row stays chosen, and what is typed stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_lists.organs_listed(desk), self._show, owner=self)

    def unsaved(self) -> bool:
        """Whether a row is being changed."""
        return self.card.changed()

    def go_back(self) -> bool:
        """Esc in the box for finding shows all again."""
        if not self.ui.find.text():
            return False
        self.ui.find.clear()
        return True

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the list and of the form."""
        keys = (KeyHelp("↑ ↓", "选一个单位"),)
        if not self.may_edit:
            return keys
        return (
            *keys,
            KeyHelp("Alt+A / Alt+K / Alt+R", "添加 / 照样再加 / 删去"),
            KeyHelp("Alt+Y", "示例核对无误"),
            KeyHelp("Alt+I / Alt+E", "导入 / 导出文件"),
            KeyHelp("Ctrl+Enter", "保存"),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Where there is little room what the form says too makes room for the names, which begin with the district."""
        super().resizeEvent(event)
        self.ui.table.setColumnHidden(PLACE_COLUMN, self.width() < em(self, _WIDE))
        self.ui.table.setColumnHidden(TAKES_COLUMN, self.width() < em(self, _NARROW))

    def selected(self) -> Organ | None:
        """The organ of the chosen row."""
        row: OrganRow | None = self._model.row_at(self._found.mapToSource(self.ui.table.currentIndex()))
        return row.organ if row else None

    # -- what the administrator does --------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Empty the form for another organ."""
        self.card.begin(_NOTHING)

    def begin_copy(self) -> None:
        """Fill the form as the chosen organ, to be saved as another one."""
        organ = self.selected()
        if organ is not None:
            self.card.begin(replace(organ, key="", name=f"{organ.name}（另一处）"))

    def save(self) -> None:
        """Save what stands in the form."""
        desk, organ, seen = self.context.desk, self.card.organ(), self._listed.seen
        self.context.tasks.run_once(
            self.ui.save, lambda: house_lists.save_organ(desk, organ, seen), self._on_saved, self._on_refused
        )

    def confirm(self) -> None:
        """Take the example mark from the chosen organ."""
        desk, organ, seen = self.context.desk, self.selected(), self._listed.seen
        if organ is not None:
            self.send(
                self.ui.confirm,
                lambda: house_lists.confirm_organs(desk, {organ.key}, seen),
                f"“{organ.name}”已核对，不再是示例。",
            )

    def ask_to_remove(self) -> None:
        """Ask once, then take the chosen organ out."""
        desk, seen, organ = self.context.desk, self._listed.seen, self.selected()
        if organ is not None:
            self.ask_and_send(
                self.ui.remove,
                f"从名录里删去“{organ.name}”：以后定去向时不再提供；已经去那里的事项仍写着它的名称，"
                "但引导单上不再有地址、电话。",
                "删去",
                lambda: house_lists.remove_organ(desk, organ.key, seen),
                f"已从名录里删去“{organ.name}”。",
            )

    def import_from(self, path: Path) -> None:
        """Put the directory of a file in the place of this one."""
        desk, seen = self.context.desk, self._listed.seen
        self.bring_in(
            self.ui.bring,
            path,
            lambda text: f"单位名录已导入，共 {house_lists.import_organs(desk, text, seen)} 个单位。",
        )

    def ask_to_put_back(self) -> None:
        """Ask once, then let the shipped examples hold again."""
        desk, seen = self.context.desk, self._listed.seen
        self.ask_and_send(
            self.ui.putBack,
            "改回自带的示例名录：本单位录入的单位全部去掉。想留一份的，请先导出文件。",
            "改回自带的",
            lambda: house_lists.put_back_organs(desk, seen),
            "单位名录已改回自带的示例，请按本地情况核对。",
        )

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui, desk = self.ui, self.context.desk
        ui.find.textChanged.connect(self._find)
        ui.table.selectionModel().currentChanged.connect(self._on_chosen)
        ui.add.clicked.connect(self.begin_new)
        ui.copy.clicked.connect(self.begin_copy)
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.bring.clicked.connect(lambda: self.ask_file("导入单位名录"))
        ui.takeOut.clicked.connect(
            lambda: self.take_out(ui.takeOut, "单位名录", "json", lambda: house_lists.organs_text(desk))
        )
        ui.putBack.clicked.connect(self.ask_to_put_back)
        ui.confirm.clicked.connect(self.confirm)
        ui.undo.clicked.connect(self._undo)
        ui.save.clicked.connect(self.save)
        self.save_by_keys(ui.save)
        self.card.edited.connect(self._choose)

    def _on_saved(self, organ: Organ) -> None:
        self._wanted = organ.key
        self.card.show_organ(organ)
        self.say_saved(f"“{organ.name}”已保存。")
        self._choose()

    def _on_refused(self, fault: PlainFault) -> None:
        if not (isinstance(fault, FormError) and self.card.fields.show_faults(fault.faults)):
            self.refused(fault)

    def _undo(self) -> None:
        self.card.show_organ(self.selected() or _NOTHING)
        self._choose()
        self.ui.table.setFocus()

    def _find(self, typed: str) -> None:
        self._found.setFilterFixedString(typed.strip())
        self._count()

    def _show(self, listed: HouseList[Directory]) -> None:
        kept = self.selected()
        key, self._wanted = self._wanted or (kept.key if kept else ""), ""
        scrolled = self.ui.table.verticalScrollBar().value()
        self._listed = listed
        self.tell_unread("单位名录", listed)
        typed = self.unsaved() or self.card.begun
        self.ui.table.selectionModel().blockSignals(True)
        self._model.show(tuple(OrganRow(place, one) for place, one in enumerate(listed.entries)))
        row = max(self._model.place_of_key(key), 0)
        self.ui.table.setCurrentIndex(self._found.mapFromSource(self._model.index(row, 0)))
        self.ui.table.selectionModel().blockSignals(False)
        self.ui.table.verticalScrollBar().setValue(scrolled)
        if not typed:
            self.card.show_organ(self.selected() or _NOTHING)
        self._count()
        self._choose()

    def _count(self) -> None:
        rows = [one for one in self._listed.entries if one.example]
        shown = self._found.rowCount()
        words = f"{shown} 个单位" + (f"，{len(rows)} 个还是示例" if rows else "，都已核对")
        self.ui.count.setText(words)

    def _on_chosen(self) -> None:
        if not (self.unsaved() or self.card.begun):
            self.card.show_organ(self.selected() or _NOTHING)
        self._choose()

    def _choose(self) -> None:
        """Only what can be done now is on."""
        ui, organ = self.ui, self.selected()
        typed = self.unsaved() or self.card.begun
        ui.table.setEnabled(not typed)
        ui.find.setEnabled(not typed)
        for button in (ui.add, ui.bring):
            self.enable(button, wanted=not typed, why=_TYPED)
        for button in (ui.copy, ui.remove):
            self.enable(button, wanted=not typed and organ is not None, why=_TYPED if typed else "请先选一个单位。")
        self.enable(ui.putBack, wanted=not typed and self._listed.own, why=_TYPED if typed else "现在就是自带的。")
        example = organ is not None and organ.example and not typed
        ui.confirm.setVisible(self.may_edit and example)
        ui.undo.setEnabled(typed)
        ui.save.setEnabled(typed)
        unsaved = "新的单位，还没有保存" if self.card.begun else "有改动，还没有保存" if typed else ""
        ui.state.setText(unsaved if self.may_edit else READ_ONLY)
        ui.state.setVisible(bool(ui.state.text()))
