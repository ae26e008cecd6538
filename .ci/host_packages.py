"""Finds out, before anything else, which system libraries and programs are missing, and installs or names them.

``make`` runs this with the system's own Python, so it needs the standard library only. What is there is found by
opening it, not by asking a package manager. Nothing missing: no output. Something missing: root on a Debian-like system
gets it installed; everybody else gets one line to copy.
"""

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

# a plain user's PATH on Debian leaves these out, and cupsd and lpadmin are there
_SYSTEM_DIRS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
_APT_OPTIONS = ("-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0")


class Kind(Enum):
    """How a thing is looked for."""

    LIBRARY = "a shared library that the loader opens by its soname"
    PROGRAM = "a program on the search path or in the system's sbin folders"
    FILE = "a file at its absolute path"


@dataclass(frozen=True)
class Need:
    """One thing that must be on the machine.

    Attributes:
        kind: how it is looked for.
        name: its soname, program name or absolute path.
        package: the Debian package that brings it.
    """

    kind: Kind
    name: str
    package: str


@dataclass(frozen=True)
class Host:
    """What may be done on this machine.

    Attributes:
        is_root: whether packages may be installed.
        apt_get: the path of apt-get; None where there is none.
    """

    is_root: bool
    apt_get: str | None

    @classmethod
    def here(cls) -> "Host":
        """Describe the machine this runs on."""
        return cls(os.geteuid() == 0, shutil.which("apt-get"))


def _libraries(sonames_by_package: dict[str, str]) -> tuple[Need, ...]:
    return tuple(Need(Kind.LIBRARY, soname, package) for package, soname in sonames_by_package.items())


# Read with readelf from QtCore, QtGui, QtWidgets, QtNetwork, QtDBus, QtPrintSupport, QtSvg, the xcb platform plugin and
# the CUPS plugin of PySide6 6.8; one library for each package is enough.
TO_RUN: tuple[Need, ...] = _libraries(
    {
        "libgl1": "libGL.so.1",
        "libegl1": "libEGL.so.1",
        "libfontconfig1": "libfontconfig.so.1",
        "libfreetype6": "libfreetype.so.6",
        "libglib2.0-0": "libgthread-2.0.so.0",
        "libdbus-1-3": "libdbus-1.so.3",
        "libgssapi-krb5-2": "libgssapi_krb5.so.2",
        "libzstd1": "libzstd.so.1",
        "zlib1g": "libz.so.1",
        "libcups2": "libcups.so.2",
        "libx11-6": "libX11.so.6",
        "libx11-xcb1": "libX11-xcb.so.1",
        "libxcb1": "libxcb.so.1",
        "libxcb-cursor0": "libxcb-cursor.so.0",
        "libxcb-glx0": "libxcb-glx.so.0",
        "libxcb-icccm4": "libxcb-icccm.so.4",
        "libxcb-image0": "libxcb-image.so.0",
        "libxcb-keysyms1": "libxcb-keysyms.so.1",
        "libxcb-randr0": "libxcb-randr.so.0",
        "libxcb-render0": "libxcb-render.so.0",
        "libxcb-render-util0": "libxcb-render-util.so.0",
        "libxcb-shape0": "libxcb-shape.so.0",
        "libxcb-shm0": "libxcb-shm.so.0",
        "libxcb-sync1": "libxcb-sync.so.1",
        "libxcb-xfixes0": "libxcb-xfixes.so.0",
        "libxcb-xkb1": "libxcb-xkb.so.1",
        "libxkbcommon0": "libxkbcommon.so.0",
        "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
    }
)

TO_TEST: tuple[Need, ...] = (
    *TO_RUN,
    Need(Kind.PROGRAM, "Xvfb", "xvfb"),
    Need(Kind.PROGRAM, "openbox", "openbox"),
    Need(Kind.PROGRAM, "cupsd", "cups"),
    Need(Kind.PROGRAM, "lpadmin", "cups-client"),
    Need(Kind.PROGRAM, "lp", "cups-client"),
    Need(Kind.FILE, "/usr/lib/cups/backend/cups-pdf", "printer-driver-cups-pdf"),
    Need(Kind.PROGRAM, "pdftotext", "poppler-utils"),
    Need(Kind.PROGRAM, "pdftoppm", "poppler-utils"),
)


def is_present(need: Need) -> bool:
    """Tell whether ``need`` is on this machine."""
    if need.kind is Kind.FILE:
        return Path(need.name).exists()
    if need.kind is Kind.PROGRAM:
        search_path = os.pathsep.join((os.environ.get("PATH", os.defpath), *_SYSTEM_DIRS))
        return shutil.which(need.name, path=search_path) is not None
    try:
        ctypes.CDLL(need.name)
    except OSError:
        return False
    return True


def missing(needs: Sequence[Need]) -> list[Need]:
    """Return those of ``needs`` that are not on this machine, in their order."""
    return [need for need in needs if not is_present(need)]


def packages(needs: Sequence[Need]) -> list[str]:
    """Return the Debian packages that bring ``needs``, each once, in their order."""
    return list(dict.fromkeys(need.package for need in needs))


def advice(needs: Sequence[Need], host: Host) -> str:
    """Say what is missing and give the one line to copy, for a machine where nothing may be installed."""
    names = "、".join(need.name for need in needs)
    to_install = " ".join(packages(needs))
    if host.apt_get is None:
        return f"缺少系统组件：{names}。请用本机的软件管理工具安装后重试（Debian 包名：{to_install}）。"
    line = f"sudo apt-get install -y --no-install-recommends {to_install}"
    return f"缺少系统组件：{names}。请复制执行下面一行，然后重试：\n{line}"


def install(needs: Sequence[Need], apt_get: str) -> bool:
    """Install what brings ``needs`` without asking anything; apt-get's own words are shown only where it fails.

    Returns:
        Whether apt-get was content.
    """
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = ("install", "-y", "--no-install-recommends", *packages(needs))
    for arguments in (("update",), wanted):
        outcome = subprocess.run(
            [apt_get, *_APT_OPTIONS, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        if outcome.returncode != 0:
            sys.stderr.write(outcome.stdout)
            return False
    return True


def provide(needs: Sequence[Need], host: Host) -> bool:
    """See to it that ``needs`` are on this machine, or say what to do.

    Returns:
        Whether all of them are there now.
    """
    lacking = missing(needs)
    if not lacking:
        return True
    if host.apt_get is None or not host.is_root:
        print(advice(lacking, host), file=sys.stderr)
        return False
    print(f"── 正在安装系统组件：{' '.join(packages(lacking))}", flush=True)
    if install(lacking, host.apt_get) and not missing(lacking):
        return True
    print(f"系统组件没有装好。{advice(missing(lacking), host)}", file=sys.stderr)
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Check this machine; the exit status is 0 when nothing is missing (any more) and 1 otherwise."""
    parser = argparse.ArgumentParser(description="检查（必要时安装）本程序需要的系统组件。")
    parser.add_argument("--tests", action="store_true", help="连同自动测试需要的 Xvfb、CUPS 等一起检查")
    options = parser.parse_args(arguments)
    if sys.platform != "linux":  # elsewhere PySide6 brings what it needs
        return 0
    return 0 if provide(TO_TEST if options.tests else TO_RUN, Host.here()) else 1


if __name__ == "__main__":
    sys.exit(main())
