"""Which print system this computer has."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from onevisit.devices.pages import PagePixels
from onevisit.devices.printers import Printer

_CUPS_TOOLS = ("lp", "lpstat")


def system_printer(rasterise: Callable[[bytes, float], Sequence[PagePixels]], leftovers: Path | None = None) -> Printer:
    """Give CUPS where its tools are installed, else the print system that Qt knows (Windows).

    Args:
        rasterise: draws the pages of a PDF at so many dots an inch, for print systems that take no PDF.
        leftovers: where to remember the jobs whose document the print system may still hold; in memory unless given.
    """
    if all(shutil.which(tool) for tool in _CUPS_TOOLS):
        from onevisit.devices.cups import CupsPrinter  # noqa: PLC0415  only what this computer needs is loaded
        from onevisit.devices.leftovers import Leftovers  # noqa: PLC0415  as above

        return CupsPrinter(leftovers=Leftovers(leftovers))
    from onevisit.devices.qt_printing import QtPrinter  # noqa: PLC0415  as above; Qt's printing is large

    return QtPrinter(rasterise)
