"""Passwords and recovery codes: from a prompt that shows nothing, or line by line from a file descriptor.

Never from an argument: whoever may list the processes of a computer reads those.
"""

import os
import sys
from getpass import getpass
from io import TextIOWrapper
from typing import Self

from onevisit.rules.faults import PlainFault

_LONGEST = 1_000
_NO_TERMINAL = "这里没有终端，不能输入密码。请在终端里执行，或用 --secrets-fd 从文件描述符读入。"


class Secrets:
    """Asks for one secret after the other; used as a context, which closes the descriptor.

    Args:
        descriptor: a file descriptor to read them from, one a line; None asks the person.
    """

    def __init__(self, descriptor: int | None) -> None:
        self._stream = None if descriptor is None else _opened(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            self._stream.close()

    def ask(self, prompt: str) -> str:
        """Get one secret.

        Raises:
            PlainFault: there is nobody to ask, or the descriptor holds no further line.
        """
        if self._stream is not None:
            return self._next_line(prompt)
        if not sys.stdin.isatty():
            raise PlainFault(_NO_TERMINAL)
        return getpass(f"{prompt}：")

    def ask_new(self, prompt: str) -> str:
        """Get a new secret; a person types it twice.

        Raises:
            PlainFault: the two differ, or as ``ask``.
        """
        first = self.ask(prompt)
        if self._stream is None and getpass("再输一遍：") != first:
            raise PlainFault("两次输入的密码不一样，什么都没有改，请重新执行。")
        return first

    def _next_line(self, prompt: str) -> str:
        assert self._stream is not None  # noqa: S101 - asked before
        try:
            line = self._stream.readline(_LONGEST)
        except (OSError, UnicodeDecodeError) as error:
            raise PlainFault("从文件描述符读不出密码，请核对 --secrets-fd。") from error
        if not line:
            raise PlainFault(f"--secrets-fd 里的行数不够：缺少“{prompt}”，什么都没有改。")
        return line.rstrip("\r\n")


def hand_over(descriptor: int, secret: str) -> None:
    """Write one secret, with a line end, to a file descriptor, and close it.

    Raises:
        PlainFault: it cannot be written.
    """
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(f"{secret}\n")
    except (OSError, ValueError, TypeError) as error:
        raise PlainFault("恢复码写不到 --recovery-fd，什么都没有建立，请核对。") from error


def _opened(descriptor: int) -> TextIOWrapper:
    try:
        return TextIOWrapper(os.fdopen(descriptor, "rb"), encoding="utf-8")
    except (OSError, ValueError, TypeError) as error:
        raise PlainFault(f"文件描述符 {descriptor} 不能读，请核对 --secrets-fd。") from error
