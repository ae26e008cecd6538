"""What a route rests on, by the rule set that the matter was registered under, whoever proposed or chose it.

The questions and routes of ``rules.routes`` are those of 2022. A matter from before 2022-05-01 keeps 信访条例 (2005):
its articles 16, 21 to 23, 35, and its 60 days for every class of matter (article 33).
"""

from dataclasses import replace
from typing import Final

from onevisit.rules.articles import LEVELS, SECRECY, is_of_2005
from onevisit.rules.classification import PetitionClass, Purpose
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Circumstances, Handling, Route, article_of, mark_of
from onevisit.rules.rulesets import RuleSet

_ARTICLES_2005: Final = {
    Handling.ANSWER: "《信访条例》第二十二条",
    Handling.GUIDE: "《信访条例》第二十一条第（一）项",
    Handling.TRANSFER: "《信访条例》第二十一条第（二）项",
    Handling.LOWER: "《信访条例》第二十一条第（三）项",
    Handling.ASSIGN: "《信访条例》第二十一条第（四）项",
    Handling.DISCIPLINE: SECRECY.of_2005,
    Handling.PERSONNEL: SECRECY.of_2005,
    Handling.IN_PERIOD: "《信访条例》第十六条",
    Handling.ENDED: "《信访条例》第三十五条",
}
_MARKS_2005: Final = {
    Handling.ANSWER: "22",
    Handling.GUIDE: "21(一)",
    Handling.TRANSFER: "21(二)",
    Handling.LOWER: "21(三)",
    Handling.ASSIGN: "21(四)",
    Handling.DISCIPLINE: "23",
    Handling.PERSONNEL: "23",
    Handling.IN_PERIOD: "16",
    Handling.ENDED: "35",
}
WHY: Final = {
    Handling.ANSWER: "当场答复清楚，不用再来。",
    Handling.GUIDE: "这件事有专门的法定程序，窗口说明并引导。",
    Handling.TRANSFER: "转送有权处理的机关、单位办理。",
    Handling.LOWER: "按属地管理、分级负责，转送下级办理。",
    Handling.ASSIGN: "情况重要，交有权处理的机关、单位办理，并按期报告办理结果。",
    Handling.DISCIPLINE: "按管理权限密封转送纪检监察机关，不给被反映的人和单位看到。",
    Handling.PERSONNEL: "按管理权限密封转送组织（人事）部门，不给被反映的人和单位看到。",
    Handling.IN_PERIOD: "有关机关已经受理，还在办理期限内，不再受理；原来的期限不变。",
    Handling.ENDED: "已经复查、复核终结，同一事实和理由不再受理。",
}
"""One plain sentence for each way of handling."""


def mark(rules: RuleSet, handling: Handling, procedure: Procedure | None) -> str:
    """Name a route in short, by the articles of its rule set: ``31(一)``, ``22(三)``; of 2005 ``21(四)``."""
    if is_of_2005(rules):
        return _MARKS_2005[handling]
    return mark_of(handling, procedure)


def article(rules: RuleSet, handling: Handling, procedure: Procedure | None = None) -> str:
    """Name what a route rests on, by its rule set."""
    return _ARTICLES_2005[handling] if is_of_2005(rules) else article_of(handling, procedure)


def notice_tells(rules: RuleSet) -> str:
    """What an organ tells the petitioner in writing: 2005 asks it to accept or not, 2022 knows no such decision."""
    return "是否受理" if is_of_2005(rules) else "接收情况和处理的途径、程序"


def runs_sixty_days(
    rules: RuleSet, handling: Handling, procedure: Procedure | None, petition_class: PetitionClass | None
) -> bool:
    """Whether the period for handling runs once an organ accepts: 2022 article 34, 2005 article 33."""
    if not handling.hands_on or petition_class not in rules.handling_classes:
        return False
    return petition_class is not PetitionClass.CLAIM or procedure in rules.handling_procedures


def under(rules: RuleSet, route: Route) -> Route:
    """Give a route with the articles of the rule set of its matter."""
    if not is_of_2005(rules):
        return route
    notices = tuple(sentence.replace(LEVELS.of_2022, LEVELS.of_2005) for sentence in route.notices)
    return replace(route, article=_ARTICLES_2005[route.handling], notices=notices)


def chosen(handling: Handling, procedure: Procedure | None, case: Circumstances) -> Route:
    """Make a route of what the clerk chose otherwise than proposed, with the article that it rests on."""
    secret = case.confidential or case.purpose is Purpose.ACCUSATION or handling.seals
    return Route(handling, procedure, article_of(handling, procedure), WHY[handling], secret)
