"""What the slip promises."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import DayTable, Roll
from onevisit.rules.periods import Counting
from onevisit.rules.procedures import Procedure
from onevisit.rules.promises import ToldRoute, promises, reply_line
from onevisit.rules.routes import Handling, article_of
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015
from onevisit.rules.rulesets import RuleSet
from onevisit.rules.slip import Promise

TABLE = DayTable({}, frozenset(), frozenset({2026, 2027}))
MONDAY = date(2026, 11, 16)


@dataclass(frozen=True)
class Facts:
    """What the law asks about one visit."""

    purpose: Purpose = Purpose.REQUEST
    content: ContentClass = ContentClass.LABOUR
    place: str = "薛城区"
    anonymous: bool = False
    repeat: bool = False
    in_litigation: bool = False
    received: date = MONDAY
    roll: Roll = Roll.REST_DAYS
    rules: RuleSet = RULES_2022


def route(handling: Handling, *addressees: str, **more: Any) -> ToldRoute:  # noqa: ANN401 - whatever a field holds
    """A route that was told on the day of the visit, unless said otherwise."""
    procedure = more.pop("procedure", None)
    return replace(ToldRoute(handling, procedure, addressees, article_of(handling, procedure), MONDAY), **more)


def of(facts: Facts, told: ToldRoute | None = None) -> tuple[Promise, ...]:
    return promises(
        facts.purpose,
        facts.content,
        facts.place,
        anonymous=facts.anonymous,
        repeat=facts.repeat,
        in_litigation=facts.in_litigation,
        received=facts.received,
        by=Counting(replace(facts.rules, roll=facts.roll), TABLE, facts.received),
        told=told,
    )


def test_a_claim_is_handed_on_within_15_days_and_then_told_in_writing() -> None:
    handed_on, told = of(Facts())
    assert (handed_on.by, handed_on.article) == (date(2026, 12, 1), "《信访工作条例》第二十二条")
    assert handed_on.text == "把您反映的事转送薛城区有权处理的机关、单位办理"
    assert (told.by, told.article) == (date(2026, 12, 16), "《信访工作条例》第二十三条")


def test_the_last_day_rolls_over_a_weekend_unless_the_unit_says_no() -> None:
    friday = date(2026, 11, 20)  # the 15th day is Saturday, December 5
    assert of(Facts(received=friday))[0].by == date(2026, 12, 7)
    assert of(Facts(received=friday, roll=Roll.NONE))[0].by == date(2026, 12, 5)


def test_a_proposal_is_considered() -> None:
    assert of(Facts(purpose=Purpose.PROPOSAL))[-1].article == "《信访工作条例》第二十九条"


def test_an_enquiry_is_answered_on_the_spot() -> None:
    (answered,) = of(Facts(purpose=Purpose.ENQUIRY))
    assert answered.by is None
    assert "当面解答" in answered.text


def test_nobody_can_be_told_in_an_anonymous_visit() -> None:
    handed_on, nobody = of(Facts(anonymous=True))
    assert handed_on.by == date(2026, 12, 1)
    assert (nobody.by, nobody.article) == (None, "《信访工作条例》第二十三条")


def test_an_accusation_names_no_organ_and_keeps_the_secret() -> None:
    handed_on, secret = of(Facts(purpose=Purpose.ACCUSATION))
    assert handed_on.text == "按管理权限转送有权处理的机关"
    assert handed_on.by == date(2026, 12, 1)
    assert secret.article == "《信访工作条例》第三十条"


def test_matters_of_courts_carry_no_clock() -> None:
    made = of(Facts(in_litigation=True))
    assert [promise.by for promise in made] == [None, None]
    assert made[1].article == "《信访工作条例》第三十一条第（一）项"


@pytest.mark.parametrize("content", [ContentClass.JUSTICE, ContentClass.DISCIPLINE])
def test_organs_with_rules_of_their_own_are_given_no_day(content: ContentClass) -> None:
    handed_on, told = of(Facts(content=content))
    assert handed_on.by is not None
    assert told.by is None


def test_a_repeat_visit_starts_no_new_clock() -> None:
    made = of(Facts(repeat=True))
    assert all(promise.by is None for promise in made)
    assert "原来告知的日期不变" in made[0].text


@given(
    st.builds(
        Facts,
        purpose=st.sampled_from(Purpose),
        content=st.sampled_from(ContentClass),
        place=st.sampled_from(["", "薛城区"]),
        anonymous=st.booleans(),
        repeat=st.booleans(),
        in_litigation=st.booleans(),
        received=st.dates(date(2026, 1, 1), date(2027, 10, 1)),
        roll=st.sampled_from(Roll),
    )
)
def test_every_visit_is_promised_something_within_reason(facts: Facts) -> None:
    made = of(facts)
    assert made
    assert all(promise.text.endswith("。") is not bool(promise.article) for promise in made)
    assert all(15 <= (promise.by - facts.received).days <= 34 for promise in made if promise.by)
    assert not any(word in promise.text for promise in made for word in ("60", "行政诉讼", "行政复议"))


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (ReplyMethod.PHONE, "电话联系您：139****0011"),
        (ReplyMethod.MESSAGE, "短信发到：139****0011"),
        (ReplyMethod.WRITTEN, "书面答复寄到您登记的住址"),
        (ReplyMethod.HOME_VISIT, "上门答复"),
        (ReplyMethod.VILLAGE_OFFICERS, "由村（居）两员上门告知"),
        (ReplyMethod.ON_THE_SPOT, "已当场答复"),
        (ReplyMethod.NONE, ""),
    ],
)
def test_reply_lines(way: ReplyMethod, line: str) -> None:
    assert reply_line(way, "139****0011", "枣庄市薛城区") == line


@pytest.mark.parametrize("way", [ReplyMethod.PHONE, ReplyMethod.MESSAGE, ReplyMethod.WRITTEN, ReplyMethod.HOME_VISIT])
def test_a_reply_that_lacks_its_address_says_how_to_give_it(way: ReplyMethod) -> None:
    assert "请打电话补报" in reply_line(way, "", "")


def test_a_matter_of_2005_is_promised_what_its_own_articles_ask() -> None:
    handed_on, told = of(Facts(rules=RULES_2005))
    assert (handed_on.article, told.article) == ("《信访条例》第二十一条", "《信访条例》第二十一条")
    assert told.text.endswith("书面告知您是否受理")
    assert len(of(Facts(rules=RULES_2005, purpose=Purpose.PROPOSAL))) == 2
    assert of(Facts(rules=RULES_2005, anonymous=True))[1].article == "《信访条例》第二十二条"
    assert of(Facts(rules=RULES_2005, content=ContentClass.JUSTICE))[1].article == "《信访条例》第十五条"
    assert of(Facts(rules=RULES_2005, purpose=Purpose.ACCUSATION))[1].article == "《信访条例》第二十三条"
    assert of(Facts(rules=RULES_SHANDONG_2015))[0].article == "《山东省信访条例》第三十三条"
    made = of(Facts(rules=RULES_SHANDONG_2015, in_litigation=True))
    assert all("《信访工作条例》" not in one.article for one in made)


def test_a_day_in_a_year_without_its_table_is_provisional() -> None:
    first, second = of(Facts(received=date(2027, 12, 10)))
    assert (first.by, first.provisional) == (date(2027, 12, 27), False)
    assert (second.by, second.provisional) == (date(2028, 1, 11), True)


def test_whoever_was_guided_is_told_where_and_no_day() -> None:
    litigation = Procedure.LITIGATION
    guided, judgments = of(Facts(), route(Handling.GUIDE, "甲法院", procedure=litigation))
    assert (guided.by, guided.text) == (None, "已引导您到甲法院，按那里的程序办")
    assert guided.article == "《信访工作条例》第三十一条第（一）项"
    assert judgments.by is None
    (arbitration,) = of(Facts(), route(Handling.GUIDE, "甲院", procedure=Procedure.ARBITRATION))
    assert arbitration.article.endswith("第（二）项")


def test_what_was_handed_on_names_the_organ_and_counts_its_notice_from_that_day() -> None:
    handed_on, told = of(Facts(), route(Handling.TRANSFER, "甲局", "乙局", procedure=Procedure.OPINION))
    assert handed_on.text == "已转送甲局、乙局办理"
    assert (handed_on.by, told.by) == (None, date(2026, 12, 1))
    later = of(Facts(), route(Handling.LOWER, "丙区", on=date(2026, 11, 18)))
    assert later[0].text == "已于11月18日转送丙区办理"
    assert later[1].by == date(2026, 12, 3)
    assert of(Facts(anonymous=True), route(Handling.LOWER, "丙区"))[1].by is None
    assert of(Facts(purpose=Purpose.PROPOSAL), route(Handling.LOWER, "丙区"))[2].article.endswith("第二十九条")
    assert of(Facts(content=ContentClass.JUSTICE), route(Handling.TRANSFER, "甲委"))[1].by is None


def test_an_assignment_promises_the_day_of_its_report() -> None:
    handed_on, report, _ = of(Facts(), route(Handling.ASSIGN, "甲局", reply_by=date(2026, 12, 20)))
    assert handed_on.text == "已交甲局办理"
    assert (report.by, report.text) == (date(2026, 12, 20), "甲局向我们报办理结果")
    assert report.article == "《信访工作条例》第二十二条第（三）项"
    assert len(of(Facts(), route(Handling.ASSIGN, "甲局"))) == 2


@pytest.mark.parametrize("handling", [Handling.DISCIPLINE, Handling.PERSONNEL, Handling.TRANSFER])
def test_a_decided_accusation_names_no_organ_either(handling: Handling) -> None:
    handed_on, secret = of(Facts(purpose=Purpose.ACCUSATION), route(handling, "甲室"))
    assert handed_on.text == "已按管理权限转送有权处理的机关"
    assert secret.article == "《信访工作条例》第三十条"


@pytest.mark.parametrize(
    ("handling", "words"),
    [
        (Handling.ANSWER, "当场答复清楚"),
        (Handling.IN_PERIOD, "原来告知的日期不变"),
        (Handling.ENDED, "不再受理"),
    ],
)
def test_what_goes_nowhere_says_so(handling: Handling, words: str) -> None:
    (told,) = of(Facts(repeat=True), route(handling))
    assert words in told.text
    assert told.article == article_of(handling, None)


def test_a_set_without_a_period_is_a_mistake_of_the_program() -> None:
    broken = replace(RULES_2022, transfer=None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        of(Facts(rules=broken))
