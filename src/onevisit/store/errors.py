"""What the world did to the store, each as one plain Chinese sentence with what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC

from sqlalchemy.exc import DatabaseError, IntegrityError, ProgrammingError

from onevisit.rules.faults import PlainFault


class StoreFault(PlainFault):
    """The store cannot be used; nothing was changed."""


class NotWritableFault(StoreFault):
    """The data folder or its disk cannot be read or written."""

    def __init__(self) -> None:
        super().__init__("数据文件夹不能读取或写入，请换一个文件夹，或请管理员给予读写权限。")


class NetworkFault(StoreFault):
    """The data folder lies on a network share."""

    def __init__(self) -> None:
        super().__init__("数据文件夹在网络共享上，断线会损坏数据，请换成本机磁盘上的文件夹。")


class NotOursFault(StoreFault):
    """A file that is no store of ours, or a key that is not its key."""

    backup_helps = True

    def __init__(
        self, sentence: str = "这不是本系统的数据文件，或密钥不对，请核对数据文件夹，必要时从备份恢复。"
    ) -> None:
        super().__init__(sentence)


class DamagedFault(StoreFault):
    """A file of ours that is damaged."""

    backup_helps = True

    def __init__(self, sentence: str = "数据文件已损坏，请停止使用并从备份恢复。") -> None:
        super().__init__(sentence)


class HalfMissingFault(StoreFault):
    """Store without key file, or the reverse."""

    backup_helps = True


class TooNewFault(StoreFault):
    """Written by a later version."""

    def __init__(self) -> None:
        super().__init__("数据由更新版本的程序写成，本版本不能打开，请先升级程序。")


class DiskFullFault(StoreFault):
    """No room is left."""

    def __init__(self) -> None:
        super().__init__("磁盘已满，没有保存，请清理磁盘后再试。")


class LockedFault(StoreFault):
    """Somebody else holds the store for too long."""

    def __init__(self) -> None:
        super().__init__("数据正被别的程序占用，没有保存，请稍候再试。")


class AlreadyOpenFault(StoreFault):
    """Another instance of the program has this store open."""

    def __init__(self) -> None:
        super().__init__("本机已经打开了这份数据，请切换到已打开的窗口，或先关闭它。")


class ClosedFault(StoreFault):
    """The store was closed under somebody's hands: the log-out came first."""

    def __init__(self) -> None:
        super().__init__("已经退出登录，请重新登录后再操作。")


# primary result codes: https://www.sqlite.org/rescode.html
_BY_CODE: dict[int, type[NotWritableFault | NotOursFault | DamagedFault | DiskFullFault | LockedFault]] = {
    3: NotWritableFault,  # SQLITE_PERM
    5: LockedFault,  # SQLITE_BUSY
    6: LockedFault,  # SQLITE_LOCKED
    8: NotWritableFault,  # SQLITE_READONLY
    11: DamagedFault,  # SQLITE_CORRUPT
    13: DiskFullFault,  # SQLITE_FULL
    14: NotWritableFault,  # SQLITE_CANTOPEN
    26: NotOursFault,  # SQLITE_NOTADB
}
_IO_ERROR = 10
_PRIMARY = 0xFF
# the driver's own copying of pages raises without a code: what is left are the words of sqlite3_errstr()
_BY_WORDS = {
    "database is locked": 5,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}


def fault_of(error: DatabaseError) -> StoreFault | None:
    """Say what the world did; None where the error is a mistake of ours."""
    if isinstance(error, IntegrityError | ProgrammingError):
        return None
    return fault_of_driver(error.orig)


def fault_of_driver(error: BaseException | None) -> StoreFault | None:
    """The same for the driver's own error."""
    code = getattr(error, "sqlite_errorcode", _BY_WORDS.get(str(error), 0)) & _PRIMARY
    if code == _IO_ERROR:
        return StoreFault("读写磁盘出错，没有保存，请检查磁盘后再试。")
    kind = _BY_CODE.get(code)
    return kind() if kind else None


def fault_of_os(error: OSError) -> StoreFault:
    """Say what the operating system refused."""
    return DiskFullFault() if error.errno in {ENOSPC, EDQUOT, EFBIG} else NotWritableFault()


@contextmanager
def translate() -> Iterator[None]:
    """Turn what SQLAlchemy reports of the world into a ``StoreFault``; mistakes of ours pass as they are.

    Raises:
        StoreFault: disk full, locked, not writable, damaged, not ours.
    """
    try:
        yield
    except DatabaseError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error


@contextmanager
def translate_os() -> Iterator[None]:
    """The same for what the operating system says of files.

    Raises:
        StoreFault: disk full or not writable.
    """
    try:
        yield
    except OSError as error:
        raise fault_of_os(error) from error
