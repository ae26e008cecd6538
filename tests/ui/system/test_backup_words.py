"""How the backups stand, in words and tones."""

from datetime import UTC, datetime, timedelta

import pytest

from onevisit.desk.backups import BackupHealth
from onevisit.ui.system.backup_words import ago_words, health_lines

NOW = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)
EARLIER = NOW - timedelta(hours=2, minutes=27)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-1), ""),
        (timedelta(seconds=59), "刚才"),
        (timedelta(minutes=1), "1 分钟前"),
        (timedelta(minutes=59, seconds=59), "59 分钟前"),
        (timedelta(hours=1), "1 小时前"),
        (timedelta(hours=47), "47 小时前"),
        (timedelta(days=2), "2 天前"),
    ],
)
def test_how_long_ago(passed: timedelta, words: str) -> None:
    assert ago_words(NOW - passed, NOW) == words


@pytest.mark.parametrize(
    ("health", "folder", "tones", "words"),
    [
        (
            BackupHealth(None, overdue=False),
            "",
            ("fault", "attention"),
            ("还没有一份核验过的备份", "还没有设第二备份位置"),
        ),
        (
            BackupHealth(EARLIER, overdue=False, second_last_at=EARLIER),
            "/media/usb",
            ("fine", "fine"),
            ("2026年11月24日 08:03（2 小时前）", "✓ 第二备份位置 /media/usb"),
        ),
        (
            BackupHealth(NOW - timedelta(days=3), overdue=True, second_last_at=EARLIER, second_missing=True),
            "/media/usb",
            ("fault", "attention"),
            ("已超过一天没有成功备份", "没有接上。请插好 U 盘"),
        ),
        (
            BackupHealth(EARLIER, overdue=False),
            "/media/usb",
            ("fine", "attention"),
            ("✓ 本机", "里还没有备份，请按“立即备份”"),
        ),
    ],
)
def test_each_place_has_its_sentence(
    health: BackupHealth, folder: str, tones: tuple[str, str], words: tuple[str, str]
) -> None:
    lines = health_lines(health, folder, NOW)
    assert tuple(tone for tone, _ in lines) == tones
    for (tone, sentence), part in zip(lines, words, strict=True):
        assert part in sentence
        assert sentence[0] == ("✓" if tone == "fine" else "！"), "never colour alone"
