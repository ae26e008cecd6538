"""The board of what is due: every matter in its column, by the same days as the page of the matter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock

from onevisit.desk import board
from onevisit.desk.board import NO_ORGAN, Board, BoardChoice
from onevisit.desk.clock_reading import REPORT, due_lines, nearest
from onevisit.desk.desk import Desk
from onevisit.desk.register import register
from onevisit.desk.standing import StepFacts, open_for_change, record_event, seen, take_step
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.board import DueGroup, group_of
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.extensions import Approver
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_history import Event, Whose
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import StopReason
from onevisit.store.tables import ClockExtension, ClockStop, Matter, RouteDecision

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
ALL = BoardChoice()


def step(
    desk: Desk,
    matter_id: int,
    *actions: Action | Event,
    on: date = TODAY,
    served_on: date | None = None,
    handling: Handling = Handling.TRANSFER,
) -> None:
    with desk.work(Permission.HANDLE) as session:
        matter = session.get_one(Matter, matter_id)
        for action in actions:
            facts = StepFacts(on, served_on if action is Action.ANSWER else None)
            if isinstance(action, Event):
                record_event(desk, session, matter, action, facts)
                continue
            route = action is Action.ROUTE
            take_step(
                desk,
                session,
                open_for_change(desk, session, seen(matter)),
                action,
                facts,
                handling=handling if route else None,
                procedure=Procedure.OPINION if route else None,
            )
            session.flush()


def columns(found: Board) -> dict[DueGroup, list[int]]:
    return {column.group: list(column.matter_ids) for column in found.columns if column.matter_ids}


def decide(desk: Desk, matter_id: int, reply_by: date, *, recalled: bool = False) -> None:
    with desk.work(Permission.ROUTE) as session:
        session.add(
            RouteDecision(
                matter_id=matter_id,
                decided_at=desk.now(),
                on_day=TODAY,
                account_id=desk.actor.account_id,
                handling=Handling.ASSIGN,
                reply_by=reply_by,
                recalled_at=desk.now() if recalled else None,
            )
        )


def test_the_columns_stand_in_their_order_and_each_day_moves_a_matter(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    found = board.board(clerk_desk, ALL)
    assert [column.group for column in found.columns] == list(DueGroup)
    assert (found.day, found.total) == (TODAY, 1)
    for days, group in ((0, DueGroup.FIFTEEN), (8, DueGroup.SEVEN), (12, DueGroup.THREE), (15, DueGroup.TODAY)):
        clock.advance(days=days - (local_day(clerk_desk.now()) - TODAY).days)
        assert columns(board.board(clerk_desk, ALL)) == {group: [matter_id]}
    clock.advance(days=1)
    (card,) = board.board(clerk_desk, ALL).columns[0].cards
    assert (card.group, card.words, card.clock, card.organ) == (
        DueGroup.OVERDUE,
        "已超期 1 天",
        "窗口转送、交办",
        "窗口",
    )
    assert (card.matter_id, card.title, card.place, card.due) == (
        matter_id,
        "建筑工地拖欠工资",
        "薛城区",
        date(2026, 12, 8),
    )


def many(desk: Desk, new_form: NewForm) -> list[int]:
    """Matters in every kind of standing, so that the quick pass meets all that the slow one can."""
    made = [register(desk, new_form()).matter_id for _ in range(9)]
    made.append(register(desk, new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE)).matter_id)
    made.append(register(desk, new_form(content=ContentClass.DISCIPLINE)).matter_id)
    made.append(register(desk, new_form(purpose=Purpose.ENQUIRY)).matter_id)
    one, two, three, four, five, six, seven, eight, nine, nameless, sealed, _ = made
    for matter_id in (one, nameless, sealed, six, seven, eight):
        step(desk, matter_id, Action.ROUTE)
    step(desk, two, Action.ROUTE, Event.RECEIVED, Action.ACCEPT)
    step(desk, three, Action.ROUTE, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    step(desk, four, Action.ROUTE, Action.OBJECT, Action.RETURN)
    step(desk, five, Action.ROUTE, Action.ACCEPT, Action.ANSWER, Action.CLOSE)
    decide(desk, six, date(2026, 11, 25))
    with desk.work(Permission.ROUTE) as session:
        # told at a later visit: the assignment goes on as it was
        told = {"handling": Handling.IN_PERIOD, "decided_at": desk.now(), "on_day": TODAY}
        session.add(RouteDecision(matter_id=six, account_id=desk.actor.account_id, **told))
    decide(desk, seven, date(2026, 11, 24), recalled=True)
    decide(desk, eight, date(2026, 11, 24))
    step(desk, eight, Event.REPORTED)
    with desk.work(Permission.HANDLE) as session:
        common = {"recorded_at": desk.now(), "account_id": desk.actor.account_id}
        session.add(
            ClockStop(matter_id=nine, clock="transfer", reason=StopReason.OTHER, first=TODAY, note="停电", **common)
        )
        session.add(
            ClockExtension(
                matter_id=two,
                days=30,
                approver=Approver.HEAD,
                approved_by="示例",
                reason="示例",
                approved_on=TODAY,
                **common,
            )
        )
    return made


@pytest.mark.parametrize("petitioners", [False, True])
@pytest.mark.parametrize("later", [0, 3, 20, 70])
def test_the_quick_pass_says_what_the_page_of_each_matter_says(
    clerk_desk: Desk, new_form: NewForm, clock: Clock, petitioners: bool, later: int
) -> None:
    many(clerk_desk, new_form)
    clock.advance(days=later)
    today = local_day(clerk_desk.now())
    choice = BoardChoice(petitioners=petitioners)
    expected: dict[DueGroup, list[tuple[date, int]]] = {}
    with clerk_desk.look(Permission.SEE_DUE) as session:
        matters = session.scalars(select(Matter).where(Matter.open.is_(True))).all()
        for matter_id, lines in due_lines(clerk_desk, session, matters).items():
            line = nearest(lines, *choice.whose)
            group = group_of(line.due if line else None, line.state if line else None, today)
            expected.setdefault(group, []).append(((line.due if line else None) or date.max, matter_id))
    found = columns(board.board(clerk_desk, choice))
    assert found == {group: [matter_id for _, matter_id in sorted(ids)] for group, ids in expected.items()}
    assert len(found) > 1


def test_a_column_shows_so_many_cards_and_the_rest_comes_when_asked_for(clerk_desk: Desk, new_form: NewForm) -> None:
    made = [register(clerk_desk, new_form()).matter_id for _ in range(board.CARDS + 3)]
    column = next(one for one in board.board(clerk_desk, ALL).columns if one.matter_ids)
    assert (len(column.cards), column.rest, list(column.matter_ids)) == (board.CARDS, 3, made)
    more = board.more_cards(clerk_desk, ALL, column.matter_ids[board.CARDS :])
    assert [card.matter_id for card in more] == made[board.CARDS :]
    step(clerk_desk, made[-1], Action.WITHDRAW)
    assert len(board.more_cards(clerk_desk, ALL, column.matter_ids[board.CARDS :])) == 2


def test_it_is_narrowed_by_organ_district_clerk_and_clock(
    clerk_desk: Desk, new_form: NewForm, colleague: Callable[[Role], Desk]
) -> None:
    one = register(clerk_desk, new_form()).matter_id
    two = register(clerk_desk, new_form(place_code="370402")).matter_id
    other = colleague(Role.CLERK)
    three = register(other, new_form()).matter_id
    step(clerk_desk, two, Action.ROUTE)
    with clerk_desk.work(Permission.ROUTE) as session:
        session.get_one(Matter, two).lead_organ = "市中区人社局"
    ways = {
        BoardChoice(organ="市中区人社局"): {two},
        BoardChoice(organ=NO_ORGAN): {one, three},
        BoardChoice(place="370402"): {two},
        BoardChoice(clerk=other.actor.account_id): {three},
        BoardChoice(clock="transfer"): {one, three},
        BoardChoice(clock="objection"): {two},
        BoardChoice(clock=REPORT): set(),
    }
    for choice, expected in ways.items():
        found = {matter_id for ids in columns(board.board(clerk_desk, choice)).values() for matter_id in ids}
        assert found == expected, choice
    offered = board.choices(clerk_desk)
    assert offered.organs == ((NO_ORGAN, "还没有定去向（2）"), ("市中区人社局", "市中区人社局（1）"))
    assert offered.places == (("370403", "薛城区（2）"), ("370402", "市中区（1）"))
    assert offered.clerks[0] == (clerk_desk.actor.account_id, "窗口员 002（2）")


def test_the_petitioners_days_are_shown_only_when_asked_for(clerk_desk: Desk, new_form: NewForm) -> None:
    matter_id = register(clerk_desk, new_form()).matter_id
    step(clerk_desk, matter_id, Action.ROUTE, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    assert columns(board.board(clerk_desk, ALL)) == {DueGroup.NONE: [matter_id]}
    (card,) = board.more_cards(clerk_desk, ALL, [matter_id])
    assert (card.words, card.due, card.clock) == ("已答复", None, "")
    with_them = replace(ALL, petitioners=True)
    assert columns(board.board(clerk_desk, with_them)) == {DueGroup.LATER: [matter_id]}
    (card,) = board.more_cards(clerk_desk, with_them, [matter_id])
    assert (card.organ, card.clock) == (Whose.PETITIONER.label, "请求复查")


def test_an_organ_that_did_not_object_is_late_with_nothing(clerk_desk: Desk, clock: Clock, new_form: NewForm) -> None:
    made = register(clerk_desk, new_form())
    step(clerk_desk, made.matter_id, Action.ROUTE)
    clock.advance(days=9)
    with clerk_desk.look(None) as session:
        (lines,) = due_lines(clerk_desk, session, [session.get_one(Matter, made.matter_id)]).values()
    objection = next(one for one in lines if one.key == "objection")
    assert (objection.words, objection.is_open) == ("没有提出", False)
    following = nearest(lines)
    assert following is not None
    assert following.key == "notice"
    assert columns(board.board(clerk_desk, ALL)) == {DueGroup.SEVEN: [made.matter_id]}


def test_a_plain_clerk_meets_no_confidential_matter_on_it(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    secret = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True)
    matter_id = register(clerk_desk, secret).matter_id
    assert board.board(clerk_desk, ALL).total == 0
    assert board.more_cards(clerk_desk, ALL, [matter_id]) == ()
    assert board.choices(clerk_desk).organs == ()
    assert board.board(supervisor_desk, ALL).total == 1


def test_what_ended_or_was_anonymised_is_not_on_it(clerk_desk: Desk, new_form: NewForm) -> None:
    gone, over = (register(clerk_desk, new_form()).matter_id for _ in range(2))
    step(clerk_desk, over, Action.WITHDRAW)
    with clerk_desk.work(Permission.HANDLE) as session:
        session.get_one(Matter, gone).anonymised_at = clerk_desk.now()
    assert board.board(clerk_desk, ALL).total == 0


def test_long_work_tells_how_far_it_is(clerk_desk: Desk, new_form: NewForm) -> None:
    register(clerk_desk, new_form())
    told: list[tuple[int, int, str]] = []
    board.board(clerk_desk, ALL, lambda *step: told.append(step))
    assert told == [(0, 1, "读期限")]


def test_the_sheet_counts_what_is_secret_and_prints_it_not(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    register(clerk_desk, new_form())
    register(clerk_desk, new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True))
    sheet = board.sheet(supervisor_desk, ALL, "薛城区")
    part = next(one for one in sheet.parts if one.group is DueGroup.FIFTEEN)
    assert (part.total, part.sealed, sheet.narrowed) == (2, 1, "薛城区")
    assert [(one.title, one.turn, one.words) for one in part.lines] == [
        ("建筑工地拖欠工资", "窗口：窗口转送、交办", "还有 15 天")
    ]
    board.record_printed(supervisor_desk)
