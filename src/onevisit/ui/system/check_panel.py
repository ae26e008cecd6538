"""Checking the data: in a moment or from end to end, and what to do when something is broken."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from onevisit.desk import checking
from onevisit.desk.checking import CheckReport
from onevisit.desk.desk import Desk
from onevisit.rules.clocks import local_time
from onevisit.rules.faults import PlainFault
from onevisit.rules.progress import Progress as Tell
from onevisit.ui._forms.system_check import Ui_SystemCheck
from onevisit.ui.errand import Errand, Rescue
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.panel import Panel
from onevisit.ui.tasks import Progress, Tasks
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import announce, set_style

_MOST_LINES = 12
"""So many findings are listed; the rest is counted."""


def checked_lines(report: CheckReport) -> tuple[str, ...]:
    """Say line by line what was looked at and what was found; what was not looked at is left out."""
    if not report.whole:
        shown = tuple(f"！{finding}" for finding in report.findings[:_MOST_LINES])
        more = len(report.findings) - _MOST_LINES
        return (*shown, f"……另有 {more} 处。") if more > 0 else shown
    looked = (
        (report.pages, f"✓ 数据页 {report.pages} 页，每一页都读得出。"),
        (report.visits, f"✓ 来访 {report.visits} 次，每个编号都对。"),
        (report.entries, f"✓ 操作记录 {report.entries} 条，前后连得上。"),
    )
    return tuple(words for count, words in looked if count)


class CheckPanel(Panel):
    """检查: two buttons, what was found, and the way on."""

    def __init__(self, context: Context, background: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._background = background
        self.ui = Ui_SystemCheck()
        self.ui.setupUi(self)
        ui = self.ui
        ui.full.clicked.connect(lambda: self._check(ui.full, checking.check, "正在全面检查…"))
        ui.quick.clicked.connect(lambda: self._check(ui.quick, checking.quick_check, "正在快速检查…"))
        ui.restore.clicked.connect(lambda: self._leave(Rescue.RESTORE))
        ui.salvage.clicked.connect(lambda: self._leave(Rescue.SALVAGE))
        ui.result.hide()
        ui.next.hide()
        self.setFocusProxy(ui.full)

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this panel."""
        return (KeyHelp("Alt+F / Alt+Q", "全面检查 / 快速检查"),)

    def _check(self, button: QPushButton, look: Callable[[Desk, Tell], CheckReport], what: str) -> None:
        desk = self.context.desk

        def work(progress: Progress) -> CheckReport:
            return look(desk, progress.step)

        def stopped() -> None:
            self.context.messages.attention("已经取消，没有检查完。")
            self._rest()

        if self.ui.work.carry(
            self._background, button, work, self._on_checked, self._on_failed, what=what, stopped=stopped
        ):
            self.ui.result.hide()
            self.ui.next.hide()
            self._rest()

    def _leave(self, rescue: Rescue) -> None:
        desk = self.context.desk
        self.context.navigator.leave_for(Errand(rescue, desk.actor.login, desk.practice))

    def _on_checked(self, report: CheckReport) -> None:
        self._rest()
        tone = "fine" if report.whole else "fault"
        at = f"{local_time(self.context.desk.now()):%H:%M}"
        ui = self.ui
        set_style(ui.result, tone=tone)
        set_style(ui.resultTitle, tone=tone)
        words = "✓ 数据完好" if report.whole else f"！{report.words.rstrip('。')}"
        ui.resultTitle.setText(f"{words}（{at} 检查）。")
        clear(ui.lines)
        for words in checked_lines(report):
            ui.lines.addWidget(plain_label(words))
        ui.result.show()
        ui.next.setVisible(not report.whole)
        announce(self, ui.resultTitle.text())

    def _on_failed(self, fault: PlainFault) -> None:
        self._rest()
        self.context.messages.failed(fault)
        self.ui.next.setVisible(fault.backup_helps)

    def _rest(self) -> None:
        """One check at a time."""
        for button in (self.ui.full, self.ui.quick):
            button.setEnabled(not self.ui.work.working)
