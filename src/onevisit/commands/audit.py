"""``onevisit audit``: whether the trail is whole, and the trail as a file."""

from argparse import Namespace

from onevisit.commands.door import ProgressLine, logged_in
from onevisit.commands.parser import FOUND_STATUS
from onevisit.commands.secrets import Secrets
from onevisit.desk import audit, exports
from onevisit.desk.desk import Desk
from onevisit.rules.trail import ExportReason


def act(parsed: Namespace) -> int:
    """Verify or export; 1 when the trail is not whole, or a witness remembers something else."""
    with Secrets(parsed.secrets_fd) as secrets, logged_in(parsed, secrets) as (_, desk):
        return _verify(desk, parsed) if parsed.audit_action == "verify" else _export(desk, parsed)


def _verify(desk: Desk, parsed: Namespace) -> int:
    with ProgressLine() as line:
        check = audit.verify(desk, typed=parsed.code, progress=line.tell)
    print(check.sentence)
    return 0 if check.whole else FOUND_STATUS


def _export(desk: Desk, parsed: Namespace) -> int:
    reason = ExportReason.from_code(parsed.reason)
    with ProgressLine() as line:
        file = exports.export_audit(desk, parsed.first, parsed.last, reason, line.tell)
    place = exports.save_export(parsed.out.expanduser().absolute(), file)
    print(f"已导出 {file.rows} 条：{place}")
    return 0
