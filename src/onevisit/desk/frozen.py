"""A slip's data as text and back: what was frozen is read again exactly, also by a later version of the program.

Moments are kept in UTC, days as ISO 8601 (GB/T 7408). A field that a later version adds takes its default when an older
text is read, and a field that it drops is passed over.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from onevisit.rules.slip import SlipData

_FORMAT = 1


class FrozenFault(ValueError):
    """The text is no frozen slip, or one of a later version."""


def to_json(data: SlipData) -> str:
    """Write a slip's data as text; equal data gives equal text."""
    return json.dumps(
        {"format": _FORMAT, "slip": _plain(data)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def from_json(text: str) -> SlipData:
    """Read a slip's data again, equal to what was frozen.

    Raises:
        FrozenFault: it is not such a text, or of a format that this version does not know.
    """
    try:
        held = json.loads(text)
        if held["format"] != _FORMAT:
            raise FrozenFault("a frozen slip of an unknown format")
        slip = _typed(SlipData, held["slip"])
    except (KeyError, TypeError, ValueError) as error:
        raise FrozenFault("not a frozen slip") from error
    if not isinstance(slip, SlipData):
        raise FrozenFault("not a frozen slip")
    return slip


def _plain(value: Any) -> Any:  # noqa: ANN401  any field of a slip
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:  # noqa: ANN401  any field of a slip
    """Bring ``value`` to the type that the field declares."""
    if isinstance(kind, UnionType):
        kinds = [one for one in get_args(kind) if one is not NoneType]
        return None if value is None else _typed(kinds[0], value)
    if get_origin(kind) is tuple:
        # a text would give its characters, one by one
        return tuple(_typed(get_args(kind)[0], item) for item in _require(list, value))
    if is_dataclass(kind):
        return _dataclass(kind, _require(dict, value))
    if kind in (datetime, date):
        return kind.fromisoformat(value)
    return _require(kind, value)


def _require(kind: type, value: Any) -> Any:  # noqa: ANN401  any field of a slip
    # exactly this type: True is no number here
    if type(value) is not kind:
        raise TypeError(f"a {kind.__name__} is wanted")
    return value


def _dataclass(kind: Any, held: Mapping[str, Any]) -> Any:  # noqa: ANN401  any dataclass of a slip
    hints = get_type_hints(kind)
    known = {field.name for field in fields(kind)} & held.keys()
    return kind(**{name: _typed(hints[name], held[name]) for name in known})
