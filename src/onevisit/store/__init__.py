"""The encrypted SQLite store: tables, engine, key slots, migrations, search index."""
