"""The rule sets that are shipped, and the one that a matter is registered under: chosen by its day and its place.

The 2022 text holds for Shandong too; whether the province's own text of 2015 still does is not established. So its
limits beside the 2022 text are a set of their own, which the administrator may switch on (示例，以本地文件为准).
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import Roll, show_day
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.procedures import Procedure
from onevisit.rules.ruleset_faults import ruleset_faults
from onevisit.rules.rulesets import (
    FIRST_DAY,
    ClockKind,
    DayUnit,
    Figure,
    Period,
    RuleSet,
    StopReason,
    StopRule,
    Switch,
)


class RuleSetFault(PlainFault):
    """No rule set fits, or none is known by that code."""


def _of_2005(number: str) -> str:
    return f"《信访条例》第{number}条"


def _of_2022(number: str) -> str:
    return f"《信访工作条例》第{number}条"


def _of_shandong(number: str) -> str:
    return f"《山东省信访条例》第{number}条"


def _days(days: int, article: str) -> Period:
    return Period(days, DayUnit.DAYS, article)


_AGENTS: Final = Figure(2, _of_shandong("二十八"), example=True)
_GROUP: Final = Figure(5, "", example=True)
_OFF: Final = Switch(on=False)
_CONFIRMATION: Final = _days(30, "《人民调解法》第三十三条")
_THREE_WORKDAYS: Final = Period(3, DayUnit.WORKDAYS, _of_shandong("四十三"))

# What is for courts, arbiters and reconsideration is not accepted at all by article 21(一), so no days begin.
# Reconsideration shares item (四) with procedures that are accepted, so only the first two are left out as a whole.
_PROCEDURES_2005: Final = tuple(one for one in Procedure if one not in {Procedure.LITIGATION, Procedure.ARBITRATION})

RULES_2005: Final = RuleSet(
    code="2005",
    name="《信访条例》（2005）",
    in_force=FIRST_DAY,
    roll=Roll.REST_DAYS,
    representatives=Figure(5, _of_2005("十八")),
    agents=_AGENTS,
    group_from=_GROUP,
    transfer=_days(15, _of_2005("二十一")),
    notice=_days(15, _of_2005("二十一")),
    unnamed_article=_of_2005("二十二"),
    own_rules_article=_of_2005("十五"),
    handling=_days(60, _of_2005("三十三")),
    handling_classes=tuple(PetitionClass),
    handling_procedures=_PROCEDURES_2005,
    extension=Figure(30, _of_2005("三十三")),
    extension_approver="本行政机关负责人",
    assigner_approves=_OFF,
    talk_needs_representatives=_OFF,
    review_request=_days(30, _of_2005("三十四")),
    review=_days(30, _of_2005("三十四")),
    final_request=_days(30, _of_2005("三十五")),
    final_review=_days(30, _of_2005("三十五")),
    confirmation=_CONFIRMATION,
    stops=(StopRule(StopReason.HEARING, (ClockKind.FINAL_REVIEW,), _of_2005("三十五")),),
)
"""国务院令431, in force 2005-05-01."""

RULES_SHANDONG_2015: Final = replace(
    RULES_2005,
    code="2005-37",
    name="《信访条例》（2005）和《山东省信访条例》（2015）",
    in_force=date(2016, 1, 1),
    region="37",
    representatives=Figure(5, _of_shandong("二十七")),
    agents=Figure(2, _of_shandong("二十八")),
    transfer=_days(15, _of_shandong("三十三")),
    notice=_days(15, _of_shandong("三十三")),
    handling=_days(60, _of_shandong("四十二")),
    extension=Figure(30, _of_shandong("四十二")),
    extension_approver="本国家机关负责人",
    assigner_approves=Switch(on=True, article=_of_shandong("四十二")),
    talk_needs_representatives=Switch(on=True, article=_of_shandong("二十七")),
    review_acceptance=_THREE_WORKDAYS,
    review=_days(30, _of_shandong("四十三")),
    final_acceptance=replace(_THREE_WORKDAYS, article=_of_shandong("四十四")),
    final_review=_days(30, _of_shandong("四十四")),
)
"""The province's text beside 国务院令431, in force 2016-01-01."""

RULES_2022: Final = RuleSet(
    code="2022",
    name="《信访工作条例》（2022）",
    in_force=date(2022, 5, 1),
    roll=Roll.REST_DAYS,
    representatives=Figure(5, _of_2022("二十")),
    agents=_AGENTS,
    group_from=_GROUP,
    transfer=_days(15, _of_2022("二十二")),
    notice=_days(15, _of_2022("二十三")),
    unnamed_article=_of_2022("二十三"),
    own_rules_article=_of_2022("二十三"),
    objection=Period(5, DayUnit.WORKDAYS, _of_2022("二十三")),
    handling=_days(60, _of_2022("三十四")),
    handling_classes=(PetitionClass.CLAIM,),
    handling_procedures=(Procedure.OPINION,),
    extension=Figure(30, _of_2022("三十四")),
    extension_approver="本机关、单位负责人",
    assigner_approves=_OFF,
    talk_needs_representatives=_OFF,
    review_request=_days(30, _of_2022("三十五")),
    review=_days(30, _of_2022("三十五")),
    final_request=_days(30, _of_2022("三十六")),
    final_review=_days(30, _of_2022("三十六")),
    confirmation=_CONFIRMATION,
    stops=(StopRule(StopReason.HEARING, (ClockKind.FINAL_REVIEW,), _of_2022("三十六")),),
)
"""信访工作条例, in force 2022-05-01; the organ's head approves an extension, also of an assigned matter."""

RULES_SHANDONG_2022: Final = replace(
    RULES_2022,
    code="2022-37",
    name="《信访工作条例》（2022），并参照《山东省信访条例》（2015）",
    region="37",
    optional=True,
    assigner_approves=Switch(on=True, article=_of_shandong("四十二"), example=True),
    talk_needs_representatives=Switch(on=True, article=_of_shandong("二十七"), example=True),
    review_acceptance=replace(_THREE_WORKDAYS, example=True),
    final_acceptance=replace(_THREE_WORKDAYS, article=_of_shandong("四十四"), example=True),
)
"""What Shandong's text of 2015 adds, where the unit holds that it still stands."""

SHIPPED: Final = (RULES_2005, RULES_SHANDONG_2015, RULES_2022, RULES_SHANDONG_2022)
"""Every set that comes with the program."""


def day_fault(day: date, today: date, field: str = "registered_on", what: str = "登记日期") -> Fault | None:
    """Say why a matter cannot have been registered on ``day``: no rule is that old, or the day is still to come."""
    if day < FIRST_DAY:
        said = f"{what}早于{show_day(FIRST_DAY)}（《信访条例》施行之日），没有可以适用的规则，请核对日期。"
        return Fault(field, said)
    if day > today:
        return Fault(field, f"{what}在今天（{show_day(today)}）之后，请核对日期。")
    return None


def choose(
    day: date,
    today: date,
    region_code: str,
    *,
    own: Sequence[RuleSet] = (),
    switched_on: Collection[str] = (),
) -> RuleSet:
    """Give the set that a matter is registered under: the youngest in force, and of these the most local one.

    Args:
        day: the local day of registration.
        today: the local day of today.
        region_code: the unit's; Shandong's sets are for codes that begin with 37.
        own: sets that the unit added.
        switched_on: codes of the optional sets that the administrator switched on.

    Raises:
        RuleSetFault: the day is before 2005-05-01 or in the future, in one sentence.
    """
    fault = day_fault(day, today)
    if fault:
        raise RuleSetFault(fault.sentence)
    fitting = [one for one in (*own, *SHIPPED) if _fits(one, day, region_code) and _is_used(one, switched_on)]
    # RULES_2005 has no end and no place, so some set always fits; of equals the first is taken, and own sets come first
    return max(fitting, key=lambda one: (one.in_force, len(one.region)))


def named(code: str, *, own: Sequence[RuleSet] = ()) -> RuleSet:
    """Give the set that a matter keeps, whatever is in force or switched on today.

    Raises:
        RuleSetFault: no set has this code.
    """
    for one in (*SHIPPED, *own):
        if one.code == code:
            return one
    raise RuleSetFault(f"本机没有代号为“{code}”的规则，请管理员先导入这套规则，再打开这件事项。")


def addition_faults(rules: RuleSet, own: Sequence[RuleSet] = ()) -> tuple[Fault, ...]:
    """Say what speaks against adding a set: its own faults, and that registered matters keep what they have.

    A set of the unit's own takes the place of a shipped one of the same day and place. A set that is known already,
    word for word, may be added again.
    """
    found = [*ruleset_faults(rules)]
    clash = next((one for one in (*own, *SHIPPED) if one.code == rules.code and one != rules), None)
    if clash:
        said = f"代号“{rules.code}”已经给了“{clash.name}”，已登记的事项要照它计算，请换一个新代号。"
        found.append(Fault("code", said))
    twin = next((one for one in own if one.code != rules.code and _place(one) == _place(rules)), None)
    if twin:
        said = f"“{twin.name}”也从{show_day(rules.in_force)}起在同一地区适用，分不清用哪一套，请改施行日期或地区。"
        found.append(Fault("in_force", said))
    return tuple(found)


def _fits(rules: RuleSet, day: date, region_code: str) -> bool:
    return rules.in_force <= day <= (rules.until or date.max) and region_code.startswith(rules.region)


def _is_used(rules: RuleSet, switched_on: Collection[str]) -> bool:
    return not rules.optional or rules.code in switched_on


def _place(rules: RuleSet) -> tuple[date, str]:
    return rules.in_force, rules.region
