"""Files that somebody brings: read whatever the machine wrote, refused in a sentence where they are no text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.desk.house_text import LARGEST, edition_of, read_file
from onevisit.rules.faults import PlainFault


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_file_of_any_common_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes("0601,劳动报酬\n".encode(encoding))
    assert read_file(file) == "0601,劳动报酬\n"


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    wrong = (
        (b"\xff\xff\xff", "不是文字文件"),
        (b"\xff\xfe\x00", "不是文字文件"),
        (b"x" * (4 * LARGEST + 1), "太大"),
        (b"PK\x03\x04", "是表格、文档或者压缩包"),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "是表格、文档或者压缩包"),
        (b"%PDF-1.7", "先按“导出文件”"),
    )
    for content, words in wrong:
        file.write_bytes(content)
        with pytest.raises(PlainFault, match=words):
            read_file(file)
    for place in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(PlainFault, match="读不到这个文件"):
            read_file(place)


@given(st.text(min_size=1, alphabet=st.characters(codec="utf-8")), st.text(alphabet=st.characters(codec="utf-8")))
def test_two_texts_have_one_edition_only_if_they_are_equal(one: str, other: str) -> None:
    assert (edition_of(one) == edition_of(other)) is (one == other)
    assert edition_of("") == ""
