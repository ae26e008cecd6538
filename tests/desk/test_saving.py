"""A save: its numbers, all of it or nothing, what it costs."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Protocol

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select, text
from sqlalchemy.exc import OperationalError
from tests.desk.invented import FORM, everything, form_of, person

from onevisit.desk import audit, lookup
from onevisit.desk.accounts import AccountForm, add
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.lookup import open_matter, search
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ReplyMethod, ReturnReason
from onevisit.rules.forms import Answer, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.numbering import MatterNumber, VisitNumber
from onevisit.store.errors import StoreFault
from onevisit.store.tables import Base, Matter, NumberSeries, Petitioner, Visit

LogIn = Callable[[Role], Desk]
MONDAY = date(2026, 11, 23)
NOBODY = 999_999
"""An id that no row has."""


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    moment: datetime

    def __call__(self) -> datetime: ...
    def advance(self, **time: float) -> None: ...


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that goes to a store meanwhile."""
    said: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


# -- numbers -----------------------------------------------------------------------------------------------------------


def test_a_new_day_begins_a_new_queue(clerk_desk: Desk, clock: Clock) -> None:
    first, second = register(clerk_desk, FORM), register(clerk_desk, form_of(2))
    clock.advance(hours=14, minutes=59)  # 23:59 in Shanghai
    last = register(clerk_desk, form_of(3))
    clock.advance(minutes=1)
    tomorrow = register(clerk_desk, form_of(4))
    assert [one.queue_no for one in (first, second, last, tomorrow)] == [1, 2, 3, 1]
    days = [VisitNumber.parse(one.visit_no) for one in (first, second, last, tomorrow)]
    assert [(one.day, one.serial) for one in days] == [
        *((MONDAY, serial) for serial in (1, 2, 3)),
        (MONDAY + timedelta(days=1), 1),
    ]
    assert [MatterNumber.parse(one.matter_no).serial for one in (first, second, last, tomorrow)] == [1, 2, 3, 4]


def test_a_new_year_begins_new_matter_numbers(clerk_desk: Desk, clock: Clock) -> None:
    register(clerk_desk, FORM)
    clock.moment = datetime(2026, 12, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
    saved = register(clerk_desk, form_of(2))
    assert MatterNumber.parse(saved.matter_no) == MatterNumber("370400", "01", 2027, 1)


def test_a_visit_of_another_day_is_numbered_by_its_day(clerk_desk: Desk) -> None:
    register(clerk_desk, FORM)
    came = clerk_desk.now() - timedelta(days=3)
    saved = register(clerk_desk, form_of(2), arrived_at=came)
    assert VisitNumber.parse(saved.visit_no) == VisitNumber("370400", "01", MONDAY - timedelta(days=3), 1)
    assert (saved.queue_no, saved.registered_at) == (1, clerk_desk.now())
    assert [row.visit_id for row in lookup.today(clerk_desk, MONDAY - timedelta(days=3)).rows] == [saved.visit_id]
    assert open_matter(clerk_desk, saved.matter_id).visits[0].arrived_at == came


@pytest.mark.parametrize(
    ("series", "most", "said"),
    [
        ("visit:370400:01:20261123", 99_999, "来访编号的当日序号超出范围，没有保存"),
        ("matter:370400:01:2026", 999_999, "信访事项编号的年度序号超出范围，没有保存"),
    ],
)
def test_a_series_that_is_used_up_is_told(clerk_desk: Desk, series: str, most: int, said: str) -> None:
    with clerk_desk.work(None) as session:
        session.add(NumberSeries(series=series, last=most - 1))
    register(clerk_desk, FORM)
    before = everything(clerk_desk)
    with pytest.raises(DeskFault, match=said):
        register(clerk_desk, form_of(2))
    assert everything(clerk_desk) == before


def test_query_codes_differ(clerk_desk: Desk) -> None:
    codes = [register(clerk_desk, form_of(serial)).query_code for serial in range(1, 6)]
    assert len(set(codes)) == 5
    assert search(clerk_desk, codes[2]).total == 1


def test_two_desks_on_one_house_never_share_a_number(house: House, admin_desk: Desk) -> None:
    add(admin_desk, AccountForm("chuangkou2", "窗口员乙", "012", Role.CLERK, "Mima-2031"))
    desks = (house.log_in("chuangkou", "Lianxi-2026"), house.log_in("chuangkou2", "Mima-2031"))
    saved: list[Registered] = []
    together = threading.Barrier(2)

    def serve(desk: Desk, first: int) -> None:
        together.wait()
        saved.extend(register(desk, form_of(serial)) for serial in range(first, first + 6))

    threads = [threading.Thread(target=serve, args=(desk, 10 * (at + 1))) for at, desk in enumerate(desks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.queue_no for one in saved) == list(range(1, 13))
    assert len({one.visit_no for one in saved}) == len({one.matter_no for one in saved}) == 12
    by_clerk = Counter(row.clerk_no for row in lookup.today(desks[0]).rows)
    assert by_clerk == {"002": 6, "012": 6}
    assert audit.verify(house.log_in("shenji", "Lianxi-2026")).first_broken is None


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pauses=st.lists(st.integers(min_value=0, max_value=900), min_size=1, max_size=5))
def test_numbers_are_unique_and_in_order(clerk_desk: Desk, clock: Clock, pauses: list[int]) -> None:
    """``pauses`` in minutes; one store for all examples: it only grows, and the clock only goes on."""
    for minutes in pauses:
        clock.advance(minutes=minutes)
        register(clerk_desk, replace(FORM, lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    with clerk_desk.look(None) as session:
        rows = session.execute(
            select(Visit.number, Matter.number, Visit.queue_no, Visit.day).join(Visit.matter).order_by(Visit.id)
        ).all()
    visits = [VisitNumber.parse(number) for number, *_ in rows]
    order = [(one.day, one.serial) for one in visits]
    assert order == sorted(set(order)), "each one later than the one before"
    assert [one.serial for one in visits] == [queue_no for *_, queue_no, _ in rows]
    assert [one.day for one in visits] == [day for *_, day in rows]
    for day, count in Counter(one.day for one in visits).items():
        assert [one.serial for one in visits if one.day == day] == list(range(1, count + 1)), "no gap"
    serials = [MatterNumber.parse(number).serial for _, number, *_ in rows]
    assert serials == list(range(1, len(rows) + 1))


# -- all or nothing ----------------------------------------------------------------------------------------------------


def test_a_save_that_fails_leaves_nothing(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    before = everything(clerk_desk)
    gone = form_of(2, matter_answers=(MatterAnswer(NOBODY, Answer.SAME),), return_reason=ReturnReason.NO_ANSWER)
    for form in (
        gone,
        replace(gone, matter_answers=(MatterAnswer(NOBODY, Answer.ANOTHER),)),
        form_of(2, person_answers=(PersonAnswer(NOBODY, Answer.SAME),)),
        form_of(2, person_answers=(PersonAnswer(NOBODY, Answer.ANOTHER),)),
    ):
        with pytest.raises(NotFoundError, match="重新查找"):
            register(clerk_desk, form)
        assert everything(clerk_desk) == before
    after = register(clerk_desk, form_of(2))
    assert (first.queue_no, after.queue_no) == (1, 2)
    assert VisitNumber.parse(after.visit_no).serial == 2


def test_a_failure_in_the_last_step_undoes_every_step(clerk_desk: Desk) -> None:
    """The index is written last: without it everything else was written already."""
    register(clerk_desk, FORM)
    with clerk_desk.work(None) as session:
        session.execute(text("ALTER TABLE matter_search RENAME TO matter_search_away"))

    def count() -> list[int]:
        with clerk_desk.look(None) as session:
            tables = Base.metadata.sorted_tables
            return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]

    before = count()
    changed = replace(person(), phone="13900000099")
    failing = replace(FORM, lead=changed, title="另一件事", companions=(person(2),), wants_lawyer=True)
    answered = replace(failing, matter_answers=(MatterAnswer(1, Answer.ANOTHER),))
    with pytest.raises(OperationalError):
        register(clerk_desk, answered)
    assert count() == before
    with clerk_desk.work(None) as session:
        session.execute(text("ALTER TABLE matter_search_away RENAME TO matter_search"))
    assert search(clerk_desk, "另一件事").total == search(clerk_desk, "访客2").total == 0
    assert search(clerk_desk, "13900000001").total == 1, "the known person's number is as it was"
    saved = register(clerk_desk, answered)
    assert (saved.queue_no, MatterNumber.parse(saved.matter_no).serial) == (2, 2), "what failed used up no number"
    assert search(clerk_desk, "13900000099").total == 2


def test_after_a_log_out_nothing_is_written(house: House, clerk_desk: Desk, log_in: LogIn) -> None:
    house.close()
    with pytest.raises(StoreFault, match="重新登录"):
        register(clerk_desk, FORM)
    again = log_in(Role.CLERK)
    assert lookup.today(again).rows == ()
    assert register(again, FORM).queue_no == 1


def test_what_was_saved_is_there_after_the_store_was_opened_anew(house: House, clerk_desk: Desk, log_in: LogIn) -> None:
    saved = register(clerk_desk, FORM)
    view = open_matter(clerk_desk, saved.matter_id)
    house.close()
    again = log_in(Role.CLERK)
    assert open_matter(again, saved.matter_id) == view
    assert register(again, form_of(2)).queue_no == 2


def test_trail_and_index_come_with_the_visit(clerk_desk: Desk, auditor_desk: Desk) -> None:
    saved = register(clerk_desk, FORM)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.record, newest.at) == ("登记来访", f"来访 {saved.visit_id}", saved.registered_at)
    assert (newest.who, newest.detail) == ("窗口员（002）", f"信访事项 {saved.matter_id}，第 1 次来访")
    assert audit.verify(auditor_desk).first_broken is None
    for words in (
        *("访客1", "fangke", person().id_number[-6:], "13900000001", saved.visit_no, saved.matter_no),
        *(saved.query_code, "拖欠工资", "28600", "劳务有限", "考勤照片", "示例村"),
    ):
        assert [hit.matter_id for hit in search(clerk_desk, words).hits] == [saved.matter_id], words


def test_the_trail_holds_no_personal_data(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(FORM, companions=(person(2),)))
    another = (MatterAnswer(first.matter_id, Answer.ANOTHER),)
    register(clerk_desk, replace(FORM, lead=replace(person(2), phone="13900000077"), matter_answers=another))
    said = str(everything(clerk_desk)["audit_entry"])
    for secret in ("访客", person(2).id_number, "13900000077", "拖欠"):
        assert secret not in said


# -- the cost of a save ------------------------------------------------------------------------------------------------


def cost_of(desk: Desk, form: RegistrationForm) -> int:
    with statements() as said:
        register(desk, form)
    return len(said)


def test_five_visitors_cost_hardly_more_statements_than_one(clerk_desk: Desk) -> None:
    one = cost_of(clerk_desk, FORM)
    five = cost_of(clerk_desk, form_of(10, companions=tuple(person(serial) for serial in range(11, 15))))
    assert one <= 32
    # a row of the person and one of the part, for each companion; one question about all of them
    assert five <= one + 4 * 2 + 1
    with clerk_desk.look(None) as session:
        assert session.scalar(select(func.count()).select_from(Petitioner)) == 6


def test_a_matter_with_many_visits_costs_no_more(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    again = replace(
        FORM,
        matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
        return_reason=ReturnReason.ASKS_PROGRESS,
    )
    costs = [cost_of(clerk_desk, again) for _ in range(6)]
    assert max(costs) == costs[0]


def test_a_new_phone_of_somebody_with_many_matters_costs_one_statement_a_matter(clerk_desk: Desk) -> None:
    answers: tuple[MatterAnswer, ...] = ()
    costs = []
    for serial in range(6):
        form = replace(FORM, lead=replace(person(), phone=f"1390000200{serial}"), matter_answers=answers[-5:])
        with statements() as said:
            saved = register(clerk_desk, form)
        costs.append(len(said))
        answers = (*answers, MatterAnswer(saved.matter_id, Answer.ANOTHER))
    # an answer and a row of the index for each matter more
    assert [later - earlier for earlier, later in pairwise(costs[1:])] == [2] * 4
