"""The tab 内容分类: the eighteen national classes, and below them the unit's own second and third level."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from onevisit.desk import house_content
from onevisit.desk.errors import FormError
from onevisit.desk.house_content import ContentLine
from onevisit.desk.house_lists import HouseList
from onevisit.rules import content_tree
from onevisit.rules.classification import ContentClass
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.lists_content import Ui_ListsContent
from onevisit.ui.lists.list_panel import READ_ONLY, ListPanel
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.fields import FormFields
from onevisit.ui.widgets.labels import all_plain, tip

_CODE: Final = Qt.ItemDataRole.UserRole
_TYPED: Final = "请先保存正在改的分类，或者放弃改动。"
_NATIONAL: Final = "一级分类是全国统一的，不能改；可以在下面添加二级。"
_LOWEST: Final = "三级下面不再分。"
_DEEPEST: Final = 3
_MOST: Final = 99


class ContentPanel(ListPanel):
    """The tree on the left; the chosen entry on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsContent()
        ui.setupUi(self)
        all_plain(self)
        self._listed: HouseList[tuple[ContentLine, ...]] = HouseList((), own=False, seen="")
        self._shown = ContentNode("", "")
        self._begun = False
        self._filling = False
        self._wanted = ""
        ui.tree.setHeaderLabels(["分类", "代码", "状态"])
        ui.tree.setColumnWidth(0, ui.tree.fontMetrics().horizontalAdvance("国") * 20)
        ui.code.setPlaceholderText("二级 4 位，三级 6 位")
        self.fields = FormFields(ui.grid, {"code": (ui.codeLabel, ui.code), "name": (ui.nameLabel, ui.name)}, self)
        for line in (ui.code, ui.name):
            line.setReadOnly(not self.may_edit)
        self.let_wrap(ui.actions, ui.add, ui.remove, ui.bring, ui.takeOut)
        self.keep_for_editors(ui.add, ui.remove, ui.bring, ui.retired, ui.undo, ui.save)
        self._connect()
        self.setFocusProxy(ui.tree)
        self._fill(self._shown)

    def refresh(self) -> None:
        """Read the tree anew; what was open stays open, and what is typed stays."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_content.content_listed(desk), self._show, owner=self)

    def unsaved(self) -> bool:
        """Whether an entry is being changed."""
        return self.node() != self._shown

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the tree and of the form."""
        keys = (KeyHelp("↑ ↓ ← →", "在分类里走，展开、收起"),)
        more = (KeyHelp("Alt+A / Alt+R", "在下面添加 / 删去"), KeyHelp("Ctrl+Enter", "保存"))
        return (*keys, *more) if self.may_edit else keys

    def node(self) -> ContentNode:
        """What stands in the form."""
        return ContentNode(self.ui.code.text(), self.ui.name.text(), self.ui.retired.isChecked())

    def chosen(self) -> str:
        """The code of the chosen entry; empty if none is."""
        item = self.ui.tree.currentItem()
        return str(item.data(0, _CODE)) if item is not None else ""

    # -- what the administrator does --------------------------------------------------------------------------------

    def begin_below(self) -> None:
        """Empty the form for an entry below the chosen one, with the next free code."""
        parent = self.chosen()
        taken = {line.node.code for line in self._listed.entries}
        codes = (f"{parent}{number:02d}" for number in range(1, _MOST + 1))
        self._begun = True
        self._fill(ContentNode(next((code for code in codes if code not in taken), ""), ""))
        self.ui.name.setFocus()

    def save(self) -> None:
        """Save what stands in the form."""
        desk, node, seen = self.context.desk, self.node(), self._listed.seen
        before = "" if self._begun else self._shown.code
        self.context.tasks.run_once(
            self.ui.save,
            lambda: house_content.save_content(desk, node, seen, instead_of=before),
            lambda _: self._on_saved(node),
            self._on_refused,
        )

    def ask_to_remove(self) -> None:
        """Ask once, then take the chosen entry out."""
        desk, seen, line = self.context.desk, self._listed.seen, self._line()
        if line is not None:
            self.ask_and_send(
                self.ui.remove,
                f"删去分类“{line.node.name}”（{line.node.code}）。还没有事项用过它。",
                "删去",
                lambda: house_content.remove_content(desk, line.node.code, seen),
                f"分类“{line.node.name}”已删去。",
            )

    def import_from(self, path: Path) -> None:
        """Put the tree of a file in the place of this one."""
        desk, seen = self.context.desk, self._listed.seen
        self.bring_in(
            self.ui.bring,
            path,
            lambda text: f"内容分类已导入，共 {house_content.import_content(desk, text, seen)} 条。",
        )

    def _on_saved(self, node: ContentNode) -> None:
        self._wanted, self._begun = node.code.strip(), False
        self._fill(node)
        self.say_saved(f"分类“{node.name.strip()}”已保存。")

    def _on_refused(self, fault: PlainFault) -> None:
        if not (isinstance(fault, FormError) and self.fields.show_faults(fault.faults)):
            self.refused(fault)

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui, desk = self.ui, self.context.desk
        ui.tree.currentItemChanged.connect(self._on_chosen)
        ui.add.clicked.connect(self.begin_below)
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.bring.clicked.connect(lambda: self.ask_file("导入内容分类"))
        ui.takeOut.clicked.connect(
            lambda: self.take_out(ui.takeOut, "内容分类", "txt", lambda: house_content.content_as_text(desk))
        )
        ui.undo.clicked.connect(self._undo)
        ui.save.clicked.connect(self.save)
        for line in (ui.code, ui.name):
            line.textChanged.connect(self._choose)
        ui.retired.toggled.connect(self._choose)
        self.save_by_keys(ui.save)

    def _line(self) -> ContentLine | None:
        code = self.chosen()
        return next((line for line in self._listed.entries if line.node.code == code), None)

    def _undo(self) -> None:
        self._begun = False
        self._show_chosen()
        self.ui.tree.setFocus()

    def _show(self, listed: HouseList[tuple[ContentLine, ...]]) -> None:
        code, self._wanted = self._wanted or self.chosen(), ""
        opened = {str(item.data(0, _CODE)) for item in _below(self.ui.tree.invisibleRootItem()) if item.isExpanded()}
        self._listed = listed
        self.tell_unread("内容分类", listed)
        tree = self.ui.tree
        tree.blockSignals(True)
        tree.clear()
        items = {one.value: _item(one.value, one.label, "") for one in ContentClass}
        tree.addTopLevelItems(list(items.values()))
        for line in listed.entries:
            node = line.node
            items[node.code] = _item(node.code, node.name, "停用" if node.retired else "在用" if line.borne else "")
            items[node.code[:-2]].addChild(items[node.code])
        for one, item in items.items():
            item.setExpanded(one in opened or (code.startswith(one) and code != one))
        tree.setCurrentItem(items.get(code) or items[ContentClass.POLITICS.value])
        tree.blockSignals(False)
        if not (self.unsaved() or self._begun):
            self._show_chosen()
        self._choose()

    def _on_chosen(self) -> None:
        if not (self.unsaved() or self._begun):
            self._show_chosen()

    def _show_chosen(self) -> None:
        line = self._line()
        code = self.chosen()
        national = ContentNode(code, content_tree.name_of((), code))
        self._fill(line.node if line else national)

    def _fill(self, node: ContentNode) -> None:
        self._filling = True
        self._shown = node
        self.ui.code.setText(node.code)
        self.ui.name.setText(node.name)
        self.ui.retired.setChecked(node.retired)
        self.fields.show_faults(())
        self._filling = False
        self._choose()

    def _choose(self) -> None:
        """Only what can be done now is on."""
        if self._filling:
            return
        ui, line, level = self.ui, self._line(), content_tree.level(self.chosen())
        typed = self.unsaved() or self._begun
        national = line is None and not self._begun
        ui.tree.setEnabled(not typed)
        deep = level >= _DEEPEST
        self.enable(ui.add, wanted=not typed and not deep and level > 0, why=_TYPED if typed else _LOWEST)
        self.enable(ui.remove, wanted=not typed and line is not None and not line.borne, why=self._why_not(line, typed))
        self.enable(ui.bring, wanted=not typed, why=_TYPED)
        ui.takeOut.setEnabled(self._listed.own)
        for widget in (ui.code, ui.name, ui.retired):
            widget.setEnabled(not national)
        ui.title.setText("新的分类" if self._begun else content_tree.name_of(self._nodes(), self.chosen()) or "分类")
        ui.state.setText(self._state(line, typed))
        ui.undo.setEnabled(typed)
        ui.save.setEnabled(typed)

    def _nodes(self) -> tuple[ContentNode, ...]:
        return tuple(line.node for line in self._listed.entries)

    def _state(self, line: ContentLine | None, typed: bool) -> str:
        if not self.may_edit:
            return READ_ONLY
        if typed:
            return "有改动，还没有保存"
        if line is None:
            return _NATIONAL
        return "已有事项用这个代码：可以改名称、停用，不能改代码、不能删去。" if line.borne else ""

    def _why_not(self, line: ContentLine | None, typed: bool) -> str:
        if typed:
            return _TYPED
        return _NATIONAL if line is None else "已有事项用这个代码，不能删去；不想再用的，勾选停用。"


def _below(item: QTreeWidgetItem) -> Iterator[QTreeWidgetItem]:
    for place in range(item.childCount()):
        child = item.child(place)
        yield child
        yield from _below(child)


def _item(code: str, name: str, state: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name, code, state])
    item.setData(0, _CODE, code)
    item.setToolTip(0, tip(f"{name}（{code}）"))
    return item
