"""``onevisit restore``: put a backup in the place of the store; what was there is kept."""

from argparse import Namespace

from onevisit.commands.door import ProgressLine, confirm, directory_of
from onevisit.commands.secrets import Secrets
from onevisit.desk.restoring import restore

_QUESTION = "现在的数据会另外保存，程序改用这份备份里的数据；备份之后登记的内容要从保存的数据里找。"


def act(parsed: Namespace) -> int:
    """Restore after a question."""
    directory = directory_of(parsed)
    backup = parsed.backup.expanduser().absolute()
    confirm(_QUESTION, agreed=parsed.yes)
    with Secrets(parsed.secrets_fd) as secrets:
        code = secrets.ask("备份当时的恢复码") if parsed.recovery else ""
        password = "" if parsed.recovery else secrets.ask(f"备份当时 {parsed.login} 的密码")
    login = "" if parsed.recovery else parsed.login
    with ProgressLine() as line:
        done = restore(directory, backup, login=login, password=password, recovery_code=code, progress=line.tell)
    print(done.words)
    return 0
