"""Why somebody had to come again, as far as the facts say so."""

from dataclasses import replace
from datetime import date

import pytest

from onevisit.rules.classification import ReturnReason
from onevisit.rules.return_causes import ComingAgain, suggest, with_wanted
from onevisit.rules.slip import Promise

SLIP = "欠条、工资条或银行流水：到开户银行打印"
CARD = "户口簿复印件：在家复印"
PROMISE = Promise(date(2026, 11, 17), "电话联系您。")


@pytest.mark.parametrize(
    ("known", "reason", "why"),
    [
        (ComingAgain(broken_promise=PROMISE), ReturnReason.NOT_CONTACTED, "上次答应11月17日前“电话联系您”"),
        (ComingAgain(broken_promise=Promise(None, "回话")), ReturnReason.NOT_CONTACTED, "上次答应“回话”"),
        (ComingAgain(given_back_by="某区人社局"), ReturnReason.WRONG_OFFICE, "上次转给某区人社局"),
        (
            ComingAgain(overdue=date(2026, 11, 16), overdue_what="书面告知"),
            ReturnReason.NO_ANSWER,
            "“书面告知”11月16日已到期",
        ),
        (ComingAgain(told=(CARD,), wanted=(SLIP,)), ReturnReason.NOT_TOLD, "没有告知要带欠条、工资条或银行流水"),
        (ComingAgain(told=None, wanted=(SLIP,)), ReturnReason.NOT_TOLD, "上次没有告知"),
        (ComingAgain(told=(SLIP, CARD), wanted=(CARD,)), ReturnReason.PAPERS_FORGOTTEN, "要带户口簿复印件，今天还没有"),
    ],
)
def test_each_cause_is_suggested_with_the_fact_that_speaks_for_it(
    known: ComingAgain, reason: ReturnReason, why: str
) -> None:
    cause = suggest(known)
    assert cause is not None
    assert cause.reason is reason
    assert why in cause.why


def test_facts_that_say_nothing_suggest_nothing() -> None:
    assert suggest(ComingAgain()) is None
    assert suggest(ComingAgain(told=(SLIP,))) is None


def test_a_paper_is_the_same_wherever_it_is_to_be_had_now() -> None:
    cause = suggest(ComingAgain(told=("户口簿复印件：到派出所复印",), wanted=(CARD,)))
    assert cause is not None
    assert cause.reason is ReturnReason.PAPERS_FORGOTTEN


def test_what_the_form_still_wants_is_added_to_what_is_known() -> None:
    known = with_wanted(ComingAgain(told=(SLIP,)), (SLIP,))
    cause = suggest(known)
    assert cause is not None
    assert cause.reason is ReturnReason.PAPERS_FORGOTTEN


def test_what_we_failed_to_do_comes_before_what_the_visitor_forgot() -> None:
    known = ComingAgain(PROMISE, "某区人社局", date(2026, 11, 16), "书面告知", (SLIP,), (SLIP, CARD))
    order = []
    for mended in (
        known,
        replace(known, broken_promise=None),
        replace(known, broken_promise=None, given_back_by=""),
        replace(known, broken_promise=None, given_back_by="", overdue=None),
        replace(known, broken_promise=None, given_back_by="", overdue=None, wanted=(SLIP,)),
    ):
        cause = suggest(mended)
        assert cause is not None
        order.append(cause.reason)
    assert order == [
        ReturnReason.NOT_CONTACTED,
        ReturnReason.WRONG_OFFICE,
        ReturnReason.NO_ANSWER,
        ReturnReason.NOT_TOLD,
        ReturnReason.PAPERS_FORGOTTEN,
    ]
