"""重大、紧急信访信息报告单: opened at once, told at once, nothing that was typed or told is lost (article 25)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock

from onevisit.desk import lookup, urgent
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.urgent import UrgentAddressee, UrgentReport, lacking, reminder
from onevisit.store.tables import AuditEntry, Matter

NewForm = Callable[..., RegistrationForm]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def saved(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form(urgent=True, headcount=12, title="扬言去省城"))


@pytest.fixture
def secret(clerk_desk: Desk, new_form: NewForm) -> Registered:
    leak = new_form(purpose=Purpose.ACCUSATION, content=ContentClass.DISCIPLINE, confidential=True, urgent=True)
    return register(clerk_desk, leak)


def trail(desk: Desk, action: str) -> list[tuple[str, int | None, str]]:
    with desk.look(None) as session:
        found = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
        return [(one.record_kind, one.record_id, one.detail) for one in session.scalars(found)]


def test_it_opens_at_once_with_what_is_known_and_only_once(clerk_desk: Desk, saved: Registered) -> None:
    first = urgent.open_report(clerk_desk, saved.matter_id)
    assert first.report == UrgentReport(persons=12, content="扬言去省城\n来访人情绪激动")
    assert first.opened_at == NOW
    assert reminder(first.report).count("、") == 4
    assert len(lacking(first.report)) == 3
    assert urgent.open_report(clerk_desk, saved.matter_id) == first
    assert len(trail(clerk_desk, "urgent.opened")) == 1


def test_a_matter_that_is_not_urgent_has_none(clerk_desk: Desk, new_form: NewForm) -> None:
    calm = register(clerk_desk, new_form()).matter_id
    assert urgent.waiting(clerk_desk, calm) == ()
    with pytest.raises(DeskFault, match="没有标为紧急"):
        urgent.open_report(clerk_desk, calm)


def test_each_addressee_is_told_at_its_own_moment_and_nothing_that_lacks_stands_in_the_way(
    clerk_desk: Desk, saved: Registered, clock: Clock
) -> None:
    key = urgent.open_report(clerk_desk, saved.matter_id).key
    for minute, addressee in enumerate(UrgentAddressee):
        clock.set(NOW.replace(minute=minute))
        # with the key that was read first: what is told elsewhere meanwhile stands in the way of nothing
        view = urgent.tell(clerk_desk, key, addressee)
    assert list(view.report.told.values()) == [NOW.replace(minute=minute) for minute in range(5)]
    assert urgent.waiting(clerk_desk, saved.matter_id) == ()
    assert [detail for _, _, detail in trail(clerk_desk, "urgent.told")] == [one.value for one in UrgentAddressee]
    told = [line.text for line in lookup.open_matter(clerk_desk, saved.matter_id).timeline if line.kind == "紧急报告"]
    assert told[-1] == "已报告国家信访局"
    clock.advance(hours=1)
    with pytest.raises(ChangedElsewhereError, match="09:04已经报告过国家信访局"):
        urgent.tell(clerk_desk, key, UrgentAddressee.NATIONAL)
    assert urgent.open_report(clerk_desk, saved.matter_id).report.told == view.report.told


def test_a_wrong_tick_is_corrected_and_both_stay_on_record(clerk_desk: Desk, saved: Registered) -> None:
    key = urgent.open_report(clerk_desk, saved.matter_id).key
    urgent.tell(clerk_desk, key, UrgentAddressee.NATIONAL)
    with pytest.raises(FormError, match="请写明为什么更正"):
        urgent.take_back(clerk_desk, key, UrgentAddressee.NATIONAL, "  ")
    view = urgent.take_back(clerk_desk, key, UrgentAddressee.NATIONAL, "点错了，还没有打电话")
    assert view.report.told == {}
    assert trail(clerk_desk, "urgent.corrected")[0][2] == "national"
    last = lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1].text
    assert last.startswith("更正：2026年11月23日 09:00记的“已报告国家信访局”不算")
    assert last.endswith("点错了，还没有打电话")
    with pytest.raises(DeskFault, match="不用更正"):
        urgent.take_back(clerk_desk, key, UrgentAddressee.NATIONAL, "再来一次")


def test_what_is_written_is_kept_and_the_second_window_is_told(clerk_desk: Desk, saved: Registered) -> None:
    view = urgent.open_report(clerk_desk, saved.matter_id)
    typed = replace(view.report, happened_at=" 明天上午9时 ", place="市政府东门", measures="已电话劝返\n\n派人陪同")
    kept = urgent.save(clerk_desk, view.key, typed)
    assert (kept.report.happened_at, kept.report.measures) == ("明天上午9时", "已电话劝返\n\n派人陪同")
    with pytest.raises(ChangedElsewhereError, match="您的内容没有保存"):
        urgent.save(clerk_desk, view.key, typed)
    urgent.tell(clerk_desk, view.key, UrgentAddressee.AUTHORITY)
    again = urgent.open_report(clerk_desk, saved.matter_id)
    with pytest.raises(FormError, match="人数不能是负数"):
        urgent.save(clerk_desk, again.key, replace(typed, persons=-1))
    # who was told is not touched by what is written
    assert urgent.save(clerk_desk, again.key, UrgentReport()).report.told == again.report.told


def test_a_confidential_one_is_reached_by_ones_own_visit_only(
    clerk_desk: Desk, secret: Registered, colleague: Callable[[Role], Desk], clock: Clock, supervisor_desk: Desk
) -> None:
    view = urgent.open_report(clerk_desk, secret.matter_id, secret.visit_id)
    urgent.tell(clerk_desk, view.key, UrgentAddressee.SUPERIOR)
    urgent.save(clerk_desk, replace(view.key, version=2), view.report)
    for other in (clerk_desk, colleague(Role.CLERK)):
        with pytest.raises(NotFoundError):
            urgent.open_report(other, secret.matter_id)
    with pytest.raises(NotFoundError):
        urgent.waiting(clerk_desk, secret.matter_id, secret.visit_id + 1)
    clock.advance(days=1)
    with pytest.raises(NotFoundError):
        urgent.tell(clerk_desk, view.key, UrgentAddressee.NATIONAL)
    assert urgent.open_report(supervisor_desk, secret.matter_id).report.told


def test_the_sheet_of_an_accusation_names_nobody_who_told(clerk_desk: Desk, secret: Registered) -> None:
    view = urgent.open_report(clerk_desk, secret.matter_id, secret.visit_id)
    assert view.warning == ""
    typed = replace(view.report, content="王 伟反映有人要闹事", who="王伟等", place="示例村3组8号")
    kept = urgent.save(clerk_desk, view.key, typed)
    assert "来访人的" in kept.warning
    sheet = urgent.sheet(clerk_desk, kept.key)
    assert sheet.sealed
    assert sheet.report.content == "〔略〕反映有人要闹事"
    assert (sheet.report.who, sheet.report.place) == ("〔略〕等", "〔略〕")
    urgent.record_printed(clerk_desk, kept.key)
    assert trail(clerk_desk, "urgent.printed")[0][0] == "urgent_report"


def test_the_sheet_of_a_claim_says_all(clerk_desk: Desk, saved: Registered) -> None:
    view = urgent.open_report(clerk_desk, saved.matter_id)
    kept = urgent.save(clerk_desk, view.key, replace(view.report, who="王伟等"))
    assert (kept.warning, urgent.sheet(clerk_desk, kept.key).report.who) == ("", "王伟等")


def test_what_was_anonymised_takes_no_more_and_is_not_printed(clerk_desk: Desk, saved: Registered) -> None:
    key = urgent.open_report(clerk_desk, saved.matter_id).key
    with clerk_desk.work(Permission.HANDLE) as session:
        session.get_one(Matter, saved.matter_id).anonymised_at = clerk_desk.now()
    with pytest.raises(DeskFault, match="匿名"):
        urgent.tell(clerk_desk, key, UrgentAddressee.NATIONAL)
    with pytest.raises(DeskFault, match="匿名"):
        urgent.sheet(clerk_desk, key)
