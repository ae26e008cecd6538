"""凭查询码查进度: a petitioner asks, by telephone or at the counter; the answer goes with whoever leaves the page."""

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from onevisit.desk import enquiry
from onevisit.desk.errors import FormError
from onevisit.rules.enquiry import PetitionersVersion
from onevisit.rules.faults import PlainFault
from onevisit.ui._forms.enquiry import Ui_EnquiryForm
from onevisit.ui.enquiry.version_view import VersionView
from onevisit.ui.page import Context, KeyHelp, Page
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.style import announce, em, set_style

_HINT = (
    "请来访人报回执上的查询码和证件号后四位，按“查进度”。\n"
    "这里会显示：办到哪一步、接下来的日期、答应他的事、已送达的文书。"
)


class EnquiryPage(Page):
    """Code and last four characters in, the petitioner's version out."""

    key = "enquiry"
    title = "查进度"

    def __init__(self, context: Context, sheets: HouseSheets | None = None, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.ui = Ui_EnquiryForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.version = VersionView(context, sheets, scrolls=True, parent=self)
        self.ui.panelColumn.addWidget(self.version)
        self.ui.ask.clicked.connect(self.ask)
        self.ui.leave.clicked.connect(context.navigator.back)
        self.ui.code.returnPressed.connect(self._go_on)
        self.ui.last.returnPressed.connect(self.ui.ask.click)
        for line in (self.ui.code, self.ui.last):
            line.textChanged.connect(self._clear_faults)
        self.ui.code.setMinimumWidth(em(self, 12))
        self.ui.last.setMinimumWidth(em(self, 9))
        self._begin()

    def shows(self) -> frozenset[str]:
        """Nothing that changes by itself: an answer is given once."""
        return frozenset()

    def focus_first(self) -> None:
        """The code."""
        self.ui.code.setFocus()
        self.ui.code.selectAll()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this page."""
        keys = (KeyHelp("Enter", "到下一格；在后四位按 Enter 查进度"), KeyHelp("Alt+C / Alt+D", "查询码 / 后四位"))
        return (*keys, KeyHelp("Alt+P", "预览、打印进度单"), KeyHelp("Esc", "清空；再按返回"))

    def go_back(self) -> bool:
        """Esc leaves the sheet, then empties the page."""
        if self.version.go_back():
            return True
        if not (self.ui.code.text() or self.ui.last.text()):
            return False
        self._begin()
        self.focus_first()
        return True

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """The next person at the window reads nothing of it."""
        self._begin()
        super().hideEvent(event)

    def ask(self) -> None:
        """Ask for what was typed."""
        desk, code, last = self.context.desk, self.ui.code.text(), self.ui.last.text()
        self.context.tasks.run_once(self.ui.ask, lambda: enquiry.by_code(desk, code, last), self._show, self._failed)

    def _go_on(self) -> None:
        self.ui.last.setFocus()
        self.ui.last.selectAll()

    def _begin(self) -> None:
        self.ui.code.clear()
        self.ui.last.clear()
        self._clear_faults()
        self.version.show_hint(_HINT)

    def _show(self, version: PetitionersVersion) -> None:
        if not self.isVisible():
            return
        self.version.show_version(version)
        announce(self, version.where)

    def _failed(self, fault: PlainFault) -> None:
        self.version.show_hint(_HINT)
        self.ui.fault.setText(fault.sentence)
        self.ui.fault.show()
        fields = {one.field for one in fault.faults} if isinstance(fault, FormError) else {"code", "last"}
        for name, line in (("last", self.ui.last), ("code", self.ui.code)):
            if name in fields:
                set_style(line, tone="fault")
                line.setFocus()
        announce(self, fault.sentence)

    def _clear_faults(self) -> None:
        self.ui.fault.hide()
        for line in (self.ui.code, self.ui.last):
            set_style(line, tone="")
