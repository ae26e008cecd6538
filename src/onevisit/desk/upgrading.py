"""An older store is brought up to date: its backup and the upgrade are recorded in the same transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.backup_rows import row_of
from onevisit.desk.founding import trace_alone
from onevisit.rules.keeping import BackupPlace
from onevisit.store import schema
from onevisit.store.backup import Backup
from onevisit.store.store import Upgrade
from onevisit.store.tables import Unit


def upgrade_of_house(at: datetime, *, backup: bool = True) -> Upgrade:
    """How the store of a house is upgraded, ``at`` this moment; a copy that is only being tried needs no backup."""

    def done(session: Session, revision: str, made: Backup | None) -> None:
        if made is not None:
            session.add(row_of(made, BackupPlace.FIRST))
        unit = session.scalars(select(Unit)).one()
        trace_alone(session, "store.upgraded", None, unit, at, f"{revision}/{schema.HEAD}")

    return Upgrade(at, backup, done)
