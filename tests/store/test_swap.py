"""A new pair takes the place of the old one: both files or neither, at whatever step the power goes."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from onevisit.store import swap
from onevisit.store.errors import AlreadyOpenFault, DamagedFault, DiskFullFault, StoreFault
from onevisit.store.folder import is_founded
from onevisit.store.lock import InstanceLock
from onevisit.store.names import DATA, FRESH, HEAD, KEPT, LOCK, SIDE_FILES, SLOTS, SWAP
from onevisit.store.swap import finish_swap, swap_in

OLD = {name: f"old {name}".encode() for name in (DATA, *SIDE_FILES, SLOTS, HEAD)}
NEW = {DATA: b"new store of another length", SLOTS: b"new slots"}


class PowerCutError(BaseException):
    """The power goes."""


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A data folder with an old pair and a fresh one that waits."""
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / FRESH).mkdir()
    for name, content in NEW.items():
        (tmp_path / FRESH / name).write_bytes(content)
    return tmp_path


def held(directory: Path) -> dict[str, bytes]:
    """What the files of a store hold."""
    return {name: (directory / name).read_bytes() for name in OLD if (directory / name).exists()}


def swapped(directory: Path) -> None:
    swap_in(directory, directory / FRESH, directory / KEPT / "one")


def test_the_new_pair_is_in_place_and_the_old_one_is_kept_whole(directory: Path) -> None:
    swapped(directory)
    assert held(directory) == NEW
    assert held(directory / KEPT / "one") == OLD
    assert not (directory / FRESH).exists()
    assert not (directory / SWAP).exists()
    assert not finish_swap(directory)


def test_the_head_of_the_new_store_goes_with_it(directory: Path) -> None:
    (directory / FRESH / HEAD).write_bytes(b"new head")
    swapped(directory)
    assert held(directory) == {**NEW, HEAD: b"new head"}
    assert held(directory / KEPT / "one") == OLD


def cut_at(step: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let the power go before the given step that touches the disk; gives how many steps there were."""
    done = 0

    def counted(work: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object, **named: object) -> object:
            nonlocal done
            if done == step:
                raise PowerCutError
            done += 1
            return work(*given, **named)

        return counting

    for name in ("make_folder", "sync_file", "sync_folder", "write_whole"):
        monkeypatch.setattr(swap, name, counted(getattr(swap, name)))
    for name in ("replace", "unlink"):
        monkeypatch.setattr(Path, name, counted(getattr(Path, name)))
    return lambda: done


@pytest.mark.parametrize("step", range(40))
def test_whenever_the_power_goes_one_pair_is_whole(directory: Path, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        steps = cut_at(step, patch)
        try:
            swapped(directory)
        except PowerCutError:
            assert steps() == step
    if finish_swap(directory) or not (directory / FRESH / DATA).exists():
        assert held(directory) == NEW
        assert held(directory / KEPT / "one") == OLD
    else:
        assert held(directory) == OLD
        assert held(directory / FRESH) == NEW


def test_nothing_that_is_kept_is_overwritten(directory: Path) -> None:
    kept = directory / KEPT / "one"
    kept.mkdir(parents=True)
    (kept / DATA).write_bytes(b"kept before")
    swapped(directory)
    assert (kept / DATA).read_bytes() == b"kept before"
    assert (kept / f"{DATA}.2").read_bytes() == OLD[DATA]


def test_a_missing_old_pair_is_no_hindrance(directory: Path) -> None:
    for name in OLD:
        (directory / name).unlink()
    swapped(directory)
    assert held(directory) == NEW


@pytest.mark.parametrize("missing", [DATA, SLOTS])
def test_half_a_pair_is_never_put_in_place(directory: Path, missing: str) -> None:
    (directory / FRESH / missing).unlink()
    with pytest.raises(ValueError, match="whole"):
        swapped(directory)
    assert held(directory) == OLD


def test_a_store_whose_log_could_not_be_written_back_is_never_put_in_place(directory: Path) -> None:
    (directory / FRESH / f"{DATA}-wal").write_bytes(b"what there was no room for")
    with pytest.raises(DiskFullFault):
        swapped(directory)
    assert held(directory) == OLD


def test_folders_elsewhere_are_refused(directory: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(ValueError, match="data folder"):
        swap_in(directory, directory / FRESH, tmp_path_factory.mktemp("elsewhere"))


@pytest.mark.parametrize(
    "written", [b"", b"{", b"[]", b'{"fresh": 1}', json.dumps({"fresh": "../x", "kept": "k"}).encode()]
)
def test_a_decision_that_cannot_be_read_touches_nothing(directory: Path, written: bytes) -> None:
    (directory / SWAP).write_bytes(written)
    with pytest.raises(DamagedFault, match=r"store\.swap"):
        finish_swap(directory)
    assert held(directory) == OLD


def test_the_next_start_finishes_a_swap_unless_another_instance_is_at_it(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(swap, "finish_swap", lambda _: None)
        swapped(directory)
    assert held(directory) == OLD
    lock = InstanceLock(directory / LOCK)
    with pytest.raises(AlreadyOpenFault):
        is_founded(directory)
    lock.release()
    assert is_founded(directory)
    assert held(directory) == NEW


def test_a_disk_that_refuses_is_said(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(swap, "write_whole", refuse)
        with pytest.raises(StoreFault, match="磁盘已满"):
            swapped(directory)
    assert held(directory) == OLD
