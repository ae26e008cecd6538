"""The slot file: the store key, wrapped once for each account and once under the recovery code."""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest
from pathlib import Path
from typing import Any, Final, Self
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onevisit.store import recovery
from onevisit.store.errors import DamagedFault, TooNewFault, translate_os
from onevisit.store.files import write_whole

_FORMAT: Final = "onevisit-keys"
_VERSION: Final = 1
_KEY: Final = 32
_SALT: Final = 16
_NONCE: Final = 12
_TAG: Final = 16
_RECOVERY: Final = "recovery"
_DAMAGED: Final = "密钥文件已损坏或被改动，请从备份恢复 store.keys。"


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one guess of a password is (Argon2id, RFC 9106).

    Attributes:
        memory_kib: memory of one guess, KiB.
        passes: passes over that memory.
        lanes: lanes that may run at once.
    """

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4

    def within_bounds(self) -> bool:
        """Whether this can be computed on an ordinary machine; a file that asks for more is damaged."""
        return 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1_048_576 and 1 <= self.passes <= 64


@dataclass(frozen=True, slots=True)
class _Slot:
    label: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes


class NoSlotFitsError(Exception):
    """No slot opens with what was given; name and password are not told apart."""


class KeySlots:
    """The slots of one store, as they stand in its file.

    Each change is written to the file before the method returns.

    Args:
        path: the slot file.
        cost: what new slots shall cost; dearer than an old slot means that it is rewrapped when it is next opened.
    """

    def __init__(self, path: Path, salt: bytes, slots: dict[str, _Slot], cost: Cost) -> None:
        self._path = path
        self._salt = salt
        self._slots = slots
        self._cost = cost

    @classmethod
    def create(cls, path: Path, key: bytes, recovery_code: str, cost: Cost) -> Self:
        """Make a slot file with one slot, that of the recovery code.

        Raises:
            StoreFault: it cannot be written.
        """
        slots = cls(path, secrets.token_bytes(_SALT), {}, cost)
        slots._put(slots._label(_RECOVERY, ""), recovery.plain(recovery_code), key)
        slots._write()
        return slots

    @classmethod
    def load(cls, path: Path, cost: Cost) -> Self:
        """Read a slot file.

        Raises:
            StoreFault: it cannot be read, is damaged or too new.
        """
        with translate_os():
            content = path.read_bytes()
        salt, slots = _parse(content)
        return cls(path, salt, slots, cost)

    def unlock(self, login: str, password: str) -> bytes:
        """Give the store key to whoever knows an account's password.

        Raises:
            NoSlotFitsError: after the same time and in the same way for a wrong name and a wrong password.
        """
        return self._open(self._label("account", login), password)

    def unlock_recovery(self, code: str) -> bytes:
        """Give the store key to whoever has the recovery code.

        Raises:
            NoSlotFitsError: it is not the code of this store.
        """
        return self._open(self._label(_RECOVERY, ""), recovery.plain(code))

    def add(self, login: str, password: str, key: bytes) -> None:
        """Wrap the key under an account's password, in place of the slot it had: an old password opens nothing more.

        Raises:
            StoreFault: the file cannot be written; the slots are as before.
        """
        with self.restored_on_error():
            self._put(self._label("account", login), password, key)
            self._write()

    def remove(self, login: str) -> None:
        """Take an account's slot away; nothing happens if it has none.

        Raises:
            StoreFault: the file cannot be written; the slots are as before.
        """
        if not self.has(login):
            return
        with self.restored_on_error():
            del self._slots[self._label("account", login)]
            self._write()

    def label(self, login: str) -> str:
        """What an account's slot is called in the file; tells nobody which account it is."""
        return self._label("account", login)

    @property
    def recovery_label(self) -> str:
        """What the slot of the recovery code is called."""
        return self._label(_RECOVERY, "")

    def has(self, login: str) -> bool:
        """Whether an account has a slot."""
        return self._label("account", login) in self._slots

    def is_outdated(self, login: str) -> bool:
        """Whether an account's slot was made at another cost than is asked for now, and should be rewrapped."""
        slot = self._slots.get(self._label("account", login))
        return slot is not None and slot.cost != self._cost

    @contextmanager
    def restored_on_error(self) -> Iterator[None]:
        """Put the file back as it was when what is done inside fails, so that slots and rows change together."""
        before = dict(self._slots)
        try:
            yield
        except BaseException:
            if self._slots != before:
                self._slots = before
                self._write_if_different()
            raise

    def _label(self, kind: str, login: str) -> str:
        name = normalize("NFKC", login).strip().casefold()
        return hmac_digest(self._salt, f"{kind}:{name}".encode("utf-8", "surrogatepass"), "sha256").hex()

    def _put(self, label: str, secret: str, key: bytes) -> None:
        salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
        bare = _Slot(label, self._cost, salt, nonce, b"")
        wrapped = AESGCM(_stretched(secret, bare)).encrypt(nonce, key, _bound(self._salt, bare))
        self._slots = {**self._slots, label: _Slot(label, self._cost, salt, nonce, wrapped)}

    def _open(self, label: str, secret: str) -> bytes:
        slot = self._slots.get(label) or self._decoy(label)
        try:
            return AESGCM(_stretched(secret, slot)).decrypt(slot.nonce, slot.wrapped, _bound(self._salt, slot))
        except InvalidTag as error:
            raise NoSlotFitsError from error

    def _decoy(self, label: str) -> _Slot:
        # costs what a real one costs, so that the time does not tell which names exist
        cost = next(iter(self._slots.values())).cost if self._slots else self._cost
        return _Slot(label, cost, secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE), secrets.token_bytes(48))

    def _write(self) -> None:
        with translate_os():
            write_whole(self._path, _content(self._salt, self._slots))

    def _write_if_different(self) -> None:
        with translate_os():
            content = _content(self._salt, self._slots)
            if self._path.read_bytes() != content:
                write_whole(self._path, content)


def _stretched(secret: str, slot: _Slot) -> bytes:
    return hash_secret_raw(
        normalize("NFC", secret).encode("utf-8", "surrogatepass"),
        slot.salt,
        time_cost=slot.cost.passes,
        memory_cost=slot.cost.memory_kib,
        parallelism=slot.cost.lanes,
        hash_len=_KEY,
        type=Type.ID,
    )


def _bound(file_salt: bytes, slot: _Slot) -> bytes:
    # what the wrapping vouches for besides the key: a slot cannot be moved, relabelled or made cheaper
    facts = [_FORMAT, _VERSION, file_salt.hex(), slot.label, slot.salt.hex(), *_cost_list(slot.cost)]
    return json.dumps(facts).encode()


def _cost_list(cost: Cost) -> list[int]:
    return [cost.memory_kib, cost.passes, cost.lanes]


def _content(salt: bytes, slots: dict[str, _Slot]) -> bytes:
    body: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "salt": _text(salt),
        # sorted by label, so that the order does not tell which account came first
        "slots": [_slot_facts(slots[label]) for label in sorted(slots)],
    }
    body["checksum"] = _checksum(body)
    return json.dumps(body, indent=1).encode()


def _slot_facts(slot: _Slot) -> dict[str, Any]:
    return {
        "label": slot.label,
        "kdf": "argon2id",
        "cost": _cost_list(slot.cost),
        "salt": _text(slot.salt),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }


def _parse(content: bytes) -> tuple[bytes, dict[str, _Slot]]:
    try:
        body = json.loads(content)
        if body["format"] != _FORMAT:
            raise DamagedFault(_DAMAGED)
        if body["version"] > _VERSION:
            raise TooNewFault
        told = body.pop("checksum")
        if not compare_digest(told, _checksum(body)):
            raise DamagedFault(_DAMAGED)
        slots = [_read_slot(facts) for facts in body["slots"]]
        return _bytes(body["salt"], _SALT), {slot.label: slot for slot in slots}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedFault(_DAMAGED) from error


def _read_slot(facts: dict[str, Any]) -> _Slot:
    cost = Cost(*facts["cost"])
    whole = all(type(figure) is int for figure in facts["cost"])
    if facts["kdf"] != "argon2id" or not whole or not cost.within_bounds():
        raise ValueError("no slot of ours")
    wrapped = _bytes(facts["wrapped"], _KEY + _TAG)
    return _Slot(str(facts["label"]), cost, _bytes(facts["salt"], _SALT), _bytes(facts["nonce"], _NONCE), wrapped)


def _checksum(body: dict[str, Any]) -> str:
    # for accidents only: what vouches against a hand is the wrapping itself
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _bytes(text: str, length: int) -> bytes:
    raw = b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError("wrong length")
    return raw
