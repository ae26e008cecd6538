"""The unit's particulars as fields; the set-up wizard and the administrator's page both use them."""

from collections.abc import Iterable
from dataclasses import fields as attributes
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from onevisit.rules import regions
from onevisit.rules.faults import Fault
from onevisit.rules.slip import UnitCard
from onevisit.ui._forms.system_unit import Ui_SystemUnit
from onevisit.ui.system.fields import FormFields
from onevisit.ui.widgets.key_steps import set_tab_order
from onevisit.ui.widgets.style import em


class UnitFields(QWidget):
    """A ``UnitCard`` to fill in.

    Signals:
        changed(): something is different now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ui = Ui_SystemUnit()
        self.ui.setupUi(self)
        ui = self.ui
        rows = {
            "name": (ui.nameLabel, ui.name),
            "address": (ui.addressLabel, ui.address),
            "phone": (ui.phoneLabel, ui.phone),
            "opening_hours": (ui.hoursLabel, ui.hours),
            "region_code": (ui.regionLabel, ui.region),
            "window_no": (ui.windowLabel, ui.window),
        }
        self.fields = FormFields(ui.grid, rows, self)
        places = (regions.city(), *regions.districts())
        ui.region.set_choices([(place.code, f"{place.name} {place.code}") for place in places])
        set_tab_order(self.stops())
        self.setFocusProxy(ui.name)
        for line in (ui.name, ui.address, ui.phone, ui.hours, ui.window):
            line.textChanged.connect(self.changed)
        ui.region.chosen.connect(self.changed)
        ui.region.setFixedWidth(em(self, 12))
        ui.window.setFixedWidth(em(self, 12))

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        ui = self.ui
        return ui.name, ui.address, ui.phone, ui.hours, ui.region, ui.window

    def card(self) -> UnitCard:
        """What stands in the fields now."""
        ui = self.ui
        return UnitCard(
            name=ui.name.text(),
            address=ui.address.text(),
            phone=ui.phone.number(),
            opening_hours=ui.hours.text(),
            region_code=ui.region.value() or "",
            window_no=ui.window.text(),
        )

    def fill(self, card: UnitCard) -> None:
        """Show a card, without faults."""
        ui = self.ui
        ui.name.setText(card.name)
        ui.address.setText(card.address)
        ui.phone.set_number(card.phone)
        ui.hours.setText(card.opening_hours)
        ui.region.set_value(card.region_code)
        ui.window.setText(card.window_no)
        self.fields.show_faults(())

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show the faults that belong here, whether they carry the names of ``UnitCard`` or those of ``SetUpForm``."""
        plain = [replace(fault, field=fault.field.removeprefix("unit_")) for fault in faults]
        return self.fields.show_faults(plain)

    @staticmethod
    def names() -> frozenset[str]:
        """The names of the fields of a set-up form that stand here."""
        own = {attribute.name for attribute in attributes(UnitCard)}
        return frozenset(f"unit_{name}" if name in {"name", "address", "phone"} else name for name in own)
