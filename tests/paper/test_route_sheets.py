"""The sheets of a route, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest
from tests.paper.conftest import UNIT
from tests.paper.test_golden import compare_picture, compare_text

from onevisit.paper.fonts import FontBook
from onevisit.paper.route_sheets import guidance_texts, render_guidance, render_transfer, transfer_texts
from onevisit.rules.route_choice import joint_notice
from onevisit.rules.route_sheets import SEALED_ASKS, Guidance, Place, SheetKind, Transfer, asks_of_organ
from onevisit.rules.rulebook import RULES_2005, RULES_2022


class Said(Protocol):
    """What the pages of a file say."""

    text: str
    texts: list[str]
    metadata: dict[str, str]

    def says(self, words: str) -> bool: ...


MADE = datetime(2026, 11, 22, 3, 5, tzinfo=UTC)
COURT = Place(
    "薛城区人民法院诉讼服务中心",
    "薛城区示例路1号",
    "0632-3300004",
    "工作日 8:30–12:00、13:30–17:00",
    ("身份证", "判决书、裁定书等法律文书", "证据复印件"),
    example=True,
)
GUIDANCE = Guidance(
    kind=SheetKind.GUIDANCE,
    unit=UNIT,
    practice=False,
    visit_no="370400-01-20261122-007-K",
    matter_no="370400-01-2026-00123-4",
    query_code="7QX4M2PD",
    petitioner="王伟",
    title="对法院判决不服",
    classification="申诉 · 政法 · 薛城区",
    decided_on=date(2026, 11, 22),
    handling="引导到法定程序",
    way="诉讼、检察、公安程序",
    article="《信访工作条例》第三十一条第（一）项",
    why="这件事要由法院、检察院或者公安机关按法定程序处理，窗口说明并引导。",
    places=(COURT,),
    next_steps=("您在这里登记过的内容我们留着，凭查询码可以查；到那里办的事按那里的期限算。",),
    beside=("法律援助",),
    enquiry="打电话 0632-0000000（工作日 8:30–17:00），报查询码，就能知道办到哪一步。",
    staff_no="002",
    made_at=MADE,
)
TOLD = replace(
    GUIDANCE,
    kind=SheetKind.TOLD,
    title="楼道灯不亮",
    classification="求决 · 城乡建设 · 薛城区",
    handling="转送下级",
    way="信访处理意见",
    article="《信访工作条例》第二十二条第（二）项、《信访工作条例》第三十一条第（六）项",
    why="没有别的法定程序，由有权处理的机关调查核实，出具信访处理意见书。",
    places=(replace(COURT, name="薛城区信访局人民来访接待中心", bring=()), Place("临城街道办事处")),
    next_steps=("承办单位受理以后，60 日内办结（《信访工作条例》第三十四条）。",),
    beside=(),
)
TRANSFER = Transfer(
    kind=SheetKind.ASSIGNMENT,
    unit=UNIT,
    practice=False,
    sealed=False,
    matter_no="370400-01-2026-00123-4",
    to=("市住房和城乡建设局", "市自然资源和规划局"),
    joint=joint_notice(("市住房和城乡建设局", "市自然资源和规划局"), RULES_2022),
    decided_on=date(2026, 11, 22),
    article="《信访工作条例》第二十二条第（三）项、《信访工作条例》第三十一条第（六）项",
    way="信访处理意见",
    title="老旧小区漏水无人维修",
    classification="求决 · 城乡建设 · 市中区",
    respondent="某物业服务公司",
    petitioner=(("姓名", "王伟"), ("证件号", "370499********0232"), ("电话", "13900000011"), ("住址", "薛城区示例村")),
    told=("楼顶漏水两年，请求协调维修。", "第二次来访：雨后又漏。"),
    materials=("照片 6 张", "物业合同（复印件 3 页）"),
    asks=asks_of_organ(RULES_2022, reply_by=date(2026, 12, 22), sixty_days=True, gives_notice=True, sealed=False),
    reply_by=date(2026, 12, 22),
    staff_no="002",
    made_at=MADE,
)
SEALED = replace(
    TRANSFER,
    kind=SheetKind.TRANSFER,
    sealed=True,
    to=("市纪委监委信访室",),
    joint="",
    article="《信访工作条例》第三十条",
    way="",
    title="反映村干部侵占补偿款",
    classification="揭发控告 · 纪检监察 · 山亭区",
    respondent="某镇某村书记张某",
    petitioner=(),
    told=("〔略〕反映村书记侵占集体土地补偿款，电话〔略〕。",),
    materials=("账目照片 3 张",),
    asks=asks_of_organ(RULES_2022, reply_by=None, sixty_days=False, gives_notice=False, sealed=True),
    reply_by=None,
)
GUIDANCES = {
    "guidance": GUIDANCE,
    "told": TOLD,
    "unknown-place": replace(GUIDANCE, places=(Place("某仲裁委员会"),), practice=True, petitioner="王\U00031350"),
}
TRANSFERS = {
    "assignment": TRANSFER,
    "sealed": SEALED,
    "long": replace(TRANSFER, told=("楼顶漏水，请求维修；" * 60,) * 8, practice=True),
}
GOLDEN = Path(__file__).parent / "golden_route"


def rendered(name: str, fonts: FontBook) -> bytes:
    found = GUIDANCES.get(name)
    return render_guidance(found, fonts) if found is not None else render_transfer(TRANSFERS[name], fonts)


@pytest.mark.parametrize("name", [*GUIDANCES, *TRANSFERS])
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = rendered(name, fonts)
    assert pdf == rendered(name, fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    names = [*GUIDANCES, *TRANSFERS]
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in names for kind in ("txt", "png")}


def test_every_text_stands_on_it(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    guided, told = read(render_guidance(GUIDANCE, fonts)), read(render_transfer(TRANSFERS["long"], fonts))
    assert [one for one in guidance_texts(GUIDANCE) if not guided.says(one)] == []
    assert [one for one in transfer_texts(TRANSFERS["long"]) if not told.says(one)] == []
    assert len(told.texts) > 1


def test_whoever_is_guided_leaves_with_everything_in_writing(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_guidance(GUIDANCE, fonts))
    for words in (COURT.name, COURT.address, COURT.phone, COURT.hours, *COURT.bring, "第三十一条第（一）项", "查询码"):
        assert said.says(words)
    assert said.says("示例，以本地文件为准")
    blank = read(rendered("unknown-place", fonts))
    assert blank.says("地址＿＿＿＿")
    assert blank.says("U+31350")


def test_the_sealed_sheet_names_nobody_and_says_so(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_transfer(SEALED, fonts))
    assert said.says("密封转送")
    assert said.says(SEALED_ASKS)
    assert not said.says("王伟")
    assert not said.says("13900000011")
    assert not said.says("来访人王")


def test_the_file_names_nobody(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    for pdf in (render_guidance(GUIDANCE, fonts), render_transfer(TRANSFER, fonts)):
        assert "王伟" not in "".join(read(pdf).metadata.values())


def test_what_is_asked_of_an_organ_follows_the_rule_set() -> None:
    old = asks_of_organ(RULES_2005, reply_by=date(2019, 4, 1), sixty_days=True, gives_notice=True, sealed=True)
    assert "《信访条例》第二十三条" in old[0]
    assert "2019年4月1日前报办理结果，并提交办结报告（《信访条例》第二十一条第（四）项）" in old[1]
    assert "《信访条例》第三十三条" in old[3]
    assert len(old) == 4
    assert "5 个工作日" in TRANSFER.asks[-1]
