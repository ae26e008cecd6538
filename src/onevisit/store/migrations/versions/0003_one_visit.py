"""One visit enough: rule sets, routes, the life of a matter and its clocks, and what follows a visit."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_COLUMNS = (
    "ALTER TABLE matter ADD COLUMN rule_set VARCHAR(40) DEFAULT '2022' NOT NULL",
    "ALTER TABLE matter ADD COLUMN state VARCHAR(32) DEFAULT 'registered' NOT NULL",
    "ALTER TABLE matter ADD COLUMN handling VARCHAR(32)",
    "ALTER TABLE matter ADD COLUMN procedure VARCHAR(32)",
    "ALTER TABLE matter ADD COLUMN served INTEGER DEFAULT 0 NOT NULL",
    "ALTER TABLE matter ADD COLUMN content_code VARCHAR(6) DEFAULT '' NOT NULL",
    "ALTER TABLE matter ADD COLUMN lead_organ TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE visit ADD COLUMN left_at DATETIME",
    "ALTER TABLE visit_party ADD COLUMN signed BOOLEAN DEFAULT 0 NOT NULL",
    "ALTER TABLE visit_party ADD COLUMN agent_kind VARCHAR(32)",
    "ALTER TABLE visit_party ADD COLUMN papers_shown JSON DEFAULT '[]' NOT NULL",
)

# A matter keeps the set of its day (rules.rulebook); 2016-01-01 and 2022-05-01 begin at 16:00 UTC of the day before.
_RULE_SETS = (
    "UPDATE matter SET rule_set = '2005' WHERE registered_at < '2022-04-30 16:00:00'",
    """
    UPDATE matter SET rule_set = '2005-37'
    WHERE registered_at >= '2015-12-31 16:00:00' AND registered_at < '2022-04-30 16:00:00'
        AND (SELECT region_code FROM unit) LIKE '37%'
    """,
)

_TABLES = (
    """
    CREATE TABLE house_text (
        name VARCHAR(60) NOT NULL,
        content TEXT NOT NULL,
        changed_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_house_text PRIMARY KEY (name),
        CONSTRAINT fk_house_text_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
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
    """,
    """
    CREATE TABLE matter_step (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        kind VARCHAR(40) NOT NULL,
        on_day DATE NOT NULL,
        served_on DATE,
        recorded_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        organ TEXT NOT NULL,
        document_no VARCHAR(80) NOT NULL,
        outcome VARCHAR(32) NOT NULL,
        note TEXT NOT NULL,
        late_reason TEXT NOT NULL,
        CONSTRAINT pk_matter_step PRIMARY KEY (id),
        CONSTRAINT fk_matter_step_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_matter_step_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_matter_step_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE clock_stop (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        clock VARCHAR(32) NOT NULL,
        reason VARCHAR(32) NOT NULL,
        first DATE NOT NULL,
        last DATE,
        note TEXT NOT NULL,
        recorded_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_clock_stop PRIMARY KEY (id),
        CONSTRAINT fk_clock_stop_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_clock_stop_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE clock_extension (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        days INTEGER NOT NULL,
        approver VARCHAR(32) NOT NULL,
        approved_by TEXT NOT NULL,
        reason TEXT NOT NULL,
        approved_on DATE NOT NULL,
        recorded_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_clock_extension PRIMARY KEY (id),
        CONSTRAINT ck_clock_extension_days CHECK (days >= 1),
        CONSTRAINT fk_clock_extension_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_clock_extension_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE matter_link (
        id INTEGER NOT NULL,
        kind VARCHAR(32) NOT NULL,
        from_id INTEGER NOT NULL,
        to_id INTEGER NOT NULL,
        made_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_matter_link PRIMARY KEY (id),
        CONSTRAINT uq_matter_link_from_id_to_id UNIQUE (from_id, to_id),
        CONSTRAINT ck_matter_link_two CHECK (from_id <> to_id),
        CONSTRAINT fk_matter_link_from_id_matter FOREIGN KEY (from_id) REFERENCES matter (id),
        CONSTRAINT fk_matter_link_to_id_matter FOREIGN KEY (to_id) REFERENCES matter (id),
        CONSTRAINT fk_matter_link_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE urgent_report (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        happened_at TEXT NOT NULL,
        place TEXT NOT NULL,
        persons INTEGER NOT NULL,
        content TEXT NOT NULL,
        who TEXT NOT NULL,
        measures TEXT NOT NULL,
        told JSON NOT NULL,
        opened_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_urgent_report PRIMARY KEY (id),
        CONSTRAINT uq_urgent_report_matter_id UNIQUE (matter_id),
        CONSTRAINT fk_urgent_report_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_urgent_report_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE promise (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        text TEXT NOT NULL,
        due DATE NOT NULL,
        made_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        kept_on DATE,
        kept_by INTEGER,
        note TEXT NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_promise PRIMARY KEY (id),
        CONSTRAINT fk_promise_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_promise_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_promise_account_id_account FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT fk_promise_kept_by_account FOREIGN KEY (kept_by) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE service (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        step_id INTEGER,
        document VARCHAR(32) NOT NULL,
        document_no VARCHAR(80) NOT NULL,
        method VARCHAR(32) NOT NULL,
        outcome VARCHAR(32) NOT NULL,
        witness TEXT NOT NULL,
        on_day DATE NOT NULL,
        note TEXT NOT NULL,
        recorded_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_service PRIMARY KEY (id),
        CONSTRAINT fk_service_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_service_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_service_step_id_matter_step FOREIGN KEY (step_id) REFERENCES matter_step (id),
        CONSTRAINT fk_service_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE follow_up_call (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        called_at DATETIME NOT NULL,
        outcome VARCHAR(32) NOT NULL,
        note TEXT NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_follow_up_call PRIMARY KEY (id),
        CONSTRAINT fk_follow_up_call_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_follow_up_call_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE evaluation (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        subject VARCHAR(32) NOT NULL,
        organ TEXT NOT NULL,
        value VARCHAR(32) NOT NULL,
        asked_on DATE NOT NULL,
        answered_on DATE,
        comment TEXT NOT NULL,
        recorded_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_evaluation PRIMARY KEY (id),
        CONSTRAINT fk_evaluation_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_evaluation_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_evaluation_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE opinion (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        organ TEXT NOT NULL,
        request TEXT NOT NULL,
        facts TEXT NOT NULL,
        decision TEXT NOT NULL,
        basis TEXT NOT NULL,
        remedy TEXT NOT NULL,
        outcome VARCHAR(32),
        written_at DATETIME NOT NULL,
        final_at DATETIME,
        account_id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_opinion PRIMARY KEY (id),
        CONSTRAINT fk_opinion_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_opinion_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE gate_reason (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        finding VARCHAR(40) NOT NULL,
        reason TEXT NOT NULL,
        given_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_gate_reason PRIMARY KEY (id),
        CONSTRAINT uq_gate_reason_visit_id_finding UNIQUE (visit_id, finding),
        CONSTRAINT fk_gate_reason_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_gate_reason_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX ix_matter_open_state ON matter (open, state)",
    "CREATE INDEX ix_route_decision_matter_id ON route_decision (matter_id)",
    "CREATE INDEX ix_matter_step_matter_id ON matter_step (matter_id)",
    "CREATE INDEX ix_matter_step_kind_on_day ON matter_step (kind, on_day)",
    "CREATE INDEX ix_clock_stop_matter_id ON clock_stop (matter_id)",
    "CREATE INDEX ix_clock_extension_matter_id ON clock_extension (matter_id)",
    "CREATE INDEX ix_matter_link_to_id ON matter_link (to_id)",
    "CREATE INDEX ix_promise_matter_id ON promise (matter_id)",
    "CREATE INDEX ix_promise_kept_on_due ON promise (kept_on, due)",
    "CREATE INDEX ix_service_matter_id ON service (matter_id)",
    "CREATE INDEX ix_follow_up_call_matter_id ON follow_up_call (matter_id)",
    "CREATE INDEX ix_evaluation_matter_id ON evaluation (matter_id)",
    "CREATE INDEX ix_opinion_matter_id ON opinion (matter_id)",
)

_ADDED = (
    ("visit_party", "papers_shown"),
    ("visit_party", "agent_kind"),
    ("visit_party", "signed"),
    ("visit", "left_at"),
    ("matter", "lead_organ"),
    ("matter", "content_code"),
    ("matter", "served"),
    ("matter", "procedure"),
    ("matter", "handling"),
    ("matter", "state"),
    ("matter", "rule_set"),
)

_NEW = (
    *("gate_reason", "opinion", "evaluation", "follow_up_call", "service", "promise", "urgent_report", "matter_link"),
    *("clock_extension", "clock_stop", "matter_step", "route_decision", "house_text"),
)


def upgrade() -> None:
    for statement in (*_COLUMNS, *_RULE_SETS, *_TABLES, *_INDEXES):
        op.execute(statement)


def downgrade() -> None:
    for table in _NEW:
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP INDEX ix_matter_open_state")
    for table, column in _ADDED:
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
