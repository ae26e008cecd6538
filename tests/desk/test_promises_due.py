"""Promises: made, kept, due, and the broken one that the gate asks for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock
from tests.desk.lived import shown

from onevisit.desk import audit, leaving, lookup, promises_due
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, FormError, NotFoundError
from onevisit.desk.promises_due import PromiseLine
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.slip import Promise
from onevisit.store.tables import Matter, Visit

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
IN_TWO_DAYS = PromiseForm("打电话说明调解结果", TODAY + timedelta(days=2))


@pytest.fixture
def visit(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


def lines(desk: Desk, matter_id: int) -> tuple[PromiseLine, ...]:
    with desk.look(Permission.FOLLOW_UP) as session:
        return promises_due.promises_of(session, matter_id, local_day(desk.now()))


def broken(desk: Desk, matter_id: int) -> Promise | None:
    with desk.look(Permission.REGISTER) as session:
        return promises_due.broken_promise(session, session.get_one(Matter, matter_id), local_day(desk.now()))


def test_a_promise_is_made_and_kept_and_both_stand_in_the_timeline(
    clerk_desk: Desk, auditor_desk: Desk, visit: Registered
) -> None:
    made = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), IN_TWO_DAYS)
    (line,) = lines(clerk_desk, visit.matter_id)
    assert (line.promise_id, line.text, line.words) == (made, "打电话说明调解结果", "还有 2 天")
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, "已打通电话")
    (kept,) = lines(clerk_desk, visit.matter_id)
    assert (kept.words, kept.note) == ("2026年11月23日已兑现", "已打通电话")
    told = lookup.open_matter(clerk_desk, visit.matter_id).timeline[-2:]
    assert [(one.kind, one.text) for one in told] == [
        ("承诺", "2026年11月25日前：打电话说明调解结果"),
        ("承诺兑现", "打电话说明调解结果：已打通电话"),
    ]
    newest = [(row.action, row.record) for row in audit.entries(auditor_desk, limit=2)]
    assert newest == [("兑现承诺", f"承诺 {made}"), ("登记承诺", f"承诺 {made}")]


def test_what_waits_stands_first_and_says_since_when(clerk_desk: Desk, visit: Registered, clock: Clock) -> None:
    late, soon = (
        promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), IN_TWO_DAYS),
        PromiseForm("寄材料清单", TODAY),
    )
    first = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), soon)
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), first, "已寄")
    assert [one.promise_id for one in lines(clerk_desk, visit.matter_id)] == [late, first]
    clock.advance(days=5)
    assert lines(clerk_desk, visit.matter_id)[0].words == "已过期 3 天"
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), late, "补打了电话")
    assert lines(clerk_desk, visit.matter_id)[1].words == "2026年11月28日已兑现，晚于答应的日期"


def test_the_gate_is_told_of_the_last_promise_whose_day_went_by(
    clerk_desk: Desk, visit: Registered, clock: Clock
) -> None:
    kept = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("寄材料清单", TODAY))
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), kept, "已寄")
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), IN_TWO_DAYS)
    promises_due.make(
        clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("更早的事", TODAY + timedelta(days=1))
    )
    promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm("还没到", TODAY + timedelta(days=30)))
    clock.advance(days=2)
    assert broken(clerk_desk, visit.matter_id) == Promise(TODAY + timedelta(days=1), "更早的事")
    clock.advance(days=1)
    assert broken(clerk_desk, visit.matter_id) == Promise(TODAY + timedelta(days=2), "打电话说明调解结果")


def test_a_promise_without_words_or_day_is_refused(clerk_desk: Desk, visit: Registered) -> None:
    with pytest.raises(FormError) as caught:
        promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), PromiseForm(" \n "))
    assert [fault.field for fault in caught.value.faults] == ["text", "due"]
    made = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), IN_TWO_DAYS)
    with pytest.raises(FormError):
        promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, " ")


def test_a_promise_is_kept_once_and_only_on_its_own_matter(
    clerk_desk: Desk, visit: Registered, new_form: NewForm
) -> None:
    made = promises_due.make(clerk_desk, shown(clerk_desk, visit.matter_id), IN_TWO_DAYS)
    other = register(clerk_desk, new_form())
    elsewhere = lookup.open_matter(clerk_desk, other.matter_id).seen
    with pytest.raises(NotFoundError):
        promises_due.keep(clerk_desk, elsewhere, made, "已办")
    promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, "已办")
    with pytest.raises(ChangedElsewhereError, match="已经在2026年11月23日记为兑现"):
        promises_due.keep(clerk_desk, shown(clerk_desk, visit.matter_id), made, "又办")
    with pytest.raises(ChangedElsewhereError):
        promises_due.make(clerk_desk, replace(shown(clerk_desk, visit.matter_id), version=99), IN_TWO_DAYS)


def test_a_visitor_leaves_once_and_may_turn_round(
    clerk_desk: Desk, auditor_desk: Desk, visit: Registered, clock: Clock
) -> None:
    def left() -> object:
        with clerk_desk.look(Permission.SEARCH) as session:
            return session.scalars(select(Visit.left_at).where(Visit.id == visit.visit_id)).one()

    moment = clerk_desk.now()
    leaving.leave(clerk_desk, visit.visit_id)
    clock.advance(minutes=10)
    leaving.leave(clerk_desk, visit.visit_id)
    assert left() == moment
    leaving.come_back(clerk_desk, visit.visit_id)
    leaving.come_back(clerk_desk, visit.visit_id)
    assert left() is None
    assert [row.action for row in audit.entries(auditor_desk, limit=2)] == ["撤回送走", "送走来访人"]
