"""Our own PDF files as pixels, for the preview and for print systems that take no PDF (pypdfium2)."""

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2

_POINTS_PER_INCH = 72.0
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels.

    Attributes:
        width: in pixels.
        height: in pixels.
        stride: bytes from one row to the next.
        data: rows from the top, four bytes a pixel: red, green, blue, alpha (always opaque).
    """

    width: int
    height: int
    stride: int
    data: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of each page in millimetres.

    Raises:
        ValueError: the bytes are not a PDF file.
    """
    with _opened(pdf) as document:
        sizes = [document.get_page_size(index) for index in range(len(document))]
    return tuple((width / _POINTS_PER_MM, height / _POINTS_PER_MM) for width, height in sizes)


def page_count(pdf: bytes) -> int:
    """The number of pages.

    Raises:
        ValueError: the bytes are not a PDF file.
    """
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: bytes, index: int, dpi: float) -> PageImage:
    """Draw page ``index`` (from 0) at ``dpi`` dots an inch on white.

    Raises:
        ValueError: the bytes are not a PDF file.
        IndexError: there is no such page.
    """
    with _opened(pdf) as document:
        if not 0 <= index < len(document):
            raise IndexError(index)
        page = document[index]
        try:
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, rev_byteorder=True, force_bitmap_format=_RGBX)
            try:
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            page.close()


def page_images(pdf: bytes, dpi: float) -> tuple[PageImage, ...]:
    """Draw every page; see ``page_image``."""
    return tuple(page_image(pdf, index, dpi) for index in range(page_count(pdf)))


def page_png(pdf: bytes, index: int, dpi: float) -> bytes:
    """Draw page ``index`` (from 0) as a PNG file without alpha; see ``page_image``."""
    image = page_image(pdf, index, dpi)
    rows = b"".join(b"\0" + _without_alpha(image, row) for row in range(image.height))
    head = struct.pack(">LLBBBBB", image.width, image.height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


_RGBX = pypdfium2.raw.FPDFBitmap_BGRx


def _without_alpha(image: PageImage, row: int) -> bytes:
    line = image.data[row * image.stride : row * image.stride + 4 * image.width]
    plain = bytearray(3 * image.width)
    for channel in range(3):
        plain[channel::3] = line[channel::4]
    return bytes(plain)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


@contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a file and close it in any case: what is left to the garbage collector warns."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise ValueError("not a readable PDF file") from error
    try:
        yield document
    finally:
        document.close()
