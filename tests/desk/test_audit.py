"""What the auditor sees."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import onevisit.desk
from onevisit.desk import audit, audit_words
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError


def test_entries_come_newest_first_page_by_page(auditor_desk: Desk, clerk_desk: Desk) -> None:
    everything = audit.entries(auditor_desk)
    assert [row.id for row in everything] == list(range(8, 0, -1))
    newest = everything[0]
    assert (newest.who, newest.action, newest.window_no) == ("窗口员（002）", "登录", "01")
    assert newest.record == f"账户 {clerk_desk.actor.account_id}"
    assert newest.at == clerk_desk.now()
    first = audit.entries(auditor_desk, limit=3)
    assert first == everything[:3]
    assert audit.entries(auditor_desk, before_id=first[-1].id, limit=3) == everything[3:6]
    assert audit.entries(auditor_desk, before_id=1) == ()


def test_details_read_as_words(auditor_desk: Desk) -> None:
    with auditor_desk.work(None) as session:
        for action, codes in (
            ("visit.registered", "3/2"),
            ("slip.issued", "1/2/1"),
            ("slip.outcome_recorded", "came_out"),
            ("slip.outcome_recorded", "forged"),
            ("slip.issued", "forged"),
            ("consultation.added_to", "4"),
        ):
            auditor_desk.record(session, action, "visit", 1, codes)
    told = [row.detail for row in audit.entries(auditor_desk, limit=6)]
    assert told == [
        *("补充意见 4", "forged", "forged", "已打印"),
        *("第 1 版第 2 份，补打第 1 次", "信访事项 3，第 2 次来访"),
    ]


def test_only_the_auditor_reads_it(admin_desk: Desk, clerk_desk: Desk) -> None:
    for desk in (admin_desk, clerk_desk):
        with pytest.raises(NotAllowedError):
            audit.entries(desk)


def recorded() -> Iterator[tuple[str, str]]:
    """Every action, and every kind of record, that a use case writes into the trail."""
    for path in Path(onevisit.desk.__path__[0]).glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {"desk.record", "trace_alone", "_record_alone"}:
                kind = call.args[2] if len(call.args) > 2 else None
                record = kind.value if isinstance(kind, ast.Constant) and isinstance(kind.value, str) else ""
                for constant in ast.walk(call.args[1]):
                    if isinstance(constant, ast.Constant) and isinstance(constant.value, str):
                        yield constant.value, record


def test_every_action_has_a_word_and_every_word_an_action() -> None:
    actions, records = {action for action, _ in recorded()}, {record for _, record in recorded()}
    assert actions == set(audit_words.ACTIONS)
    assert records == set(audit_words.RECORDS)
