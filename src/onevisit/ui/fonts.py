"""The fonts of the screen: Noto Sans SC for everything, HanaMinB for the rare characters of names.

Both are registered before the first window: measured, that takes 15 ms for the first and 7 ms for HanaMinB, since Qt
maps a font file and reads of it only what it draws. Digits of Noto Sans SC are tabular by themselves.
"""

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from onevisit.rules.faults import PlainFault

FAMILY = "Noto Sans SC"
RARE_FAMILY = "HanaMinB"
_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "HanaMinB.ttf")


def load_fonts(directory: Path) -> None:
    """Register the fonts of ``directory`` with Qt; needs the application object.

    Raises:
        PlainFault: a font file is missing or damaged.
    """
    for name in _FILES:
        if QFontDatabase.addApplicationFont(str(directory / name)) < 0:
            raise PlainFault(f"字库文件 {name} 缺失或已损坏，界面无法显示。请重新安装本程序。")


def body_font(points: float) -> QFont:
    """The font of the window at ``points``; a character that Noto lacks is taken from HanaMinB."""
    font = QFont([FAMILY, RARE_FAMILY])
    font.setPointSizeF(points)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font
