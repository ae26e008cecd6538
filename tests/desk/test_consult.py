"""The duty lawyer's list, a consultation from its first word to its seal, and what comes after."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import timedelta
from threading import Barrier
from typing import Any, Protocol

import pytest

from onevisit.desk import consult, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotAllowedError, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import AdvisedWay, ReturnReason
from onevisit.rules.forms import Answer, ConsultationForm, MatterAnswer, RegistrationForm

NewForm = Callable[..., RegistrationForm]
Colleague = Callable[[Role], Desk]

GOOD = ConsultationForm(
    facts="有欠条，没有书面合同。",
    advice="您可以直接向人民法院起诉。",
    basis="《保障农民工工资支付条例》",
    ways=(AdvisedWay.LITIGATION,),
    working_notes="对方可能在转移财产",
)


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def advance(self, **time: float) -> None: ...


@pytest.fixture
def sent(clerk_desk: Desk, new_form: NewForm) -> Callable[..., Registered]:
    """Register a visitor who is to see the lawyer; what is given replaces fields of the form."""

    def sent(**changes: Any) -> Registered:  # noqa: ANN401  any field of the form
        return register(clerk_desk, new_form(**{"wants_lawyer": True, **changes}))

    return sent


Sent = Callable[..., Registered]


def states(desk: Desk) -> list[tuple[int, str, str]]:
    return [(row.visit_id, row.state, row.lawyer) for row in consult.waiting(desk)]


def signed(desk: Desk, visit_id: int, form: ConsultationForm = GOOD) -> consult.ConsultationView:
    begun = consult.begin(desk, visit_id)
    return consult.sign(desk, begun.consultation_id, form, begun.version)


# the list


def test_a_visitor_is_sent_once_however_often_it_is_asked(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm
) -> None:
    visit = register(clerk_desk, new_form())
    assert consult.waiting(lawyer_desk) == ()
    for _ in range(2):
        consult.send_to_lawyer(clerk_desk, visit.visit_id)
    assert states(lawyer_desk) == [(visit.visit_id, "waiting", "")]
    steps = [line.kind for line in lookup.open_matter(clerk_desk, visit.matter_id).timeline]
    assert steps == ["登记", "转律师"]


def test_only_a_visit_of_today_is_sent(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    old = register(clerk_desk, new_form())
    clock.advance(days=1)
    with pytest.raises(DeskFault) as caught:
        consult.send_to_lawyer(clerk_desk, old.visit_id)
    assert "不是今天的" in caught.value.sentence
    # who came yesterday and was written down only now still stands there
    late = register(clerk_desk, new_form(), arrived_at=clerk_desk.now() - timedelta(days=1))
    consult.send_to_lawyer(clerk_desk, late.visit_id)
    assert states(lawyer_desk) == [(late.visit_id, "waiting", "")]


def test_the_longest_waiting_stands_first_then_who_is_being_advised_then_who_was(
    clerk_desk: Desk, lawyer_desk: Desk, sent: Sent, new_form: NewForm, clock: Clock
) -> None:
    done, begun, first, second = (sent() for _ in range(4))
    earlier = register(clerk_desk, new_form(wants_lawyer=True), arrived_at=clerk_desk.now() - timedelta(minutes=20))
    register(clerk_desk, new_form())
    signed(lawyer_desk, done.visit_id)
    consult.begin(lawyer_desk, begun.visit_id)
    assert states(lawyer_desk) == [
        (earlier.visit_id, "waiting", ""),
        (first.visit_id, "waiting", ""),
        (second.visit_id, "waiting", ""),
        (begun.visit_id, "opened", "律师甲"),
        (done.visit_id, "signed", "律师甲"),
    ]


def test_a_row_says_who_waits_for_what_since_when(lawyer_desk: Desk, clerk_desk: Desk, sent: Sent) -> None:
    visit = sent()
    (row,) = consult.waiting(lawyer_desk)
    assert (row.petitioner, row.title, row.queue_no) == ("王伟", "建筑工地拖欠工资", visit.queue_no)
    assert row.classification == "求决 · 劳动社保 · 薛城区"
    assert (row.arrived_at, row.consultation_id) == (clerk_desk.now(), None)


def test_the_next_day_only_what_is_not_finished_is_still_there(lawyer_desk: Desk, sent: Sent, clock: Clock) -> None:
    done, begun, _left = (sent() for _ in range(3))
    signed(lawyer_desk, done.visit_id)
    open_one = consult.begin(lawyer_desk, begun.visit_id)
    clock.advance(days=1)
    assert states(lawyer_desk) == [(begun.visit_id, "opened", "律师甲")]
    consult.sign(lawyer_desk, open_one.consultation_id, GOOD, open_one.version)
    assert states(lawyer_desk) == [(begun.visit_id, "signed", "律师甲")]
    clock.advance(days=1)
    assert states(lawyer_desk) == []


def test_whoever_is_logged_in_may_ask_how_many_wait(
    clerk_desk: Desk, lawyer_desk: Desk, auditor_desk: Desk, sent: Sent, clock: Clock
) -> None:
    visits = [sent() for _ in range(3)]
    consult.begin(lawyer_desk, visits[0].visit_id)
    assert {consult.waiting_count(desk) for desk in (clerk_desk, lawyer_desk, auditor_desk)} == {2}
    clock.advance(days=1)
    assert consult.waiting_count(clerk_desk) == 0


def test_a_confidential_visit_is_not_betrayed_by_how_many_wait(
    clerk_desk: Desk,
    lawyer_desk: Desk,
    auditor_desk: Desk,
    colleague: Callable[[Role], Desk],
    new_form: Callable[..., RegistrationForm],
) -> None:
    register(clerk_desk, new_form(confidential=True, wants_lawyer=True))
    assert [consult.waiting_count(desk) for desk in (clerk_desk, lawyer_desk)] == [1, 1]
    assert [consult.waiting_count(desk) for desk in (colleague(Role.CLERK), auditor_desk)] == [0, 0]


# opening


def test_the_lawyer_sees_the_matter_but_no_full_number_and_no_note_of_the_clerk(lawyer_desk: Desk, sent: Sent) -> None:
    visit = sent()
    view = consult.begin(lawyer_desk, visit.visit_id)
    assert (view.visit_no, view.petitioner, view.lawyer) == (visit.visit_no, "王伟", "律师甲")
    assert view.summary == "去年在某工地务工，被拖欠工资26800元，请求帮助追讨。"
    assert (view.respondent, view.materials) == ("某建筑劳务有限公司", ("工资欠条（复印件 1 页）",))
    assert (view.editable, view.signed_at, view.form) == (True, None, ConsultationForm())
    assert view.masked_id.startswith("370499********")
    everything = str(asdict(view))
    assert not any(secret in everything for secret in ("37049919790412", "13900000001", "情绪激动", "示例村"))


def test_coming_back_to_ones_own_consultation_opens_the_same_one(lawyer_desk: Desk, sent: Sent) -> None:
    visit = sent()
    first = consult.begin(lawyer_desk, visit.visit_id)
    assert consult.begin(lawyer_desk, visit.visit_id) == first
    assert consult.view(lawyer_desk, first.consultation_id) == first
    steps = [line.kind for line in lookup.open_matter(lawyer_desk, visit.matter_id).timeline]
    assert steps.count("律师接待") == 1


@pytest.mark.parametrize("finished", [False, True])
def test_another_lawyer_is_refused_by_name(
    lawyer_desk: Desk, colleague: Colleague, sent: Sent, *, finished: bool
) -> None:
    visit = sent()
    begun = signed(lawyer_desk, visit.visit_id) if finished else consult.begin(lawyer_desk, visit.visit_id)
    other = colleague(Role.LAWYER)
    with pytest.raises(DeskFault) as caught:
        consult.begin(other, visit.visit_id)
    assert caught.value.sentence.startswith("律师甲已经接待了")
    for write in (consult.save, consult.sign):
        with pytest.raises(DeskFault) as caught:
            write(other, begun.consultation_id, GOOD, begun.version)
        assert caught.value.sentence.startswith("这份意见由律师甲撰写")
    assert not consult.view(other, begun.consultation_id).editable
    assert states(other)[0][2] == "律师甲"


def test_of_two_lawyers_who_open_at_once_one_is_refused(lawyer_desk: Desk, colleague: Colleague, sent: Sent) -> None:
    visit, desks = sent(), (lawyer_desk, colleague(Role.LAWYER))
    gate = Barrier(2)

    def opened(desk: Desk) -> str:
        gate.wait(timeout=10)
        try:
            return consult.begin(desk, visit.visit_id).lawyer
        except DeskFault as fault:
            return fault.sentence

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(opened, desks), key=len)
    assert said[0] in {"律师甲", "律师乙"}
    assert said[1].startswith(f"{said[0]}已经接待了")


def test_who_was_not_sent_is_not_advised(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm) -> None:
    visit = register(clerk_desk, new_form())
    with pytest.raises(DeskFault) as caught:
        consult.begin(lawyer_desk, visit.visit_id)
    assert "转律师" in caught.value.sentence
    with pytest.raises(NotFoundError):
        consult.begin(lawyer_desk, 4711)
    with pytest.raises(NotFoundError):
        consult.view(lawyer_desk, 4711)


def test_a_confidential_matter_reaches_the_lawyer_only_when_it_was_sent(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm
) -> None:
    visit = register(clerk_desk, new_form(confidential=True))
    with pytest.raises(NotFoundError):
        consult.begin(lawyer_desk, visit.visit_id)
    consult.send_to_lawyer(clerk_desk, visit.visit_id)
    assert consult.begin(lawyer_desk, visit.visit_id).title == "建筑工地拖欠工资"


def test_what_was_said_at_earlier_visits_stands_beside_it(
    clerk_desk: Desk, lawyer_desk: Desk, sent: Sent, new_form: NewForm, clock: Clock
) -> None:
    form = new_form(wants_lawyer=True)
    first = register(clerk_desk, form)
    signed(lawyer_desk, first.visit_id)
    clock.advance(days=2)
    same = (MatterAnswer(first.matter_id, Answer.SAME),)
    again = replace(form, summary="还没有拿到钱。", matter_answers=same, return_reason=ReturnReason.NOT_CONTACTED)
    second = register(clerk_desk, again)
    draft = consult.begin(lawyer_desk, second.visit_id)
    consult.save(lawyer_desk, draft.consultation_id, replace(GOOD, advice="没有签署的话"), draft.version)
    third = register(clerk_desk, again)
    assert consult.begin(lawyer_desk, first.visit_id).earlier == ()
    assert consult.begin(lawyer_desk, third.visit_id).earlier == (
        "2026年11月23日第 1 次来访：去年在某工地务工，被拖欠工资26800元，请求帮助追讨。",
        "律师甲当时的意见：您可以直接向人民法院起诉。",
        "2026年11月25日第 2 次来访：还没有拿到钱。",
    )


# writing


def test_what_is_half_written_is_kept(lawyer_desk: Desk, sent: Sent) -> None:
    begun = consult.begin(lawyer_desk, sent().visit_id)
    half = ConsultationForm(facts="  刚问到一半\r\n", working_notes="查工商登记")
    kept = consult.save(lawyer_desk, begun.consultation_id, half, begun.version)
    assert kept.form == ConsultationForm(facts="  刚问到一半", working_notes="查工商登记")
    assert consult.view(lawyer_desk, begun.consultation_id) == kept
    assert (kept.editable, kept.signed_at) == (True, None)
    emptied = consult.save(lawyer_desk, begun.consultation_id, ConsultationForm(), kept.version)
    assert emptied.form == ConsultationForm()


def test_legal_aid_counts_as_a_way_and_ways_stand_in_their_order(lawyer_desk: Desk, sent: Sent) -> None:
    begun = consult.begin(lawyer_desk, sent().visit_id)
    form = replace(GOOD, ways=(AdvisedWay.MEDIATION, AdvisedWay.LITIGATION, AdvisedWay.MEDIATION), legal_aid=True)
    kept = consult.save(lawyer_desk, begun.consultation_id, form, begun.version)
    assert kept.form.ways == (AdvisedWay.LITIGATION, AdvisedWay.MEDIATION, AdvisedWay.LEGAL_AID)


@pytest.mark.parametrize("write", [consult.save, consult.sign])
def test_what_was_changed_elsewhere_is_not_overwritten(
    lawyer_desk: Desk, sent: Sent, write: Callable[[Desk, int, ConsultationForm, int], consult.ConsultationView]
) -> None:
    begun = consult.begin(lawyer_desk, sent().visit_id)
    newer = consult.save(lawyer_desk, begun.consultation_id, GOOD, begun.version)
    with pytest.raises(ChangedElsewhereError):
        write(lawyer_desk, begun.consultation_id, replace(GOOD, facts="旧窗口里的话"), begun.version)
    assert consult.view(lawyer_desk, begun.consultation_id) == newer


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (ConsultationForm(), ["facts", "advice", "ways"]),
        (replace(GOOD, facts=" \n "), ["facts"]),
        (replace(GOOD, advice="\u200b"), ["advice"]),
        (replace(GOOD, ways=()), ["ways"]),
        (replace(GOOD, basis="法" * 20_001, working_notes="记" * 20_001), ["basis", "working_notes"]),
    ],
)
def test_what_is_missing_stops_the_signature_at_its_field(
    lawyer_desk: Desk, sent: Sent, form: ConsultationForm, fields: list[str]
) -> None:
    begun = consult.begin(lawyer_desk, sent().visit_id)
    with pytest.raises(FormError) as caught:
        consult.sign(lawyer_desk, begun.consultation_id, form, begun.version)
    assert [fault.field for fault in caught.value.faults] == fields
    assert consult.view(lawyer_desk, begun.consultation_id) == begun


def test_a_signature_seals_it(lawyer_desk: Desk, sent: Sent, clock: Clock) -> None:
    visit = sent()
    begun = consult.begin(lawyer_desk, visit.visit_id)
    clock.advance(minutes=12)
    done = consult.sign(lawyer_desk, begun.consultation_id, GOOD, begun.version)
    assert (done.signed_at, done.editable, done.form) == (lawyer_desk.now(), False, GOOD)
    for write in (consult.save, consult.sign):
        with pytest.raises(DeskFault) as caught:
            write(lawyer_desk, begun.consultation_id, replace(GOOD, advice="改口"), done.version)
        assert "补充意见" in caught.value.sentence
    assert consult.begin(lawyer_desk, visit.visit_id) == done
    timeline = lookup.open_matter(lawyer_desk, visit.matter_id).timeline
    assert (timeline[-1].kind, timeline[-1].who) == ("律师签发", "律师甲（003）")


def test_addenda_follow_with_their_day_and_author(
    lawyer_desk: Desk, colleague: Colleague, sent: Sent, clock: Clock
) -> None:
    visit = sent()
    done = signed(lawyer_desk, visit.visit_id)
    clock.advance(days=1)
    first_at = lawyer_desk.now()
    consult.add_addendum(lawyer_desk, done.consultation_id, "时效还有两年。\n")
    clock.advance(hours=1)
    view = consult.add_addendum(colleague(Role.LAWYER), done.consultation_id, "可以先申请支付令。")
    assert view.addenda == (
        consult.Addendum(first_at, "律师甲", "时效还有两年。"),
        consult.Addendum(lawyer_desk.now(), "律师乙", "可以先申请支付令。"),
    )
    assert (view.form.advice, view.signed_at) == (GOOD.advice, done.signed_at)
    advice = lookup.open_matter(lawyer_desk, visit.matter_id).visits[0].advice
    assert advice is not None
    assert advice.addenda == tuple((one.written_at, one.author, one.text) for one in view.addenda)
    assert [hit.matter_id for hit in lookup.search(lawyer_desk, "支付令").hits] == [visit.matter_id]


@pytest.mark.parametrize("text", ["", " \n", "补" * 20_001])
def test_an_addendum_says_something_and_not_too_much(lawyer_desk: Desk, sent: Sent, text: str) -> None:
    done = signed(lawyer_desk, sent().visit_id)
    with pytest.raises(FormError) as caught:
        consult.add_addendum(lawyer_desk, done.consultation_id, text)
    assert [fault.field for fault in caught.value.faults] == ["addendum"]
    assert consult.view(lawyer_desk, done.consultation_id).addenda == ()


def test_what_is_not_signed_takes_no_addendum(lawyer_desk: Desk, sent: Sent) -> None:
    begun = consult.begin(lawyer_desk, sent().visit_id)
    with pytest.raises(DeskFault) as caught:
        consult.add_addendum(lawyer_desk, begun.consultation_id, "补充")
    assert "还没有签发" in caught.value.sentence


# who may see what


def test_working_notes_are_for_their_author_alone(
    clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk, colleague: Colleague, sent: Sent
) -> None:
    visit = sent()
    done = signed(lawyer_desk, visit.visit_id)
    assert done.form.working_notes == GOOD.working_notes
    other = colleague(Role.LAWYER)
    assert consult.view(other, done.consultation_id).form == replace(GOOD, working_notes="")
    for desk in (clerk_desk, supervisor_desk, other, lawyer_desk):
        assert GOOD.working_notes not in str(asdict(lookup.open_matter(desk, visit.matter_id)))
        assert lookup.search(desk, GOOD.working_notes).hits == ()


def test_advice_is_found_and_shown_once_it_is_signed(clerk_desk: Desk, lawyer_desk: Desk, sent: Sent) -> None:
    visit = sent()
    begun = consult.begin(lawyer_desk, visit.visit_id)
    kept = consult.save(lawyer_desk, begun.consultation_id, GOOD, begun.version)
    assert lookup.open_matter(clerk_desk, visit.matter_id).visits[0].advice is None
    assert lookup.search(clerk_desk, "直接向人民法院起诉").hits == ()
    consult.sign(lawyer_desk, begun.consultation_id, GOOD, kept.version)
    advice = lookup.open_matter(clerk_desk, visit.matter_id).visits[0].advice
    assert advice is not None
    assert (advice.lawyer, advice.advice, advice.ways) == ("律师甲", GOOD.advice, ("诉讼",))
    assert [hit.matter_id for hit in lookup.search(clerk_desk, "直接向人民法院起诉").hits] == [visit.matter_id]


@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_lawyers_consult(log_in: Callable[[Role], Desk], lawyer_desk: Desk, sent: Sent, role: Role) -> None:
    visit = sent()
    begun = consult.begin(lawyer_desk, visit.visit_id)
    desk = log_in(role)
    tries: tuple[Callable[[], object], ...] = (
        lambda: consult.waiting(desk),
        lambda: consult.begin(desk, visit.visit_id),
        lambda: consult.view(desk, begun.consultation_id),
        lambda: consult.save(desk, begun.consultation_id, GOOD, begun.version),
        lambda: consult.sign(desk, begun.consultation_id, GOOD, begun.version),
        lambda: consult.add_addendum(desk, begun.consultation_id, "补充"),
    )
    for attempt in tries:
        with pytest.raises(NotAllowedError):
            attempt()
    assert consult.view(lawyer_desk, begun.consultation_id) == begun


def test_only_who_registers_sends(lawyer_desk: Desk, supervisor_desk: Desk, sent: Sent) -> None:
    visit = sent()
    for desk in (lawyer_desk, supervisor_desk):
        with pytest.raises(NotAllowedError):
            consult.send_to_lawyer(desk, visit.visit_id)
