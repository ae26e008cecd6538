"""What the machine must bring before a window can open: a display, and a folder to keep the data in."""

import os
import socket
import sys
from pathlib import Path

from onevisit.rules.faults import PlainFault

NO_DISPLAY = "没有找到可用的图形界面，窗口打不开。请在有桌面的电脑上运行；只想看看效果可以改用 make demo。"


def require_display() -> None:
    """See that Qt will find a display, since it would end the process without a word that a clerk understands.

    Raises:
        PlainFault: there is none.
    """
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (_wayland_answers(os.environ) or _x_answers(os.environ.get("DISPLAY", ""))):
        raise PlainFault(NO_DISPLAY)


def _wayland_answers(environment: "os._Environ[str]") -> bool:
    name, folder = environment.get("WAYLAND_DISPLAY", ""), environment.get("XDG_RUNTIME_DIR", "")
    return bool(name) and (Path(folder) / name).exists()


def _x_answers(display: str) -> bool:
    """Knock at an X display: ``:1``, ``unix:1``, ``:1.0`` are sockets of this machine, ``host:1`` is remote."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        local = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers put it
        return _takes(socket.AF_UNIX, local) or _takes(socket.AF_UNIX, "\0" + local)
    return _takes(socket.AF_INET, (host.strip("[]"), 6000 + int(number)))


def _takes(family: int, address: object) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as knock:
        knock.settimeout(3)
        try:
            knock.connect(address)  # type: ignore[arg-type]  # its shape depends on the family
        except OSError:
            return False
        return True


def store_folder(data: Path) -> Path:
    """Where the real store lies in the data folder; practice has a folder of its own beside it."""
    return data / "store"


def data_folder(chosen: Path | None) -> Path:
    """The folder for everything this program keeps: the store, the practice store, the log, the settings of the window.

    Args:
        chosen: what the command line says; otherwise the place that the system has for this user.

    Raises:
        PlainFault: it cannot be made or written.
    """
    if chosen is None:
        from platformdirs import user_data_path  # noqa: PLC0415 - only where the system's own place is wanted

        chosen = user_data_path("onevisit", appauthor=False)
    folder = chosen.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".write-{os.getpid()}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise PlainFault(
            f"数据文件夹不能写入：{folder}。请检查磁盘空间和权限，或用 --data 换一个文件夹，再重新打开。"
        ) from error
    return folder
