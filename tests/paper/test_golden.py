"""Slips compared with golden text and golden page images (see conftest.py on how to write them anew)."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import A5, ROLL_80, PaperProfile
from onevisit.paper.raster import page_png
from onevisit.paper.slip import render
from onevisit.rules.slip import CopyMark, SlipData

_DPI = 60
_TILE = 8
_TOLERANCE = 40
"""How far the mean grey of a tile may differ, of 255: another rasteriser stays below, a missing character does not."""


@pytest.fixture(params=[ROLL_80, A5], ids=lambda profile: profile.key)
def profile(request: pytest.FixtureRequest) -> PaperProfile:
    assert isinstance(request.param, PaperProfile)
    return request.param


@pytest.fixture
def pdf(case: str, profile: PaperProfile, fonts: FontBook, cases: dict[str, tuple[SlipData, CopyMark]]) -> bytes:
    return render(*cases[case], profile, fonts)


def test_the_text_is_as_it_was(pdf: bytes, case: str, profile: PaperProfile, golden: Path, regolden: bool) -> None:
    compare_text(pdf, golden / f"{case}-{profile.key}.txt", regolden=regolden)


def test_the_first_page_looks_as_it_did(
    pdf: bytes, case: str, profile: PaperProfile, golden: Path, regolden: bool
) -> None:
    compare_picture(pdf, golden / f"{case}-{profile.key}.png", regolden=regolden)


def compare_text(pdf: bytes, path: Path, *, regolden: bool) -> None:
    """Compare what all pages say with a golden text, or write it anew."""
    pages = [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]
    text = "\n———— 下一页 ————\n".join(pages) + "\n"
    if regolden:
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def compare_picture(pdf: bytes, path: Path, *, regolden: bool) -> None:
    """Compare the first page with a golden picture, or write it anew."""
    with Image.open(BytesIO(page_png(pdf, 0, _DPI))) as picture:
        page = picture.convert("L")
    if regolden:
        page.quantize(16).save(path, optimize=True)
    with Image.open(path) as picture:
        expected = picture.convert("L")
    assert page.size == expected.size
    tiles = (max(1, page.width // _TILE), max(1, page.height // _TILE))
    pairs = zip(_greys(page, tiles), _greys(expected, tiles), strict=True)
    worst = max(abs(now - before) for now, before in pairs)
    assert worst <= _TOLERANCE


def _greys(page: Image.Image, tiles: tuple[int, int]) -> bytes:
    return page.resize(tiles, Image.Resampling.BOX).tobytes()


def test_no_golden_file_is_left_over(golden: Path, cases: dict[str, tuple[SlipData, CopyMark]]) -> None:
    wanted = {f"{case}-{key}.{kind}" for case in cases for key in ("roll80", "a5") for kind in ("txt", "png")}
    assert {path.name for path in golden.iterdir()} == wanted
