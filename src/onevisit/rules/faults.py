"""What is wrong with something a person gave us, said where it stands and in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from onevisit.rules.text import visible_length


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault at one field.

    Attributes:
        field: where it stands, as a dotted path into the form (``lead.id_number``, ``companions.2.name``, ``title``).
        sentence: one plain Chinese sentence: what is wrong and what to do next.
        article: the article that says so, where it is law; empty otherwise.
    """

    field: str
    sentence: str
    article: str = ""


class PlainFault(Exception):
    """What the world did (disk full, wrong password, bad input), as one plain Chinese sentence with what to do next.

    The window shows ``sentence`` as it is. A bug is any other exception and goes to the crash dialog and the log.

    Attributes:
        backup_helps: whether the data is beyond use and a restore from a backup is the way on.
    """

    backup_helps: ClassVar[bool] = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def length_faults(field: str, value: str, at_most: int, word: str, advice: str = "") -> Iterator[Fault]:
    """Refuse what is longer than ``at_most`` characters as a reader counts them."""
    length = visible_length(value)
    if length > at_most:
        yield Fault(field, f"{word}有 {length} 字，最多 {at_most} 字，请缩短{advice}。")
