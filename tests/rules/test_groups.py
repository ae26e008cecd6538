"""Groups, representatives, agents; visits and people counted apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import groups, papers, registration
from onevisit.rules.faults import Fault
from onevisit.rules.forms import AgentPart, RegistrationForm
from onevisit.rules.groups import AgentKind, Representative, Turnout
from onevisit.rules.people import PersonEntry
from onevisit.rules.rulebook import RULES_2022, RULES_SHANDONG_2015

WU = PersonEntry(name="吴刚", phone="13900000021")
ZHENG = PersonEntry(name="郑丽", phone="13900000022")
SIGNED = Representative(WU, signed=True)
TWELVE = RegistrationForm(lead=WU, headcount=12)


def people(count: int) -> tuple[PersonEntry, ...]:
    return tuple(PersonEntry(name=f"代表{place}", phone="13900000021") for place in range(count))


def roster_faults(roster: Sequence[Representative], at_most: int = 5) -> tuple[Fault, ...]:
    return groups.check_roster(roster, at_most=at_most, article=RULES_2022.representatives.article)


def test_check_1_a_sixth_representative_is_refused_with_article_20() -> None:
    assert roster_faults([SIGNED] * 5) == ()
    (fault,) = roster_faults([SIGNED] * 6)
    assert (fault.field, fault.article) == ("roster", "《信访工作条例》第二十条")
    assert "不得超过 5 人" in fault.sentence


def test_check_1_the_registration_says_the_same_sentence() -> None:
    form = RegistrationForm(lead=WU, companions=people(5))
    (fault,) = [one for one in registration.check(form, date(2026, 11, 24)) if one.field == "companions"]
    (other,) = roster_faults([SIGNED] * 6)
    assert fault.sentence == other.sentence


def test_a_province_may_allow_fewer() -> None:
    (fault,) = roster_faults([SIGNED] * 4, 3)
    assert "不得超过 3 人（现为 4 人）" in fault.sentence


def test_check_2_a_group_without_representatives_may_be_registered_and_is_not_received_where_the_rule_is_on() -> None:
    assert not [one for one in registration.check(TWELVE, date(2026, 11, 24)) if one.field == "companions"]
    told = groups.talk_blocked(TWELVE, RULES_SHANDONG_2015)
    assert told.startswith("来了 12 人，")
    assert RULES_SHANDONG_2015.talk_needs_representatives.article == "《山东省信访条例》第二十七条"
    assert groups.talk_blocked(TWELVE, RULES_2022) == ""


def test_check_2_with_representatives_they_are_received() -> None:
    assert groups.talk_blocked(replace(TWELVE, companions=(ZHENG,)), RULES_SHANDONG_2015) == ""
    assert groups.talk_blocked(replace(TWELVE, companions=(PersonEntry(),)), RULES_SHANDONG_2015)
    assert groups.talk_blocked(replace(TWELVE, lead=None, anonymous=True), RULES_SHANDONG_2015)


def test_check_2_four_people_are_no_group() -> None:
    assert groups.talk_blocked(replace(TWELVE, headcount=4), RULES_SHANDONG_2015) == ""
    assert groups.talk_blocked(replace(TWELVE, headcount=5), RULES_SHANDONG_2015)


def test_a_representative_has_a_name_and_a_telephone() -> None:
    rows = [Representative(PersonEntry()), Representative(replace(WU, phone="12")), SIGNED]
    faults = roster_faults(rows)
    assert [one.field for one in faults] == ["roster.0.name", "roster.0.phone", "roster.1.phone"]
    assert all(one.sentence.endswith("。") and "。。" not in one.sentence for one in faults)


def test_who_has_not_signed_is_named() -> None:
    rows = [SIGNED, Representative(ZHENG), Representative(PersonEntry())]
    assert groups.unsigned(rows) == ("郑丽",)


def test_check_11_two_agents_are_fine_and_a_third_is_refused() -> None:
    two, three = (RegistrationForm(lead=WU, agents=people(count)) for count in (2, 3))
    checked = [registration.check(form, date(2019, 3, 1), RULES_SHANDONG_2015) for form in (two, three)]
    without, found = ([one for one in faults if one.field == "agents"] for faults in checked)
    assert without == []
    assert [one.article for one in found] == ["《山东省信访条例》第二十八条"]


def test_whoever_is_no_kind_of_agent_is_registered_all_the_same() -> None:
    neighbour = RegistrationForm(lead=WU, agents=(ZHENG,))
    assert not [one for one in registration.check(neighbour, date(2026, 11, 24)) if one.field.startswith("agent")]


@pytest.mark.parametrize("kind", AgentKind)
def test_check_11_the_papers_of_each_kind_of_agent(kind: AgentKind) -> None:
    wanted = groups.papers_of(kind)
    assert ("授权委托书" in wanted) == (kind is not AgentKind.GUARDIAN)
    form = RegistrationForm(lead=WU, agents=(ZHENG,), agent_parts=(AgentPart(kind),))
    assert tuple(one.name for one in papers.wanted_of_agents(form)) == wanted
    assert papers.wanted_of_agents(replace(form, agent_parts=(AgentPart(kind, wanted),))) == ()


def test_visits_and_people_are_counted_apart() -> None:
    visits = [(1, False), (4, False), (5, True), (12, True)]
    assert groups.turnout(visits) == Turnout(batches=4, persons=22, group_batches=2, group_persons=17)
    assert groups.turnout([]) == Turnout(0, 0, 0, 0)


VISITS = st.lists(st.integers(1, 9999).map(lambda people: (people, registration.is_group(people))))


@given(VISITS, VISITS)
def test_counts_of_two_days_add_up(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    first, second, both = groups.turnout(one), groups.turnout(other), groups.turnout([*one, *other])
    assert both.batches == first.batches + second.batches
    assert both.persons == first.persons + second.persons
    assert both.group_batches <= both.batches <= both.persons
    assert both.group_persons >= registration.GROUP_FROM * both.group_batches
