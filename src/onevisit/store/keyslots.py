"""The key slots: the store key for each account by its password, and once by the recovery code.

Each slot has a pair of keys. The private key is wrapped under the stretched password, the store key is sealed to the
public one: whoever knows the store key can seal a new one for everybody. The file as a whole is vouched for by a MAC
under a key derived from the store key; it is checked when a slot opens and before anything is sealed.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hmac import compare_digest
from hmac import digest as hmac_digest
from pathlib import Path
from typing import Final, Self
from unicodedata import normalize

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from onevisit.store import recovery
from onevisit.store.errors import DamagedFault, translate_os
from onevisit.store.files import Aside, write_whole
from onevisit.store.sealing import SealBrokenError, new_pair, seal, unseal
from onevisit.store.slotfile import KEY, NONCE, SALT, TAG, Cost, Slot, SlotFile, as_bytes, parse

__all__ = ["Cost", "KeySlots", "NoSlotFitsError"]

_RECOVERY: Final = "recovery"
_TAMPERED: Final = "密钥文件 store.keys 被改动过，没有打开，请从备份恢复它，并查明是谁动过数据文件夹。"


class NoSlotFitsError(Exception):
    """No slot opens with what was given; name and password are not told apart."""


class KeySlots:
    """The slots of one store, as they stand in its file.

    Each change is written to the file before the method returns.

    Args:
        path: the slot file.
        content: the bytes of it; empty while it is not there.
        file: what stands in it.
        cost: what new slots shall cost; another cost than an old slot's means that it is rewrapped at the next log-in.
    """

    def __init__(self, path: Path, content: bytes, file: SlotFile, cost: Cost) -> None:
        self._path = path
        self._content = content
        self._file = file
        self._cost = cost

    @classmethod
    def create(cls, path: Path, key: bytes, recovery_code: str, cost: Cost) -> Self:
        """Make a slot file with one slot, that of the recovery code.

        Raises:
            StoreFault: it cannot be written.
        """
        slots = cls(path, b"", SlotFile(secrets.token_bytes(SALT)), cost)
        slots._put(slots.recovery_label, recovery.plain(recovery_code), key)
        return slots

    @classmethod
    def load(cls, path: Path, cost: Cost) -> Self:
        """Read a slot file.

        Raises:
            StoreFault: it cannot be read, is damaged or too new.
        """
        with translate_os():
            content = path.read_bytes()
        return cls(path, content, parse(content), cost)

    def at(self, path: Path) -> Self:
        """The slots of a file at another place, with the same cost for new ones.

        Raises:
            StoreFault: it cannot be read, is damaged or too new.
        """
        return self.load(path, self._cost)

    def reread(self) -> None:
        """Read the file again, under the lock of the store: another instance may have changed it since.

        Raises:
            StoreFault: it cannot be read, is damaged or too new.
        """
        with translate_os():
            self._content = self._path.read_bytes()
        self._file = parse(self._content)

    def unlock(self, login: str, password: str) -> bytes:
        """Give the store key to whoever knows an account's password.

        Raises:
            NoSlotFitsError: after the same time and in the same way for a wrong name and a wrong password.
            StoreFault: the password fits, but somebody changed the file.
        """
        return self._open(self.label(login), password)

    def unlock_recovery(self, code: str) -> bytes:
        """Give the store key to whoever has the recovery code.

        Raises:
            NoSlotFitsError: it is not the code of this store.
            StoreFault: the code fits, but somebody changed the file.
        """
        return self._open(self.recovery_label, recovery.plain(code))

    def add(self, login: str, password: str, key: bytes) -> None:
        """Give an account a slot, in place of the one it had: an old password opens nothing more.

        Raises:
            StoreFault: the file cannot be written, or somebody changed it; the slots are as before.
        """
        self._put(self.label(login), password, key)

    def set_recovery(self, code: str, key: bytes) -> None:
        """Give the recovery code a slot, in place of the one it had: an old code opens nothing more.

        Raises:
            StoreFault: the file cannot be written, or somebody changed it; the slots are as before.
        """
        self._put(self.recovery_label, recovery.plain(code), key)

    def remove(self, login: str, key: bytes) -> None:
        """Take an account's slot away; nothing happens if it has none.

        Raises:
            StoreFault: the file cannot be written, or somebody changed it; the slots are as before.
        """
        self._require_vouched(key)
        if self.has(login):
            label = self.label(login)
            self._replace({other: slot for other, slot in self._file.slots.items() if other != label}, key)

    def resealed(self, path: Path, key: bytes, new_key: bytes) -> tuple[Self, tuple[str, ...]]:
        """Write a file in which the same passwords open another store key.

        Args:
            path: the new file.
            key: the present store key.
            new_key: the one that shall take its place.

        Returns:
            the new slots, and the labels of those that have no pair yet: they are left out.

        Raises:
            StoreFault: the file cannot be written, or somebody changed the present one.
        """
        self._require_vouched(key)
        fresh = type(self)(path, b"", SlotFile(self._file.salt), self._cost)
        kept = {label: self._sealed(slot, new_key) for label, slot in self._file.slots.items() if slot.public}
        fresh._replace(kept, new_key)
        return fresh, tuple(sorted(set(self._file.slots) - set(kept)))

    def label(self, login: str) -> str:
        """What an account's slot is called in the file; tells nobody which account it is."""
        return self._label("account", login)

    @property
    def recovery_label(self) -> str:
        """What the slot of the recovery code is called."""
        return self._label(_RECOVERY, "")

    def has(self, login: str) -> bool:
        """Whether an account has a slot."""
        return self.label(login) in self._file.slots

    def is_outdated(self, login: str) -> bool:
        """Whether an account's slot has no pair yet, or another cost than is asked for now, and should be rewrapped."""
        return self._is_outdated(self.label(login))

    @property
    def recovery_is_outdated(self) -> bool:
        """The same of the recovery code's slot; one without a pair keeps the store from being re-keyed."""
        return self._is_outdated(self.recovery_label)

    @property
    def recovery_has_pair(self) -> bool:
        """Whether a new store key can be sealed for the recovery code."""
        slot = self._file.slots.get(self.recovery_label)
        return slot is not None and bool(slot.public)

    @contextmanager
    def restored_on_error(self) -> Iterator[None]:
        """Put the file back as it was when what is done inside fails, so that slots and rows change together."""
        file, content = self._file, self._content
        with translate_os():
            aside = Aside(self._path)
        try:
            yield
        except BaseException:
            self._file, self._content = file, content
            with translate_os():
                aside.put_back()
            raise
        finally:
            aside.let_go()

    def _is_outdated(self, label: str) -> bool:
        slot = self._file.slots.get(label)
        return slot is not None and (slot.cost != self._cost or not slot.public)

    def _label(self, kind: str, login: str) -> str:
        name = normalize("NFKC", login).strip().casefold()
        return hmac_digest(self._file.salt, f"{kind}:{name}".encode("utf-8", "surrogatepass"), "sha256").hex()

    def _put(self, label: str, secret: str, key: bytes) -> None:
        self._require_vouched(key)
        private, public = new_pair()
        bare = Slot(label, self._cost, secrets.token_bytes(SALT), secrets.token_bytes(NONCE), b"", public)
        wrapping = AESGCM(_stretched(secret, bare))
        wrapped = wrapping.encrypt(bare.nonce, private, bare.wrapping_facts(self._file.salt))
        slot = self._sealed(replace(bare, wrapped=wrapped), key)
        self._replace({**self._file.slots, label: slot}, key)

    def _sealed(self, slot: Slot, key: bytes) -> Slot:
        try:
            ephemeral, sealed = seal(slot.public, key, slot.sealing_facts(self._file.salt))
        except SealBrokenError as error:
            raise DamagedFault(_TAMPERED) from error
        return replace(slot, ephemeral=ephemeral, sealed=sealed)

    def _open(self, label: str, secret: str) -> bytes:
        slot = self._file.slots.get(label) or self._decoy(label)
        facts = slot.wrapping_facts(self._file.salt)
        try:
            inner = AESGCM(_stretched(secret, slot)).decrypt(slot.nonce, slot.wrapped, facts)
        except InvalidTag as error:
            raise NoSlotFitsError from error
        if not slot.public:
            key = inner
        else:
            try:
                key = unseal(inner, slot.ephemeral, slot.sealed, slot.sealing_facts(self._file.salt))
            except SealBrokenError as error:
                raise DamagedFault(_TAMPERED) from error
        self._require_vouched(key)
        return key

    def _require_vouched(self, key: bytes) -> None:
        # a file of version 1 has nothing to check, and no pair that anything could be sealed to
        if self._file.vouched and not compare_digest(self._file.vouched, self._file.mac(key)):
            raise DamagedFault(_TAMPERED)

    def _decoy(self, label: str) -> Slot:
        # costs what a real one costs, so that the time does not tell which names exist
        cost = next(iter(self._file.slots.values())).cost if self._file.slots else self._cost
        return Slot(label, cost, secrets.token_bytes(SALT), secrets.token_bytes(NONCE), secrets.token_bytes(KEY + TAG))

    def _replace(self, slots: dict[str, Slot], key: bytes) -> None:
        unvouched = replace(self._file, slots=slots, vouched=b"")
        file = replace(unvouched, vouched=unvouched.mac(key))
        content = as_bytes(file)
        with translate_os():
            write_whole(self._path, content)
        self._file, self._content = file, content


def _stretched(secret: str, slot: Slot) -> bytes:
    return hash_secret_raw(
        normalize("NFC", secret).encode("utf-8", "surrogatepass"),
        slot.salt,
        time_cost=slot.cost.passes,
        memory_cost=slot.cost.memory_kib,
        parallelism=slot.cost.lanes,
        hash_len=KEY,
        type=Type.ID,
    )
