"""Where the fonts, icons and other files that are not code lie: inside an installed package, or in the checkout."""

from pathlib import Path

from onevisit.rules.faults import PlainFault


def resource_dir() -> Path:
    """Tell the folder that holds ``fonts`` and the other resources.

    A wheel carries them as ``onevisit/_resources``; in a checkout they are ``resources`` beside ``src``. Only the
    composition root asks; everything else is handed the folder or a file of it.

    Raises:
        PlainFault: neither folder exists, so the installation is damaged.
    """
    package = Path(__file__).resolve().parent
    candidates = (package / "_resources", package.parent.parent / "resources")
    for candidate in candidates:
        if (candidate / "fonts").is_dir():
            return candidate
    looked_in = "、".join(str(candidate) for candidate in candidates)
    raise PlainFault(f"程序文件不完整：没有找到字体等资源（找过 {looked_in}）。请重新安装本程序。")
