"""What can be typed, in Chinese throughout, down to the words that argparse puts in by itself; nothing else is loaded.

Each command names the module of this package that carries it out (``act``).
"""

import argparse
import sys
from datetime import date
from pathlib import Path

from onevisit.rules.trail import ExportReason

FAULT_STATUS = 2
"""Exit status when the world did not allow it (no display, a folder that cannot be used)."""
FOUND_STATUS = 1
"""Exit status when something was looked at and found to be wrong."""

_ROLES = ("clerk", "lawyer", "supervisor", "auditor", "administrator")
_LISTS = {
    "organs": "单位名录",
    "papers": "材料清单",
    "content": "内容分类",
    "codes": "外部代码对照",
    "rules": "规则",
    "holidays": "放假安排",
}
_DUTIES = ("all", "system", "security")


def command_line(version: str) -> argparse.ArgumentParser:
    """Everything that ``onevisit`` understands."""
    parser = ChineseParser(
        prog="onevisit",
        description="最多访一次 · 窗口接访：登记来访人，律师接待，打印回执。",
        epilog="不写命令时等于 run。密码和恢复码从不写在命令里：在终端输入，或用 --secrets-fd 从文件描述符逐行读入。",
    )
    parser.add_argument("--version", action="version", version=f"onevisit {version}", help="显示版本后退出")
    parser.set_defaults(command="run", data=None, practice=False)
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=ChineseParser)
    _add_window(commands)
    _add_init(commands)
    _add_backup(commands)
    _add_check(commands)
    _add_audit(commands)
    _add_rekey(commands)
    _add_account(commands)
    _add_lists(commands)
    return parser


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _add_window(commands: "_Commands[ChineseParser]") -> None:
    run = commands.add_parser("run", help="打开窗口程序", description="打开窗口程序。")
    _add_data(run)
    run.add_argument("--practice", action="store_true", help="直接进入练习模式：虚构的人和事，与正式数据分开存放")
    demo = commands.add_parser(
        "demo",
        help="用样例走完登记、律师接待、打印全流程，无需显示器",
        description="用样例驱动真实的窗口：逐行登记、接待、打印，留下回执、截图和汇总。",
    )
    demo.add_argument("--visits", type=Path, required=True, metavar="文件", help="样例文件，每行一次来访（JSON）")
    demo.add_argument("--out", type=Path, required=True, metavar="文件夹", help="结果放在哪个文件夹")


def _add_init(commands: "_Commands[ChineseParser]") -> None:
    init = commands.add_parser(
        "init",
        help="首次设置：建立数据、恢复码和管理员账户",
        description="首次设置。恢复码只显示这一次，要照着输回来才会建立。",
    )
    _add_data(init)
    _add_secrets(init, "逐行：管理员密码")
    init.add_argument("--recovery-fd", type=int, metavar="N", help="把恢复码写到这个文件描述符，不再要求输回")
    for option, word in (("--unit", "单位名称"), ("--address", "单位地址"), ("--phone", "单位电话")):
        init.add_argument(option, required=True, metavar=word, help=word)
    init.add_argument("--hours", metavar="接待时间", help="不写则为工作日 8:30–12:00，14:00–17:30")
    init.add_argument("--region", default="370400", metavar="区划", help="区划代码（不写则为 370400）")
    init.add_argument("--window", default="01", metavar="窗口号", help="窗口号（不写则为 01）")
    init.add_argument("--admin", default="admin", metavar="账号", help="管理员账号（不写则为 admin）")
    init.add_argument("--name", required=True, metavar="姓名", help="管理员姓名")
    init.add_argument("--staff-no", default="001", metavar="工号", help="管理员工号（不写则为 001）")


def _add_backup(commands: "_Commands[ChineseParser]") -> None:
    backup = commands.add_parser("backup", help="备份并核对", description="做一份备份，写完打开核对，显示进度。")
    _add_keeper(backup)
    what = backup.add_mutually_exclusive_group()
    what.add_argument("--list", action="store_true", dest="listing", help="只列出已有的备份")
    what.add_argument("--verify", type=Path, metavar="备份", help="只核对这一份备份")
    restore = commands.add_parser(
        "restore",
        help="从备份恢复",
        description="先在副本上试，成功才换上；现在的数据另外保存，不会丢。用备份当时的管理员密码，或恢复码。",
    )
    _add_data(restore)
    restore.add_argument("backup", type=Path, metavar="备份", help="备份所在的文件夹")
    _add_login(restore)
    restore.add_argument("--recovery", action="store_true", help="用恢复码，不用管理员密码")
    restore.add_argument("--yes", action="store_true", help="不再询问")
    _add_secrets(restore, "逐行：管理员密码，或恢复码")


def _add_check(commands: "_Commands[ChineseParser]") -> None:
    check = commands.add_parser(
        "check", help="检查数据是否完好", description="全面检查数据，显示进度；有问题时状态为 1。"
    )
    _add_keeper(check)
    check.add_argument("--quick", action="store_true", help="只做快速检查")
    check.add_argument("--recovery", action="store_true", help="抢救时用恢复码，不用管理员密码")
    check.add_argument("--salvage-to", type=Path, metavar="文件夹", help="把还能读出的数据抢救到这个空文件夹")


def _add_audit(commands: "_Commands[ChineseParser]") -> None:
    audit = commands.add_parser("audit", help="操作记录：核对、导出", description="操作记录：核对、导出。")
    actions = audit.add_subparsers(
        title="命令", metavar="命令", dest="audit_action", required=True, parser_class=ChineseParser
    )
    verify = actions.add_parser(
        "verify", help="从头到尾核对", description="逐条核对，并与库外留存的末条、备份、日终单相比；有问题时状态为 1。"
    )
    _add_keeper(verify)
    verify.add_argument("--code", default="", metavar="校验码", help="日终单上印的操作记录校验码")
    export = actions.add_parser("export", help="导出为 CSV", description="导出一段时间的操作记录（CSV）。")
    _add_keeper(export)
    export.add_argument(
        "--from", type=_day, required=True, dest="first", metavar="日期", help="从哪天起，如 2026-01-01"
    )
    export.add_argument("--to", type=_day, required=True, dest="last", metavar="日期", help="到哪天止")
    reasons = {reason.value: f"{reason.value} {reason.label}" for reason in ExportReason}
    export.add_argument(
        "--reason", required=True, choices=tuple(reasons), metavar="原因", help="、".join(reasons.values())
    )
    export.add_argument("--out", type=Path, required=True, metavar="文件夹", help="写到哪个文件夹（不覆盖已有的文件）")


def _add_rekey(commands: "_Commands[ChineseParser]") -> None:
    rekey = commands.add_parser(
        "rekey", help="更换数据密钥", description="用新的密钥把全部数据重写一遍，显示进度；密码和恢复码不变。"
    )
    _add_keeper(rekey)
    rekey.add_argument("--yes", action="store_true", help="不再询问")


def _add_account(commands: "_Commands[ChineseParser]") -> None:
    account = commands.add_parser("account", help="账户：列出、添加、停用、启用、重设密码", description="管理账户。")
    actions = account.add_subparsers(
        title="命令", metavar="命令", dest="account_action", required=True, parser_class=ChineseParser
    )
    _add_keeper(actions.add_parser("list", help="列出全部账户", description="列出全部账户。"))
    add = actions.add_parser("add", help="添加账户", description="添加账户；新账户的密码在自己的密码之后输入。")
    _add_keeper(add)
    add.add_argument("account", metavar="新账号", help="2 至 30 位英文字母或数字")
    add.add_argument("--role", required=True, choices=_ROLES, help="角色")
    add.add_argument("--name", required=True, metavar="姓名", help="姓名")
    add.add_argument("--staff-no", required=True, metavar="工号", help="印在回执上的工号")
    add.add_argument("--firm", default="", metavar="律所", help="律师所在的律师事务所")
    add.add_argument("--licence-no", default="", metavar="证号", help="律师执业证号，17 位")
    add.add_argument("--duty", default="all", choices=_DUTIES, help="管理员的职责")
    for action, word in (
        ("disable", "停用账户"),
        ("enable", "重新启用账户，并设新密码"),
        ("password", "给别人重设密码"),
    ):
        one = actions.add_parser(action, help=word, description=f"{word}。")
        _add_keeper(one)
        one.add_argument("account", metavar="账号", help="要办理的账号")
    duty = actions.add_parser("duty", help="调整管理员职责", description="调整管理员职责：系统、安全，或两者。")
    _add_keeper(duty)
    duty.add_argument("account", metavar="账号", help="要办理的账号")
    duty.add_argument("duty", choices=_DUTIES, metavar="职责", help="、".join(_DUTIES))
    own = actions.add_parser("change-password", help="修改自己的密码", description="修改自己的密码。")
    _add_keeper(own)


def _add_lists(commands: "_Commands[ChineseParser]") -> None:
    lists = commands.add_parser("lists", help="名录和规则：导入、导出", description="名录和规则：导入、导出。")
    actions = lists.add_subparsers(
        title="命令", metavar="命令", dest="lists_action", required=True, parser_class=ChineseParser
    )
    names = "、".join(f"{name} {word}" for name, word in _LISTS.items())
    for action, word in (("export", "写到标准输出"), ("import", "从文件导入，整份换上")):
        one = actions.add_parser(action, help=word, description=f"{word}。")
        _add_keeper(one)
        one.add_argument("list_name", choices=tuple(_LISTS), metavar="名录", help=names)
        if action == "import":
            one.add_argument("file", type=Path, metavar="文件", help="照导出的样子改好的文件")
        else:
            one.add_argument("--code", default="", metavar="代号", help="导出哪一套规则")
        one.add_argument("--year", type=int, metavar="年份", help="哪一年的放假安排")


def _add_keeper(parser: argparse.ArgumentParser) -> None:
    """What every command needs that logs in."""
    _add_data(parser)
    _add_login(parser)
    _add_secrets(parser, "逐行：自己的密码，然后是命令要的其他密码")


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, metavar="文件夹", help="数据文件夹（不写则用系统为本用户准备的位置）")


def _add_login(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", default="admin", metavar="账号", help="自己的账号（不写则为 admin）")


def _add_secrets(parser: argparse.ArgumentParser, lines: str) -> None:
    parser.add_argument("--secrets-fd", type=int, metavar="N", help=f"从这个文件描述符读密码，{lines}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("日期应写成 2026-01-01 的样子") from error


class ChineseParser(argparse.ArgumentParser):
    """argparse in Chinese: its own words are few."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]  # handed on as they came
        self._optionals.title = "选项"
        self._positionals.title = "参数"
        self.add_argument("-h", "--help", action="help", help="显示这份说明后退出")

    def format_usage(self) -> str:
        """With the Chinese word in front."""
        return super().format_usage().replace("usage:", "用法：", 1)

    def format_help(self) -> str:
        """With the Chinese word in front."""
        return super().format_help().replace("usage:", "用法：", 1)

    def error(self, message: str) -> None:  # type: ignore[override]  # it exits like the original
        """Say what is wrong in Chinese and leave with status 2."""
        self.print_usage(sys.stderr)
        self.exit(FAULT_STATUS, f"命令没有看懂：{_in_chinese(message)}。请加 --help 看说明。\n")


def _in_chinese(message: str) -> str:
    """Argparse's few sentences, in Chinese; what it quotes stays."""
    for english, chinese in (
        ("the following arguments are required:", "还缺少"),
        ("unrecognized arguments:", "不认识"),
        ("expected one argument", "后面要写一个值"),
        ("not allowed with argument", "不能同时写"),
        ("invalid choice:", "没有这个命令或取值"),
        ("invalid int value:", "应写一个整数："),
        ("argument", "选项"),
        ("choose from", "可选"),
    ):
        message = message.replace(english, chinese)
    return message
