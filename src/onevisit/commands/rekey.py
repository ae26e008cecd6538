"""``onevisit rekey``: the whole store under a new key."""

from argparse import Namespace

from onevisit.commands.door import ProgressLine, confirm, logged_in
from onevisit.commands.secrets import Secrets

_QUESTION = "全部数据会用新的密钥重写一遍，密码和恢复码不变；以前的备份仍用旧密钥打开。"


def act(parsed: Namespace) -> int:
    """Re-key after a question."""
    confirm(_QUESTION, agreed=parsed.yes)
    with Secrets(parsed.secrets_fd) as secrets, logged_in(parsed, secrets) as (house, desk):
        with ProgressLine() as line:
            done = house.rekey(desk, line.tell)
        print(done.sentence)
    return 0
