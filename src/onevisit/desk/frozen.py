"""Frozen values as text and back: what was kept is read again exactly, also by a later version of the program.

Slips, drafts and sheets are frozen dataclasses; this is the one way they become text. Moments are kept in UTC, days as
ISO 8601 (GB/T 7408), code lists by their codes. A field that a later version adds takes its default when an older text
is read, and a field that it drops is passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, get_args, get_origin, get_type_hints

from onevisit.rules.slip import SlipData

_FORMAT: Final = 1
_SLIP: Final = "slip"
_BITS: Final = 63
"""What a number in SQLite has beside its sign; a larger one was never taken from a store and cannot be looked up."""
T = TypeVar("T")


class FrozenFault(ValueError):
    """The text is no such frozen value, or one of a later version."""


def freeze(word: str, value: object) -> str:
    """Write a frozen dataclass as text; equal values give equal text.

    Args:
        word: says what it is (``slip``, ``registration``), so that one kind is never read as another.
        value: dataclasses, tuples, texts, numbers, days, moments, code lists.
    """
    return json.dumps(
        {"format": _FORMAT, word: _plain(value)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def thaw(kind: type[T], word: str, text: str) -> T:
    """Read a value again, equal to what was frozen; whatever the text holds, there is a value or this one fault.

    Raises:
        FrozenFault: it is not such a text, or of a format that this version does not know.
    """
    try:
        held = json.loads(text)
        if held["format"] != _FORMAT:
            raise FrozenFault("a frozen value of an unknown format")
        value = _typed(kind, held[word])
    except (KeyError, TypeError, ValueError, ArithmeticError, RecursionError) as error:
        raise FrozenFault(f"not a frozen {word}") from error
    if not isinstance(value, kind):
        raise FrozenFault(f"not a frozen {word}")
    return value


def to_json(data: SlipData) -> str:
    """Write a slip's data as text; equal data gives equal text."""
    return freeze(_SLIP, data)


def from_json(text: str) -> SlipData:
    """Read a slip's data again, equal to what was frozen.

    Raises:
        FrozenFault: it is not such a text, or of a format that this version does not know.
    """
    return thaw(SlipData, _SLIP, text)


def _plain(value: Any) -> Any:  # noqa: ANN401  any field of a frozen value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _whole(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _whole(text: str) -> str:
    """Put U+FFFD for half of a surrogate pair, which a widget may give and no store can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401  any field of a frozen value
    """Bring ``value`` to the type that the field declares."""
    if isinstance(kind, UnionType):
        kinds = [one for one in get_args(kind) if one is not NoneType]
        return None if value is None else _typed(kinds[0], value)
    if get_origin(kind) is tuple:
        # a text would give its characters, one by one
        return tuple(_typed(get_args(kind)[0], item) for item in _require(list, value))
    if is_dataclass(kind):
        return _dataclass(kind, _require(dict, value))
    if issubclass(kind, Enum):
        return kind(value)
    if kind is datetime:
        return _moment(_require(str, value))
    if kind is date:
        return date.fromisoformat(_require(str, value))
    if kind is str:
        return _whole(_require(str, value))
    if kind is int and _require(int, value).bit_length() > _BITS:
        raise ValueError("no number of a store")
    return _require(kind, value)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a moment without its time zone")
    return moment.astimezone(UTC)


def _require(kind: type, value: Any) -> Any:  # noqa: ANN401  any field of a frozen value
    # exactly this type: True is no number here
    if type(value) is not kind:
        raise TypeError(f"a {kind.__name__} is wanted")
    return value


def _dataclass(kind: Any, held: Mapping[str, Any]) -> Any:  # noqa: ANN401  any dataclass of a frozen value
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)} & held.keys()
    return kind(**{name: _typed(hints[name], held[name]) for name in known})
