"""The small form of one action: a day, an organ, an outcome …; faults stand at their rows, what is late asks why."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from onevisit.desk.drafts import TypedText
from onevisit.rules.faults import Fault
from onevisit.ui._forms.matter_step import Ui_MatterStepForm
from onevisit.ui.matters.half_typed import KeptCard
from onevisit.ui.matters.step_specs import ROWS, StepSpec, Typed
from onevisit.ui.registration.person_fields import read_day
from onevisit.ui.system.fields import FormFields
from onevisit.ui.widgets.labels import all_plain
from onevisit.ui.widgets.sight import KeptInSight
from onevisit.ui.widgets.style import announce
from onevisit.ui.widgets.typed_text import put_text, text_of

_DAYS = ("on", "until")
_UNREADABLE = "这不是一个日期，请像 2026-12-01 这样填写。"


class StepCard(KeptCard):
    """Shows the form of one action at a time; what is typed stays until it is saved or put away."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ui = Ui_MatterStepForm()
        self.ui.setupUi(self)
        all_plain(self)
        self.spec: StepSpec | None = None
        self._begun: tuple[TypedText, ...] = ()
        self._editors: dict[str, QWidget] = {name: getattr(self.ui, name) for name in ROWS}
        rows = {name: (getattr(self.ui, f"{name}Label"), self._editors[name]) for name in ROWS}
        self.fields = FormFields(self.ui.grid, rows, self)
        note = self.ui.note
        self.fit()
        note.textChanged.connect(lambda: self.fields.field("note").set_fault(""))
        self.ui.other.editTextChanged.connect(lambda: self.fields.field("other").set_fault(""))
        self.ui.choice.currentIndexChanged.connect(self._follow)
        self.connect_keys(self.ui.send, self.ui.cancel)
        KeptInSight((self.ui.send, self.ui.cancel), self)
        self.hide()

    @property
    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.spec is not None and self.texts() != self._begun

    def begin(self, spec: StepSpec) -> None:
        """Show the form of an action."""
        self.spec = spec
        self.ui.heading.setText(spec.heading)
        self.ui.hint.setText(spec.hint)
        self.ui.hint.setVisible(bool(spec.hint))
        for name in ROWS:
            self._begin_row(name, spec)
        self.show_faults(())
        self._begun = self.texts()
        self.show()

    def texts(self) -> tuple[TypedText, ...]:
        """What stands in the rows as it stands there, half a day too."""
        rows = self.spec.rows if self.spec is not None else {}
        shown = (name for name in ROWS if name in rows or name == "late_reason")
        return tuple(TypedText(name, text_of(self._editors[name])) for name in shown)

    def put(self, texts: Iterable[TypedText]) -> None:
        """Put back what was typed before; a choice first, since it may bring what stands in other rows."""
        for one in texts:
            if one.field in self._editors:
                put_text(self._editors[one.field], one.text)
        self.fields.set_visible("late_reason", visible=bool(self.ui.late_reason.text()))

    def put_away(self) -> None:
        """Close it; what was typed goes."""
        self.spec = None
        self.hide()

    def typed(self) -> Typed:
        """What stands in the rows."""
        ui = self.ui
        chosen = ui.other.currentIndex()
        other = ui.other.currentText()
        if chosen >= 0 and other == ui.other.itemText(chosen):
            other = ui.other.currentData()
        return Typed(
            choice=ui.choice.currentData(),
            choice2=ui.choice2.currentData(),
            other=other,
            days=ui.days.text(),
            on=read_day(ui.on.text().strip()),
            until=read_day(ui.until.text().strip()),
            organ=ui.organ.text(),
            document_no=ui.document_no.text(),
            note=ui.note.toPlainText(),
            late_reason=ui.late_reason.text(),
        )

    def own_faults(self) -> tuple[Fault, ...]:
        """Days that cannot be read or are missing; they are said before the desk is asked."""
        spec = self.spec
        if spec is None:
            return ()
        typed = {name: self._line(name).text().strip() for name in _DAYS if name in spec.rows}
        unreadable = (Fault(name, _UNREADABLE) for name, day in typed.items() if day and read_day(day) is None)
        missing = (Fault(name, f"请填写{spec.rows[name]}。") for name in spec.needed if not typed[name])
        return *unreadable, *missing

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Show each fault at its row; what is late shows the row that asks why."""
        names = self.spec.faults if self.spec is not None else {}
        placed = tuple(Fault(names.get(one.field, one.field), one.sentence, one.article) for one in faults)
        late = any(one.field == "late_reason" for one in placed)
        if late:
            self.fields.set_visible("late_reason", visible=True)
        elsewhere = "".join(one.sentence for one in placed if not self._shows(one.field))
        self.ui.fault.setText(elsewhere)
        self.ui.fault.setVisible(bool(elsewhere))
        announce(self, elsewhere)
        self.fields.show_faults(placed)

    def show_sentence(self, sentence: str) -> None:
        """Say above the buttons why nothing was saved; what is typed stays."""
        self.ui.fault.setText(sentence)
        self.ui.fault.setVisible(bool(sentence))
        announce(self, sentence)

    def stops(self) -> tuple[QWidget, ...]:
        """What Enter goes through, in order."""
        return *self._editors.values(), self.ui.send

    def focus_first(self) -> None:
        """The first row."""
        first = next((editor for editor in self._editors.values() if editor.isVisibleTo(self)), self.ui.send)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- rows -------------------------------------------------------------------------------------------------------

    def _begin_row(self, name: str, spec: StepSpec) -> None:
        editor, word = self._editors[name], spec.rows.get(name, "超期理由" if name == "late_reason" else "")
        getattr(self.ui, f"{name}Label").setText(word)
        editor.setAccessibleName(word)
        if isinstance(editor, QComboBox):
            editor.clear()
            for value, label in self._choices(name, spec):
                editor.addItem(label, value)
            if name == "other":
                editor.setCurrentIndex(-1)
                editor.setEditText("")
        elif isinstance(editor, QLineEdit):
            editor.setText(spec.start.get(name, ""))
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(spec.start.get(name, ""))
        self.fields.set_visible(name, visible=name in spec.rows)

    def _choices(self, name: str, spec: StepSpec) -> Iterator[tuple[object, str]]:
        if name == "other":
            yield from spec.others
        elif name == "choice2":
            yield from spec.choices2
        else:
            if spec.blank and spec.choices:
                yield "", spec.blank
            yield from spec.choices

    def _follow(self) -> None:
        if self.spec is not None and self.spec.follow is not None and self.ui.choice.currentData() is not None:
            for name, text in self.spec.follow(self.ui.choice.currentData()).items():
                self._line(name).setText(text)

    def _line(self, name: str) -> QLineEdit:
        editor = self._editors[name]
        if not isinstance(editor, QLineEdit):
            raise TypeError(name)
        return editor

    def _shows(self, name: str) -> bool:
        return name in self.fields and self._editors[name].isVisibleTo(self)
