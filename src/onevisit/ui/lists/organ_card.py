"""One organ as a form: to be read, or changed with faults at the fields."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from onevisit.rules import regions
from onevisit.rules.classification import ContentClass
from onevisit.rules.organs import Organ
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.ui._forms.lists_organs import Ui_ListsOrgans
from onevisit.ui.system.fields import FormFields
from onevisit.ui.theme import GRID
from onevisit.ui.widgets.key_steps import set_tab_order, stops_of
from onevisit.ui.widgets.style import em

_NEW = "新的单位"
_LINES = 4


class OrganCard(QObject):
    """What stands in the form.

    Attributes:
        begun: it is for an organ that is not saved yet.

    Signals:
        edited(): it is different now.
    """

    edited = Signal()

    def __init__(self, ui: Ui_ListsOrgans, panel: QWidget, *, editable: bool) -> None:
        super().__init__(panel)
        self.ui = ui
        self._shown = Organ("", "")
        self._key = ""
        self.begun = False
        self._filling = False
        for label in (ui.bringAlongLabel, ui.proceduresLabel, ui.handlingsLabel, ui.classesLabel):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            label.setContentsMargins(0, GRID // 2, 0, 0)
        ui.procedures.set_choices(list(Procedure), beneath=True)
        ui.handlings.set_choices([one for one in Handling if one.hands_on])
        ui.classes.set_choices(list(ContentClass))
        for code, name in (("", "全市"), *((one.code, one.name) for one in regions.districts())):
            ui.place.addItem(name, code)
        ui.bringAlong.setTabChangesFocus(True)
        ui.bringAlong.setPlaceholderText("一行一样，例如：身份证")
        ui.bringAlong.setFixedHeight(ui.bringAlong.fontMetrics().lineSpacing() * _LINES + em(panel, 1.5))
        self.fields = self._make_fields(panel)
        self._let_edit(editable)
        for line in self._lines():
            line.textChanged.connect(self._tell)
        ui.place.currentIndexChanged.connect(self._tell)
        ui.bringAlong.textChanged.connect(self._tell)
        for group in (ui.procedures, ui.handlings, ui.classes):
            group.changed.connect(self._tell)
        stops = (*self._lines(), ui.bringAlong, ui.procedures, ui.handlings, ui.classes, ui.confirm, ui.undo, ui.save)
        order = (ui.name, ui.place, *stops[1:])
        set_tab_order([part for one in order for part in stops_of(one)])

    def organ(self) -> Organ:
        """What stands in the form."""
        ui = self.ui
        return Organ(
            key=self._key,
            name=ui.name.text(),
            address=ui.address.text(),
            phone=ui.phone.text(),
            hours=ui.hours.text(),
            bring=tuple(line for line in ui.bringAlong.toPlainText().splitlines() if line.strip()),
            place_code=str(ui.place.currentData() or ""),
            classes=tuple(map(ContentClass.from_code, ui.classes.values())),
            procedures=tuple(map(Procedure.from_code, ui.procedures.values())),
            handlings=tuple(map(Handling.from_code, ui.handlings.values())),
            example=self._shown.example,
        )

    def changed(self) -> bool:
        """Whether it differs from what is saved."""
        return self.organ() != self._shown

    def show_organ(self, organ: Organ) -> None:
        """Show what is saved."""
        self._shown, self.begun = organ, False
        self._fill(organ)
        # as the form gives it back: an order or an empty line of a file is no change of the person's
        self._shown = self.organ()
        self._mark(organ)

    def begin(self, organ: Organ) -> None:
        """Fill the form for an organ that is not saved yet."""
        self._shown, self.begun = Organ("", ""), True
        self._fill(organ)
        self._mark(organ)
        self.ui.name.setFocus()
        self.ui.name.selectAll()

    def _fill(self, organ: Organ) -> None:
        ui = self.ui
        self._filling = True
        self._key = organ.key
        texts = (organ.name, organ.address, organ.phone, organ.hours)
        for line, text in zip(self._lines(), texts, strict=True):
            line.setText(text)
            line.setCursorPosition(0)
        ui.place.setCurrentIndex(max(ui.place.findData(organ.place_code), 0))
        ui.bringAlong.setPlainText("\n".join(organ.bring))
        ui.procedures.set_values(one.value for one in organ.procedures)
        ui.handlings.set_values(one.value for one in organ.handlings)
        ui.classes.set_values(one.value for one in organ.classes)
        self.fields.show_faults(())
        self._filling = False

    def _mark(self, organ: Organ) -> None:
        self.ui.title.setText(organ.name if organ.key else _NEW)
        self.ui.mark.setVisible(organ.example)
        self.edited.emit()

    def _tell(self) -> None:
        for name in ("bring", "procedures", "handlings", "classes"):
            self.fields.field(name).set_fault("")
        # half filled in it is no change of the person's, and what is switched off for a moment loses the cursor
        if not self._filling:
            self.edited.emit()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return self.ui.name, self.ui.address, self.ui.phone, self.ui.hours

    def _make_fields(self, panel: QWidget) -> FormFields:
        ui = self.ui
        return FormFields(
            ui.grid,
            {
                "name": (ui.nameLabel, ui.name),
                "place_code": (ui.placeLabel, ui.place),
                "address": (ui.addressLabel, ui.address),
                "phone": (ui.phoneLabel, ui.phone),
                "hours": (ui.hoursLabel, ui.hours),
                "bring": (ui.bringAlongLabel, ui.bringAlong),
                "procedures": (ui.proceduresLabel, ui.procedures),
                "handlings": (ui.handlingsLabel, ui.handlings),
                "classes": (ui.classesLabel, ui.classes),
            },
            panel,
        )

    def _let_edit(self, editable: bool) -> None:
        for line in self._lines():
            line.setReadOnly(not editable)
        self.ui.bringAlong.setReadOnly(not editable)
        for widget in (self.ui.place, self.ui.procedures, self.ui.handlings, self.ui.classes):
            widget.setEnabled(editable)
