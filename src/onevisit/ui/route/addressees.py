"""Where the matter goes, or the visitor: organs of the directory, or any other by its name; several for a joint one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from onevisit.rules import organs, text
from onevisit.rules.organs import Directory, Organ
from onevisit.rules.route_choice import joint_notice
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.rulesets import RuleSet
from onevisit.ui.widgets.field import Field
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_UNKNOWN = "名录里没有这个单位：地址、电话、时间请当面问清，写在给来访人的单子上；也可以请管理员补进名录。"


class Addressees(QWidget):
    """The organs that were chosen, the first one in the lead, and how to choose one more.

    Signals:
        changed(): others are chosen now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self._directory: Directory = ()
        self._rules = RULES_2022
        self._offered: tuple[str, ...] = ()
        self.heading: QLabel = plain_label("", "section")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.pick = QComboBox(self)
        self.pick.setEditable(True)
        self.pick.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.pick.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.pick.setMinimumContentsLength(8)
        self.add = QPushButton("加上(&J)", self)
        self.add.setAutoDefault(False)
        self.details: QLabel = plain_label("", "quiet")
        self.notice: QLabel = plain_label("", tone="attention")
        self._build()

    def offer(self, heading: str, fitting: Directory, directory: Directory, rules: RuleSet) -> None:
        """Offer these organs, the nearest already chosen; what the clerk chose herself stays.

        Args:
            heading: what the organs are for.
            fitting: those that take this route.
            directory: all, so that a typed name is known too.
            rules: the set of the matter.
        """
        self._directory, self._rules = directory, rules
        self.heading.setText(heading)
        names = tuple(one.name for one in fitting)
        if names != self._offered:
            own = tuple(one for one in self.names if one not in self._offered)
            self._offered = names
            self.names = own or names[:1]
            typed = self.pick.currentText()
            self.pick.clear()
            self.pick.addItems(names)
            self._clear_line()
            self.pick.setEditText(typed)
        self._show()

    def touched(self) -> bool:
        """Whether others are chosen than were offered, or one is half typed."""
        return self.names != self._offered[:1] or bool(self.pick.currentText().strip())

    def commit(self) -> None:
        """Take what is typed and was not added yet: nothing typed is lost."""
        self._add()

    def forget(self) -> None:
        """Begin anew for another matter."""
        self.names, self._offered = (), ()
        self.pick.clear()
        self._clear_line()
        self._show()

    def choose(self, *names: str) -> None:
        """Choose these organs."""
        self.names = names
        self._show()
        self.changed.emit()

    def known(self, name: str) -> Organ | None:
        """The organ of the directory that has this name."""
        return next((one for one in self._directory if one.name == name), None)

    def set_fault(self, sentence: str) -> None:
        """Say what is wrong with the choice, or that nothing is (empty)."""
        self._field.set_fault(sentence)

    def _build(self) -> None:
        pick = QWidget(self)
        row = QHBoxLayout(pick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.pick, 1)
        row.addWidget(self.add)
        line = self.pick.lineEdit()
        if line is not None:
            line.setPlaceholderText("再加一个单位：从名录里选，或者写名称")
            line.setAccessibleName("再加一个单位")
            line.returnPressed.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addLayout(self._rows)
        column.addWidget(pick)
        self._field = Field(self.pick, around=pick)
        column.addWidget(self.notice)
        column.addWidget(self.details)
        self.add.clicked.connect(self._add)
        self.pick.activated.connect(self._add)

    def _add(self) -> None:
        name = text.tidy(self.pick.currentText())
        self._clear_line()
        if name and name not in self.names:
            self.choose(*self.names, name)

    def _drop(self, name: str) -> None:
        self.choose(*(one for one in self.names if one != name))

    def _clear_line(self) -> None:
        self.pick.setCurrentIndex(-1)
        self.pick.clearEditText()

    def _show(self) -> None:
        clear(self._rows)
        for place, name in enumerate(self.names):
            self._rows.addLayout(self._row(name, lead=place == 0 and len(self.names) > 1))
        joint = joint_notice(self.names, self._rules)
        self.notice.setText(joint)
        self.notice.setVisible(bool(joint))
        lines = _details([(name, self.known(name)) for name in self.names[:2]])
        self.details.setText(lines)
        self.details.setVisible(bool(lines))

    def _row(self, name: str, *, lead: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(plain_label(f"✓ {name}{'（牵头）' if lead else ''}"), 1)
        drop = QPushButton("去掉", self)
        drop.setAutoDefault(False)
        drop.setAccessibleName(f"去掉{name}")
        set_style(drop, role="small")
        drop.clicked.connect(partial(self._drop, name))
        row.addWidget(drop)
        return row


def _details(chosen: Sequence[tuple[str, Organ | None]]) -> str:
    """What the visitor has to know of the first organs."""
    found: list[str] = []
    for _name, organ in chosen[:1]:
        if organ is None:
            found.append(_UNKNOWN)
            continue
        found += [line for line in organs.taken_along(organ) if not line.startswith("去哪里")]
        lacking = organs.what_is_lacking(organ)
        found += [lacking] if lacking else []
    return "\n".join(found)
