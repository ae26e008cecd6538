"""单位名录 of the unit's own: who keeps it in order, and what of it may not go.

Whoever is logged in reads it; EDIT_LISTS writes. Shipped rows are examples (示例，以本地文件为准): a row that somebody
changed or confirmed is one no more.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final, Generic, TypeVar

from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.house_text import edition_of, put, read_typed, take_away
from onevisit.desk.lawbook import ORGANS, directory, house_text
from onevisit.rules import organs, text
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.organs import Directory, Organ

T = TypeVar("T")

_NOT_THERE: Final = "名录里没有这个单位了，请看过最新的名录再办。"


@dataclass(frozen=True, slots=True)
class HouseList(Generic[T]):
    """A list as it stands.

    Attributes:
        entries: what is in it.
        own: the unit's own; else the shipped one.
        seen: the edition, to be handed back with a change, so that a second window overwrites nothing.
        unread: why this version cannot read the unit's own, which waits to be mended; empty where it can.
    """

    entries: T
    own: bool
    seen: str
    unread: str = ""


def listed(session: Session, name: str, read: Callable[[Session], T], otherwise: T) -> HouseList[T]:
    """One list with its edition, ``otherwise`` in the place of what cannot be read; a step inside use cases."""
    content = house_text(session, name)
    try:
        return HouseList(read(session), bool(content), edition_of(content))
    except PlainFault as fault:
        return HouseList(otherwise, own=True, seen=edition_of(content), unread=fault.sentence)


def text_of(session: Session, name: str, read: Callable[[Session], T], write: Callable[[T], str]) -> str:
    """One list as text, as it is kept where it cannot be read; a step inside use cases."""
    try:
        return write(read(session))
    except PlainFault:
        return house_text(session, name)


def organs_listed(desk: Desk) -> HouseList[Directory]:
    """The directory of organs. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return listed(session, ORGANS, directory, organs.shipped())


def save_organ(desk: Desk, organ: Organ, seen: str) -> Organ:
    """Add a row (its key is empty), or put it in the place of the one with its key. Needs EDIT_LISTS.

    Returns:
        the row as it stands now, no example any more.

    Raises:
        FormError: faults at the field names of ``Organ``.
        NotFoundError: no row has this key.
        ChangedElsewhereError: another window changed the directory meanwhile; nothing was written.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        rows = directory(session)
        plain = _tidied(replace(organ, key=organ.key or _new_key(rows)))
        others = tuple(one for one in rows if one.key != plain.key)
        faults = (*organs.check(plain, others), *_twin_faults(plain, others))
        if faults:
            raise FormError(faults)
        if organ.key and len(others) == len(rows):
            raise NotFoundError(_NOT_THERE)
        kept = tuple(plain if one.key == plain.key else one for one in rows)
        _put(desk, session, kept if organ.key else (*rows, plain), seen)
        return plain


def confirm_organs(desk: Desk, keys: Collection[str], seen: str) -> int:
    """Take the example mark from rows that somebody checked and found right. Needs EDIT_LISTS.

    Returns:
        how many rows were examples until now.

    Raises:
        ChangedElsewhereError: as in ``save_organ``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        rows = directory(session)
        checked = tuple(replace(one, example=False) if one.key in keys else one for one in rows)
        confirmed = sum(one.example for one in rows) - sum(one.example for one in checked)
        if confirmed:
            _put(desk, session, checked, seen)
        return confirmed


def remove_organ(desk: Desk, key: str, seen: str) -> None:
    """Take a row out; matters that went there keep its name. Needs EDIT_LISTS.

    Raises:
        NotFoundError: no row has this key.
        ChangedElsewhereError: as in ``save_organ``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        rows = directory(session)
        kept = tuple(one for one in rows if one.key != key)
        if len(kept) == len(rows):
            raise NotFoundError(_NOT_THERE)
        _put(desk, session, kept, seen)


def import_organs(desk: Desk, typed: str, seen: str) -> int:
    """Put a whole directory, such as ``organs_text`` wrote, in the place of the present one. Needs EDIT_LISTS.

    A row that differs from the present one of its key is no example any more, whatever the file says.

    Returns:
        how many rows there are now.

    Raises:
        PlainFault: what is wrong with the file, in one sentence.
        DeskFault: there is no organ in it.
        ChangedElsewhereError: as in ``save_organ``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        present = listed(session, ORGANS, directory, organs.shipped())
        known = {one.key: one for one in present.entries}
        read = read_typed(organs.from_json, typed)
        rows = tuple(one if one == known.get(one.key) else _tidied(one) for one in read)
        # read once more: what was tidied away may have been all that told two rows apart
        organs.from_json(organs.to_json(rows))
        for place, one in enumerate(rows):
            for fault in _twin_faults(one, rows[:place]):
                raise DeskFault(f"单位名录第 {place + 1} 个单位：{fault.sentence}")
        if not rows:
            raise DeskFault("这份名录里一个单位也没有，没有导入，请核对是不是选错了文件。")
        _put(desk, session, rows, seen)
        return len(rows)


def organs_text(desk: Desk) -> str:
    """The directory as text that people can edit and bring back. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return text_of(session, ORGANS, directory, organs.to_json)


def put_back_organs(desk: Desk, seen: str) -> None:
    """Take the unit's own directory out; the shipped examples hold again. Needs EDIT_LISTS.

    Raises:
        NotFoundError: the unit has none of its own.
        ChangedElsewhereError: as in ``save_organ``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        take_away(session, ORGANS, seen)
        desk.record(session, "list.put_back", detail=ORGANS)


def _put(desk: Desk, session: Session, rows: Sequence[Organ], seen: str) -> None:
    put(desk, session, ORGANS, organs.to_json(tuple(rows)), seen)
    desk.record(session, "list.changed", detail=f"{ORGANS}/{len(rows)}")


def _twin_faults(organ: Organ, others: Sequence[Organ]) -> tuple[Fault, ...]:
    """A matter keeps the name of the organ it went to: two of one name would give the visitor either address."""
    if any(one.name == organ.name for one in others):
        return (Fault("name", f"名录里已经有“{organ.name}”，请写明是哪里的，例如加上区（市）。"),)
    return ()


def _tidied(organ: Organ) -> Organ:
    bring = tuple(line for line in map(text.tidy, organ.bring) if line)
    return replace(
        organ,
        key=text.tidy(organ.key),
        name=text.tidy(organ.name),
        address=text.tidy(organ.address),
        phone=text.tidy(organ.phone),
        hours=text.tidy(organ.hours),
        bring=bring,
        place_code=organ.place_code.strip(),
        example=False,
    )


def _new_key(rows: Sequence[Organ]) -> str:
    taken = {one.key for one in rows}
    return next(key for number in count(1) if (key := f"organ-{number}") not in taken)
