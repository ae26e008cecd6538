"""The same person, the same matter: what is asked, what an answer does, what nobody is shown."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

import pytest
from sqlalchemy import func, select

from onevisit.desk import lookup
from onevisit.desk.accounts import AccountForm, add
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.lookup import open_matter, search
from onevisit.desk.register import AnswerNeededError, Registered, full_person, likenesses, register
from onevisit.rules.accounts import Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.forms import Answer, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.tables import Base, Matter, Petitioner, SamenessAnswer

LogIn = Callable[[Role], Desk]


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def advance(self, **time: float) -> None: ...


def person(serial: int = 1, name: str = "", **more: Any) -> PersonEntry:  # noqa: ANN401 - whatever a field holds
    """An invented person; every serial is another one."""
    body = f"37049919800101{serial:03d}"
    entry = PersonEntry(
        name=name or f"访客{serial}",
        id_number=body + mod_11_2(body),
        phone=f"1390000{serial:04d}",
        region_code="370403",
        town="临城街道",
    )
    return replace(entry, **more)


WAGES = RegistrationForm(
    lead=person(),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place_code="370403",
    title="建筑工地拖欠工资",
    summary="去年3月至9月务工，被拖欠工资28600元。",
    respondent="某建筑劳务有限公司",
    reply_by=ReplyMethod.PHONE,
)
LEAK = replace(
    WAGES,
    lead=person(2),
    content=ContentClass.CONSTRUCTION,
    place_code="370402",
    title="老旧小区漏水无人维修",
    summary="楼顶漏水两年，请求协调维修。",
    respondent="某物业服务公司",
)
NAMESAKE = replace(WAGES, lead=person(1, id_number="", birth_date=None))
"""The visitor of WAGES without a card at hand: only name, phone and town agree."""


def same(matter_id: int) -> tuple[MatterAnswer, ...]:
    return (MatterAnswer(matter_id, Answer.SAME),)


def another(*matter_ids: int) -> tuple[MatterAnswer, ...]:
    return tuple(MatterAnswer(matter_id, Answer.ANOTHER) for matter_id in matter_ids)


def again(form: RegistrationForm, matter_id: int, **more: Any) -> RegistrationForm:  # noqa: ANN401 - as above
    form = replace(form, matter_answers=same(matter_id), return_reason=ReturnReason.NOT_CONTACTED)
    return replace(form, **more)


def lead_id(desk: Desk, saved: Registered) -> int:
    return open_matter(desk, saved.matter_id).visits[-1].people[0].petitioner_id


def rows(desk: Desk) -> dict[str, int]:
    with desk.look(None) as session:
        return {
            table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in Base.metadata.sorted_tables
        }


def answers(desk: Desk) -> list[tuple[int | None, int | None, bool, str]]:
    with desk.look(None) as session:
        return [
            (one.petitioner_id, one.matter_id, one.same, one.reasons)
            for one in session.scalars(select(SamenessAnswer).order_by(SamenessAnswer.id))
        ]


def close_matter(desk: Desk, matter_id: int) -> None:
    with desk.work(None) as session:
        session.get_one(Matter, matter_id).open = False


# -- the same matter ---------------------------------------------------------------------------------------------------


def test_first_second_then_the_first_again(clerk_desk: Desk, clock: Clock) -> None:
    first, second = register(clerk_desk, WAGES), register(clerk_desk, LEAK)
    clock.advance(days=2)
    repeat = register(clerk_desk, again(WAGES, first.matter_id, summary="上次来访后没有接到电话。"))
    assert (repeat.repeat, repeat.ordinal) == (True, 2)
    assert (repeat.matter_id, repeat.matter_no, repeat.query_code) == (
        first.matter_id,
        first.matter_no,
        first.query_code,
    )
    assert repeat.visit_no != first.visit_no
    other = replace(LEAK, title="医疗费用报销比例争议", content=ContentClass.HEALTH, respondent="某区医疗保障局")
    fresh = register(clerk_desk, replace(other, matter_answers=another(second.matter_id)))
    assert (fresh.repeat, fresh.ordinal) == (False, 1)
    assert fresh.matter_no not in {first.matter_no, second.matter_no}
    day = lookup.today(clerk_desk)
    assert [row.repeat for row in day.rows] == [False, True]
    assert (day.figures.first, day.figures.repeat) == (1, 1)
    assert [len(open_matter(clerk_desk, one.matter_id).visits) for one in (first, second, fresh)] == [2, 1, 1]
    assert lead_id(clerk_desk, fresh) == lead_id(clerk_desk, second), "the same person in both matters"


def test_every_time_counts_one_more_and_says_why(clerk_desk: Desk, clock: Clock) -> None:
    first = register(clerk_desk, WAGES)
    for ordinal, reason in ((2, ReturnReason.NOT_TOLD), (3, ReturnReason.OTHER)):
        clock.advance(days=1)
        form = again(WAGES, first.matter_id, return_reason=reason, return_note="电话打不通", title=f"第{ordinal}次来问")
        assert register(clerk_desk, form).ordinal == ordinal
    view = open_matter(clerk_desk, first.matter_id)
    assert [visit.return_reason for visit in view.visits] == [
        "",
        "上次未一次性告知所需材料（电话打不通）",
        "其他（电话打不通）",
    ]
    assert view.title == WAGES.title, "a matter keeps its name"
    steps = [step for step in view.timeline if step.kind == "再次来访"]
    assert "第 2 次来访" in steps[0].text
    assert "再次来访原因：上次未一次性告知所需材料" in steps[0].text
    assert "本次所述：第3次来问" in steps[1].text


def test_a_repeat_without_a_reason_is_refused(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    before = rows(clerk_desk)
    with pytest.raises(FormError) as refused:
        register(clerk_desk, replace(again(WAGES, first.matter_id), return_reason=None))
    assert [fault.field for fault in refused.value.faults] == ["return_reason"]
    assert rows(clerk_desk) == before


def test_a_reason_belongs_to_a_repeat_only(clerk_desk: Desk) -> None:
    left_over = replace(WAGES, return_reason=ReturnReason.OTHER, return_note="没有用了")
    saved = register(clerk_desk, left_over)
    assert open_matter(clerk_desk, saved.matter_id).visits[0].return_reason == ""


def test_a_repeat_fills_in_what_was_unknown_and_changes_nothing_else(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(WAGES, respondent="", place_code=""))
    register(clerk_desk, again(WAGES, first.matter_id, urgent=True, content=ContentClass.OTHER))
    register(clerk_desk, again(WAGES, first.matter_id, respondent="另一家公司", place_code="370402"))
    view = open_matter(clerk_desk, first.matter_id)
    assert (view.respondent, view.urgent) == (WAGES.respondent, True)
    assert view.classification == "求决 · 劳动社保 · 薛城区"


def test_whoever_holds_the_matter_elsewhere_can_see_that_it_went_on(clerk_desk: Desk) -> None:
    def version() -> int:
        with clerk_desk.look(None) as session:
            return session.get_one(Matter, first.matter_id).version

    first = register(clerk_desk, WAGES)
    before = version()
    register(clerk_desk, again(WAGES, first.matter_id))
    assert version() == before + 1


def test_a_repeat_is_found_by_what_was_said_at_any_visit(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    repeat = register(clerk_desk, again(WAGES, first.matter_id, summary="补交银行流水。", companions=(person(3),)))
    for words in ("28600", "银行流水", "访客3", first.visit_no, repeat.visit_no):
        assert [hit.matter_id for hit in search(clerk_desk, words).hits] == [first.matter_id], words
    assert search(clerk_desk, "访客1").hits[0].visits == 2


# -- what is asked -----------------------------------------------------------------------------------------------------


def test_nothing_is_asked_about_a_stranger(clerk_desk: Desk) -> None:
    register(clerk_desk, WAGES)
    assert not likenesses(clerk_desk, LEAK)
    assert not likenesses(clerk_desk, RegistrationForm())
    assert not likenesses(clerk_desk, RegistrationForm(lead=PersonEntry(name="访客1"))), "a name alone is nobody"


def test_the_number_decides_and_brings_the_matters(clerk_desk: Desk, clock: Clock) -> None:
    first = register(clerk_desk, WAGES)
    clock.advance(days=2)
    form = replace(LEAK, lead=PersonEntry(id_number=person().id_number.lower()))
    (known,) = (found := likenesses(clerk_desk, form)).persons
    assert known.certain
    assert (known.name, known.reasons, known.visits) == ("访客1", ("证件号相同",), 1)
    assert (known.last_visit, known.masked_phone) == (date(2026, 11, 23), "139****0001")
    assert person().id_number not in known.masked_id
    (matter,) = found.matters
    assert (matter.matter_id, matter.number, matter.title, matter.open) == (
        first.matter_id,
        first.matter_no,
        WAGES.title,
        True,
    )
    assert matter.visits == 1
    assert "电话" in matter.promise


def test_an_open_matter_must_be_answered_before_the_save(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    before = rows(clerk_desk)
    with pytest.raises(AnswerNeededError) as asked:
        register(clerk_desk, replace(LEAK, lead=WAGES.lead))
    assert [one.matter_id for one in asked.value.likenesses.matters] == [first.matter_id]
    assert asked.value.likenesses.persons == (), "the number decides, nobody is asked who it is"
    assert asked.value.sentence == "请先回答：是不是同一人、同一件事。"
    assert rows(clerk_desk) == before


def test_faults_are_told_before_anything_is_asked(clerk_desk: Desk) -> None:
    register(clerk_desk, WAGES)
    with pytest.raises(FormError):
        register(clerk_desk, replace(WAGES, title=""))


def test_a_namesake_is_asked_about_and_then_that_persons_matters(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    with pytest.raises(AnswerNeededError) as asked:
        register(clerk_desk, NAMESAKE)
    (known,) = asked.value.likenesses.persons
    assert not known.certain
    assert known.reasons == ("姓名相同", "电话相同", "住同一镇街")
    assert asked.value.likenesses.matters == (), "first who it is"
    answered = replace(NAMESAKE, person_answers=(PersonAnswer(known.petitioner_id, Answer.SAME),))
    with pytest.raises(AnswerNeededError) as asked:
        register(clerk_desk, answered)
    assert asked.value.likenesses.persons == ()
    assert [one.matter_id for one in asked.value.likenesses.matters] == [first.matter_id]
    saved = register(clerk_desk, again(answered, first.matter_id))
    assert (saved.ordinal, lead_id(clerk_desk, saved)) == (2, known.petitioner_id)
    assert full_person(clerk_desk, known.petitioner_id).id_number == person().id_number, "what was known stays"


def test_another_person_is_recorded_and_kept_apart(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    first_id = lead_id(clerk_desk, first)
    saved = register(clerk_desk, replace(NAMESAKE, person_answers=(PersonAnswer(first_id, Answer.ANOTHER),)))
    assert not saved.repeat
    assert lead_id(clerk_desk, saved) != first_id
    assert answers(clerk_desk) == [(first_id, None, False, "姓名相同、电话相同、住同一镇街")]
    found = likenesses(clerk_desk, NAMESAKE)
    assert {one.petitioner_id for one in found.persons} == {first_id, lead_id(clerk_desk, saved)}


def test_the_same_person_is_recorded_with_what_agreed_then(clerk_desk: Desk) -> None:
    known = register(clerk_desk, replace(NAMESAKE, lead=replace(person(id_number=""), town="", region_code="")))
    known_id = lead_id(clerk_desk, known)
    form = replace(LEAK, lead=person(), person_answers=(PersonAnswer(known_id, Answer.SAME),))
    register(clerk_desk, replace(form, matter_answers=another(known.matter_id)))
    assert answers(clerk_desk)[0] == (known_id, None, True, "姓名相同、电话相同")
    entry = full_person(clerk_desk, known_id)
    assert (entry.id_number, entry.town) == (person().id_number, "临城街道"), "the card was at hand this time"


def test_another_matter_is_recorded_with_the_reasons_that_stood_there(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    close = replace(WAGES, title="建筑工地拖欠工程款", summary="分包的工程款没有结清。")
    (shown,) = likenesses(clerk_desk, close).matters
    saved = register(clerk_desk, replace(close, matter_answers=another(first.matter_id)))
    assert saved.matter_id != first.matter_id
    assert answers(clerk_desk) == [(None, first.matter_id, False, "、".join(shown.reasons))]
    assert "被反映单位相同" in shown.reasons


def test_the_reasons_are_those_beside_the_question_not_those_of_the_new_visit(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(WAGES, respondent="", place_code=""))
    form = replace(LEAK, lead=WAGES.lead, summary="完全不同的话，写得比上一次长得多得多得多得多。")
    (shown,) = likenesses(clerk_desk, form).matters
    assert shown.reasons == ()
    register(clerk_desk, again(form, first.matter_id))
    assert answers(clerk_desk) == [(None, first.matter_id, True, "")]


def test_what_was_answered_is_not_asked_again(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    form = replace(LEAK, lead=WAGES.lead)
    assert len(likenesses(clerk_desk, form).matters) == 1
    assert likenesses(clerk_desk, replace(form, matter_answers=another(first.matter_id))).matters == ()
    person_answered = replace(NAMESAKE, person_answers=(PersonAnswer(lead_id(clerk_desk, first), Answer.ANOTHER),))
    assert not likenesses(clerk_desk, person_answered)


def test_a_person_whose_number_is_known_may_still_be_another(clerk_desk: Desk) -> None:
    """Two cards with one number: it happens, and the clerk has the last word."""
    first = register(clerk_desk, WAGES)
    first_id = lead_id(clerk_desk, first)
    form = replace(LEAK, lead=person(name="王伟"), person_answers=(PersonAnswer(first_id, Answer.ANOTHER),))
    saved = register(clerk_desk, form)
    assert lead_id(clerk_desk, saved) != first_id
    assert answers(clerk_desk) == [(first_id, None, False, "证件号相同")]


def test_the_likeliest_matter_comes_first_and_at_most_five(clerk_desk: Desk) -> None:
    matters: list[int] = []
    for place in range(7):
        form = replace(WAGES if place == 1 else LEAK, lead=WAGES.lead)
        form = replace(form, title=form.title if place == 1 else f"另外的事{place}")
        matters.append(register(clerk_desk, replace(form, matter_answers=another(*matters))).matter_id)
    found = likenesses(clerk_desk, WAGES).matters
    assert len(found) == 5
    assert found[0].matter_id == matters[1]
    assert (found[0].likely, [one.likely for one in found]) == (100, sorted((m.likely for m in found), reverse=True))
    rest = replace(WAGES, matter_answers=another(*(one.matter_id for one in found)))
    assert register(clerk_desk, rest).ordinal == 1, "more than five are not asked about"


def test_at_most_five_persons_are_shown(clerk_desk: Desk) -> None:
    known: list[int] = []
    for _ in range(6):
        form = replace(NAMESAKE, person_answers=tuple(PersonAnswer(one, Answer.ANOTHER) for one in known))
        known.append(lead_id(clerk_desk, register(clerk_desk, form)))
    assert [one.petitioner_id for one in likenesses(clerk_desk, NAMESAKE).persons] == known[:0:-1]


def test_a_closed_matter_is_shown_and_not_demanded(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    close_matter(clerk_desk, first.matter_id)
    (known,) = likenesses(clerk_desk, WAGES).matters
    assert not known.open
    fresh = register(clerk_desk, WAGES)
    assert (fresh.repeat, fresh.matter_id != first.matter_id) == (False, True)
    # the clerk may still say that it is the same
    answered = again(WAGES, first.matter_id)
    assert register(clerk_desk, answered).ordinal == 2


def test_a_matter_that_was_brought_for_others_is_not_the_agents_own(clerk_desk: Desk) -> None:
    agent, companion = person(5), person(6)
    register(clerk_desk, replace(WAGES, agents=(agent,)))
    joined = register(clerk_desk, replace(LEAK, companions=(companion,)))
    assert likenesses(clerk_desk, replace(WAGES, lead=agent)).matters == ()
    own = likenesses(clerk_desk, replace(LEAK, lead=companion)).matters
    assert [one.matter_id for one in own] == [joined.matter_id]


# -- answers that cannot be ------------------------------------------------------------------------------------------


def test_somebody_with_another_identity_number_cannot_be_the_same(clerk_desk: Desk) -> None:
    first = register(clerk_desk, WAGES)
    first_id = lead_id(clerk_desk, first)
    before = rows(clerk_desk)
    form = replace(LEAK, lead=person(2), person_answers=(PersonAnswer(first_id, Answer.SAME),))
    with pytest.raises(FormError) as refused:
        register(clerk_desk, replace(form, matter_answers=another(first.matter_id)))
    (fault,) = refused.value.faults
    assert fault.field == "person_answers"
    assert "身份证号与现在填写的不同" in fault.sentence
    assert rows(clerk_desk) == before
    assert full_person(clerk_desk, first_id).id_number == person().id_number


def test_an_organisation_is_no_person(clerk_desk: Desk) -> None:
    saved = register(clerk_desk, replace(WAGES, organisation="某机械有限公司"))
    with clerk_desk.look(None) as session:
        organisation_id = session.scalars(select(Petitioner.id).where(Petitioner.organisation)).one()
    form = replace(LEAK, person_answers=(PersonAnswer(organisation_id, Answer.SAME),))
    with pytest.raises(AnswerNeededError):
        register(clerk_desk, form)
    with pytest.raises(NotFoundError):
        register(clerk_desk, replace(form, matter_answers=another(saved.matter_id)))


# -- what nobody is shown ----------------------------------------------------------------------------------------------


@pytest.fixture
def other_clerk(house: House, admin_desk: Desk) -> Desk:
    """窗口员乙, staff number 012."""
    add(admin_desk, AccountForm("chuangkou2", "窗口员乙", "012", Role.CLERK, "Mima-2031"))
    return house.log_in("chuangkou2", "Mima-2031")


SECRET = replace(LEAK, title="反映某村干部侵占集体资金", confidential=True)


def test_whoever_came_only_in_confidence_is_invisible(clerk_desk: Desk, other_clerk: Desk) -> None:
    secret = register(clerk_desk, SECRET)
    assert not likenesses(other_clerk, LEAK), "not even by the number"
    assert not likenesses(other_clerk, replace(LEAK, lead=replace(person(2), id_number="")))
    saved = register(other_clerk, replace(LEAK, lead=replace(person(2), phone="13900000222", name="改了名")))
    assert (saved.repeat, saved.matter_id == secret.matter_id) == (False, False)
    timeline = open_matter(other_clerk, saved.matter_id).timeline
    assert [step.text for step in timeline if step.kind == "资料更新"] == ["改了名：资料有更新"]
    with clerk_desk.look(None) as session:
        assert session.scalar(select(func.count()).select_from(Petitioner)) == 1, "the number decides all the same"


def test_the_clerk_of_the_day_knows_the_person_but_not_the_matter(clerk_desk: Desk, clock: Clock) -> None:
    register(clerk_desk, SECRET)
    found = likenesses(clerk_desk, LEAK)
    assert [one.name for one in found.persons] == ["访客2"]
    assert found.matters == ()
    clock.advance(days=1)
    assert not likenesses(clerk_desk, LEAK)


def test_only_visits_that_may_be_known_are_counted(clerk_desk: Desk, other_clerk: Desk) -> None:
    first = register(clerk_desk, LEAK)
    secret = register(clerk_desk, replace(SECRET, matter_answers=another(first.matter_id)))
    (seen,) = likenesses(other_clerk, LEAK).persons
    (own,) = likenesses(clerk_desk, LEAK).persons
    assert (seen.visits, own.visits) == (1, 2)
    assert [one.matter_id for one in likenesses(other_clerk, LEAK).matters] == [first.matter_id] != [secret.matter_id]


def test_an_answer_reaches_nothing_that_may_not_be_known(
    clerk_desk: Desk, other_clerk: Desk, supervisor_desk: Desk
) -> None:
    secret = register(clerk_desk, SECRET)
    hidden_id = lead_id(supervisor_desk, secret)
    before = rows(other_clerk)
    by_person = replace(WAGES, person_answers=(PersonAnswer(hidden_id, Answer.SAME),))
    for form in (by_person, again(WAGES, secret.matter_id)):
        with pytest.raises(NotFoundError, match="没有找到"):
            register(other_clerk, form)
        assert rows(other_clerk) == before
    with pytest.raises(NotFoundError):
        full_person(other_clerk, hidden_id)
    assert full_person(clerk_desk, hidden_id).phone == person(2).phone, "the clerk of the day may"


def test_a_matter_stays_confidential_once_it_is(clerk_desk: Desk, supervisor_desk: Desk, clock: Clock) -> None:
    first = register(clerk_desk, LEAK)
    register(clerk_desk, again(LEAK, first.matter_id, confidential=True))
    assert open_matter(supervisor_desk, first.matter_id).confidential
    assert search(clerk_desk, "漏水").total == 0
    clock.advance(days=1)
    assert not likenesses(clerk_desk, LEAK)
