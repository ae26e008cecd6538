"""Rows that point to lost ones: the important ones get a stand-in, and nothing points to nothing any more."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from onevisit.store.apart import apart
from onevisit.store.mend import STAND_IN, mend
from onevisit.store.names import DATA
from onevisit.store.store import Store
from onevisit.store.tables import Account, AuditEntry, Matter, RouteDecision, Visit

PUT = {
    "timeline_entry": "INSERT INTO timeline_entry (id, matter_id, visit_id, at, account_id, kind, text)"
    " VALUES (1, 9, 8, '2026-11-23 00:00:00.000000', 3, 'registered', 'x')",
    "audit_entry": "INSERT INTO audit_entry VALUES (1, '2026-11-23 00:00:00.000000', 3, '01', 'x', '', NULL, '',"
    " zeroblob(32), zeroblob(32))",
    "route_decision": "INSERT INTO route_decision (id, matter_id, step_id, decided_at, on_day, account_id, handling,"
    " addressees, beside, answers, proposed, article, why, reason)"
    " VALUES (1, 9, 7, '2026-11-23 00:00:00.000000', '2026-11-23', 3, 'guide', '[]', '[]', '{}', '', 'x', '', '')",
    "retention_run": "INSERT INTO retention_run (id, cutoff, matter_ids, proposed_at, proposed_by, version)"
    " VALUES (1, '2026-11-23', '[]', '2026-11-23 00:00:00.000000', 4, 1)",
}


@pytest.fixture
def mended(store: Store) -> Callable[[str], dict[str, int]]:
    """Writes a row that points to nothing past the keys, and mends."""

    def mended(table: str) -> dict[str, int]:
        with apart(store.directory / DATA, store.pair.key) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute(PUT[table])
            gone = mend(connection)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return dict(gone)

    return mended


def test_a_step_of_a_lost_matter_keeps_its_words(store: Store, mended: Callable[[str], dict[str, int]]) -> None:
    assert mended("timeline_entry") == {}
    with store.reading() as session:
        matter, visit, account = lost(session)
        assert (matter.title, matter.confidential, matter.number) == (STAND_IN, True, f"{STAND_IN}9")
        assert (visit.summary, visit.matter_id) == (STAND_IN, 0)
        assert (account.name, account.active) == (STAND_IN, False)


def lost(session: Session) -> tuple[Matter, Visit, Account]:
    """The stand-ins for what the step pointed to."""
    return session.get_one(Matter, 9), session.get_one(Visit, 8), session.get_one(Account, 3)


def test_an_entry_of_the_trail_is_never_taken_away(store: Store, mended: Callable[[str], dict[str, int]]) -> None:
    assert mended("audit_entry") == {}
    with store.reading() as session:
        assert session.get_one(AuditEntry, 1).account_id == 3


def test_a_second_round_changes_nothing(store: Store, mended: Callable[[str], dict[str, int]]) -> None:
    mended("retention_run")
    with apart(store.directory / DATA, store.pair.key) as connection:
        before = connection.total_changes
        assert mend(connection) == {}
        assert connection.total_changes == before


def test_what_can_do_without_a_lost_row_stays_and_points_to_nothing(
    store: Store, mended: Callable[[str], dict[str, int]]
) -> None:
    assert mended("route_decision") == {}
    with store.reading() as session:
        decision = session.get_one(RouteDecision, 1)
        assert (decision.step_id, decision.matter_id, decision.article) == (None, 9, "x")
