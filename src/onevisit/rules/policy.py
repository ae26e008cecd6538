"""What the unit sets for itself: idle lock, age of passwords, backups, how long things are kept, how figures count.

The figures are examples (示例，以本地文件为准): GB/T 22239-2019 asks for the measures and names no figure.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath, PureWindowsPath
from typing import Final

from onevisit.rules.clocks import DayTable
from onevisit.rules.faults import Fault

EXAMPLE: Final = "示例，以本地文件为准"
_WEEKDAYS: Final = "1234567"
_LOOK_AHEAD: Final = 28
"""Days; what is further off helps nobody who stands at the window."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The unit's own settings.

    Attributes:
        idle_minutes: the window locks after so many minutes without a key or the mouse.
        password_days: a password is to be changed after so many days; 0 means never.
        backup_hours: hours from one automatic backup to the next.
        second_folder: an absolute path on another disk or a USB stick that gets a copy of each backup; empty: none.
        keep_years: years after the last visit on a matter before it may be anonymised (``rules.retention``).
        keep_enquiry_years: the same for enquiries and proposals.
        keep_accusation_years: the same for accusations.
        keep_draft_days: days after which a draft that nobody went on with may be dropped.
        return_days: N of the one-visit rate: so many days after a matter was closed nobody may have come again on it.
        evaluation_days: so many days after somebody was asked for an evaluation, no answer is silence.
        report_days: an assignment asks for its report after so many days, unless the clerk sets another day.
        silence_satisfied: 1 where silence counts as satisfied, 0 where it counts for nothing (``rules.figures``).
        lawyer_weekdays: 律师坐班日: the days of the week on which a lawyer sits at the window, as digits from 1 for
            Monday, ``24``; empty if they are not fixed.
    """

    idle_minutes: int = 10
    password_days: int = 90
    backup_hours: int = 4
    second_folder: str = ""
    keep_years: int = 10
    keep_enquiry_years: int = 5
    keep_accusation_years: int = 20
    keep_draft_days: int = 30
    return_days: int = 90
    evaluation_days: int = 30
    report_days: int = 30
    silence_satisfied: int = 0
    lawyer_weekdays: str = ""


BOUNDS: Final[dict[str, tuple[int, int, str, str]]] = {
    "idle_minutes": (1, 60, "自动锁屏", "分钟"),
    "password_days": (0, 730, "密码有效期", "天"),
    "backup_hours": (1, 24, "自动备份间隔", "小时"),
    "keep_years": (1, 100, "申诉、求决等事项保存期", "年"),
    "keep_enquiry_years": (1, 100, "咨询和意见建议保存期", "年"),
    "keep_accusation_years": (1, 100, "揭发控告保存期", "年"),
    "keep_draft_days": (1, 365, "草稿保存期", "天"),
    "return_days": (1, 3650, "再次来访计算期", "天"),
    "evaluation_days": (1, 365, "评价期", "天"),
    "report_days": (1, 365, "交办反馈期限", "天"),
    "silence_satisfied": (0, 1, "未评价怎样计", ""),
}
"""Least, most, what it is called, and its unit."""


def policy_faults(policy: Policy) -> tuple[Fault, ...]:
    """Say what is out of bounds; the fields of the faults are those of ``Policy``."""
    found = [
        Fault(field, f"{what}应在 {least} 到 {most} {unit}之间，请核对。")
        for field, (least, most, what, unit) in BOUNDS.items()
        if not least <= getattr(policy, field) <= most
    ]
    if policy.second_folder and not _is_whole_path(policy.second_folder):
        found.append(Fault("second_folder", "请写从盘符或根目录起的完整路径，或按“选择文件夹”。"))
    if not set(policy.lawyer_weekdays) <= set(_WEEKDAYS):
        found.append(Fault("lawyer_weekdays", "律师坐班日请从周一到周日里选。"))
    return tuple(found)


def sits_on(weekdays: str, day: date) -> bool:
    """Whether a lawyer sits at the window on a day of the week; the days off are not looked at."""
    return str(day.isoweekday()) in weekdays


def next_sitting(weekdays: str, after: date, table: DayTable) -> date | None:
    """The next day after ``after`` on which a lawyer sits at the window; None if none is near, or no days are fixed."""
    coming = (after + timedelta(days=ahead) for ahead in range(1, _LOOK_AHEAD + 1))
    return next((day for day in coming if sits_on(weekdays, day) and not table.is_rest_day(day)), None)


def _is_whole_path(path: str) -> bool:
    """Whether a path says where a folder is, whatever the system: settings move with the store."""
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
