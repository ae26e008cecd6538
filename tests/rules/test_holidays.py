"""Yearly tables: read, written, found to contradict themselves, and laid over what was known."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.clocks import DayTable, calendar_days, decreed_calendar
from onevisit.rules.holidays import (
    HolidayFault,
    Rest,
    YearTable,
    lay_over,
    read_year_table,
    write_year_table,
    year_faults,
)

# an invented notice: the real one of 2027 is not out
TEXT_2027 = """\
# 2027年放假安排
2027-01-01至2027-01-03,休,元旦
2027-02-05至2027-02-11,休,春节
2027-02-14,班

2027-05-01～2027-05-05，休，劳动节
2027-05-08, 班
2027-10-01~2027-10-07 , 休, 国庆节
2026-12-26,班,
2027-06-09,休
"""


def span(first: date, last: date, name: str) -> tuple[Rest, ...]:
    return tuple(Rest(first + timedelta(n), name) for n in range((last - first).days + 1))


TABLE_2027 = YearTable(
    2027,
    (
        *span(date(2027, 1, 1), date(2027, 1, 3), "元旦"),
        *span(date(2027, 2, 5), date(2027, 2, 11), "春节"),
        *span(date(2027, 5, 1), date(2027, 5, 5), "劳动节"),
        Rest(date(2027, 6, 9), "放假"),
        *span(date(2027, 10, 1), date(2027, 10, 7), "国庆节"),
    ),
    (date(2026, 12, 26), date(2027, 2, 14), date(2027, 5, 8)),
)


def test_a_table_is_read_line_by_line() -> None:
    assert read_year_table(2027, TEXT_2027) == TABLE_2027
    assert read_year_table(2027, "\ufeff" + TEXT_2027.replace("\n", "\r\n")) == TABLE_2027
    assert read_year_table(2027, write_year_table(TABLE_2027)) == TABLE_2027


def test_the_usual_json_form_is_read_too() -> None:
    off = [{"name": one.name, "date": one.day.isoformat(), "isOffDay": True} for one in TABLE_2027.rest]
    on = [{"name": "", "date": day.isoformat(), "isOffDay": False} for day in TABLE_2027.work]
    assert read_year_table(2027, json.dumps({"year": 2027, "days": off + on})) == TABLE_2027
    nameless = [{**row, "name": " "} for row in off]
    assert {one.name for one in read_year_table(2027, json.dumps({"year": 2027, "days": nameless})).rest} == {"放假"}
    with pytest.raises(HolidayFault) as fault:
        read_year_table(2028, json.dumps({"year": 2027, "days": off + on}))
    assert fault.value.sentence == "这个文件是 2027 年的放假安排，不是 2028 年的，请核对年份。"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"year": 2027, "days": 7}',
        '{"year": 2027, "days": {"a": 1}}',
        '{"year": 2027, "days": [[]]}',
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-32", "isOffDay": true}]}',
        '{"year": 2027, "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": "false"}]}',
        '{"year": 1e999, "days": []}',
        '{"a":' * 100_000,
    ],
)
def test_a_json_file_of_another_kind_is_one_sentence(text: str) -> None:
    with pytest.raises(HolidayFault, match="JSON 文件读不懂"):
        read_year_table(2027, text)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("元旦放假三天", "放假安排第 2 行“元旦放假三天”读不懂"),
        ("2027-01-01,假,元旦", "读不懂"),
        ("2027-02-30,休,春节", "第 2 行的“2027-02-30”不是日期"),
        ("2027-02-03至后天,休,春节", "第 2 行的“后天”不是日期"),
        ("2027-02-12至2027-02-06,休,春节", "第 2 行的止日早于起日"),
        ("2027-02-06至2027-03-20,休,春节", "第 2 行一连 43 天，超过 31 天"),
        ("2027-02-14,休,春节\n2027-02-14,班", "2027年2月14日既写了放假，又写了上班，自相矛盾"),
        ("2027-02-14,班\n2027-02-14,班", "2027年2月14日写了两遍上班"),
        ("2027-10-01,休,中秋节", "2027年10月1日写了两遍放假"),
        ("2028-10-01,休,国庆节", "2028年10月1日不属于 2027 年的放假安排"),
        ("2026-11-30,休,元旦", "2026年11月30日不属于 2027 年的放假安排"),
        ("2027-02-15,班", "2027年2月15日不是周末，本来就上班"),
        (f"2027-02-06,休,{'春' * 21}", "有 21 字，最多 20 字"),
    ],
)
def test_a_table_that_is_wrong_or_contradicts_itself_is_one_sentence(line: str, said: str) -> None:
    always = "2027-01-01,休,元旦\n{}\n2027-05-01,休,劳动节\n2027-10-01至2027-10-03,休,国庆节\n"
    read_year_table(2027, always.format(""))
    with pytest.raises(HolidayFault) as fault:
        read_year_table(2027, always.format(line))
    assert said in fault.value.sentence
    assert fault.value.sentence.endswith("。")


def test_what_is_always_off_may_not_be_missing() -> None:
    with pytest.raises(HolidayFault) as fault:
        read_year_table(2027, "2027-01-01,休\n2027-10-02,休\n")
    assert fault.value.sentence == "5月1日、10月1日、10月3日是法定节日，2027 年的放假安排里没有，请补上。"
    with pytest.raises(HolidayFault, match="法定节日"):
        read_year_table(2027, "")


def test_a_file_of_another_kind_is_told_by_its_length_or_year() -> None:
    with pytest.raises(HolidayFault, match="有 401 行"):
        read_year_table(2027, "2027-01-01,休\n" * 401)
    for year in (2004, 2101):
        (fault,) = year_faults(YearTable(year, (), ()))
        assert fault.field == "year"
    assert year_faults(TABLE_2027) == ()


def test_a_new_table_takes_the_place_of_what_was_known_of_its_year() -> None:
    base = decreed_calendar()
    known = max(base.years)
    assert not base.is_decreed(2027)
    table = lay_over(base, [TABLE_2027])
    assert table.is_decreed(2027)
    assert table.rest_name(date(2027, 2, 8)) == "春节"
    assert not table.is_rest_day(date(2027, 2, 14))
    assert not table.is_rest_day(date(2026, 12, 26))
    assert table.rest_name(date(2026, 10, 1)) == base.rest_name(date(2026, 10, 1)) != ""
    found = calendar_days(date(2027, 1, 22), 15, table=table)
    assert (found.due, found.provisional) == (date(2027, 2, 12), False)
    again = lay_over(table, [YearTable(2027, TABLE_2027.rest[:3], ())])
    assert not again.is_rest_day(date(2027, 2, 8))
    assert again.is_rest_day(date(2027, 2, 14))
    assert known in again.years


def test_of_two_tables_for_one_year_the_later_wins_and_neighbours_meet() -> None:
    bare = DayTable({}, frozenset(), frozenset())
    first = YearTable(2027, (Rest(date(2027, 6, 9), "放假"),), ())
    second = YearTable(2027, (), (date(2027, 6, 12),))
    table = lay_over(bare, [first, second])
    assert not table.is_rest_day(date(2027, 6, 9))
    assert not table.is_rest_day(date(2027, 6, 12))
    # the notice of the later year has the last word on the days around New Year, in whatever order they come
    this = YearTable(2027, (Rest(date(2027, 12, 31), "元旦"),), (date(2028, 1, 8),))
    that = YearTable(2028, (Rest(date(2028, 1, 8), "元旦"),), (date(2027, 12, 31),))
    for notices in ([this, that], [that, this]):
        table = lay_over(bare, notices)
        assert not table.is_rest_day(date(2027, 12, 31))
        assert table.rest_name(date(2028, 1, 8)) == "元旦"
        assert table.years == {2027, 2028}


def outcome(text: str) -> str:
    """What the reader says, whatever the text holds."""
    try:
        assert year_faults(read_year_table(2027, text)) == ()
    except HolidayFault as fault:
        return fault.sentence
    return "读好了。"


@given(st.text(max_size=60) | st.from_regex(r"(2027-0[0-9]-[0-3][0-9](至2027-[01][0-9]-[0-3][0-9])?,[休班]\n){1,5}"))
def test_whatever_a_file_holds_there_is_a_table_or_a_sentence(text: str) -> None:
    assert outcome(text).endswith("。")
