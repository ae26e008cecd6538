"""The tab 外部代码: what other systems call our codes, one table for each system and field."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidgetItem, QWidget

from onevisit.desk import house_content
from onevisit.desk.errors import FormError
from onevisit.desk.house_lists import HouseList
from onevisit.rules.code_maps import CodeMap, Field
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.lists_codes import Ui_ListsCodes
from onevisit.ui.lists.list_panel import READ_ONLY, ListPanel
from onevisit.ui.lists.typed_cells import TypedCells
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.fields import FormFields
from onevisit.ui.widgets.labels import all_plain, tip
from onevisit.ui.widgets.style import set_style

_THEIRS: Final = 2
_TYPED: Final = "请先保存正在改的对照表，或者放弃改动。"
_LEAD: Final = "左边是本系统的代码，最后一列填对方系统的代码；二级、三级的分类可在导出的文件里添加后导入。"


class CodesPanel(ListPanel):
    """The maps on the left; the pairs of the chosen one on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsCodes()
        ui.setupUi(self)
        all_plain(self)
        self._listed: HouseList[tuple[CodeMap, ...]] = HouseList((), own=False, seen="")
        self._shown = CodeMap("", Field.PURPOSE, {})
        self._begun = False
        self._filling = False
        self._wanted: int | None = None
        for field in Field:
            ui.field.addItem(field.label, field.value)
        ui.pairs.setColumnCount(_THEIRS + 1)
        ui.pairs.setHorizontalHeaderLabels(["本系统代码", "名称", "对方的代码"])
        ui.pairs.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        ui.pairs.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        ui.pairs.verticalHeader().hide()
        ui.pairs.setItemDelegate(TypedCells(ui.pairs))
        self.fields = FormFields(
            ui.grid, {"system": (ui.systemLabel, ui.system), "field": (ui.fieldLabel, ui.field)}, self
        )
        self.let_wrap(ui.actions, ui.add, ui.remove)
        self.let_wrap(ui.files, ui.bring, ui.takeOut, ui.putBack)
        self.keep_for_editors(ui.add, ui.remove, ui.bring, ui.putBack, ui.undo, ui.save)
        ui.maps.setWordWrap(True)
        ui.maps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._connect()
        self.setFocusProxy(ui.maps)
        self._fill(self._shown)

    def refresh(self) -> None:
        """Read the maps anew; the same one stays chosen, and what is typed stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_content.code_maps_listed(desk), self._show, owner=self)

    def unsaved(self) -> bool:
        """Whether a map is being changed."""
        return self._typed() != (self._shown.system, self._shown.field, dict(self._shown.pairs))

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the list and of the table."""
        keys = (KeyHelp("↑ ↓", "选一张对照表"),)
        more = (KeyHelp("F2 或直接输入", "改对方的代码"), KeyHelp("Ctrl+Enter", "保存"))
        return (*keys, *more) if self.may_edit else keys

    def code_map(self) -> CodeMap:
        """What stands in the form."""
        system, field, pairs = self._typed()
        return CodeMap(system, field, pairs)

    # -- what the administrator does --------------------------------------------------------------------------------

    def begin_new(self) -> None:
        """Empty the form for another map."""
        self._begun = True
        self._fill(CodeMap("", Field.PURPOSE, dict.fromkeys(Field.PURPOSE.codes, "")))
        self.ui.system.setFocus()

    def save(self) -> None:
        """Save what stands in the form."""
        desk, code_map, seen = self.context.desk, self.code_map(), self._listed.seen
        place = None if self._begun else self._place()
        self.context.tasks.run_once(
            self.ui.save,
            lambda: house_content.save_code_map(desk, code_map, seen, place=place),
            lambda _: self._on_saved(code_map, place),
            self._on_refused,
        )

    def ask_to_remove(self) -> None:
        """Ask once, then take the chosen map out."""
        desk, seen, place = self.context.desk, self._listed.seen, self._place()
        if place is not None:
            self.ask_and_send(
                self.ui.remove,
                f"删去“{_word(self._listed.entries[place])}”的对照表：和那个系统交换数据时不再换代码。",
                "删去",
                lambda: house_content.remove_code_map(desk, place, seen),
                "对照表已删去。",
            )

    def import_from(self, path: Path) -> None:
        """Put the maps of a file in the place of these."""
        desk, seen = self.context.desk, self._listed.seen
        self.bring_in(
            self.ui.bring,
            path,
            lambda text: f"对照表已导入，共 {house_content.import_code_maps(desk, text, seen)} 张。",
        )

    def ask_to_put_back(self) -> None:
        """Ask once, then let the shipped examples hold again."""
        desk, seen = self.context.desk, self._listed.seen
        self.ask_and_send(
            self.ui.putBack,
            "改回自带的示例对照表：本单位录入的全部去掉。想留一份的，请先导出文件。",
            "改回自带的",
            lambda: house_content.put_back_code_maps(desk, seen),
            "对照表已改回自带的示例，请按本地情况核对。",
        )

    def _on_saved(self, code_map: CodeMap, place: int | None) -> None:
        self._wanted = len(self._listed.entries) if place is None else place
        self._begun = False
        self._fill(code_map)
        self.say_saved(f"“{_word(code_map)}”的对照表已保存。")

    def _on_refused(self, fault: PlainFault) -> None:
        if not isinstance(fault, FormError):
            self.refused(fault)
            return
        if self.fields.show_faults(fault.faults):
            return
        first = fault.faults[0]
        code = first.field.removeprefix("pairs.")
        for row in range(self.ui.pairs.rowCount()):
            item = self.ui.pairs.item(row, 0)
            if item is not None and item.text() == code:
                self.ui.pairs.setCurrentCell(row, _THEIRS)
        self.ui.pairs.setFocus()
        self._say(first.sentence, fault=True)

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui, desk = self.ui, self.context.desk
        ui.maps.currentRowChanged.connect(self._on_chosen)
        ui.add.clicked.connect(self.begin_new)
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.bring.clicked.connect(lambda: self.ask_file("导入对照表"))
        ui.takeOut.clicked.connect(
            lambda: self.take_out(ui.takeOut, "外部代码对照", "json", lambda: house_content.code_maps_text(desk))
        )
        ui.putBack.clicked.connect(self.ask_to_put_back)
        ui.confirm.clicked.connect(self.save)
        ui.undo.clicked.connect(self._undo)
        ui.save.clicked.connect(self.save)
        ui.system.textChanged.connect(self._choose)
        ui.pairs.itemChanged.connect(self._choose)
        ui.field.currentIndexChanged.connect(self._on_field)
        self.save_by_keys(ui.save)

    def _place(self) -> int | None:
        row = self.ui.maps.currentRow()
        return row if 0 <= row < len(self._listed.entries) else None

    def _typed(self) -> tuple[str, Field, dict[str, str]]:
        table = self.ui.pairs
        pairs = {}
        for row in range(table.rowCount()):
            ours, theirs = table.item(row, 0), table.item(row, _THEIRS)
            if ours is not None and theirs is not None:
                pairs[ours.text()] = theirs.text()
        return self.ui.system.text(), Field.from_code(str(self.ui.field.currentData())), pairs

    def _undo(self) -> None:
        self._begun = False
        self._show_chosen()
        self.ui.maps.setFocus()

    def _show(self, listed: HouseList[tuple[CodeMap, ...]]) -> None:
        kept = self._place() if self._wanted is None else self._wanted
        self._wanted, self._listed = None, listed
        self.tell_unread("对照表", listed)
        if self.unsaved() and not self._begun:
            # what is typed goes on with the map that it was begun with; where that is gone, it becomes a new one
            kept = next((place for place, one in enumerate(listed.entries) if one == self._shown), None)
            self._begun = kept is None
        self.ui.maps.blockSignals(True)
        self.ui.maps.clear()
        for one in listed.entries:
            self.ui.maps.addItem(f"{_word(one)}{'（示例）' if one.example else ''}")
        self.ui.maps.setCurrentRow(min(kept or 0, len(listed.entries) - 1))
        self.ui.maps.blockSignals(False)
        if not (self.unsaved() or self._begun):
            self._show_chosen()
        self._choose()

    def _on_chosen(self) -> None:
        if not (self.unsaved() or self._begun):
            self._show_chosen()

    def _show_chosen(self) -> None:
        place = self._place()
        self._fill(self._listed.entries[place] if place is not None else CodeMap("", Field.PURPOSE, {}))

    def _on_field(self) -> None:
        """Another field has other codes; what was typed for one stays with its code only."""
        if self._begun and not self._filling:
            system, field, _ = self._typed()
            self._fill(CodeMap(system, field, dict.fromkeys(field.codes, "")))

    def _fill(self, one: CodeMap) -> None:
        self._filling = True
        ui = self.ui
        ui.system.setText(one.system)
        ui.field.setCurrentIndex(ui.field.findData(one.field.value))
        ui.pairs.setRowCount(len(one.pairs))
        for row, (ours, theirs) in enumerate(one.pairs.items()):
            for column, words in enumerate((ours, one.field.word(ours), theirs)):
                item = QTableWidgetItem(words)
                if column < _THEIRS or not self.may_edit:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                item.setToolTip(tip(words))
                ui.pairs.setItem(row, column, item)
        self._shown = one
        self.fields.show_faults(())
        self._filling = False
        self._choose()

    def _choose(self) -> None:
        """Only what can be done now is on."""
        if self._filling:
            return
        ui, place = self.ui, self._place()
        typed = self.unsaved() or self._begun
        ui.maps.setEnabled(not typed)
        self.enable(ui.add, wanted=not typed, why=_TYPED)
        self.enable(ui.remove, wanted=not typed and place is not None, why=_TYPED if typed else "请先选一张对照表。")
        self.enable(ui.bring, wanted=not typed, why=_TYPED)
        self.enable(ui.putBack, wanted=not typed and self._listed.own, why=_TYPED if typed else "现在就是自带的。")
        ui.system.setReadOnly(not self.may_edit)
        ui.field.setEnabled(self.may_edit and self._begun)
        example = self._shown.example and not self._begun
        ui.mark.setVisible(example)
        ui.confirm.setVisible(self.may_edit and example and not typed)
        ui.title.setText("新的对照表" if self._begun else _word(self._shown))
        ui.undo.setEnabled(typed)
        ui.save.setEnabled(typed)
        self._say("有改动，还没有保存" if typed else _LEAD if self.may_edit else READ_ONLY)

    def _say(self, words: str, *, fault: bool = False) -> None:
        self.ui.state.setText(words)
        set_style(self.ui.state, tone="fault" if fault else "")


def _word(one: CodeMap) -> str:
    return f"{one.system} · {one.field.label}"
