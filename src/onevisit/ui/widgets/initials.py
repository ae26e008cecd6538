"""Finding a Chinese word by the first letters of its pinyin: ``ldsb`` for 劳动社保."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def initials(words: str) -> str:
    """Give the first letters; what is not Chinese stays as it is."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 - a quarter of a second that no start should wait for

    return "".join(lazy_pinyin(words, style=Style.FIRST_LETTER)).casefold()


def found_by(words: str, typed: str) -> bool:
    """Whether ``typed`` finds ``words``: by a part of them or by the beginning of their initials."""
    wanted = typed.strip().casefold()
    letters = "".join(character for character in initials(words) if character.isalpha())
    return wanted in words.casefold() or letters.startswith(wanted)
