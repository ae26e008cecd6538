"""The slip says everything, on every paper, and cuts nothing."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from onevisit.paper.fonts import FontBook, plain
from onevisit.paper.profiles import A5, PROFILES, ROLL_80, PaperProfile
from onevisit.paper.raster import page_count, page_image, page_sizes
from onevisit.paper.slip import render, slip_texts
from onevisit.rules.slip import CopyMark, SlipData

Cases = dict[str, tuple[SlipData, CopyMark]]

every_profile = pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)


@every_profile
def test_everything_is_said(case: str, profile: PaperProfile, fonts: FontBook, cases: Cases, read: type) -> None:
    data, copy = cases[case]
    pages = read(render(data, copy, profile, fonts))
    wanting = fonts.missing("".join(slip_texts(data)))
    for text in slip_texts(data):
        for paragraph in text.split("\n"):
            assert pages.says("".join("〓" if one in wanting else one for one in paragraph)) or len(pages.texts) > 1
    for words in (data.visit_no, data.matter_no, data.staff_no, copy.staff_no, f"第 {copy.copy_no} 份"):
        assert pages.says(words)


@every_profile
def test_a_long_slip_loses_not_one_character(profile: PaperProfile, fonts: FontBook, cases: Cases) -> None:
    data, copy = cases["long"]
    counted = replace(data, summary="".join(chr(0x4E00 + index) for index in range(5000)))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(render(counted, copy, profile, fonts))).pages)
    missing = set(fonts.missing(counted.summary))
    assert len(missing) < 50
    assert set(counted.summary) - missing <= set(text)


@every_profile
def test_nothing_reaches_into_the_margins(case: str, profile: PaperProfile, fonts: FontBook, cases: Cases) -> None:
    data, copy = cases[case]
    pdf = render(data, copy, profile, fonts)
    image = page_image(pdf, page_count(pdf) - 1, 72)
    margin = int(profile.side_mm / 25.4 * 72) - 2
    for row in range(image.height):
        line = image.data[row * image.stride : row * image.stride + 4 * image.width]
        assert set(line[: 4 * margin] + line[-4 * margin :]) == {255}


@every_profile
def test_no_type_is_smaller_than_the_minimum(profile: PaperProfile, fonts: FontBook, cases: Cases) -> None:
    sizes: set[float] = set()
    for page in PdfReader(BytesIO(render(*cases["reprint"], profile, fonts))).pages:
        page.extract_text(visitor_text=lambda *seen: sizes.add(seen[4]) if seen[0].strip() else None)
    assert min(sizes) >= profile.minimum


def test_the_same_slip_gives_the_same_bytes(case: str, fonts: FontBook, cases: Cases) -> None:
    first = render(*cases[case], ROLL_80, fonts)
    render(*cases["rare"], A5, fonts)
    assert render(*cases[case], ROLL_80, fonts) == first


@pytest.mark.parametrize("profile", [ROLL_80, A5], ids=lambda profile: profile.key)
def test_all_fonts_are_embedded(case: str, profile: PaperProfile, fonts: FontBook, cases: Cases) -> None:
    for page in PdfReader(BytesIO(render(*cases[case], profile, fonts))).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        faces = resources["/Font"].get_object()
        assert isinstance(faces, DictionaryObject)
        names = set()
        for reference in faces.values():
            font = reference.get_object()
            assert "/FontFile2" in font["/FontDescriptor"]
            assert "/ToUnicode" in font
            names.add(font["/BaseFont"].split("+")[1])
        assert names <= {"NotoSansSC-Regular", "NotoSansSC-Bold", "HanaMinB"}


def test_the_metadata_names_the_unit_and_nobody(fonts: FontBook, cases: Cases, read: type) -> None:
    data, copy = cases["plain"]
    metadata = read(render(data, copy, ROLL_80, fonts)).metadata
    assert metadata["Title"] == f"来访登记回执 {data.visit_no}"
    assert metadata["Author"] == data.unit.name
    assert data.petitioner not in "".join(metadata.values())


def test_rare_characters_can_be_copied_from_the_file(fonts: FontBook, cases: Cases, read: type) -> None:
    pdf = render(*cases["rare"], A5, fonts)
    assert "刘𠮷𬱖" in PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert read(pdf).says("刘𠮷𬱖")


def test_a_character_that_no_font_has_is_named_for_a_pen(fonts: FontBook, cases: Cases, read: type) -> None:
    pages = read(render(*cases["wanting"], ROLL_80, fonts))
    assert pages.says("王〓")
    assert pages.says("打印字库中没有（U+31350），请窗口手写补上")


@pytest.mark.parametrize("profile", [ROLL_80, A5], ids=lambda profile: profile.key)
def test_practice_is_marked_on_every_page(profile: PaperProfile, fonts: FontBook, cases: Cases, read: type) -> None:
    data, copy = cases["long"]
    marked = read(render(replace(data, practice=True), copy, profile, fonts))
    assert len(marked.texts) > 1
    assert all(text.count("练习") >= 3 for text in marked.texts)
    assert "练习" not in read(render(data, copy, profile, fonts)).text


def test_a_long_roll_goes_on_on_a_next_page(fonts: FontBook, cases: Cases, read: type) -> None:
    pdf = render(*cases["long"], ROLL_80, fonts)
    pages = read(pdf)
    assert all(height <= ROLL_80.max_length_mm for _, height in page_sizes(pdf))
    assert "接下页" in pages.texts[0]
    assert "接上页" in pages.texts[1]
    assert "接下页" not in pages.texts[-1]


def test_sheets_are_numbered(fonts: FontBook, cases: Cases, read: type) -> None:
    pages = read(render(*cases["long"], A5, fonts))
    total = len(pages.texts)
    assert all(f"第 {number} 页 共 {total} 页" in text for number, text in enumerate(pages.texts, 1))


def test_an_ordinary_slip_fits_one_sheet(fonts: FontBook, cases: Cases) -> None:
    assert page_count(render(*cases["plain"], A5, fonts)) == 1


def test_a_reprint_and_a_new_edition_say_so(fonts: FontBook, cases: Cases, read: type) -> None:
    pages = read(render(*cases["reprint"], ROLL_80, fonts))
    assert pages.says("补打 第 2 次")
    assert pages.says("第 2 版（内容有更新，以此份为准）")
    assert pages.says("窗口员 002　打印 004　第 3 份")
    first = read(render(*cases["plain"], ROLL_80, fonts))
    assert not first.says("补打")
    assert not first.says("版（")
    long, copy = cases["long"][0], cases["reprint"][1]
    pages = read(render(long, copy, A5, fonts)).texts
    assert len(pages) > 2
    assert all("补打 第 2 次" in page.splitlines()[0] for page in pages[1:])


def test_days_are_told_with_their_year_only_where_it_is_another(fonts: FontBook, cases: Cases, read: type) -> None:
    assert read(render(*cases["plain"], ROLL_80, fonts)).says("最迟12月7日")
    assert read(render(*cases["anonymous"], ROLL_80, fonts)).says("最迟2027年1月5日")


def test_times_are_those_of_china(fonts: FontBook, cases: Cases, read: type) -> None:
    data, copy = cases["plain"]
    late = replace(data, arrived_at=datetime(2026, 11, 22, 16, 5, tzinfo=UTC))
    assert read(render(late, copy, ROLL_80, fonts)).says("2026年11月23日 00:05")


def test_what_is_not_there_leaves_no_empty_label(fonts: FontBook, cases: Cases, read: type) -> None:
    pages = read(render(*cases["anonymous"], ROLL_80, fonts))
    for words in ("证件号码", "同来的人", "来访人数", "请您一次备齐", "的意见", "次来访"):
        assert not pages.says(words)
    assert pages.says("收到您的材料：无")


def test_every_text_of_the_data_is_tested_for_missing_characters(cases: Cases) -> None:
    data, _ = cases["reprint"]
    told = set(slip_texts(data))
    for field in fields(data):
        value = getattr(data, field.name)
        texts = value if isinstance(value, tuple) else (value,)
        codes = {"visit_no", "matter_no", "query_code", "staff_no"}
        assert {text for text in texts if isinstance(text, str) and field.name not in codes} <= told, field.name


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    petitioner=st.text(min_size=1, max_size=60),
    summary=st.text(max_size=400),
    material=st.text(alphabet=st.characters(codec="gb18030"), max_size=80),
)
def test_any_text_can_be_set(fonts: FontBook, cases: Cases, petitioner: str, summary: str, material: str) -> None:
    data, copy = cases["plain"]
    typed = replace(data, petitioner=petitioner, summary=summary, materials=(material, material))
    pdf = render(typed, copy, ROLL_80, fonts)
    text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    wanted = set(plain(petitioner + summary + material)) - set(fonts.missing(petitioner + summary + material))
    assert {one for one in wanted if one.isalnum()} <= set(text)


def test_a_folder_without_fonts_is_said_plainly(tmp_path: Path, cases: Cases) -> None:
    with pytest.raises(Exception, match="请重新安装本程序"):
        render(*cases["plain"], ROLL_80, FontBook(tmp_path))
