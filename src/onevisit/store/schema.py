"""Which schema a store has and which one this program wants; Alembic is loaded only when they differ."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, inspect, text

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS: Final = ("0001", "0002", "0003", "0004")
"""All revisions in their order; the last one is what this program works with."""

HEAD: Final = REVISIONS[-1]

WITHOUT_HEAD: Final = frozenset({"0001"})
"""Revisions from before the end of the audit chain was kept outside the store."""


def stored_revision(connection: Connection) -> str | None:
    """The revision a store has; None where no migration ever ran."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection, revision: str = HEAD) -> None:
    """Bring a store up to a revision, in the transaction of ``connection``."""
    # half a second that no ordinary start has to wait for
    from alembic import command  # noqa: PLC0415

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take a store back to a revision, or to ``base``, in the transaction of ``connection``."""
    from alembic import command  # noqa: PLC0415 - as above

    command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - as above

    config = Config(attributes={"connection": connection})
    folder = Path(__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
