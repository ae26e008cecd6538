"""Settings of the window that hold nothing personal: type size, colours, where it stood; one file a data folder."""

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from onevisit.ui.theme import Variant


class Preferences:
    """An ini file that only its owner can read; a file that cannot be read or written is as good as an empty one."""

    def __init__(self, file: Path) -> None:
        """Use ``file``, which need not exist yet; its folder does."""
        self._file = file
        try:
            file.touch(mode=0o600, exist_ok=True)
            os.chmod(file, 0o600)  # noqa: PTH101 - a file from an older copy may be open to all
        except OSError:
            pass  # no preferences are kept then; nothing of the work depends on them
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def large(self) -> bool:
        """Large type."""
        return self._settings.value("look/large", "false") == "true"

    @large.setter
    def large(self, value: bool) -> None:
        self._keep("look/large", "true" if value else "false")

    @property
    def variant(self) -> Variant:
        """The colours; light unless chosen otherwise."""
        kept = str(self._settings.value("look/variant", Variant.LIGHT.value))
        return Variant(kept) if kept in set(Variant) else Variant.LIGHT

    @variant.setter
    def variant(self, value: Variant) -> None:
        self._keep("look/variant", value.value)

    @property
    def geometry(self) -> QByteArray:
        """Where the main window stood; empty if never kept."""
        kept = self._settings.value("window/geometry", "")
        return QByteArray.fromHex(kept.encode("ascii", "ignore")) if isinstance(kept, str) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._keep("window/geometry", bytes(value.toHex().data()).decode("ascii"))

    def _keep(self, key: str, value: str) -> None:
        self._settings.setValue(key, value)
        self._settings.sync()
        if self._file.exists():
            self._file.chmod(0o600)  # QSettings replaces the file, with the rights of the process
