"""What was inferred is said: which opinion a sheet is, with which step a route was decided, which service holds.

And of an evaluation whether it was given on the phone; so far none could be.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = (
    "ALTER TABLE opinion ADD COLUMN kind VARCHAR(32) DEFAULT 'handling' NOT NULL",
    "ALTER TABLE service ADD COLUMN taken_back_at DATETIME",
    "ALTER TABLE evaluation ADD COLUMN by_phone BOOLEAN DEFAULT 0 NOT NULL",
)

# Which of the three opinions: what was asked for last when it was written.
_KINDS = """
    UPDATE opinion SET kind = COALESCE((
        SELECT CASE step.kind
            WHEN 'ask_review' THEN 'review' WHEN 'ask_final_review' THEN 'final_review' ELSE 'handling' END
        FROM matter_step AS step
        WHERE step.matter_id = opinion.matter_id AND step.recorded_at <= opinion.written_at
            AND step.kind IN ('accept', 'redo', 'ask_review', 'ask_final_review')
        ORDER BY step.id DESC LIMIT 1
    ), 'handling')
"""

# A day of service that was cleared by a correction left its record behind; only after that it was served again.
_TAKEN_BACK = """
    UPDATE service SET taken_back_at = (
        SELECT max(line.at) FROM timeline_entry AS line
        WHERE line.matter_id = service.matter_id AND line.kind = 'corrected'
    )
    WHERE outcome IN ('signed', 'refused') AND (
        step_id IN (SELECT id FROM matter_step WHERE served_on IS NULL)
        OR EXISTS (
            SELECT 1 FROM service AS later
            WHERE later.step_id = service.step_id AND later.id > service.id AND later.outcome IN ('signed', 'refused')
        )
    )
"""

_BEFORE = """
    CREATE TABLE route_decision (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        decided_at DATETIME NOT NULL,
        on_day DATE NOT NULL,
        account_id INTEGER NOT NULL,
        handling VARCHAR(32) NOT NULL,
        procedure VARCHAR(32),
        addressees JSON NOT NULL,
        reply_by DATE,
        beside JSON NOT NULL,
        answers JSON NOT NULL,
        proposed VARCHAR(20) NOT NULL,
        article TEXT NOT NULL,
        why TEXT NOT NULL,
        reason TEXT NOT NULL,
        recalled_at DATETIME,
        CONSTRAINT pk_route_decision PRIMARY KEY (id),
        CONSTRAINT fk_route_decision_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_route_decision_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_route_decision_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
"""

_AFTER = _BEFORE.replace(
    "recalled_at DATETIME,",
    """recalled_at DATETIME,
        step_id INTEGER,""",
).replace(
    "REFERENCES account (id)",
    """REFERENCES account (id),
        CONSTRAINT fk_route_decision_step_id_matter_step FOREIGN KEY (step_id) REFERENCES matter_step (id)""",
)

_KEPT = (
    "id, matter_id, visit_id, decided_at, on_day, account_id, handling, procedure, addressees, reply_by, beside, "
    "answers, proposed, article, why, reason, recalled_at"
)

# With each step the decision of its day that is nearest in time; what was only told has no step.
_DECIDED_WITH = """
    UPDATE route_decision SET step_id = (
        SELECT step.id FROM matter_step AS step
        WHERE step.matter_id = route_decision.matter_id AND step.kind = 'route'
            AND route_decision.id = (
                SELECT one.id FROM route_decision AS one
                WHERE one.matter_id = step.matter_id AND one.on_day = step.on_day
                ORDER BY abs(julianday(one.decided_at) - julianday(step.recorded_at)), one.id LIMIT 1
            )
        ORDER BY step.id DESC LIMIT 1
    )
"""


def _rebuilt(table: str) -> tuple[str, ...]:
    """SQLite adds no named constraint to a table that is there: its rows move to a new one and back."""
    return (
        f"CREATE TABLE route_decision_kept AS SELECT {_KEPT} FROM route_decision",  # noqa: S608 - the columns above
        "DROP TABLE route_decision",
        table,
        f"INSERT INTO route_decision ({_KEPT}) SELECT {_KEPT} FROM route_decision_kept",  # noqa: S608 - the same
        "DROP TABLE route_decision_kept",
        "CREATE INDEX ix_route_decision_matter_id ON route_decision (matter_id)",
    )


def upgrade() -> None:
    for statement in (*_COLUMNS, _KINDS, _TAKEN_BACK, *_rebuilt(_AFTER), _DECIDED_WITH):
        op.execute(statement)


def downgrade() -> None:
    for statement in _rebuilt(_BEFORE):
        op.execute(statement)
    op.execute("ALTER TABLE evaluation DROP COLUMN by_phone")
    op.execute("ALTER TABLE service DROP COLUMN taken_back_at")
    op.execute("ALTER TABLE opinion DROP COLUMN kind")
