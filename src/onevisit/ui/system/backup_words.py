"""How the backups stand, in words and tones; testable without a window."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from onevisit.desk.backups import BackupHealth
from onevisit.desk.kept import KeptStore
from onevisit.rules.clocks import show_moment
from onevisit.ui.rescue.backups_model import size_words

Line = tuple[str, str]
"""A tone (``fine``, ``attention`` or ``fault``) and a sentence."""

_HOUR, _DAY = timedelta(hours=1), timedelta(days=2)


def ago_words(at: datetime, now: datetime) -> str:
    """How long ago something was, as people say it; empty when the clock says it has not come yet."""
    passed = now - at
    if passed < timedelta(0):
        return ""
    if passed < timedelta(minutes=1):
        return "刚才"
    if passed < _HOUR:
        return f"{passed // timedelta(minutes=1)} 分钟前"
    return f"{passed // _HOUR} 小时前" if passed < _DAY else f"{passed.days} 天前"


def health_lines(health: BackupHealth, second_folder: str, now: datetime) -> tuple[Line, ...]:
    """Say of both places when the last good backup was made, and what to do where something is missing.

    Args:
        health: as the desk gives it.
        second_folder: what is set as the second place; empty when none is.
        now: the present moment.
    """
    return _first(health, now), _second(health, second_folder, now)


def kept_words(kept: Sequence[KeptStore], now: datetime) -> str:
    """Say how many older stores restores put aside, and what to do with them; ``kept`` is not empty."""
    size = size_words(sum(one.size for one in kept))
    oldest = _moment(kept[0].since, now)
    return (
        f"恢复时换下的旧数据还有 {len(kept)} 份，共 {size}，最早的一份：{oldest}。"
        "备份之后登记的、已经匿名的内容都还在里面；核对无误、不再需要时请删除。"
    )


def _first(health: BackupHealth, now: datetime) -> Line:
    if health.last_verified_at is None:
        return "fault", "！本机还没有一份核验过的备份，请按“立即备份”。"
    last = _moment(health.last_verified_at, now)
    if health.overdue:
        return "fault", f"！已超过一天没有成功备份，最近一份是 {last}，请按“立即备份”。"
    return "fine", f"✓ 本机最近一份核验过的备份：{last}。"


def _second(health: BackupHealth, folder: str, now: datetime) -> Line:
    if not folder:
        return (
            "attention",
            "！还没有设第二备份位置：这台电脑的盘坏了，备份会一起丢。请到“安全”里填一个 U 盘或另一块盘上的文件夹。",
        )
    last = f"最近一份：{_moment(health.second_last_at, now)}。" if health.second_last_at else ""
    if health.second_missing:
        return (
            "attention",
            f"！第二备份位置 {folder} 没有接上。请插好 U 盘，下次备份时自动补齐；位置变了，请到“安全”里改。{last}",
        )
    if health.second_last_at is None:
        return "attention", f"！第二备份位置 {folder} 里还没有备份，请按“立即备份”。"
    return "fine", f"✓ 第二备份位置 {folder} {last}"


def _moment(at: datetime, now: datetime) -> str:
    ago = ago_words(at, now)
    return f"{show_moment(at)}（{ago}）" if ago else show_moment(at)
