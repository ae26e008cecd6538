"""The tab 规则: which rule sets there are, what each says with its article, and which holds for whom."""

from datetime import date
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHeaderView, QWidget

from onevisit.desk import house_rules
from onevisit.desk.house_rules import RuleBook, RuleSetLine, UnreadLine
from onevisit.desk.house_text import read_file
from onevisit.rules import rulesets
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.rulesets import RuleSet
from onevisit.ui._forms.lists_rules import Ui_ListsRules
from onevisit.ui.lists.list_panel import ListPanel
from onevisit.ui.lists.rules_model import AnySet, RowsModel, SetModel, code_of, name_of
from onevisit.ui.lists.wrapped_cells import WrappedCells
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.widgets.items import TwoLines
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import set_style
from onevisit.ui.widgets.tables import set_up_table

PAUSE_MS: Final = 300
_HOW: Final = "输入登记日期，例如 2019-03-01，看那一天登记的事项照哪一套规则。"
_CHOOSE: Final = "请先选一套规则。"


class RulesPanel(ListPanel):
    """The sets on the left; the lines of the chosen one on the right."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = ui = Ui_ListsRules()
        ui.setupUi(self)
        all_plain(self)
        self._book = RuleBook((), "")
        self._wanted = ""
        self._sets, self._rows = SetModel(), RowsModel()
        ui.sets.setModel(self._sets)
        ui.sets.setItemDelegate(TwoLines(ui.sets))
        set_up_table(ui.rows, self._rows)
        ui.rows.setWordWrap(True)
        ui.rows.setItemDelegate(WrappedCells(ui.rows))
        ui.rows.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        ui.rows.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask_day)
        self.keep_for_editors(ui.bring)
        self._connect()
        self.setFocusProxy(ui.sets)
        self._choose()

    def refresh(self) -> None:
        """Read the sets anew; the same one stays chosen."""
        desk = self.context.desk
        self.context.tasks.run(lambda: house_rules.rule_book(desk), self._show, owner=self)
        self._ask_day()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of the list."""
        keys = (KeyHelp("↑ ↓", "选一套规则"), KeyHelp("Alt+D", "问某一天适用哪一套"), KeyHelp("Alt+E", "导出这一套"))
        return (*keys, KeyHelp("Alt+I", "添加规则文件")) if self.may_edit else keys

    def selected(self) -> AnySet | None:
        """The chosen set."""
        return self._sets.row_at(self.ui.sets.currentIndex())

    # -- what the administrator does --------------------------------------------------------------------------------

    def import_from(self, path: Path) -> None:
        """Add the set of a file."""
        desk = self.context.desk
        seen = self._book.editions

        def work() -> RuleSet:
            return house_rules.add_rules(desk, read_file(path), seen)

        self.context.tasks.run_once(self.ui.bring, work, self._on_added, self.refused)

    def ask_to_remove(self) -> None:
        """Ask once, then take the chosen own set out."""
        desk, line = self.context.desk, self.selected()
        if line is not None and _is_own(line):
            name, code = name_of(line), code_of(line)
            self.ask_and_send(
                self.ui.remove,
                f"删去本单位添加的规则“{name}”（代号 {code}）。还没有事项照它登记。",
                "删去",
                lambda: house_rules.remove_rules(desk, code, line.seen),
                f"规则“{name}”已删去。",
            )

    def ask_to_switch(self) -> None:
        """Say what it means, then use the chosen optional set, or no more."""
        line = self.selected()
        if line is None or isinstance(line, UnreadLine) or not line.rules.optional:
            return
        verb = "停用" if line.switched else "启用"
        meaning = (
            "停用后新登记的事项不再照它；以前照它登记的不变。"
            if line.switched
            else "启用后，新登记的事项照它计算期限和人数；已经登记的仍照登记时的规则。它现在还有没有效力没有确定，"
            "是示例，以本地文件为准。"
        )
        desk, seen, on = self.context.desk, self._book.seen, not line.switched
        self.ask_and_send(
            self.ui.switchOn,
            f"{verb}“{line.rules.name}”。{meaning}",
            verb,
            lambda: house_rules.switch_rules(desk, line.rules.code, seen, on=on),
            f"“{line.rules.name}”已{verb}，从现在起登记的事项照此办。",
        )

    def _on_added(self, rules: RuleSet) -> None:
        self._wanted = rules.code
        self.say_saved(f"已添加规则“{rules.name}”，{show_day(rules.in_force)}起登记的事项照它；已登记的不变。")

    # -- building and showing ---------------------------------------------------------------------------------------

    def _connect(self) -> None:
        ui, desk = self.ui, self.context.desk
        ui.sets.selectionModel().currentChanged.connect(self._choose)
        ui.day.textChanged.connect(lambda _: self._pause.start())
        ui.bring.clicked.connect(lambda: self.ask_file("添加规则文件"))
        ui.remove.clicked.connect(self.ask_to_remove)
        ui.switchOn.clicked.connect(self.ask_to_switch)

        def take_out() -> None:
            line = self.selected()
            if line is not None:
                code = code_of(line)
                self.take_out(ui.takeOut, f"规则-{code}", "json", lambda: house_rules.rule_set_text(desk, code))

        ui.takeOut.clicked.connect(take_out)

    def _show(self, book: RuleBook) -> None:
        kept = self.selected()
        today = next((line.rules.code for line in book.sets if line.today), "")
        # what cannot be read holds matters up, so it stands first
        lines: tuple[AnySet, ...] = (*book.unread, *book.sets)
        code, self._wanted = self._wanted or (code_of(kept) if kept else today), ""
        self._book = book
        self._sets.show(lines)
        places = [code_of(line) for line in lines]
        self.ui.sets.setCurrentIndex(self._sets.index(places.index(code) if code in places else 0, 0))
        self._choose()

    def _choose(self) -> None:
        line, ui = self.selected(), self.ui
        read = line if isinstance(line, RuleSetLine) else None
        self._rows.show(rulesets.rows(read.rules) if read else ())
        ui.title.setText(name_of(line) if line else "规则")
        ui.state.setText(_state(line) if line else "")
        set_style(ui.state, tone="fault" if isinstance(line, UnreadLine) else "")
        ui.takeOut.setEnabled(line is not None)
        ui.remove.setVisible(self.may_edit and line is not None and _is_own(line))
        kept = line is not None and line.matters > 0
        self.enable(ui.remove, wanted=not kept, why="已有事项照这套规则登记，要一直照它计算，不能删去。")
        ui.switchOn.setVisible(self.may_edit and read is not None and read.rules.optional)
        ui.switchOn.setText("停用…(&Q)" if read is not None and read.switched else "启用…(&Q)")

    def _ask_day(self) -> None:
        typed, desk = self.ui.day.text().strip(), self.context.desk
        try:
            day = date.fromisoformat(typed)
        except ValueError:
            half = len(typed) >= len("2019-03-01")
            self._say_day("请写成 2019-03-01 这样。" if half else _HOW, fault=half)
            return
        self.context.tasks.run(
            lambda: house_rules.rules_of_day(desk, day),
            lambda rules: self._say_day(f"{show_day(day)}登记的事项照“{rules.name}”（代号 {rules.code}）。"),
            self._say_fault,
            owner=self,
        )

    def _say_fault(self, fault: PlainFault) -> None:
        self._say_day(fault.sentence, fault=True)

    def _say_day(self, words: str, *, fault: bool = False) -> None:
        self.ui.answer.setText(words)
        set_style(self.ui.answer, tone="fault" if fault else "")
        self.ui.day.setAccessibleDescription(words)


def _is_own(line: AnySet) -> bool:
    return isinstance(line, UnreadLine) or line.own


def _state(line: AnySet) -> str:
    if isinstance(line, UnreadLine):
        return f"！{line.words}"
    found = ["现在登记的事项照这一套。" if line.today else ""]
    if not line.here:
        found.append("适用地区不是本单位的。")
    if line.rules.optional and not line.switched:
        found.append("没有启用：由管理员启用后，新登记的事项才照它。")
    found.append(f"已有 {line.matters} 件事项照它登记，一直照它计算。" if line.matters else "还没有事项照它登记。")
    return "".join(found)
