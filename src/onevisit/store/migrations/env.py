"""Runs migrations on the connection that ``store.schema`` hands over; there is no other way in."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can undo DDL; a migration is done whole or not at all
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
