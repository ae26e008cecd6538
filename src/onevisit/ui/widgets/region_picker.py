"""An address in three parts: district, street or town, and the rest; a whole address may be typed or pasted at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from onevisit.rules import regions
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.style import em

_PASTE = 3


class RegionPicker(QWidget):
    """District, town and the rest of an address.

    Signals:
        changed(): any part is different now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.district = FindCombo(self)
        self.town = FindCombo(self)
        self.rest = QLineEdit(self)
        self._length = 0
        for editor, words in ((self.district, "区市"), (self.town, "镇街"), (self.rest, "详细地址")):
            editor.setAccessibleName(words)
        self.rest.setPlaceholderText("村居、门牌；也可整段粘贴")
        self.district.line.setPlaceholderText("区市")
        self.town.line.setPlaceholderText("镇街")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.district)
        row.addWidget(self.town)
        row.addWidget(self.rest, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.district)
        places = [("", "外地"), *((region.code, region.name) for region in regions.districts())]
        city = regions.city()
        self.district.set_choices([*places, (city.code, city.name)])
        self.district.set_value(None)
        self.district.chosen.connect(self._offer_towns)
        self.town.chosen.connect(self.changed)
        self.district.unmatched.connect(self._read_whole)
        self.town.unmatched.connect(self._read_whole)
        self.town.setEnabled(False)
        self.rest.textEdited.connect(self._on_rest_edited)
        self.rest.editingFinished.connect(self._read_rest)
        self.rest.textChanged.connect(self.changed)

    def parts(self) -> regions.AddressParts:
        """The three parts as they stand."""
        return regions.AddressParts(self.district.value() or "", self.town.value() or "", self.rest.text())

    def set_parts(self, parts: regions.AddressParts) -> None:
        """Fill the three parts; what the lists do not know goes into the rest."""
        self.district.set_value(parts.region_code or None)
        known = parts.town in regions.towns(parts.region_code)
        self.town.set_value(parts.town if known else None)
        self.rest.setText(parts.rest if known else f"{parts.town}{parts.rest}")
        self.rest.setCursorPosition(0)
        self._length = len(self.rest.text())

    def whole(self) -> str:
        """The address in full, as it is read out."""
        parts = self.parts()
        return regions.join_address(parts.region_code, parts.town, parts.rest)

    def settle(self) -> None:
        """Read what is typed as it stands."""
        self._read_rest()

    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key goes through, in order."""
        return self.district, self.town, self.rest

    def fit_type(self) -> None:
        """Give the lists the width of their longest names in the present type."""
        self.district.setFixedWidth(em(self, 4) + 52)
        self.town.setFixedWidth(em(self, 5) + 52)
        self.rest.setMinimumWidth(em(self, 6))
        self.rest.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _offer_towns(self) -> None:
        code = self.district.value() or ""
        self.town.set_choices([(name, name) for name in regions.towns(code)])
        self.town.setEnabled(bool(regions.towns(code)))
        self.changed.emit()

    def _on_rest_edited(self, text: str) -> None:
        """Several characters at once are a paste or a committed phrase: read them now."""
        if len(text) - self._length > _PASTE:
            self._read_rest()
        self._length = len(self.rest.text())

    def _read_whole(self, typed: str) -> None:
        """What no list knows, such as a whole address pasted into one, goes before the rest and is read there."""
        self.rest.setText(typed + self.rest.text())
        self._read_rest()
        self.rest.setFocus()

    def _read_rest(self) -> None:
        """Move the district and the town from the rest into their lists."""
        found = regions.split_address(self.rest.text())
        if found.region_code and (found.town or found.region_code != regions.city().code):
            self.set_parts(found)
            return
        code = self.district.value() or ""
        if code and not self.town.value():
            again = regions.split_address(regions.name_of(code) + self.rest.text())
            if again.region_code == code and again.town:
                self.set_parts(again)
