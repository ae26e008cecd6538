"""``onevisit check``: whether the store is whole; saving what can still be read of one that is not."""

from argparse import Namespace

from onevisit.commands.door import ProgressLine, directory_of, logged_in
from onevisit.commands.parser import FOUND_STATUS
from onevisit.commands.secrets import Secrets
from onevisit.desk import checking
from onevisit.desk.checking import CheckReport
from onevisit.desk.salvaging import salvage


def act(parsed: Namespace) -> int:
    """Check everything, or save what can be read; 1 when something is wrong, or was lost."""
    with Secrets(parsed.secrets_fd) as secrets:
        if parsed.salvage_to is not None:
            return _salvage(parsed, secrets)
        with logged_in(parsed, secrets) as (_, desk), ProgressLine() as line:
            report = checking.quick_check(desk, line.tell) if parsed.quick else checking.check(desk, line.tell)
    return _tell(report)


def _tell(report: CheckReport) -> int:
    print("\n".join((report.words, *report.findings)))
    return 0 if report.whole else FOUND_STATUS


def _salvage(parsed: Namespace, secrets: Secrets) -> int:
    """The store need not open for this: nobody logs in, the password opens the key slot alone."""
    code = secrets.ask("恢复码") if parsed.recovery else ""
    password = "" if parsed.recovery else secrets.ask(f"{parsed.login} 的密码")
    login = "" if parsed.recovery else parsed.login
    target = parsed.salvage_to.expanduser().absolute()
    with ProgressLine() as line:
        report = salvage(directory_of(parsed), login, password, target, line.tell, recovery_code=code)
    print(report.words)
    print("\n".join(f"{table.name}\t读出 {table.read}\t丢失 {table.lost}" for table in report.tables))
    return FOUND_STATUS if report.lost else 0
