"""The recovery code: 32 characters that open the store when every password is lost."""

import secrets
from hashlib import sha256
from typing import Final

from onevisit.rules.text import compact

# 27 characters, none of which looks or sounds like another: 28 of them carry 133 bits
_ALPHABET: Final = "23456789ACDEFGHJKMNPQRTVWXY"
_LOOK_ALIKES: Final = str.maketrans("ZSBU", "258V")
_GROUP: Final = 4
_GROUPS: Final = 8
_SECRET: Final = _GROUP * (_GROUPS - 1)


def new_code() -> str:
    """Draw a code, written as eight groups of four; the last group checks the others."""
    return _grouped(_with_check("".join(secrets.choice(_ALPHABET) for _ in range(_SECRET))))


def plain(code: str) -> str:
    """Bring a code as typed to its bare form: case, width, blanks, dashes and look-alikes do not matter."""
    return compact(code).translate(_LOOK_ALIKES)


def fault(code: str) -> str:
    """Say in one sentence why this cannot be a recovery code; empty if it can."""
    bare = plain(code)
    if len(bare) != _GROUP * _GROUPS:
        return f"恢复码应为 {_GROUP * _GROUPS} 个字符（8 组，每组 4 个），现在是 {len(bare)} 个，请核对。"
    strange = next((index for index, character in enumerate(bare) if character not in _ALPHABET), None)
    if strange is not None:
        return f"恢复码第 {strange // _GROUP + 1} 组里有不会出现的字符，请核对。"
    if _with_check(bare[:_SECRET]) != bare:
        return "恢复码有输错的字符，请逐组核对。"
    return ""


def first_different_group(shown: str, typed: str) -> int | None:
    """Compare a code typed back with the one shown: the number of the first group that differs, None if none does."""
    wanted, given = plain(shown), plain(typed)
    for group in range(_GROUPS):
        part = slice(group * _GROUP, (group + 1) * _GROUP)
        if wanted[part] != given[part]:
            return group + 1
    return None if len(wanted) == len(given) else _GROUPS


def _with_check(secret: str) -> str:
    number = int.from_bytes(sha256(secret.encode()).digest()[:8])
    check = ""
    for _ in range(_GROUP):
        number, index = divmod(number, len(_ALPHABET))
        check += _ALPHABET[index]
    return secret + check


def _grouped(bare: str) -> str:
    return "-".join(bare[start : start + _GROUP] for start in range(0, len(bare), _GROUP))
