"""The demonstration as a process of its own: through the whole window, offscreen and on a real display."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

Row = dict[str, Any]
WEI = {
    "name": "王伟",
    "sex": "男",
    "ethnic_group": "汉族",
    "id_kind": "居民身份证",
    "id_number": "370499197904120232",
    "phone": "13900000011",
    "address": "枣庄市薛城区临城街道示例村1组12号",
}
JI = WEI | {"name": "刘𠮷", "id_number": "370499198806270290", "phone": "13900000014", "address": "枣庄市台儿庄区"}
HUI = WEI | {"name": "赵𬱖", "id_number": "370499200102100357", "phone": "13900000017", "address": "枣庄高新区兴仁街道"}
WAGES = {
    "visitors": [WEI],
    "purpose": "求决",
    "content": "劳动社保",
    "place": "370403",
    "title": "建筑工地拖欠工资",
    "summary": "2025年3月至9月在某建筑工地务工，被拖欠工资共计28600元，请求帮助追讨。",
    "respondent": "某建筑劳务有限公司",
    "materials": ["工资欠条"],
    "reply_by": "电话",
}
ADVICE = {
    "lawyer": "律师甲",
    "facts": "有欠条。",
    "advice": "欠条可直接向人民法院起诉。",
    "route": "诉讼",
    "legal_aid": True,
}
AGAIN = WAGES | {"repeat_of": 0, "return_reason": "未按承诺时间联系来访人", "summary": "尚未接到电话，再次询问。"}
WATER = WAGES | {
    "title": "楼顶漏水无人维修",
    "content": "城乡建设",
    "respondent": "某物业公司",
    "summary": "楼顶漏水两年。",
}


def number(lines: list[Row]) -> list[str]:
    return [
        json.dumps(
            {"number": place, "at": f"2026-11-16T{8 + place // 6:02d}:{place % 6 * 10:02d}", **line}, ensure_ascii=False
        )
        for place, line in enumerate(lines)
    ]


def run_demo(tmp_path: Path, lines: list[str], env: Mapping[str, str] | None = None) -> tuple[int, list[Row], str]:
    visits, out = tmp_path / "visits.jsonl", tmp_path / "out"
    visits.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, "-m", "onevisit", "demo", "--visits", str(visits), "--out", str(out)]
    finished = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120)
    summary = out / "summary.json"
    rows: list[Row] = json.loads(summary.read_text(encoding="utf-8")) if summary.exists() else []
    return finished.returncode, rows, finished.stderr


def offscreen() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def fonts_of(pdf: PdfReader) -> Iterator[tuple[str, bool]]:
    for page in pdf.pages:
        for reference in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = reference.get_object()
            described = font.get("/DescendantFonts", [font])[0].get_object()["/FontDescriptor"].get_object()
            yield str(font["/BaseFont"]), "/FontFile2" in described


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in PdfReader(path).pages)


def test_every_kind_of_visit_goes_through_the_window(tmp_path: Path) -> None:
    people = [WEI, JI, HUI]
    lines: list[Row] = [
        WAGES | {"consultation": ADVICE},
        WAGES | {"visitors": [JI], "purpose": "申诉", "content": "政法", "title": "对判决不服", "reply_by": "当场"},
        WAGES | {"visitors": [HUI], "purpose": "咨询", "content": "教育", "title": "咨询入学", "reply_by": "当场"},
        WAGES
        | {"visitors": people, "headcount": 23, "content": "城乡建设", "title": "商品房逾期交付", "reply_by": "书面"},
        WAGES | {"visitors": [JI], "organisation": "某机械有限公司", "title": "惠企资金未兑现"},
        WAGES | {"visitors": [], "anonymous": True, "purpose": "揭发控告", "reply_by": "无", "title": "夜间偷排废水"},
        WAGES | {"visitors": [HUI], "agent": JI, "title": "申请低保", "materials": ["授权委托书"]},
        AGAIN,
        WATER,
        WAGES
        | {
            "visitors": [HUI],
            "purpose": "揭发控告",
            "content": "纪检监察",
            "title": "侵占集体资金",
            "confidential": True,
        },
    ]
    status, rows, said = run_demo(tmp_path, number(lines), offscreen())
    assert (status, [row["errors"] for row in rows]) == (0, [[] for _ in lines]), said
    assert [row["repeat"] for row in rows] == [False] * 7 + [True, False, False]
    assert rows[7]["matter_no"] == rows[0]["matter_no"]
    assert len({row["matter_no"] for row in rows}) == 9
    assert len({row["visit_no"] for row in rows}) == 10
    look_at_the_routes(rows)
    slips = tmp_path / "out" / "slips"
    for row in rows:
        embedded = dict(fonts_of(PdfReader(slips / row["slip"])))
        assert embedded
        assert all(embedded.values())
        assert row["visit_no"] in text_of(slips / row["slip"])
    assert "欠条可直接向人民法院起诉" in text_of(slips / rows[0]["slip"])
    assert "有欠条" not in text_of(slips / rows[0]["slip"])
    assert "刘𠮷" in text_of(slips / rows[1]["slip"])
    assert "赵𬱖" in text_of(slips / rows[2]["slip"])
    screens = {path.stem for path in (tmp_path / "out" / "screens").glob("*.png")}
    assert {"login", "today", "registration", "consultation", "slip", "matters", "system", "audit-auditor"} <= screens
    assert {"registration-draft", "day-close", "lock", "retention"} <= screens
    assert {"route", "route-decided", "matters-route", "matters-after_visit", "board", "lists"} <= screens
    assert {"system-security", "system-backup", "system-check"} <= screens


def look_at_the_routes(rows: list[Row]) -> None:
    """What the assistant proposed, which clocks run from it, what is open at the end, who finds it afterwards."""
    wages, court, enquiry, *_ = rows
    assert court["route"] == "31(一)"
    assert not [what for what in court["due"] if "办理" in what]
    assert court["due"] == {}
    assert enquiry["route"] == "23"
    assert wages["due"].keys() == {"机关书面告知", "对转送、交办提出异议"}
    assert wages["due"]["机关书面告知"] == "2026-12-01"
    anonymous = rows[5]
    assert "机关书面告知" not in anonymous["due"]
    assert rows[7]["route"] == wages["route"] == "31(五)"
    assert court["findings"]["notice"] == ""
    assert wages["findings"]["answer_day"] == "承办单位签收以后，由窗口打电话约定"
    assert all(isinstance(reason, str) for row in rows for reason in row["findings"].values())
    # the last one is confidential: another clerk does not find it
    assert [row["found_by_others"] for row in rows] == [True] * 9 + [False]


def test_a_bad_line_is_told_and_the_rest_go_on(tmp_path: Path) -> None:
    wrong = WEI | {"id_number": "370499197904120233"}
    crowd = [WEI | {"name": f"示例{c}", "id_number": ""} for c in "甲乙丙丁戊己"]
    lines = ["{这不是", *number([WAGES, WAGES | {"visitors": [wrong]}, WAGES | {"visitors": crowd}, WATER])]
    status, rows, said = run_demo(tmp_path, lines, offscreen())
    assert status == 1
    assert [row["ok"] for row in rows] == [False, True, False, False, True], (rows, said)
    assert "不是 JSON" in "".join(rows[0]["errors"])
    assert "校验不通过" in "".join(rows[2]["errors"])
    assert "不得超过 5 人" in "".join(rows[3]["errors"])
    assert [bool(row["slip"]) for row in rows] == [row["ok"] for row in rows]


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "onevisit",
        "demo",
        "--visits",
        str(tmp_path / "none"),
        "--out",
        str(tmp_path / "out"),
    ]
    finished = subprocess.run(command, env=offscreen(), capture_output=True, text=True, timeout=60)
    assert finished.returncode == 2
    assert finished.stderr.strip().endswith("请核对路径后再试。")
    assert len(finished.stderr.strip().splitlines()) == 1


@pytest.mark.display
def test_a_whole_journey_in_a_real_window(tmp_path: Path, display: Any) -> None:  # noqa: ANN401 - the fixture's own class
    lines = number([WAGES | {"consultation": ADVICE}, AGAIN])
    status, rows, said = run_demo(tmp_path, lines, {**display.env, "QT_QPA_PLATFORM": "xcb"})
    assert (status, [row["ok"] for row in rows]) == (0, [True, True]), said
    assert [row["repeat"] for row in rows] == [False, True]
