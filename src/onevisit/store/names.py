"""What the files and folders of one store are called; they all lie in its data folder."""

from typing import Final

DATA: Final = "store.db"
"""The encrypted store itself; SQLite puts ``-wal`` and ``-shm`` beside it while it is open."""
SIDE_FILES: Final = (f"{DATA}-wal", f"{DATA}-shm")
SLOTS: Final = "store.keys"
"""The key slots."""
LOCK: Final = "store.lock"
"""Held by the one instance that has the store open."""
HEAD: Final = "store.head"
"""The end of the audit chain, kept outside the store."""
TRIES: Final = "store.tries"
"""Failed log-ins, by labels that name nobody."""
MAKING: Final = "store.making"
"""A set-up on its way."""
FRESH: Final = "store.fresh"
"""A new pair of store and slots that is being prepared to take the place of the present one."""
SWAP: Final = "store.swap"
"""A swap that was decided and is on its way."""
BACKUPS: Final = "backups"
KEPT: Final = "kept"
"""What a restore replaced."""
