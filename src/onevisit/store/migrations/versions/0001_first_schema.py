"""The first schema: house, visits, advice, papers, search index."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = (
    """
    CREATE TABLE unit (
        id INTEGER NOT NULL,
        name VARCHAR(200) NOT NULL,
        address VARCHAR(400) NOT NULL,
        phone VARCHAR(40) NOT NULL,
        opening_hours VARCHAR(200) NOT NULL,
        region_code VARCHAR(12) NOT NULL,
        window_no VARCHAR(4) NOT NULL,
        practice BOOLEAN NOT NULL,
        created_at DATETIME NOT NULL,
        CONSTRAINT pk_unit PRIMARY KEY (id),
        CONSTRAINT ck_unit_single CHECK (id = 1)
    )
    """,
    """
    CREATE TABLE account (
        id INTEGER NOT NULL,
        login VARCHAR(60) NOT NULL,
        name VARCHAR(120) NOT NULL,
        staff_no VARCHAR(20) NOT NULL,
        role VARCHAR(32) NOT NULL,
        active BOOLEAN NOT NULL,
        firm VARCHAR(200) NOT NULL,
        licence_no VARCHAR(40) NOT NULL,
        created_at DATETIME NOT NULL,
        CONSTRAINT pk_account PRIMARY KEY (id),
        CONSTRAINT uq_account_login UNIQUE (login),
        CONSTRAINT uq_account_staff_no UNIQUE (staff_no)
    )
    """,
    """
    CREATE TABLE number_series (
        series VARCHAR(80) NOT NULL,
        last INTEGER NOT NULL,
        CONSTRAINT pk_number_series PRIMARY KEY (series)
    )
    """,
    """
    CREATE TABLE printer_choice (
        paper VARCHAR(20) NOT NULL,
        queue VARCHAR(200) NOT NULL,
        CONSTRAINT pk_printer_choice PRIMARY KEY (paper)
    )
    """,
    """
    CREATE TABLE audit_entry (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        account_id INTEGER,
        window_no VARCHAR(4) NOT NULL,
        action VARCHAR(60) NOT NULL,
        record_kind VARCHAR(40) NOT NULL,
        record_id INTEGER,
        detail TEXT NOT NULL,
        previous BLOB NOT NULL,
        digest BLOB NOT NULL,
        CONSTRAINT pk_audit_entry PRIMARY KEY (id),
        CONSTRAINT fk_audit_entry_account_id_account FOREIGN KEY (account_id) REFERENCES account (id),
        CONSTRAINT uq_audit_entry_digest UNIQUE (digest)
    )
    """,
    """
    CREATE TABLE petitioner (
        id INTEGER NOT NULL,
        organisation BOOLEAN NOT NULL,
        name TEXT NOT NULL,
        sex VARCHAR(32) NOT NULL,
        birth_date DATE,
        ethnic_group VARCHAR(40) NOT NULL,
        id_kind VARCHAR(32) NOT NULL,
        id_number VARCHAR(40) NOT NULL,
        phone VARCHAR(40) NOT NULL,
        region_code VARCHAR(12) NOT NULL,
        town VARCHAR(60) NOT NULL,
        address TEXT NOT NULL,
        created_at DATETIME NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_petitioner PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE matter (
        id INTEGER NOT NULL,
        number VARCHAR(40) NOT NULL,
        query_code VARCHAR(12) NOT NULL,
        title TEXT NOT NULL,
        purpose VARCHAR(32) NOT NULL,
        content VARCHAR(32) NOT NULL,
        place_code VARCHAR(12) NOT NULL,
        respondent TEXT NOT NULL,
        confidential BOOLEAN NOT NULL,
        urgent BOOLEAN NOT NULL,
        open BOOLEAN NOT NULL,
        registered_at DATETIME NOT NULL,
        version INTEGER NOT NULL,
        CONSTRAINT pk_matter PRIMARY KEY (id),
        CONSTRAINT uq_matter_number UNIQUE (number)
    )
    """,
    """
    CREATE TABLE visit (
        id INTEGER NOT NULL,
        number VARCHAR(40) NOT NULL,
        matter_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        day DATE NOT NULL,
        queue_no INTEGER NOT NULL,
        arrived_at DATETIME NOT NULL,
        registered_at DATETIME NOT NULL,
        clerk_id INTEGER NOT NULL,
        window_no VARCHAR(4) NOT NULL,
        anonymous BOOLEAN NOT NULL,
        headcount INTEGER NOT NULL,
        summary TEXT NOT NULL,
        clerk_note TEXT NOT NULL,
        reply_by VARCHAR(32) NOT NULL,
        return_reason VARCHAR(32),
        return_note TEXT NOT NULL,
        wants_lawyer BOOLEAN NOT NULL,
        CONSTRAINT pk_visit PRIMARY KEY (id),
        CONSTRAINT uq_visit_number UNIQUE (number),
        CONSTRAINT uq_visit_day_queue_no UNIQUE (day, queue_no),
        CONSTRAINT ck_visit_headcount CHECK (headcount >= 1),
        CONSTRAINT ck_visit_ordinal CHECK (ordinal >= 1),
        CONSTRAINT fk_visit_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_visit_clerk_id_account FOREIGN KEY (clerk_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE visit_party (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        petitioner_id INTEGER NOT NULL,
        role VARCHAR(32) NOT NULL,
        ordinal INTEGER NOT NULL,
        CONSTRAINT pk_visit_party PRIMARY KEY (id),
        CONSTRAINT uq_visit_party_visit_id_ordinal UNIQUE (visit_id, ordinal),
        CONSTRAINT fk_visit_party_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_visit_party_petitioner_id_petitioner FOREIGN KEY (petitioner_id) REFERENCES petitioner (id)
    )
    """,
    """
    CREATE TABLE material (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        ordinal INTEGER NOT NULL,
        name TEXT NOT NULL,
        form VARCHAR(32) NOT NULL,
        pages INTEGER NOT NULL,
        kept BOOLEAN NOT NULL,
        CONSTRAINT pk_material PRIMARY KEY (id),
        CONSTRAINT uq_material_visit_id_ordinal UNIQUE (visit_id, ordinal),
        CONSTRAINT fk_material_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id)
    )
    """,
    """
    CREATE TABLE sameness_answer (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        petitioner_id INTEGER,
        matter_id INTEGER,
        same BOOLEAN NOT NULL,
        reasons TEXT NOT NULL,
        answered_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_sameness_answer PRIMARY KEY (id),
        CONSTRAINT ck_sameness_answer_one_subject CHECK ((petitioner_id IS NULL) <> (matter_id IS NULL)),
        CONSTRAINT fk_sameness_answer_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_sameness_answer_petitioner_id_petitioner FOREIGN KEY (petitioner_id) REFERENCES petitioner (id),
        CONSTRAINT fk_sameness_answer_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_sameness_answer_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE timeline_entry (
        id INTEGER NOT NULL,
        matter_id INTEGER NOT NULL,
        visit_id INTEGER,
        at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        kind VARCHAR(40) NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_timeline_entry PRIMARY KEY (id),
        CONSTRAINT fk_timeline_entry_matter_id_matter FOREIGN KEY (matter_id) REFERENCES matter (id),
        CONSTRAINT fk_timeline_entry_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_timeline_entry_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE consultation (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        lawyer_id INTEGER NOT NULL,
        opened_at DATETIME NOT NULL,
        facts TEXT NOT NULL,
        advice TEXT NOT NULL,
        basis TEXT NOT NULL,
        ways JSON NOT NULL,
        legal_aid BOOLEAN NOT NULL,
        working_notes TEXT NOT NULL,
        signed_at DATETIME,
        version INTEGER NOT NULL,
        CONSTRAINT pk_consultation PRIMARY KEY (id),
        CONSTRAINT uq_consultation_visit_id UNIQUE (visit_id),
        CONSTRAINT ck_consultation_signed_has_advice CHECK (signed_at IS NULL OR advice <> ''),
        CONSTRAINT fk_consultation_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_consultation_lawyer_id_account FOREIGN KEY (lawyer_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE consultation_addendum (
        id INTEGER NOT NULL,
        consultation_id INTEGER NOT NULL,
        account_id INTEGER NOT NULL,
        written_at DATETIME NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_consultation_addendum PRIMARY KEY (id),
        CONSTRAINT fk_consultation_addendum_consultation_id_consultation
            FOREIGN KEY (consultation_id) REFERENCES consultation (id),
        CONSTRAINT fk_consultation_addendum_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE slip (
        id INTEGER NOT NULL,
        visit_id INTEGER NOT NULL,
        edition INTEGER NOT NULL,
        frozen TEXT NOT NULL,
        issued_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        CONSTRAINT pk_slip PRIMARY KEY (id),
        CONSTRAINT uq_slip_visit_id_edition UNIQUE (visit_id, edition),
        CONSTRAINT fk_slip_visit_id_visit FOREIGN KEY (visit_id) REFERENCES visit (id),
        CONSTRAINT fk_slip_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE slip_copy (
        id INTEGER NOT NULL,
        slip_id INTEGER NOT NULL,
        copy_no INTEGER NOT NULL,
        reprint_no INTEGER NOT NULL,
        paper VARCHAR(20) NOT NULL,
        queue VARCHAR(200) NOT NULL,
        printed_at DATETIME NOT NULL,
        account_id INTEGER NOT NULL,
        outcome VARCHAR(32) NOT NULL,
        outcome_at DATETIME,
        pdf_digest BLOB,
        CONSTRAINT pk_slip_copy PRIMARY KEY (id),
        CONSTRAINT uq_slip_copy_slip_id_copy_no UNIQUE (slip_id, copy_no),
        CONSTRAINT fk_slip_copy_slip_id_slip FOREIGN KEY (slip_id) REFERENCES slip (id),
        CONSTRAINT fk_slip_copy_account_id_account FOREIGN KEY (account_id) REFERENCES account (id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX ix_petitioner_id_number ON petitioner (id_number)",
    "CREATE INDEX ix_petitioner_name ON petitioner (name)",
    "CREATE INDEX ix_petitioner_phone ON petitioner (phone)",
    "CREATE INDEX ix_visit_matter_id ON visit (matter_id)",
    "CREATE INDEX ix_visit_registered_at ON visit (registered_at)",
    "CREATE INDEX ix_visit_party_petitioner_id ON visit_party (petitioner_id)",
    "CREATE INDEX ix_sameness_answer_visit_id ON sameness_answer (visit_id)",
    "CREATE INDEX ix_timeline_entry_matter_id ON timeline_entry (matter_id)",
    "CREATE INDEX ix_consultation_signed_at ON consultation (signed_at)",
    "CREATE INDEX ix_consultation_addendum_consultation_id ON consultation_addendum (consultation_id)",
)

# One row per matter. It keeps no text of its own (contentless), and its words come split by the program: "ascii"
# takes every character beyond ASCII as part of a word.
_SEARCH = """
    CREATE VIRTUAL TABLE matter_search USING fts5 (
        names, pinyin, id_numbers, phones, numbers, words,
        content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '1 2'
    )
"""

_DROPPED = (
    "matter_search",
    "slip_copy",
    "slip",
    "consultation_addendum",
    "consultation",
    "timeline_entry",
    "sameness_answer",
    "material",
    "visit_party",
    "visit",
    "matter",
    "petitioner",
    "audit_entry",
    "printer_choice",
    "number_series",
    "account",
    "unit",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES, _SEARCH):
        op.execute(statement)


def downgrade() -> None:
    for table in _DROPPED:
        op.execute(f"DROP TABLE {table}")
