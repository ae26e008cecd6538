"""Every clock of one matter."""

from dataclasses import replace
from datetime import date

from onevisit.rules.classification import PetitionClass
from onevisit.rules.clocks import decreed_calendar
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.matter_clocks import MatterEvents, Reading, next_due, readings
from onevisit.rules.pauses import Stop
from onevisit.rules.periods import ClockState, Counting
from onevisit.rules.procedures import Procedure
from onevisit.rules.rulebook import RULES_2022, RULES_SHANDONG_2015
from onevisit.rules.rulesets import ClockKind, StopReason

BY = Counting(RULES_SHANDONG_2015, decreed_calendar(), date(2019, 4, 29))
EVENTS = MatterEvents(
    starts={
        ClockKind.NOTICE: date(2019, 3, 5),
        ClockKind.TRANSFER: date(2019, 3, 1),
        ClockKind.HANDLING: date(2019, 3, 8),
    },
    petition_class=PetitionClass.CLAIM,
    procedure=Procedure.OPINION,
    done={ClockKind.TRANSFER: date(2019, 3, 5), ClockKind.NOTICE: date(2019, 3, 21)},
)


def by_kind(events: MatterEvents, by: Counting = BY) -> dict[ClockKind, Reading]:
    return {one.kind: one for one in readings(by, events)}


def test_each_clock_that_was_started_is_read_in_order() -> None:
    found = readings(BY, EVENTS)
    assert [(one.kind, one.due, one.words, one.is_open) for one in found] == [
        (ClockKind.TRANSFER, date(2019, 3, 18), "按期完成", False),
        (ClockKind.NOTICE, date(2019, 3, 20), "超期完成", False),
        (ClockKind.HANDLING, date(2019, 5, 7), "还有 8 天", True),
    ]
    assert found[2].why[0] == "办理：受理之日起计算（《山东省信访条例》第四十二条）"
    assert found[0].done == date(2019, 3, 5)
    assert not any(one.provisional for one in found)
    assert next_due(found) == found[2]


def test_the_extension_belongs_to_the_handling() -> None:
    extension = Extension(30, Approver.HEAD, "局长 示例", "案情复杂", date(2019, 4, 26))
    found = by_kind(replace(EVENTS, extension=extension))
    assert found[ClockKind.HANDLING].due == date(2019, 6, 6)
    assert found[ClockKind.NOTICE].due == date(2019, 3, 20)


def test_where_no_days_run_the_reading_says_why() -> None:
    found = by_kind(replace(EVENTS, anonymous=True, procedure=Procedure.LITIGATION, done={}))
    assert found[ClockKind.NOTICE] == Reading(
        ClockKind.NOTICE,
        None,
        None,
        "没有留下姓名（名称）、住址，无法书面告知，没有告知期限。",
        "《信访条例》第二十二条",
    )
    assert "没有信访的 60 日期限" in found[ClockKind.HANDLING].words
    assert not found[ClockKind.HANDLING].is_open
    assert next_due(found.values()) == found[ClockKind.TRANSFER]
    assert next_due([found[ClockKind.NOTICE]]) is None
    assert "各自的规定" in by_kind(replace(EVENTS, own_rules=True))[ClockKind.NOTICE].words
    objection = replace(EVENTS, own_rules=True, starts={ClockKind.OBJECTION: date(2026, 11, 16)}, done={})
    read = by_kind(objection, Counting(RULES_2022, decreed_calendar(), date(2026, 11, 16)))[ClockKind.OBJECTION]
    assert (read.due, read.article) == (None, "《信访工作条例》第二十三条")
    assert "各自的规定" in read.words


def test_check_13_a_repeat_within_the_period_brings_no_event_and_no_clock() -> None:
    assert readings(BY, replace(EVENTS, starts={})) == ()
    assert next_due(()) is None


def test_a_clock_that_stands_waits_behind_those_that_run() -> None:
    starts = {ClockKind.FINAL_REVIEW: date(2019, 3, 30), ClockKind.CONFIRMATION: date(2019, 4, 20)}
    stops = {ClockKind.FINAL_REVIEW: [Stop(StopReason.HEARING, date(2019, 4, 29))]}
    found = by_kind(replace(EVENTS, starts=starts, stops=stops))
    assert (found[ClockKind.FINAL_REVIEW].state, found[ClockKind.FINAL_REVIEW].words) == (
        ClockState.STANDING,
        "暂停中",
    )
    assert found[ClockKind.FINAL_REVIEW].due == date(2019, 4, 30)
    assert found[ClockKind.CONFIRMATION].due == date(2019, 5, 20)
    assert next_due(found.values()) == found[ClockKind.CONFIRMATION]
