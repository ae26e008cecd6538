"""A store lies on a disk of this machine: a network share is refused, whatever it is called."""

from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest

from onevisit.store import places
from onevisit.store.errors import NetworkFault
from onevisit.store.folder import is_founded
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.names import SLOTS
from onevisit.store.places import file_system, is_network, require_local
from onevisit.store.restore import held
from onevisit.store.store import Store

CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
MOUNTS = r"""
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
30 22 0:26 / /proc rw - proc proc rw
41 22 0:35 / /mnt/hall rw,relatime - cifs //server/hall rw,vers=3.0
42 22 0:36 / /mnt/hall\040share rw,relatime - nfs4 server:/hall rw
43 41 8:17 / /mnt/hall/stick rw - vfat /dev/sdb1 rw
44 22 0:37 / /home/u/remote rw - fuse.sshfs u@server:/ rw
45 22 8:18 / /mnt/over rw - nfs server:/x rw
47 22 0:38 / /mnt/大厅共享 rw - cifs //server/hall rw
46 22 8:19 / /mnt/over rw - ext4 /dev/sdc1 rw
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/u/data", "ext4"),
        ("/mnt/hall", "cifs"),
        ("/mnt/hall/store/data", "cifs"),
        ("/mnt/hall/stick/data", "vfat"),
        ("/mnt/hall share/data", "nfs4"),
        ("/mnt/大厅共享/data", "cifs"),
        ("/mnt/hallway", "ext4"),
        ("/home/u/remote/data", "fuse.sshfs"),
        ("/mnt/over/data", "ext4"),
    ],
)
def test_the_file_system_of_a_folder(folder: str, kind: str) -> None:
    assert file_system(PurePosixPath(folder), MOUNTS) == kind
    assert file_system(PurePosixPath(folder), "") == ""


@pytest.mark.parametrize(
    "kind",
    ["nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "glusterfs", "davfs", "fuse.sshfs", "fuse.glusterfs", "fuse.rclone"],
)
def test_what_is_of_another_machine(kind: str) -> None:
    assert is_network(kind)


@pytest.mark.parametrize(
    "kind", ["", "ext4", "xfs", "btrfs", "vfat", "exfat", "tmpfs", "overlay", "fuseblk", "fuse.ntfs"]
)
def test_what_is_of_this_machine(kind: str) -> None:
    assert not is_network(kind)


@pytest.fixture
def share(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder that the system calls a network share."""
    mounts = tmp_path / "mountinfo"
    escaped = str(folder).replace(" ", "\\040")
    mounts.write_text(f"22 1 8:2 / / rw - ext4 /dev/sda2 rw\n41 22 0:35 / {escaped} rw - cifs //server/hall rw\n")
    monkeypatch.setattr(places, "MOUNTS", mounts)
    return folder


def test_a_store_on_a_share_is_refused_by_whatever_opens_it(share: Path) -> None:
    def open_store() -> object:
        return Store.open(share, bytes(range(32)), KeySlots.load(share / SLOTS, CHEAP))

    def create() -> object:
        return Store.creating(share / "new", bytes(32), "", CHEAP).__enter__()

    def restore() -> object:
        return held(share).__enter__()

    before = {path.name for path in share.iterdir()}
    doors: tuple[Callable[[], object], ...] = (lambda: is_founded(share), open_store, create, restore)
    for door in doors:
        with pytest.raises(NetworkFault, match="本机磁盘"):
            door()
    assert {path.name for path in share.iterdir()} == before


def test_a_link_to_a_share_is_no_way_round(share: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(share)
    with pytest.raises(NetworkFault):
        require_local(tmp_path / "link" / "data")


def test_where_the_system_does_not_tell_a_folder_is_local(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "MOUNTS", tmp_path / "nowhere")
    require_local(tmp_path)
