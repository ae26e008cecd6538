"""Who may know what: role by role, door by door, today and on the day after."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

import pytest
from sqlalchemy import select

from onevisit.desk import audit, consult, lookup, sight
from onevisit.desk.accounts import AccountForm, add
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotAllowedError, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.register import Registered, full_person, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import SHANGHAI
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.tables import Matter, Visit, VisitParty

LogIn = Callable[[Role], Desk]
PLAIN, SECRET, SENT = "公开的事", "保密的事", "保密转律师的事"


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def advance(self, **time: float) -> None: ...


@dataclass(frozen=True)
class Hall:
    """A day at the window: three visits by one clerk, and everybody who may or may not know of them."""

    desks: dict[str, Desk]
    visits: dict[str, Registered]
    people: dict[str, int]

    def titles(self, ids: set[int]) -> set[str]:
        """The titles of those of the visits whose id is given."""
        return {title for title, one in self.visits.items() if one.visit_id in ids}


@pytest.fixture
def hall(house: House, log_in: LogIn) -> Hall:
    desks = {role.value: log_in(role) for role in Role}
    add(desks["administrator"], AccountForm("chuangkou2", "窗口员乙", "012", Role.CLERK, "Mima-2031"))
    desks["other clerk"] = house.log_in("chuangkou2", "Mima-2031")
    form = RegistrationForm(
        purpose=Purpose.ACCUSATION,
        content=ContentClass.DISCIPLINE,
        title=PLAIN,
        summary="如实记录。",
        reply_by=ReplyMethod.PHONE,
    )
    visits, people = {}, {}
    for place, title in enumerate((PLAIN, SECRET, SENT)):
        one = replace(
            form,
            lead=PersonEntry(name=f"访客{place}", phone=f"1390000000{place}"),
            title=title,
            confidential=title != PLAIN,
            wants_lawyer=title == SENT,
        )
        visits[title] = register(desks["clerk"], one)
        with desks["clerk"].look(None) as session:
            party = select(VisitParty.petitioner_id).where(VisitParty.visit_id == visits[title].visit_id)
            people[title] = session.scalars(party).one()
    return Hall(desks, visits, people)


EVERYTHING = {PLAIN, SECRET, SENT}
KNOWN_TODAY = {
    "clerk": EVERYTHING,
    "other clerk": {PLAIN},
    "lawyer": {PLAIN, SENT},
    "supervisor": EVERYTHING,
}
"""What each may know by way of a visit, on the day it was registered."""

KNOWN_LATER = {**KNOWN_TODAY, "clerk": {PLAIN}}
SEARCHED = {"clerk": {PLAIN}, "other clerk": {PLAIN}, "lawyer": {PLAIN}, "supervisor": EVERYTHING}
"""What each finds as a matter, on any day."""


@pytest.mark.parametrize("later", [False, True])
def test_the_list_of_the_day(hall: Hall, clock: Clock, later: bool) -> None:
    clock.advance(days=later)
    for who, expected in (KNOWN_LATER if later else KNOWN_TODAY).items():
        day = lookup.today(hall.desks[who], date(2026, 11, 23))
        assert {row.title for row in day.rows} == expected, who
        assert day.figures.batches == len(expected), "the figures count what may be known and no more"


def test_the_search_and_the_file(hall: Hall) -> None:
    for who, expected in SEARCHED.items():
        desk = hall.desks[who]
        page = lookup.search(desk, "")
        assert ({hit.title for hit in page.hits}, page.total) == (expected, len(expected)), who
        for title, one in hall.visits.items():
            for words in (title, one.visit_no, one.matter_no, one.query_code):
                found = {hit.title for hit in lookup.search(desk, words).hits}
                assert (title in found, found <= expected) == (title in expected, True), (who, words)
            if title in expected:
                assert lookup.open_matter(desk, one.matter_id).title == title
            else:
                with pytest.raises(NotFoundError, match="没有找到"):
                    lookup.open_matter(desk, one.matter_id)


def test_opening_a_confidential_file_leaves_a_trace(hall: Hall) -> None:
    for title in (PLAIN, SECRET):
        lookup.open_matter(hall.desks["supervisor"], hall.visits[title].matter_id)
    read = [row.record for row in audit.entries(hall.desks["auditor"]) if row.action == "打开信访事项"]
    assert read == [f"信访事项 {hall.visits[SECRET].matter_id}"]


@pytest.mark.parametrize("later", [False, True])
def test_the_people_follow_their_visits(hall: Hall, clock: Clock, later: bool) -> None:
    clock.advance(days=later)
    for who, expected in (KNOWN_LATER if later else KNOWN_TODAY).items():
        desk = hall.desks[who]
        with desk.look(None) as session:
            known = sight.people_to_know(desk, session, hall.people.values())
            assert known == {hall.people[title] for title in expected}, who
            assert sight.people_to_know(desk, session, []) == frozenset()
        for title, petitioner_id in hall.people.items():
            for door in (lookup.full_phone, lookup.full_id_number, full_person):
                refusal = refusal_of(who, is_form=door is full_person, known=title in expected)
                if refusal is None:
                    door(desk, petitioner_id)
                else:
                    with pytest.raises(refusal):
                        door(desk, petitioner_id)


def refusal_of(who: str, *, is_form: bool, known: bool) -> type[DeskFault] | None:
    """Lawyers never see a full number; only clerks fill in forms."""
    if who == "lawyer" or (who == "supervisor" and is_form):
        return NotAllowedError
    return None if known else NotFoundError


def test_who_keeps_the_house_sees_no_petitioner(hall: Hall) -> None:
    one, petitioner_id = hall.visits[PLAIN], hall.people[PLAIN]
    doors: tuple[Callable[[Desk], object], ...] = (
        lookup.today,
        consult.waiting,
        lambda desk: lookup.search(desk, PLAIN),
        lambda desk: lookup.open_matter(desk, one.matter_id),
        lambda desk: lookup.full_phone(desk, petitioner_id),
        lambda desk: lookup.full_id_number(desk, petitioner_id),
        lambda desk: full_person(desk, petitioner_id),
    )
    for who in ("auditor", "administrator"):
        for door in doors:
            with pytest.raises(NotAllowedError):
                door(hall.desks[who])


def test_the_condition_and_the_question_agree(hall: Hall, clock: Clock) -> None:
    """What a list holds is exactly what may be opened one by one, on whatever day."""
    for days in (0, 1, 30):
        clock.advance(days=days)
        for who, desk in hall.desks.items():
            with desk.look(None) as session:
                listed = set(session.scalars(select(Visit.id).join(Visit.matter).where(sight.visits_to_know(desk))))
                matters = set(session.scalars(select(Matter.id).where(sight.matters_to_know(desk))))
                for visit in session.scalars(select(Visit)):
                    assert (visit.id in listed) == sight.may_know(desk, visit.matter, visit), who
                    assert (visit.matter_id in matters) == sight.may_know(desk, visit.matter), who
                    if visit.id in listed:
                        assert sight.get_visit(desk, session, visit.id) is visit
                    else:
                        with pytest.raises(NotFoundError, match="没有找到这次来访"):
                            sight.get_visit(desk, session, visit.id)
            if who in KNOWN_TODAY:
                assert hall.titles(listed) == (KNOWN_LATER if days else KNOWN_TODAY)[who]


def test_a_visit_that_is_not_there(clerk_desk: Desk) -> None:
    with clerk_desk.look(None) as session, pytest.raises(NotFoundError):
        sight.get_visit(clerk_desk, session, 999_999)


def test_the_own_day_ends_at_midnight_of_shanghai(hall: Hall, clock: Clock) -> None:
    clock.advance(hours=14, minutes=59, seconds=59)
    assert {row.title for row in lookup.today(hall.desks["clerk"]).rows} == EVERYTHING
    clock.advance(seconds=1)
    assert {row.title for row in lookup.today(hall.desks["clerk"], date(2026, 11, 23)).rows} == {PLAIN}


def test_a_confidential_visitor_who_is_sent_to_the_lawyer_becomes_known_to_lawyers(hall: Hall) -> None:
    secret = hall.visits[SECRET].visit_id
    with pytest.raises(NotFoundError):
        consult.begin(hall.desks["lawyer"], secret)
    with pytest.raises(NotFoundError):
        consult.send_to_lawyer(hall.desks["other clerk"], secret)
    consult.send_to_lawyer(hall.desks["clerk"], secret)
    assert {row.title for row in consult.waiting(hall.desks["lawyer"])} == {SECRET, SENT}
    assert consult.begin(hall.desks["lawyer"], secret).title == SECRET


def test_a_day_begins_at_midnight_of_shanghai() -> None:
    assert sight.day_begin(date(2026, 11, 23)) == datetime(2026, 11, 23, tzinfo=SHANGHAI)
