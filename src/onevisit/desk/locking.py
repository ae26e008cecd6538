"""The trail of the lock over a window; opening it again is told where the password is checked (``House``)."""

from onevisit.desk.desk import Desk


def tell_locked(desk: Desk) -> None:
    """Record that the window of whoever is at the desk was locked.

    Raises:
        StoreFault: it could not be written; the window is locked all the same.
    """
    with desk.work(None) as session:
        desk.record(session, "window.locked", "account", desk.actor.account_id)
