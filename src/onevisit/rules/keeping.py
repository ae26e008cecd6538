"""Code lists of what keeps the house: kinds of draft, occasions and places of backups."""

from onevisit.rules.labels import Labelled


class DraftKind(Labelled):
    """What is half typed; a consultation itself is kept in its own row from its first word."""

    REGISTRATION = "registration", "来访登记"
    ADDENDUM = "addendum", "补充意见"
    LIFE = "life", "办理"
    AFTER_VISIT = "after_visit", "送达回访"
    URGENT = "urgent", "紧急报告单"

    @property
    def of_matter(self) -> bool:
        """Whether it is a form of one matter; the value is the key of the section in which that form stands."""
        return self in {DraftKind.LIFE, DraftKind.AFTER_VISIT, DraftKind.URGENT}


class BackupOccasion(Labelled):
    """Why a backup is made."""

    DAY_START = "day_start", "每天首次登录"
    INTERVAL = "interval", "定时"
    DAY_CLOSE = "day_close", "日终"
    BY_HAND = "by_hand", "手动"
    BEFORE_UPGRADE = "before_upgrade", "升级前"
    SALVAGE = "salvage", "抢救"


class BackupPlace(Labelled):
    """Where a backup lies: beside the store, or in the second folder (another disk, a USB stick)."""

    FIRST = "first", "本机"
    SECOND = "second", "第二备份位置"


class BackupState(Labelled):
    """What is known of a backup."""

    VERIFIED = "verified", "已核验"
    UNKNOWN = "unknown", "未核验"
    DAMAGED = "damaged", "已损坏"
    OTHER_KEY = "other_key", "其他密钥"


class SecondFolder(Labelled):
    """Whether the second folder for backups is there now, and whether it would outlive the disk of the store."""

    MISSING = "missing", "没有接上"
    SAME_DISK = "same_disk", "和数据在同一块盘上"
    ELSEWHERE = "elsewhere", "在另一块盘上"
