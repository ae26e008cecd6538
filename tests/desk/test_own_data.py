"""What is given to somebody of what the unit holds on that person, and what is not."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import shown

from onevisit.desk import audit, calls, consult, evaluation, gate, issue, lookup, retention, service
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotAllowedError, NotFoundError
from onevisit.desk.own_data import own_data
from onevisit.desk.register import Registered, register
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.classification import AdvisedWay, PaperOutcome, ReturnReason
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, ConsultationForm, MatterAnswer, RegistrationForm
from onevisit.rules.own_data import OwnData, OwnDataGround
from onevisit.rules.people import PersonEntry

NewForm = Callable[..., RegistrationForm]
COMPANION = PersonEntry(name="周涛", phone="13900005555")


@pytest.fixture
def told(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock) -> Registered:
    """A matter with a companion, advice with an addendum, a printed slip, and a second visit with a new phone."""
    form = new_form(companions=(COMPANION,), headcount=2, wants_lawyer=True)
    first = register(clerk_desk, form)
    view = consult.begin(lawyer_desk, first.visit_id)
    written = ConsultationForm(
        "欠薪属实", "可以申请仲裁。", "", (AdvisedWay.ARBITRATION,), working_notes="对方可能转移财产"
    )
    consult.sign(lawyer_desk, view.consultation_id, written, view.version)
    consult.add_addendum(lawyer_desk, view.consultation_id, "记得带身份证")
    sheet = issue.issue(clerk_desk, first.visit_id, paper="a5", queue="q")
    issue.record_outcome(clerk_desk, sheet.copy_id, PaperOutcome.CAME_OUT)
    clock.advance(days=10)
    assert form.lead is not None
    again = replace(
        form,
        lead=replace(form.lead, phone="13900009999"),
        companions=(),
        headcount=1,
        matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
        return_reason=ReturnReason.NOT_CONTACTED,
        return_note="等了十天",
        clerk_note="语速快",
    )
    register(clerk_desk, again)
    return first


def _person(desk: Desk, matter: Registered, name: str) -> int:
    people = [one for visit in lookup.open_matter(desk, matter.matter_id).visits for one in visit.people]
    return next(one.petitioner_id for one in people if one.name == name)


def _give(desk: Desk, matter: Registered, name: str = "王伟") -> OwnData:
    return own_data(desk, _person(desk, matter, name), OwnDataGround.COPY, identity_checked=True)


def test_what_was_left_open_at_the_window_is_given_to_whoever_it_was_about(
    clerk_desk: Desk, supervisor_desk: Desk, told: Registered
) -> None:
    gate.leave_open(clerk_desk, told.visit_id, "papers", "说明天补来")
    first, again = _give(supervisor_desk, told).visits
    assert first.note == "来访人情绪激动\n留下的问题：所缺材料：说明天补来"
    assert again.note == "语速快"
    assert _give(supervisor_desk, told, "周涛").visits[0].note == ""


def test_everything_that_was_told_and_done_is_given(supervisor_desk: Desk, told: Registered) -> None:
    data = _give(supervisor_desk, told)
    particulars = dict(data.particulars)
    assert (particulars["姓名"], particulars["电话"]) == ("王伟", "13900009999")
    assert particulars["居民身份证"].startswith("37049919790412")
    assert particulars["住址"] == "枣庄市薛城区临城街道示例村3组8号"
    assert particulars["民族"] == "没有登记"
    first, again = data.visits
    assert (first.role, first.title, first.respondent) == ("主访人", "建筑工地拖欠工资", "某建筑劳务有限公司")
    assert first.summary.startswith("去年在某工地务工")
    assert first.materials == ("工资欠条（复印件 1 页）",)
    assert first.note == "来访人情绪激动"
    assert first.advice[0].advice == "可以申请仲裁。"
    assert first.advice[0].addenda[0].endswith("记得带身份证")
    assert first.slips == ("第 1 版第 1 份，2026年11月23日 09:00，工号 002，已打印",)
    assert again.return_reason == "未按承诺时间联系来访人（等了十天）"
    assert again.kept_until == "保存到2036年12月3日（最后一次来访后 10 年）"
    assert [(one.staff_no, one.visit_no) for one in data.changes] == [("002", again.visit_no)]
    assert (data.ground, data.staff_no, data.practice) == ("本人申请复制", "004", True)


def _follow(clerk_desk: Desk, told: Registered) -> None:
    """A promise, a call, a service and an evaluation on the matter."""
    today = local_day(clerk_desk.now())
    calls.call(
        clerk_desk,
        shown(clerk_desk, told.matter_id),
        CallForm(CallOutcome.REACHED, "说等到月底", PromiseForm("月底回电", today)),
    )
    notice = ServiceForm(ServedDocument.NOTICE, ServiceMethod.POST, ServiceOutcome.SIGNED, today, "告12号")
    service.serve(clerk_desk, shown(clerk_desk, told.matter_id), notice)
    ((_, asked),) = evaluation.invite(clerk_desk, told.visit_id).asked
    evaluation.answer(clerk_desk, shown(clerk_desk, told.matter_id), asked, EvaluationValue.BASICALLY, "等得久")


def test_what_followed_the_visits_is_given(supervisor_desk: Desk, clerk_desk: Desk, told: Registered) -> None:
    assert _give(supervisor_desk, told).followed == ()
    _follow(clerk_desk, told)
    (found,) = _give(supervisor_desk, told).followed
    assert (found.matter_no, found.title) == (told.matter_no, "建筑工地拖欠工资")
    assert found.lines == (
        ("送达文书", "2026年12月3日，告知书 告12号，邮寄已签收"),
        ("承诺", "答应2026年12月3日前办到，月底回电，今天到期"),
        ("电话回访", "2026年12月3日 09:00，已联系上，说等到月底，工号 002"),
        ("评价", "2026年12月3日请评信访部门（窗口），基本满意，等得久"),
    )
    assert _give(supervisor_desk, told, "周涛").followed == ()


def test_where_others_came_on_their_own_the_words_are_left_out(
    supervisor_desk: Desk, clerk_desk: Desk, told: Registered, new_form: NewForm
) -> None:
    same = (MatterAnswer(told.matter_id, Answer.SAME),)
    lead = PersonEntry(name="刘洋", phone="13900004444")
    register(clerk_desk, new_form(lead=lead, matter_answers=same, return_reason=ReturnReason.NO_ANSWER))
    _follow(clerk_desk, told)
    (found,) = _give(supervisor_desk, told).followed
    assert ("电话回访", "2026年12月3日 09:00，已联系上，工号 002") in found.lines
    assert not any(word in repr(found) for word in ("说等到月底", "月底回电", "等得久", "基本满意"))


def test_a_visit_that_was_forgotten_is_not_named_by_a_change_of_the_particulars(
    supervisor_desk: Desk, admin_desk: Desk, clerk_desk: Desk, told: Registered, new_form: NewForm, clock: Clock
) -> None:
    clock.advance(days=3000)
    number = lookup.full_id_number(supervisor_desk, _person(supervisor_desk, told, "王伟"))
    lead = PersonEntry(name="王伟", id_number=number, phone="13900008888")
    another = (MatterAnswer(told.matter_id, Answer.ANOTHER),)
    later = register(clerk_desk, new_form(lead=lead, matter_answers=another, title="楼道漏水"))
    clock.advance(days=1000)
    run_id = retention.propose(admin_desk, [told.matter_id])
    retention.approve(supervisor_desk, run_id)
    retention.carry_out(admin_desk, run_id)
    data = _give(supervisor_desk, later)
    assert [visit.visit_no for visit in data.visits] == [later.visit_no]
    assert [change.visit_no for change in data.changes] == ["", later.visit_no], data.changes


def test_of_others_only_role_and_masked_name_and_never_the_working_notes(
    supervisor_desk: Desk, told: Registered
) -> None:
    data = _give(supervisor_desk, told)
    assert data.visits[0].others == ("随访人 周*",)
    assert "周涛" not in repr(data)
    assert "13900005555" not in repr(data)
    assert "转移财产" not in repr(data)


def test_whoever_only_came_along_is_given_no_words_of_others(supervisor_desk: Desk, told: Registered) -> None:
    (visit,) = _give(supervisor_desk, told, "周涛").visits
    assert (visit.role, visit.others, visit.title) == ("随访人", ("主访人 王*",), "建筑工地拖欠工资")
    assert (visit.summary, visit.note, visit.advice, visit.materials, visit.reply) == ("", "", (), (), "")


def test_of_a_confidential_matter_only_what_the_person_brought(
    clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    matter = register(clerk_desk, new_form(confidential=True, companions=(COMPANION,), headcount=2, wants_lawyer=True))
    view = consult.begin(lawyer_desk, matter.visit_id)
    consult.sign(
        lawyer_desk, view.consultation_id, ConsultationForm("事实", "意见", "", (AdvisedWay.LITIGATION,)), view.version
    )
    issue.issue(supervisor_desk, matter.visit_id, paper="a5", queue="q")
    (told,) = _give(supervisor_desk, matter).visits
    assert told.summary.startswith("去年在某工地务工")
    assert told.materials == ("工资欠条（复印件 1 页）",)
    assert (told.advice, told.slips, told.note) == ((), (), "")
    (along,) = _give(supervisor_desk, matter, "周涛").visits
    assert (along.title, along.classification, along.respondent, along.summary) == ("", "", "", "")
    calls.call(supervisor_desk, shown(supervisor_desk, matter.matter_id), CallForm(CallOutcome.REACHED, "约了下周谈"))
    assert _give(supervisor_desk, matter).followed == ()


def test_what_others_told_on_the_same_matter_is_not_given(
    supervisor_desk: Desk, clerk_desk: Desk, told: Registered, new_form: NewForm
) -> None:
    same = (MatterAnswer(told.matter_id, Answer.SAME),)
    lead = PersonEntry(name="刘洋", phone="13900004444")
    others = new_form(lead=lead, matter_answers=same, return_reason=ReturnReason.NO_ANSWER, summary="我也被欠薪")
    register(clerk_desk, others)
    assert "我也被欠薪" not in repr(_give(supervisor_desk, told))


def test_nobody_is_given_anything_before_the_document_was_looked_at(supervisor_desk: Desk, told: Registered) -> None:
    person = _person(supervisor_desk, told, "王伟")
    with pytest.raises(FormError) as caught:
        own_data(supervisor_desk, person, OwnDataGround.READ, identity_checked=False)
    assert [fault.field for fault in caught.value.faults] == ["identity"]


def test_only_the_supervisor_gives_it_and_it_leaves_a_trace(
    supervisor_desk: Desk, clerk_desk: Desk, auditor_desk: Desk, told: Registered
) -> None:
    person = _person(supervisor_desk, told, "王伟")
    with pytest.raises(NotAllowedError):
        own_data(clerk_desk, person, OwnDataGround.READ, identity_checked=True)
    own_data(supervisor_desk, person, OwnDataGround.GUARDIAN, identity_checked=True)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.record, newest.detail) == ("提供本人资料", f"信访人 {person}", "监护人代为申请")


def test_an_organisation_and_somebody_unknown_are_refused(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    matter = register(clerk_desk, new_form(organisation="示例物业公司"))
    organisation = _person(supervisor_desk, matter, "示例物业公司")
    with pytest.raises(DeskFault, match="单位不适用"):
        own_data(supervisor_desk, organisation, OwnDataGround.READ, identity_checked=True)
    with pytest.raises(NotFoundError):
        own_data(supervisor_desk, 999, OwnDataGround.READ, identity_checked=True)
