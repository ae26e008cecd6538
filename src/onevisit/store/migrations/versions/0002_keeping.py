"""What keeps the house: drafts, settings, backups, day closes, retention; duties and ages of passwords."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = (
    "ALTER TABLE account ADD COLUMN duty VARCHAR(32) DEFAULT 'all' NOT NULL",
    "ALTER TABLE account ADD COLUMN password_set_at DATETIME",
    "ALTER TABLE account ADD COLUMN must_change_password BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE matter ADD COLUMN anonymised_at DATETIME",
    "ALTER TABLE petitioner ADD COLUMN anonymised_at DATETIME",
)

_TABLES = (
    """
    CREATE TABLE setting (
        name VARCHAR(60) NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_setting PRIMARY KEY (name)
    )
    """,
    """
    CREATE TABLE draft (
        id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        kind VARCHAR(32) NOT NULL,
        subject_id INTEGER,
        content TEXT NOT NULL,
        begun_at DATETIME NOT NULL,
        kept_at DATETIME NOT NULL,
        window_no VARCHAR(4) NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (id),
        CONSTRAINT fk_draft_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE backup_run (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        occasion VARCHAR(32) NOT NULL,
        place VARCHAR(32) NOT NULL,
        name VARCHAR(200) NOT NULL,
        verified BOOLEAN NOT NULL,
        bytes INTEGER NOT NULL,
        fault TEXT NOT NULL,
        CONSTRAINT pk_backup_run PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE day_close (
        id INTEGER NOT NULL,
        day DATE NOT NULL,
        edition INTEGER NOT NULL,
        closed_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        frozen TEXT NOT NULL,
        audit_entry_id INTEGER NOT NULL,
        audit_digest BLOB NOT NULL,
        CONSTRAINT pk_day_close PRIMARY KEY (id),
        CONSTRAINT uq_day_close_day_edition UNIQUE (day, edition),
        CONSTRAINT fk_day_close_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE retention_run (
        id INTEGER NOT NULL,
        cutoff DATE NOT NULL,
        matter_ids JSON NOT NULL,
        proposed_at DATETIME NOT NULL,
        proposed_by INTEGER NOT NULL,
        approved_at DATETIME,
        approved_by INTEGER,
        withdrawn_at DATETIME,
        done_at DATETIME,
        version INTEGER NOT NULL,
        CONSTRAINT pk_retention_run PRIMARY KEY (id),
        CONSTRAINT ck_retention_run_second_person CHECK (approved_by IS NULL OR approved_by <> proposed_by),
        CONSTRAINT fk_retention_run_proposed_by_account FOREIGN KEY (proposed_by) REFERENCES account (id),
        CONSTRAINT fk_retention_run_approved_by_account FOREIGN KEY (approved_by) REFERENCES account (id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX ix_draft_account_id ON draft (account_id)",
    "CREATE INDEX ix_backup_run_at ON backup_run (at)",
)

_ADDED = (
    ("petitioner", "anonymised_at"),
    ("matter", "anonymised_at"),
    ("account", "must_change_password"),
    ("account", "password_set_at"),
    ("account", "duty"),
)


def upgrade() -> None:
    for statement in (*_COLUMNS, *_TABLES, *_INDEXES):
        op.execute(statement)


def downgrade() -> None:
    for table in ("retention_run", "day_close", "backup_run", "draft", "setting"):
        op.execute(f"DROP TABLE {table}")
    for table, column in _ADDED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
