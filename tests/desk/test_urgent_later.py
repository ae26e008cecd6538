"""Urgency after the registration: a calm matter that becomes urgent, and an urgent one that goes on in another."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import TODAY, routed, shown, stepped

from onevisit.desk import audit, life_links, life_split, lookup, urgent, urgent_later
from onevisit.desk.day_due import day_due
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError
from onevisit.desk.life_view import Special
from onevisit.desk.life_view import life as life_of
from onevisit.desk.register import Registered, register
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.routes import Handling
from onevisit.rules.step_forms import StepForm
from onevisit.rules.urgent import UrgentAddressee, UrgentReport, joined, outstanding

NewForm = Callable[..., RegistrationForm]
FORM = StepForm(TODAY)
WHY = "约好明天上午到\ud800市政府门口聚集"


@pytest.fixture
def calm(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form(clerk_note=""))


@pytest.fixture
def hot(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form(urgent=True, headcount=12, title="扬言去省城", clerk_note=""))


def test_a_matter_becomes_urgent_with_its_report_and_all_five_still_to_be_told(
    clerk_desk: Desk, auditor_desk: Desk, calm: Registered
) -> None:
    before = shown(clerk_desk, calm.matter_id)
    after = urgent_later.mark(clerk_desk, before, WHY)
    assert after == shown(clerk_desk, calm.matter_id)
    assert lookup.open_matter(clerk_desk, calm.matter_id).urgent
    report = urgent.open_report(clerk_desk, calm.matter_id).report
    assert report.content.splitlines()[1:] == ["约好明天上午到市政府门口聚集"]
    assert urgent.waiting(clerk_desk, calm.matter_id) == tuple(UrgentAddressee)
    assert [one.untold for one in day_due(clerk_desk).urgent] == [5]
    told = [line.text for line in lookup.open_matter(clerk_desk, calm.matter_id).timeline if line.kind == "紧急报告"]
    assert told == ["改为紧急：约好明天上午到市政府门口聚集", "打开紧急信访信息报告单"]
    assert [one.action for one in audit.entries(auditor_desk, limit=2)] == ["打开紧急报告单", "改为紧急"]
    with pytest.raises(ChangedElsewhereError):
        urgent_later.mark(clerk_desk, before, WHY)
    with pytest.raises(DeskFault, match="已经是紧急事项"):
        urgent_later.mark(clerk_desk, after, WHY)
    assert "已经是紧急事项" in life_of(clerk_desk, calm.matter_id).act(Special.URGENT).why_not


def test_it_is_said_what_has_come_up(clerk_desk: Desk, calm: Registered) -> None:
    for why, words in ((" \n", "请写明"), ("长" * 2001, "最多 2000 字")):
        with pytest.raises(FormError, match=words) as caught:
            urgent_later.mark(clerk_desk, shown(clerk_desk, calm.matter_id), why)
        assert [one.field for one in caught.value.faults] == ["note"]


def test_of_what_is_over_it_is_said_where_to_go_instead(clerk_desk: Desk, new_form: NewForm) -> None:
    withdrawn, closed, merged, parted, other = (register(clerk_desk, new_form()) for _ in range(5))
    routed(clerk_desk, withdrawn.matter_id)
    stepped(clerk_desk, withdrawn.matter_id, Action.WITHDRAW)
    routed(clerk_desk, closed.matter_id, Handling.GUIDE, None)
    stepped(clerk_desk, closed.matter_id, Action.CLOSE)
    life_links.merge(clerk_desk, shown(clerk_desk, merged.matter_id), other.matter_no, FORM)
    life_split.split(clerk_desk, shown(clerk_desk, parted.matter_id), ["一件", "另一件"], FORM)
    for over, words in (
        (withdrawn, "；又出现情况的，请重新登记"),
        (closed, "先恢复办理，或者重新登记"),
        (merged, "请打开并入的那一件"),
        (parted, "请打开分出的那一件"),
    ):
        with pytest.raises(DeskFault, match=words):
            urgent_later.mark(clerk_desk, shown(clerk_desk, over.matter_id), WHY)
        assert not lookup.open_matter(clerk_desk, over.matter_id).urgent


def test_the_report_goes_over_to_a_matter_that_had_none(
    clerk_desk: Desk, auditor_desk: Desk, hot: Registered, calm: Registered
) -> None:
    key = urgent.open_report(clerk_desk, hot.matter_id).key
    report = urgent.tell(clerk_desk, key, UrgentAddressee.GOVERNMENT).report
    life_links.merge(clerk_desk, shown(clerk_desk, hot.matter_id), calm.matter_no, FORM)
    assert lookup.open_matter(clerk_desk, calm.matter_id).urgent
    view = urgent.open_report(clerk_desk, calm.matter_id)
    assert view.report == report
    assert len(urgent.waiting(clerk_desk, calm.matter_id)) == 4
    assert urgent.waiting(clerk_desk, hot.matter_id) == ()
    assert [one.matter_id for one in day_due(clerk_desk).urgent] == [calm.matter_id]
    last = lookup.open_matter(clerk_desk, calm.matter_id).timeline[-1]
    assert (last.kind, last.text) == ("紧急报告", f"紧急报告单随 {hot.matter_no} 转来")
    assert audit.entries(auditor_desk, limit=1)[0].action == "转来紧急报告单"
    assert urgent.open_report(clerk_desk, hot.matter_id).report == report
    with pytest.raises(DeskFault, match="请在那一件里填写和报告"):
        urgent.tell(clerk_desk, key, UrgentAddressee.NATIONAL)
    urgent.tell(clerk_desk, view.key, UrgentAddressee.NATIONAL)


def test_of_two_reports_nothing_is_lost_and_only_what_both_told_is_told(
    clerk_desk: Desk, hot: Registered, calm: Registered, clock: Clock
) -> None:
    urgent_later.mark(clerk_desk, shown(clerk_desk, calm.matter_id), "带了汽油")
    for matter_id in (calm.matter_id, hot.matter_id):
        key = urgent.open_report(clerk_desk, matter_id).key
        urgent.tell(clerk_desk, key, UrgentAddressee.GOVERNMENT)
        clock.advance(minutes=5)
    urgent.tell(clerk_desk, key, UrgentAddressee.NATIONAL)
    reports = [urgent.open_report(clerk_desk, one.matter_id).report for one in (calm, hot)]
    life_links.merge(clerk_desk, shown(clerk_desk, hot.matter_id), calm.matter_no, FORM)
    whole = urgent.open_report(clerk_desk, calm.matter_id).report
    assert whole.content == f"{reports[0].content}\n{reports[1].content}"
    assert whole.persons == 12
    assert whole.told == {UrgentAddressee.GOVERNMENT: reports[1].told[UrgentAddressee.GOVERNMENT]}


def test_what_is_calm_carries_nothing(clerk_desk: Desk, hot: Registered, calm: Registered) -> None:
    before = urgent.open_report(clerk_desk, hot.matter_id)
    life_links.merge(clerk_desk, shown(clerk_desk, calm.matter_id), hot.matter_no, FORM)
    assert urgent.open_report(clerk_desk, hot.matter_id) == before


def test_each_part_of_an_urgent_matter_has_the_report_as_it_was(clerk_desk: Desk, hot: Registered) -> None:
    key = urgent.open_report(clerk_desk, hot.matter_id).key
    report = urgent.tell(clerk_desk, key, UrgentAddressee.GOVERNMENT).report
    life_split.split(clerk_desk, shown(clerk_desk, hot.matter_id), ["一件", "另一件"], FORM)
    parts = [one.matter_id for one in life_of(clerk_desk, hot.matter_id).links]
    assert [urgent.open_report(clerk_desk, one).report for one in parts] == [report, report]
    assert sorted(one.matter_id for one in day_due(clerk_desk).urgent) == parts


def test_an_accusation_takes_nobody_who_told_along(clerk_desk: Desk, calm: Registered, new_form: NewForm) -> None:
    lead = new_form().lead
    assert lead is not None
    told = replace(lead, name="欧阳示例", phone="13900007777")
    accusing = new_form(
        lead=told,
        purpose=Purpose.ACCUSATION,
        content=ContentClass.DISCIPLINE,
        urgent=True,
        clerk_note="欧阳示例电话 13900007777",
    )
    accused = register(clerk_desk, accusing)
    life_links.merge(clerk_desk, shown(clerk_desk, accused.matter_id), calm.matter_no, FORM)
    content = urgent.open_report(clerk_desk, calm.matter_id).report.content
    assert "〔略〕" in content
    assert "欧阳" not in content
    assert "7777" not in content


def test_equal_words_stand_once() -> None:
    one = UrgentReport("明天", "门口", 5, "聚集", "甲", "劝返")
    assert joined(one, one) == one
    assert joined(UrgentReport(), one) == joined(one, UrgentReport()) == one
    assert joined(one, replace(one, place="广场", content="带了汽油")).place == "门口；广场"
    assert outstanding(joined(one, one)) == tuple(UrgentAddressee)
