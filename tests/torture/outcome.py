"""What came of one torment: how often it was tried, what was lost, what leaked, and in words what went wrong."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table.

    Attributes:
        name: what was tried.
        tried: how often.
        lost: how often something was lost, half-done, changed in silence, or ended in a traceback.
        leaked: how often a word of a person was found where nobody may read it.
        said: one sentence for each loss and leak.
    """

    name: str
    tried: int
    lost: int
    leaked: int
    said: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, nothing leaked, and anything was tried at all."""
        return self.tried > 0 and not (self.lost or self.leaked)


@dataclass(slots=True)
class Tally:
    """Counts while a torment goes on."""

    name: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)

    def lose(self, *sentences: str) -> None:
        """Note what was lost, one sentence for each thing."""
        self.lost.extend(sentences)

    def leak(self, *sentences: str) -> None:
        """Note what leaked."""
        self.leaked.extend(sentences)

    def outcome(self) -> Outcome:
        """The line of the table."""
        return Outcome(self.name, self.tried, len(self.lost), len(self.leaked), (*self.lost, *self.leaked))
