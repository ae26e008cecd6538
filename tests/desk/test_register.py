"""Registering a visit: what is kept, what is refused, what a save that fails leaves behind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.desk.invented import FORM, everything, form_of, person

from onevisit.desk import audit, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError, NotFoundError
from onevisit.desk.lookup import MatterView, open_matter, search
from onevisit.desk.register import full_person, likenesses, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import ReplyMethod, ReturnReason
from onevisit.rules.forms import Answer, MaterialEntry, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.numbering import MatterNumber, VisitNumber
from onevisit.rules.people import IdKind, PersonEntry, Sex

LogIn = Callable[[Role], Desk]
MONDAY = date(2026, 11, 23)
NOBODY = 999_999
"""An id that no row has."""


def cast_of(view: MatterView) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in view.visits[-1].people]


# -- what is kept ------------------------------------------------------------------------------------------------------


def test_a_plain_visit_is_saved_whole(clerk_desk: Desk) -> None:
    saved = register(clerk_desk, replace(FORM, wants_lawyer=True, urgent=True))
    assert (saved.ordinal, saved.repeat, saved.queue_no, saved.registered_at) == (1, False, 1, clerk_desk.now())
    assert VisitNumber.parse(saved.visit_no) == VisitNumber("370400", "01", MONDAY, 1)
    assert MatterNumber.parse(saved.matter_no) == MatterNumber("370400", "01", 2026, 1)
    assert len(saved.query_code) == 8

    view = open_matter(clerk_desk, saved.matter_id)
    assert (view.matter_no, view.title, view.respondent) == (saved.matter_no, FORM.title, FORM.respondent)
    assert view.classification == "求决 · 劳动社保 · 薛城区"
    assert (view.open, view.urgent, view.confidential) == (True, True, False)
    (visit,) = view.visits
    assert (visit.visit_no, visit.ordinal, visit.headcount, visit.clerk_no) == (saved.visit_no, 1, 1, "002")
    assert (visit.summary, visit.clerk_note, visit.return_reason) == (FORM.summary, FORM.clerk_note, "")
    assert [line.partition("（")[0] for line in visit.materials] == ["工资欠条", "考勤照片"]
    (one,) = visit.people
    assert (one.role, one.name, one.place) == ("主访人", "访客1", "枣庄市薛城区临城街道")
    assert (one.masked_id[:6], one.masked_phone) == ("370499", "139****0001")
    assert "*" in one.masked_id
    assert [(line.kind, line.who) for line in view.timeline] == [
        ("登记", "窗口员（002）"),
        ("转律师", "窗口员（002）"),
        ("紧急报告", "窗口员（002）"),
    ]
    (row,) = lookup.today(clerk_desk).rows
    assert (row.visit_id, row.lawyer_state, row.urgent, row.repeat) == (saved.visit_id, "waiting", True, False)


def test_what_was_typed_is_brought_to_its_plain_form(clerk_desk: Desk) -> None:
    number = next(number for serial in range(1, 50) if (number := person(serial).id_number).endswith("X"))
    typed = PersonEntry(name=" 王 伟 ", id_number=number.lower().translate(_FULL_WIDTH), phone="139 0000 0011")
    saved = register(clerk_desk, replace(FORM, lead=typed, materials=(MaterialEntry("  "),)))
    (one,) = open_matter(clerk_desk, saved.matter_id).visits[0].people
    known = full_person(clerk_desk, one.petitioner_id)
    assert (known.name, known.id_number, known.phone) == ("王伟", number, "13900000011")
    assert (known.birth_date, known.sex) == (date(1980, 1, 1), Sex.MALE if int(number[16]) % 2 else Sex.FEMALE)
    assert open_matter(clerk_desk, saved.matter_id).visits[0].materials == ()


_FULL_WIDTH = str.maketrans("0123456789x", "０１２３４５６７８９ｘ")


@pytest.mark.parametrize(
    ("companions", "headcount", "role"),
    [(1, None, "随访人"), (3, None, "随访人"), (3, 4, "随访人"), (4, None, "代表"), (1, 5, "代表"), (2, 18, "代表")],
)
def test_companions_become_representatives_in_a_group(
    clerk_desk: Desk, companions: int, headcount: int | None, role: str
) -> None:
    others = tuple(person(serial) for serial in range(2, companions + 2))
    saved = register(clerk_desk, replace(FORM, companions=others, headcount=headcount))
    view = open_matter(clerk_desk, saved.matter_id)
    assert cast_of(view) == [("主访人", "访客1"), *((role, one.name) for one in others)]
    assert view.visits[0].headcount == (headcount or companions + 1)
    assert lookup.today(clerk_desk).figures.groups == (role == "代表")


def test_an_agent_speaks_for_somebody_who_is_not_there(clerk_desk: Desk) -> None:
    saved = register(clerk_desk, replace(FORM, agents=(person(2), person(3))))
    view = open_matter(clerk_desk, saved.matter_id)
    assert cast_of(view) == [("主访人", "访客1"), ("代理人", "访客2"), ("代理人", "访客3")]
    assert view.visits[0].headcount == 2
    (row,) = lookup.today(clerk_desk).rows
    assert row.petitioner == "访客1"


def test_an_organisation_is_kept_once(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(FORM, organisation="某机械有限公司"))
    known = likenesses(clerk_desk, form_of(2, organisation=" 某机械有限公司"))
    assert [one.matter_id for one in known.matters] == [first.matter_id], "the organisation's, whoever comes for it"
    same = (MatterAnswer(first.matter_id, Answer.SAME),)
    reason = ReturnReason.ASKS_PROGRESS
    register(clerk_desk, form_of(2, organisation="某机械有限公司", matter_answers=same, return_reason=reason))
    view = open_matter(clerk_desk, first.matter_id)
    assert [[one.role for one in visit.people] for visit in view.visits] == [["来访单位", "主访人"]] * 2
    assert len({visit.people[0].petitioner_id for visit in view.visits}) == 1
    assert {row.petitioner for row in lookup.today(clerk_desk).rows} == {"某机械有限公司"}
    assert search(clerk_desk, "某机械").total == 1


def test_an_anonymous_visit_keeps_nothing_of_a_person(clerk_desk: Desk) -> None:
    known = register(clerk_desk, FORM)
    (somebody,) = open_matter(clerk_desk, known.matter_id).visits[0].people
    form = form_of(
        7,
        anonymous=True,
        title="夜间偷排废水",
        reply_by=ReplyMethod.NONE,
        person_answers=(PersonAnswer(somebody.petitioner_id, Answer.SAME),),
    )
    assert not likenesses(clerk_desk, form)
    saved = register(clerk_desk, form)
    view = open_matter(clerk_desk, saved.matter_id)
    assert view.visits[0].people == ()
    assert lookup.today(clerk_desk).rows[0].petitioner == "匿名"
    rows = everything(clerk_desk)
    assert len(list(rows["petitioner"])) == 1  # type: ignore[call-overload]
    assert rows["sameness_answer"] == []
    assert search(clerk_desk, "访客7").total == 0
    assert search(clerk_desk, "偷排废水").total == 1


@pytest.mark.parametrize(
    "typed",
    [
        "<b>甲</b>&amp;<script>alert('1')</script>",
        "吉𠮷",
        "赵𬱖",
        '"甲"；DROP TABLE visit;-- %s {0} \\n',
        "阿依古丽·买买提",
        "甲\U000f0000\ue000",
        "龘" * 60,
    ],
)
def test_what_was_typed_comes_back_byte_for_byte(clerk_desk: Desk, typed: str) -> None:
    form = replace(
        FORM,
        lead=replace(person(), name=typed, address=typed, ethnic_group=typed[:20]),
        title=typed,
        respondent=typed,
        summary=f"{typed}\n  {typed}",
        clerk_note=typed,
        materials=(MaterialEntry(typed),),
    )
    saved = register(clerk_desk, form)
    view = open_matter(clerk_desk, saved.matter_id)
    (visit,) = view.visits
    assert (view.title, view.respondent, visit.people[0].name, visit.clerk_note) == (typed,) * 4
    assert visit.summary == f"{typed}\n  {typed}"
    assert visit.materials[0].startswith(typed)
    known = full_person(clerk_desk, visit.people[0].petitioner_id)
    assert (known.name, known.address, known.ethnic_group) == (typed, typed, typed[:20])


@pytest.mark.parametrize("name", ["吉𠮷", "赵𬱖"])
def test_rare_characters_are_found_again(clerk_desk: Desk, name: str) -> None:
    saved = register(clerk_desk, replace(FORM, lead=person(1, name)))
    assert [hit.matter_id for hit in search(clerk_desk, name).hits] == [saved.matter_id]
    assert [hit.matter_id for hit in search(clerk_desk, name[1]).hits] == [saved.matter_id]


def test_a_long_summary_is_never_cut(clerk_desk: Desk) -> None:
    summary = "\n".join(f"第{line}段：" + "事实与理由" * 99 for line in range(1, 11))[:4_990] + "到此为止的末尾"
    assert len(summary) > 4_990
    saved = register(clerk_desk, replace(FORM, summary=summary))
    assert open_matter(clerk_desk, saved.matter_id).visits[0].summary == summary
    assert search(clerk_desk, "到此为止的末尾").total == 1


def test_a_document_of_another_kind(clerk_desk: Desk) -> None:
    lead = PersonEntry(name="John Smith", id_kind=IdKind.PASSPORT, id_number="e12345678", phone="0632-3300001")
    saved = register(clerk_desk, replace(FORM, lead=lead))
    (one,) = open_matter(clerk_desk, saved.matter_id).visits[0].people
    known = full_person(clerk_desk, one.petitioner_id)
    assert (known.id_kind, known.id_number, known.sex) == (IdKind.PASSPORT, "E12345678", Sex.UNKNOWN)


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_six_named_visitors_are_refused_with_the_article(clerk_desk: Desk) -> None:
    before = everything(clerk_desk)
    six = replace(FORM, companions=tuple(person(serial) for serial in range(2, 7)), headcount=30)
    with pytest.raises(FormError) as refused:
        register(clerk_desk, six)
    (fault,) = refused.value.faults
    assert (fault.field, fault.article) == ("companions", "《信访工作条例》第二十条")
    assert "不得超过 5 人" in fault.sentence
    assert everything(clerk_desk) == before
    five = register(clerk_desk, replace(six, companions=six.companions[:4]))
    assert five.queue_no == 1, "what was refused took no number"


def test_every_fault_is_told_at_once_and_nothing_written(clerk_desk: Desk) -> None:
    before = everything(clerk_desk)
    wrong = replace(person(), name="", id_number="370499198001010011", phone="1390000abcd")
    with pytest.raises(FormError) as refused:
        register(clerk_desk, RegistrationForm(lead=wrong, companions=(PersonEntry(phone="13900000002"),)))
    fields = [fault.field for fault in refused.value.faults]
    assert fields == [
        *("lead.name", "lead.id_number", "lead.phone", "purpose", "content", "title", "summary", "reply_by"),
        "companions.0.name",
    ]
    assert refused.value.sentence.endswith("。")
    assert everything(clerk_desk) == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CLERK])
def test_only_a_clerk_registers(log_in: LogIn, role: Role) -> None:
    desk = log_in(role)
    before = everything(desk)
    uses: tuple[Callable[[], object], ...] = (
        lambda: register(desk, FORM),
        lambda: likenesses(desk, FORM),
        lambda: full_person(desk, 1),
    )
    for use in uses:
        with pytest.raises(NotAllowedError, match="登记来访"):
            use()
    assert everything(desk) == before


# -- filling in a known person -----------------------------------------------------------------------------------------


def test_all_particulars_of_a_known_person_leave_a_trace(clerk_desk: Desk, auditor_desk: Desk) -> None:
    saved = register(clerk_desk, FORM)
    (one,) = open_matter(clerk_desk, saved.matter_id).visits[0].people
    known = full_person(clerk_desk, one.petitioner_id)
    assert known == replace(person(), birth_date=date(1980, 1, 1), sex=known.sex)
    newest = audit.entries(auditor_desk, limit=1)[0]
    assert (newest.action, newest.record) == ("查看信访人全部资料", f"信访人 {one.petitioner_id}")
    before = everything(clerk_desk)
    with pytest.raises(NotFoundError):
        full_person(clerk_desk, NOBODY)
    assert everything(clerk_desk) == before
