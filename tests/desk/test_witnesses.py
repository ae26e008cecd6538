"""Who remembers the chain besides the store, and what the auditor and the administrator are told."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.desk.conftest import CHEAP, Clock

from onevisit.desk import audit
from onevisit.desk.backups import make_backup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.desk.restoring import restore
from onevisit.desk.witnesses import alarm
from onevisit.rules.accounts import Role
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.trail import CheckCode
from onevisit.store.audit import append, last
from onevisit.store.names import HEAD
from onevisit.store.tables import DayClose

LogIn = Callable[[Role], Desk]


def shorten(desk: Desk, keep: int) -> None:
    """Cut the end off, and set the number series back with it."""
    with desk.store.writing() as session:
        session.execute(text("DELETE FROM audit_entry WHERE id > :keep"), {"keep": keep})
        session.execute(text("UPDATE number_series SET last = :keep WHERE series = 'audit'"), {"keep": keep})


def check_code(desk: Desk) -> str:
    with desk.store.reading() as session:
        end = last(session)
    return str(CheckCode.of(end.entry, end.digest))


def close_badly(house: House, desk: Desk) -> None:
    """The power goes: nobody is logged out."""
    desk.store.close()
    house._store, house._desks = None, []


def actions(desk: Desk) -> list[str]:
    return [row.action for row in audit.entries(desk)]


def test_a_shortened_store_is_recorded_once_and_told_until_it_was_checked(house: House, log_in: LogIn) -> None:
    for role in (Role.CLERK, Role.LAWYER, Role.SUPERVISOR):
        desk = log_in(role)
    kept = check_code(desk)
    shorten(desk, 7)
    close_badly(house, desk)
    auditor = log_in(Role.AUDITOR)
    row = next(row for row in audit.entries(auditor) if row.action == "发现记录和库外末端不一致")
    assert row.who == "系统"
    assert "数据可能被换成了较早的" in row.detail
    assert kept in row.detail
    assert "操作记录需要核查" in alarm(auditor)
    assert "检查完整性" in alarm(auditor)
    administrator = log_in(Role.ADMINISTRATOR)
    assert "请审计员" in alarm(administrator)
    assert alarm(log_in(Role.CLERK)) == ""
    house.close()
    auditor = log_in(Role.AUDITOR)
    assert actions(auditor).count("发现记录和库外末端不一致") == 1
    assert alarm(auditor)
    assert audit.verify(auditor).whole
    assert alarm(auditor) == ""


def test_a_head_that_was_taken_away_is_recorded(house: House, log_in: LogIn, tmp_path: Path) -> None:
    desk = log_in(Role.AUDITOR)
    close_badly(house, desk)
    (tmp_path / "data" / HEAD).unlink()
    assert "末端不见了" in alarm(log_in(Role.AUDITOR))


def test_whatever_opens_the_store_records_it_before_anything_else(house: House, log_in: LogIn, tmp_path: Path) -> None:
    house.close()
    (tmp_path / "data" / HEAD).unlink()
    assert actions(log_in(Role.AUDITOR))[:2] == ["登录", "发现记录和库外末端不一致"]


def test_a_store_that_was_closed_or_lost_its_power_says_nothing(house: House, log_in: LogIn) -> None:
    house.close()
    close_badly(house, log_in(Role.CLERK))
    auditor = log_in(Role.AUDITOR)
    assert alarm(auditor) == ""
    assert "发现记录和库外末端不一致" not in actions(auditor)


# -- checking ----------------------------------------------------------------------------------------------------------


def test_a_whole_trail_is_said_to_be_whole_and_that_it_was_checked_is_recorded(auditor_desk: Desk) -> None:
    check = audit.verify(auditor_desk)
    assert check == audit.AuditCheck(7, None, agree=1)
    assert check.sentence == "完整，共 7 条，每一条都和前一条对得上，和另外保存的 1 处末端一致。"
    row = audit.entries(auditor_desk)[0]
    assert (row.action, row.detail, row.who) == ("检查操作记录", "完整，7 条", "审计员（005）")


def test_a_head_that_is_taken_away_while_the_program_runs_is_missed(
    auditor_desk: Desk, tmp_path: Path, announced_logs: list[str]
) -> None:
    announced_logs.append("the head of the audit chain could not be written")
    (tmp_path / "data" / HEAD).unlink()
    check = audit.verify(auditor_desk)
    assert not check.whole
    assert (check.first_broken, check.head_gone) == (None, True)
    assert "store.head" in check.sentence
    assert "每一条都和前一条对得上" in check.sentence
    assert "请先停止登记" in check.sentence
    assert "不一致" in audit.entries(auditor_desk)[0].detail


def test_a_forged_trail_is_named_with_what_is_wrong(auditor_desk: Desk) -> None:
    with auditor_desk.work(None) as session:
        session.execute(text("UPDATE audit_entry SET action = 'x' WHERE id = 4"))
    check = audit.verify(auditor_desk)
    assert (check.entries, check.first_broken, check.whole) == (3, 4, False)
    assert check.sentence.startswith("第 4 条起不一致：这条记录的内容被改动过，前面 3 条完好。")
    assert "联系" in check.sentence
    assert audit.entries(auditor_desk)[0].detail == "不一致，前 3 条完好"


def test_the_head_tells_of_an_end_that_was_cut_off(auditor_desk: Desk, clerk_desk: Desk) -> None:
    shorten(auditor_desk, 6)
    check = audit.verify(auditor_desk)
    assert (check.entries, check.first_broken, check.whole) == (6, 7, False)
    assert "库外保存的末端记得有第 8 条，现在只有 6 条" in check.sentence


def test_the_head_tells_of_a_chain_that_was_rewritten(auditor_desk: Desk, clerk_desk: Desk) -> None:
    shorten(auditor_desk, 6)
    rewrite(auditor_desk, 3)
    check = audit.verify(auditor_desk)
    assert (check.entries, check.first_broken) == (9, 8)
    assert "第 1 条到第 8 条之间被改写过" in check.sentence


def test_a_code_from_paper_agrees_or_tells(auditor_desk: Desk, clerk_desk: Desk) -> None:
    code = check_code(auditor_desk)
    assert audit.verify(auditor_desk, typed=code.lower()).agree == 2
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    check = audit.verify(auditor_desk, typed=wrong)
    assert not check.whole
    assert "输入的校验码和现在的第 8 条对不上" in check.sentence
    beyond = "999" + code[code.index("-") :]
    assert "输入的校验码记得有第 999 条" in audit.verify(auditor_desk, typed=beyond).sentence
    with pytest.raises(FormError) as caught:
        audit.verify(auditor_desk, typed="12")
    assert [fault.field for fault in caught.value.faults] == ["typed"]


def test_the_day_closes_tell_from_where_on_it_was_rewritten(auditor_desk: Desk, clerk_desk: Desk) -> None:
    with auditor_desk.work(None) as session:
        for edition, entry in enumerate((3, 8), start=1):
            digest = session.execute(text("SELECT digest FROM audit_entry WHERE id = :id"), {"id": entry}).scalar_one()
            row = DayClose(day=datetime(2026, 11, 23, tzinfo=UTC).date(), edition=edition, closed_at=clerk_desk.now())
            row.account_id, row.frozen, row.audit_entry_id, row.audit_digest = 1, "{}", entry, digest
            session.add(row)
    assert audit.verify(auditor_desk).agree == 3
    shorten(auditor_desk, 6)
    rewrite(auditor_desk, 4)
    assert (
        "11月23日的日终记录和现在的第 8 条对不上，第 4 条到第 8 条之间被改写过" in audit.verify(auditor_desk).sentence
    )


def test_a_long_chain_tells_how_far_it_is(auditor_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_TELL_EVERY", 3)
    told: list[tuple[int, int, str]] = []
    audit.verify(auditor_desk, progress=lambda *step: told.append(step))
    assert told == [(3, 7, "检查操作记录"), (6, 7, "检查操作记录")]


def test_only_the_auditor_may_check(admin_desk: Desk, clerk_desk: Desk) -> None:
    for desk in (admin_desk, clerk_desk):
        with pytest.raises(NotAllowedError):
            audit.verify(desk)


def rewrite(desk: Desk, entries: int) -> None:
    """Put other entries at the end, with digests that fit, as somebody with the key could."""
    kept = desk.store._heads.read()
    with desk.store.writing() as session:
        for _ in range(entries):
            append(
                session,
                at=desk.now(),
                account_id=None,
                window_no="01",
                action="draft.dropped",
                record_kind="",
                record_id=None,
            )
    assert kept is not None
    desk.store._heads.replace(kept)


def test_a_backup_remembers_the_chain_as_it_was(auditor_desk: Desk, clerk_desk: Desk) -> None:
    make_backup(clerk_desk, BackupOccasion.DAY_START)
    with auditor_desk.store.reading() as session:
        entries = last(session).entry
    assert audit.verify(auditor_desk).agree == 2
    shorten(auditor_desk, 5)
    rewrite(auditor_desk, entries)
    check = audit.verify(auditor_desk)
    assert check.first_broken == 8
    assert "2026年11月23日 09:00的备份和现在的第 8 条对不上" in check.sentence


def test_what_a_restore_left_behind_is_not_held_against_the_chain(
    house: House, log_in: LogIn, clock: Clock, tmp_path: Path
) -> None:
    first = make_backup(log_in(Role.CLERK), BackupOccasion.DAY_START)
    clock.advance(minutes=5)
    left_behind = check_code(log_in(Role.SUPERVISOR))
    make_backup(log_in(Role.CLERK), BackupOccasion.INTERVAL)
    house.close()
    clock.advance(minutes=5)
    administrator = next(one for one in PRACTICE_ACCOUNTS if one.role is Role.ADMINISTRATOR)
    restore(
        tmp_path / "data",
        first.info.folder,
        login=administrator.login,
        password=administrator.password,
        practice=True,
        now=clock,
        cost=CHEAP,
    )
    for role in (Role.CLERK, Role.LAWYER, Role.SUPERVISOR):
        log_in(role)
    auditor = log_in(Role.AUDITOR)
    assert alarm(auditor) == ""
    assert audit.verify(auditor).whole
    check = audit.verify(auditor, typed=left_behind)
    assert not check.whole
    assert "从备份恢复过数据，恢复之前打印的校验码对不上是正常的" in check.sentence
