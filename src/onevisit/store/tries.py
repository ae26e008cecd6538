"""Failed log-ins, kept in a file beside the store, so that neither a restart nor a closed store forgets them.

The file names nobody: a name stands there by the label of its key slot. Whoever can write this file can also copy the
store and guess elsewhere, so it holds off the person at the keyboard, not the thief of the disk; against that one
stands the price of each guess.
"""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from onevisit.rules.lockout import FREE, Tried, failed, looked_at, wait_minutes
from onevisit.store.files import write_whole

_FORMAT: Final = "onevisit-tries"
_VERSION: Final = 1
_EVERYBODY: Final = "*"
_MOST_NAMES: Final = 1_000
_MOST_UNTOLD: Final = 1_000
_LONGEST_WAIT: Final = 86_400
_MOST_FAILURES: Final = 10**9


@dataclass(frozen=True, slots=True)
class Failure:
    """One failed log-in that the trail does not know of yet.

    Attributes:
        at: when, UTC.
        label: at which name, as the slot file calls it.
        minutes: for how long it shut that name out; 0 where it did not.
    """

    at: datetime
    label: str
    minutes: int


@dataclass(frozen=True, slots=True)
class _Book:
    names: dict[str, Tried] = field(default_factory=dict)
    untold: tuple[Failure, ...] = ()


class Tries:
    """The failed log-ins of one data folder.

    A file that cannot be read, or is no file of ours, shuts everybody out for the shortest time: a damaged file must
    be no way round. A file that cannot be written (a full disk) keeps nobody from working: it is remembered here.

    Args:
        path: the file; it need not be there.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unwritten: _Book | None = None

    def wait(self, label: str, now: datetime) -> int:
        """How many seconds a name is still shut out; 0 if it is not."""
        book = self._read(now)
        names = {name: looked_at(tried, now) for name, tried in book.names.items()}
        if any(now < tried.seen for tried in book.names.values()):
            # the clock was set back: the waits go on from where it stands now
            self._write(replace(book, names=names))
        return max((names[name].wait for name in (label, _EVERYBODY) if name in names), default=0)

    def failed(self, label: str, now: datetime) -> int:
        """Count a failure at a name; gives for how many minutes it is shut out now, 0 while guesses are free."""
        book = self._read(now)
        tried = failed(book.names.get(label) or Tried(0, 0, now), now)
        minutes = wait_minutes(tried.failures)
        untold = (*book.untold, Failure(now, label, minutes))[-_MOST_UNTOLD:]
        self._write(_Book(_fewer({**book.names, label: tried}, keep=label), untold))
        return minutes

    def forget(self, label: str, now: datetime) -> None:
        """End the row of failures at a name: the right password was given, or a new one set."""
        book = self._read(now)
        if label in book.names:
            self._write(replace(book, names={name: tried for name, tried in book.names.items() if name != label}))

    def untold(self, now: datetime) -> tuple[Failure, ...]:
        """The failures that the trail does not know of yet, oldest first."""
        return self._read(now).untold

    def told(self, failures: tuple[Failure, ...], now: datetime) -> None:
        """The trail has these now."""
        book = self._read(now)
        self._write(replace(book, untold=tuple(one for one in book.untold if one not in failures)))

    def _read(self, now: datetime) -> _Book:
        if self._unwritten is not None:
            return self._unwritten
        try:
            content = self._path.read_bytes()
        except FileNotFoundError:
            return _Book()
        except OSError:
            content = b""
        try:
            return _parse(content)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            book = _Book({_EVERYBODY: Tried(FREE, 60 * wait_minutes(FREE), now)})
            self._write(book)
            return book

    def _write(self, book: _Book) -> None:
        over = {name for name, tried in book.names.items() if name == _EVERYBODY and not tried.wait}
        book = replace(book, names={name: tried for name, tried in book.names.items() if name not in over})
        try:
            write_whole(self._path, _content(book))
            self._unwritten = None
        except OSError:
            self._unwritten = book


def _fewer(names: dict[str, Tried], keep: str) -> dict[str, Tried]:
    # whoever types a thousand names drives out those with the fewest failures, never one that is shut out for long
    if len(names) <= _MOST_NAMES:
        return names
    ranked = sorted(names, key=lambda name: (name == keep, names[name].failures, names[name].seen))
    return {name: names[name] for name in ranked[len(names) - _MOST_NAMES :]}


def _content(book: _Book) -> bytes:
    body: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "names": {name: [one.failures, one.wait, one.seen.isoformat()] for name, one in sorted(book.names.items())},
        "untold": [[one.at.isoformat(), one.label, one.minutes] for one in book.untold],
    }
    body["checksum"] = _checksum(body)
    return json.dumps(body, indent=1).encode()


def _parse(content: bytes) -> _Book:
    body = json.loads(content)
    told = body.pop("checksum")
    if body["format"] != _FORMAT or body["version"] != _VERSION or told != _checksum(body):
        raise ValueError("no file of ours")
    names = {str(name): _tried(*facts) for name, facts in body["names"].items()}
    untold = tuple(
        Failure(_moment(at), str(label), _figure(minutes, _LONGEST_WAIT)) for at, label, minutes in body["untold"]
    )
    return _Book(names, untold)


def _tried(failures: object, wait: object, seen: object) -> Tried:
    return Tried(_figure(failures, _MOST_FAILURES), _figure(wait, _LONGEST_WAIT), _moment(seen))


def _figure(value: object, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError("no figure of ours")
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.utcoffset() is None:
        raise ValueError("no moment of ours")
    return moment.astimezone(UTC)


def _checksum(body: dict[str, Any]) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
