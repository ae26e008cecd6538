"""``onevisit backup``: make a backup, list those that are there, check one."""

from argparse import Namespace
from pathlib import Path

from onevisit.commands.door import ProgressLine, logged_in
from onevisit.commands.parser import FOUND_STATUS
from onevisit.commands.secrets import Secrets
from onevisit.desk import backups
from onevisit.desk.backup_list import BackupInfo
from onevisit.desk.desk import Desk
from onevisit.rules.clocks import show_moment
from onevisit.rules.keeping import BackupOccasion, BackupState


def act(parsed: Namespace) -> int:
    """Make a backup unless something else is asked for; 1 when a backup that was checked is not whole."""
    with Secrets(parsed.secrets_fd) as secrets, logged_in(parsed, secrets) as (_, desk):
        if parsed.listing:
            print("\n".join(map(_line, backups.known_backups(desk))) or "还没有备份。")
            return 0
        if parsed.verify is not None:
            return _verify(desk, parsed.verify.expanduser().absolute())
        with ProgressLine() as line:
            made = backups.make_backup(desk, BackupOccasion.BY_HAND, line.tell)
        print(f"{made.words}\n{made.info.folder}")
        return FOUND_STATUS if made.second_fault else 0


def _verify(desk: Desk, folder: Path) -> int:
    with ProgressLine() as line:
        info = backups.check_backup(desk, folder, line.tell)
    print(_line(info))
    return 0 if info.state is BackupState.VERIFIED else FOUND_STATUS


def _line(info: BackupInfo) -> str:
    state = f"{info.state.label}：{info.sentence}" if info.sentence else info.state.label
    occasion = info.occasion.label if info.occasion else "—"
    size = f"{info.size / 1_048_576:.1f} MiB"
    return "\t".join((show_moment(info.made_at), occasion, info.place.label, size, state, str(info.folder)))
