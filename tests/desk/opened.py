"""A store file opened by hand, page by page, free pages included: what is left in it can be read nowhere else."""

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from onevisit.desk.desk import Desk
from onevisit.store.names import DATA

_PAGE = 4096
_SALT, _VECTOR, _RESERVED = 16, 16, 80
_LOG_HEAD, _FRAME_HEAD = 32, 24


def all_bytes(desk: Desk) -> bytes:
    """Every page of the store and of its log, decrypted and joined (SQLCipher 4: AES-256-CBC, vector in the page)."""
    key = desk.store._key
    path = desk.store.directory / DATA
    log = path.with_name(f"{path.name}-wal")
    return b"".join(_plain(page, key) for page in (*_pages(path), *_frames(log)))


def _pages(path: Path) -> Iterator[bytes]:
    raw = path.read_bytes()
    assert raw
    assert len(raw) % _PAGE == 0
    # the first page begins with the salt, which stands in place of SQLite's magic words
    yield raw[_SALT:_PAGE]
    for start in range(_PAGE, len(raw), _PAGE):
        yield raw[start : start + _PAGE]


def _frames(log: Path) -> Iterator[bytes]:
    raw = log.read_bytes()[_LOG_HEAD:] if log.exists() else b""
    for start in range(0, len(raw), _PAGE + _FRAME_HEAD):
        page = raw[start + _FRAME_HEAD : start + _FRAME_HEAD + _PAGE]
        number = int.from_bytes(raw[start : start + 4])
        yield page[_SALT:] if number == 1 else page


def _plain(page: bytes, key: bytes) -> bytes:
    if not any(page):
        return b""
    body, reserved = page[:-_RESERVED], page[-_RESERVED:]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(reserved[:_VECTOR])).decryptor()
    return decryptor.update(body) + decryptor.finalize()
