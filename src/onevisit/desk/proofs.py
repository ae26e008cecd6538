"""Who may touch a store that nobody is logged in to: a password or a recovery code that opens its slots."""

from datetime import datetime

from onevisit.desk.accounts import plain_login
from onevisit.desk.errors import FormError, LogInFault
from onevisit.desk.guesses import guess
from onevisit.rules.faults import Fault
from onevisit.store import recovery
from onevisit.store.keyslots import KeySlots, NoSlotFitsError
from onevisit.store.tries import Tries


def unlocked(
    tries: Tries, slots: KeySlots, at: datetime, login: str, password: str, recovery_code: str, wrong: str
) -> bytes:
    """Give the store key to whoever knows a password of an account, or the recovery code; guesses are counted.

    Args:
        tries: the failures so far.
        slots: what is to be opened.
        at: the present moment.
        login: an account and …
        password: … its password, or …
        recovery_code: … the recovery code.
        wrong: the sentence when neither opens a slot.

    Raises:
        FormError: the recovery code cannot be one.
        LogInFault: neither opens a slot.
        ShutOutFault: too many wrong ones; nothing was tried.
    """
    if recovery_code:
        fault = recovery.fault(recovery_code)
        if fault:
            raise FormError((Fault("recovery_code", fault),))
        label, unlock = slots.recovery_label, lambda: slots.unlock_recovery(recovery_code)
    else:
        name = plain_login(login)
        label, unlock = slots.label(name), lambda: slots.unlock(name, password)
    try:
        return guess(tries, label, unlock, at)
    except NoSlotFitsError as error:
        raise LogInFault(wrong) from error
