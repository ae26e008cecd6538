"""The font book: what can be printed, by which font, and what is said when a font is not there."""

import threading
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics

from onevisit.paper.fonts import SUBSTITUTE, FontBook, FontFault, plain


@pytest.mark.parametrize(
    "text", ["王伟", "刘𠮷", "𬱖", "阿卜杜热合曼·买买提", "ABC abc 0123", "（《“，。”》）", "一\n二\t三　四"]
)
def test_what_can_be_printed(fonts: FontBook, text: str) -> None:
    assert fonts.missing(text) == ()


def test_what_no_font_has_is_named_once_and_in_order(fonts: FontBook) -> None:
    assert fonts.missing("\U00031350王\U0001f600\U00031350\n") == ("\U00031350", "\U0001f600")


def test_invisible_marks_never_count(fonts: FontBook) -> None:
    assert fonts.missing("王\u200b伟\ufe0f\U000e0100\x07\u202e") == ()


def test_rare_characters_come_from_the_fallback_font(fonts: FontBook) -> None:
    runs = fonts.runs("刘𠮷祥")
    assert [(name.rsplit("-", 1)[0], text) for name, text in runs] == [
        ("NotoSansSC-Regular", "刘"),
        ("HanaMinB", "𠮷"),
        ("NotoSansSC-Regular", "祥"),
    ]
    assert [fonts.is_rare(name) for name, _ in runs] == [False, True, False]


def test_bold_has_its_own_font(fonts: FontBook) -> None:
    assert fonts.runs("王", bold=True)[0][0].startswith("NotoSansSC-Bold")


def test_a_missing_character_is_never_an_empty_box(fonts: FontBook) -> None:
    assert [text for _, text in fonts.runs("王\U00031350")] == ["王" + SUBSTITUTE]


def test_width_is_in_points_and_squeezes_marks(fonts: FontBook) -> None:
    assert fonts.width("王伟", 10) == pytest.approx(20)
    assert fonts.width("王）。", 10) == pytest.approx(25)
    assert fonts.width("", 10) == 0


def test_plain_keeps_text_and_line_ends() -> None:
    assert plain("甲\r\n乙\u2028丙\u00a0丁\t戊\u200b") == "甲\n乙\n丙 丁 戊"


def test_common_text_never_opens_the_large_font(font_folder: Path) -> None:
    (font_folder / "HanaMinB.ttf").unlink()
    book = FontBook(font_folder)
    assert book.missing("王伟，来访登记。") == ()
    assert len(book.runs("王伟")) == 1
    with pytest.raises(FontFault, match=r"HanaMinB\.ttf 缺失或已损坏.*重新安装"):
        book.missing("刘𠮷")


@pytest.mark.parametrize("content", [b"", b"not a font at all", b"\0\1\0\0\0\1" + b"\0" * 40])
def test_a_damaged_font_is_said_plainly(font_folder: Path, content: bytes) -> None:
    (font_folder / "NotoSansSC-Regular.ttf").unlink()
    (font_folder / "NotoSansSC-Regular.ttf").write_bytes(content)
    book = FontBook(font_folder)
    with pytest.raises(FontFault, match="重新安装"):
        book.missing("王")
    with pytest.raises(FontFault, match="重新安装"):
        book.runs("王")


def test_a_font_is_registered_once_from_any_thread(font_folder: Path) -> None:
    book = FontBook(font_folder)
    before = len(pdfmetrics.getRegisteredFontNames())
    threads = [threading.Thread(target=book.runs, args=("王",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    FontBook(font_folder).runs("王")
    assert len(pdfmetrics.getRegisteredFontNames()) == before + 1
