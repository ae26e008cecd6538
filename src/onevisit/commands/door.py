"""Logging in for one command, and telling how far long work is."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onevisit.commands.secrets import Secrets
from onevisit.desk.desk import Desk
from onevisit.desk.house import House
from onevisit.host import data_folder, store_folder
from onevisit.rules.faults import PlainFault


def directory_of(parsed: Namespace) -> Path:
    """The folder of the store that a command is about."""
    return store_folder(data_folder(parsed.data))


def house_of(parsed: Namespace) -> House:
    """The house that a command is about."""
    return House(directory_of(parsed))


@contextmanager
def logged_in(parsed: Namespace, secrets: Secrets) -> Iterator[tuple[House, Desk]]:
    """Log in as ``--login``; the store is closed at the end, however the command ends.

    Raises:
        PlainFault: not let in; the store cannot be opened, or is open in the window.
    """
    house = house_of(parsed)
    with ProgressLine() as line:
        desk = house.log_in(parsed.login, secrets.ask(f"{parsed.login} 的密码"), line.tell)
    try:
        yield house, desk
    finally:
        house.close()


class ProgressLine:
    """How far long work is, on one line of the terminal that is overwritten; elsewhere nothing is said."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._said = ""

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, *_: object) -> None:
        if self._said:
            print(f"\r{' ' * (2 * len(self._said))}\r", end="", file=sys.stderr, flush=True)

    def tell(self, done: int, total: int, what: str) -> None:
        """Say that ``done`` of ``total`` steps are through."""
        if not self._terminal:
            return
        share = f" {done * 100 // total}%" if total else ""
        words = f"{what}{share}"
        print(f"\r{words}{' ' * max(0, 2 * (len(self._said) - len(words)))}", end="", file=sys.stderr, flush=True)
        self._said = words


def confirm(question: str, *, agreed: bool) -> None:
    """Ask before something that cannot be undone at once; ``agreed`` skips the question.

    Raises:
        PlainFault: the person did not type 是, or there is nobody to ask.
    """
    if agreed:
        return
    if not sys.stdin.isatty():
        raise PlainFault("这里没有终端，不能询问。确实要办理，请加 --yes。")
    if input(f"{question} 确定请输入“是”：").strip() != "是":
        raise PlainFault("已取消，什么都没有改。")
