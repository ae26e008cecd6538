"""The unit's own settings, as they stand in the store."""

from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.keeping import SecondFolder
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
        faults = (*policy_faults(wanted), *_folder_faults(desk, wanted))
        if faults:
            raise FormError(faults)
        before, after = asdict(policy_of(session)), asdict(wanted)
        for name, value in after.items():
            session.merge(Setting(name=name, value=str(value)))
        changed = "/".join(sorted(name for name in after if after[name] != before[name]))
        desk.record(session, "policy.changed", detail=changed)


def second_folder(desk: Desk, folder: str) -> SecondFolder:
    """Where a second backup folder lies now. Whoever is logged in may know."""
    desk.require(None)
    place = Path(folder)
    if not folder or not place.is_absolute():
        return SecondFolder.MISSING
    try:
        same = place.stat().st_dev == desk.store.directory.stat().st_dev
    except OSError:
        return SecondFolder.MISSING
    if not place.is_dir():
        return SecondFolder.MISSING
    return SecondFolder.SAME_DISK if same else SecondFolder.ELSEWHERE


def _folder_faults(desk: Desk, wanted: Policy) -> tuple[Fault, ...]:
    place = Path(wanted.second_folder)
    if wanted.second_folder and place.is_absolute() and place.resolve().is_relative_to(desk.store.directory.resolve()):
        return (Fault("second_folder", "这是数据文件夹里面的文件夹，会和数据一起丢，请选 U 盘或另一块盘。"),)
    return ()


def _value(stored: str, default: object) -> Any:  # noqa: ANN401 - each field has its own type
    if isinstance(default, int):
        return int(stored) if stored.isdecimal() else default
    return stored
