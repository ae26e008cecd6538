"""Code lists whose members carry the word that stands on the screen and on paper."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A code list: the value is what the store keeps, ``label`` is the Chinese word that people read."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        """Make a member whose value is ``code`` and whose label is ``label``."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def from_label(cls, label: str) -> Self:
        """Find the member that people call ``label``.

        Raises:
            ValueError: no member is called so.
        """
        for member in cls:
            if member.label == label:
                return member
        raise ValueError(f"{cls.__name__} has no member called {label!r}")

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Find the member that the store keeps as ``code``.

        Raises:
            ValueError: no member is kept so.
        """
        # by the enumeration's own table: rows by the hundred thousand pass here
        found = cls._value2member_map_.get(code)
        if isinstance(found, cls):
            return found
        raise ValueError(f"{cls.__name__} has no member kept as {code!r}")
