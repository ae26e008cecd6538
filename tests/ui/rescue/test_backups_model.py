"""The table of backups: what its cells say, in which tone, and how a row is found again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from onevisit.desk.backup_list import BackupInfo
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState
from onevisit.ui.rescue.backups_model import BackupModel, size_words
from onevisit.ui.widgets.items import WORDS_ROLE

from .conftest import BACKUPS, DAMAGED, backup


@pytest.fixture
def model(qapp: QApplication) -> BackupModel:
    made = BackupModel()
    made.show(BACKUPS)
    return made


def _texts(model: BackupModel, row: int) -> list[str]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_a_backup_is_told_in_words(model: BackupModel) -> None:
    assert _texts(model, 1) == ["2026年11月24日 08:03", "每天首次登录", "12.2 MB", "本机", "未核验"]
    assert _texts(model, 2)[3] == "第二备份位置"
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert heads == ["时间", "起因", "大小", "位置", "状态"]


def test_a_damaged_backup_says_what_is_wrong_and_where_it_lies(model: BackupModel) -> None:
    assert _texts(model, 3)[1:] == ["—", "—", "本机", "！已损坏"]
    tip = model.index(3, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert DAMAGED in tip
    assert str(BACKUPS[3].folder) in tip


@pytest.mark.parametrize("state", BackupState)
def test_no_state_is_told_by_colour_alone(qapp: QApplication, state: BackupState) -> None:
    model = BackupModel()
    model.show((backup("20261124-023000-by_hand", BackupOccasion.BY_HAND, BackupPlace.FIRST, state=state),))
    words = model.index(0, 4).data(WORDS_ROLE)
    assert state.label in words[0][0]
    assert words[0][1]


def test_a_backup_is_found_again_by_its_folder(model: BackupModel) -> None:
    wanted: BackupInfo = BACKUPS[2]
    assert model.place_of(wanted) == 2
    model.show(BACKUPS[2:])
    assert model.place_of(wanted) == 0
    model.show(BACKUPS[:2])
    assert model.place_of(wanted) == 0, "gone: the newest"
    assert model.place_of(None) == 0


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 字节"), (1023, "1023 字节"), (1024, "1.0 KB"), (12_900_000, "12.3 MB"), (5 << 30, "5.0 GB")],
)
def test_a_size_is_told_as_people_read_it(size: int, words: str) -> None:
    assert size_words(size) == words
