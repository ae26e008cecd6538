"""What is handed out about a route: everything for the visitor, nobody who brought it where it is sealed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.desk.test_route import ASSIGN, COURT, OPINION, come_again, decide, go_on

from onevisit.desk import audit, lookup, route, route_sheets
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.frozen import freeze
from onevisit.desk.register import register
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.route_sheets import SheetKind, visitors_kind
from onevisit.rules.routes import Handling

NewForm = Callable[..., RegistrationForm]


def test_whoever_is_guided_takes_place_phone_hours_and_papers_along(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    decide(clerk_desk, saved.visit_id, COURT, ("薛城区人民法院诉讼服务中心", "某仲裁委员会"))
    found = route_sheets.guidance(clerk_desk, route.case(clerk_desk, visit_id=saved.visit_id).seen)
    assert (found.kind, found.petitioner, found.visit_no) == (SheetKind.GUIDANCE, "王伟", saved.visit_no)
    court, unknown = found.places
    assert court.address
    assert court.phone
    assert court.hours
    assert "身份证" in court.bring
    assert court.example
    assert (unknown.name, unknown.address) == ("某仲裁委员会", "")
    assert found.beside == ("法律援助",)
    assert found.article == "《信访工作条例》第三十一条第（一）项"
    assert "查询码" in found.next_steps[0]
    with pytest.raises(DeskFault, match="没有交给别的单位"):
        route_sheets.transfer(clerk_desk, route.case(clerk_desk, saved.matter_id).seen)


def test_an_assignment_tells_who_came_and_what_is_asked_by_when(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    decide(clerk_desk, saved.visit_id, ASSIGN, ("甲局", "乙局"), reply_by=date(2026, 12, 20))
    seen = route.case(clerk_desk, saved.matter_id).seen
    found = route_sheets.transfer(clerk_desk, seen)
    assert (found.kind, found.to, found.sealed) == (SheetKind.ASSIGNMENT, ("甲局", "乙局"), False)
    assert "由甲局牵头" in found.joint
    assert dict(found.petitioner)["电话"].startswith("1390000")
    assert "*" in dict(found.petitioner)["证件号"]
    assert any("2026年12月20日前报办理结果" in one for one in found.asks)
    assert any("60 日内办结" in one for one in found.asks)
    told = route_sheets.guidance(clerk_desk, seen)
    assert told.kind is SheetKind.TOLD
    assert "由甲局牵头" in told.next_steps[0]
    assert "15 日内书面告知您" in told.next_steps[1]
    assert "60 日内办结" in told.next_steps[2]


def test_a_sealed_sheet_holds_no_trace_of_anybody_who_brought_it(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(
        purpose=Purpose.ACCUSATION,
        content=ContentClass.DISCIPLINE,
        title="王伟反映村书记侵占补偿款",
        summary="我叫王 伟，电话139-0000-0001，家住临城街道示例村3组8号，反映村书记侵占补偿款。",
        respondent="某村书记张某",
        materials=(MaterialEntry("王伟的证言"),),
        confidential=True,
    )
    saved = register(clerk_desk, form)
    decide(clerk_desk, saved.visit_id, {"accused": ("discipline",)}, ("市纪委监委信访室",))
    seen = route.case(clerk_desk, visit_id=saved.visit_id).seen
    found = route_sheets.transfer(clerk_desk, seen)
    assert (found.sealed, found.petitioner) == (True, ())
    written = freeze("transfer", found)
    for trace in ("王伟", "王 伟", "1390000", "139-0000", "示例村3组"):
        assert trace not in written
    assert "〔略〕" in found.told[0]
    assert "透露或者转给被检举、揭发的人员或者单位" in found.asks[0]
    with pytest.raises(NotFoundError):
        route_sheets.transfer(clerk_desk, replace(seen, visit_id=None))


def test_an_anonymous_visitor_is_told_nothing_in_writing(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    decide(clerk_desk, saved.visit_id, OPINION)
    seen = route.case(clerk_desk, saved.matter_id).seen
    assert route_sheets.transfer(clerk_desk, seen).petitioner == (("姓名", "匿名"),)
    assert not any("书面告知" in one for one in route_sheets.transfer(clerk_desk, seen).asks)
    assert not any("书面告知" in one for one in route_sheets.guidance(clerk_desk, seen).next_steps)


def test_an_organisation_and_a_group_stand_on_the_organs_sheet(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form(organisation="示例机械公司", headcount=3))
    decide(clerk_desk, saved.visit_id, OPINION)
    found = dict(route_sheets.transfer(clerk_desk, route.case(clerk_desk, saved.matter_id).seen).petitioner)
    assert (found["单位"], found["人数"]) == ("示例机械公司", "3 人")


def test_a_repeat_within_the_period_takes_along_what_it_was_told(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    first = register(clerk_desk, form)
    decide(clerk_desk, first.visit_id, OPINION)
    go_on(clerk_desk, first.matter_id, Action.ACCEPT)
    second = come_again(clerk_desk, form, first.matter_id)
    decide(clerk_desk, second.visit_id, {})
    found = route_sheets.guidance(clerk_desk, route.case(clerk_desk, visit_id=second.visit_id).seen)
    assert (found.article, found.places) == ("《信访工作条例》第十九条第三款", ())
    assert route_sheets.transfer(clerk_desk, route.case(clerk_desk, first.matter_id).seen).to == ("市示例局",)


def test_what_is_not_decided_or_not_there_has_no_sheet(clerk_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    seen = route.case(clerk_desk, saved.matter_id).seen
    for sheet in (route_sheets.guidance, route_sheets.transfer):
        with pytest.raises(DeskFault, match="还没有定去向"):
            sheet(clerk_desk, seen)
        with pytest.raises(NotFoundError):
            sheet(clerk_desk, replace(seen, matter_id=999))


def test_printing_leaves_a_trace(clerk_desk: Desk, auditor_desk: Desk, new_form: NewForm) -> None:
    saved = register(clerk_desk, new_form())
    decide(clerk_desk, saved.visit_id, OPINION)
    route_sheets.record_printed(clerk_desk, route.case(clerk_desk, saved.matter_id).seen, SheetKind.TRANSFER)
    last = audit.entries(auditor_desk)[0]
    assert (last.action, last.detail, last.record) == ("打印去向单", "转送单", f"信访事项 {saved.matter_id}")
    assert lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1].kind == "定去向"
    route_sheets.record_printed(clerk_desk, route.case(clerk_desk, saved.matter_id).seen, SheetKind.TOLD)
    told = lookup.open_matter(clerk_desk, saved.matter_id).timeline[-1]
    assert (told.kind, told.text) == ("文书", "打印去向告知单")


def test_the_visitors_sheet_is_named_for_what_it_says() -> None:
    assert visitors_kind(Handling.GUIDE).label == "引导告知单"
    assert visitors_kind(Handling.IN_PERIOD).to_visitor
    assert not SheetKind.ASSIGNMENT.to_visitor
