"""One data folder: its files, its one instance, its transactions."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Final, Self

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from onevisit.rules.keeping import BackupOccasion
from onevisit.rules.progress import Progress, no_progress
from onevisit.store import audit, schema
from onevisit.store.apart import Pair
from onevisit.store.backup import Backup, write_backup
from onevisit.store.engine import KEY_BYTES, checkpoint, make_engine, reading
from onevisit.store.errors import (
    ClosedFault,
    NotOursFault,
    TooNewFault,
    fault_of,
    translate,
    translate_os,
)
from onevisit.store.files import make_empty, make_folder
from onevisit.store.folder import clear_unfinished, is_founded, move_in, refuse_foreign
from onevisit.store.heads import Head, HeadFile, HeadFinding
from onevisit.store.keyslots import Cost, KeySlots
from onevisit.store.lock import InstanceLock
from onevisit.store.names import BACKUPS, DATA, FRESH, HEAD, LOCK, MAKING, SLOTS, TRIES
from onevisit.store.places import require_local
from onevisit.store.rekey import old_place, remove_old, write_copy
from onevisit.store.swap import require_written_back, swap_in
from onevisit.store.tries import Tries

_TAKEN: Final = "这个文件夹里已经有数据，请直接登录，或换一个文件夹。"


def _nothing_more(_session: Session, _revision: str, _backup: Backup | None) -> None:
    """Nobody writes anything of the upgrade into the store."""


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How an older store is brought up to date.

    Attributes:
        at: the present moment.
        backup: a backup is made first; a copy that is only being tried needs none.
        done: called in the transaction of the upgrade, with the revision that was there and the backup.
    """

    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    backup: bool = True
    done: Callable[[Session, str, Backup | None], None] = _nothing_more


class Store:
    """An open store; made by ``create`` or ``open``, used through ``writing`` and ``reading``.

    Attributes:
        directory: the data folder.
        slots: the key slots.
        tries: the failed log-ins.
        head_finding: how the store differed from the end of its audit chain kept outside when it was opened; None when
            they agreed, or since ``accept_head``.
    """

    def __init__(self, directory: Path, key: bytes, slots: KeySlots, lock: InstanceLock) -> None:
        self.directory = directory
        self.slots = slots
        self.tries = Tries(directory / TRIES)
        self._key = key
        self._lock = lock
        self._engine = make_engine(directory / DATA, key)
        # what a use case gives back is built inside its transaction: nothing is read again after it
        self._write = sessionmaker(self._engine, expire_on_commit=False)
        self._read = sessionmaker(reading(self._engine), expire_on_commit=False, autoflush=False)
        self._heads = HeadFile(directory / HEAD, key)
        self.head_finding: HeadFinding | None = None
        self._closed = False
        self._beside = RLock()

    @classmethod
    @contextmanager
    def creating(cls, directory: Path, key: bytes, recovery_code: str, cost: Cost) -> Iterator[Self]:
        """Make a store and its slot file; both come into being when the block is left without an exception.

        The block writes the first rows and slots. Until it is left, everything lies in a folder of its own, which is
        removed when anything fails, so that nothing half-made stays; the store is closed then in either case.

        Raises:
            StoreFault: the folder or disk does not allow it, or there is a store already.
        """
        if is_founded(directory):
            raise NotOursFault(_TAKEN)
        with translate_os():
            make_folder(directory)
        lock = InstanceLock(directory / LOCK)
        try:
            if (directory / DATA).exists():
                # another set-up was quicker
                raise NotOursFault(_TAKEN)
            yield from cls._made(directory, key, recovery_code, cost)
        finally:
            lock.release()

    @classmethod
    def _made(cls, directory: Path, key: bytes, recovery_code: str, cost: Cost) -> Iterator[Self]:
        making = directory / MAKING
        with translate_os():
            clear_unfinished(directory)
            make_folder(making)
        try:
            with translate_os():
                make_empty(making / DATA)
            slots = KeySlots.create(making / SLOTS, key, recovery_code, cost)
            store = cls(making, key, slots, InstanceLock(making / LOCK))
            try:
                with translate(), store._engine.begin() as connection:
                    schema.upgrade(connection)
                yield store
            finally:
                store.close()
            require_written_back(making)
            with translate_os():
                move_in(making, directory)
        except BaseException:
            shutil.rmtree(making, ignore_errors=True)
            raise

    @classmethod
    def open(
        cls,
        directory: Path,
        key: bytes,
        slots: KeySlots,
        progress: Progress = no_progress,
        upgrade: Upgrade | None = None,
    ) -> Self:
        """Open a store; an older schema is brought up to date after a verified backup was made.

        Args:
            directory: the data folder.
            key: as ``slots`` gave it.
            slots: the slots, which go on with the store.
            progress: told how far an upgrade is; what it raises ends it, and the store is as it was.
            upgrade: how an upgrade is done.

        Raises:
            StoreFault: not ours, another key, too new, open elsewhere, not writable, no room for the backup; the store
                is as it was.
        """
        require_local(directory)
        refuse_foreign(directory / DATA)
        # the lock first: another instance may be at what looks unfinished
        lock = InstanceLock(directory / LOCK)
        try:
            with translate_os():
                clear_unfinished(directory)
            slots.reread()
            store = cls(directory, key, slots, lock)
        except BaseException:
            lock.release()
            raise
        try:
            with translate():
                store._bring_up_to_date(progress, upgrade or Upgrade())
            # it opens: what a change of key left behind when the power went is of no use to anybody honest
            remove_old(directory)
        except BaseException:
            store.close()
            raise
        return store

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction that writes, begun IMMEDIATE; leaving it by an exception undoes it.

        Raises:
            StoreFault: what the world did meanwhile; nothing was changed.
        """
        self._require_open()
        with translate(), self._write.begin() as session:
            yield session
            # closed while this waited: it would be written into a file that is put away
            self._require_open()
        appended = audit.appended(session)
        # a disagreement stays for all to see until somebody has recorded it
        if appended is not None and self.head_finding is None:
            self._heads.write(appended)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """One transaction that sees one state of the store and cannot write.

        Raises:
            StoreFault: what the world did meanwhile.
        """
        self._require_open()
        with translate(), self._read() as session:
            yield session

    def give_key(self, login: str, password: str) -> None:
        """Make, or make anew, the key slot of an account.

        Raises:
            StoreFault: the slot file cannot be written; nothing was changed.
        """
        self._require_open()
        self.slots.add(login, password, self._key)

    def take_key(self, login: str) -> None:
        """Take the key slot of an account away.

        Raises:
            StoreFault: the slot file cannot be written; nothing was changed.
        """
        self._require_open()
        self.slots.remove(login, self._key)

    def give_key_to_code(self, recovery_code: str) -> None:
        """Make, or make anew, the key slot of the recovery code; an old code opens nothing more.

        Raises:
            StoreFault: the slot file cannot be written; nothing was changed.
        """
        self._require_open()
        self.slots.set_recovery(recovery_code, self._key)

    def back_up(self, parent: Path, occasion: BackupOccasion, at: datetime, progress: Progress = no_progress) -> Backup:
        """Write a backup into ``parent`` and check it; may run on another thread than the one that saves.

        Raises:
            ClosedFault: the store was closed meanwhile; nothing of the backup stays.
            StoreFault: what the world did; nothing half-made stays.
        """

        def step(done: int, total: int, what: str) -> None:
            self._require_open()
            progress(done, total, what)

        with self.beside() as pair:
            return write_backup(pair, parent, occasion, at, step, settled=self._settled)

    @contextmanager
    def beside(self) -> Iterator[Pair]:
        """Files and key for long work past the desk's connections; ``close`` waits until it is left.

        Raises:
            ClosedFault: the store is closed.
        """
        with self._beside:
            yield self.pair

    @contextmanager
    def _settled(self) -> Iterator[None]:
        with self.writing() as session:
            # a session begins with its first statement; from here on nobody else writes
            session.connection()
            yield

    @property
    def pair(self) -> Pair:
        """The files and the key, for what goes past the desk's connections: backups, checks.

        Raises:
            ClosedFault: the store is closed.
        """
        self._require_open()
        return Pair(self.directory / DATA, self.directory / SLOTS, self._key)

    def rekeyed(
        self, tell: Callable[[Session, int], None], progress: Progress = no_progress
    ) -> tuple[Self, tuple[str, ...], bool]:
        """Put the store under a new random key; this object is closed then, and its lock goes over to the new one.

        A power cut at any moment leaves the old store or the new one, whole.

        Args:
            tell: adds to the trail of the new store; given how many slots were left out.
            progress: told pages; what it raises ends it, and nothing has changed.

        Returns:
            the new store, the labels of the slots that were left out, whether the old files are gone.

        Raises:
            ClosedFault: the store is closed.
            StoreFault: what the world did. Either this store is open and as it was; or it is closed (``closed``), and
                the next opening finishes the change or finds everything as it was.
        """
        new_key = secrets.token_bytes(KEY_BYTES)
        with self.beside() as pair:
            with translate(), self._write.begin() as session:
                # from here on nobody else writes
                session.connection()
                left_out = write_copy(pair, self.slots, self.directory / FRESH, new_key, tell, progress)
                self._closed = True
            try:
                self._leave_file()
                swap_in(self.directory, self.directory / FRESH, old_place(self.directory))
                slots = self.slots.at(self.directory / SLOTS)
                fresh = type(self)(self.directory, new_key, slots, self._lock)
            except BaseException:
                self._lock.release()
                raise
        fresh.tries = self.tries
        return fresh, left_out, remove_old(self.directory)

    @property
    def closed(self) -> bool:
        """Whether it can no longer be used."""
        return self._closed

    def accept_head(self) -> None:
        """Begin ``store.head`` anew at the present end of the chain: the disagreement was recorded, or is meant.

        Whoever makes another store out of one (a restore, a salvage) calls this once that is in its trail.

        Raises:
            StoreFault: the file cannot be written.
        """
        with self.reading() as session:
            end = audit.last(session)
        self._heads.replace(end)
        self.head_finding = None

    def kept_head(self) -> Head | None:
        """The end of the chain as it is kept outside; None where nothing that can be believed is kept."""
        return self._heads.read()

    def empty_log(self) -> None:
        """Write the log back into the store file and empty it, so that no older page stands in it any more.

        A reader who is at work keeps the log in use; then it is emptied at the next time, at the latest at the end.
        """
        self._require_open()
        self._write_back(self._engine)

    def close(self) -> None:
        """Write the log back, close all connections, let others in; a second time does nothing.

        A backup or a check on its way ends first: its connection would keep the log from being written back.
        """
        if self._closed:
            return
        self._closed = True
        with self._beside:
            self._close()

    def _close(self) -> None:
        try:
            self._leave_file()
        finally:
            self._lock.release()

    def _leave_file(self) -> None:
        self._heads.close()
        try:
            self._write_back(self._engine)
        finally:
            self._engine.dispose()
            self._key = b""

    @staticmethod
    def _write_back(engine: Engine) -> None:
        # a log that could not be written back is no loss: the next opening does it
        try:
            with engine.connect() as connection:
                checkpoint(connection)
        except DatabaseError as error:
            if fault_of(error) is None:
                raise

    def _require_open(self) -> None:
        if self._closed:
            raise ClosedFault

    def _bring_up_to_date(self, progress: Progress, upgrade: Upgrade) -> None:
        with reading(self._engine).connect() as connection:
            revision = schema.stored_revision(connection)
        if revision is None:
            raise NotOursFault
        if revision not in schema.REVISIONS:
            raise TooNewFault
        # before the upgrade adds its own entry to the chain
        without_head = revision in schema.WITHOUT_HEAD and not (self.directory / HEAD).exists()
        with self.reading() as session:
            self.head_finding = audit.compare(session, self._heads.read())
        if without_head:
            # before the upgrade, after which a head that is not there is one that was taken away
            self.accept_head()
        if revision != schema.HEAD:
            self._upgrade(revision, progress, upgrade)

    def _upgrade(self, revision: str, progress: Progress, upgrade: Upgrade) -> None:
        def before(done: int, total: int, what: str) -> None:
            progress(done, total, f"升级数据前，{what}")

        backup = None
        if upgrade.backup:
            backup = self.back_up(self.directory / BACKUPS, BackupOccasion.BEFORE_UPGRADE, upgrade.at, before)
        progress(0, 0, "正在升级数据")
        with self.writing() as session:
            schema.upgrade(session.connection())
            upgrade.done(session, revision, backup)
            progress(1, 1, "正在升级数据")
