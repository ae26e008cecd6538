"""本人资料告知单, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import pytest
from tests.paper.conftest import ADVICE, ARRIVED, UNIT
from tests.paper.test_golden import compare_picture, compare_text

from onevisit.paper.fonts import FontBook
from onevisit.paper.own_data import own_data_texts, render_own_data
from onevisit.rules.own_data import OwnData, OwnDataChange, OwnDataGround, OwnFollowed, OwnVisit


class Said(Protocol):
    """What the pages of a file say."""

    text: str
    texts: list[str]
    metadata: dict[str, str]

    def says(self, words: str) -> bool: ...


VISIT = OwnVisit(
    visit_no="370400-01-20261122-007-K",
    matter_no="370400-01-2026-00123-4",
    arrived_at=ARRIVED,
    ordinal=1,
    role="主访人",
    others=("随访人 周*", "代理人 欧***"),
    title="建筑工地拖欠工资",
    classification="求决 · 劳动社保 · 薛城区",
    respondent="某建筑劳务有限公司",
    summary="2025年3月至9月在薛城区某建筑工地务工，被拖欠工资共计28600元，多次向包工头索要未果，请求帮助追讨。",
    materials=("工资欠条（复印件 1 页）", "考勤照片 3 张"),
    reply="电话联系您：139****0011",
    return_reason="",
    note="说话慢，请多给时间",
    advice=(replace(ADVICE, addenda=("11月23日：法律援助中心已同意为您指派律师。",)),),
    slips=("第 1 版第 1 份，2026年11月22日 10:58，工号 002，已打印",),
    kept_until="保存到2036年11月22日（最后一次来访后 10 年）",
)
HIDDEN = replace(
    VISIT,
    visit_no="370400-01-20261123-001-B",
    arrived_at=ARRIVED + timedelta(days=1),
    role="随访人",
    others=("主访人 王*",),
    title="",
    classification="",
    respondent="",
    summary="",
    materials=(),
    reply="",
    note="",
    advice=(),
    slips=(),
)
PLAIN = OwnData(
    unit=UNIT,
    practice=False,
    made_at=datetime(2026, 12, 1, 2, 5, tzinfo=UTC),
    staff_no="004",
    ground=OwnDataGround.COPY.label,
    name="王伟",
    particulars=(
        ("姓名", "王伟"),
        ("性别", "男"),
        ("出生日期", "1979年4月12日"),
        ("民族", "没有登记"),
        ("居民身份证", "370499197904120232"),
        ("电话", "13900000011"),
        ("住址", "枣庄市薛城区临城街道示例村3组8号"),
        ("首次登记", "2026年11月22日 10:41"),
    ),
    visits=(VISIT, HIDDEN),
    changes=(OwnDataChange(datetime(2026, 11, 23, 1, 5, tzinfo=UTC), "002", "370400-01-20261123-001-B"),),
    left_out=("同来的其他人只写角色和隐去的姓名。", "律师自己的工作笔记不在这里。"),
)
FOLLOWED = OwnFollowed(
    "370400-01-2026-00123-4",
    "建筑工地拖欠工资",
    (
        ("办理经过", "2026年11月23日已转交薛城区人力资源和社会保障局"),
        ("办理经过", "2026年12月20日承办单位已经答复"),
        ("送达文书", "2026年12月21日，信访处理意见书 枣信处〔2026〕12号，邮寄已签收"),
        ("承诺", "答应2026年11月27日前办到，打电话告知调解的结果，2026年11月26日已兑现，已打通电话"),
        ("电话回访", "2026年11月26日 10:05，已联系上，说明仍在调解，来访人表示理解，请求尽快给出结果，工号 002"),
        ("评价", "2026年12月21日请评信访部门（窗口），满意"),
    ),
)
SHEETS = {
    "followed": replace(PLAIN, visits=(VISIT,), followed=(FOLLOWED,)),
    "plain": PLAIN,
    "long": replace(PLAIN, visits=(replace(VISIT, summary=VISIT.summary * 12, ordinal=2),) * 5),
    "nothing": replace(PLAIN, visits=(), changes=()),
    "practice": replace(PLAIN, practice=True, visits=(replace(VISIT, summary="𠮷祥里 𬱖某 \U00031350"),)),
}
GOLDEN = Path(__file__).parent / "golden_own_data"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_own_data(SHEETS[name], fonts)
    assert pdf == render_own_data(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_every_text_stands_on_it_and_long_ones_flow_over_numbered_pages(
    fonts: FontBook, read: Callable[[bytes], Said]
) -> None:
    said = read(render_own_data(SHEETS["long"], fonts))
    assert len(said.texts) > 2
    for number, page in enumerate(said.texts, start=1):
        assert f"第 {number} 页 共 {len(said.texts)} 页" in page
    assert [text for text in own_data_texts(SHEETS["long"]) if not said.says(text)] == []
    said = read(render_own_data(SHEETS["followed"], fonts))
    assert [text for text in own_data_texts(SHEETS["followed"]) if not said.says(text)] == []


def test_neither_file_nor_head_of_a_page_names_anybody(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    said = read(render_own_data(SHEETS["long"], fonts))
    assert said.metadata["Title"] == "本人资料告知单"
    assert "王伟" not in "".join(said.metadata.values())
    assert "王伟" not in said.texts[1].splitlines()[0]


def test_a_character_that_no_font_has_is_named(fonts: FontBook, read: Callable[[bytes], Said]) -> None:
    assert read(render_own_data(SHEETS["practice"], fonts)).says("U+31350")
