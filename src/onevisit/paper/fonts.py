"""The fonts of every printed page: what they cover, how wide a text is, and which font draws which part of it."""

import struct
import threading
import unicodedata
import zlib
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from onevisit.paper.cover import Cover, FontFault, read_cover
from onevisit.paper.lines import squeezed

__all__ = ["SUBSTITUTE", "FontBook", "FontFault", "plain"]

SUBSTITUTE = "〓"
"""The mark that typesetters put where a sort is wanting (U+3013, 下横)."""

_REGULAR, _BOLD, _RARE = "NotoSansSC-Regular", "NotoSansSC-Bold", "HanaMinB"
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def plain(text: str) -> str:
    """Give ``text`` as it can stand on paper: line ends as newlines, odd spaces as spaces, invisible marks left out."""
    return "".join(map(_plain, text.replace("\r\n", "\n")))


def _plain(character: str) -> str:
    if character in _LINE_ENDS:
        return "\n"
    if character == "\t" or (character != "\u3000" and unicodedata.category(character) == "Zs"):
        return " "
    if unicodedata.category(character) in {"Cc", "Cf"} or _is_selector(character):
        return ""
    return character


def _is_selector(character: str) -> bool:
    """Variation selectors change nothing that our fonts could show."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


class FontBook:
    """The three fonts of a directory: Noto Sans SC regular and bold, and HanaMinB for rare characters (扩展 B–F).

    Nothing is read before it is asked for; the 30 MB of HanaMinB are loaded only for a text that needs them.
    Safe to use from several threads.
    """

    def __init__(self, directory: Path) -> None:
        """Use the fonts in ``directory`` (the repository's ``resources/fonts``)."""
        self._directory = directory
        self._suffix = f"-{zlib.crc32(str(directory.resolve()).encode()):08x}"
        self._lock = threading.Lock()
        self._registered: dict[str, str] = {}
        self._widths: dict[tuple[str, str], float] = {}

    @cached_property
    def _common(self) -> Cover:
        return read_cover(self._directory / f"{_REGULAR}.ttf")

    @cached_property
    def _rare(self) -> Cover:
        return read_cover(self._directory / f"{_RARE}.ttf")

    def missing(self, text: str) -> tuple[str, ...]:
        """The distinct characters of ``text`` that no font can draw, in order; spaces and line ends never count.

        Raises:
            FontFault: a font file is missing or damaged.
        """
        wanted = dict.fromkeys(plain(text).replace("\n", ""))
        return tuple(one for one in wanted if one not in self._common and one not in self._rare)

    def runs(self, text: str, bold: bool = False) -> list[tuple[str, str]]:
        """Split one line into ``(font name, text)`` by the font that draws it; the names are registered with ReportLab.

        A character that no font has becomes 〓, never an empty box.

        Raises:
            FontFault: a font file is missing or damaged.
        """
        found: list[tuple[str, str]] = []
        for character in plain(text).replace("\n", " "):
            name, drawn = self._choose(character, bold)
            if found and found[-1][0] == name:
                found[-1] = (name, found[-1][1] + drawn)
            else:
                found.append((name, drawn))
        return found

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of one line of ``text`` in points at ``size`` points, neighbouring marks squeezed."""
        shown = plain(text)
        ems = sum(self._advance(character, bold) for character in shown)
        return size * (ems - 0.5 * sum(squeezed(before, after) for before, after in pairwise(shown)))

    def is_rare(self, font_name: str) -> bool:
        """Whether ``font_name`` is the fallback font, which has no bold of its own."""
        return font_name == _RARE + self._suffix

    def _choose(self, character: str, bold: bool) -> tuple[str, str]:
        common = self._name(_BOLD if bold else _REGULAR)
        if character in self._common:
            return common, character
        return (self._name(_RARE), character) if character in self._rare else (common, SUBSTITUTE)

    def _advance(self, character: str, bold: bool) -> float:
        """The width of one character in ems, remembered."""
        key = (_BOLD if bold else _REGULAR, character)
        known = self._widths.get(key)
        if known is None:
            from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  as in _register

            name, drawn = self._choose(character, bold) if character != "\n" else (self._name(key[0]), " ")
            known = self._widths[key] = pdfmetrics.stringWidth(drawn, name, 1.0)
        return known

    def _name(self, stem: str) -> str:
        """ReportLab's name of the font ``stem``, registered on first use; its registry belongs to the whole process."""
        known = self._registered.get(stem)
        return known if known is not None else self._register(stem)

    def _register(self, stem: str) -> str:
        from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415  asking what is missing must not cost its import
        from reportlab.pdfbase.ttfonts import TTFError  # noqa: PLC0415

        from onevisit.paper.truetype import WideFont  # noqa: PLC0415

        name = stem + self._suffix
        with self._lock:
            if name not in pdfmetrics.getRegisteredFontNames():
                path = self._directory / f"{stem}.ttf"
                try:
                    pdfmetrics.registerFont(WideFont(name, str(path)))
                except (OSError, TTFError, LookupError, ValueError, struct.error) as error:
                    raise FontFault(
                        f"字库文件 {path.name} 缺失或已损坏，无法打印。请重新安装本程序，或联系管理员。"
                    ) from error
            self._registered[stem] = name
        return name
