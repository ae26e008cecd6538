"""The figures: every part of every formula, shares of nothing, and what must always hold of them."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.classification import ContentClass, PetitionClass, Purpose, ReturnReason
from onevisit.rules.clocks import show_day
from onevisit.rules.figure_count import count
from onevisit.rules.figure_facts import NO_CLASS, ClockFact, Counted, EvaluationFact, Facts, Filters, Span, VisitFact
from onevisit.rules.figure_parts import (
    clock_part,
    clocks_behind,
    evaluations_behind,
    minutes_waited,
    narrowed,
    visits_behind,
)
from onevisit.rules.figure_words import (
    behind_words,
    filter_words,
    how,
    minutes,
    one_visit_note,
    part_words,
    reasons_by_size,
    satisfaction_note,
    summary,
    timeliness_note,
)
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    FIRST,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    NOT_PASSED,
    RATES,
    REPEAT,
    SLICED,
    UNKNOWN,
    FigureKey,
    Satisfaction,
    Share,
    Timeliness,
    Waiting,
)
from onevisit.rules.policy import Policy

TODAY = date(2026, 11, 23)
BY = Counted(TODAY, 90, 30, silence_satisfied=False)
YEAR = Span.year_of(TODAY)
MONTH = Span.month_of(TODAY)
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
VISIT = VisitFact(
    visit_id=1,
    matter_id=1,
    day=date(2026, 3, 2),
    ordinal=1,
    headcount=1,
    arrived_at=AT,
    registered_at=AT + timedelta(minutes=6),
    opened_at=None,
    reason=None,
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place="370403",
    organ="薛城区人社局",
    closed=True,
    again_on=None,
)
ABOUT = (Purpose.REQUEST, ContentClass.LABOUR, "370403", "薛城区人社局")
CLOCK = ClockFact(1, date(2026, 11, 20), None, *ABOUT)
ASKED = EvaluationFact(1, 1, EvaluationSubject.WINDOW, EvaluationValue.SATISFIED, date(2026, 11, 1), None, *ABOUT)


# -- spans and filters -------------------------------------------------------------------------------------------------


def test_spans_are_whole_months_and_years() -> None:
    assert Span(date(2026, 11, 1), date(2026, 11, 30)) == MONTH
    assert Span.month_before(date(2026, 1, 31)) == Span(date(2025, 12, 1), date(2025, 12, 31))
    assert Span(date(2026, 1, 1), date(2026, 12, 31)) == YEAR
    assert (MONTH.words, YEAR.words) == ("2026年11月", "2026年")
    assert Span(TODAY, TODAY).words == "2026年11月23日"
    assert Span(date(2026, 11, 2), TODAY).words == "2026年11月2日至2026年11月23日"
    assert TODAY in MONTH
    assert date(2026, 12, 1) not in MONTH
    assert (MONTH.by_days, YEAR.by_days) == (True, False)
    assert MONTH.faults() == ()
    assert Span(TODAY, date(2026, 11, 1)).faults()[0].field == "last"


def test_filters_let_purposes_pass_by_class() -> None:
    assert Filters().purposes == frozenset(Purpose)
    assert Filters(PetitionClass.CLAIM.value).purposes == {Purpose.APPEAL, Purpose.REQUEST}
    assert Filters(NO_CLASS).purposes == {Purpose.ENQUIRY, Purpose.OTHER}
    assert filter_words(Filters()) == "全部"
    assert filter_words(Filters(NO_CLASS, ContentClass.LABOUR, "370403", UNKNOWN)) == (
        "咨询和其他、劳动社保、薛城区、还没有责任单位"
    )


# -- visits ------------------------------------------------------------------------------------------------------------


def test_batches_and_persons_are_counted_apart_and_groups_beside_them() -> None:
    found = count(Facts((VISIT, VISIT._replace(headcount=5, ordinal=2), VISIT._replace(headcount=4))), YEAR, BY)
    assert (found.visits.batches, found.visits.persons) == (3, 10)
    assert (found.visits.group_batches, found.visits.group_persons) == (1, 5)
    own_rules = VISIT._replace(headcount=5, group_from=6)
    assert count(Facts((own_rules,)), YEAR, BY).visits.group_batches == 0
    assert visits_behind((own_rules,), YEAR, BY, FigureKey.GROUPS, ALL) == []
    assert (found.first, found.repeat) == (2, 1)


def test_the_one_visit_rate_takes_closed_first_visits_whose_days_have_passed() -> None:
    last = VISIT.day + timedelta(days=90)
    recent = VISIT._replace(day=TODAY - timedelta(days=90))
    visits = (
        VISIT,
        VISIT._replace(again_on=last),
        VISIT._replace(again_on=last + timedelta(days=1)),
        VISIT._replace(closed=False),
        VISIT._replace(closed=False, no_closing=True),
        VISIT._replace(ordinal=2),
        recent,
        recent._replace(again_on=TODAY),
        recent._replace(day=recent.day - timedelta(days=1)),
    )
    found = count(Facts(visits), YEAR, BY).one_visit
    assert (found.kept, found.again, found.not_passed, found.quiet) == (3, 1, 2, 1)
    assert (found.not_closed, found.no_closing) == (1, 1)
    assert found.rate == Share(3, 4)
    assert found.rate.words == "75.0%"
    assert one_visit_note(found, BY) == "4 件中 3 件没有再来；另有 2 件未满 90 天，不计入，其中 1 件至今没有再来。"
    assert one_visit_note(replace(found, not_passed=0), BY) == "4 件中 3 件没有再来。"


def test_before_the_first_days_have_passed_it_says_how_many_wait_and_when_the_figure_comes() -> None:
    waiting = VISIT._replace(day=TODAY - timedelta(days=40))
    later = waiting._replace(day=TODAY - timedelta(days=2), again_on=TODAY)
    found = count(Facts((later, waiting)), YEAR, BY).one_visit
    assert found.counted_from == waiting.day + timedelta(days=91)
    assert one_visit_note(found, BY) == (
        f"还没有满 90 天的；2 件在等，其中 1 件至今没有再来。{show_day(found.counted_from)}起有这个数。"
    )
    on_that_day = replace(BY, today=found.counted_from)
    assert count(Facts((waiting,)), YEAR, on_that_day).one_visit.rate == Share(1, 1)
    day_before = replace(BY, today=found.counted_from - timedelta(days=1))
    assert count(Facts((waiting,)), YEAR, day_before).one_visit.rate.rate is None
    assert one_visit_note(count(Facts(()), YEAR, BY).one_visit, BY) == "还没有满 90 天的。"


def test_reasons_count_causes_of_repeat_visits_only() -> None:
    again = VISIT._replace(ordinal=2, reason=ReturnReason.NOT_TOLD)
    found = count(
        Facts((VISIT._replace(reason=ReturnReason.OTHER), again, again, again._replace(reason=None))), YEAR, BY
    )
    assert found.reasons == {"not_told": 2, UNKNOWN: 1}
    assert found.reason_share("not_told") == Share(2, 3)
    assert reasons_by_size(found) == [("not_told", 2), (UNKNOWN, 1)]
    assert found.reason_share("wrong_office") == Share(0, 3)


def test_waiting_is_told_by_its_middle_and_by_nine_in_ten() -> None:
    waits = [VISIT._replace(registered_at=AT + timedelta(minutes=minute)) for minute in range(1, 11)]
    opened = VISIT._replace(opened_at=VISIT.registered_at + timedelta(minutes=90))
    found = count(Facts((*waits, opened)), YEAR, BY)
    assert found.to_desk == Waiting(11, 6, 9)
    assert found.to_lawyer == Waiting(1, 90, 90)
    back_on_the_lawyer_s_day = VISIT._replace(opened_at=AT + timedelta(days=3))
    assert count(Facts((back_on_the_lawyer_s_day,)), YEAR, BY).to_lawyer == Waiting(0, None, None)
    assert count(Facts(), YEAR, BY).to_desk == Waiting(0, None, None)
    entered_later = VISIT._replace(registered_at=AT + timedelta(days=2))
    assert count(Facts((entered_later,)), YEAR, BY).to_desk == Waiting(0, None, None)
    assert minutes_waited(FigureKey.TO_DESK, VISIT._replace(arrived_at=VISIT.registered_at + timedelta(hours=1))) == 0
    assert [minutes(number) for number in (None, 59, 61)] == ["—", "59 分", "1 小时 1 分"]
    behind = visits_behind(waits, YEAR, BY, FigureKey.TO_DESK, ALL)
    assert minutes_waited(FigureKey.TO_DESK, behind[0]) == 10


# -- periods and evaluations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("done", "due", "part"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), IN_TIME),
        (date(2026, 11, 21), date(2026, 11, 20), LATE),
        (None, date(2026, 11, 22), MISSING),
        (None, TODAY, None),
        (date(2026, 11, 1), date(2026, 11, 30), IN_TIME),
    ],
)
def test_a_period_stands_in_one_bucket_or_is_not_due_yet(done: date | None, due: date, part: str | None) -> None:
    assert clock_part(CLOCK._replace(done=done, due=due), BY) == part


def test_timeliness_leaves_out_what_is_not_due_yet() -> None:
    clocks = (CLOCK, CLOCK._replace(done=CLOCK.due), CLOCK._replace(done=TODAY), CLOCK._replace(due=TODAY))
    found = count(Facts(acceptance=clocks, answer=clocks[:2]), MONTH, BY)
    assert found.acceptance == Timeliness(1, 1, 1, 1)
    assert found.acceptance.rate == Share(1, 3)
    assert found.answer.rate == Share(1, 2)
    assert timeliness_note(FigureKey.ACCEPTANCE, found.acceptance) == (
        "及时受理 1　超期受理 1　超期未受理 1　未到期 1（不计）"
    )
    assert timeliness_note(FigureKey.ANSWER, found.answer) == "按期答复 1　超期答复 0　超期未答复 1"
    assert clocks_behind(clocks, BY, MISSING) == [CLOCK]
    assert len(clocks_behind(clocks, BY, ALL)) == 3


def _said() -> tuple[EvaluationFact, ...]:
    values = [ASKED._replace(value=value) for value in EvaluationValue for _ in range(2)]
    declined = ASKED._replace(value=EvaluationValue.SILENT, answered_on=TODAY)
    return (*values, declined, ASKED._replace(value=EvaluationValue.SILENT, asked_on=date(2026, 10, 23)))


def test_satisfaction_leaves_silence_out_unless_the_unit_counts_it() -> None:
    found = count(Facts(evaluations=_said()), YEAR, BY)
    assert found.window == Satisfaction(2, 2, 2, 2, 2, silence_satisfied=False)
    assert (found.window.rate, found.window.taking_part) == (Share(4, 6), Share(6, 8))
    assert satisfaction_note(found.window) == "满意 2　基本满意 2　不满意 2　未评价 2　参评率 75.0%"
    kind = replace(BY, silence_satisfied=True)
    assert count(Facts(evaluations=_said()), YEAR, kind).window.rate == Share(6, 8)
    assert "未评价，不计入" in how(FigureKey.WINDOW, BY)
    assert "未评价，按满意计" in how(FigureKey.WINDOW, kind)
    assert count(Facts(evaluations=_said()), YEAR, kind).unit.rate.words == "—"


def test_window_and_responsible_unit_are_never_added_together() -> None:
    asked = (ASKED, ASKED._replace(subject=EvaluationSubject.ORGAN, value=EvaluationValue.DISSATISFIED))
    found = count(Facts(evaluations=asked), YEAR, BY)
    assert (found.window.answered, found.unit.answered) == (1, 1)
    assert (found.window.rate.rate, found.unit.rate.rate) == (1.0, 0.0)
    assert evaluations_behind(asked, BY, FigureKey.UNIT, "dissatisfied") == [asked[1]]
    assert evaluations_behind(asked, BY, FigureKey.WINDOW, "dissatisfied") == []


# -- parts -------------------------------------------------------------------------------------------------------------


def test_slices_are_in_order_and_the_unknown_comes_last() -> None:
    visits = (
        VISIT._replace(organ=""),
        VISIT._replace(organ=""),
        VISIT,
        VISIT._replace(purpose=Purpose.ENQUIRY, content=ContentClass.OTHER, place="", day=date(2026, 11, 3)),
    )
    found = count(Facts(visits, acceptance=(CLOCK, CLOCK._replace(organ="别处"))), YEAR, BY)
    slices = {key: [(one.part, one.batches) for one in parts] for key, parts in found.slices.items()}
    assert slices[FigureKey.ORGANS] == [("薛城区人社局", 2), ("别处", 0), (UNKNOWN, 2)]
    assert slices[FigureKey.PLACES] == [("370403", 3), (UNKNOWN, 1)]
    assert slices[FigureKey.CLASSES] == [("claim", 3), ("none", 1)]
    assert slices[FigureKey.CONTENTS] == [("06", 3), ("18", 1)]
    months = [("2026-03", 3), *((f"2026-{month:02d}", 0) for month in range(4, 11)), ("2026-11", 1)]
    assert slices[FigureKey.TIMES] == months
    organ = found.slices[FigureKey.ORGANS][0]
    assert (organ.rates[FigureKey.ACCEPTANCE], organ.rates[FigureKey.ANSWER]) == (Share(0, 1), Share(0, 0))
    assert (organ.repeat, organ.to_desk) == (0, 6)
    assert found.slices[FigureKey.ORGANS][2].rates[FigureKey.ACCEPTANCE].words == "—"


def test_every_rate_is_told_by_class_content_district_organ_and_month() -> None:
    other: dict[str, Any] = {"purpose": Purpose.ENQUIRY, "content": ContentClass.OTHER}
    other |= {"place": "370402", "organ": "乙局"}
    elsewhere = (CLOCK._replace(due=date(2026, 10, 9), **other), ASKED._replace(asked_on=date(2026, 10, 8), **other))
    facts = Facts(
        (VISIT, VISIT._replace(again_on=VISIT.day), VISIT._replace(day=date(2026, 4, 1), closed=False, **other)),
        (CLOCK._replace(done=CLOCK.due), elsewhere[0]),
        (CLOCK, elsewhere[0]._replace(done=date(2026, 10, 9))),
        (ASKED, elsewhere[1]._replace(subject=EvaluationSubject.ORGAN, value=EvaluationValue.DISSATISFIED)),
    )
    slices = count(facts, YEAR, BY).slices
    assert tuple(slices) == SLICED
    for key in SLICED[:-1]:
        here, there = (
            [one.rates[rate].words for rate in RATES] for one in sorted(slices[key], key=lambda one: -one.batches)
        )
        assert here == ["50.0%", "100.0%", "0.0%", "100.0%", "—"], key
        assert there == ["—", "0.0%", "100.0%", "—", "0.0%"], key
    months = {one.part: [one.rates[rate].words for rate in RATES] for one in slices[FigureKey.TIMES]}
    assert list(months) == [f"2026-{month:02d}" for month in range(3, 12)]
    assert months["2026-03"] == ["50.0%", "—", "—", "—", "—"]
    assert months["2026-10"] == ["—", "0.0%", "100.0%", "—", "0.0%"]
    assert months["2026-11"] == ["—", "100.0%", "0.0%", "100.0%", "—"]


def test_a_part_of_everything_is_a_narrower_span_or_filter() -> None:
    assert narrowed(FigureKey.CLASSES, "claim", MONTH, Filters(place="370403")) == (
        MONTH,
        Filters("claim", place="370403"),
    )
    assert narrowed(FigureKey.CONTENTS, "06", MONTH, Filters()) == (MONTH, Filters(content=ContentClass.LABOUR))
    assert narrowed(FigureKey.PLACES, UNKNOWN, MONTH, Filters()) == (MONTH, Filters(place=UNKNOWN))
    assert narrowed(FigureKey.ORGANS, "甲局", MONTH, Filters()) == (MONTH, Filters(organ="甲局"))
    assert narrowed(FigureKey.TIMES, "2026-11", YEAR, Filters()) == (MONTH, Filters())
    autumn = Span(date(2026, 9, 15), TODAY)
    assert narrowed(FigureKey.TIMES, "2026-11", autumn, Filters()) == (Span(date(2026, 11, 1), TODAY), Filters())
    assert narrowed(FigureKey.TIMES, "2026-11-23", MONTH, Filters()) == (Span(TODAY, TODAY), Filters())
    assert narrowed(FigureKey.TIMES, "2026-11-23", YEAR, Filters()) == (Span(TODAY, TODAY), Filters())
    assert narrowed(FigureKey.TIMES, "2025-11", YEAR, Filters()) is None


@pytest.mark.parametrize("year", [2004, 2100])
def test_a_leap_month_and_one_of_another_century_know_every_cause(year: int) -> None:
    month = Span.month_of(date(year, 2, 1))
    assert (month.last.day, month.words) == (29 if year == 2004 else 28, f"{year}年2月")
    at = datetime(year, 2, 3, 1, tzinfo=UTC)
    again = VISIT._replace(day=month.last, ordinal=2, arrived_at=at, registered_at=at)
    visits = [again._replace(reason=reason) for reason in (*ReturnReason, None)]
    clock = CLOCK._replace(due=month.last, done=month.last)
    by = replace(BY, today=month.last)
    found = count(Facts(visits, (clock,), (clock,), (ASKED._replace(asked_on=month.first),)), month, by)
    assert set(found.reasons) == {*(one.value for one in ReturnReason), UNKNOWN}
    assert all(words for words in (part_words(FigureKey.REASONS, part) for part in found.reasons))
    assert found.slices[FigureKey.CLASSES][0].reasons == found.reasons
    assert [one.part for one in found.slices[FigureKey.TIMES]] == [month.last.isoformat()]
    assert (found.one_visit.rate.words, found.acceptance.rate.words) == ("—", "100.0%")


def test_days_of_a_month_know_only_who_came() -> None:
    found = count(Facts((VISIT._replace(day=TODAY),), (CLOCK,), (), (ASKED,)), MONTH, BY)
    assert [one.part for one in found.slices[FigureKey.TIMES]] == ["2026-11-23"]
    assert [one.part for one in found.slices[FigureKey.CLASSES]] == ["claim"]


def test_a_month_is_divided_into_days() -> None:
    found = count(Facts((VISIT._replace(day=TODAY), VISIT._replace(day=TODAY - timedelta(days=2)))), MONTH, BY)
    parts = [(one.part, one.batches) for one in found.slices[FigureKey.TIMES]]
    assert parts == [("2026-11-21", 1), ("2026-11-22", 0), ("2026-11-23", 1)]
    assert count(Facts(), MONTH, BY).slices[FigureKey.TIMES] == []
    assert part_words(FigureKey.TIMES, "2026-11-23") == "11月23日"
    assert part_words(FigureKey.TIMES, "2026-03") == "2026年3月"


@pytest.mark.parametrize(
    ("key", "part", "words"),
    [
        (FigureKey.VISITS, ALL, "来访"),
        (FigureKey.VISITS, REPEAT, "重复访"),
        (FigureKey.GROUPS, "groups", "集体访"),
        (FigureKey.ONE_VISIT, NOT_PASSED, "已办结，天数未满"),
        (FigureKey.ONE_VISIT, NO_CLOSING, "撤回、并入、分成几件"),
        (FigureKey.REASONS, "not_told", "再次来访原因：上次未一次性告知所需材料"),
        (FigureKey.REASONS, UNKNOWN, "再次来访原因：没有记录原因"),
        (FigureKey.UNIT, "silent", "对责任单位的评价：未评价"),
        (FigureKey.CLASSES, "none", "按三类：咨询和其他"),
        (FigureKey.CONTENTS, "06", "按内容分类：劳动社保"),
        (FigureKey.PLACES, "370403", "按属地：薛城区"),
        (FigureKey.PLACES, "99", "按属地：99"),
        (FigureKey.ORGANS, "某局", "按责任单位：某局"),
    ],
)
def test_every_part_has_words(key: FigureKey, part: str, words: str) -> None:
    assert behind_words(key, part) == words


def test_every_figure_says_how_it_is_counted() -> None:
    assert all(how(key, BY).endswith("。") for key in FigureKey)
    assert "90 天" in how(FigureKey.ONE_VISIT, BY)
    assert "示例，以本地文件为准" in how(FigureKey.ONE_VISIT, BY)
    assert "超期未受理" in how(FigureKey.ACCEPTANCE, BY)
    assert Counted.by(Policy(), TODAY) == BY


def test_of_nothing_there_is_no_rate() -> None:
    found = count(Facts(), MONTH, BY)
    said = {key: figure for key, _, figure, _ in summary(found)}
    assert [said[key] for key in (FigureKey.ONE_VISIT, FigureKey.ACCEPTANCE, FigureKey.ANSWER)] == ["—"] * 3
    assert [said[key] for key in (FigureKey.WINDOW, FigureKey.UNIT, FigureKey.TO_DESK)] == ["—"] * 3
    assert said[FigureKey.VISITS] == "0 批 0 人次"
    assert Share(0, 0).rate is None


# -- what always holds -------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), TODAY)
VISITS = st.lists(
    st.builds(
        VISIT._replace,
        day=DAYS,
        ordinal=st.integers(1, 4),
        headcount=st.integers(1, 40),
        opened_at=st.none() | st.just(VISIT.registered_at + timedelta(minutes=7)),
        reason=st.none() | st.sampled_from(ReturnReason),
        purpose=st.sampled_from(Purpose),
        content=st.sampled_from(ContentClass),
        place=st.sampled_from(("", "370402", "370403")),
        organ=st.sampled_from(("", "甲局", "乙局")),
        closed=st.booleans(),
        no_closing=st.booleans(),
        again_on=st.none() | DAYS,
    )
)
CLOCKS = st.lists(
    st.builds(CLOCK._replace, due=DAYS, done=st.none() | DAYS, organ=st.sampled_from(("", "甲局"))), max_size=20
)
EVALUATIONS = st.lists(
    st.builds(
        ASKED._replace,
        subject=st.sampled_from(EvaluationSubject),
        value=st.sampled_from(EvaluationValue),
        asked_on=DAYS,
        place=st.sampled_from(("", "370402")),
    )
)
COUNTED = st.builds(Counted, st.just(TODAY), st.integers(1, 400), st.integers(1, 60), st.booleans())


@given(VISITS, CLOCKS, EVALUATIONS, COUNTED)
def test_parts_make_up_their_whole_and_rates_stay_between_none_and_all(
    visits: list[VisitFact], clocks: list[ClockFact], asked: list[EvaluationFact], by: Counted
) -> None:
    found = count(Facts(visits, clocks, clocks, asked), YEAR, by)
    assert found.first + found.repeat == found.visits.batches == len(visits)
    assert found.visits.group_batches <= found.visits.batches <= found.visits.persons or not visits
    assert sum(found.reasons.values()) == found.repeat
    shares = [found.reason_share(part).rate or 0 for part in found.reasons]
    assert not shares or sum(shares) == pytest.approx(1)
    one = found.one_visit
    assert one.kept + one.again + one.not_passed + one.not_closed + one.no_closing == found.first
    assert 0 <= one.quiet <= one.not_passed
    timely = found.acceptance
    assert timely.in_time + timely.late + timely.missing + timely.not_due == len(clocks)
    for said in (found.window, found.unit):
        assert (
            said.answered + said.silent + said.waiting
            == sum((one.subject is EvaluationSubject.WINDOW) == (said is found.window) for one in asked)
            or found.window == found.unit
        )
    for share in (one.rate, timely.rate, found.window.rate, found.unit.rate, found.window.taking_part):
        assert share.rate is None or 0 <= share.rate <= 1
    wholes = (found.one_visit.rate, timely.rate, found.answer.rate, found.window.rate, found.unit.rate)
    for parts in found.slices.values():
        for key, whole in zip(RATES, wholes, strict=True):
            assert sum(part.rates[key].part for part in parts) == whole.part
            assert sum(part.rates[key].whole for part in parts) == whole.whole
        assert sum(part.batches for part in parts) == len(visits)
        assert sum(part.persons for part in parts) == found.visits.persons
        assert sum(part.first for part in parts) == found.first
        assert sum((Counter(part.reasons) for part in parts), Counter()) == found.reasons


@given(VISITS, CLOCKS, EVALUATIONS, COUNTED)
def test_the_rows_behind_a_figure_are_as_many_as_it_says(
    visits: list[VisitFact], clocks: list[ClockFact], asked: list[EvaluationFact], by: Counted
) -> None:
    found = count(Facts(visits, clocks, clocks, asked), YEAR, by)

    def behind(key: FigureKey, part: str) -> int:
        return len(visits_behind(visits, YEAR, by, key, part))

    assert behind(FigureKey.VISITS, FIRST) == found.first
    assert behind(FigureKey.VISITS, ALL) == len(visits)
    assert behind(FigureKey.GROUPS, ALL) == found.visits.group_batches
    one = found.one_visit
    assert [behind(FigureKey.ONE_VISIT, part) for part in (KEPT, AGAIN, NOT_PASSED, NOT_CLOSED, NO_CLOSING)] == [
        one.kept, one.again, one.not_passed, one.not_closed, one.no_closing
    ]  # fmt: skip
    assert behind(FigureKey.ONE_VISIT, ALL) == found.first
    assert all(behind(FigureKey.REASONS, part) == number for part, number in found.reasons.items())
    assert behind(FigureKey.TO_LAWYER, ALL) == found.to_lawyer.people
    assert all(behind(key, one.part) == one.batches for key, parts in found.slices.items() for one in parts)
    assert len(clocks_behind(clocks, by, LATE)) == found.answer.late
    assert len(evaluations_behind(asked, by, FigureKey.WINDOW, "silent")) == found.window.silent


@given(VISITS, st.integers(1, 300), st.integers(0, 100))
def test_a_longer_n_never_makes_more_visits_pass(visits: list[VisitFact], days: int, more: int) -> None:
    short = count(Facts(visits), YEAR, replace(BY, return_days=days)).one_visit
    longer = count(Facts(visits), YEAR, replace(BY, return_days=days + more)).one_visit
    assert longer.kept <= short.kept
    assert longer.not_passed >= short.not_passed


@given(EVALUATIONS)
def test_counting_silence_as_satisfied_never_lowers_the_rate(asked: list[EvaluationFact]) -> None:
    plain = count(Facts(evaluations=asked), YEAR, BY).window.rate.rate
    kind = count(Facts(evaluations=asked), YEAR, replace(BY, silence_satisfied=True)).window.rate.rate
    assert plain is None or (kind is not None and kind >= plain)
