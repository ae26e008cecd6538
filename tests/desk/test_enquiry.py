"""The petitioner's version: who gets it, what it says, and above all what it never says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from tests.desk.conftest import Clock
from tests.desk.test_board import step
from tests.desk.test_plans import WHOLE_TABLE, plan, questions

from onevisit.desk import enquiry, lookup, promises_due, service
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotFoundError, ShutOutFault
from onevisit.desk.register import Registered, register
from onevisit.desk.standing import Seen, StepFacts, open_for_change, seen, take_step
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.after_visit import PromiseForm, ServedDocument, ServiceForm, ServiceMethod, ServiceOutcome
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_life import Action
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling
from onevisit.store.tables import Account, AuditEntry, Matter, MatterLink, MatterStep, RouteDecision

NewForm = Callable[..., RegistrationForm]
TODAY = date(2026, 11, 23)
ACCUSED = "某某局"
SENT_TO = "市纪律检查委员会示例室"


@pytest.fixture
def saved(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


def last_four(desk: Desk, matter_id: int) -> str:
    with desk.look(None) as session:
        return session.get_one(Matter, matter_id).visits[0].parties[0].petitioner.id_number[-4:]


def shown(desk: Desk, matter_id: int) -> Seen:
    with desk.look(None) as session:
        return seen(session.get_one(Matter, matter_id))


def decide(desk: Desk, matter_id: int, *addressees: str, handling: Handling = Handling.TRANSFER) -> None:
    with desk.work(Permission.ROUTE) as session:
        routes = select(MatterStep.id).where(MatterStep.matter_id == matter_id, MatterStep.kind == Action.ROUTE.value)
        session.add(
            RouteDecision(
                matter_id=matter_id,
                decided_at=desk.now(),
                on_day=TODAY,
                account_id=desk.actor.account_id,
                handling=handling,
                addressees=list(addressees),
                step_id=session.scalars(routes.order_by(MatterStep.id.desc())).first(),
            )
        )
        session.get_one(Matter, matter_id).lead_organ = addressees[0]


def trail(desk: Desk) -> list[tuple[str, int | None]]:
    with desk.look(None) as session:
        rows = session.execute(select(AuditEntry.action, AuditEntry.record_id).order_by(AuditEntry.id))
        return [(action, record_id) for action, record_id in rows if action.startswith("enquiry.")]


def test_code_and_end_of_the_number_open_it_in_any_spelling(clerk_desk: Desk, saved: Registered) -> None:
    four = last_four(clerk_desk, saved.matter_id)
    code = saved.query_code
    version = enquiry.by_code(clerk_desk, f" {code[:4].lower()} {code[4:]}", four.lower())
    assert (version.matter_no, version.where) == (saved.matter_no, "已登记，窗口正在确定由哪个单位办理。")
    assert [(one.on, one.text) for one in version.steps] == [(TODAY, "已登记")]
    assert [(one.due, one.what, one.own) for one in version.days] == [
        (date(2026, 12, 8), "窗口转交有权处理的机关、单位", False)
    ]
    assert "报上面的查询码" in version.enquiry
    assert trail(clerk_desk) == [("enquiry.answered", saved.matter_id)]


def test_a_wrong_code_and_a_wrong_number_say_the_same_and_nothing_else(clerk_desk: Desk, saved: Registered) -> None:
    four = last_four(clerk_desk, saved.matter_id)
    other = "2" if not four.startswith("2") else "3"
    said = set()
    for code, last in (("22222222", four), (saved.query_code, other + four[1:]), (saved.query_code, "")):
        with pytest.raises(NotFoundError) as refused:
            enquiry.by_code(clerk_desk, code, last)
        said.add(refused.value.sentence)
    assert said == {"查询码和证件号后四位对不上，请核对回执上的查询码，再试一次。"}
    assert trail(clerk_desk) == [("enquiry.refused", None)] * 3


def test_what_cannot_be_a_code_is_told_at_its_field_and_counted_not(clerk_desk: Desk) -> None:
    with pytest.raises(FormError) as refused:
        enquiry.by_code(clerk_desk, "7QX4", "12")
    assert [fault.field for fault in refused.value.faults] == ["code", "last"]
    assert trail(clerk_desk) == []


def test_five_wrong_ones_in_a_row_bring_a_pause_and_a_right_one_ends_the_row(
    clerk_desk: Desk, saved: Registered, clock: Clock
) -> None:
    four = last_four(clerk_desk, saved.matter_id)

    def wrong(times: int) -> None:
        for _ in range(times):
            with pytest.raises(NotFoundError):
                enquiry.by_code(clerk_desk, "22222222", four)

    wrong(4)
    enquiry.by_code(clerk_desk, saved.query_code, four)
    wrong(5)
    with pytest.raises(ShutOutFault, match="请等 1 分钟后再试"):
        enquiry.by_code(clerk_desk, saved.query_code, four)
    clock.advance(seconds=-600)
    with pytest.raises(ShutOutFault):
        enquiry.by_code(clerk_desk, saved.query_code, four)
    clock.advance(seconds=661)
    enquiry.by_code(clerk_desk, saved.query_code, four)


def test_an_anonymous_visitor_needs_the_code_alone(clerk_desk: Desk, new_form: NewForm) -> None:
    nameless = register(clerk_desk, new_form(lead=None, anonymous=True, reply_by=ReplyMethod.NONE))
    assert enquiry.by_code(clerk_desk, nameless.query_code, "").matter_no == nameless.matter_no


def test_every_step_that_is_theirs_stands_there_with_its_day_and_no_other(clerk_desk: Desk, saved: Registered) -> None:
    matter_id = saved.matter_id
    step(clerk_desk, matter_id, Action.ROUTE)
    decide(clerk_desk, matter_id, "薛城区人社局")
    step(clerk_desk, matter_id, Action.OBJECT, Action.KEEP, Action.ACCEPT)
    promises_due.make(clerk_desk, shown(clerk_desk, matter_id), PromiseForm("窗口员给您打电话", date(2026, 12, 1)))
    with clerk_desk.work(Permission.HANDLE) as session:
        matter = open_for_change(clerk_desk, session, seen(session.get_one(Matter, matter_id)))
        answered = take_step(clerk_desk, session, matter, Action.ANSWER, StepFacts(TODAY, organ="薛城区人社局"))
        step_id = answered.id
    form = ServiceForm(
        document=ServedDocument.OPINION,
        document_no="薛人社信〔2026〕3号",
        method=ServiceMethod.IN_PERSON,
        outcome=ServiceOutcome.SIGNED,
        on=TODAY,
        step_id=step_id,
        witness="",
    )
    service.serve(clerk_desk, shown(clerk_desk, matter_id), form)
    version = enquiry.petitioners_version(clerk_desk, matter_id)
    assert [one.text for one in version.steps] == [
        "已登记",
        "已转交薛城区人社局",
        "承办单位已经受理",
        "承办单位已经答复",
    ]
    assert version.where == "已经答复，请看答复的内容和期限。"
    assert [(one.what, one.own, one.due) for one in version.days] == [
        ("您不服处理意见的，可以请求复查", True, date(2026, 12, 23))
    ]
    assert [(one.text, one.words) for one in version.promises] == [("工作人员给您打电话", "还有 8 天")]
    assert [one.what for one in version.documents] == ["信访处理意见书 薛人社信〔2026〕3号"]
    assert version.remedies


def test_a_review_is_known_from_the_day_it_was_served(clerk_desk: Desk, saved: Registered) -> None:
    step(clerk_desk, saved.matter_id, Action.ROUTE, Action.ACCEPT, Action.ANSWER, served_on=TODAY)
    step(clerk_desk, saved.matter_id, Action.ASK_REVIEW, Action.REVIEW)
    texts = [one.text for one in enquiry.petitioners_version(clerk_desk, saved.matter_id).steps]
    assert texts[-1] == "收到您的复查申请"
    with clerk_desk.work(Permission.HANDLE) as session:
        session.scalars(select(MatterStep).where(MatterStep.kind == "review")).one().served_on = TODAY
    texts = [one.text for one in enquiry.petitioners_version(clerk_desk, saved.matter_id).steps]
    assert texts[-1] == "复查意见已经送达"


def test_a_route_that_was_taken_back_is_not_read_out(clerk_desk: Desk, saved: Registered) -> None:
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    decide(clerk_desk, saved.matter_id, "甲局")
    step(clerk_desk, saved.matter_id, Action.RECALL)
    with clerk_desk.work(Permission.ROUTE) as session:
        session.scalars(select(RouteDecision)).one().recalled_at = clerk_desk.now()
    assert [one.text for one in enquiry.petitioners_version(clerk_desk, saved.matter_id).steps] == ["已登记"]
    step(clerk_desk, saved.matter_id, Action.ROUTE)
    decide(clerk_desk, saved.matter_id, "乙局")
    assert [one.text for one in enquiry.petitioners_version(clerk_desk, saved.matter_id).steps] == [
        "已登记",
        "已转交乙局",
    ]


def test_it_names_no_staff_no_other_petitioner_and_nobody_a_secret_went_to(
    clerk_desk: Desk, supervisor_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    """The leak test: everything that was typed anywhere, and none of it in what the petitioner reads."""
    other = new_form().lead
    assert other is not None
    other = replace(other, name="欧阳示例", phone="13900007777", address="示例村77号")
    form = new_form(
        purpose=Purpose.ACCUSATION,
        content=ContentClass.DISCIPLINE,
        confidential=True,
        respondent=ACCUSED,
        title=f"反映{ACCUSED}有关问题",
        companions=(other,),
    )
    secret = register(clerk_desk, form)
    with supervisor_desk.work(Permission.ROUTE) as session:
        matter = session.get_one(Matter, secret.matter_id)
        take_step(supervisor_desk, session, matter, Action.ROUTE, StepFacts(TODAY), handling=Handling.TRANSFER)
    decide(supervisor_desk, secret.matter_id, SENT_TO)
    promise = f"负责人请{SENT_TO}给欧阳示例（13900007777）回话，{ACCUSED}的事也问一问"
    promises_due.make(supervisor_desk, shown(supervisor_desk, secret.matter_id), PromiseForm(promise, TODAY))
    served = ServiceForm(
        document=ServedDocument.NOTICE,
        document_no=f"{SENT_TO}〔2026〕8号",
        method=ServiceMethod.IN_PERSON,
        outcome=ServiceOutcome.REFUSED,
        on=TODAY,
        witness="见证人周某某",
        note=f"{ACCUSED}的人在场",
    )
    service.serve(supervisor_desk, shown(supervisor_desk, secret.matter_id), served)
    clock.advance(days=1)
    with clerk_desk.look(None) as session:
        staff = session.scalars(select(Account.name)).all()
        code = session.get_one(Matter, secret.matter_id).query_code
    four = last_four(clerk_desk, secret.matter_id)
    # a plain clerk, the day after: the matter itself is shut, its petitioner is answered all the same
    with pytest.raises(NotFoundError):
        lookup.open_matter(clerk_desk, secret.matter_id)
    with pytest.raises(NotFoundError):
        enquiry.petitioners_version(clerk_desk, secret.matter_id)
    said = repr(replace(enquiry.by_code(clerk_desk, code, four), unit=clerk_desk.unit))
    assert "有权处理的机关、单位" in said
    for leaked in (*staff, SENT_TO, ACCUSED, "欧阳示例", "13900007777", "示例村77号", "王伟", "周某某", "纪律检查"):
        assert leaked not in said, leaked


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_may_not_search_asks_nothing(role: Role, log_in: Callable[[Role], Desk]) -> None:
    desk = log_in(role)
    with pytest.raises(Exception, match="没有“查询来访和事项”的权限"):
        enquiry.by_code(desk, "", "")


def test_printing_leaves_a_trace(clerk_desk: Desk, saved: Registered) -> None:
    enquiry.record_printed(clerk_desk, saved.matter_id)
    assert trail(clerk_desk) == [("enquiry.printed", saved.matter_id)]


def test_only_what_was_shown_is_printed(clerk_desk: Desk, colleague: Callable[[Role], Desk], new_form: NewForm) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    with clerk_desk.look(None) as session:
        code = session.get_one(Matter, secret.matter_id).query_code
    other = colleague(Role.CLERK)
    for desk, matter_id in ((clerk_desk, 99), (clerk_desk, secret.matter_id), (other, secret.matter_id)):
        with pytest.raises(NotFoundError):
            enquiry.record_printed(desk, matter_id)
    enquiry.by_code(other, code, last_four(clerk_desk, secret.matter_id))
    enquiry.record_printed(other, secret.matter_id)
    with pytest.raises(NotFoundError):
        enquiry.record_printed(clerk_desk, secret.matter_id)


def test_what_was_anonymised_is_answered_no_more(clerk_desk: Desk, saved: Registered) -> None:
    four = last_four(clerk_desk, saved.matter_id)
    with clerk_desk.work(Permission.HANDLE) as session:
        session.get_one(Matter, saved.matter_id).anonymised_at = clerk_desk.now()
    with pytest.raises(NotFoundError):
        enquiry.by_code(clerk_desk, saved.query_code, four)


def test_a_full_store_makes_no_answer_slow(clerk_desk: Desk, saved: Registered) -> None:
    four = last_four(clerk_desk, saved.matter_id)
    with questions() as asked:
        enquiry.by_code(clerk_desk, saved.query_code, four)
    assert asked
    walked = [line for text, values in asked for line in plan(clerk_desk, text, values) if WHOLE_TABLE.search(line)]
    assert not walked


def test_a_merged_matter_is_answered_with_how_the_other_stands(
    clerk_desk: Desk, saved: Registered, new_form: NewForm, clock: Clock
) -> None:
    other = register(clerk_desk, new_form(summary="欧阳示例的事"))
    promises_due.make(clerk_desk, shown(clerk_desk, other.matter_id), PromiseForm("给欧阳示例回话", date(2026, 12, 1)))
    step(clerk_desk, saved.matter_id, Action.MERGE)
    with clerk_desk.work(Permission.HANDLE) as session:
        session.add(
            MatterLink(
                kind=LinkKind.MERGED_INTO,
                from_id=saved.matter_id,
                to_id=other.matter_id,
                made_at=clerk_desk.now(),
                account_id=clerk_desk.actor.account_id,
            )
        )
    clock.advance(days=1)
    step(clerk_desk, other.matter_id, Action.ROUTE, Action.ACCEPT, on=date(2026, 11, 24))
    version = enquiry.petitioners_version(clerk_desk, saved.matter_id)
    assert version.matter_no == saved.matter_no
    assert version.where == "已和同一件事合并办理：承办单位正在办理。"
    assert [one.text for one in version.steps] == [
        "已登记",
        "与同一件事合并办理",
        "已转交有权处理的机关、单位",
        "承办单位已经受理",
    ]
    assert [one.what for one in version.days] == ["承办单位办结"]
    assert version.promises == ()
    assert other.matter_no not in repr(version)


def test_what_may_be_done_later_follows_the_route_and_the_rules_of_the_matter(
    clerk_desk: Desk, saved: Registered
) -> None:
    def remedies(handling: Handling, procedure: Procedure, rule_set: str) -> tuple[str, ...]:
        with clerk_desk.work(Permission.HANDLE) as session:
            matter = session.get_one(Matter, saved.matter_id)
            matter.handling, matter.procedure, matter.rule_set = handling, procedure, rule_set
        return enquiry.petitioners_version(clerk_desk, saved.matter_id).remedies

    assert remedies(Handling.GUIDE, Procedure.ADMINISTRATIVE, "2022") == ()
    (now,) = remedies(Handling.TRANSFER, Procedure.OPINION, "2022")
    assert now.endswith("（《信访工作条例》第三十五条）。")
    (then,) = remedies(Handling.TRANSFER, Procedure.OPINION, "2005-37")
    assert then.endswith("（《信访条例》第三十四条）。")


def test_a_merged_matter_whose_other_is_gone_says_so(clerk_desk: Desk, saved: Registered) -> None:
    step(clerk_desk, saved.matter_id, Action.MERGE)
    version = enquiry.petitioners_version(clerk_desk, saved.matter_id)
    assert version.where == "与同一件事合并办理，可以打电话问进度。"
