"""JSON that people edit and bring back: what Python's reader would pass over without a word is told."""

import json
from collections.abc import Sequence
from typing import Any

from onevisit.rules.faults import PlainFault


def loads(source: str) -> Any:  # noqa: ANN401  whatever the text holds
    """Read JSON.

    Raises:
        ValueError: it is none, or nested deeper than any list of ours.
        PlainFault: a field stands twice in one place, and nobody can know which of the two was meant.
    """
    try:
        return json.loads(source, object_pairs_hook=_each_once)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def word(value: object) -> str:
    """A text, or a number that somebody wrote without quotation marks.

    Raises:
        TypeError: anything else; ``null`` is no word.
    """
    if isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    raise TypeError(value)


def words(value: object) -> tuple[str, ...]:
    """A list of words.

    Raises:
        TypeError: it is none; a word without brackets would be read letter by letter.
    """
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError(value)
    return tuple(word(one) for one in value)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise PlainFault(f"文件里同一处有两个“{name[:20]}”，分不清用哪一个，请删去一个后再导入。")
        found[name] = value
    return found
