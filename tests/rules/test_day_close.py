"""The words of a day's end."""

from datetime import UTC, date, datetime

import pytest

from onevisit.rules.day_close import BackupLine, NumberUse, OpenItem, OpenKind

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 23, 9, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (NumberUse(), "今天没有发出编号"),
        (NumberUse(3, "a", "c"), "共 3 个，都在库里，无断号、无重号"),
        (NumberUse(12, "a", "c", (2, 11)), "共 12 个，缺 002、011 号，请核查"),
    ],
)
def test_the_numbers_of_a_day_in_words(numbers: NumberUse, said: str) -> None:
    assert numbers.words == said


@pytest.mark.parametrize(
    ("backup", "said"),
    [
        (BackupLine(), "还没有成功备份过"),
        (BackupLine(AT, today=True), "今天 17:30 已备份并核验"),
        (BackupLine(AT), "最近一次成功备份并核验：2026年11月23日 17:30"),
        (BackupLine(AT, today=True, second_at=LATER), "今天 17:30 已备份并核验，第二备份位置也有"),
        (BackupLine(LATER, today=True, second_at=AT), "今天 17:31 已备份并核验"),
    ],
)
def test_how_the_backups_stood_in_words(backup: BackupLine, said: str) -> None:
    assert backup.sentence == said


def test_an_open_thing_of_the_day_needs_no_long_number_on_the_screen_of_that_day() -> None:
    item = OpenItem(OpenKind.NO_SLIP, "370400-01-20261123-007-B", 7, 1, 1)
    assert item.words == "007 号　370400-01-20261123-007-B　没有打印回执"
    assert item.words_on(date(2026, 11, 23)) == "007 号　没有打印回执"
    assert item.words_on(date(2026, 11, 24)) == item.words
    assert OpenItem(OpenKind.NO_BACKUP).words_on(date(2026, 11, 23)) == "今天还没有成功备份"
