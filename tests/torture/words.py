"""Words that nobody may find on a disk, in every form in which they could lie there."""

import json
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypinyin import lazy_pinyin

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_PAGES = {b"%PDF": "a PDF file", b"%!PS": "a PostScript file", b"\x89PNG": "a picture", b"RaS": "a printed page"}
_LONGEST_STREAM = 4_000_000


class Words:
    """Names, numbers, phones, addresses and sentences of one journey.

    Args:
        names: names of people; they are looked for in pinyin too.
        others: everything else.
    """

    def __init__(self, names: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._forms = {form: word for word in (*names, *others) for form in _forms(word)}
        self._forms |= {form: name for name in names for form in _in_pinyin(name)}

    def found_in(self, content: bytes) -> Iterator[str]:
        """Say which words stand in a file, also within its compressed streams, and whether it is a page as such."""
        kind = next((words for mark, words in _PAGES.items() if content.startswith(mark)), "")
        if kind:
            yield kind
        for part in _parts(content):
            lower = part.lower()
            yield from sorted({word for form, word in self._forms.items() if form in lower})


def _forms(word: str) -> Iterator[bytes]:
    for encoding in _ENCODINGS:
        yield word.encode(encoding).lower()
    yield quote(word).encode().lower()
    yield json.dumps(word)[1:-1].encode().lower()


def _in_pinyin(name: str) -> Iterator[bytes]:
    syllables = lazy_pinyin(name)
    for between in ("", " ", "-", "_", "'"):
        yield between.join(syllables).encode()
    # surname and given name apart, where the surname has one syllable or two
    for cut in (1, 2):
        yield " ".join(("".join(syllables[:cut]), "".join(syllables[cut:]))).encode()


def _parts(content: bytes) -> Iterator[bytes]:
    """The content itself, what is deflated in it, and the text of a PDF."""
    yield content
    for found in _DEFLATED.finditer(content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() :], _LONGEST_STREAM)
        except zlib.error:
            continue
    place = content.find(b"%PDF")
    if place >= 0:
        try:
            yield "\n".join(page.extract_text() for page in PdfReader(BytesIO(content[place:])).pages).encode()
        except (PyPdfError, ValueError, KeyError, OSError):
            return
