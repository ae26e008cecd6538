"""Yearly tables of the unit's own: which years are decreed by whom, what is refused, whose dates move."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.invented import form_of

from onevisit.desk import audit, lawbook
from onevisit.desk.clock_reading import due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, NotFoundError
from onevisit.desk.house_days import DecreedBy, YearLine, remove_year, save_year, year_days, years
from onevisit.desk.register import register
from onevisit.rules.faults import PlainFault
from onevisit.rules.holidays import HolidayFault, read_year_table
from onevisit.store.tables import Matter

# an invented notice: the real one of 2027 is not out
TEXT_2027 = """\
2027-01-01至2027-01-03,休,元旦
2027-02-05至2027-02-11,休,春节
2027-02-14,班
2027-05-01至2027-05-05,休,劳动节
2027-10-01至2027-10-07,休,国庆节
2026-12-26,班
"""
TEXT_2026 = """\
2026-01-01,休,元旦
2026-05-01,休,劳动节
2026-10-01至2026-10-03,休,国庆节
2026-12-08至2026-12-10,休,本市假
"""
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def line(desk: Desk, year: int) -> YearLine:
    return next(one for one in years(desk) if one.year == year)


def notice_due(desk: Desk, matter_id: int) -> date | None:
    with desk.look(None) as session:
        found = due_lines(desk, session, [session.get_one(Matter, matter_id)])[matter_id]
        return next(one.due for one in found if one.key == "transfer")


def test_every_year_says_who_decreed_it(clerk_desk: Desk) -> None:
    found = years(clerk_desk)
    assert [one.year for one in found] == list(range(2028, 2004, -1))
    assert {one.by for one in found if one.year > 2026} == {DecreedBy.NOBODY}
    assert {one.by for one in found if one.year <= 2026} == {DecreedBy.LIBRARY}
    assert (line(clerk_desk, 2027).off, line(clerk_desk, 2026).off > 20) == (0, True)


def test_a_typed_table_is_in_use_at_once(admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk) -> None:
    assert year_days(clerk_desk, 2027).text == ""
    save_year(admin_desk, 2027, TEXT_2027, "")
    found = year_days(clerk_desk, 2027)
    assert (found.line.by, found.line.off, found.line.worked) == (DecreedBy.UNIT, 22, 1)
    assert found.table == read_year_table(2027, TEXT_2027)
    assert read_year_table(2027, found.text) == found.table
    with clerk_desk.look(None) as session:
        table = lawbook.day_table(session)
    assert table.is_rest_day(date(2027, 2, 8))
    assert not table.is_rest_day(date(2027, 2, 14))
    assert not table.is_rest_day(date(2026, 12, 26))
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("录入放假安排", "2027 年，放假 22 天，调休上班 2 天")


def test_what_the_program_knows_can_be_gone_on_with(admin_desk: Desk) -> None:
    known = year_days(admin_desk, 2026)
    assert save_year(admin_desk, 2026, known.text, "") == 0
    again = year_days(admin_desk, 2026)
    assert (again.table, again.line.by) == (known.table, DecreedBy.UNIT)


def test_it_says_how_many_open_matters_have_another_date(admin_desk: Desk, clerk_desk: Desk) -> None:
    matter_id = register(clerk_desk, form_of(1)).matter_id
    assert notice_due(clerk_desk, matter_id) == date(2026, 12, 8)
    assert save_year(admin_desk, 2026, TEXT_2026, "") == 1
    assert notice_due(clerk_desk, matter_id) == date(2026, 12, 11)
    assert remove_year(admin_desk, 2026, line(admin_desk, 2026).seen) == 1
    assert notice_due(clerk_desk, matter_id) == date(2026, 12, 8)
    assert line(admin_desk, 2026).by is DecreedBy.LIBRARY
    with pytest.raises(NotFoundError, match="2026 年"):
        remove_year(admin_desk, 2026, "")


@pytest.mark.parametrize(
    ("year", "typed", "words"),
    [
        (2027, TEXT_2027 + "2027-02-14,休\n", "自相矛盾"),
        (2027, TEXT_2027 + "2027-02-05,休\n", "写了两遍"),
        (2027, TEXT_2027.replace("2027-05-01至2027-05-05,休,劳动节\n", ""), "法定节日"),
        (2027, TEXT_2027 + "2027-03-03,班\n", "本来就上班"),
        (2028, TEXT_2027, "不属于 2028 年"),
        (1999, TEXT_2027, "年份应在"),
        (2027, "明年再说", "第 1 行"),
        (2027, '{"year": 2026, "days": []}', "2026 年"),
        (2027, "{" * 100_000, "读不懂"),
    ],
)
def test_a_table_that_contradicts_itself_is_refused_with_its_sentence(
    admin_desk: Desk, year: int, typed: str, words: str
) -> None:
    with pytest.raises(HolidayFault, match=words):
        save_year(admin_desk, year, typed, "")
    assert line(admin_desk, 2027).by is DecreedBy.NOBODY


def test_the_second_window_is_told(admin_desk: Desk) -> None:
    save_year(admin_desk, 2027, TEXT_2027, "")
    changes: tuple[Callable[[], object], ...] = (
        lambda: save_year(admin_desk, 2027, TEXT_2027.replace("春节", ""), ""),
        lambda: remove_year(admin_desk, 2027, ""),
    )
    for change in changes:
        with pytest.raises(ChangedElsewhereError):
            change()
    assert line(admin_desk, 2027).by is DecreedBy.UNIT


@ANY
@given(st.text(), st.text(max_size=8))
def test_any_text_is_answered_and_days_can_always_be_counted(admin_desk: Desk, typed: str, name: str) -> None:
    days = [{"name": name, "date": f"2030-{day}", "isOffDay": True} for day in ("01-01", "05-01", "10-01", "10-02")]
    named = f"2030-01-01,休,{name}\n2030-05-01,休\n2030-10-01至2030-10-03,休\n"
    listed = {"year": 2030, "days": [*days, {"name": "国庆", "date": "2030-10-03", "isOffDay": True}]}
    for text in (typed, named, json.dumps(listed)):
        said = "。"
        try:
            save_year(admin_desk, 2030, text, year_days(admin_desk, 2030).line.seen)
        except PlainFault as fault:
            said = fault.sentence
        assert said.endswith("。")
    with admin_desk.look(None) as session:
        assert lawbook.day_table(session).is_rest_day(date(2026, 10, 1))
