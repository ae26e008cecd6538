"""Running numbers: taken in the transaction that uses them, never given twice."""

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
