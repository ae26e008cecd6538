"""来访人版本: the section of the matter's page with what the petitioner may read, to read it out or print it."""

from PySide6.QtWidgets import QVBoxLayout

from onevisit.desk import enquiry
from onevisit.desk.lookup import MatterView
from onevisit.rules.enquiry import PetitionersVersion
from onevisit.rules.faults import PlainFault
from onevisit.ui.enquiry.version_view import VersionView
from onevisit.ui.matters.sections import MatterSection
from onevisit.ui.page import Context, KeyHelp
from onevisit.ui.system.sheets import HouseSheets
from onevisit.ui.tasks import Task


class PetitionersSection(MatterSection):
    """The petitioner's version of one matter."""

    key = "petitioner"
    word = "来访人版本"

    def __init__(self, context: Context, sheets: HouseSheets | None) -> None:
        super().__init__()
        self._context = context
        self._reading: Task | None = None
        self._shown = 0
        self.version = VersionView(context, sheets, scrolls=False, parent=self)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 4, 10, 12)
        column.addWidget(self.version)

    def show_matter(self, view: MatterView) -> None:
        """Read what the petitioner may know of it."""
        if self._reading is not None:
            self._reading.cancel()
        if view.matter_id != self._shown:
            self._shown = view.matter_id
            self.version.show_hint("正在读…")
        desk, matter_id = self._context.desk, view.matter_id
        self._reading = self._context.tasks.run(
            lambda: enquiry.petitioners_version(desk, matter_id), self._show, self._failed, owner=self
        )

    def put_away(self) -> bool:
        """Esc leaves the sheet."""
        return self.version.go_back()

    def focus_first(self) -> None:
        """The button that prints, where there is one."""
        (self.version.print or self).setFocus()

    def key_help(self) -> tuple[KeyHelp, ...]:
        """The keys of this section."""
        return (KeyHelp("Alt+P", "预览、打印进度单"),) if self.version.preview is not None else ()

    def _show(self, version: PetitionersVersion) -> None:
        self._reading = None
        if not self.version.sheet_open:
            self.version.show_version(version)

    def _failed(self, fault: PlainFault) -> None:
        self._reading = None
        self.version.show_hint(fault.sentence)
