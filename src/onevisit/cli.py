"""The command line's door; every command imports what it needs only when it runs."""

import importlib
import sys
from argparse import Namespace
from collections.abc import Sequence

from onevisit import __version__
from onevisit.commands.parser import FAULT_STATUS, command_line
from onevisit.privacy import keep_to_itself
from onevisit.rules.faults import PlainFault

__all__ = ["BUG_STATUS", "FAULT_STATUS", "main"]

BUG_STATUS = 70
"""Exit status of a bug (``EX_SOFTWARE`` of sysexits.h)."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status: 0 done, 1 something was found wrong, 2 could not be done, 70 a bug."""
    parsed = command_line(__version__).parse_args(arguments)
    keep_to_itself()
    try:
        return _act(parsed)
    except PlainFault as fault:
        print(fault.sentence, file=sys.stderr)
        return FAULT_STATUS
    except (KeyboardInterrupt, EOFError):
        # the end of what is typed, too: nobody answers a question any more
        print("已中断。", file=sys.stderr)
        return FAULT_STATUS
    except Exception as bug:  # the last door: a person gets a sentence, the text of the error may hold personal data
        from onevisit.ui.crash import trace_words  # noqa: PLC0415 - Qt is not loaded for --help

        print(f"发生了程序错误，请把下面这一行告诉维护人员：\n{trace_words(bug)}", file=sys.stderr)
        return BUG_STATUS


def _act(parsed: Namespace) -> int:
    if parsed.command == "run":
        from onevisit.app import run  # noqa: PLC0415 - Qt is not loaded for --help

        return run(parsed.data, practice=parsed.practice)
    if parsed.command == "demo":
        from onevisit.demo.run import run_demo  # noqa: PLC0415 - as above

        return run_demo(parsed.visits, parsed.out)
    act = importlib.import_module(f"onevisit.commands.{parsed.command}").act
    return int(act(parsed))
