"""The fields of a small form: faults at their fields, green words, the labels that stand beside them."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLayout, QLineEdit, QWidget

from onevisit.rules.accounts import SHORTEST_PASSWORD, password_fault
from onevisit.rules.faults import Fault
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.find_combo import FindCombo
from onevisit.ui.widgets.layouts import put_in_place
from onevisit.ui.widgets.sight import bring_into_sight

PASSWORD_RULE = f"至少 {SHORTEST_PASSWORD} 位，含大写字母、小写字母、数字、符号中的三种，不含账号名。"
"""Said before anybody types."""


class FormFields(QObject):
    """Editors of one form by the names of the form object's attributes, in reading order.

    Each editor is put into a ``Field``, with its neighbours where ``around`` names what holds them; its label stays
    beside the editor when a fault appears beneath. A fault goes when its field is changed.
    """

    def __init__(
        self,
        layout: QLayout,
        rows: Mapping[str, tuple[QLabel, QWidget]],
        parent: QWidget,
        around: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field] = {}
        self._labels: dict[str, QLabel] = {}
        for name, (label, editor) in rows.items():
            self._labels[name] = label
            self._fields[name] = _with_words(layout, editor, parent, (around or {}).get(name, editor))
            layout.setAlignment(label, Qt.AlignmentFlag.AlignTop)
            editor.installEventFilter(self)
            _on_change(editor, self._forget(name))

    def __contains__(self, name: str) -> bool:
        """Whether this form has a field of that name."""
        return name in self._fields

    def field(self, name: str) -> Field:
        """The field of an attribute."""
        return self._fields[name]

    def set_visible(self, name: str, *, visible: bool) -> None:
        """Show or hide a field with its label."""
        self._labels[name].setVisible(visible)
        self._fields[name].setVisible(visible)

    def show_faults(self, faults: Iterable[Fault]) -> bool:
        """Show those faults that stand at these fields, and go to the first; whether there was any."""
        sentences: dict[str, str] = {}
        for fault in faults:
            sentences.setdefault(fault.field, fault.sentence)
        for name, field in self._fields.items():
            field.set_fault(sentences.get(name, ""))
        first = next((field for name, field in self._fields.items() if name in sentences), None)
        if first is not None:
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep each label as tall as its editor, whatever the type size, and the field that has the cursor in sight."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            for name, field in self._fields.items():
                if field.editor is watched:
                    self._labels[name].setFixedHeight(field.editor.height())
        elif event.type() == QEvent.Type.FocusIn:
            for field in self._fields.values():
                if field.editor is watched:
                    bring_into_sight(field)
        return False

    def _forget(self, name: str) -> Callable[[], None]:
        return lambda: self._fields[name].set_fault("")


class PasswordPair(QObject):
    """A new password typed twice: what it must be, whether it is so far, and a box that shows both."""

    def __init__(self, fields: FormFields, first: QLineEdit, again: QLineEdit, show: QCheckBox) -> None:
        super().__init__(show)
        self._fields, self._first, self._again = fields, first, again
        self._login: Callable[[], str] = str
        self.name, self.again_name = "password", "password_again"
        show.toggled.connect(self._reveal)
        first.textChanged.connect(self.judge)
        again.textChanged.connect(self.judge)
        self._show = show

    def use(self, login: Callable[[], str], *, name: str = "password") -> None:
        """Tell whose account it is, and the name of the field of the first password."""
        self._login, self.name = login, name

    def password(self) -> str:
        """The password as typed."""
        return self._first.text()

    def again(self) -> str:
        """The second typing."""
        return self._again.text()

    def clear(self) -> None:
        """Forget both and hide them again."""
        self._first.clear()
        self._again.clear()
        self._show.setChecked(False)

    def own_faults(self) -> tuple[Fault, ...]:
        """What is wrong with the pair before anybody is asked."""
        first = password_fault(self.password(), self._login())
        if not self.password():
            first = f"密码还没有填写。{PASSWORD_RULE}"
        second = "" if first or self.password() == self.again() else "两次输入的密码不一样，请重新输入。"
        pairs = ((self.name, first), (self.again_name, second))
        return tuple(Fault(name, sentence) for name, sentence in pairs if sentence)

    def judge(self) -> None:
        """Confirm in green what is right so far; faults wait until the form is sent."""
        good = bool(self.password()) and not password_fault(self.password(), self._login())
        same = good and self.password() == self.again()
        self._fields.field(self.name).set_fine("符合要求" if good else "")
        self._fields.field(self.again_name).set_fine("两次一样" if same else "")

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._first.setEchoMode(mode)
        self._again.setEchoMode(mode)


def _with_words(layout: QLayout, editor: QWidget, parent: QWidget, around: QWidget) -> Field:
    """Put an editor of a layout, or what is around it, into a ``Field`` that takes its place."""
    holder = QWidget(parent)
    put_in_place(layout, around, holder)
    line = editor if isinstance(editor, QLineEdit) else None
    field = Field(editor, line, parent, around=around)
    put_in_place(layout, holder, field)
    holder.deleteLater()
    return field


def _on_change(editor: QWidget, slot: Callable[[], None]) -> None:
    if isinstance(editor, FindCombo):
        editor.chosen.connect(slot)
    elif isinstance(editor, QComboBox):
        editor.currentIndexChanged.connect(slot)
    elif isinstance(editor, QLineEdit):
        editor.textChanged.connect(slot)
