"""期限 (挂图作战): all open matters by the time that is left, read in one pass, however many there are.

The pass reads a few codes and days of each matter; matters that met the same days are counted once. Only what is in
sight is fetched whole, and whether it may be known is asked again then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.board_reading import NO_ORGAN, BoardChoice, chosen, line_of, nearest_of_all, open_matters
from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.unread_rules import unread
from onevisit.rules.accounts import Permission
from onevisit.rules.board import PRINTED, BoardLine, BoardPart, BoardSheet, DueGroup, group_of
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_history import Whose
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.regions import name_of
from onevisit.store.tables import Matter, Visit

__all__ = [
    "CARDS",
    "NO_ORGAN",
    "Board",
    "BoardCard",
    "BoardChoice",
    "BoardChoices",
    "BoardColumn",
    "board",
    "choices",
    "more_cards",
    "record_printed",
    "sheet",
]

MOST_PRINTED: Final = 300
"""So many matters stand on a printed sheet; the most pressing ones."""
CARDS: Final = 20
"""So many cards a column are read at first, and again each time more are asked for."""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One matter on the board.

    Attributes:
        organ: whose turn it is, in words.
        clock: what is due; empty where no days run.
        words: how much time is left, ``还有 3 天``; why no days run.
        provisional: the date rests on a year whose notice is not in the table yet.
    """

    matter_id: int
    matter_no: str
    title: str
    organ: str
    place: str
    group: DueGroup
    clock: str
    due: date | None
    words: str
    provisional: bool
    confidential: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: how many belong there, the first of them, and the ids of all, most pressing first."""

    group: DueGroup
    cards: tuple[BoardCard, ...]
    matter_ids: tuple[int, ...]

    @property
    def rest(self) -> int:
        """How many are not read yet."""
        return len(self.matter_ids) - len(self.cards)


@dataclass(frozen=True, slots=True)
class Board:
    """The board as it stands today.

    Attributes:
        unread: which matters have clocks that cannot be read, and what to do; one sentence for each rule set.
    """

    day: date
    columns: tuple[BoardColumn, ...]
    unread: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many matters stand on it."""
        return sum(len(column.matter_ids) for column in self.columns)


@dataclass(frozen=True, slots=True)
class BoardChoices:
    """What can be chosen, each with its words, most frequent first."""

    organs: tuple[tuple[str, str], ...]
    places: tuple[tuple[str, str], ...]
    clerks: tuple[tuple[int, str], ...]


def board(desk: Desk, choice: BoardChoice, progress: Progress = no_progress) -> Board:
    """Read the board. Needs SEE_DUE; shows only what may be known.

    Args:
        desk: who looks.
        choice: which matters.
        progress: told how many matters are read.
    """
    with desk.look(Permission.SEE_DUE) as session:
        today = local_day(desk.now())
        found: dict[DueGroup, list[tuple[date, int]]] = {group: [] for group in DueGroup}
        for matter_id, line in nearest_of_all(desk, session, choice, progress):
            due = line.due if line is not None and line.due is not None else None
            group = group_of(due, line.state if line is not None else None, today)
            found[group].append((due or date.max, matter_id))
        ids = {group: tuple(matter_id for _, matter_id in sorted(matters)) for group, matters in found.items()}
        first = [matter_id for some in ids.values() for matter_id in some[:CARDS]]
        cards: dict[DueGroup, list[BoardCard]] = {group: [] for group in DueGroup}
        for card in _cards(desk, session, choice, first):
            cards[card.group].append(card)
        columns = tuple(BoardColumn(group, tuple(cards[group]), ids[group]) for group in DueGroup)
        return Board(today, columns, unread(session, *chosen(desk, choice)))


def more_cards(desk: Desk, choice: BoardChoice, matter_ids: Sequence[int]) -> tuple[BoardCard, ...]:
    """Read some matters of the board, in the order of their ids; those that ended meanwhile are left out.

    Needs SEE_DUE; shows only what may be known.
    """
    with desk.look(Permission.SEE_DUE) as session:
        return _cards(desk, session, choice, matter_ids)


def sheet(desk: Desk, choice: BoardChoice, narrowed: str, progress: Progress = no_progress) -> BoardSheet:
    """The board for the wall or the file: what is due within 15 days one by one, the rest counted. Needs SEE_DUE.

    Args:
        desk: who prints.
        choice: which matters.
        narrowed: by what the board is narrowed, in words.
        progress: told how many matters are read.
    """
    found = board(desk, choice, progress)
    parts, room = [], MOST_PRINTED
    for column in found.columns:
        ids = column.matter_ids[:room] if column.group in PRINTED else ()
        cards = more_cards(desk, choice, ids)
        room -= len(ids)
        lines = tuple(_printed(card) for card in cards if not card.confidential)
        parts.append(BoardPart(column.group, len(column.matter_ids), lines, len(cards) - len(lines)))
    return BoardSheet(
        unit=desk.unit,
        practice=desk.practice,
        made_at=desk.now(),
        staff_no=desk.actor.staff_no,
        day=found.day,
        narrowed=narrowed,
        parts=tuple(parts),
    )


def record_printed(desk: Desk) -> None:
    """Write into the trail that the board was printed. Needs SEE_DUE."""
    with desk.work(Permission.SEE_DUE) as session:
        desk.record(session, "board.printed")


def choices(desk: Desk) -> BoardChoices:
    """By what the board can be narrowed: what occurs among the open matters. Needs SEE_DUE."""
    with desk.look(Permission.SEE_DUE) as session:
        staff = records.staff(session)
        organs = _counted(desk, session, Matter.lead_organ)
        places = _counted(desk, session, Matter.place_code)
        first = select(Visit.clerk_id, func.count()).join(Visit.matter).where(Visit.ordinal == 1, *open_matters(desk))
        clerks = sorted(session.execute(first.group_by(Visit.clerk_id)), key=lambda row: -row[1])
        return BoardChoices(
            organs=tuple((code or NO_ORGAN, f"{code or '还没有定去向'}（{count}）") for code, count in organs),
            places=tuple((code, f"{name_of(code) or code}（{count}）") for code, count in places if code),
            clerks=tuple((who, f"{staff[who].name} {staff[who].staff_no}（{count}）") for who, count in clerks),
        )


def _printed(card: BoardCard) -> BoardLine:
    turn = f"{card.organ}：{card.clock}" if card.clock else card.organ
    return BoardLine(card.matter_no, card.title, turn, card.due, card.words, card.provisional)


def _counted(desk: Desk, session: Session, column: Any) -> list[tuple[str, int]]:  # noqa: ANN401  a mapped column
    rows = session.execute(select(column, func.count()).where(*open_matters(desk)).group_by(column))
    return sorted(((str(code), count) for code, count in rows), key=lambda row: -row[1])


def _cards(desk: Desk, session: Session, choice: BoardChoice, matter_ids: Sequence[int]) -> tuple[BoardCard, ...]:
    if not matter_ids:
        return ()
    query = select(Matter).where(Matter.id.in_(matter_ids), *open_matters(desk))
    matters = {matter.id: matter for matter in session.scalars(query)}
    lines = due_lines(desk, session, matters.values())
    today = local_day(desk.now())
    return tuple(
        _card(matters[one], line_of(choice, lines[one]), lines[one], today) for one in matter_ids if one in matters
    )


def _card(matter: Matter, line: DueLine | None, lines: Sequence[DueLine], today: date) -> BoardCard:
    organ = "窗口" if line is not None and line.whose is Whose.WINDOW else matter.lead_organ or "窗口"
    return BoardCard(
        matter_id=matter.id,
        matter_no=matter.number,
        title=matter.title,
        organ="来访人" if line is not None and line.whose is Whose.PETITIONER else organ,
        place=name_of(matter.place_code),
        group=group_of(line.due if line else None, line.state if line else None, today),
        clock=line.label if line else "",
        due=line.due if line else None,
        words=line.words if line else _why_none(matter, lines),
        provisional=line.provisional if line else False,
        confidential=matter.confidential,
        urgent=matter.urgent,
    )


def _why_none(matter: Matter, lines: Sequence[DueLine]) -> str:
    """Where the matter stands, or why no days run."""
    said = next((one.words for one in lines if one.due is None and one.done is None), "")
    return said or matter.state.label
