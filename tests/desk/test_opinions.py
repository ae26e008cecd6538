"""Handling opinions: drafts, what keeps one from being final, what is warned of, and what is printed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest
from tests.desk.lived import TODAY, routed, shown, stepped, switch_on_shandong

from onevisit.desk import life, lookup, opinions
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.life_view import life as life_of
from onevisit.desk.opinions import Draft, OpinionForm
from onevisit.desk.register import register
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.opinions import Opinion, OpinionKind, OpinionOutcome
from onevisit.rules.step_forms import StepForm

NewForm = Callable[..., RegistrationForm]


class Clock(Protocol):
    """The clock of the house."""

    def advance(self, **time: float) -> None: ...


WHOLE = OpinionForm(
    "示例局",
    Opinion(
        request="支付工资 26800 元",
        facts="经调查，工资确未支付。",
        decision="责令用人单位支付。",
        basis="《保障农民工工资支付条例》",
        outcome=OpinionOutcome.SUPPORTED,
    ),
)


@pytest.fixture
def matter_id(clerk_desk: Desk, new_form: NewForm) -> int:
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    stepped(clerk_desk, found, Action.ACCEPT)
    return found


def faults(error: pytest.ExceptionInfo[FormError]) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in error.value.faults}


def test_a_draft_is_kept_as_it_is_and_gone_on_with(clerk_desk: Desk, matter_id: int) -> None:
    half = OpinionForm("", Opinion(request="支付工资"))
    seen, draft = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), half)
    seen, draft = opinions.write(clerk_desk, seen, draft, replace(half, organ="示例局"))
    (line,) = life_of(clerk_desk, matter_id).opinions
    assert (line.opinion_id, line.version, line.organ) == (draft.opinion_id, draft.version, "示例局")
    assert (line.final_at, line.opinion.request) == (None, "支付工资")
    told = [one.text for one in lookup.open_matter(clerk_desk, matter_id).timeline if one.kind == "意见书"]
    assert told == ["信访处理意见书草稿"], "written on twice, said once"
    assert opinions.sheet(clerk_desk, line.opinion_id).final_on is None


def test_what_is_final_stays(clerk_desk: Desk, matter_id: int) -> None:
    seen, draft = opinions.make_final(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    with pytest.raises(DeskFault, match="已经定稿"):
        opinions.write(clerk_desk, seen, draft, WHOLE)
    assert draft.opinion_id is not None
    sheet = opinions.sheet(clerk_desk, draft.opinion_id)
    assert (sheet.final_on, sheet.kind, sheet.petitioner) == (TODAY, OpinionKind.HANDLING, "王伟")
    assert "30 日内" in sheet.remedy_line
    assert "复查" in sheet.remedy_line
    opinions.record_printed(clerk_desk, draft.opinion_id)


def test_what_the_window_greys_the_desk_refuses(clerk_desk: Desk, new_form: NewForm, matter_id: int) -> None:
    unrouted = register(clerk_desk, new_form(title="另一件", summary="另外一件事。")).matter_id
    with pytest.raises(DeskFault, match="交给承办单位的事项才有"):
        opinions.write(clerk_desk, shown(clerk_desk, unrouted), Draft(), WHOLE)
    seen, draft = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    after = life.take(clerk_desk, seen, Action.WITHDRAW, StepForm(TODAY))
    with pytest.raises(DeskFault, match="已经结束，不再写意见书"):
        opinions.make_final(clerk_desk, after, draft, WHOLE)


def test_two_windows_at_one_opinion(clerk_desk: Desk, supervisor_desk: Desk, matter_id: int) -> None:
    seen, draft = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    opinions.write(supervisor_desk, seen, draft, replace(WHOLE, organ="另一局"))
    with pytest.raises(ChangedElsewhereError):
        opinions.write(clerk_desk, seen, draft, WHOLE)
    with pytest.raises(ChangedElsewhereError, match="这份意见书"):
        opinions.write(clerk_desk, shown(clerk_desk, matter_id), draft, WHOLE)
    assert life_of(clerk_desk, matter_id).opinions[0].organ == "另一局"


def test_the_remedy_is_printed_by_the_kind_of_opinion(clerk_desk: Desk, matter_id: int, clock: Clock) -> None:
    stepped(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW)
    _, review = opinions.make_final(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    clock.advance(minutes=1)
    stepped(clerk_desk, matter_id, Action.REVIEW, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_FINAL_REVIEW)
    _, final = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    assert review.opinion_id is not None
    assert final.opinion_id is not None
    sheets = [opinions.sheet(clerk_desk, one) for one in (review.opinion_id, final.opinion_id)]
    assert [one.kind for one in sheets] == [OpinionKind.REVIEW, OpinionKind.FINAL_REVIEW]
    assert "30 日内" in sheets[0].remedy_line
    assert "复核" in sheets[0].remedy_line
    assert "不再受理" in sheets[1].remedy_line
    assert all("诉讼" not in one.remedy_line and "复议" not in one.remedy_line for one in sheets)


def test_a_draft_stays_the_opinion_it_was_begun_as(clerk_desk: Desk, matter_id: int) -> None:
    _, draft = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), OpinionForm("", Opinion("支付工资")))
    stepped(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW)
    opinions.make_final(clerk_desk, shown(clerk_desk, matter_id), draft, WHOLE)
    opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    assert [one.kind for one in life_of(clerk_desk, matter_id).opinions] == [OpinionKind.HANDLING, OpinionKind.REVIEW]
    told = [one.text for one in lookup.open_matter(clerk_desk, matter_id).timeline if one.kind == "意见书"]
    assert told == ["信访处理意见书草稿", "信访处理意见书定稿", "信访复查意见书草稿"]


def test_a_review_that_came_to_no_opinion_is_not_written_any_more(clerk_desk: Desk, matter_id: int) -> None:
    stepped(clerk_desk, matter_id, Action.ANSWER, served_on=TODAY)
    stepped(clerk_desk, matter_id, Action.ASK_REVIEW)
    life.take(clerk_desk, shown(clerk_desk, matter_id), Action.END_REVIEW, StepForm(TODAY, outcome="taken_back"))
    opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), WHOLE)
    assert [one.kind for one in life_of(clerk_desk, matter_id).opinions] == [OpinionKind.HANDLING]


def test_shandong_asks_for_the_remedy_and_its_period(clerk_desk: Desk, new_form: NewForm) -> None:
    switch_on_shandong(clerk_desk)
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    with pytest.raises(FormError) as wrong:
        opinions.make_final(clerk_desk, shown(clerk_desk, found), Draft(), WHOLE)
    assert list(faults(wrong)) == ["remedy"]


def test_an_opinion_of_nobody_known_is_not_found(clerk_desk: Desk, matter_id: int) -> None:
    with pytest.raises(NotFoundError):
        opinions.sheet(clerk_desk, 999)
    with pytest.raises(NotFoundError):
        opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(999, 1), WHOLE)
    with pytest.raises(FormError) as wrong:
        opinions.make_final(clerk_desk, shown(clerk_desk, matter_id), Draft(), replace(WHOLE, organ=" "))
    assert list(faults(wrong)) == ["organ"]


def test_what_was_typed_is_cleaned_and_no_longer_than_a_sheet(clerk_desk: Desk, matter_id: int) -> None:
    typed = OpinionForm(" 示例\ud800局\n", Opinion("支付\r\n工资  \ud800", facts="\n　　经查属实\n\n"))
    seen, draft = opinions.write(clerk_desk, shown(clerk_desk, matter_id), Draft(), typed)
    (line,) = life_of(clerk_desk, matter_id).opinions
    assert (line.organ, line.opinion.request, line.opinion.facts) == ("示例局", "支付\n工资", "　　经查属实")
    long = OpinionForm("长" * 201, replace(WHOLE.opinion, decision="长" * 20_001))
    for work in (opinions.write, opinions.make_final):
        with pytest.raises(FormError) as caught:
            work(clerk_desk, seen, draft, long)
        assert set(faults(caught)) == {"organ", "decision"}
    with pytest.raises(FormError) as caught:
        opinions.make_final(clerk_desk, seen, draft, OpinionForm("\u200b", WHOLE.opinion))
    assert set(faults(caught)) == {"organ"}
