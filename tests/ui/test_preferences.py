"""Settings of the window are kept, private, and forgiving."""

from pathlib import Path

from PySide6.QtCore import QByteArray

from onevisit.ui.preferences import Preferences
from onevisit.ui.theme import Variant


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first = Preferences(file)
    assert (first.large, first.variant, bytes(first.geometry.data())) == (False, Variant.LIGHT, b"")
    first.large, first.variant, first.geometry = True, Variant.CONTRAST, QByteArray(b"\x01\x02")
    again = Preferences(file)
    assert (again.large, again.variant, bytes(again.geometry.data())) == (True, Variant.CONTRAST, b"\x01\x02")
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_is_as_good_as_none(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    file.write_bytes(b"[look]\nvariant=pink\nlarge=\xff\n\x00[[[")
    assert (Preferences(file).large, Preferences(file).variant) == (False, Variant.LIGHT)


def test_a_folder_that_is_gone_keeps_nobody_from_working(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "gone" / "window.ini")
    preferences.large = True
