"""细类: the second or third level of the content class; the field is there only while there is something to choose."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from onevisit.rules.content_tree import ContentNode
from onevisit.ui.registration import choices
from onevisit.ui.widgets.find_combo import FindCombo


class ContentDetail(QObject):
    """Offers what the unit's tree has below the chosen class.

    Args:
        content: the class.
        detail: what is below it.
        show: shows or hides the field.
    """

    def __init__(self, content: FindCombo, detail: FindCombo, show: Callable[[bool], None]) -> None:
        super().__init__(detail)
        self._content, self._detail, self._show = content, detail, show
        self._tree: tuple[ContentNode, ...] = ()
        self._wanted = ""
        content.chosen.connect(self._offer)
        self._offer()

    def set_tree(self, tree: Sequence[ContentNode]) -> None:
        """Take the unit's tree; what was chosen stays while it is still offered."""
        if tuple(tree) != self._tree:
            self._tree = tuple(tree)
            self._offer()
            if not self.value():
                self._detail.set_value(self._wanted or None)

    def value(self) -> str:
        """The code that was chosen; empty for none."""
        return self._detail.value() or ""

    def set_value(self, code: str) -> None:
        """Choose a code; one that is not offered means none, unless the tree that comes later offers it."""
        self._wanted = code
        self._detail.set_value(code or None)

    def _offer(self) -> None:
        offered = choices.details(self._tree, self._content.value())
        self._detail.set_choices(offered)
        self._show(bool(offered))
