"""Jobs are remembered by their numbers alone, over the end of the program."""

import stat
from pathlib import Path

from onevisit.devices.leftovers import Leftovers
from onevisit.devices.printers import JobRef

FIRST, SECOND = JobRef("slip roll", "7"), JobRef("a5", "8")


def test_a_file_remembers_for_whoever_comes_next(tmp_path: Path) -> None:
    file = tmp_path / "print.jobs"
    one, other = Leftovers(file), Leftovers(file)
    assert one.jobs() == ()
    one.add(FIRST)
    other.add(SECOND)
    assert one.jobs() == other.jobs() == (FIRST, SECOND)
    one.drop(FIRST)
    assert Leftovers(file).jobs() == (SECOND,)
    assert [path.name for path in tmp_path.iterdir()] == ["print.jobs"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_damaged_file_and_a_folder_that_is_gone_are_borne(tmp_path: Path) -> None:
    file = tmp_path / "print.jobs"
    file.write_bytes(b"\xff\xfe7\n")
    assert Leftovers(file).jobs() == ()
    file.write_text("x\n7 slip roll\n8\n\n", encoding="utf-8")
    assert Leftovers(file).jobs() == (FIRST,)
    lost = Leftovers(tmp_path / "gone" / "print.jobs")
    lost.add(FIRST)
    assert lost.jobs() == (FIRST,)


def test_without_a_file_it_remembers_for_itself() -> None:
    jobs = Leftovers()
    jobs.add(FIRST)
    assert jobs.jobs() == (FIRST,)
