"""The pieces of a check that only a forged table shows; the whole of it stands in ``tests/desk/test_checking.py``."""

from sqlalchemy import text

from onevisit.rules.progress import no_progress
from onevisit.store.check import TrailFindings, check_numbers, check_tail
from onevisit.store.store import Store


def test_a_number_that_stands_twice_is_found(store: Store) -> None:
    number = "370400-01-20261123-001-W"
    with store.writing() as session:
        # a table that hides the real one, whose index would allow no second
        session.execute(text("CREATE TEMP TABLE visit (id INTEGER PRIMARY KEY, number TEXT)"))
        session.execute(text("INSERT INTO temp.visit VALUES (1, :number), (2, :number)"), {"number": number})
        found = check_numbers(session, no_progress)
        session.execute(text("DROP TABLE temp.visit"))
    assert (found.visits, found.wrong, found.doubled) == (2, (), (number,))


def test_the_end_of_an_empty_trail_is_whole(store: Store) -> None:
    with store.reading() as session:
        assert check_tail(session) == TrailFindings(0, None)
