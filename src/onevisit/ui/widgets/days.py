"""Days in fields: from the calendar of Python to the one of Qt and back."""

from datetime import date

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit


def set_day(edit: QDateEdit, day: date) -> None:
    """Show a day."""
    edit.setDate(QDate(day.year, day.month, day.day))


def day_of(edit: QDateEdit) -> date:
    """The day that stands in a field."""
    shown = edit.date()
    return date(shown.year(), shown.month(), shown.day())
