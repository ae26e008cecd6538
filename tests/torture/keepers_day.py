"""What the keepers of a house do in a day, and what they do when things go wrong."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import select
from tests.torture import world

from onevisit.desk import accounts, audit, backups, checking, day_close, exports, keys, policy, restoring, salvaging
from onevisit.desk.house import House
from onevisit.rules.accounts import Role
from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.own_data import OwnDataGround
from onevisit.rules.trail import ExportReason
from onevisit.store.names import BACKUPS
from onevisit.store.tables import Petitioner
from onevisit.ui.system.sheets import HouseSheets

_BEGIN, _END = date(2020, 1, 1), date(2100, 1, 1)


def work(house: House, stick: Path, sheets: HouseSheets, queue: str) -> None:
    """Backups in two places, exports, checks, the day's end, somebody's own data, new passwords, a new key."""
    administrator, supervisor = world.seat(house, Role.ADMINISTRATOR), world.seat(house, Role.SUPERVISOR)
    auditor, clerk = world.seat(house, Role.AUDITOR), world.seat(house)
    stick.mkdir(mode=0o700, exist_ok=True)
    policy.save_policy(administrator, replace(policy.policy(administrator), second_folder=str(stick)))
    backups.make_backup(administrator, BackupOccasion.BY_HAND)
    exports.export_visits(supervisor, _BEGIN, _END, ExportReason.INSPECTION)
    exports.export_audit(auditor, _BEGIN, _END, ExportReason.AUDIT)
    checking.check(administrator)
    audit.verify(auditor)
    sheets.print_day_sheet(day_close.preview(clerk), queue)
    day_close.close(clerk)
    with supervisor.store.reading() as session:
        somebody = session.scalars(select(Petitioner.id).limit(1)).one()
    sheets.print_own_data(supervisor, somebody, OwnDataGround.COPY, queue, identity_checked=True)
    accounts.reset_password(administrator, world.seat(house, Role.LAWYER).actor.account_id, "Huanxin-2026")
    house.rekey(administrator)
    code = keys.new_recovery_code(administrator)
    keys.set_recovery_code(administrator, code, code.recovery_code)
    backups.make_backup(administrator, BackupOccasion.INTERVAL)


def emergencies(store: Path, stick: Path, recovery_code: str) -> None:
    """The store is salvaged and restored, and the administrator has forgotten the password."""
    salvaging.salvage(store, "admin", world.PASSWORD, stick / "salvaged", cost=world.CHEAP)
    oldest = min((store / BACKUPS).iterdir())
    restoring.restore(store, oldest, login="admin", password=world.PASSWORD, cost=world.CHEAP)
    world.house_in(store).recover(recovery_code, "admin", "Huanxin-2027")
