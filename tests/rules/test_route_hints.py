"""What the words of a form suggest to the route assistant."""

from dataclasses import replace

import pytest

from onevisit.rules import route_hints, routes
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import Answer, MatterAnswer, RegistrationForm
from onevisit.rules.routes import Circumstances


@pytest.mark.parametrize(
    ("purpose", "content", "title", "summary", "respondent", "place", "mark"),
    [
        ("申诉", "政法", "对交通事故判决不服", "判决尚在上诉期内。", "某区人民法院", "370405", "31(一)"),
        ("求决", "劳动社保", "建筑工地拖欠工资", "拖欠工资28600元。", "某劳务有限公司", "370403", "31(五)"),
        ("求决", "劳动社保", "解除劳动合同补偿", "解除劳动合同。", "某公司", "370403", "31(二)"),
        ("申诉", "组织人事", "不服党纪处分", "对党内处分不服。", "某区纪委", "370403", "31(三)"),
        ("求决", "民政", "低保申请未获批", "未获批。", "某镇人民政府", "370406", "31(四)"),
        ("求决", "城乡建设", "楼顶漏水", "物业与社区相互推诿。", "某区住房和城乡建设局", "370402", "31(六)"),
        ("揭发控告", "纪检监察", "侵占集体资金", "某村干部侵占资金。", "某村村民委员会", "370404", "30"),
        ("揭发控告", "组织人事", "任用不公", "选人不公。", "某单位", "370404", "30"),
        ("揭发控告", "交通能源环保", "夜间偷排", "某厂向河道排放。", "某化工厂", "370481", "22(一)"),
        ("咨询", "教育", "咨询入学", "所需材料。", "", "370403", "23"),
        ("意见建议", "交通能源环保", "调整公交", "增开早晚班。", "", "370400", "22(一)"),
    ],
)
def test_words_suggest_the_answers(
    purpose: str, content: str, title: str, summary: str, respondent: str, place: str, mark: str
) -> None:
    form = RegistrationForm(
        purpose=Purpose.from_label(purpose),
        content=ContentClass.from_label(content),
        title=title,
        summary=summary,
        respondent=respondent,
        place_code=place,
    )
    case = route_hints.circumstances(form)
    assert case is not None
    found = routes.propose(case, route_hints.suggested_answers(form))
    assert found is not None
    assert found.mark == mark


@pytest.mark.parametrize(
    ("respondent", "level"),
    [("某镇人民政府", "town"), ("某街道办事处", "town"), ("某村", "town"), ("某区农业农村局", "district")],
)
def test_the_respondent_suggests_the_level(respondent: str, level: str) -> None:
    suggested = route_hints.suggested_answers(RegistrationForm(respondent=respondent, place_code="370402"))
    assert suggested["level"] == (level,)
    assert route_hints.suggested_answers(RegistrationForm(place_code="370400"))["level"] == ("city",)


def test_what_is_urgent_suggests_an_assignment_and_words_suggest_help() -> None:
    form = RegistrationForm(title="邻里纠纷", summary="生活困难", urgent=True)
    assert route_hints.suggested_answers(form)["report"] == ("yes",)
    assert route_hints.suggested_answers(form)["beside"] == ("mediation", "social_relief")


def test_what_is_known_is_read_from_the_form() -> None:
    form = RegistrationForm(
        purpose=Purpose.REQUEST, content=ContentClass.LABOUR, place_code="370402", confidential=True
    )
    assert route_hints.circumstances(RegistrationForm()) is None
    known = Circumstances(Purpose.REQUEST, ContentClass.LABOUR, "370402", confidential=True)
    assert route_hints.circumstances(form) == known
    again = replace(form, matter_answers=(MatterAnswer(7, Answer.SAME),))
    assert route_hints.circumstances(again, in_period=True) == replace(known, repeat=True, in_period=True)
    assert route_hints.circumstances(form, repeat=True, terminated=True) == replace(known, repeat=True, terminated=True)
