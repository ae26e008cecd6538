"""Makes the store file of the present schema that is kept here and upgraded in tests for ever after.

Run once, when a new schema is released: ``.venv/bin/python tests/store/schemas/make_store.py``. A folder that is there
already is left as it is: a released schema never changes. All people are invented.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onevisit.desk.practice import enter_practice
from onevisit.store import schema
from onevisit.store.names import DATA, SLOTS

HERE = Path(__file__).resolve().parent


class _Ticking:
    """A clock that goes on by a second each time that it is looked at."""

    def __init__(self) -> None:
        self._moment = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment


def main() -> int:
    """Make ``HEAD/store.db`` and ``HEAD/store.keys`` by the program's own use cases."""
    folder = HERE / schema.HEAD
    if folder.exists():
        print(f"{folder.name}: already kept")
        return 1
    enter_practice(folder, _Ticking(), with_visits=True).close()
    for file in folder.iterdir():
        if file.name not in (DATA, SLOTS):
            file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
