"""What is at fault with a rule set that a unit adds: each a plain sentence at its field."""

import re
from collections.abc import Iterator
from typing import Final

from onevisit.rules import text
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.rulesets import FIGURES, FIRST_DAY, SWITCHES, ClockKind, Figure, Period, RuleSet, Switch

NAME_AT_MOST: Final = 60
ARTICLE_AT_MOST: Final = 100
DAYS_AT_MOST: Final = 366
FIGURE_AT_MOST: Final = 100

_CODE = re.compile(r"[0-9A-Za-z-]{1,20}")
_REGION = re.compile(r"[0-9]{0,6}|37040G")


def ruleset_faults(rules: RuleSet) -> tuple[Fault, ...]:
    """Say everything that is at fault with one set; the fields are those of ``RuleSet``, dotted."""
    checks = (_scope, _periods, _figures, _switches, _articles, _tiers, _handling, _stops)
    return tuple(fault for check in checks for fault in check(rules))


def _scope(rules: RuleSet) -> Iterator[Fault]:
    if not _CODE.fullmatch(rules.code):
        yield Fault("code", "代号由 1 至 20 个字母、数字或短横组成，请改正。")
    if not 0 < len(rules.name.strip()) <= NAME_AT_MOST:
        yield Fault("name", f"请给这套规则起一个名称，不超过 {NAME_AT_MOST} 字。")
    yield from _printed("name", "名称", rules.name)
    if rules.in_force < FIRST_DAY:
        yield Fault("in_force", f"施行日期不能早于{show_day(FIRST_DAY)}（《信访条例》施行之日），请改正。")
    if rules.until is not None and rules.until < rules.in_force:
        yield Fault("until", "截止日期早于施行日期，请改正其中一个。")
    if not _REGION.fullmatch(rules.region):
        yield Fault("region", "适用地区请写区划代码的开头几位数字，各地都适用的留空。")


def _periods(rules: RuleSet) -> Iterator[Fault]:
    for kind in ClockKind:
        period = rules.period(kind)
        if period is None:
            continue
        if not 1 <= period.days <= DAYS_AT_MOST:
            said = f"“{kind.label}”的期限应在 1 至 {DAYS_AT_MOST} 之间（现为 {period.days}），请改正。"
            yield Fault(f"{kind.value}.days", said)
        yield from _sourced(kind.value, kind.label, period)


def _figures(rules: RuleSet) -> Iterator[Fault]:
    for field, (label, _) in FIGURES.items():
        figure: Figure = getattr(rules, field)
        if not 1 <= figure.value <= FIGURE_AT_MOST:
            said = f"“{label}”应在 1 至 {FIGURE_AT_MOST} 之间（现为 {figure.value}），请改正。"
            yield Fault(f"{field}.value", said)
        yield from _sourced(field, label, figure)
    if not rules.extension_approver.strip():
        yield Fault("extension_approver", "请写明延期由谁批准。")
    yield from _printed("extension_approver", "延期由谁批准", rules.extension_approver)


def _switches(rules: RuleSet) -> Iterator[Fault]:
    for field, label in SWITCHES.items():
        switch: Switch = getattr(rules, field)
        if switch.on:
            yield from _sourced(field, label, switch)


def _sourced(field: str, label: str, held: Period | Figure | Switch) -> Iterator[Fault]:
    if not held.article.strip() and not held.example:
        yield Fault(f"{field}.article", f"请写明“{label}”的依据；没有依据的，标为示例。")
    yield from _printed(f"{field}.article", f"“{label}”的依据", held.article)


def _articles(rules: RuleSet) -> Iterator[Fault]:
    yield from _printed("unnamed_article", "姓名、住址不清的依据", rules.unnamed_article)
    yield from _printed("own_rules_article", "政法、纪检监察机关的依据", rules.own_rules_article)


def _printed(field: str, word: str, value: str) -> Iterator[Fault]:
    """It stands on slips and sheets: one line, and no more of it than a line holds."""
    if text.tidy(value) != value.strip():
        yield Fault(field, f"{word}里有换行或者看不见的字符，请重新输入。")
    yield from length_faults(field, value, ARTICLE_AT_MOST, word)


def _tiers(rules: RuleSet) -> Iterator[Fault]:
    sizes = [tier.people for tier in rules.tiers]
    if sizes != sorted(set(sizes)):
        yield Fault("tiers", "代表人数的分档要从人数少的排到人数多的，不能重复，请改正。")
    for place, tier in enumerate(rules.tiers):
        if tier.people < 1 or not 1 <= tier.at_most <= rules.representatives.value:
            said = f"第 {place + 1} 档的代表人数应在 1 至 {rules.representatives.value} 之间，请改正。"
            yield Fault(f"tiers.{place}", said)


def _handling(rules: RuleSet) -> Iterator[Fault]:
    if not rules.handling_classes:
        yield Fault("handling_classes", "请至少选一类有办理期限的事项。")
    for field in ("handling_classes", "handling_procedures"):
        chosen = getattr(rules, field)
        if len(set(chosen)) != len(chosen):
            yield Fault(field, "有重复的项目，请删去重复的。")


def _stops(rules: RuleSet) -> Iterator[Fault]:
    reasons = [rule.reason for rule in rules.stops]
    for place, rule in enumerate(rules.stops):
        field = f"stops.{place}"
        if rule.reason in reasons[:place]:
            yield Fault(field, f"“{rule.reason.label}”写了两遍，请合为一项。")
        if not rule.clocks:
            yield Fault(field, f"请选择“{rule.reason.label}”所需时间不计入哪些期限。")
        if not rule.article.strip() and not rule.example:
            yield Fault(field, f"请写明“{rule.reason.label}”所需时间不计入期限的依据；没有依据的，标为示例。")
        yield from _printed(field, f"“{rule.reason.label}”的依据", rule.article)
