"""The end of the audit chain, kept outside the store: whoever shortens or rewrites the chain must meet it here.

``store.head`` has two fixed slots that are written in turn, so that a power cut in the middle of one leaves the other.
Each holds the number of an entry, its digest and a MAC under a key that only this store's key gives. It is written
after the transaction and not synced: after a power cut it may be older than the store, never newer, and an older head
is simply an earlier place on the same chain.
"""

import logging
import os
import struct
from dataclasses import dataclass
from hmac import compare_digest
from hmac import digest as hmac_digest
from pathlib import Path
from threading import Lock
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onevisit.rules.trail import HeadFault
from onevisit.store.errors import translate_os
from onevisit.store.files import write_whole

_INFO: Final = b"onevisit audit head 1"
_FACTS: Final = struct.Struct(">16sQ32s")
_MARK: Final = b"onevisit head 1\n"
_MAC: Final = 32
_SLOT: Final = 512
"""A sector of the disk: no write of one slot can touch the other."""
_SLOTS: Final = 2


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """An entry of the chain and its digest.

    Attributes:
        entry: the number of the entry; 0 where the chain has none yet.
        digest: 32 bytes.
    """

    entry: int
    digest: bytes


START: Final = Head(0, bytes(32))
"""The head of a chain without entries."""


@dataclass(frozen=True, slots=True)
class HeadFinding:
    """What does not agree between the store and its head.

    Attributes:
        fault: in which way.
        head: what is kept outside; ``START`` when nothing is.
        last: the last entry of the store.
    """

    fault: HeadFault
    head: Head
    last: Head


class HeadFile:
    """The file ``store.head`` of an open store.

    Args:
        path: where it lies, or will.
        key: the key of the store.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._path = path
        self._key = HKDF(SHA256(), 32, salt=None, info=_INFO).derive(key)
        self._lock = Lock()
        self._closed = False
        self._there = path.exists()
        self._last = self.read() or START
        self._next = self._free_slot()

    def read(self) -> Head | None:
        """The later of the heads that can be believed; None when there is none: no file, torn, another store's."""
        return max((head for head in self._slots() if head is not None), default=None)

    def write(self, head: Head) -> None:
        """Keep the end of the chain as it is after a committed transaction.

        A disk that refuses is no reason to say that nothing was saved: the transaction is through, and the head that
        stays is an earlier place on the same chain.
        """
        with self._lock:
            if self._closed or (self._there and head.entry <= self._last.entry):
                # between its commit and here another transaction overtook this one, or another store took the place
                return
            try:
                self._put(head)
            except OSError:
                logging.getLogger(__name__).warning("the head of the audit chain could not be written")
                return
            self._there, self._last, self._next = True, head, (self._next + 1) % _SLOTS

    def replace(self, head: Head) -> None:
        """Begin the file anew, durably: where there was none yet, or where its disagreement has been recorded.

        Raises:
            StoreFault: the disk does not allow it.
        """
        with self._lock, translate_os():
            write_whole(self._path, self._slot(head).ljust(_SLOT, b"\0") + bytes(_SLOT))
            self._there, self._last, self._next = True, head, 1

    def close(self) -> None:
        """Write nothing more: the store is closed, and the file may soon be another's."""
        with self._lock:
            self._closed = True

    def _put(self, head: Head) -> None:
        if not self._there:
            write_whole(self._path, bytes(_SLOT * _SLOTS))
            self._next = 0
        handle = os.open(self._path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.lseek(handle, self._next * _SLOT, os.SEEK_SET)
            os.write(handle, self._slot(head))
        finally:
            os.close(handle)

    def _slot(self, head: Head) -> bytes:
        facts = _FACTS.pack(_MARK, head.entry, head.digest)
        return facts + hmac_digest(self._key, facts, "sha256")

    def _slots(self) -> tuple[Head | None, ...]:
        try:
            content = self._path.read_bytes()
        except OSError:
            return (None,) * _SLOTS
        return tuple(self._believed(content[start : start + _SLOT]) for start in range(0, _SLOT * _SLOTS, _SLOT))

    def _believed(self, slot: bytes) -> Head | None:
        facts, mac = slot[: _FACTS.size], slot[_FACTS.size : _FACTS.size + _MAC]
        if not compare_digest(mac, hmac_digest(self._key, facts, "sha256")):
            return None
        mark, entry, digest = _FACTS.unpack(facts)
        return Head(entry, digest) if mark == _MARK else None

    def _free_slot(self) -> int:
        """The slot that is to be written next: not the one with the head that counts."""
        slots = self._slots()
        return 1 if slots[0] is not None and slots[0] == self._last else 0
