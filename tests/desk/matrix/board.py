"""The board of what is due."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import board
from onevisit.desk.board import BoardChoice
from onevisit.rules.accounts import Permission

USE_CASES: dict[str, UseCase] = {
    "board.board": UseCase(Permission.SEE_DUE, lambda desk: board.board(desk, BoardChoice())),
    "board.more_cards": UseCase(Permission.SEE_DUE, lambda desk: board.more_cards(desk, BoardChoice(), [NOBODY])),
    "board.sheet": UseCase(Permission.SEE_DUE, lambda desk: board.sheet(desk, BoardChoice(), "")),
    "board.record_printed": UseCase(Permission.SEE_DUE, board.record_printed),
    "board.choices": UseCase(Permission.SEE_DUE, board.choices),
}
NO_USE_CASES: dict[str, str] = {
    "board_reading.open_matters": "a condition for the use cases of the board",
    "board_reading.chosen": "conditions for the use cases of the board",
}
