"""The fields of a consultation: filling them from a form object, reading one back, saying where a fault is."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QSizePolicy, QWidget

from onevisit.rules.classification import AdvisedWay
from onevisit.rules.faults import Fault
from onevisit.rules.forms import ConsultationForm
from onevisit.ui._forms.consultation import Ui_ConsultationForm
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.flow import FlowLayout

_LINES = {"facts": 2, "advice": 3, "basis": 2, "working_notes": 2}
"""How many lines each text shows at least."""


class ConsultationFields:
    """Everything that a lawyer may write in, as one value."""

    def __init__(self, ui: Ui_ConsultationForm) -> None:
        self._texts: dict[str, QPlainTextEdit] = {
            "facts": ui.facts,
            "advice": ui.advice,
            "basis": ui.basis,
            "working_notes": ui.notes,
        }
        self._ways: dict[AdvisedWay, QCheckBox] = {
            AdvisedWay.LITIGATION: ui.way_litigation,
            AdvisedWay.ARBITRATION: ui.way_arbitration,
            AdvisedWay.RECONSIDERATION: ui.way_reconsideration,
            AdvisedWay.MEDIATION: ui.way_mediation,
            AdvisedWay.LEGAL_AID: ui.way_legal_aid,
            AdvisedWay.PETITION: ui.way_petition,
        }
        self._legal_aid: QCheckBox = ui.legalAid
        flow = FlowLayout(ui.ways, gap=6)
        for check in (*self._ways.values(), self._legal_aid):
            flow.addWidget(check)
        for box in self._texts.values():
            # the least height counts, not Qt's 192 pixels; what room there is, is shared out by the grid
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._fields: dict[str, Field] = {}
        for name, text in self._texts.items():
            self._fields[name] = _put_field(ui, text)
        self._fields["ways"] = _put_field(ui, ui.ways)
        self.fit()

    def form(self) -> ConsultationForm:
        """What stands in the fields now."""
        return ConsultationForm(
            facts=self._texts["facts"].toPlainText(),
            advice=self._texts["advice"].toPlainText(),
            basis=self._texts["basis"].toPlainText(),
            ways=tuple(way for way, box in self._ways.items() if box.isChecked()),
            legal_aid=self._legal_aid.isChecked(),
            working_notes=self._texts["working_notes"].toPlainText(),
        )

    def fill(self, form: ConsultationForm) -> None:
        """Show a form; a field that says the same already keeps its cursor."""
        for name, box in self._texts.items():
            text = getattr(form, name)
            if box.toPlainText() != text:
                box.setPlainText(text)
        for way, check in self._ways.items():
            check.setChecked(way in form.ways)
        self._legal_aid.setChecked(form.legal_aid)
        self.show_faults(())

    def show_faults(self, faults: Sequence[Fault]) -> None:
        """Say every fault at its field and go to the first; fields without one say nothing."""
        said = {fault.field: fault.sentence for fault in reversed(faults)}
        for name, field in self._fields.items():
            field.set_fault(said.get(name, ""))
        if faults and (first := self.widget(faults[0].field)) is not None:
            first.setFocus()

    def mend(self, name: str) -> None:
        """Take back what was said of a field: it was changed since."""
        self._fields[name].set_fault("")

    def fault(self, name: str) -> str:
        """What is said of a field now; empty if nothing."""
        return self._fields[name].fault

    def fit(self) -> None:
        """Give every text its least number of lines in the present type."""
        for name, box in self._texts.items():
            box.setMinimumHeight(box.fontMetrics().lineSpacing() * _LINES[name] + 24)

    def widget(self, name: str) -> QWidget | None:
        """The widget that a fault's field path points at."""
        return self._ways[AdvisedWay.LITIGATION] if name == "ways" else self._texts.get(name)

    def texts(self) -> dict[str, QPlainTextEdit]:
        """The texts by the name of their field, in reading order."""
        return self._texts

    def checks(self) -> tuple[QCheckBox, ...]:
        """The check boxes in reading order."""
        return (*self._ways.values(), self._legal_aid)


def _put_field(ui: Ui_ConsultationForm, editor: QWidget) -> Field:
    """Put a field around an editor, in the editor's place."""
    grid = ui.fields
    at = grid.indexOf(editor)
    places = (divmod(place, grid.columnCount()) for place in range(grid.rowCount() * grid.columnCount()))
    row, column = next(place for place in places if grid.itemAtPosition(*place) is grid.itemAt(at))
    field = Field(editor, parent=ui.writing)
    grid.addWidget(field, row, column)
    return field
