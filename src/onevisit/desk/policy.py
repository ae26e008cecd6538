"""The unit's own settings, as they stand in the store."""

from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.rules.accounts import Permission
from onevisit.rules.policy import Policy, policy_faults
from onevisit.store.tables import Setting


def policy_of(session: Session) -> Policy:
    """Read the settings; what was never set, or cannot be read, has its default."""
    stored = {one.name: one.value for one in session.scalars(select(Setting))}
    known = {field.name: _value(stored[field.name], field.default) for field in fields(Policy) if field.name in stored}
    policy = replace(Policy(), **known)
    return Policy() if policy_faults(policy) else policy


def policy(desk: Desk) -> Policy:
    """The settings in force. Whoever is logged in may read them."""
    with desk.look(None) as session:
        return policy_of(session)


def save_policy(desk: Desk, wanted: Policy) -> None:
    """Change the settings. Needs MANAGE_POLICY.

    Raises:
        FormError: faults at the field names of ``Policy``.
    """
    with desk.work(Permission.MANAGE_POLICY) as session:
        faults = policy_faults(wanted)
        if faults:
            raise FormError(faults)
        before, after = asdict(policy_of(session)), asdict(wanted)
        for name, value in after.items():
            session.merge(Setting(name=name, value=str(value)))
        changed = "/".join(sorted(name for name in after if after[name] != before[name]))
        desk.record(session, "policy.changed", detail=changed)


def _value(stored: str, default: object) -> Any:  # noqa: ANN401 - each field has its own type
    if isinstance(default, int):
        return int(stored) if stored.isdecimal() else default
    return stored
