"""Follow-up calls, and the promises made during them."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from tests.desk.lived import shown as now

from onevisit.desk import afterwards, calls, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.register import register
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import CallForm, CallOutcome, PromiseForm
from onevisit.rules.forms import RegistrationForm

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)


@pytest.fixture
def shown(clerk_desk: Desk, new_form: NewForm) -> Seen:
    return lookup.open_matter(clerk_desk, register(clerk_desk, new_form()).matter_id).seen


def test_a_call_is_kept_with_what_was_promised_during_it(clerk_desk: Desk, shown: Seen) -> None:
    calls.call(clerk_desk, shown, CallForm(CallOutcome.NO_ANSWER))
    promise = PromiseForm("周五前回电", TODAY + timedelta(days=4))
    calls.call(clerk_desk, now(clerk_desk, shown.matter_id), CallForm(CallOutcome.REACHED, "问调解进度", promise))
    found = afterwards.afterwards(clerk_desk, shown.matter_id)
    assert [(one.outcome, one.note, one.staff_no) for one in found.calls] == [
        (CallOutcome.REACHED, "问调解进度", "002"),
        (CallOutcome.NO_ANSWER, "", "002"),
    ]
    assert [(one.text, one.due) for one in found.promises] == [(promise.text, promise.due)]
    told = [(one.kind, one.text) for one in lookup.open_matter(clerk_desk, shown.matter_id).timeline[-3:]]
    assert told == [
        ("回访", "无人接听"),
        ("回访", "已联系上：问调解进度"),
        ("承诺", "2026年11月27日前：周五前回电"),
    ]


def test_a_half_promise_keeps_the_whole_call_back(clerk_desk: Desk, shown: Seen) -> None:
    with pytest.raises(FormError) as caught:
        calls.call(clerk_desk, shown, CallForm(CallOutcome.REACHED, "问进度", PromiseForm("回电")))
    assert [fault.field for fault in caught.value.faults] == ["promise.due"]
    assert afterwards.afterwards(clerk_desk, shown.matter_id).calls == ()
