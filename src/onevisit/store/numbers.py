"""Running numbers: taken in the transaction that uses them, never given twice."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from onevisit.store.tables.house import NumberSeries


def take(session: Session, series: str) -> int:
    """Take the next number of a series, from 1; it is given back only if the whole transaction is undone."""
    first = insert(NumberSeries).values(series=series, last=1)
    taken = first.on_conflict_do_update(
        index_elements=[NumberSeries.series], set_={"last": NumberSeries.last + 1}
    ).returning(NumberSeries.last)
    return int(session.execute(taken).scalar_one())


def last(session: Session, series: str) -> int:
    """The number last taken of a series, 0 if none was."""
    return session.scalars(select(NumberSeries.last).where(NumberSeries.series == series)).first() or 0


def put(session: Session, series: str, value: int) -> None:
    """Let a series stand at a number, so that the next one taken is the one after."""
    row = insert(NumberSeries).values(series=series, last=value)
    session.execute(row.on_conflict_do_update(index_elements=[NumberSeries.series], set_={"last": value}))
