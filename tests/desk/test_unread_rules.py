"""A rule set of the unit that this version cannot read holds up the matters under it, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.desk.lived import TODAY, lines, routed, shown, stepped

from onevisit.desk import board, figures, house_rules, life, opinions, route, urgent_later
from onevisit.desk.clock_reading import UNREAD
from onevisit.desk.day_due import day_due
from onevisit.desk.desk import Desk
from onevisit.desk.how_it_stands import how_they_stand
from onevisit.desk.lawbook import RULES
from onevisit.desk.life_view import Special
from onevisit.desk.life_view import life as life_of
from onevisit.desk.register import register
from onevisit.rules import figure_words, ruleset_text
from onevisit.rules.accounts import Permission
from onevisit.rules.board import DueGroup
from onevisit.rules.faults import PlainFault
from onevisit.rules.figure_facts import Span
from onevisit.rules.figures import FigureKey
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.opinions import Opinion
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import HouseText, Matter

NewForm = Callable[..., RegistrationForm]
OWN = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), region="3704")
SPAN = Span(date(2026, 11, 1), date(2027, 3, 31))


@pytest.fixture
def held_up(admin_desk: Desk, clerk_desk: Desk, new_form: NewForm) -> int:
    """A matter under a set of the unit's own, in which a later version found a field that it does not know."""
    house_rules.add_rules(admin_desk, ruleset_text.to_json(OWN), {})
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    with clerk_desk.work(Permission.REGISTER) as session:
        row = session.scalars(select(HouseText).where(HouseText.name == f"{RULES}{OWN.code}")).one()
        row.content = row.content.replace('"optional"', '"unknown"')
    return found


@pytest.fixture
def other(held_up: int, clerk_desk: Desk, new_form: NewForm) -> int:
    """A matter that came later: it is registered all the same, by what can be read."""
    found = register(clerk_desk, new_form()).matter_id
    routed(clerk_desk, found)
    assert found != held_up
    return found


def test_board_and_day_go_on_and_say_which_matters_wait_for_what(clerk_desk: Desk, held_up: int, other: int) -> None:
    found = board.board(clerk_desk, board.BoardChoice())
    columns = {column.group: column for column in found.columns}
    assert held_up in columns[DueGroup.NONE].matter_ids
    assert other not in columns[DueGroup.NONE].matter_ids
    card = next(card for card in columns[DueGroup.NONE].cards if card.matter_id == held_up)
    assert "读不出" in card.words
    (said,) = found.unread
    assert said.startswith("370400-01-2026-00001-9算不出期限。本单位添加的规则（代号“local-2026”）现在读不出")
    assert "unknown" in said
    assert said.endswith("请管理员在“名录”的“规则”里导出它，改正后照原代号再添加。")
    assert day_due(clerk_desk).unread == found.unread
    assert lines(clerk_desk, held_up).keys() == {UNREAD}
    assert "notice" in lines(clerk_desk, other)


def test_the_figures_leave_it_out_and_say_so(supervisor_desk: Desk, held_up: int, other: int) -> None:
    found = figures.figures(supervisor_desk, SPAN)
    assert (found.unread, found.acceptance.not_due) == (1, 1)
    notes = {key: note for key, _, _, note in figure_words.summary(found)}
    assert "另有 1 件的规则读不出" in notes[FigureKey.ACCEPTANCE]
    assert figures.figures(supervisor_desk, Span(date(2020, 1, 1), date(2020, 1, 31))).unread == 0


def test_its_page_opens_and_every_action_says_what_to_do(clerk_desk: Desk, supervisor_desk: Desk, held_up: int) -> None:
    view = life_of(supervisor_desk, held_up)
    waits = {act.doing: act.why_not for _, acts in view.groups for act in acts}
    assert waits.pop(Special.URGENT) == "", "a report of what is urgent waits for nothing"
    assert all("照原代号再添加" in why for why in waits.values())
    assert urgent_later.mark(supervisor_desk, view.seen, "聚集")
    with clerk_desk.look(Permission.SEARCH) as session:
        assert how_they_stand(clerk_desk, session, [session.get_one(Matter, held_up)])[held_up].refused is None
    for change in (
        lambda: life.take(clerk_desk, shown(clerk_desk, held_up), Action.ACCEPT, StepForm(TODAY)),
        lambda: route.case(clerk_desk, held_up),
    ):
        with pytest.raises(PlainFault, match="读不出"):
            change()


def test_what_was_written_before_is_still_shown(clerk_desk: Desk, held_up: int) -> None:
    draft = opinions.OpinionForm("示例局", Opinion("支付工资"))
    opinions.write(clerk_desk, shown(clerk_desk, held_up), opinions.Draft(), draft)
    assert [one.organ for one in life_of(clerk_desk, held_up).opinions] == ["示例局"]


def test_the_administrator_takes_it_out_mends_it_and_brings_it_back(
    admin_desk: Desk, clerk_desk: Desk, held_up: int, other: int
) -> None:
    book = house_rules.rule_book(admin_desk)
    (line,) = book.unread
    assert line.words.startswith("1 件：本单位添加的规则（代号“local-2026”）")
    assert [one.rules.code for one in book.sets if one.own] == []
    with pytest.raises(PlainFault, match="已有事项按这套规则登记"):
        house_rules.remove_rules(admin_desk, OWN.code, line.seen)
    typed = house_rules.rule_set_text(admin_desk, OWN.code)
    house_rules.add_rules(admin_desk, typed.replace('"unknown"', '"optional"'), book.editions)
    assert stepped(clerk_desk, held_up, Action.ACCEPT)
    assert (board.board(clerk_desk, board.BoardChoice()).unread, day_due(clerk_desk).unread) == ((), ())


def test_of_many_the_first_are_named_and_all_counted(clerk_desk: Desk, held_up: int, new_form: NewForm) -> None:
    ids = [register(clerk_desk, new_form()).matter_id for _ in range(3)]
    with clerk_desk.work(Permission.REGISTER) as session:
        for one in ids:
            session.get_one(Matter, one).rule_set = "gone"
            session.flush()
        session.get_one(Matter, held_up).rule_set = "gone"
    (said,) = board.board(clerk_desk, board.BoardChoice()).unread
    assert " 等 4 件算不出期限。本机没有代号为“gone”的规则" in said
    assert said.count("370400-01-2026") == 3
