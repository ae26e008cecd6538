"""The slot file as it lies on the disk: what stands in it, and what is no slot file of ours.

Version 1 wrapped the store key itself under each password. Version 2 gives each slot a pair of keys, so that a new
store key can be sealed for everybody without anybody's password; slots of version 1 stand in it as they are until
their owner logs in.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest
from typing import Any, Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from onevisit.store.errors import DamagedFault, TooNewFault

FORMAT: Final = "onevisit-keys"
VERSION: Final = 2
_WITHOUT_PAIRS: Final = 1
KEY: Final = 32
SALT: Final = 16
NONCE: Final = 12
TAG: Final = 16
_DAMAGED: Final = "密钥文件已损坏或被改动，请从备份恢复 store.keys。"
_VOUCHING: Final = b"onevisit slot file"


@dataclass(frozen=True, slots=True)
class Cost:
    """How dear one guess of a password is (Argon2id, RFC 9106).

    The default is the second recommendation of RFC 9106 section 4. ``make bench`` measures it: a quarter of a second
    at most on the slow PCs of a hall, so that a log-in does not feel slow and a thief tries four a second at best.

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

    def figures(self) -> list[int]:
        """The three figures in the order in which they are kept."""
        return [self.memory_kib, self.passes, self.lanes]


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the store key.

    Attributes:
        label: whose it is; names nobody.
        cost: what one guess at it costs.
        salt: of the stretching of the password.
        nonce: of the wrapping.
        wrapped: under the stretched password: the private key of the pair; in a slot without one, the store key.
        public: the public key of the pair; empty in a slot of version 1.
        ephemeral: the other half of the sealing of the store key to ``public``.
        sealed: the store key, sealed.
    """

    label: str
    cost: Cost
    salt: bytes
    nonce: bytes
    wrapped: bytes
    public: bytes = b""
    ephemeral: bytes = b""
    sealed: bytes = b""

    def wrapping_facts(self, file_salt: bytes) -> bytes:
        """What the wrapping vouches for besides: a slot cannot be moved, relabelled or made cheaper."""
        version = VERSION if self.public else _WITHOUT_PAIRS
        facts = [FORMAT, version, file_salt.hex(), self.label, self.salt.hex(), *self.cost.figures()]
        return json.dumps([*facts, self.public.hex()] if self.public else facts).encode()

    def sealing_facts(self, file_salt: bytes) -> bytes:
        """What the sealing vouches for besides the store key."""
        return json.dumps([FORMAT, VERSION, "sealed", file_salt.hex(), self.label, self.public.hex()]).encode()


@dataclass(frozen=True, slots=True)
class SlotFile:
    """All that stands in a slot file.

    Attributes:
        salt: of the labels, for the life of the house.
        slots: by label.
        vouched: the MAC of the rest under a key derived from the store key; empty in a file of version 1.
    """

    salt: bytes
    slots: Mapping[str, Slot] = field(default_factory=dict)
    vouched: bytes = b""

    def mac(self, key: bytes) -> bytes:
        """What ``vouched`` is in a file that whoever knows the store key wrote."""
        derived = HKDF(SHA256(), KEY, salt=None, info=_VOUCHING).derive(key)
        return hmac_digest(derived, json.dumps(_body(self), sort_keys=True).encode(), "sha256")


def as_bytes(file: SlotFile) -> bytes:
    """Write a slot file; it is always of the present version."""
    body = _body(file)
    body["vouched"] = _text(file.vouched)
    body["checksum"] = checksum(body)
    return json.dumps(body, indent=1).encode()


def parse(content: bytes) -> SlotFile:
    """Read a slot file.

    Raises:
        DamagedFault: it is none of ours, or not as it was written.
        TooNewFault: a later version wrote it.
    """
    try:
        body = json.loads(content)
        if body["format"] != FORMAT:
            raise DamagedFault(_DAMAGED)
        version = body["version"]
        if type(version) is int and version > VERSION:
            raise TooNewFault
        told = body.pop("checksum")
        if not compare_digest(told, checksum(body)) or version not in (_WITHOUT_PAIRS, VERSION):
            raise DamagedFault(_DAMAGED)
        return _read_file(body, pairs=version == VERSION)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedFault(_DAMAGED) from error


def checksum(body: dict[str, Any]) -> str:
    """For accidents only: what vouches against a hand is the MAC and the wrapping itself."""
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _body(file: SlotFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "salt": _text(file.salt),
        # sorted by label, so that the order does not tell which account came first
        "slots": [_slot_facts(file.slots[label]) for label in sorted(file.slots)],
    }


def _slot_facts(slot: Slot) -> dict[str, Any]:
    facts = {
        "label": slot.label,
        "kdf": "argon2id",
        "cost": slot.cost.figures(),
        "salt": _text(slot.salt),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }
    if slot.public:
        facts |= {"public": _text(slot.public), "ephemeral": _text(slot.ephemeral), "sealed": _text(slot.sealed)}
    return facts


def _read_file(body: dict[str, Any], *, pairs: bool) -> SlotFile:
    slots = [_read_slot(facts, pairs=pairs) for facts in body["slots"]]
    by_label = {slot.label: slot for slot in slots}
    if len(by_label) != len(slots):
        raise ValueError("a label twice")
    return SlotFile(_bytes(body["salt"], SALT), by_label, _bytes(body["vouched"], 32) if pairs else b"")


def _read_slot(facts: dict[str, Any], *, pairs: bool) -> Slot:
    cost = Cost(*facts["cost"])
    whole = all(type(figure) is int for figure in facts["cost"])
    if facts["kdf"] != "argon2id" or not whole or not cost.within_bounds() or not isinstance(facts["label"], str):
        raise ValueError("no slot of ours")
    salt, nonce = _bytes(facts["salt"], SALT), _bytes(facts["nonce"], NONCE)
    bare = Slot(facts["label"], cost, salt, nonce, _bytes(facts["wrapped"], KEY + TAG))
    if "public" not in facts:
        return bare
    if not pairs:
        raise ValueError("a pair in a file that has none")
    public, ephemeral = _bytes(facts["public"], KEY), _bytes(facts["ephemeral"], KEY)
    return Slot(bare.label, cost, salt, nonce, bare.wrapped, public, ephemeral, _bytes(facts["sealed"], KEY + TAG))


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _bytes(text: str, length: int) -> bytes:
    raw = b64decode(text, validate=True)
    if len(raw) != length:
        raise ValueError("wrong length")
    return raw
