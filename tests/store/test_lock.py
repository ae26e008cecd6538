"""The lock of one instance."""

from pathlib import Path

import pytest

from onevisit.store.errors import AlreadyOpenFault, NotWritableFault
from onevisit.store.lock import InstanceLock


def test_a_held_lock_is_refused_and_a_released_one_is_free(tmp_path: Path) -> None:
    path = tmp_path / "store.lock"
    lock = InstanceLock(path)
    for _ in range(2):
        with pytest.raises(AlreadyOpenFault):
            InstanceLock(path)
    lock.release()
    lock.release()
    InstanceLock(path).release()


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotWritableFault):
        InstanceLock(tmp_path / "missing" / "store.lock")
