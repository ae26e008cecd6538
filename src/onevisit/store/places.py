"""Where a store may lie: on a disk of this machine, never on a network share, whose locks and writes cannot be trusted.

SQLite's log needs memory that all its users share, and a write that was said to be durable must be
(https://www.sqlite.org/wal.html, https://www.sqlite.org/howtocorrupt.html).
"""

import re
import sys
from pathlib import Path, PurePosixPath
from typing import Final

from onevisit.store.errors import NetworkFault

MOUNTS: Final = Path("/proc/self/mountinfo")
_NETWORK: Final = frozenset(
    {"9p", "acfs", "afs", "afpfs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs", "gfs2", "glusterfs", "lustre"}
    | {"ncp", "ncpfs", "nfs", "nfs3", "nfs4", "ocfs2", "orangefs", "pvfs2", "smb2", "smb3", "smbfs", "webdav"}
)
_NETWORK_BY_FUSE: Final = frozenset(
    {"ceph-fuse", "curlftpfs", "davfs", "davfs2", "glusterfs", "gvfsd-fuse", "moosefs", "rclone", "s3fs", "smbnetfs"}
    | {"sshfs"}
)
_REMOTE_DRIVE: Final = 4


def require_local(folder: Path) -> None:
    """Refuse a folder on a network share; where the system does not tell, the folder is taken to be local.

    Args:
        folder: the data folder; it need not be there yet.

    Raises:
        NetworkFault: it lies on a share.
    """
    try:
        place = folder.resolve()
    except OSError:
        # what cannot be looked at is refused for that by whoever opens it
        return
    if _is_remote(place):
        raise NetworkFault


def file_system(folder: PurePosixPath, mounts: str) -> str:
    """The kind of file system that a folder lies on, empty when unknown.

    Args:
        folder: an absolute path without links.
        mounts: the text of ``mountinfo`` (proc_pid_mountinfo(5)).
    """
    kind, depth = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(), after.split()
        if len(fields) < 5 or not kinds:
            continue
        point = PurePosixPath(_unescaped(fields[4]))
        # what is mounted later over the same place hides what was there
        if folder.is_relative_to(point) and len(point.parts) >= depth:
            kind, depth = kinds[0], len(point.parts)
    return kind


def is_network(kind: str) -> bool:
    """Whether a kind of file system, as ``mountinfo`` calls it, is that of another machine."""
    main, _, sub = kind.partition(".")
    return main in _NETWORK or (main == "fuse" and sub in _NETWORK_BY_FUSE) or kind in _NETWORK_BY_FUSE


def _unescaped(path: str) -> str:
    # blanks, tabs, line ends and backslashes are written as octal numbers
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)


if sys.platform == "win32":
    import ctypes

    def _is_remote(place: Path) -> bool:
        anchor = place.anchor
        return anchor.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(anchor) == _REMOTE_DRIVE

else:

    def _is_remote(place: Path) -> bool:
        try:
            mounts = MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return False
        return is_network(file_system(PurePosixPath(place), mounts))
