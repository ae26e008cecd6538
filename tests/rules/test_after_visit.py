"""What can be wrong with what follows a visit."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import after_visit
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationForm,
    EvaluationStanding,
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
    call_faults,
    evaluation_faults,
    evaluation_standing,
    kept_faults,
    plain_evaluation,
    plain_service,
    promise_faults,
    service_faults,
    silent_after,
)
from onevisit.rules.faults import Fault

TODAY = date(2026, 11, 23)
SERVED = ServiceForm(ServedDocument.OPINION, ServiceMethod.POST, ServiceOutcome.SIGNED, TODAY, "枣信处〔2026〕12号")


def service(**changes: object) -> list[tuple[str, str]]:
    form = plain_service(replace(SERVED, **changes))  # type: ignore[arg-type]  # fields of the form
    after = TODAY - timedelta(days=3)
    return told(service_faults(form, TODAY, after=after, after_what="答复日期"))


def told(faults: Iterable[Fault]) -> list[tuple[str, str]]:
    return [(fault.field, fault.sentence) for fault in faults]


def test_a_signed_document_has_no_faults() -> None:
    assert service() == []


def test_a_refused_document_needs_a_witness() -> None:
    ((field, sentence),) = service(outcome=ServiceOutcome.REFUSED, witness=" \u200b ")
    assert field == "witness"
    assert "见证人" in sentence
    assert service(outcome=ServiceOutcome.REFUSED, witness="社区工作人员周涛") == []


def test_a_witness_is_kept_only_where_something_was_refused() -> None:
    assert plain_service(replace(SERVED, witness="周涛")).witness == ""


def test_a_document_given_by_hand_is_never_on_its_way() -> None:
    ((field, _),) = service(method=ServiceMethod.IN_PERSON, outcome=ServiceOutcome.ON_ITS_WAY)
    assert field == "outcome"
    assert service(outcome=ServiceOutcome.ON_ITS_WAY) == []


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (None, "请填写"),
        (TODAY + timedelta(days=1), "在今天"),
        (TODAY - timedelta(days=4), "早于答复日期（2026年11月20日）"),
    ],
)
def test_the_day_of_a_service_is_there_and_possible(on: date | None, words: str) -> None:
    ((field, sentence),) = service(on=on)
    assert field == "on"
    assert words in sentence


def test_what_is_too_long_says_how_long_it_is() -> None:
    long = service(document_no="号" * 81, note="长" * 2001, outcome=ServiceOutcome.REFUSED, witness="人" * 101)
    assert [field for field, _ in long] == ["document_no", "witness", "note"]
    assert "有 81 字，最多 80 字" in long[0][1]


def test_only_what_is_on_its_way_has_not_reached_anybody() -> None:
    reached = {one for one in ServiceOutcome if after_visit.has_reached(one)}
    assert reached == {ServiceOutcome.SIGNED, ServiceOutcome.REFUSED}


def test_a_promise_says_what_and_by_when() -> None:
    assert told(promise_faults(PromiseForm("回电话", TODAY), TODAY)) == []
    assert [field for field, _ in told(promise_faults(PromiseForm(), TODAY))] == ["text", "due"]
    ((field, sentence),) = told(promise_faults(PromiseForm("回电话", TODAY - timedelta(days=1)), TODAY, "promise."))
    assert (field, "今天是2026年11月23日" in sentence) == ("promise.due", True)


def test_a_kept_promise_says_how() -> None:
    assert [field for field, _ in told(kept_faults(""))] == ["note"]
    assert told(kept_faults("已电话告知")) == []
    assert [field for field, _ in told(kept_faults("长" * 2001))] == ["note"]


def test_a_call_that_reached_somebody_says_what_was_said() -> None:
    assert [field for field, _ in told(call_faults(CallForm(CallOutcome.REACHED), TODAY))] == ["note"]
    assert told(call_faults(CallForm(CallOutcome.NO_ANSWER), TODAY)) == []


def test_nothing_is_promised_to_somebody_who_was_not_reached() -> None:
    form = CallForm(CallOutcome.NO_ANSWER, "", PromiseForm("明天再打", TODAY))
    assert [field for field, _ in told(call_faults(form, TODAY))] == ["promise.text"]
    reached = CallForm(CallOutcome.REACHED, "问进度", PromiseForm("", TODAY))
    assert [field for field, _ in told(call_faults(reached, TODAY))] == ["promise.text"]


def test_silence_is_never_filled_in() -> None:
    silent = EvaluationForm(EvaluationSubject.WINDOW, EvaluationValue.SILENT)
    assert [field for field, _ in told(evaluation_faults(silent))] == ["value"]
    assert [field for field, _ in told(evaluation_faults(replace(silent, comment="长" * 2001)))] == ["value", "comment"]


def test_what_is_answered_on_the_phone_is_checked_with_the_call() -> None:
    window = EvaluationForm(EvaluationSubject.WINDOW, EvaluationValue.DISSATISFIED, "长" * 2001)
    organ = EvaluationForm(EvaluationSubject.ORGAN, EvaluationValue.SILENT)
    reached = CallForm(CallOutcome.REACHED, "问进度", said=(window, organ))
    assert [field for field, _ in told(call_faults(reached, TODAY))] == ["window.comment", "organ.value"]
    fine = replace(reached, said=(replace(window, comment="等得久"),))
    assert told(call_faults(fine, TODAY)) == []
    ((field, sentence),) = told(call_faults(replace(fine, outcome=CallOutcome.NO_ANSWER), TODAY))
    assert (field, "没有联系上" in sentence) == ("window.value", True)


@pytest.mark.parametrize("value", EvaluationValue)
def test_a_reason_is_kept_only_of_whoever_is_not_satisfied(value: EvaluationValue) -> None:
    form = EvaluationForm(EvaluationSubject.ORGAN, value, " 没有讲清楚\u200b ")
    kept = "没有讲清楚" if value is EvaluationValue.DISSATISFIED else ""
    assert plain_evaluation(form) == replace(form, comment=kept)


@given(
    value=st.sampled_from(list(EvaluationValue)),
    answered=st.none() | st.integers(0, 30),
    later=st.integers(0, 400),
    days=st.integers(1, 365),
)
def test_silence_comes_by_itself_and_never_over_an_answer(
    value: EvaluationValue, answered: int | None, later: int, days: int
) -> None:
    answered_on = None if answered is None else TODAY + timedelta(days=answered)
    found = evaluation_standing(value, TODAY, answered_on, TODAY + timedelta(days=later), days)
    if value is not EvaluationValue.SILENT:
        assert found is EvaluationStanding.ANSWERED
    elif answered_on is not None:
        assert found is EvaluationStanding.DECLINED
    else:
        assert found is (EvaluationStanding.SILENT if later > days else EvaluationStanding.WAITING)


def test_the_last_day_for_an_answer_still_counts() -> None:
    assert silent_after(TODAY, 30) == date(2026, 12, 23)
