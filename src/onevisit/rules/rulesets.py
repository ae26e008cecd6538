"""A rule set: every limit that varies by year and province, as data that a person can read.

A matter is counted by the set it was registered under (``rules.rulebook`` chooses it), for ever. What a text says bears
its article; what the unit sets, or what rests on a text whose validity is not established, is marked as an example.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import Roll, show_day
from onevisit.rules.labels import Labelled
from onevisit.rules.policy import EXAMPLE
from onevisit.rules.procedures import Procedure

FIRST_DAY: Final = date(2005, 5, 1)
"""信访条例 (国务院令431) came into force; no older set is known."""


class DayUnit(Labelled):
    """日 are calendar days; only where a text says 工作日 are working days counted."""

    DAYS = "days", "日"
    WORKDAYS = "workdays", "个工作日"


class ClockKind(Labelled):
    """The periods of a matter; each code is the field of ``RuleSet`` that holds its length."""

    TRANSFER = "transfer", "窗口转送、交办"
    NOTICE = "notice", "机关书面告知"
    HANDLING = "handling", "办理"
    OBJECTION = "objection", "对转送、交办提出异议"
    REVIEW_REQUEST = "review_request", "请求复查"
    REVIEW_ACCEPTANCE = "review_acceptance", "决定是否受理复查"
    REVIEW = "review", "提出复查意见"
    FINAL_REQUEST = "final_request", "请求复核"
    FINAL_ACCEPTANCE = "final_acceptance", "决定是否受理复核"
    FINAL_REVIEW = "final_review", "提出复核意见"
    CONFIRMATION = "confirmation", "共同申请司法确认"

    @property
    def begins(self) -> str:
        """The event whose day starts the count: ``收到信访事项``."""
        return _BEGINS[self]


_BEGINS: Final = {
    ClockKind.TRANSFER: "收到信访事项",
    ClockKind.NOTICE: "机关、单位收到信访事项",
    ClockKind.HANDLING: "受理",
    ClockKind.OBJECTION: "机关、单位收到转送、交办",
    ClockKind.REVIEW_REQUEST: "收到书面处理意见",
    ClockKind.REVIEW_ACCEPTANCE: "收到复查请求",
    ClockKind.REVIEW: "收到复查请求",
    ClockKind.FINAL_REQUEST: "收到书面复查意见",
    ClockKind.FINAL_ACCEPTANCE: "收到复核请求",
    ClockKind.FINAL_REVIEW: "收到复核请求",
    ClockKind.CONFIRMATION: "调解协议生效",
}


class StopReason(Labelled):
    """Why a clock stands still; whether it moves the date is for the rule set to say."""

    HEARING = "hearing", "听证"
    MEDIATION = "mediation", "调解"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time.

    Attributes:
        days: how many.
        unit: of which kind.
        article: what says so, ``《信访工作条例》第二十二条``; may be empty for an example.
        example: a setting of the unit, or a text whose validity is not established.
    """

    days: int
    unit: DayUnit
    article: str
    example: bool = False

    @property
    def words(self) -> str:
        """The length as read: ``15 日``, ``5 个工作日``."""
        return f"{self.days} {self.unit.label}"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its source; ``article`` and ``example`` as in ``Period``."""

    value: int
    article: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class Switch:
    """Whether something holds, with its source; ``article`` and ``example`` as in ``Period``."""

    on: bool
    article: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A group of up to ``people`` sends at most ``at_most`` representatives, where a province has such steps."""

    people: int
    at_most: int


@dataclass(frozen=True, slots=True)
class StopRule:
    """Days of this kind are left out of these clocks; ``article`` and ``example`` as in ``Period``."""

    reason: StopReason
    clocks: tuple[ClockKind, ...]
    article: str
    example: bool = False


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One set of limits. A period that the texts do not have is None.

    Attributes:
        code: what a matter keeps; never used again for other limits.
        name: as read on screens.
        in_force: the first day of registration it is for.
        roll: which days off move the last day of a period of calendar days onwards.
        representatives: at most so many; ``tiers`` may say less for small groups.
        group_from: from how many people a visit is one of a group.
        unnamed_article: what says that nobody need be told in writing whose name or address is not known.
        own_rules_article: what leaves organs of justice and discipline to rules of their own.
        handling: the days for handling, from acceptance, for ``handling_classes``; of the claims among them only those
            by ``handling_procedures``.
        extension: at most so many days more, approved by ``extension_approver``.
        assigner_approves: an assigned matter is extended only with the approval of the organ that assigned it.
        talk_needs_representatives: a group that chose nobody may be registered without being heard.
        stops: what is left out of a count; whatever is not named here moves no date.
        until: the last day of registration it is for; None: until a later set.
        region: the beginning of the unit's region code (``37``); empty for everywhere.
        optional: used only where the administrator switched it on.
    """

    code: str
    name: str
    in_force: date
    roll: Roll
    representatives: Figure
    agents: Figure
    group_from: Figure
    transfer: Period
    notice: Period
    unnamed_article: str
    own_rules_article: str
    handling: Period
    handling_classes: tuple[PetitionClass, ...]
    handling_procedures: tuple[Procedure, ...]
    extension: Figure
    extension_approver: str
    assigner_approves: Switch
    talk_needs_representatives: Switch
    review_request: Period
    review: Period
    final_request: Period
    final_review: Period
    confirmation: Period
    stops: tuple[StopRule, ...]
    objection: Period | None = None
    review_acceptance: Period | None = None
    final_acceptance: Period | None = None
    tiers: tuple[Tier, ...] = ()
    until: date | None = None
    region: str = ""
    optional: bool = False

    def period(self, kind: ClockKind) -> Period | None:
        """The length of a clock; None where the texts have none."""
        found: Period | None = getattr(self, kind.value)
        return found

    def stop_rule(self, reason: StopReason) -> StopRule | None:
        """What the set says of days of this kind; None where it says nothing."""
        return next((rule for rule in self.stops if rule.reason is reason), None)

    def representatives_at_most(self, people: int) -> int:
        """How many may speak for a group of ``people``."""
        fitting = (tier.at_most for tier in self.tiers if people <= tier.people)
        return next(fitting, self.representatives.value)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a rule set as a person reads it.

    Attributes:
        label: what it is about.
        words: what holds.
        source: the article, with the mark of an example where it is one.
    """

    label: str
    words: str
    source: str


FIGURES: Final = {
    "representatives": ("代表人数", "不超过 {} 人"),
    "agents": ("代理人数", "不超过 {} 人"),
    "group_from": ("集体访", "{} 人以上"),
    "extension": ("延长期限", "不超过 {} 日"),
}
"""The fields that hold a figure: what each is called, and how it is read."""

SWITCHES: Final = {
    "assigner_approves": "交办件延期须交办机关批准",
    "talk_needs_representatives": "没有推选代表的集体访可以不予接谈",
}
"""The fields that hold a switch, and what each is called."""


def rows(rules: RuleSet) -> tuple[Row, ...]:
    """Write a rule set line by line, in the order in which a matter meets them."""
    return (*_scope_rows(rules), *_people_rows(rules), *_period_rows(rules), *_handling_rows(rules), *_stop_rows(rules))


def source(article: str, *, example: bool) -> str:
    """Write where something comes from: the article, and that it is an example where it is one."""
    return "；".join(part for part in (article, EXAMPLE if example else "") if part)


def _scope_rows(rules: RuleSet) -> Iterator[Row]:
    yield Row("规则", rules.name, rules.code)
    until = f"至{show_day(rules.until)}" if rules.until else "起"
    yield Row("登记日期", f"{show_day(rules.in_force)}{until}", "")
    yield Row("适用地区", f"区划代码以 {rules.region} 开头的单位" if rules.region else "各地", "")
    if rules.optional:
        yield Row("启用", "由管理员启用后才适用", EXAMPLE)
    basis = "参照《民法典》第二百零三条"
    yield Row("遇休息日顺延", rules.roll.label, source(basis, example=True))


def _people_rows(rules: RuleSet) -> Iterator[Row]:
    for field in ("representatives", "agents", "group_from"):
        yield _figure_row(rules, field)
        if field == "representatives":
            for tier in rules.tiers:
                yield Row("代表人数", f"{tier.people} 人以下的，不超过 {tier.at_most} 人", EXAMPLE)
    yield _switch_row(rules, "talk_needs_representatives")


def _period_rows(rules: RuleSet) -> Iterator[Row]:
    for kind in ClockKind:
        period = rules.period(kind)
        if period is None:
            yield Row(kind.label, "没有规定期限", "")
        else:
            words = f"{kind.begins}之日起 {period.words}内"
            yield Row(kind.label, words, source(period.article, example=period.example))


def _handling_rows(rules: RuleSet) -> Iterator[Row]:
    yield Row("姓名（名称）、住址不清的", "没有书面告知的期限", rules.unnamed_article)
    yield Row("政法机关、纪检监察机关", "按各自的规定告知", rules.own_rules_article)
    yield Row("有办理期限的事项", "、".join(one.label for one in rules.handling_classes), rules.handling.article)
    yield Row(
        "有办理期限的申诉求决途径", "；".join(one.label for one in rules.handling_procedures), rules.handling.article
    )
    yield _figure_row(rules, "extension")
    yield Row("延期由谁批准", rules.extension_approver, rules.extension.article)
    yield _switch_row(rules, "assigner_approves")


def _stop_rows(rules: RuleSet) -> Iterator[Row]:
    for reason in StopReason:
        rule = rules.stop_rule(reason)
        if rule is None:
            yield Row(f"{reason.label}所需时间", "照常计入期限", "")
        else:
            words = f"不计入：{'、'.join(kind.label for kind in rule.clocks)}；其他期限照常计入"
            yield Row(
                f"{reason.label}所需时间",
                words,
                source(rule.article, example=rule.example),
            )


def _figure_row(rules: RuleSet, field: str) -> Row:
    label, words = FIGURES[field]
    figure: Figure = getattr(rules, field)
    return Row(label, words.format(figure.value), source(figure.article, example=figure.example))


def _switch_row(rules: RuleSet, field: str) -> Row:
    switch: Switch = getattr(rules, field)
    return Row(SWITCHES[field], "是" if switch.on else "否", source(switch.article, example=switch.example))
