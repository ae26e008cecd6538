"""Every file that a whole day leaves behind, or wrote and removed again, is searched for each word of it."""

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from tests.devices.private_cups import PPD, private_scheduler, why_not
from tests.torture import world
from tests.torture.children import PATIENCE, Say, child
from tests.torture.outcome import Outcome, Tally
from tests.torture.watching import Watch
from tests.torture.words import Words

from onevisit.rules.progress import Progress, no_progress

_FOLDERS = ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
_PRIVATE = {True: 0o700, False: 0o600}


def a_whole_day(place: Path, *, days: int, seed: int = 1, progress: Progress = no_progress) -> Outcome:
    """Live through whole days in one house, with everything that a program may write to in one folder."""
    _ = seed  # every day is the same
    printing = not why_not()
    tally = Tally("整天的文件里找人名、号码、电话、住址和原话" + ("" if printing else "（没有打印系统）"))
    for day in range(days):
        root = place / f"day-{day}"
        root.mkdir(mode=0o700)
        with private_scheduler() if printing else nullcontext() as cups, _everything_in(root):
            _live(root, cups, tally)
        progress(day + 1, days, tally.name)
    return tally.outcome()


def _live(root: Path, cups: Path | None, tally: Tally) -> None:
    from tests.torture import journey  # noqa: PLC0415 - Qt is loaded after the watch was forked, where it is wanted

    if cups:
        _make_queue(cups, journey.QUEUE)
    there = journey.Place(root / "data", root / "stick", cups / "cups.sock" if cups else None)
    there.data.mkdir(mode=0o700)
    founded = world.found(there.data / "store")
    words = journey.words(founded.recovery_code)
    with _watched(root, words) as removed:
        tally.lose(*journey.at_the_window(there))
        journey.at_the_desk(there, founded.recovery_code)
    tally.leak(*removed)
    tally.tried += _scan(root, words, tally)
    if cups:
        tally.tried += _scan(cups, words, tally)
        tally.leak(*(f"the print system keeps {name}" for name in _documents(cups / "spool")))
    tally.leak(*_open_to_others(there.data), *_open_to_others(there.stick))


@contextmanager
def _everything_in(root: Path) -> Iterator[None]:
    """Let every place that a program may write to lie in ``root``, and give new files no protection of themselves."""
    before = {name: os.environ.get(name) for name in _FOLDERS}
    for name in _FOLDERS:
        folder = root / name.lower()
        folder.mkdir(mode=0o700)
        os.environ[name] = str(folder)
    temporary, tempfile.tempdir = tempfile.tempdir, None
    mask = os.umask(0)
    try:
        yield
    finally:
        os.umask(mask)
        tempfile.tempdir = temporary
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _make_queue(cups: Path, queue: str) -> None:
    """A queue of which nothing remains: the paper goes away with the visitor."""
    environment = {**os.environ, "CUPS_SERVER": str(cups / "cups.sock")}
    command = ["lpadmin", "-p", queue, "-E", "-v", "file:///dev/null", "-P", str(PPD)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=30)


@contextmanager
def _watched(root: Path, words: Words) -> Iterator[list[str]]:
    """Watch ``root``; the list holds at the end what was found in files that are gone."""
    told, tell = os.pipe()
    found: list[str] = []

    def watch(say: Say) -> None:
        os.close(tell)
        _watch(root, words, told, say)

    with child(watch) as watcher:
        os.close(told)
        watcher.hear(PATIENCE, 1)
        try:
            yield found
        finally:
            os.close(tell)
            watcher.hear(PATIENCE)
        found.extend(watcher.lines[1:])


def _watch(root: Path, words: Words, told: int, say: Say) -> None:
    watch = Watch(root)
    say("watching")
    watch.watch_until(told)
    for path, content in watch.removed():
        for word in words.found_in(content):
            say(f"removed again, but held {word}: {path.relative_to(root)}")


def _scan(root: Path, words: Words, tally: Tally) -> int:
    """Search all files below a folder, and their names; give how many there were."""
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    for path in files:
        where = path.relative_to(root)
        tally.leak(*(f"{word} in {where}" for word in words.found_in(path.read_bytes())))
        tally.leak(*(f"{word} in the name {where}" for word in words.found_in(str(where).encode())))
    return len(files)


def _documents(spool: Path) -> list[str]:
    return sorted(path.name for path in spool.iterdir() if path.name.startswith("d"))


def _open_to_others(root: Path) -> Iterator[str]:
    for path in (root, *root.rglob("*")):
        facts = path.lstat()
        if (stat.S_ISREG(facts.st_mode) or stat.S_ISDIR(facts.st_mode)) and (
            stat.S_IMODE(facts.st_mode) != _PRIVATE[path.is_dir()]
        ):
            yield f"mode {stat.S_IMODE(facts.st_mode):o}: {path.relative_to(root.parent)}"
