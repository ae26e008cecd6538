"""A visits file becomes forms; whatever is wrong with a line is said in words, and the other lines go on."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.demo.visits_file import BadLine, VisitLine, read_visits
from onevisit.rules.classification import AdvisedWay, ContentClass, Purpose, ReplyMethod
from onevisit.rules.faults import PlainFault
from onevisit.rules.people import Sex

GOOD = {
    "number": 7,
    "at": "2026-11-16T08:41",
    "visitors": [
        {
            "name": "刘𠮷",
            "sex": "男",
            "ethnic_group": "汉族",
            "id_kind": "居民身份证",
            "id_number": "370499198806270290",
            "phone": "13900000014",
            "address": "枣庄市薛城区临城街道示例村1组12号",
        }
    ],
    "purpose": "求决",
    "content": "劳动社保",
    "place": "370403",
    "title": "建筑工地拖欠工资",
    "summary": "被拖欠工资。",
    "materials": ["工资欠条"],
    "reply_by": "电话",
    "consultation": {
        "lawyer": "律师甲",
        "facts": "有欠条。",
        "advice": "可以起诉。",
        "route": "仲裁或诉讼",
        "legal_aid": True,
    },
}


def read(tmp_path: Path, *lines: object) -> tuple[VisitLine | BadLine, ...]:
    path = tmp_path / "visits.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    path.write_text("\n".join(texts), encoding="utf-8")
    return read_visits(path)


def test_a_good_line_becomes_a_form(tmp_path: Path) -> None:
    (line,) = read(tmp_path, GOOD)
    assert isinstance(line, VisitLine)
    assert line.number == 7
    assert line.arrived_at.astimezone(UTC) == datetime(2026, 11, 16, 0, 41, tzinfo=UTC)
    lead = line.form.lead
    assert lead is not None
    assert (lead.name, lead.sex, lead.region_code, lead.town) == ("刘𠮷", Sex.MALE, "370403", "临城街道")
    assert (line.form.purpose, line.form.content, line.form.reply_by) == (
        Purpose.REQUEST,
        ContentClass.LABOUR,
        ReplyMethod.PHONE,
    )
    assert line.advice is not None
    assert set(line.advice.form.ways) == {AdvisedWay.ARBITRATION, AdvisedWay.LITIGATION}


def test_a_line_that_is_not_json_is_reported_and_the_rest_go_on(tmp_path: Path) -> None:
    bad, good = read(tmp_path, "{这不是", GOOD)
    assert isinstance(bad, BadLine)
    assert "不是 JSON" in bad.errors[0]
    assert isinstance(good, VisitLine)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"purpose": "闲聊"}, "目的“闲聊”不在可选项中"),
        ({"at": "昨天"}, "来访时间"),
        ({"title": 5}, "“title”应为文字"),
        ({"visitors": "王伟"}, "“visitors”应为方括号"),
        ({"visitors": ["王伟"]}, "不是一个人的信息"),
        ({"consultation": {"advice": "可以起诉。"}}, "没有写律师姓名"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, change: dict[str, object], said: str) -> None:
    (line,) = read(tmp_path, GOOD | change)
    assert isinstance(line, BadLine)
    assert said in "".join(line.errors)


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "picture.jsonl"
    path.write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(PlainFault, match="不是 UTF-8 文本文件"):
        read_visits(path)


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(PlainFault, match="打不开来访文件"):
        read_visits(tmp_path / "none.jsonl")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(change=st.dictionaries(st.sampled_from(sorted(GOOD)), values, max_size=5), noise=st.text(max_size=40))
def test_no_line_ends_in_anything_but_words(tmp_path: Path, change: dict[str, object], noise: str) -> None:
    for line in read(tmp_path, GOOD | change, noise.replace("\r", " ")):
        assert isinstance(line, VisitLine) or all(line.errors)
