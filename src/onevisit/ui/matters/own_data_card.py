"""Before somebody's own data is printed for that person: why, whether the document was looked at, and where to."""

from PySide6.QtWidgets import QWidget

from onevisit.devices.printers import QueueInfo
from onevisit.rules.faults import PlainFault
from onevisit.rules.own_data import OwnDataGround
from onevisit.ui._forms.own_data import Ui_OwnDataForm
from onevisit.ui.matters.person_row import PersonRow
from onevisit.ui.page import Context
from onevisit.ui.system.card import FormCard
from onevisit.ui.system.sheets import HouseSheets, keeps_a_file
from onevisit.ui.widgets.labels import all_plain, explain
from onevisit.ui.widgets.style import announce

_PAPER = "a4"
_NO_QUEUE = "没有可用的纸质打印机，请先连接打印机；本人资料不能存成文件。"


class OwnDataCard(FormCard):
    """Stands above the matter while it is asked; printing is the only way out of the house.

    Args:
        context: of the page.
        sheets: prints it.
        parent: the page.
    """

    def __init__(self, context: Context, sheets: HouseSheets, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_OwnDataForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._context, self._sheets = context, sheets
        self._petitioner_id = 0
        for ground in OwnDataGround:
            self.ui.ground.addItem(ground.label, ground)
        self.connect_keys(self.ui.print, self.ui.cancel)
        self.sent.connect(self._print)
        self.left.connect(self.put_away)
        self.ui.identity.toggled.connect(self._clear_fault)
        self.hide()

    def begin(self, person: PersonRow) -> None:
        """Ask about a person of the matter."""
        self._petitioner_id = person.petitioner_id
        self.ui.heading.setText(f"本人资料：{person.name}")
        self.ui.ground.setCurrentIndex(0)
        self.ui.identity.setChecked(False)
        self._clear_fault()
        self._show_queues((), "")
        self.show()
        self.ui.ground.setFocus()
        desk, sheets = self._context.desk, self._sheets
        self._context.tasks.run(
            lambda: sheets.queues(desk), lambda read: self._show_queues(read.known, read.queue_for(_PAPER)), owner=self
        )

    def put_away(self) -> None:
        """Ask no more; nothing was printed."""
        self._petitioner_id = 0
        self.hide()

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter and Tab go through, in order."""
        return self.ui.ground, self.ui.identity, self.ui.printer, self.ui.print

    def _show_queues(self, queues: tuple[QueueInfo, ...], usual: str) -> None:
        # real data is never left behind as a file in the clear; in practice nobody is real
        fit = [queue for queue in queues if self._context.desk.practice or not keeps_a_file(queue)]
        self.ui.printer.clear()
        for queue in fit:
            self.ui.printer.addItem(queue.label, queue.name)
        self.ui.printer.setCurrentIndex(max(self.ui.printer.findData(usual), 0) if fit else -1)
        self.ui.print.setEnabled(bool(fit))
        explain(self.ui.print, "" if fit else _NO_QUEUE)

    def _print(self) -> None:
        ground, queue = OwnDataGround.from_code(self.ui.ground.currentData()), self.ui.printer.currentData()
        desk, sheets, person, checked = (
            self._context.desk,
            self._sheets,
            self._petitioner_id,
            self.ui.identity.isChecked(),
        )
        self._context.tasks.run_once(
            self.ui.print,
            lambda: sheets.print_own_data(desk, person, ground, queue, identity_checked=checked),
            lambda _: self._printed(),
            self._failed,
        )

    def _printed(self) -> None:
        self.put_away()
        self._context.messages.fine("本人资料已送打印，请取走全部页，核对页数后请本人签名领取。")

    def _failed(self, fault: PlainFault) -> None:
        self.ui.fault.setText(fault.sentence)
        self.ui.fault.show()
        announce(self, fault.sentence)

    def _clear_fault(self) -> None:
        self.ui.fault.setText("")
        self.ui.fault.hide()
