"""What a damaged store of an older schema still gives is brought up to the present one, whatever rows it points to."""

import shutil
from pathlib import Path

from sqlalchemy import text

from onevisit.rules.progress import no_progress
from onevisit.store import schema
from onevisit.store.apart import Pair, apart
from onevisit.store.engine import make_engine
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.mend import STAND_IN, mend
from onevisit.store.names import DATA, SLOTS
from onevisit.store.salvage import salvage_into

KEPT = Path(__file__).parent / "schemas" / "0003"


def test_rows_of_a_lost_matter_come_through_an_upgrade(tmp_path: Path) -> None:
    damaged, fresh = Path(shutil.copytree(KEPT, tmp_path / "damaged")), tmp_path / "fresh"
    fresh.mkdir()
    key = KeySlots.load(damaged / SLOTS, Cost(memory_kib=8_192, passes=1, lanes=1)).unlock("guanli", "Lianxi-2026")
    with apart(damaged / DATA, key) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        (lost, step) = connection.execute("SELECT matter_id, id FROM matter_step WHERE kind = 'route'").fetchone()
        connection.execute("DELETE FROM matter WHERE id = ?", (lost,))
        connection.execute("DELETE FROM visit WHERE matter_id = ?", (lost,))
    salvage_into(Pair(damaged / DATA, damaged / SLOTS, key), fresh, no_progress)
    with apart(fresh / DATA, key) as connection:
        mend(connection)
    engine = make_engine(fresh / DATA, key)
    with engine.connect() as upgraded:
        assert schema.stored_revision(upgraded) == schema.HEAD
        assert upgraded.execute(text("PRAGMA foreign_key_check")).all() == []
        title = upgraded.execute(text("SELECT title FROM matter WHERE id = :id"), {"id": lost}).scalar()
        kept = upgraded.execute(text("SELECT step_id FROM route_decision WHERE matter_id = :id"), {"id": lost}).scalar()
        assert (title, kept) == (STAND_IN, step)
    engine.dispose()
