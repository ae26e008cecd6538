"""The test page shows what a printer cuts off."""

from datetime import UTC, datetime

import pytest

from onevisit.paper.fonts import FontBook
from onevisit.paper.profiles import PROFILES, PaperProfile
from onevisit.paper.raster import page_count, page_image, page_sizes
from onevisit.paper.testpage import render_test_page

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_it_names_paper_and_queue_on_one_page(profile: PaperProfile, fonts: FontBook, read: type) -> None:
    pdf = render_test_page(profile, fonts, "slip-80", AT)
    pages = read(pdf)
    assert page_count(pdf) == 1
    assert page_sizes(pdf)[0][0] == pytest.approx(profile.width_mm, abs=0.01)
    limit = min(profile.side_mm, profile.top_mm, profile.bottom_mm)
    for words in (profile.label, "打印机：slip-80", "2026年11月22日 09:00", f"不大于 {limit:g}"):
        assert pages.says(words)


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_ink_reaches_all_four_edges(profile: PaperProfile, fonts: FontBook) -> None:
    image = page_image(render_test_page(profile, fonts, "slip-80", AT), 0, 203.2)
    rows = [image.data[row * image.stride : row * image.stride + 4 * image.width : 4] for row in range(image.height)]
    near = 3
    assert min(min(row) for row in rows[:near]) < 200
    assert min(min(row) for row in rows[-near:]) < 200
    assert min(min(row[:near]) for row in rows) < 200
    assert min(min(row[-near:]) for row in rows) < 200
