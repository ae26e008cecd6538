"""Trying a password or a recovery code: refused while shut out, counted when wrong, told to the trail."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from onevisit.desk.desk import Desk
from onevisit.desk.errors import ShutOutFault
from onevisit.desk.founding import trace_alone
from onevisit.store.keyslots import NoSlotFitsError
from onevisit.store.store import Store
from onevisit.store.tables import Account, Unit
from onevisit.store.tries import Tries


def guess(tries: Tries, label: str, unlock: Callable[[], bytes], now: datetime) -> bytes:
    """Try to open a key slot.

    Args:
        tries: the failures so far.
        label: the slot's.
        unlock: opens the slot.
        now: where the clock stands.

    Raises:
        ShutOutFault: not tried, or this was one failure too many.
        NoSlotFitsError: it does not open, and the next guess is free.
    """
    wait = tries.wait(label, now)
    if wait:
        raise ShutOutFault(wait)
    try:
        key = unlock()
    except NoSlotFitsError as error:
        minutes = tries.failed(label, now)
        if minutes:
            raise ShutOutFault(60 * minutes) from error
        raise
    tries.forget(label, now)
    return key


def verify(desk: Desk, password: str) -> None:
    """Ask for the password of whoever is at the desk.

    Raises:
        ShutOutFault: too many wrong ones.
        NoSlotFitsError: it is not the password.
    """
    slots, tries, login, now = desk.store.slots, desk.store.tries, desk.actor.login, desk.now()
    try:
        guess(tries, slots.label(login), lambda: slots.unlock(login, password), now)
    except (NoSlotFitsError, ShutOutFault):
        tell(desk.store, tries, now)
        raise


def tell(store: Store, tries: Tries, now: datetime) -> None:
    """Write into the trail the failures it does not know of, those too that happened while the store was closed."""
    failures = tries.untold(now)
    if not failures:
        return
    with store.writing() as session:
        unit = session.scalars(select(Unit)).one()
        accounts = {store.slots.label(login): id_ for id_, login in session.execute(select(Account.id, Account.login))}
        for one in failures:
            account_id = accounts.get(one.label)
            trace_alone(session, "account.log_in_failed", account_id, unit, one.at)
            if one.minutes:
                trace_alone(session, "account.shut_out", account_id, unit, one.at, str(one.minutes))
    # after the transaction: a power cut in between tells twice, never not at all
    tries.told(failures, now)
