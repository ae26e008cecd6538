"""Tables as files that spreadsheet programs open: as text, and so that no cell is run as a formula."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

Cell = str | int | datetime
"""Text, a figure, or a moment by the clock on the wall (without its zone)."""

_RUN = frozenset("=+-@\u2212")
"""What begins a formula (and a DDE call) in Excel, WPS and LibreOffice; full-width forms are read as these."""
_STRIPPED = frozenset("\t\r\n")
"""What a program may take away before it looks at the first character."""
_QUOTE = "'"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table as a CSV file: UTF-8 with BOM, so that Excel reads Chinese; CRLF; every text in quotes.

    A text that a spreadsheet would run, or that begins with an apostrophe itself, has one put before it, which
    these programs take for “this is text”. Figures stay figures.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([harmless(name) for name in header])
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + target.getvalue().encode("utf-8", "replace")


def _csv_cell(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    return harmless(cell) if isinstance(cell, str) else int(cell)


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs; without its first apostrophe it is the text again."""
    return _QUOTE + text if is_run(text) or text.startswith(_QUOTE) else text


def is_run(text: str) -> bool:
    """Whether a spreadsheet might run a cell of this text: what it looks at first begins a formula."""
    if text[:1] in _STRIPPED and text:
        return True
    return _first_seen(text) in _RUN


def _first_seen(text: str) -> str:
    """The first character that is no blank and not invisible, in its half-width form; empty if there is none."""
    for character in text:
        plain = unicodedata.normalize("NFKC", character).strip()[:1]
        if plain and unicodedata.category(plain) not in {"Cc", "Cf", "Cs"}:
            return plain
    return ""
