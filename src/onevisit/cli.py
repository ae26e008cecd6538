"""The command line; every command imports what it needs only when it runs."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from onevisit import __version__
from onevisit.privacy import keep_to_itself
from onevisit.rules.faults import PlainFault

FAULT_STATUS = 2
"""Exit status when the world did not allow it (no display, a folder that cannot be used)."""
BUG_STATUS = 70
"""Exit status of a bug (``EX_SOFTWARE`` of sysexits.h)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status: 0 done, 1 some of it failed, 2 could not begin, 70 a bug."""
    parsed = _parser().parse_args(arguments)
    keep_to_itself()
    try:
        if parsed.command == "demo":
            return _demo(parsed.visits, parsed.out)
        return _run(parsed.data, practice=parsed.practice)
    except PlainFault as fault:
        print(fault.sentence, file=sys.stderr)
        return FAULT_STATUS
    except Exception as bug:  # the last door: a person gets a sentence, the text of the error may hold personal data
        from onevisit.ui.crash import trace_words  # noqa: PLC0415 - Qt is not loaded for --help

        print(f"发生了程序错误，请把下面这一行告诉维护人员：\n{trace_words(bug)}", file=sys.stderr)
        return BUG_STATUS


def _parser() -> argparse.ArgumentParser:
    """Chinese throughout, down to the words that argparse puts in by itself."""
    parser = _ChineseParser(
        prog="onevisit",
        description="最多访一次 · 窗口接访：登记来访人，律师接待，打印回执。",
        epilog="不写命令时等于 run。",
    )
    parser.add_argument("--version", action="version", version=f"onevisit {__version__}", help="显示版本后退出")
    parser.set_defaults(command="run", data=None, practice=False)
    commands = parser.add_subparsers(title="命令", metavar="命令", dest="command", parser_class=_ChineseParser)
    run = commands.add_parser("run", help="打开窗口程序", description="打开窗口程序。")
    run.add_argument("--data", type=Path, metavar="文件夹", help="数据文件夹（不写则用系统为本用户准备的位置）")
    run.add_argument("--practice", action="store_true", help="直接进入练习模式：虚构的人和事，与正式数据分开存放")
    demo = commands.add_parser(
        "demo",
        help="用样例走完登记、律师接待、打印全流程，无需显示器",
        description="用样例驱动真实的窗口：逐行登记、接待、打印，留下回执、截图和汇总。",
    )
    demo.add_argument("--visits", type=Path, required=True, metavar="文件", help="样例文件，每行一次来访（JSON）")
    demo.add_argument("--out", type=Path, required=True, metavar="文件夹", help="结果放在哪个文件夹")
    return parser


def _run(data: Path | None, *, practice: bool) -> int:
    from onevisit.app import run  # noqa: PLC0415 - Qt is not loaded for --help

    return run(data, practice=practice)


def _demo(visits: Path, out: Path) -> int:
    from onevisit.demo.run import run_demo  # noqa: PLC0415 - as above

    return run_demo(visits, out)


class _ChineseParser(argparse.ArgumentParser):
    """argparse in Chinese: its own words are few."""

    def __init__(self, **settings: object) -> None:
        super().__init__(add_help=False, **settings)  # type: ignore[arg-type]  # handed on as they came
        self._optionals.title = "选项"
        self._positionals.title = "命令"
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
        ("invalid choice:", "没有这个命令"),
        ("argument", "选项"),
        ("choose from", "可选"),
    ):
        message = message.replace(english, chinese)
    return message
