"""What was handed in: name, original or copy, pages, whether the window keeps it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from onevisit.rules.classification import MaterialForm
from onevisit.rules.faults import Fault
from onevisit.rules.forms import MaterialEntry
from onevisit.ui._forms.registration_material import Ui_MaterialDialog
from onevisit.ui.registration.entry_dialog import EntryDialog
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.key_steps import set_tab_order, stops_of
from onevisit.ui.widgets.style import em

_KEPT, _RETURNED = "kept", "returned"
_PAGES_AT_MOST = 4
_SIGNS_OF_COPY = ("复印", "照片", "截图", "扫描")
UNREADABLE_PAGES = "页数请填数字；没有点数就不填。"


class MaterialDialog(EntryDialog):
    """Asks for one thing that was handed in; None is a new one."""

    def __init__(self, material: MaterialEntry | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_MaterialDialog()
        self.ui.setupUi(self)
        ui = self.ui
        self.setWindowTitle("材料")
        self._form_chosen = material is not None
        ui.form.set_choices([(kind.value, kind.label) for kind in MaterialForm])
        ui.kept.set_choices([(_KEPT, "收下"), (_RETURNED, "看过当场退还")])
        self._frame()
        self.wire((ui.remove, ui.cancel, ui.more, ui.accept_button), new=material is None)
        self._show(material or MaterialEntry(""))
        ui.name.textEdited.connect(self._guess_form)
        ui.form.changed.connect(self._on_form)
        self.setMinimumWidth(em(self, 30))
        ui.name.setFocus()

    def entry(self) -> MaterialEntry:
        """What was entered."""
        ui = self.ui
        pages = ui.pages.text().strip()
        return MaterialEntry(
            name=ui.name.text(),
            form=MaterialForm.from_code(ui.form.value() or MaterialForm.COPY.value),
            pages=int(pages) if pages.isdecimal() else 0,
            kept=ui.kept.value() != _RETURNED,
        )

    def half_typed(self) -> dict[str, str]:
        """Pages that are no number."""
        typed = self.ui.pages.text()
        pages = self.entry().pages
        return {} if typed == (str(pages) if pages else "") else {"pages": typed}

    def set_half_typed(self, entry: MaterialEntry, texts: Mapping[str, str]) -> None:
        """Show an entry and, over it, what ``half_typed`` gave."""
        self._show(entry)
        if "pages" in texts:
            self.ui.pages.setText(texts["pages"])

    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return not (self.ui.name.text().strip() or self.ui.pages.text().strip())

    def faults(self) -> Sequence[Fault]:
        """What is wrong, by the names of the fields."""
        found = []
        if not self.ui.name.text().strip():
            found.append(Fault("name", "请填写材料名称。"))
        pages = self.ui.pages.text().strip()
        if pages and (not pages.isdecimal() or len(pages) > _PAGES_AT_MOST):
            found.append(Fault("pages", UNREADABLE_PAGES))
        return found

    def _show(self, material: MaterialEntry) -> None:
        ui = self.ui
        ui.name.setText(material.name)
        ui.form.set_value(material.form.value)
        ui.pages.setText(str(material.pages) if material.pages else "")
        ui.kept.set_value(_KEPT if material.kept else _RETURNED)

    def _frame(self) -> None:
        ui = self.ui
        for name, editor in (("name", ui.name), ("form", ui.form), ("pages", ui.pages), ("kept", ui.kept)):
            self.fields[name] = Field(editor)
        stops = [stop for one in (ui.name, ui.form, ui.pages, ui.kept) for stop in stops_of(one)]
        set_tab_order([*stops, ui.accept_button, ui.more, ui.cancel, ui.remove])

    def _guess_form(self, name: str) -> None:
        """A name that says 复印件 or 照片 needs no second answer; one chosen by hand stays."""
        if not self._form_chosen and name.strip():
            copied = any(sign in name for sign in _SIGNS_OF_COPY)
            self.ui.form.blockSignals(True)
            self.ui.form.set_value((MaterialForm.COPY if copied else MaterialForm.ORIGINAL).value)
            self.ui.form.blockSignals(False)

    def _on_form(self) -> None:
        self._form_chosen = True
