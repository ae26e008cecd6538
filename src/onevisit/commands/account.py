"""``onevisit account``: the accounts, without a window."""

from argparse import Namespace
from collections.abc import Callable

from onevisit.commands.door import logged_in
from onevisit.commands.secrets import Secrets
from onevisit.desk import accounts
from onevisit.desk.accounts import AccountForm, AccountRow, plain_login
from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Duty, Role
from onevisit.rules.faults import PlainFault


def act(parsed: Namespace) -> int:
    """Do one thing to the accounts."""
    with Secrets(parsed.secrets_fd) as secrets, logged_in(parsed, secrets) as (_, desk):
        print(_ACTIONS[parsed.account_action](desk, parsed, secrets))
    return 0


def _list(desk: Desk, _: Namespace, __: Secrets) -> str:
    return "\n".join("\t".join(_cells(row)) for row in accounts.accounts(desk))


def _cells(row: AccountRow) -> tuple[str, ...]:
    role = row.role.label if row.role is not Role.ADMINISTRATOR else f"{row.role.label}（{row.duty.label}）"
    return row.staff_no, row.login, row.name, role, "在用" if row.active else "已停用"


def _add(desk: Desk, parsed: Namespace, secrets: Secrets) -> str:
    form = AccountForm(
        login=parsed.account,
        name=parsed.name,
        staff_no=parsed.staff_no,
        role=Role.from_code(parsed.role),
        password=secrets.ask_new(f"{parsed.account} 的密码"),
        firm=parsed.firm,
        licence_no=parsed.licence_no,
        duty=Duty.from_code(parsed.duty),
    )
    row = accounts.add(desk, form)
    return f"已添加{row.role.label} {row.name}，工号 {row.staff_no}，账号 {row.login}。"


def _disable(desk: Desk, parsed: Namespace, _: Secrets) -> str:
    row = accounts.set_active(desk, _named(desk, parsed).id, active=False)
    return f"{row.name}（{row.staff_no}）已停用。"


def _enable(desk: Desk, parsed: Namespace, secrets: Secrets) -> str:
    wanted = _named(desk, parsed)
    row = accounts.set_active(desk, wanted.id, active=True, password=secrets.ask_new(f"{wanted.login} 的新密码"))
    return f"{row.name}（{row.staff_no}）已重新启用。"


def _password(desk: Desk, parsed: Namespace, secrets: Secrets) -> str:
    row = _named(desk, parsed)
    accounts.reset_password(desk, row.id, secrets.ask_new(f"{row.login} 的新密码"))
    return f"{row.name}（{row.staff_no}）的密码已重设。"


def _duty(desk: Desk, parsed: Namespace, _: Secrets) -> str:
    row = accounts.change_duty(desk, _named(desk, parsed).id, Duty.from_code(parsed.duty))
    return f"{row.name}（{row.staff_no}）的职责已改为{row.duty.label}。"


def _change_password(desk: Desk, _: Namespace, secrets: Secrets) -> str:
    old = secrets.ask("再输一遍现在的密码")
    accounts.change_own_password(desk, old, secrets.ask_new("新密码"))
    return "密码已修改。"


def _named(desk: Desk, parsed: Namespace) -> AccountRow:
    wanted = plain_login(parsed.account)
    row = next((one for one in accounts.accounts(desk) if one.login == wanted), None)
    if row is None:
        raise PlainFault(f"没有账号 {parsed.account}，请用 onevisit account list 查看。")
    return row


_ACTIONS: dict[str, Callable[[Desk, Namespace, Secrets], str]] = {
    "list": _list,
    "add": _add,
    "disable": _disable,
    "enable": _enable,
    "password": _password,
    "duty": _duty,
    "change-password": _change_password,
}
