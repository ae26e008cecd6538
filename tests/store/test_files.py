"""Files that are written whole."""

import os
from pathlib import Path

import pytest

from onevisit.store import files


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_whole(path, b"one")
    files.write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_whole(path, b"one")
    with pytest.raises(TypeError):
        files.write_whole(path, "text")  # type: ignore[arg-type]  # what fails half-way
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_is_not_made_over_another(tmp_path: Path) -> None:
    files.make_empty(tmp_path / "a")
    with pytest.raises(FileExistsError):
        files.make_empty(tmp_path / "a")


def test_where_one_can_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert files.can_write_in(tmp_path)
    assert not files.can_write_in(tmp_path / "file")
    assert not files.can_write_in(tmp_path / "missing")
    assert files.first_existing(tmp_path / "missing" / "more") == tmp_path


def test_a_file_is_put_back_without_any_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    files.write_whole(path, b"one")
    before = path.stat().st_ino
    aside = files.Aside(path)
    files.write_whole(path, b"two")
    monkeypatch.setattr(files, "write_whole", None)
    aside.put_back()
    aside.let_go()
    assert path.read_bytes() == b"one"
    assert path.stat().st_ino == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_hard_links_writes_it_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_from: object, _to: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "a"
    files.write_whole(path, b"one")
    aside = files.Aside(path)
    files.write_whole(path, b"two")
    aside.put_back()
    aside.let_go()
    assert path.read_bytes() == b"one"


def test_what_a_power_cut_left_is_cleared(tmp_path: Path) -> None:
    path = tmp_path / "a"
    files.write_whole(path, b"one")
    files.Aside(path)
    assert len(list(tmp_path.iterdir())) == 2
    files.clear_asides(tmp_path, "a")
    assert list(tmp_path.iterdir()) == [path]
