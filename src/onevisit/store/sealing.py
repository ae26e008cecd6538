"""Sealing a key to a public key: X25519 with a pair made for this one time, HKDF-SHA256, AES-256-GCM."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO: Final = b"onevisit sealed store key"
# each sealing has a key of its own, so one nonce is enough
_NONCE: Final = bytes(12)


class SealBrokenError(Exception):
    """What was sealed, or what it was bound to, is not as it was."""


def new_pair() -> tuple[bytes, bytes]:
    """Make a pair: the private key and the public key, 32 bytes each."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def seal(public: bytes, key: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """Seal a key.

    Args:
        public: to whom.
        key: what.
        bound: what the seal vouches for besides.

    Returns:
        the public half of the pair that was made for it, and the sealed key.

    Raises:
        SealBrokenError: nothing can be sealed to this public key.
    """
    ephemeral = X25519PrivateKey.generate()
    half = ephemeral.public_key().public_bytes_raw()
    return half, AESGCM(_shared(ephemeral, public, half + public)).encrypt(_NONCE, key, bound)


def unseal(private: bytes, ephemeral: bytes, sealed: bytes, bound: bytes) -> bytes:
    """Open what was sealed to the public key of ``private``.

    Raises:
        SealBrokenError: it is not as it was, or was sealed to somebody else.
    """
    own = X25519PrivateKey.from_private_bytes(private)
    public = own.public_key().public_bytes_raw()
    try:
        return AESGCM(_shared(own, ephemeral, ephemeral + public)).decrypt(_NONCE, sealed, bound)
    except InvalidTag as error:
        raise SealBrokenError from error


def _shared(own: X25519PrivateKey, other: bytes, halves: bytes) -> bytes:
    try:
        secret = own.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError as error:
        # one of the few points with which every secret is the same
        raise SealBrokenError from error
    return HKDF(SHA256(), 32, salt=halves, info=_INFO).derive(secret)
