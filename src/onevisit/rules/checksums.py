"""Check characters of ISO 7064: the one on identity cards and the one on our own numbers."""

_MOD_11_2 = "0123456789X"
_DIGITS = "0123456789"
_MOD_37_36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def mod_11_2(body: str) -> str:
    """Give the ISO 7064 MOD 11-2 check character of ``body``: a digit or ``X``.

    This is the last character of an 18-character identity number (GB 11643-1999) over its first 17 digits. It finds
    every single wrong digit and every swap of two neighbours.

    Raises:
        ValueError: ``body`` is empty or holds anything but the digits 0 to 9.
    """
    _require(body, _DIGITS)
    rest = 0
    for digit in body:
        rest = (rest + int(digit)) * 2 % 11
    return _MOD_11_2[(1 - rest) % 11]


def mod_37_36(body: str) -> str:
    """Give the ISO 7064 MOD 37,36 check character of ``body``: one of 0-9 and A-Z.

    It finds every single wrong character. A swap of two neighbours is missed only when their values differ by one
    (35 and 0 included) at one certain inner state of 36.

    Raises:
        ValueError: ``body`` is empty or holds anything but 0-9 and A-Z.
    """
    _require(body, _MOD_37_36)
    product = 36
    for character in body:
        total = (product + _MOD_37_36.index(character)) % 36 or 36
        product = total * 2 % 37
    return _MOD_37_36[(1 - product) % 36]


def _require(body: str, alphabet: str) -> None:
    if not body or any(character not in alphabet for character in body):
        raise ValueError(f"a body over {alphabet} is needed")
