"""Closing a day in its order: backup, frozen sheet, printer. It runs on the worker; nothing here knows a widget."""

from dataclasses import dataclass

from onevisit.desk import day_close
from onevisit.desk.backups import make_backup
from onevisit.desk.day_close import DayCloseRow
from onevisit.desk.desk import Desk
from onevisit.rules.faults import PlainFault
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.progress import Progress
from onevisit.ui.system.sheets import HouseSheets

_PAPER = "a5"
NO_PRINTER = "没有打印机，请接好打印机后点“重新打印”。"


@dataclass(frozen=True, slots=True)
class Closed:
    """A day that was closed.

    Attributes:
        row: the close.
        backup_fault: why no backup was made; empty if it was.
        print_fault: why the sheet was not printed; empty if it was handed to the printer.
        queue: the printer, as people call it.
    """

    row: DayCloseRow
    backup_fault: str = ""
    print_fault: str = ""
    queue: str = ""


class DayClosing:
    """Closes days and prints their sheets.

    Args:
        sheets: prints.
    """

    def __init__(self, sheets: HouseSheets) -> None:
        self._sheets = sheets

    def close(self, desk: Desk, progress: Progress) -> Closed:
        """Back up, close the day, print the sheet; a backup or a printer that fails keeps no day open.

        Raises:
            PlainFault: the day could not be closed.
        """
        fault = self._back_up(desk, progress)
        progress(1, 1, "正在冻结日终单")
        row = day_close.close(desk)
        try:
            return Closed(row, fault, "", self.print(desk, row))
        except PlainFault as refused:
            return Closed(row, fault, refused.sentence)

    def print(self, desk: Desk, row: DayCloseRow) -> str:
        """Print the sheet of a close, as often as is asked for; gives the printer as people call it.

        Raises:
            PlainFault: there is no printer, or it refuses.
        """
        queues = self._sheets.queues(desk)
        name = queues.queue_for(_PAPER)
        if not name:
            raise PlainFault(NO_PRINTER)
        self._sheets.print_day_sheet(row.sheet, name)
        day_close.record_printed(desk, row.id)
        return next(queue.label for queue in queues.known if queue.name == name)

    @staticmethod
    def _back_up(desk: Desk, progress: Progress) -> str:
        try:
            return make_backup(desk, BackupOccasion.DAY_CLOSE, progress).second_fault
        except PlainFault as fault:
            return fault.sentence
