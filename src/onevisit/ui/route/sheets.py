"""The sheets of a route as the preview takes them: read, set, and recorded when they were printed."""

from onevisit.desk import route_sheets
from onevisit.desk.desk import Desk
from onevisit.desk.standing import Seen
from onevisit.paper.fonts import FontBook
from onevisit.paper.route_sheets import render_guidance, render_transfer
from onevisit.rules.route_sheets import SheetKind
from onevisit.ui.system.sheet_preview import SheetToPrint


def route_sheet(desk: Desk, seen: Seen, kind: SheetKind) -> SheetToPrint:
    """One sheet of a matter's route; what it says is read on the worker, each time anew."""

    def printed() -> None:
        route_sheets.record_printed(desk, seen, kind)

    def render(fonts: FontBook) -> bytes:
        if kind.to_visitor:
            return render_guidance(route_sheets.guidance(desk, seen), fonts)
        return render_transfer(route_sheets.transfer(desk, seen), fonts)

    return SheetToPrint(kind.label, render, printed)
