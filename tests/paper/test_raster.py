"""PDF pages as pixels."""

from io import BytesIO

import pytest
from PIL import Image

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5, ROLL_80
from onevisit.paper.raster import page_count, page_image, page_images, page_png, page_sizes
from onevisit.paper.slip import render
from onevisit.rules.slip import CopyMark, SlipData


@pytest.fixture
def pdf(fonts: FontBook, cases: dict[str, tuple[SlipData, CopyMark]]) -> bytes:
    return render(*cases["repeat"], A5, fonts)


def test_pages_are_counted_and_measured(pdf: bytes) -> None:
    assert page_count(pdf) == 2
    assert [(round(width), round(height)) for width, height in page_sizes(pdf)] == [(148, 210)] * 2


def test_a_roll_page_has_whole_millimetres(fonts: FontBook, cases: dict[str, tuple[SlipData, CopyMark]]) -> None:
    ((width, height),) = page_sizes(render(*cases["plain"], ROLL_80, fonts))
    assert width == pytest.approx(80, abs=0.01)
    assert height == pytest.approx(round(height), abs=0.01)


def test_an_image_is_opaque_and_of_the_asked_resolution(pdf: bytes) -> None:
    image = page_image(pdf, 0, 100)
    assert image.width == pytest.approx(148 / 25.4 * 100, abs=1)
    assert image.height == pytest.approx(210 / 25.4 * 100, abs=1)
    assert len(image.data) == image.stride * image.height
    assert set(image.data[3::4]) <= {255}
    assert image.data[:3] == b"\xff\xff\xff"


def test_a_png_holds_the_same_pixels(pdf: bytes) -> None:
    image = page_image(pdf, 1, 50)
    with Image.open(BytesIO(page_png(pdf, 1, 50))) as picture:
        assert picture.mode == "RGB"
        expected = Image.frombuffer("RGBA", (image.width, image.height), image.data, "raw", "RGBA", image.stride, 1)
        assert picture.tobytes() == expected.convert("RGB").tobytes()


def test_all_pages_at_once(pdf: bytes) -> None:
    assert page_images(pdf, 40) == (page_image(pdf, 0, 40), page_image(pdf, 1, 40))


def test_a_page_that_is_not_there(pdf: bytes) -> None:
    with pytest.raises(IndexError):
        page_image(pdf, 2, 50)


@pytest.mark.parametrize("call", [page_count, page_sizes, lambda broken: page_image(broken, 0, 50)])
def test_what_is_not_a_pdf_file_is_refused(call: object) -> None:
    assert callable(call)
    with pytest.raises(ValueError, match="PDF"):
        call(b"<html>")
