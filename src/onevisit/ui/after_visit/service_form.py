"""登记送达: which document, how, and whether it was taken."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from onevisit.desk import service
from onevisit.desk.desk import Desk
from onevisit.desk.service import OPINIONS, ToServe
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import ServedDocument, ServiceForm, ServiceMethod, ServiceOutcome
from onevisit.rules.clocks import show_day
from onevisit.ui._forms.after_service import Ui_AfterServiceForm
from onevisit.ui.after_visit.form import AfterForm
from onevisit.ui.drafts import DraftKeeper
from onevisit.ui.page import Context
from onevisit.ui.widgets.days import day_of, set_day
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import all_plain

_HINT = "拒收的要有见证人在场；拒收当天算送达（示例，以本地文件为准）。"

_BEGINS = {
    ServedDocument.OPINION: "，送达后起算申请复查的期限",
    ServedDocument.REVIEW: "，送达后起算申请复核的期限",
}


class ServiceCard(AfterForm):
    """Fills in by itself what is known: the opinion that waits, its number, and the day of today."""

    key, word, fine_words = "service", "登记送达", "送达已记下。"

    def __init__(self, context: Context, keeper: DraftKeeper, parent: QWidget) -> None:
        super().__init__(context, keeper, parent)
        self.ui = Ui_AfterServiceForm()
        self.ui.setupUi(self)
        all_plain(self)
        self._waiting: Sequence[ToServe] = ()
        self._number = ""
        for document in ServedDocument:
            self.ui.document.addItem(document.label, document)
        self.ui.method.set_choices([(one, one.label) for one in ServiceMethod])
        self.ui.outcome.set_choices([(one, one.label) for one in ServiceOutcome])
        self.fit()
        names = ("document_no", "outcome", "witness", "on", "note")
        self.set_up(
            self.ui.save,
            self.ui.cancel,
            self.ui.fault,
            {name: Field(getattr(self.ui, name), parent=self) for name in names},
            {"document": self.ui.document, "method": self.ui.method},
        )
        self.ui.document.currentIndexChanged.connect(self._on_document)
        self.ui.outcome.changed.connect(self._show_witness)

    def begin(self, shown: Seen, waiting: Sequence[ToServe], today: date) -> None:
        """Open it for a matter: the opinion that waits to be served, or a notice."""
        self._waiting = waiting
        self.ui.document_no.clear()
        self._number = ""
        first = waiting[0].document if waiting else ServedDocument.NOTICE
        self.ui.document.setCurrentIndex(self.ui.document.findData(first))
        self._on_document()
        self.ui.method.set_value(ServiceMethod.IN_PERSON)
        self.ui.outcome.set_value(ServiceOutcome.SIGNED)
        self.ui.witness.clear()
        self.ui.note.clear()
        set_day(self.ui.on, today)
        self._show_witness()
        self.show_for(shown, self.ui.document)

    def typed(self) -> ServiceForm:
        """What stands in the fields."""
        step = self._step()
        return ServiceForm(
            document=self._document(),
            method=self.ui.method.value() or ServiceMethod.IN_PERSON,
            outcome=self.ui.outcome.value() or ServiceOutcome.SIGNED,
            on=day_of(self.ui.on),
            document_no=self.ui.document_no.text(),
            witness=self.ui.witness.text(),
            note=self.ui.note.toPlainText(),
            step_id=step.step_id if step else None,
        )

    def work(self, shown: Seen) -> Callable[[Desk], object]:
        """Record the service."""
        form = self.typed()
        return lambda desk: service.serve(desk, shown, form)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        ui = self.ui
        return ui.document, ui.document_no, ui.method, ui.outcome, ui.witness, ui.on, ui.note, ui.save

    def _document(self) -> ServedDocument:
        return ServedDocument.from_code(self.ui.document.currentData())

    def _step(self) -> ToServe | None:
        document = self._document()
        return next((one for one in self._waiting if one.document is document), None)

    def _on_document(self) -> None:
        """Bring the number of an opinion that is known, and say what its service begins."""
        step = self._step()
        if self.ui.document_no.text() == self._number:
            self._number = step.document_no if step else ""
            self.ui.document_no.setText(self._number)
        self.ui.hint.setText(self._words(step))

    def _words(self, step: ToServe | None) -> str:
        if step is not None:
            begins = _BEGINS.get(step.document, "")
            return f"{show_day(step.on)}作出{begins}。{_HINT}"
        if self._document() in OPINIONS:
            return f"“办理”里没有等着送达的这份意见书；照样可以记下，但不会起算期限。{_HINT}"
        return _HINT

    def _show_witness(self) -> None:
        refused = self.ui.outcome.value() is ServiceOutcome.REFUSED
        self._fields["witness"].setVisible(refused)
        self.ui.witnessLabel.setVisible(refused)
