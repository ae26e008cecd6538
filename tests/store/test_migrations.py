"""Each migration, both ways, with and without data; and a real store of every released schema, brought up to date."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, inspect, text

from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.progress import no_progress
from onevisit.store import schema
from onevisit.store.backup import backups_in, verify_backup
from onevisit.store.engine import make_engine
from onevisit.store.errors import DiskFullFault, TooNewFault
from onevisit.store.files import make_empty
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import BACKUPS, DATA, HEAD, LOCK, SLOTS
from onevisit.store.store import Store

KEPT = Path(__file__).parent / "schemas"
KEY = bytes(range(32))
COST = Cost(memory_kib=8_192, passes=1, lanes=1)
RELEASED = sorted(folder.name for folder in KEPT.iterdir() if (folder / DATA).exists())
STEPS = [(before, after) for before, after in zip(("base", *schema.REVISIONS), schema.REVISIONS, strict=False)]
"""Every migration, as the revisions before and after it."""

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """An empty encrypted file, without a schema."""
    make_empty(tmp_path / DATA)
    engine = make_engine(tmp_path / DATA, KEY)
    yield engine
    engine.dispose()


@pytest.fixture(params=RELEASED)
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A copy of a kept store, of every released schema in turn."""
    return Path(shutil.copytree(KEPT / request.param, tmp_path / "released"))


def key_of(folder: Path) -> bytes:
    """The key of a kept store; its passwords stand in ``desk.practice``."""
    return KeySlots.load(folder / SLOTS, COST).unlock("guanli", "Lianxi-2026")


def open_released(folder: Path, progress: Callable[[int, int, str], None] = no_progress) -> Store:
    return Store.open(folder, key_of(folder), KeySlots.load(folder / SLOTS, COST), progress)


def shape(connection: Connection) -> dict[str, str]:
    """The schema in the words of SQLite, without blanks, since a column that was taken out leaves some."""
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: "".join(sql.split()) for name, sql in found}


def rows(connection: Connection) -> Rows:
    """Everything that stands in the tables."""
    tables = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    return {
        name: [dict(row) for row in connection.execute(text(f"SELECT * FROM {name} ORDER BY rowid")).mappings()]  # noqa: S608
        for name in tables
        if not name.startswith("matter_search_")
    }


def assert_kept(before: Rows, after: Rows) -> None:
    """Hold every value that stood in the tables before against what stands there now."""
    for table, old in before.items():
        assert len(after[table]) == len(old), table
        for one, other in zip(old, after[table], strict=True):
            assert one.items() <= other.items(), table


def at(engine: Engine, revision: str) -> Engine:
    with engine.begin() as connection:
        schema.upgrade(connection, revision)
    return engine


# -- the six kinds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_upgrade(engine: Engine, before: str, after: str) -> None:
    if before != "base":
        at(engine, before)
    with engine.begin() as connection:
        schema.upgrade(connection, after)
        assert schema.stored_revision(connection) == after
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_downgrade(engine: Engine, before: str, after: str) -> None:
    if before != "base":
        at(engine, before)
    with engine.begin() as connection:
        was = shape(connection) | ({} if before != "base" else shape_of_nothing(connection))
    at(engine, after)
    with engine.begin() as connection:
        schema.downgrade(connection, before)
        assert shape(connection) == was
        assert schema.stored_revision(connection) == (None if before == "base" else before)


def shape_of_nothing(connection: Connection) -> dict[str, str]:
    """What Alembic leaves when everything is taken back: the empty table of its revision."""
    schema.upgrade(connection, schema.REVISIONS[0])
    sql = shape(connection)["alembic_version"]
    schema.downgrade(connection, "base")
    return {"alembic_version": sql}


@pytest.mark.parametrize(("before", "after"), STEPS[1:])
def test_upgrade_with_data(tmp_path: Path, before: str, after: str) -> None:
    with kept_at(tmp_path, before).begin() as connection:
        was = rows(connection)
        assert sum(map(len, was.values())) > 100
        schema.upgrade(connection, after)
        assert_kept(was, rows(connection))
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []


@pytest.mark.parametrize(("before", "after"), STEPS[1:])
def test_downgrade_with_data(tmp_path: Path, before: str, after: str) -> None:
    with kept_at(tmp_path, before).begin() as connection:
        was = rows(connection)
        schema.upgrade(connection, after)
        fill_what_is_new(connection, after)
        schema.downgrade(connection, before)
        assert rows(connection) == was


FILLED = {
    "0002": (
        "INSERT INTO setting VALUES ('idle_minutes', '5')",
        "INSERT INTO draft VALUES (1, 1, 'registration', NULL, '{}', '2026-11-23', '2026-11-23', '01')",
        "INSERT INTO backup_run VALUES (1, '2026-11-23', 'by_hand', 'first', 'x', 1, 1, '')",
        "UPDATE account SET duty = 'system', must_change_password = 1, password_set_at = '2026-11-23'",
        "UPDATE matter SET anonymised_at = '2026-11-23'",
        "UPDATE petitioner SET anonymised_at = '2026-11-23'",
    ),
    "0003": (
        "UPDATE matter SET rule_set = '2005', state = 'routed', handling = 'transfer'",
        "UPDATE matter SET procedure = '31(六)', served = 1",
        "UPDATE matter SET content_code = '0601', lead_organ = '某区人力资源和社会保障局'",
        "UPDATE visit SET left_at = '2026-11-23'",
        "UPDATE visit_party SET signed = 1, agent_kind = 'relative', papers_shown = '[\"授权委托书\"]'",
        "INSERT INTO house_text VALUES ('organs', '{}', '2026-11-23', 1, 1)",
        "INSERT INTO matter_link VALUES (1, 'related', 1, 2, '2026-11-23', 1)",
        "INSERT INTO clock_extension VALUES (1, 1, 30, 'head', '某局长', '情况复杂', '2026-11-23', '2026-11-23', 1)",
        "INSERT INTO gate_reason VALUES (1, 1, 'papers', '明天寄来', '2026-11-23', 1)",
    ),
    "0004": (
        "UPDATE opinion SET kind = 'review'",
        "UPDATE route_decision SET step_id = NULL",
        "UPDATE service SET taken_back_at = '2026-11-23'",
        "UPDATE evaluation SET by_phone = 1",
    ),
}
"""What is written into the things that each revision brought, so that there is something to be taken away."""


def fill_what_is_new(connection: Connection, revision: str) -> None:
    for statement in FILLED[revision]:
        # a colon would begin a parameter
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_up_and_down_and_up_is_the_same_as_up(engine: Engine, before: str, after: str) -> None:
    with engine.begin() as connection:
        schema.upgrade(connection, after)
        once = shape(connection)
        schema.downgrade(connection, before)
        schema.upgrade(connection, after)
        assert shape(connection) == once


# the sixth, that the migrations build what the tables say, stands in test_schema


def kept_at(tmp_path: Path, revision: str) -> Engine:
    """A kept store, the latest that a revision can still open, brought to it."""
    kept = max(one for one in RELEASED if one <= revision)
    folder = Path(shutil.copytree(KEPT / kept, tmp_path / "kept"))
    return at(make_engine(folder / DATA, key_of(folder)), revision)


# -- what a migration says that was inferred before ------------------------------------------------------------------

AT = "2026-11-23 0{}:00:00.000000"


def test_the_fourth_says_what_was_inferred(tmp_path: Path) -> None:
    with kept_at(tmp_path, "0003").begin() as connection:
        steps = (
            (901, "route", "2026-11-20", 1, None),
            (902, "recall", "2026-11-20", 2, None),
            (903, "route", "2026-11-20", 3, None),
            (904, "accept", "2026-11-20", 4, None),
            (905, "answer", "2026-11-20", 5, None),
            (906, "ask_review", "2026-11-21", 6, None),
            (907, "review", "2026-11-21", 7, "2026-11-22"),
        )
        for step_id, kind, on, hour, served_on in steps:
            put(connection, "matter_step", (step_id, 1, None, kind, on, served_on, AT.format(hour), 1, *[""] * 5))
        for decision_id, hour, handling in ((901, 1, "transfer"), (902, 3, "guide"), (903, 8, "in_period")):
            row = (decision_id, 1, None, AT.format(hour), "2026-11-20", 1, handling, None, "[]", None, "[]", "{}")
            put(connection, "route_decision", (*row, "", "", "", "", None))
        for opinion_id, hour in ((901, 2), (902, 5), (903, 7)):
            put(connection, "opinion", (opinion_id, 1, *[""] * 6, None, AT.format(hour), None, 1, 1))
        services = (
            *((901, 905, "signed"), (902, 905, "on_its_way")),  # cleared: the step bears no day
            *((903, 907, "refused"), (904, 907, "signed")),  # cleared, and served again
            (905, None, "signed"),
        )
        for service_id, served, outcome in services:
            how = ("opinion", "", "post", outcome, "", "2026-11-22", "", AT.format(5), 1)
            put(connection, "service", (service_id, 1, None, served, *how))
        asked = (901, 1, None, "window", "", "satisfied", "2026-11-20", "2026-11-21", "", AT.format(5), 1, 1)
        put(connection, "evaluation", asked)
        put(connection, "timeline_entry", (901, 1, None, AT.format(9), 1, "corrected", ""))
        schema.upgrade(connection, "0004")
        found = rows(connection)
    assert said(found["route_decision"], "step_id") == [901, 903, None]
    assert said(found["evaluation"], "by_phone") == [0]
    assert said(found["opinion"], "kind") == ["handling", "handling", "review"]
    assert said(found["service"], "taken_back_at") == [AT.format(9), None, AT.format(9), None, None]
    kept = [one for one in found["route_decision"] if one["id"] in range(900)]
    assert kept, "the kept weeks have routes"
    steps_of = {one["id"]: (one["matter_id"], one["kind"]) for one in found["matter_step"]}
    assert all(steps_of[one["step_id"]] == (one["matter_id"], "route") for one in kept)


def put(connection: Connection, table: str, row: tuple[object, ...]) -> None:
    marks = ", ".join("?" for _ in row)
    connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608


def said(found: list[dict[str, object]], column: str) -> list[object]:
    """What the rows that the test put there say now."""
    return [one[column] for one in found if int(str(one["id"])) > 900]


# -- a real store of every released schema -------------------------------------------------------------------------


def test_a_released_store_opens_with_everything_in_it(released: Path) -> None:
    with make_engine(released / DATA, key_of(released)).connect() as connection:
        was = rows(connection)
    store = open_released(released)
    with store.reading() as session:
        connection = session.connection()
        assert schema.stored_revision(connection) == schema.HEAD
        assert_kept(was, rows(connection))
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    store.close()


def test_a_verified_backup_is_made_before_the_upgrade(released: Path) -> None:
    told: list[tuple[int, int, str]] = []
    open_released(released, lambda *step: told.append(step)).close()
    before = released_revision(released)
    if before == schema.HEAD:
        assert not told
        return
    (folder,) = backups_in(released / BACKUPS)
    backup = verify_backup(folder, key_of(folder))
    assert backup.manifest.occasion is BackupOccasion.BEFORE_UPGRADE
    assert backup.manifest.schema != schema.HEAD
    assert [words for _, _, words in told if "升级" in words]
    # the end of the trail is written by the upgrade only where the revision before knew none
    head = {HEAD} if before in schema.WITHOUT_HEAD else set()
    assert {path.name for path in released.iterdir()} == {DATA, SLOTS, LOCK, BACKUPS} | head


def released_revision(folder: Path) -> str:
    """The revision that a store was released with, wherever it stands now: the oldest that its backups hold."""
    kept = [verify_backup(one, key_of(one)).manifest.schema for one in backups_in(folder / BACKUPS)]
    return kept[0] if kept else schema.HEAD


class PowerCutError(Exception):
    """What ends everything in the middle."""


@pytest.mark.parametrize("step", range(6))
def test_a_cut_in_the_middle_leaves_the_old_store_usable(tmp_path: Path, step: int) -> None:
    folder = Path(shutil.copytree(KEPT / RELEASED[0], tmp_path / "kept"))
    with make_engine(folder / DATA, key_of(folder)).connect() as connection:
        was = rows(connection)
    told = 0

    def cut(_done: int, _total: int, _what: str) -> None:
        nonlocal told
        told += 1
        if told == step + 1:
            raise PowerCutError

    try:
        open_released(folder, cut).close()
    except PowerCutError:
        with make_engine(folder / DATA, key_of(folder)).connect() as connection:
            assert schema.stored_revision(connection) == RELEASED[0]
            assert rows(connection) == was
    else:
        assert step >= told
    store = open_released(folder)
    with store.reading() as session:
        assert_kept(was, rows(session.connection()))
    store.close()


def test_no_room_for_the_backup_means_no_upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(shutil.copytree(KEPT / RELEASED[0], tmp_path / "kept"))
    full = shutil.disk_usage(folder)._replace(free=1_000)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "disk_usage", lambda _folder: full)
        with pytest.raises(DiskFullFault):
            open_released(folder)
    with make_engine(folder / DATA, key_of(folder)).connect() as connection:
        assert schema.stored_revision(connection) == RELEASED[0]
    assert backups_in(folder / BACKUPS) == ()


def test_a_newer_store_is_refused_and_left_as_it_is(released: Path) -> None:
    engine = make_engine(released / DATA, key_of(released))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    was = {path.name: path.read_bytes() for path in released.iterdir()}
    with pytest.raises(TooNewFault):
        open_released(released)
    assert {path.name: path.read_bytes() for path in released.iterdir() if path.name != LOCK} == was
