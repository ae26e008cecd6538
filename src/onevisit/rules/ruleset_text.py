"""Rule sets as JSON text and back: a unit exports one, changes it, and gets it back with a sentence for each slip.

It is a file that people edit, so a field that is unknown or missing is told, never passed over or guessed.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from onevisit.rules import json_text
from onevisit.rules.labels import Labelled
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.ruleset_faults import ruleset_faults
from onevisit.rules.rulesets import RuleSet

_FORMAT: Final = 1
_AGAIN = "请在本程序导出的规则文件上修改后再导入。"
_WANTED: Final = {str: "文字", int: "整数", bool: " true 或 false", list: "列表", dict: "一组项目"}


def to_json(rules: RuleSet) -> str:
    """Write a set so that a person can read and change it; equal sets give equal text."""
    held = {"format": _FORMAT, "ruleset": asdict(rules)}
    return json.dumps(held, ensure_ascii=False, indent=2, default=date.isoformat) + "\n"


def from_json(text: str) -> RuleSet:
    """Read a set, equal to the one that was written.

    Raises:
        PlainFault: one sentence: the text is no rule set, or where the first thing wrong in it stands.
    """
    try:
        held = json_text.loads(text)
    except ValueError as error:
        raise RuleSetFault(f"这个文件不是规则文件（读不出 JSON），{_AGAIN}") from error
    if not isinstance(held, dict) or held.get("format") != _FORMAT or "ruleset" not in held:
        raise RuleSetFault(f"这个文件不是本程序认识的规则文件，{_AGAIN}")
    rules: RuleSet = _dataclass(RuleSet, held["ruleset"], "ruleset")
    for fault in ruleset_faults(rules):
        raise RuleSetFault(f"规则文件中的 {fault.field}：{fault.sentence}")
    return rules


def _typed(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401  any field of a rule set
    """Bring ``value`` to the type that the field declares, or say where it is another."""
    if isinstance(kind, UnionType):
        (inner,) = (one for one in get_args(kind) if one is not NoneType)
        return None if value is None else _typed(inner, value, path)
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        listed = _require(list, value, path)
        return tuple(_typed(item, one, f"{path}.{place}") for place, one in enumerate(listed))
    if is_dataclass(kind):
        return _dataclass(kind, value, path)
    if issubclass(kind, Labelled):
        return _one_of(kind, value, path)
    if kind is date:
        return _parsed(date.fromisoformat, _require(str, value, path), path, "日期，例如 2027-01-01")
    return _require(kind, value, path)


def _dataclass(kind: Any, value: Any, path: str) -> Any:  # noqa: ANN401  any dataclass of a rule set
    held: Mapping[str, Any] = _require(dict, value, path)
    hints = get_type_hints(kind)
    for name in held:
        if name not in hints:
            raise RuleSetFault(f"规则文件中的 {path}.{name} 不是认识的项目，请核对拼写。")
    for field in fields(kind):
        if field.name not in held and field.default is MISSING:
            raise RuleSetFault(f"规则文件中缺少 {path}.{field.name}，请补上。")
    return kind(**{name: _typed(hints[name], one, f"{path}.{name}") for name, one in held.items()})


def _one_of(kind: type[Labelled], value: Any, path: str) -> Labelled:  # noqa: ANN401  whatever the file holds
    listed = "、".join(f"{one.value}（{one.label}）" for one in kind)
    found: Labelled = _parsed(kind.from_code, _require(str, value, path), path, f"下列之一：{listed}")
    return found


def _parsed(parse: Callable[[str], Any], text: str, path: str, wanted: str) -> Any:  # noqa: ANN401  what it parses to
    try:
        return parse(text)
    except ValueError as error:
        raise RuleSetFault(f"规则文件中的 {path} 应是{wanted}，请改正。") from error


def _require(kind: type, value: Any, path: str) -> Any:  # noqa: ANN401  any field of a rule set
    # exactly this type: true is no number here
    if type(value) is not kind:
        raise RuleSetFault(f"规则文件中的 {path} 应是{_WANTED[kind]}，请改正。")
    return value
