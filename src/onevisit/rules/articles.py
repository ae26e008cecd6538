"""The article that is named where something is asked for or refused: that of the text the matter was registered under.

A rule set carries the articles of its own limits, and ``rules.route_law`` those of the routes. What is left stands
here, for the two texts that rule sets rest on.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from onevisit.rules.rulesets import RuleSet

FIRST_DAY_OF_2022: Final = date(2022, 5, 1)
"""信访工作条例 came into force."""


def is_of_2005(rules: RuleSet) -> bool:
    """Whether a set rests on 信访条例 of 2005."""
    return rules.in_force < FIRST_DAY_OF_2022


@dataclass(frozen=True, slots=True)
class Article:
    """One rule by its article in both texts; ``of_2005`` is empty where that text has none."""

    of_2022: str
    of_2005: str

    def under(self, rules: RuleSet) -> str:
        """Name the article by the rule set of the matter."""
        return self.of_2005 if is_of_2005(rules) else self.of_2022


REGISTRATION: Final = Article("《信访工作条例》第十九条", "《信访条例》第十七条")
"""What is told or written down: name, address, request, facts and reasons."""

LEVELS: Final = Article("《信访工作条例》第二十条", "《信访条例》第十六条")
"""Which level a visitor goes to."""

COURTS: Final = Article("《信访工作条例》第二十二条、第三十一条第（一）项", "《信访条例》第二十一条第（一）项")
"""What is for courts is explained and guided, not handed on."""

JOINT: Final = Article("《信访工作条例》第二十四条", "")
"""Who handles what concerns several organs."""

SECRECY: Final = Article("《信访工作条例》第三十条", "《信访条例》第二十三条")
"""Nothing an informant tells goes to those it is about."""

OPINION: Final = Article("《信访工作条例》第三十二条", "《信访条例》第三十二条")
"""How an opinion decides."""
