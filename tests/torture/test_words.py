"""The search for words finds them in every form, and the watch sees what is gone again."""

import os
import sys
import threading
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.torture.watching import Watch
from tests.torture.words import Words

WORDS = Words(("欧阳示禾",), ("13900000101", "去年九月院墙被压塌", "Ceshi-2026"))


def found(content: bytes) -> list[str]:
    return list(WORDS.found_in(content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "gb18030"])
def test_a_name_is_found_in_every_encoding(encoding: str) -> None:
    assert found("来访人：欧阳示禾，".encode(encoding)) == ["欧阳示禾"]


@pytest.mark.parametrize(
    "form",
    [
        b"%E6%AC%A7%E9%98%B3%E7%A4%BA%E7%A6%BE",
        b'"\\u6b27\\u9633\\u793a\\u79be"',
        b"Ouyang shihe",
        b"OUYANGSHIHE",
        b"ou yang shi he",
    ],
)
def test_a_name_is_found_escaped_and_in_pinyin(form: bytes) -> None:
    assert found(b"x " + form + b" y") == ["欧阳示禾"]


def test_words_are_found_in_compressed_streams() -> None:
    assert found(b"head" + zlib.compress("电话 13900000101".encode()) + b"tail") == ["13900000101"]
    assert found(zlib.compress(os.urandom(2_000))) == []
    assert found("别的人和别的事".encode()) == []


def test_a_page_is_told_as_such_and_read() -> None:
    paper = BytesIO()
    canvas = Canvas(paper, pageCompression=1)
    canvas.drawString(10, 10, "Tel 13900000101")
    canvas.save()
    assert set(found(paper.getvalue())) == {"a PDF file", "13900000101"}
    assert found(b"\x89PNG...") == ["a picture"]


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is of Linux")
def test_a_file_that_is_removed_again_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    watch = Watch(tmp_path)
    told, tell = os.pipe()
    seen = threading.Thread(target=watch.watch_until, args=(told,))
    seen.start()
    (tmp_path / "before" / "new").mkdir()
    file = tmp_path / "before" / "spool"
    file.write_text("欧阳示禾")
    kept = tmp_path / "kept"
    kept.write_text("stays")
    os.close(tell)
    seen.join(20)
    file.unlink()
    assert list(watch.removed()) == [(file, "欧阳示禾".encode())]
    watch.close()
    os.close(told)
