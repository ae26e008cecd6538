"""Cleaning what people type or paste, without ever changing what they meant."""

import re
import unicodedata
from string import ascii_lowercase, ascii_uppercase

_BREAKS = "\n\v\f\r\x85\u2028\u2029"
_TAB = "    "
_RUN_OF_CONTROLS = re.compile(r" *[\x00-\x1f\x7f-\x9f\u2028\u2029][ \x00-\x1f\x7f-\x9f\u2028\u2029]*")
_CONTROLS_BUT_NEWLINE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_ANY_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
_BLANKS_AT_LINE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
_UPPER = str.maketrans(ascii_lowercase, ascii_uppercase)
_MINUS_SIGN = "\u2212"


def tidy(text: str) -> str:
    """Clean a single-line field.

    The ends are trimmed; a run of control characters and line breaks becomes one space; zero-width characters and
    those that turn the writing direction go. The form is NFC, not NFKC: rare characters, private-use characters,
    variation selectors and full-width punctuation stay as they are.
    """
    return _nfc(_RUN_OF_CONTROLS.sub(" ", _without_invisible(text))).strip()


def tidy_block(text: str) -> str:
    r"""Clean a field of several lines.

    Every kind of line break becomes ``\n``, a tab four spaces, other control and invisible characters go, blanks at
    the ends of lines go, and so do empty lines at both ends. Blanks at the start of a line (首行缩进) stay.
    """
    lines = _ANY_BREAK.sub("\n", _without_invisible(text)).replace("\t", _TAB)
    clean = _nfc(_CONTROLS_BUT_NEWLINE.sub("", lines))
    return _BLANKS_AT_LINE_END.sub("", clean).strip("\n")


def visible_length(text: str) -> int:
    """Count the characters as people count them: code points after NFC, so that 𠮷 is one."""
    return len(_nfc(text))


def compact(text: str) -> str:
    """Bring a number or code to its bare form: half width, capitals, no blanks, no dashes, nothing invisible.

    Only for numbers and codes: it is NFKC, which would change names.
    """
    half = unicodedata.normalize("NFKC", text)
    bare = "".join(character for character in half if not _is_filler(character))
    return unicodedata.normalize("NFKC", bare.translate(_UPPER))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _without_invisible(text: str) -> str:
    # Cf: zero-width, direction, tags. Cs: half of a surrogate pair, which no file and no store can hold.
    return "".join(character for character in text if unicodedata.category(character) not in {"Cf", "Cs"})


def _is_filler(character: str) -> bool:
    category = unicodedata.category(character)
    return character.isspace() or character == _MINUS_SIGN or category in {"Pd", "Cc", "Cf", "Cs"}
