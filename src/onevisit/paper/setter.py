"""What composing any document begins with: a flow as wide as its paper, and the five styles of its type."""

from collections.abc import Iterable

from onevisit.paper.flow import Flow, Style
from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import PaperProfile


class Setter:
    """Composes one document in reading order; a subclass adds to ``flow`` what it says."""

    def __init__(self, profile: PaperProfile, fonts: FontBook) -> None:
        sizes = profile.sizes
        self.flow = Flow(profile.inner_width, fonts)
        self._fonts = fonts
        self._title, self._lead = Style(sizes.title, bold=True), Style(sizes.lead, bold=True)
        self._body, self._strong, self._small = Style(sizes.body), Style(sizes.body, bold=True), Style(sizes.small)

    def _labelled(self, facts: Iterable[tuple[str, str]], air: float = 0.0) -> None:
        """Add labels below one another, each with what it says beside it; what says nothing is left out."""
        said = [(label, text) for label, text in facts if text]
        column = max((self._fonts.width(label, self._body.size) for label, _ in said), default=0.0) + self._body.size
        for label, text in said:
            self.flow.hanging(label, text, self._body, self._body, column)
            if air:
                self.flow.gap(air)

    def _bullets(self, items: Iterable[str]) -> None:
        """Add a list."""
        for item in items:
            self.flow.hanging("•", item, self._body, self._body, self._body.size)
