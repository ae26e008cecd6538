"""Documents that reach the petitioner, and the days that begin with them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.desk.conftest import Clock

from onevisit.desk import afterwards, audit, lookup, service
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, FormError, NotFoundError
from onevisit.desk.register import register
from onevisit.desk.standing import Seen, StepFacts, open_for_change, take_step
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import ServedDocument, ServiceForm, ServiceMethod, ServiceOutcome
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind
from onevisit.store.tables import Matter

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
BY_POST = ServiceForm(ServedDocument.OPINION, ServiceMethod.POST, ServiceOutcome.SIGNED, TODAY, "枣信处〔2026〕12号")


@pytest.fixture
def answered(clerk_desk: Desk, new_form: NewForm) -> int:
    """A matter that was answered with an opinion today; nobody has it yet."""
    matter_id = register(clerk_desk, new_form()).matter_id
    for action in (Action.ROUTE, Action.ACCEPT, Action.ANSWER):
        routed = action is Action.ROUTE
        with clerk_desk.work(Permission.HANDLE) as session:
            take_step(
                clerk_desk,
                session,
                open_for_change(clerk_desk, session, shown(clerk_desk, matter_id)),
                action,
                StepFacts(TODAY, document_no="枣信处〔2026〕12号" if action is Action.ANSWER else ""),
                handling=Handling.TRANSFER if routed else None,
                procedure=Procedure.OPINION if routed else None,
            )
    return matter_id


def shown(desk: Desk, matter_id: int) -> Seen:
    return lookup.open_matter(desk, matter_id).seen


def review_due(desk: Desk, matter_id: int) -> date | None:
    """The last day to ask for a review."""
    with desk.look(Permission.SEE_DUE) as session:
        lines = due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]
    return next((one.due for one in lines if one.key == ClockKind.REVIEW_REQUEST.value), None)


def test_the_days_to_ask_for_a_review_begin_when_the_opinion_arrives(
    clerk_desk: Desk, auditor_desk: Desk, answered: int
) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    assert (waiting.document, waiting.document_no, waiting.on) == (
        ServedDocument.OPINION,
        "枣信处〔2026〕12号",
        TODAY,
    )
    assert review_due(clerk_desk, answered) is None
    form = replace(BY_POST, step_id=waiting.step_id, note=" 本人签收 \n")
    made = service.serve(clerk_desk, shown(clerk_desk, answered), form)
    assert review_due(clerk_desk, answered) == date(2026, 12, 23)
    found = afterwards.afterwards(clerk_desk, answered)
    assert found.to_serve == ()
    (line,) = found.services
    assert (line.service_id, line.method, line.outcome, line.note) == (made, "邮寄", ServiceOutcome.SIGNED, " 本人签收")
    told = lookup.open_matter(clerk_desk, answered).timeline[-1]
    assert (told.kind, told.text.split("；")[:4]) == (
        "送达",
        ["信访处理意见书", "枣信处〔2026〕12号", "邮寄", "已签收"],
    )
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.record, newest.detail) == (
        "登记送达",
        f"送达记录 {made}",
        "信访处理意见书，已签收",
    )


def test_what_is_on_its_way_begins_nothing_and_is_served_afterwards(
    clerk_desk: Desk, answered: int, clock: Clock
) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    sent = replace(BY_POST, step_id=waiting.step_id, outcome=ServiceOutcome.ON_ITS_WAY)
    service.serve(clerk_desk, shown(clerk_desk, answered), sent)
    assert review_due(clerk_desk, answered) is None
    assert [one.step_id for one in afterwards.afterwards(clerk_desk, answered).to_serve] == [waiting.step_id]
    clock.advance(days=4)
    signed = replace(BY_POST, step_id=waiting.step_id, on=TODAY + timedelta(days=3))
    service.serve(clerk_desk, shown(clerk_desk, answered), signed)
    assert review_due(clerk_desk, answered) == date(2026, 12, 28)  # the 26th is a Saturday
    assert [one.on for one in afterwards.afterwards(clerk_desk, answered).services] == [signed.on, TODAY]


def test_a_refusal_before_a_witness_is_a_service(clerk_desk: Desk, answered: int) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    refused = replace(BY_POST, step_id=waiting.step_id, outcome=ServiceOutcome.REFUSED)
    with pytest.raises(FormError) as caught:
        service.serve(clerk_desk, shown(clerk_desk, answered), refused)
    assert [fault.field for fault in caught.value.faults] == ["witness"]
    assert review_due(clerk_desk, answered) is None
    service.serve(clerk_desk, shown(clerk_desk, answered), replace(refused, witness="社区工作人员周涛"))
    assert review_due(clerk_desk, answered) is not None


def test_nothing_is_served_before_it_was_written_nor_tomorrow(clerk_desk: Desk, answered: int) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    for on, words in ((TODAY - timedelta(days=1), "早于答复日期"), (TODAY + timedelta(days=1), "在今天")):
        with pytest.raises(FormError, match=words):
            service.serve(clerk_desk, shown(clerk_desk, answered), replace(BY_POST, step_id=waiting.step_id, on=on))
    plain = replace(BY_POST, document=ServedDocument.NOTICE, on=TODAY - timedelta(days=1))
    with pytest.raises(FormError, match="早于登记日期"):
        service.serve(clerk_desk, shown(clerk_desk, answered), plain)


def test_an_opinion_is_served_once_from_two_windows(clerk_desk: Desk, supervisor_desk: Desk, answered: int) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    form, before = replace(BY_POST, step_id=waiting.step_id), shown(supervisor_desk, answered)
    service.serve(clerk_desk, shown(clerk_desk, answered), form)
    with pytest.raises(ChangedElsewhereError, match="别的窗口刚刚改过这件事"):
        service.serve(supervisor_desk, before, form)
    with pytest.raises(ChangedElsewhereError, match="已记为2026年11月23日送达"):
        service.serve(supervisor_desk, shown(supervisor_desk, answered), form)
    assert len(afterwards.afterwards(clerk_desk, answered).services) == 1


def test_a_document_belongs_to_the_step_it_comes_from(clerk_desk: Desk, answered: int, new_form: NewForm) -> None:
    (waiting,) = afterwards.afterwards(clerk_desk, answered).to_serve
    other = register(clerk_desk, new_form()).matter_id
    for matter_id, document in ((other, ServedDocument.OPINION), (answered, ServedDocument.REVIEW)):
        form = replace(BY_POST, document=document, step_id=waiting.step_id)
        with pytest.raises(NotFoundError):
            service.serve(clerk_desk, shown(clerk_desk, matter_id), form)
    with pytest.raises(NotFoundError):
        service.serve(clerk_desk, shown(clerk_desk, answered), replace(BY_POST, step_id=999))


def test_what_follows_a_confidential_matter_is_unknown_but_by_way_of_ones_own_visit(
    clerk_desk: Desk, new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    with pytest.raises(NotFoundError):
        afterwards.afterwards(clerk_desk, secret.matter_id)
    assert afterwards.afterwards(clerk_desk, secret.matter_id, secret.visit_id).services == ()
    with pytest.raises(NotFoundError):
        afterwards.afterwards(clerk_desk, 999)
