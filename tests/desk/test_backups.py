"""Backups while somebody is logged in: made, checked, copied, kept by rotation, and said when one is missing."""

import pytest

from onevisit.desk import backups
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError
from onevisit.rules.keeping import BackupOccasion, BackupState


def test_a_backup_is_made_and_known(admin_desk: Desk) -> None:
    assert backups.due(admin_desk) is BackupOccasion.DAY_START
    made = backups.make_backup(admin_desk, BackupOccasion.DAY_START)
    assert made.info.state is BackupState.VERIFIED
    assert backups.known_backups(admin_desk) == (made.info,)
    assert backups.due(admin_desk) is None
    assert backups.health(admin_desk).last_verified_at == made.info.made_at
    assert backups.check_backup(admin_desk, made.info.folder) == made.info


def test_by_hand_it_needs_the_right(clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        backups.make_backup(clerk_desk, BackupOccasion.BY_HAND)
    backups.make_backup(clerk_desk, BackupOccasion.INTERVAL)
