"""Numbers and names as they may be shown to anybody."""

import re

_ID_18 = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[0-9]{10}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-)?([0-9]{3,4})([0-9]{4})(-[0-9]+)?")
_ENDS = 2


def mask_id(number: str) -> str:
    """Hide the middle of a plain document number: ``370499********0232``.

    Of an 18-character identity number the area and the last four stay; of any other at most the first two and the
    last two, and never more than half.
    """
    if _ID_18.fullmatch(number):
        return f"{number[:6]}{'*' * 8}{number[-4:]}"
    return _mask_middle(number)


def mask_phone(number: str) -> str:
    """Hide the middle of a plain phone number: ``139****0011``, ``0632-***2345``; an extension is hidden whole."""
    if _MOBILE.fullmatch(number):
        return f"{number[:3]}****{number[-4:]}"
    landline = _LANDLINE.fullmatch(number)
    if landline is None:
        return _mask_middle(number)
    area, hidden, shown, extension = landline.groups()
    return f"{area or ''}{'*' * len(hidden)}{shown}{'-***' if extension else ''}"


def mask_name(name: str) -> str:
    """Hide all of a name but its first character: ``王*``, ``欧***``; the length tells nothing beyond three."""
    return f"{name[:1]}{'*' * min(len(name) - 1, 3)}" if len(name) > 1 else "*" * len(name)


def _mask_middle(number: str) -> str:
    shown = min(_ENDS, len(number) // 4)
    if not shown:
        return "*" * len(number)
    return f"{number[:shown]}{'*' * (len(number) - 2 * shown)}{number[-shown:]}"
