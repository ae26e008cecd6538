"""What is at fault with the form, said at its fields and taken back as soon as it is mended."""

from collections.abc import Callable
from datetime import date

from onevisit.rules import registration
from onevisit.rules.faults import Fault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.rulesets import RuleSet
from onevisit.ui.registration import form_values
from onevisit.ui.registration.form_panel import FormPanel
from onevisit.ui.registration.form_values import VisitorKind
from onevisit.ui.registration.likeness_panel import LikenessPanel

_ANSWER_FIELDS = {"person_answers": "return_reason", "matter_answers": "return_reason"}


class FaultTeller:
    """Says the faults of one page.

    Args:
        panel: the form.
        likeness: the answers about likenesses.
        kind: the kind of visitor now chosen.
        today: the local day.
        rules: the set that a visit of today is registered under.
    """

    def __init__(
        self,
        panel: FormPanel,
        likeness: LikenessPanel,
        kind: Callable[[], VisitorKind],
        today: Callable[[], date],
        rules: Callable[[], RuleSet],
    ) -> None:
        self._panel, self._likeness = panel, likeness
        self._kind, self._today, self._rules = kind, today, rules
        self._tried = False

    def of(self, form: RegistrationForm) -> tuple[Fault, ...]:
        """Everything that is at fault with the form now, in reading order."""
        found = registration.check(form, self._today(), self._rules())
        return (*form_values.own_faults(self._panel, self._kind()), *found)

    def tell(self, faults: tuple[Fault, ...]) -> None:
        """Say each fault at its field, after somebody tried to save; from now on empty fields are complained of too."""
        self._tried = True
        self._say(faults)

    def forget(self) -> None:
        """The form is begun anew: nothing is at fault yet."""
        self._tried = False
        self._say(())

    def first(self, faults: tuple[Fault, ...]) -> str:
        """The path of the fault that stands highest on the page."""
        return min(faults, key=self._place_of).field

    def fields(self, faults: tuple[Fault, ...]) -> int:
        """At how many fields something is wrong."""
        return len({self._panel.field_of(fault.field) for fault in faults})

    def left(self, name: str, form: Callable[[], RegistrationForm]) -> None:
        """The cursor left a field: say what is wrong with it; an empty one only after a try to save."""
        if self._tried or self._panel.is_filled(name):
            self._panel.show_fault_at(name, self.of(form()))

    def recheck(self, form: RegistrationForm) -> None:
        """A fault goes as soon as it is mended."""
        shown = [name for name, field in self._panel.fields.items() if field.fault]
        if shown or self._likeness.reason_field.fault:
            faults = self.of(form)
            for name in shown:
                self._panel.show_fault_at(name, faults)
            if not any(fault.field.startswith("return") for fault in faults):
                self._likeness.show_faults({})

    def _place_of(self, fault: Fault) -> int:
        """Where a fault stands, counted from the top; the answers stand below the visitor."""
        order = list(self._panel.fields)
        name = self._panel.field_of(fault.field)
        return order.index(name if name in order else "organisation")

    def _say(self, faults: tuple[Fault, ...]) -> None:
        self._panel.show_faults(faults)
        said = {_ANSWER_FIELDS.get(one.field, one.field): one.sentence for one in reversed(faults)}
        self._likeness.show_faults(said)
