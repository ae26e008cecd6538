"""What the tests of the commands share."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ADMIN_PASSWORD = "Guanli-2026"
AUDITOR_PASSWORD = "Hedui-2026"
INIT = (
    *("init", "--unit", "枣庄市人民来访接待中心", "--address", "枣庄市薛城区示例路1号"),
    *("--phone", "0632-3300000", "--name", "管理员"),
)


@dataclass(frozen=True)
class Said:
    """What a command said, and its exit status."""

    status: int
    out: str
    err: str


Run = Callable[..., Said]


def descriptor_with(lines: Sequence[str]) -> int:
    """A file descriptor from which these lines can be read."""
    reader, writer = os.pipe()
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines)
    return reader
