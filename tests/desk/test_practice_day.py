"""The invented visits of practice mode: through the same doors, by the same rules, about nobody."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from onevisit.desk import audit, consult, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError
from onevisit.desk.practice_day import seed
from onevisit.desk.register import AnswerNeededError, full_person, register
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    moment: datetime

    def __call__(self) -> datetime: ...


def test_twelve_visits_the_last_a_repeat_of_the_first(clerk_desk: Desk, lawyer_desk: Desk) -> None:
    visits = seed(clerk_desk, lawyer_desk)
    assert len(visits) == 12
    assert [one.ordinal for one in visits] == [1] * 11 + [2]
    assert (visits[-1].matter_no, visits[-1].query_code) == (visits[0].matter_no, visits[0].query_code)
    assert len({one.visit_no for one in visits}) == 12
    assert len({one.matter_no for one in visits}) == 11
    assert reasons_of(clerk_desk, visits[0].matter_id) == ["", "未按承诺时间联系来访人"]


def reasons_of(desk: Desk, matter_id: int) -> list[str]:
    return [visit.return_reason for visit in lookup.open_matter(desk, matter_id).visits]


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 23, 1, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 16, 0, tzinfo=UTC),  # midnight in Shanghai
        datetime(2026, 11, 22, 16, 3, tzinfo=UTC),
        datetime(2027, 1, 1, 15, 59, tzinfo=UTC),
    ],
)
def test_half_came_three_days_ago_half_today_and_nobody_tomorrow(
    clerk_desk: Desk, lawyer_desk: Desk, clock: Clock, now: datetime
) -> None:
    clock.moment = now
    seed(clerk_desk, lawyer_desk)
    today = local_day(now)
    lists = [lookup.today(clerk_desk, day) for day in (today - timedelta(days=3), today)]
    assert [one.figures.batches for one in lists] == [6, 6]
    for one in lists:
        arrivals = [row.arrived_at for row in reversed(one.rows)]
        assert arrivals == sorted(arrivals)
        assert [row.queue_no for row in reversed(one.rows)] == [1, 2, 3, 4, 5, 6]
        assert max(arrivals) <= now
    assert (lists[1].figures.repeat, lists[1].figures.groups) == (1, 1)


def test_there_is_one_of_everything_to_practise_on(
    clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk
) -> None:
    visits = seed(clerk_desk, lawyer_desk)
    states = [row.state for row in consult.waiting(lawyer_desk)]
    assert states == ["waiting", "signed", "signed"]
    rows = [
        row
        for day in (local_day(clerk_desk.now()) - timedelta(days=3), None)
        for row in lookup.today(supervisor_desk, day).rows
    ]
    assert sum(row.confidential for row in rows) == 1
    assert {row.petitioner for row in rows} >= {"匿名", "某机械有限公司", "吉𠮷", "方𬱖", "古丽娜尔·艾山"}
    roles = {
        person.role
        for one in visits
        for visit in lookup.open_matter(supervisor_desk, one.matter_id).visits
        for person in visit.people
    }
    assert roles == {"主访人", "代表", "代理人", "来访单位"}
    advice = lookup.open_matter(supervisor_desk, visits[0].matter_id).visits[0].advice
    assert advice is not None
    assert advice.legal_aid
    assert lookup.search(clerk_desk, "𬱖").total == 1
    assert audit.verify(auditor_desk).first_broken is None


def test_nobody_in_it_exists(clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk) -> None:
    visits = seed(clerk_desk, lawyer_desk)
    people = {
        person.petitioner_id
        for one in visits
        for visit in lookup.open_matter(supervisor_desk, one.matter_id).visits
        for person in visit.people
        if person.role != "来访单位"
    }
    assert len(people) == 11
    for petitioner_id in people:
        known = full_person(clerk_desk, petitioner_id)
        assert known.id_number.startswith("370499"), "an area code that is not assigned"
        assert known.id_number[-1] == mod_11_2(known.id_number[:-1])
        assert known.phone == "" or known.phone.startswith("1390000")


def test_a_trainee_meets_a_known_person_at_once(clerk_desk: Desk, lawyer_desk: Desk) -> None:
    visits = seed(clerk_desk, lawyer_desk)
    first = lookup.open_matter(clerk_desk, visits[0].matter_id).visits[0]
    known = full_person(clerk_desk, first.people[0].petitioner_id)
    form = RegistrationForm(
        lead=PersonEntry(name=known.name, phone=known.phone),
        purpose=Purpose.REQUEST,
        content=ContentClass.LABOUR,
        title="工资还没有到账",
        summary="来问办到哪一步。",
        reply_by=ReplyMethod.PHONE,
    )
    with pytest.raises(AnswerNeededError) as asked:
        register(clerk_desk, form)
    assert [one.name for one in asked.value.likenesses.persons] == [known.name]


def test_the_right_people_must_sit_there(clerk_desk: Desk, lawyer_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        seed(lawyer_desk, clerk_desk)
    assert lookup.search(clerk_desk, "").total == 0
