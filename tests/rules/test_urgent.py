"""The report of what is urgent."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import urgent
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.rules.urgent import UrgentAddressee, UrgentReport, merged

NOW = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
WHOLE = UrgentReport(
    "明天上午 9 时",
    "市政广场",
    60,
    "扬言聚集。",
    "某小区业主",
    "已劝返、已通知属地",
    dict.fromkeys(UrgentAddressee, NOW),
)


def test_the_five_addressees_of_article_25() -> None:
    assert [one.label for one in UrgentAddressee] == [
        "本级党委和政府",
        "有关主管部门",
        "本级信访工作联席会议办公室",
        "上一级党委和政府信访部门",
        "国家信访局",
    ]


def test_an_urgent_visit_opens_its_report_with_what_is_known() -> None:
    form = RegistrationForm(lead=PersonEntry(name="吴刚"), title="扬言聚集", clerk_note="明天 9 时。", headcount=12)
    assert urgent.opened(form) is None
    report = urgent.opened(replace(form, urgent=True))
    assert report == UrgentReport(persons=12, content="扬言聚集\n明天 9 时。")
    assert report is not None
    assert urgent.outstanding(report) == tuple(UrgentAddressee)
    assert urgent.opened(RegistrationForm(urgent=True)) == UrgentReport(persons=1)


@given(st.sets(st.sampled_from(UrgentAddressee)))
def test_whoever_was_not_told_is_named_until_all_were(told: set[UrgentAddressee]) -> None:
    report = replace(WHOLE, told=dict.fromkeys(told, NOW))
    assert set(urgent.outstanding(report)) == set(UrgentAddressee) - told
    reminder = urgent.reminder(report)
    assert (reminder == "") == (len(told) == 5)
    assert all((one.label in reminder) == (one not in told) for one in UrgentAddressee)


def test_what_is_lacking_does_not_hold_it_back() -> None:
    assert urgent.lacking(WHOLE) == ()
    faults = urgent.lacking(UrgentReport(persons=-1))
    assert [one.field for one in faults] == ["happened_at", "place", "content", "measures", "persons"]
    assert "先报告" in faults[0].sentence


def test_the_sheet_says_what_is_unknown() -> None:
    assert urgent.lines(WHOLE)[2:4] == ("人数：60 人", "人员：某小区业主")
    assert urgent.lines(UrgentReport())[0] == "时间：不详"
    assert urgent.lines(UrgentReport())[-1] == "已采取的措施：无"


def test_what_two_windows_wrote_is_brought_together_and_nothing_typed_is_lost() -> None:
    base = UrgentReport(place="东门", persons=5, told={})
    stored = replace(base, place="西门", measures="劝返", told={UrgentAddressee.NATIONAL: NOW})
    typed = replace(base, place="南门", who="王某")
    shown, clash = merged(base, stored, typed)
    assert shown == replace(stored, place="南门", who="王某")
    assert clash == ("place",)
    assert merged(base, stored, replace(base, place="西门")) == (stored, ())
    assert merged(base, base, typed) == (typed, ())
