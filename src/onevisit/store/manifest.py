"""What a backup says of itself: its files' digests and the end of its audit trail, vouched for by the store key."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest
from pathlib import Path
from typing import Any, Final, Self

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onevisit.rules.keeping import BackupOccasion
from onevisit.store.errors import DamagedFault, TooNewFault, translate_os

MANIFEST: Final = "manifest.json"
_FORMAT: Final = "onevisit-backup"
_VERSION: Final = 1
_MOST_BYTES: Final = 65_536
_DIGEST: Final = 32
_PIECE: Final = 1_048_576
_DAMAGED: Final = "这份备份的清单已损坏或被改动，请换一份备份。"


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file as it should be: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The facts of one backup.

    Attributes:
        schema: the revision of the store's schema.
        made_at: when, in UTC.
        occasion: why.
        data: the store file.
        slots: the slot file.
        audit_entry: number of the last entry of the audit trail; 0 when there is none.
        audit_digest: its digest.
        mac: vouches for all of it, by a key that only the store key gives.
    """

    schema: str
    made_at: datetime
    occasion: BackupOccasion
    data: FileMark
    slots: FileMark
    audit_entry: int
    audit_digest: bytes
    mac: bytes = b""

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the manifest of a backup.

        Raises:
            StoreFault: it cannot be read, is damaged or of a later version.
        """
        if not (folder / MANIFEST).is_file():
            raise DamagedFault("这不是一份完整的备份（缺少清单 manifest.json），请换一份备份。")
        with translate_os(), (folder / MANIFEST).open("rb") as file:
            content = file.read(_MOST_BYTES)
        try:
            body = json.loads(content)
            if body["format"] != _FORMAT:
                raise DamagedFault(_DAMAGED)
            if body["version"] > _VERSION:
                raise TooNewFault
            return cls._from(body)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise DamagedFault(_DAMAGED) from error

    @classmethod
    def _from(cls, body: dict[str, Any]) -> Self:
        made_at = datetime.fromisoformat(body["made_at"])
        digest, mac = bytes.fromhex(body["audit"]["digest"]), bytes.fromhex(body["mac"])
        if made_at.tzinfo is None or len(digest) != _DIGEST or len(mac) != _DIGEST:
            raise ValueError("no manifest of ours")
        return cls(
            schema=str(body["schema"]),
            made_at=made_at.astimezone(UTC),
            occasion=BackupOccasion.from_code(body["occasion"]),
            data=_mark(body["files"]["data"]),
            slots=_mark(body["files"]["slots"]),
            audit_entry=_whole(body["audit"]["entry"]),
            audit_digest=digest,
            mac=mac,
        )

    def content(self, key: bytes) -> bytes:
        """The manifest as it is written, with the MAC by the store key."""
        body = self._body()
        return json.dumps({**body, "mac": _mac(body, key).hex()}, indent=1).encode()

    def vouched_for(self, key: bytes) -> bool:
        """Whether whoever wrote this had the store key."""
        return compare_digest(self.mac, _mac(self._body(), key))

    def _body(self) -> dict[str, Any]:
        return {
            "format": _FORMAT,
            "version": _VERSION,
            "schema": self.schema,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "occasion": self.occasion.value,
            "files": {
                "data": {"bytes": self.data.size, "sha256": self.data.sha256},
                "slots": {"bytes": self.slots.size, "sha256": self.slots.sha256},
            },
            "audit": {"entry": self.audit_entry, "digest": self.audit_digest.hex()},
        }


def mark_of(path: Path, read: Callable[[int], None] | None = None) -> FileMark:
    """Read a file and say its size and digest.

    Args:
        path: the file.
        read: told the bytes read so far; what it raises ends the reading.

    Raises:
        StoreFault: it cannot be read.
    """
    hasher, done = sha256(), 0
    with translate_os(), path.open("rb") as file:
        while piece := file.read(_PIECE):
            hasher.update(piece)
            done += len(piece)
            if read:
                read(done)
    return FileMark(done, hasher.hexdigest())


def _mac(body: dict[str, Any], key: bytes) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=b"onevisit backup manifest").derive(key)
    return hmac_digest(derived, json.dumps(body, sort_keys=True).encode(), "sha256")


def _mark(facts: dict[str, Any]) -> FileMark:
    digest = bytes.fromhex(facts["sha256"])
    if len(digest) != _DIGEST:
        raise ValueError("no digest")
    return FileMark(_whole(facts["bytes"]), digest.hex())


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("no count")
    return value
