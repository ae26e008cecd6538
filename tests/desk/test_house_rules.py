"""Rule sets at the unit: what holds when, what is optional, what is added, and that a matter keeps its own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.desk import audit, lawbook
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.house_rules import (
    RuleSetLine,
    add_rules,
    remove_rules,
    rule_book,
    rule_set_text,
    rules_of_day,
    switch_rules,
)
from onevisit.desk.register import register
from onevisit.rules import ruleset_text
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.rulebook import RULES_2022, SHIPPED, RuleSetFault
from onevisit.rules.rulesets import ClockKind, Period, RuleSet
from onevisit.store.tables import Matter

NewForm = Callable[..., RegistrationForm]
OWN = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), region="3704")
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def line(desk: Desk, code: str) -> RuleSetLine:
    return next(one for one in rule_book(desk).sets if one.rules.code == code)


def registered(desk: Desk, form: RegistrationForm, day: date) -> int:
    """A matter whose visitors came at ten o'clock of a local day."""
    return register(desk, form, arrived_at=datetime(day.year, day.month, day.day, 2, tzinfo=UTC)).matter_id


def rules_kept(desk: Desk, matter_id: int) -> RuleSet:
    with desk.look(None) as session:
        return lawbook.rules_of(session, session.get_one(Matter, matter_id))


@pytest.mark.parametrize(
    ("day", "code", "article"),
    [
        (date(2019, 3, 1), "2005-37", "《山东省信访条例》第三十三条"),
        (date(2015, 12, 31), "2005", "《信访条例》第二十一条"),
        (date(2022, 4, 30), "2005-37", "《山东省信访条例》第三十三条"),
        (date(2022, 5, 1), "2022", "《信访工作条例》第二十三条"),
    ],
)
def test_check_3_a_matter_keeps_the_rules_of_the_day_it_was_registered(
    admin_desk: Desk, clerk_desk: Desk, new_form: NewForm, day: date, code: str, article: str
) -> None:
    assert rules_of_day(clerk_desk, day).code == code
    matter_id = registered(clerk_desk, new_form(), day)
    switch_rules(admin_desk, "2022-37", rule_book(admin_desk).seen, on=True)
    add_rules(admin_desk, ruleset_text.to_json(replace(OWN, in_force=date(2012, 1, 1))), {})
    kept = rules_kept(clerk_desk, matter_id)
    assert (kept.code, kept.notice.article) == (code, article)
    assert line(admin_desk, code).matters == 1


def test_a_day_before_all_rules_has_none(clerk_desk: Desk) -> None:
    with pytest.raises(RuleSetFault, match="2005年5月1日"):
        rules_of_day(clerk_desk, date(2005, 4, 30))


def test_everybody_sees_which_set_holds_here_and_today(clerk_desk: Desk) -> None:
    book = rule_book(clerk_desk)
    assert [one.rules.code for one in book.sets] == ["2022-37", "2022", "2005-37", "2005"]
    assert [one.rules.code for one in book.sets if one.today] == ["2022"]
    assert all(one.here and not one.own and not one.switched for one in book.sets)


def test_the_optional_set_holds_for_new_matters_once_it_is_switched_on(
    admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    before = registered(clerk_desk, new_form(), date(2026, 11, 20))
    shown = rule_book(admin_desk)
    switch_rules(admin_desk, "2022-37", shown.seen, on=True)
    assert line(clerk_desk, "2022-37").today
    assert line(clerk_desk, "2022-37").switched
    after = registered(clerk_desk, new_form(), date(2026, 11, 20))
    assert (rules_kept(clerk_desk, before).code, rules_kept(clerk_desk, after).code) == ("2022", "2022-37")
    newest = audit.entries(auditor_desk, limit=3)
    assert ("启用或停用规则", "启用 2022-37") in [(row.action, row.detail) for row in newest]
    with pytest.raises(ChangedElsewhereError):
        switch_rules(admin_desk, "2022-37", shown.seen, on=False)
    switch_rules(admin_desk, "2022-37", rule_book(admin_desk).seen, on=False)
    assert line(clerk_desk, "2022").today
    assert rules_kept(clerk_desk, after).code == "2022-37"


@pytest.mark.parametrize("code", ["2022", "none"])
def test_only_an_optional_set_can_be_switched(admin_desk: Desk, code: str) -> None:
    with pytest.raises(NotFoundError):
        switch_rules(admin_desk, code, "", on=True)


def test_a_shipped_set_is_taken_out_changed_and_brought_back_as_an_own_one(
    admin_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    typed = rule_set_text(admin_desk, "2022").replace('"code": "2022"', '"code": "local-2026"')
    typed = typed.replace('"in_force": "2022-05-01"', '"in_force": "2026-01-01"')
    added = add_rules(admin_desk, typed, {})
    assert add_rules(admin_desk, typed, {}) == added
    found = line(clerk_desk, "local-2026")
    assert (found.own, found.today, found.rules) == (True, True, added)
    matter_id = registered(clerk_desk, new_form(), date(2026, 11, 20))
    assert rules_kept(clerk_desk, matter_id) == added


def test_what_no_matter_keeps_can_be_mended_and_taken_out(admin_desk: Desk, auditor_desk: Desk) -> None:
    add_rules(admin_desk, ruleset_text.to_json(OWN), {})
    first = line(admin_desk, OWN.code).seen
    mended = replace(OWN, name="本市试行办法（修改）")
    add_rules(admin_desk, ruleset_text.to_json(mended), {OWN.code: first})
    for change in (
        lambda: add_rules(admin_desk, ruleset_text.to_json(OWN), {OWN.code: first}),
        lambda: add_rules(admin_desk, ruleset_text.to_json(OWN), {}),
        lambda: remove_rules(admin_desk, OWN.code, first),
    ):
        with pytest.raises(ChangedElsewhereError):
            change()
    assert line(admin_desk, OWN.code).rules == mended
    remove_rules(admin_desk, OWN.code, line(admin_desk, OWN.code).seen)
    assert len(rule_book(admin_desk).sets) == len(SHIPPED)
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("删去规则", "local-2026")
    with pytest.raises(NotFoundError):
        remove_rules(admin_desk, OWN.code, "")


def test_an_optional_set_that_goes_is_switched_off_as_well(admin_desk: Desk) -> None:
    add_rules(admin_desk, ruleset_text.to_json(replace(OWN, optional=True)), {})
    switch_rules(admin_desk, OWN.code, rule_book(admin_desk).seen, on=True)
    remove_rules(admin_desk, OWN.code, line(admin_desk, OWN.code).seen)
    add_rules(admin_desk, ruleset_text.to_json(replace(OWN, optional=True)), {})
    assert not line(admin_desk, OWN.code).switched


def test_a_set_that_matters_keep_is_never_changed_nor_removed(
    admin_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    add_rules(admin_desk, ruleset_text.to_json(OWN), {})
    matter_id = registered(clerk_desk, new_form(), date(2026, 11, 20))
    seen = line(admin_desk, OWN.code).seen
    with pytest.raises(DeskFault, match="不能删去"):
        remove_rules(admin_desk, OWN.code, seen)
    with pytest.raises(FormError, match="请换一个新代号"):
        add_rules(admin_desk, ruleset_text.to_json(replace(OWN, name="改了名")), {OWN.code: seen})
    assert rules_kept(clerk_desk, matter_id) == OWN


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        (replace(RULES_2022, name="改写自带的"), "code"),
        (replace(OWN, code="local-2"), "in_force"),
    ],
)
def test_what_would_change_or_blur_a_known_set_is_refused(admin_desk: Desk, rules: RuleSet, field: str) -> None:
    add_rules(admin_desk, ruleset_text.to_json(OWN), {})
    with pytest.raises(FormError) as refused:
        add_rules(admin_desk, ruleset_text.to_json(rules), {})
    assert field in [fault.field for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("不是规则", "读不出 JSON"),
        ("[" * 100_000, "请"),
        (ruleset_text.to_json(OWN).replace("60", "0"), "handling.days"),
        (ruleset_text.to_json(replace(OWN, handling=Period(60, OWN.handling.unit, ""))), "handling.article"),
    ],
)
def test_what_is_no_rule_set_is_refused_in_a_sentence(admin_desk: Desk, typed: str, words: str) -> None:
    with pytest.raises(PlainFault, match=words):
        add_rules(admin_desk, typed, {})
    assert len(rule_book(admin_desk).sets) == len(SHIPPED)


@ANY
@given(st.text(), st.sampled_from(list(ClockKind)))
def test_any_text_is_answered(admin_desk: Desk, typed: str, kind: ClockKind) -> None:
    spoiled = ruleset_text.to_json(OWN).replace(f'"{kind.value}"', f'"{typed}"')
    for text in (typed, spoiled):
        said = "。"
        try:
            add_rules(admin_desk, text, {one.rules.code: one.seen for one in rule_book(admin_desk).sets})
        except PlainFault as fault:
            said = fault.sentence
        assert said.endswith("。")
    rule_book(admin_desk)
