"""The migrations: what they build is what the tables say, and they go both ways."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import OperationalError

import onevisit.store
from onevisit.store import schema
from onevisit.store.store import Store
from onevisit.store.tables import Base


def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    return not (kind == "table" and str(name).startswith("matter_search"))


def test_the_migrations_build_what_the_tables_say(store: Store) -> None:
    with store.writing() as session:
        options = {"compare_type": True, "compare_server_default": True, "include_object": is_ours}
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_the_constraints_are_named_as_the_tables_name_them(store: Store) -> None:
    with store.reading() as session:
        found = inspect(session.connection())
        for table in Base.metadata.sorted_tables:
            named = {str(constraint.name) for constraint in table.constraints}
            stored = {found.get_pk_constraint(table.name)["name"]}
            stored |= {one["name"] for one in found.get_unique_constraints(table.name)}
            stored |= {one["name"] for one in found.get_foreign_keys(table.name)}
            stored |= {one["name"] for one in found.get_check_constraints(table.name)}
            assert stored == named, table.name


def test_a_store_goes_back_and_up_again(store: Store) -> None:
    with store.writing() as session:
        schema.downgrade(session.connection(), "base")
        left = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        assert left == ["alembic_version"]
        schema.upgrade(session.connection())
    with store.reading() as session:
        assert schema.stored_revision(session.connection()) == schema.HEAD


def test_a_migration_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    with store.writing() as session:
        schema.downgrade(session.connection(), "base")
        session.execute(text("CREATE TABLE slip (id INTEGER)"))
    with pytest.raises(OperationalError, match="slip"), store.writing() as session:
        schema.upgrade(session.connection())
    with store.reading() as session:
        tables = set(inspect(session.connection()).get_table_names())
    assert tables == {"alembic_version", "slip"}


def test_the_revisions_are_those_in_the_folder() -> None:
    config = Config()
    folder = onevisit.store.__path__[0]
    config.set_main_option("script_location", f"{folder}/migrations".replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert tuple(reversed([revision.revision for revision in script.walk_revisions()])) == schema.REVISIONS
