"""The page of what is past its retention: propose, approve, carry out, and what was done."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import retention
from onevisit.desk.retention import MOST, CarriedOut, RetentionRow, RunRow, RunState
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, show_day, show_moment
from onevisit.rules.retention import STANDING_NOTE
from onevisit.ui._forms.retention import Ui_RetentionForm
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.retention.model import COLUMNS, DUE, LESSER, DueModel, Entry, EntryModel
from onevisit.ui.widgets.items import BoxedCells, TwoLines
from onevisit.ui.widgets.labels import all_plain, explain
from onevisit.ui.widgets.layouts import idle_timer
from onevisit.ui.widgets.tables import set_up_table
from onevisit.ui.widgets.work_bar import WorkBar

_EMPTY = "现在没有到期的事项。保存期一过，事项会列在这里：只有编号、分类和日期，勾选后提出，由另一人批准。"
_NOT_YOURS = "这个账户只管安全，不办到期清理，请由负责人或负责系统管理的管理员办理。"
_ALL_LISTED = "到期的事项都已列入清单，请看左边的清单。"
_OWN = "这份清单是您提出的，请另一位有批准权限的人员批准。"


class RetentionPage(Page):
    """到期清理: numbers, days and classes only, whoever looks."""

    key = "retention"
    title = "到期清理"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_RetentionForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._due: tuple[RetentionRow, ...] = ()
        self._entries = EntryModel()
        self._rows = DueModel()
        self.work = WorkBar(self)
        self.ui.workColumn.addWidget(self.work)
        self._show_note(0)
        self._build_views()
        self._refit = idle_timer(self, self._fit_table)
        self._connect()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Columns follow the type size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_refit"):
            self._refit.start()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Lesser columns give way where there is little room."""
        super().resizeEvent(event)
        self._refit.start()

    def refresh(self) -> None:
        """Read anew what is due and which lists there are; the selected line and the ticks stay."""
        desk = self.context.desk
        if not (desk.may(Permission.PROPOSE_RETENTION) or desk.may(Permission.APPROVE_RETENTION)):
            self._show_rows((), _NOT_YOURS, can_tick=False)
            self._show_buttons(None)
            return
        self.context.tasks.run(lambda: (retention.due(desk), retention.runs(desk)), self._show, owner=self)
        self.context.tasks.run(lambda: retention.stores_kept(desk), self._show_note, owner=self)

    def shows(self) -> frozenset[str]:
        """A visit keeps a matter, a list takes it, a setting says how long it is kept."""
        return frozenset({"visits", "retention", "policy"})

    def focus_first(self) -> None:
        """The list at the left."""
        self.ui.entries.setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        return (
            KeyHelp("↑ ↓", "换一份清单"),
            KeyHelp("空格", "勾选这一件"),
            KeyHelp("Alt+A", "全部勾选，再按一次全部不选"),
            KeyHelp("Alt+P", "提出勾选的事项"),
            KeyHelp("Alt+Y · Alt+W · Alt+X", "批准 · 撤回 · 执行清单"),
        )

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_views(self) -> None:
        self.ui.entries.setModel(self._entries)
        self.ui.entries.setItemDelegate(TwoLines(self.ui.entries))
        set_up_table(self.ui.table, self._rows)
        self.ui.table.setItemDelegateForColumn(0, BoxedCells(self.ui.table))

    def _connect(self) -> None:
        ui = self.ui
        ui.entries.selectionModel().currentChanged.connect(self._on_chosen)
        ui.table.selectionModel().currentChanged.connect(self._show_reason)
        self._rows.ticks_changed.connect(self._count_ticks)
        ui.all.clicked.connect(self._rows.tick_all)
        ui.propose.clicked.connect(self._propose)
        ui.approve.clicked.connect(self._approve)
        ui.withdraw.clicked.connect(self._withdraw)
        ui.carryOut.clicked.connect(self._ask_to_carry_out)

    # -- what the person does ---------------------------------------------------------------------------------------

    def _propose(self) -> None:
        desk, ticked = self.context.desk, self._rows.ticked
        self.context.tasks.run_once(
            self.ui.propose, lambda: retention.propose(desk, ticked), lambda run_id: self._proposed(run_id, len(ticked))
        )

    def _proposed(self, run_id: int, matters: int) -> None:
        self.context.messages.fine(f"清单 {run_id} 已提出，共 {matters} 件，请另一位有批准权限的人员批准。")
        self._changed()

    def _approve(self) -> None:
        desk, run = self.context.desk, self._run
        if run is not None:
            self.context.tasks.run_once(
                self.ui.approve,
                lambda: retention.approve(desk, run.run_id),
                lambda _: self._say_and_refresh(f"清单 {run.run_id} 已批准，可以执行匿名。"),
            )

    def _withdraw(self) -> None:
        desk, run = self.context.desk, self._run
        if run is not None:
            self.context.tasks.run_once(
                self.ui.withdraw,
                lambda: retention.withdraw(desk, run.run_id),
                lambda _: self._say_and_refresh(f"清单 {run.run_id} 已撤回，没有匿名的事项照旧保存。"),
            )

    def _ask_to_carry_out(self) -> None:
        run = self._run
        if run is None or self.work.working:
            return
        self.context.messages.confirm(
            f"清单 {run.run_id} 的 {run.matters} 件事项将匿名：姓名、号码、住址、内容和律师意见全部删除，"
            "只留编号、日期、分类和数字；放了很久没人继续的草稿也一并删除。删除后不能恢复。",
            "执行匿名",
            lambda: self._carry_out(run.run_id),
        )

    def _carry_out(self, run_id: int) -> None:
        desk = self.context.desk
        self.work.carry(
            self.context.tasks,
            self.ui.carryOut,
            lambda progress: retention.carry_out(desk, run_id, progress.step),
            lambda done: self._carried_out(run_id, done),
            what="正在匿名",
            stopped=lambda: self._stopped(run_id),
        )

    def _carried_out(self, run_id: int, done: CarriedOut) -> None:
        kept = f"，{done.dropped} 件不再到期，照旧保存" if done.dropped else ""
        self.context.messages.fine(f"清单 {run_id} 已执行：匿名 {done.anonymised} 件{kept}。")
        self._changed()

    def _stopped(self, run_id: int) -> None:
        self.context.messages.attention(
            f"清单 {run_id} 停在中途：已匿名的不能恢复，其余没有动；可以再点“执行匿名”接着做。"
        )
        self._changed()

    def _say_and_refresh(self, sentence: str) -> None:
        self.context.messages.fine(sentence)
        self._changed()

    def _changed(self) -> None:
        self.context.changes.say("visits", "slips", "retention")
        self.refresh()

    # -- showing ----------------------------------------------------------------------------------------------------

    @property
    def _run(self) -> RunRow | None:
        entry = self._entries.row_at(self.ui.entries.currentIndex())
        return entry.run if entry else None

    def _show(self, read: tuple[tuple[RetentionRow, ...], tuple[RunRow, ...]]) -> None:
        due, runs = read
        self._due = tuple(row for row in due if row.run_id is None)
        kept = self._entries.row_at(self.ui.entries.currentIndex())
        self._entries.show((Entry(None, len(self._due)), *map(Entry, runs)))
        row = self._entries.row_of(kept.key if kept else DUE)
        self.ui.entries.setCurrentIndex(self._entries.index(max(row, 0), 0))
        self._on_chosen()

    def _on_chosen(self) -> None:
        run = self._run
        self._show_buttons(run)
        if run is None:
            self._show_due()
            return
        self.ui.title.setText(f"清单 {run.run_id}：{run.matters} 件，{run.state.label}")
        self.ui.state.setText(_course(run))
        if run.state in {RunState.DONE, RunState.WITHDRAWN}:
            self._show_rows((), _ended(run), can_tick=False)
            return
        desk = self.context.desk
        self.context.tasks.run(
            lambda: retention.listed(desk, run.run_id), lambda rows: self._show_listed(run, rows), owner=self
        )

    def _show_note(self, stores_kept: int) -> None:
        kept = (
            f"恢复时换下的旧数据还有 {stores_kept} 份，里面也有，用不着了请管理员到“系统 › 备份”删除。"
            if stores_kept
            else ""
        )
        self.ui.note.setText(
            f"{STANDING_NOTE}。匿名后不能恢复。以前的备份里还有这些内容，要到备份按轮换删除以后才没有；"
            f"从旧备份恢复的，请重新清理。{kept}"
        )

    def _show_due(self) -> None:
        today = show_day(local_day(self.context.desk.now()))
        self.ui.title.setText(f"到期的事项（按今天 {today} 推算，请核对电脑日期）")
        first = f"先列出最早的 {MOST} 件，处理后再列。" if len(self._due) >= MOST else ""
        may = self.context.desk.may(Permission.PROPOSE_RETENTION)
        self.ui.state.setText(first or ("勾选要清理的事项，提出后由另一人批准。" if may and self._due else ""))
        listed = any(entry.run for entry in self._entries_shown() if _is_open(entry.run))
        self._show_rows(self._due, _ALL_LISTED if listed else _EMPTY, can_tick=may)

    def _entries_shown(self) -> list[Entry]:
        rows = range(self._entries.rowCount())
        return [entry for row in rows if (entry := self._entries.row_at(self._entries.index(row, 0)))]

    def _show_listed(self, run: RunRow, rows: tuple[RetentionRow, ...]) -> None:
        if self._run is not None and self._run.run_id == run.run_id:
            self._show_rows(rows, "清单上的事项都已匿名或不再到期，执行后这份清单就结束。", can_tick=False)

    def _show_rows(self, rows: tuple[RetentionRow, ...], empty: str, *, can_tick: bool) -> None:
        self._rows.show_rows(rows, can_tick=can_tick)
        self.ui.table.setVisible(bool(rows))
        self.ui.empty.setVisible(not rows)
        self.ui.empty.setText(empty)
        self.ui.all.setVisible(can_tick and bool(rows))
        self.ui.propose.setVisible(can_tick and bool(rows))
        if rows:
            self.ui.table.setCurrentIndex(self._rows.index(0, 0))
        self._show_reason()
        self._refit.start()

    def _fit_table(self) -> None:
        """Leave out lesser columns until the others can be read; the line beneath says what stands in them."""
        table, head = self.ui.table, self.ui.table.horizontalHeader()
        wanted = [max(table.sizeHintForColumn(at), head.sectionSizeHint(at)) for at in range(len(COLUMNS))]
        left = table.viewport().width() - sum(wanted)
        for place in LESSER:
            table.setColumnHidden(place, left < 0)
            left += wanted[place] if left < 0 else 0
        self._show_reason()

    def _show_reason(self) -> None:
        row = self._rows.row_at(self.ui.table.currentIndex())
        self.ui.reason.setVisible(row is not None)
        if row is not None:
            unseen = [
                f"{COLUMNS[at].heading} {COLUMNS[at].text(row)}" for at in LESSER if self.ui.table.isColumnHidden(at)
            ]
            particulars = "，".join((row.classification, *unseen))
            self.ui.reason.setText(f"{row.matter_no}（{particulars}）：{row.reason}。")

    def _show_buttons(self, run: RunRow | None) -> None:
        state = run.state if run else None
        may_approve = self.context.desk.may(Permission.APPROVE_RETENTION)
        self.ui.approve.setVisible(state is RunState.PROPOSED and may_approve)
        self.ui.approve.setEnabled(run is None or not run.own)
        explain(self.ui.approve, _OWN if run and run.own else "")
        self.ui.withdraw.setVisible(_is_open(run))
        self.ui.carryOut.setVisible(state is RunState.APPROVED)

    def _count_ticks(self) -> None:
        ticked = len(self._rows.ticked)
        self.ui.propose.setText(f"提出清理 {ticked} 件(&P)" if ticked else "提出清理(&P)")
        self.ui.propose.setEnabled(bool(ticked))
        explain(self.ui.propose, "" if ticked else "请先勾选要清理的事项。")


def _is_open(run: RunRow | None) -> bool:
    return run is not None and run.state in {RunState.PROPOSED, RunState.APPROVED}


def _course(run: RunRow) -> str:
    """Who did what so far, and what is next."""
    said = [f"{run.proposed_by}于 {show_moment(run.proposed_at)} 提出"]
    if run.approved_at:
        said.append(f"{run.approved_by}于 {show_moment(run.approved_at)} 批准")
    if run.state is RunState.PROPOSED:
        said.append(_OWN.rstrip("。") if run.own else "等待另一人批准")
    if run.state is RunState.APPROVED and run.anonymised:
        said.append(f"已匿名 {run.anonymised} 件，还没有做完")
    return "；".join(said) + "。"


def _ended(run: RunRow) -> str:
    if run.ended_at is None:
        return ""
    at = show_moment(run.ended_at)
    if run.state is RunState.WITHDRAWN:
        done = f"撤回前已匿名 {run.anonymised} 件。" if run.anonymised else "没有匿名任何事项。"
        return f"{at} 撤回，{done}"
    kept = run.matters - run.anonymised
    dropped = f"另 {kept} 件执行时已不到期，照旧保存。" if kept else ""
    return f"{at} 执行，匿名 {run.anonymised} 件。{dropped}"
