"""Checking the store: whole when it is, and each thing that is wrong said in a sentence."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from onevisit.desk import audit, checking, register
from onevisit.desk.checking import check, quick_check
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError
from onevisit.desk.house import House
from onevisit.rules.forms import RegistrationForm
from onevisit.store.apart import apart
from onevisit.store.errors import ClosedFault
from onevisit.store.names import DATA

NewForm = Callable[..., RegistrationForm]
PAGE = 4096


@pytest.fixture
def worked(admin_desk: Desk, clerk_desk: Desk, new_form: NewForm) -> Desk:
    """The administrator's desk, after three visits."""
    for _ in range(3):
        register.register(clerk_desk, new_form())
    return admin_desk


def forge(desk: Desk, *statements: str) -> None:
    with desk.store.writing() as session:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for statement in statements:
            session.execute(text(statement))


def test_a_whole_store_is_said_to_be_whole(worked: Desk, auditor_desk: Desk) -> None:
    told: list[str] = []
    report = check(worked, lambda _done, _total, what: told.append(what))
    assert report.whole
    assert report.visits == 3
    assert report.entries > 8
    assert report.pages > 50
    assert "3 次来访" in report.words
    assert "正在核对数据页" in told
    assert quick_check(worked).whole
    assert [row.detail for row in audit.entries(auditor_desk) if row.action == "检查数据"] == ["全面检查：完好"]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["UPDATE visit SET number = '370400-01-20261123-001-X' WHERE id = 1"], "来访 1 的编号不对"),
        (["UPDATE matter SET number = '370400-01-2026-00001-X' WHERE id = 2"], "信访事项 2 的编号不对"),
        (["DELETE FROM matter_search WHERE rowid = 3"], "少了 1 件、多了 0 件"),
        (["INSERT INTO matter_search (rowid, names) VALUES (99, 'x')"], "少了 0 件、多了 1 件"),
        (["UPDATE audit_entry SET detail = 'x' WHERE id = 2"], "操作记录从第 2 条起"),
    ],
)
def test_what_is_wrong_is_said(worked: Desk, statements: list[str], said: str) -> None:
    forge(worked, *statements)
    report = check(worked)
    assert not report.whole
    assert said in report.findings[0]
    assert "1 处问题" in report.words


def test_a_row_that_points_to_nothing_is_found(worked: Desk) -> None:
    forge_past_the_keys(worked, "UPDATE visit SET clerk_id = 999 WHERE id = 1")
    assert "visit" in check(worked).findings[0]


def forge_past_the_keys(desk: Desk, statement: str) -> None:
    with apart(desk.store.directory / DATA, desk.store.pair.key) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)


def test_the_end_of_the_trail_is_looked_at_quickly(worked: Desk, auditor_desk: Desk) -> None:
    forge(worked, "UPDATE audit_entry SET detail = 'x' WHERE id = 9")
    (said,) = quick_check(worked).findings
    assert "第 9 条" in said
    assert [row.detail for row in audit.entries(auditor_desk) if row.action == "检查数据"] == ["快速检查：1 处问题"]


@pytest.mark.parametrize("cut", ["DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)"])
def test_a_shortened_trail_is_found_quickly(worked: Desk, cut: str) -> None:
    forge(worked, cut)
    assert "操作记录" in quick_check(worked).findings[0]


def damage(desk: Desk, house: House, *pages: int) -> Desk:
    """Close the house, flip a byte in some pages, and log in again."""
    folder = desk.store.directory
    house.close()
    content = bytearray((folder / DATA).read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 100] ^= 1
    (folder / DATA).write_bytes(bytes(content))
    return house.log_in("guanli", "Lianxi-2026")


def test_a_damaged_page_is_named(worked: Desk, house: House) -> None:
    with worked.look(None) as session:
        page = session.execute(text("SELECT rootpage FROM sqlite_master WHERE name = 'material'")).scalar_one()
    desk = damage(worked, house, page)
    (said,) = check(desk).findings
    assert f"第 {page} 页" in said
    assert not quick_check(desk).whole


def test_only_whoever_keeps_the_store_checks_it(clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        check(clerk_desk)


class StoppedError(Exception):
    """What whoever waits raises to stop it."""


def test_it_can_be_stopped(worked: Desk) -> None:
    def stop(_done: int, _total: int, _what: str) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        check(worked, stop)


def test_closed_meanwhile_it_ends(worked: Desk, house: House) -> None:
    def log_out(_done: int, _total: int, _what: str) -> None:
        house.close()

    with pytest.raises(ClosedFault):
        check(worked, log_out)
    with pytest.raises(ClosedFault):
        checking.quick_check(worked)
