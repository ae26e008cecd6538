"""``onevisit init``: first set-up without a window."""

import sys
from argparse import Namespace

from onevisit.commands.door import house_of
from onevisit.commands.secrets import Secrets, hand_over
from onevisit.desk.founding import SetUp, SetUpForm
from onevisit.rules.faults import PlainFault


def act(parsed: Namespace) -> int:
    """Found the store; nothing is on the disk before the recovery code is in safe hands."""
    house = house_of(parsed)
    if house.founded:
        raise PlainFault("这里已经有数据，不能再次设置；要另设，请用 --data 换一个文件夹。")
    with Secrets(parsed.secrets_fd) as secrets:
        password = secrets.ask_new("管理员密码")
    form = SetUpForm(
        unit_name=parsed.unit,
        unit_address=parsed.address,
        unit_phone=parsed.phone,
        opening_hours=parsed.hours or SetUpForm().opening_hours,
        region_code=parsed.region,
        window_no=parsed.window,
        login=parsed.admin,
        name=parsed.name,
        staff_no=parsed.staff_no,
        password=password,
        password_again=password,
    )
    set_up = house.prepare(form)
    house.found(set_up, _typed_back(set_up, parsed.recovery_fd))
    print(f"已建立。管理员账号 {parsed.admin}，请妥善保管恢复码。")
    return 0


def _typed_back(set_up: SetUp, descriptor: int | None) -> str:
    """Show the recovery code and have it typed back, or hand it to a program that keeps it."""
    if descriptor is not None:
        hand_over(descriptor, set_up.recovery_code)
        return set_up.recovery_code
    if not sys.stdin.isatty():
        raise PlainFault("这里没有终端，恢复码没有人抄。请在终端里执行，或用 --recovery-fd 交给保管它的程序。")
    print(f"恢复码（只显示这一次，请抄下锁好）：\n\n    {set_up.recovery_code}\n")
    return input("请照着输一遍：")
