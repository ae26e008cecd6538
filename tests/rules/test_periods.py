"""The clocks of a matter: the worked examples, the checks of a tester, and what must hold for every date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import DayTable, Roll, decreed_calendar
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.pauses import Stop
from onevisit.rules.periods import (
    Clock,
    ClockState,
    Counting,
    NoClock,
    count,
    event_fault,
    go_on_faults,
    handling,
    late,
    notice,
    state,
    words,
)
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015, SHIPPED
from onevisit.rules.rulesets import ClockKind, DayUnit, RuleSet, StopReason, StopRule

TABLE = decreed_calendar()
TODAY = date(2019, 12, 2)
SHANDONG = Counting(RULES_SHANDONG_2015, TABLE, TODAY)
NOW = Counting(RULES_2022, TABLE, date(2024, 6, 3))
CLAIM, OPINION = PetitionClass.CLAIM, Procedure.OPINION
ACCEPTED = date(2019, 3, 1)


def extended(days: int = 30) -> Extension:
    return Extension(days, Approver.HEAD, "局长 示例", "案情复杂", date(2019, 4, 20))


def hearing(first: date, days: int) -> Stop:
    return Stop(StopReason.HEARING, first, first + timedelta(days - 1))


def running(found: Clock | NoClock) -> Clock:
    assert isinstance(found, Clock)
    return found


def none(found: Clock | NoClock) -> NoClock:
    assert isinstance(found, NoClock)
    return found


# the worked vectors


def test_1_5_received_on_a_friday_and_15_days() -> None:
    found = running(count(SHANDONG, ClockKind.TRANSFER, ACCEPTED))
    assert (found.deadline.counted_to, found.due) == (date(2019, 3, 16), date(2019, 3, 18))
    assert found.article == "《山东省信访条例》第三十三条"
    assert found.why == (
        "窗口转送、交办：收到信访事项之日起计算（《山东省信访条例》第三十三条）",
        "2019年3月1日起算，当日不计入（参照民法典第201条）",
        "第 15 日是2019年3月16日（星期六）",
        "遇周末（3月16日至3月17日），顺延到2019年3月18日（星期一）（参照民法典第203条，周末顺延为本单位设置）",
    )
    assert not found.provisional


def test_1_5_received_before_the_feast_and_15_days() -> None:
    found = running(count(SHANDONG, ClockKind.TRANSFER, date(2019, 9, 16)))
    assert (found.deadline.counted_to, found.due) == (date(2019, 10, 1), date(2019, 10, 8))


@pytest.mark.parametrize(
    ("accepted", "extension", "due"),
    [
        (date(2019, 3, 1), None, date(2019, 4, 30)),
        (date(2019, 3, 1), extended(), date(2019, 5, 30)),
        (date(2019, 8, 2), None, date(2019, 10, 8)),
        # counted on from October 1, the 60th day, not from the 8th that it rolled to
        (date(2019, 8, 2), extended(), date(2019, 10, 31)),
    ],
)
def test_1_5_accepted_and_60_or_90_days(accepted: date, extension: Extension | None, due: date) -> None:
    assert running(handling(SHANDONG, accepted, CLAIM, OPINION, extension=extension)).due == due


def test_1_5_five_workdays_over_make_up_sundays() -> None:
    rules = replace(RULES_SHANDONG_2015, objection=RULES_2022.objection)
    found = running(count(replace(SHANDONG, rules=rules), ClockKind.OBJECTION, date(2019, 4, 26)))
    assert found.due == date(2019, 5, 6)
    assert "调休上班，计入：4月28日、5月5日" in found.why


# the checks of a tester


@pytest.mark.parametrize("procedure", [procedure for procedure in Procedure if procedure is not OPINION])
def test_check_4_routes_one_to_five_show_no_60_days(procedure: Procedure) -> None:
    found = none(handling(NOW, date(2024, 6, 3), CLAIM, procedure))
    assert "没有信访的 60 日期限" in found.sentence
    assert procedure.label in found.sentence
    assert running(handling(NOW, date(2024, 6, 3), CLAIM, OPINION)).due == date(2024, 8, 2)


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_check_4_litigation_shows_no_60_days_under_any_rules(rules: RuleSet) -> None:
    assert isinstance(handling(replace(NOW, rules=rules), date(2024, 6, 3), CLAIM, Procedure.LITIGATION), NoClock)


def test_2005_gives_60_days_to_every_class_that_was_accepted_and_2022_to_claims_only() -> None:
    for kind in (PetitionClass.PROPOSAL, PetitionClass.ACCUSATION):
        assert running(handling(SHANDONG, ACCEPTED, kind, None)).due == date(2019, 4, 30)
        assert none(handling(NOW, ACCEPTED, kind, None)).sentence == f"{kind.label}不适用 60 日的办理期限。"
    assert running(handling(SHANDONG, ACCEPTED, CLAIM, Procedure.DUTY)).due == date(2019, 4, 30)
    assert "当场答复" in none(handling(SHANDONG, ACCEPTED, None, None)).sentence
    assert "还没有选定办理途径" in none(handling(NOW, ACCEPTED, CLAIM, None)).sentence


def test_check_5_an_extension_is_counted_from_the_original_count_and_says_so() -> None:
    found = running(handling(SHANDONG, date(2019, 8, 2), CLAIM, OPINION, extension=extended(10)))
    assert found.due == date(2019, 10, 11)
    assert found.why[2:] == (
        "第 60 日是2019年10月1日（星期二）",
        "经局长 示例批准延期 10 日，接着第 60 日往后算，不从顺延后的日期起算，算到2019年10月11日（星期五）",
    )


def test_check_6_a_review_asked_on_day_31_is_a_warning_with_the_date_and_takes_a_reason() -> None:
    delivered = date(2019, 3, 5)
    clock = running(count(SHANDONG, ClockKind.REVIEW_REQUEST, delivered))
    assert clock.due == date(2019, 4, 4)
    assert late(clock, delivered + timedelta(30)) is None
    warning = late(clock, delivered + timedelta(31))
    assert warning is not None
    assert warning.due == date(2019, 4, 4)
    assert warning.sentence == "复查应在2019年4月4日前（含当日）请求，这次晚了 1 天；仍要登记的，请写明理由。"
    assert warning.article == "《信访条例》第三十四条"
    (fault,) = go_on_faults(warning, " ")
    assert (fault.field, fault.sentence) == ("late_reason", warning.sentence)
    assert go_on_faults(warning, "邮件在路上耽搁") == ()
    assert go_on_faults(None, "") == ()


def test_check_6_a_30th_day_off_moves_the_last_day_of_the_request() -> None:
    clock = running(count(SHANDONG, ClockKind.REVIEW_REQUEST, ACCEPTED))
    assert clock.deadline.counted_to == date(2019, 3, 31)
    assert late(clock, date(2019, 4, 1)) is None
    assert late(clock, date(2019, 4, 2)) is not None


@pytest.mark.parametrize("rules", SHIPPED, ids=lambda rules: rules.code)
def test_check_7_six_hearing_days_move_a_final_review_and_nothing_else(rules: RuleSet) -> None:
    by = Counting(replace(rules, roll=Roll.NONE), TABLE, TODAY)
    stop = hearing(date(2019, 3, 11), 6)
    for kind in ClockKind:
        plain = count(by, kind, ACCEPTED)
        if isinstance(plain, NoClock):
            continue
        heard = running(count(by, kind, ACCEPTED, [stop]))
        moved = 6 if kind is ClockKind.FINAL_REVIEW else 0
        assert heard.due == plain.due + timedelta(moved)
    first = running(handling(by, ACCEPTED, CLAIM, OPINION, stops=[stop]))
    assert first.due == date(2019, 4, 30)


def test_check_7_why_a_hearing_moves_one_date_and_not_another() -> None:
    stop = hearing(date(2019, 3, 4), 6)
    final = running(count(SHANDONG, ClockKind.FINAL_REVIEW, ACCEPTED, [stop]))
    assert final.why[2:4] == (
        "第 30 日是2019年3月31日（星期日）",
        "听证（2019年3月4日至2019年3月9日）有 6 日不计入，往后推 6 日，算到2019年4月6日（星期六）",
    )
    first = running(handling(SHANDONG, ACCEPTED, CLAIM, OPINION, stops=[stop]))
    assert first.why[-1] == (
        "听证（2019年3月4日至2019年3月9日）照常计入，日期不变（只在“提出复核意见”中扣除：《信访条例》第三十五条）"
    )
    mediated = running(count(SHANDONG, ClockKind.FINAL_REVIEW, ACCEPTED, [replace(stop, reason=StopReason.MEDIATION)]))
    assert mediated.due == date(2019, 4, 1)
    assert mediated.why[-1].startswith("调解（2019年3月4日至2019年3月9日）照常计入，日期不变")
    assert "没有规定可以扣除" in mediated.why[-1]


def test_check_9_an_anonymous_visit_has_no_clock_for_a_notice() -> None:
    found = none(notice(NOW, date(2024, 6, 3), anonymous=True))
    assert found.article == "《信访工作条例》第二十三条"
    assert found.sentence == "没有留下姓名（名称）、住址，无法书面告知，没有告知期限。"
    assert running(notice(NOW, date(2024, 6, 3), anonymous=False)).due == date(2024, 6, 18)


def test_organs_with_rules_of_their_own_have_no_clock_for_a_notice() -> None:
    found = none(notice(NOW, date(2024, 6, 3), anonymous=False, own_rules=True))
    assert "各自的规定" in found.sentence
    assert found.article == "《信访工作条例》第二十三条"
    assert none(notice(SHANDONG, ACCEPTED, anonymous=False, own_rules=True)).article == "《信访条例》第十五条"


def test_check_10_an_objection_on_workday_6_is_late() -> None:
    received = date(2024, 6, 3)
    clock = running(count(NOW, ClockKind.OBJECTION, received))
    # June 10 is the feast 端午, so the fifth workday is the 11th only if one of the five is lost to it
    assert clock.due == date(2024, 6, 11)
    assert late(clock, date(2024, 6, 11)) is None
    warning = late(clock, date(2024, 6, 12))
    assert warning is not None
    assert warning.sentence == "异议应在2024年6月11日前（含当日）提出，这次晚了 1 天；仍要退回的，请写明理由。"


def test_what_the_texts_do_not_have_has_no_clock() -> None:
    found = none(count(SHANDONG, ClockKind.OBJECTION, ACCEPTED))
    assert found.sentence == "《信访条例》（2005）和《山东省信访条例》（2015）没有规定“对转送、交办提出异议”的期限。"
    assert isinstance(count(NOW, ClockKind.REVIEW_ACCEPTANCE, ACCEPTED), NoClock)


@pytest.mark.parametrize("kind", [ClockKind.REVIEW_ACCEPTANCE, ClockKind.FINAL_ACCEPTANCE])
def test_shandong_decides_within_3_workdays_whether_a_review_is_accepted(kind: ClockKind) -> None:
    assert running(count(SHANDONG, kind, date(2019, 4, 26))).due == date(2019, 4, 30)
    assert running(count(SHANDONG, kind, date(2019, 4, 29))).due == date(2019, 5, 6)


def test_the_other_periods_of_30_days() -> None:
    days = {
        kind: running(count(SHANDONG, kind, date(2019, 3, 5))).due
        for kind in (
            ClockKind.REVIEW_REQUEST,
            ClockKind.REVIEW,
            ClockKind.FINAL_REQUEST,
            ClockKind.FINAL_REVIEW,
            ClockKind.CONFIRMATION,
        )
    }
    assert set(days.values()) == {date(2019, 4, 4)}


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ClockKind.FINAL_REQUEST, "复核应在2019年4月4日前"),
        (ClockKind.CONFIRMATION, "司法确认应在2019年4月4日前"),
        (ClockKind.REVIEW, "“提出复查意见”的期限是2019年4月4日，这次晚了 2 天；请写明理由后再继续。"),
    ],
)
def test_what_comes_late_is_told_with_its_date(kind: ClockKind, said: str) -> None:
    warning = late(running(count(SHANDONG, kind, date(2019, 3, 5))), date(2019, 4, 6))
    assert warning is not None
    assert said in warning.sentence


# stops


def test_a_stop_that_is_not_over_moves_the_date_day_by_day() -> None:
    stop = Stop(StopReason.HEARING, date(2019, 3, 11))
    for days in (0, 1, 5, 400):
        today = date(2019, 3, 10) + timedelta(days)
        by = Counting(replace(RULES_SHANDONG_2015, roll=Roll.NONE), TABLE, today)
        found = running(count(by, ClockKind.FINAL_REVIEW, ACCEPTED, [stop]))
        assert found.due == date(2019, 3, 31) + timedelta(days)
        assert found.standing is (days > 0)


def test_only_days_within_the_period_move_it() -> None:
    by = Counting(replace(RULES_SHANDONG_2015, roll=Roll.NONE), TABLE, TODAY)

    def due(*stops: Stop) -> date:
        return running(count(by, ClockKind.FINAL_REVIEW, ACCEPTED, stops)).due

    assert due(hearing(date(2019, 2, 20), 5)) == date(2019, 3, 31)
    assert due(hearing(date(2019, 2, 27), 5)) == date(2019, 4, 2)
    assert due(hearing(date(2019, 3, 31), 2)) == date(2019, 4, 2)
    assert due(hearing(date(2019, 4, 1), 2)) == date(2019, 3, 31)
    # begun in the days that the first stop gave, and two that overlap count once
    assert due(hearing(date(2019, 3, 30), 5), hearing(date(2019, 4, 4), 3)) == date(2019, 4, 8)
    assert due(hearing(date(2019, 3, 5), 5), hearing(date(2019, 3, 7), 5)) == date(2019, 4, 7)
    # one after the last day is shown, and nothing stands
    late_stop = Stop(StopReason.HEARING, date(2019, 4, 1))
    found = running(count(by, ClockKind.FINAL_REVIEW, ACCEPTED, [late_stop]))
    assert (found.due, found.standing) == (date(2019, 3, 31), False)
    assert "不在这段期限之内，不往后推" in found.why[-1]


@pytest.mark.parametrize(
    ("first", "days", "counted_to", "due"),
    [
        # day 30 is Sunday, March 31, and rolls to Monday: a hearing on the Monday leaves the last day to come
        (date(2019, 4, 1), 1, date(2019, 4, 2), date(2019, 4, 2)),
        (date(2019, 4, 1), 10, date(2019, 4, 11), date(2019, 4, 11)),
        (date(2019, 3, 31), 1, date(2019, 4, 1), date(2019, 4, 1)),
        (date(2019, 4, 2), 10, date(2019, 3, 31), date(2019, 4, 1)),
    ],
)
def test_a_stop_that_begins_on_the_day_it_rolled_to(first: date, days: int, counted_to: date, due: date) -> None:
    by = replace(SHANDONG, today=first)
    found = running(count(by, ClockKind.FINAL_REVIEW, ACCEPTED, [hearing(first, days)]))
    assert (found.deadline.counted_to, found.due) == (counted_to, due)
    assert found.standing is (first <= date(2019, 4, 1))


def test_a_unit_may_name_further_stops_also_for_workdays() -> None:
    rule = StopRule(StopReason.MEDIATION, (ClockKind.OBJECTION,), "", example=True)
    by = replace(NOW, rules=replace(RULES_2022, stops=(rule,)))
    mediation = Stop(StopReason.MEDIATION, date(2024, 6, 5), date(2024, 6, 8))
    found = running(count(by, ClockKind.OBJECTION, date(2024, 6, 3), [mediation]))
    # 5, 6 and 7 June are workdays, the 8th is a Saturday
    assert found.due == date(2024, 6, 14)
    assert any("调解，不计入（6月5日至6月8日）" in step for step in found.why)
    heard = running(count(by, ClockKind.FINAL_REVIEW, date(2024, 6, 3), [hearing(date(2024, 6, 5), 2)]))
    assert "没有规定可以扣除" in heard.why[-1]
    told = running(count(by, ClockKind.HANDLING, date(2024, 6, 3), [mediation]))
    assert told.why[-1].endswith("（只在“对转送、交办提出异议”中扣除：示例，以本地文件为准）")


# how a clock stands


def test_how_a_clock_stands_is_said_in_words() -> None:
    clock = running(count(SHANDONG, ClockKind.TRANSFER, ACCEPTED))
    due = date(2019, 3, 18)
    found = [(state(clock, due + timedelta(n)), words(clock, due + timedelta(n))) for n in (-4, -3, -1, 0, 1)]
    assert found == [
        (ClockState.RUNNING, "还有 4 天"),
        (ClockState.SOON, "还有 3 天"),
        (ClockState.SOON, "还有 1 天"),
        (ClockState.TODAY, "今天到期"),
        (ClockState.OVERDUE, "已超期 1 天"),
    ]
    assert (state(clock, TODAY, due), words(clock, TODAY, due)) == (ClockState.KEPT, "按期完成")
    assert words(clock, TODAY, due + timedelta(1)) == "超期完成"
    assert state(clock, TODAY, due + timedelta(1)) is ClockState.LATE
    stopped = replace(clock, standing=True)
    assert (state(stopped, due), words(stopped, due)) == (ClockState.STANDING, "暂停中")


def test_an_event_lies_between_what_it_follows_and_today() -> None:
    def at(day: date) -> str:
        fault = event_fault("受理日期", day, TODAY, after=ACCEPTED, after_what="登记日期", field="accepted_on")
        return "" if fault is None else f"{fault.field}: {fault.sentence}"

    assert at(TODAY) == at(ACCEPTED) == ""
    assert at(TODAY + timedelta(1)) == "accepted_on: 受理日期在今天（2019年12月2日）之后，请核对日期。"
    assert at(ACCEPTED - timedelta(1)) == "accepted_on: 受理日期早于登记日期（2019年3月1日），请核对日期。"


def test_a_year_without_its_notice_makes_a_clock_provisional() -> None:
    last = max(TABLE.years)
    found = running(count(NOW, ClockKind.TRANSFER, date(last, 12, 28)))
    assert found.provisional
    assert any(f"{last + 1}年的放假安排还没有录入" in step for step in found.why)
    bare = Counting(RULES_2005, DayTable({}, frozenset(), frozenset()), TODAY)
    assert running(count(bare, ClockKind.TRANSFER, ACCEPTED)).provisional


# what holds for every date

# from before the first text on to years whose notices nobody knows
starts = st.dates(date(2004, 1, 1), date(2100, 12, 31))
rulesets = st.sampled_from(SHIPPED)
rolls = st.sampled_from(Roll)


@given(rulesets, starts, rolls, st.integers(1, 30), st.lists(st.tuples(st.integers(-5, 70), st.integers(1, 9))))
def test_an_extension_never_moves_a_date_back(
    rules: RuleSet, start: date, roll: Roll, days: int, gaps: list[tuple[int, int]]
) -> None:
    # a set in which hearings stop the handling, so that extension and stops meet
    heard = StopRule(StopReason.HEARING, (ClockKind.HANDLING,), "", example=True)
    by = Counting(replace(rules, roll=roll, stops=(heard,)), TABLE, start)
    stops = [hearing(start + timedelta(offset), length) for offset, length in gaps]
    plain = running(handling(by, start, CLAIM, OPINION, stops=stops))
    more = running(handling(by, start, CLAIM, OPINION, extension=extended(days), stops=stops))
    assert more.deadline.counted_to >= plain.deadline.counted_to
    assert more.due >= plain.due
    if not stops:
        assert more.deadline.counted_to == start + timedelta(60 + days)


@given(rulesets, starts, st.integers(1, 30), st.integers(1, 60))
def test_a_stop_of_n_days_moves_the_date_n_days(rules: RuleSet, start: date, offset: int, days: int) -> None:
    by = Counting(rules, TABLE, start)
    stop = hearing(start + timedelta(offset), days)
    plain = running(count(by, ClockKind.FINAL_REVIEW, start))
    heard = running(count(by, ClockKind.FINAL_REVIEW, start, [stop]))
    assert heard.deadline.counted_to == plain.deadline.counted_to + timedelta(days)
    assert heard.due >= plain.due
    unrolled = Counting(replace(rules, roll=Roll.NONE), TABLE, start)
    assert running(count(unrolled, ClockKind.FINAL_REVIEW, start, [stop])).due == heard.deadline.counted_to


@given(rulesets, st.sampled_from(ClockKind), starts, st.integers(-5, 40), st.integers(1, 40))
def test_no_stop_moves_a_date_back_or_lets_it_end_and_workdays_never_land_on_a_rest_day(
    rules: RuleSet, kind: ClockKind, start: date, offset: int, days: int
) -> None:
    everywhere = StopRule(StopReason.HEARING, tuple(ClockKind), "", example=True)
    by = Counting(replace(rules, stops=(everywhere,)), TABLE, start)
    plain = count(by, kind, start)
    if isinstance(plain, NoClock):
        return
    stop = hearing(start + timedelta(offset), days)
    heard = running(count(by, kind, start, [stop]))
    assert heard.due >= plain.due
    assert heard.due not in stop.days(start)
    period = by.rules.period(kind)
    assert period is not None
    if period.unit is DayUnit.WORKDAYS:
        assert not TABLE.is_rest_day(plain.due)
        assert not TABLE.is_rest_day(heard.due)
        between = (start + timedelta(n) for n in range(1, (heard.due - start).days + 1))
        counted = [day for day in between if not TABLE.is_rest_day(day) and day not in stop.days(start)]
        assert len(counted) == period.days


@given(rulesets, st.sampled_from(ClockKind), starts, rolls, st.frozensets(st.integers(2004, 2102), min_size=1))
def test_a_date_is_provisional_when_and_only_when_it_touches_an_undecreed_year(
    rules: RuleSet, kind: ClockKind, start: date, roll: Roll, years: frozenset[int]
) -> None:
    table = DayTable(TABLE.holidays, TABLE.make_up, years)
    found = count(Counting(replace(rules, roll=roll), table, start), kind, start)
    if isinstance(found, NoClock):
        return
    period = rules.period(kind)
    assert period is not None
    if period.unit is DayUnit.WORKDAYS:
        touched = range((start + timedelta(1)).year, found.due.year + 1)
    elif roll is Roll.NONE:
        touched = range(0)
    else:
        # calendar days ask the table only from the day that the count ends on
        touched = range(found.deadline.counted_to.year, found.due.year + 1)
    assert found.provisional is any(year not in years for year in touched)
    assert found.provisional is any("还没有录入" in step for step in found.why)


@given(rulesets, st.sampled_from(ClockKind), starts, st.integers(-90, 90))
def test_what_is_late_is_overdue_and_the_other_way_round(
    rules: RuleSet, kind: ClockKind, start: date, offset: int
) -> None:
    clock = count(Counting(rules, TABLE, start), kind, start)
    if isinstance(clock, NoClock):
        return
    day = clock.due + timedelta(offset)
    assert (late(clock, day) is not None) is (state(clock, day) is ClockState.OVERDUE)
    assert (late(clock, day) is not None) is (state(clock, day, day) is ClockState.LATE)
