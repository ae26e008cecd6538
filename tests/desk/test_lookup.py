"""The one search box, what is confidential, full numbers, and a matter with its timeline."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import Engine, event

from onevisit.desk import audit, consult, issue, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import NotAllowedError, NotFoundError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.desk.practice_day import seed
from onevisit.desk.register import Registered, register
from onevisit.rules.accounts import Role
from onevisit.rules.classification import AdvisedWay, PaperOutcome, Purpose, ReturnReason
from onevisit.rules.forms import Answer, ConsultationForm, MatterAnswer, RegistrationForm
from onevisit.rules.numbering import MatterNumber
from onevisit.rules.people import PersonEntry
from onevisit.store.keyslots import Cost

NewForm = Callable[..., RegistrationForm]
Colleague = Callable[[Role], Desk]
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ADVICE = ConsultationForm(
    facts="有欠条。", advice="可以直接起诉。", basis="某条", ways=(AdvisedWay.LITIGATION,), working_notes="不给人看"
)


class Clock(Protocol):
    """The clock of these tests, as far as it is used here."""

    def set(self, moment: datetime) -> None: ...

    def advance(self, **time: float) -> None: ...


def printed(desk: Desk, visit: Registered, outcome: PaperOutcome) -> None:
    copy = issue.issue(desk, visit.visit_id, paper="roll80", queue="POS-80")
    issue.record_outcome(desk, copy.copy_id, outcome)


def advised(desk: Desk, visit: Registered) -> consult.ConsultationView:
    begun = consult.begin(desk, visit.visit_id)
    return consult.sign(desk, begun.consultation_id, ADVICE, begun.version)


def again(form: RegistrationForm, first: Registered, **changes: Any) -> RegistrationForm:  # noqa: ANN401  any field of the form
    """The form of another visit on the matter of ``first``."""
    told: dict[str, Any] = {
        "matter_answers": (MatterAnswer(first.matter_id, Answer.SAME),),
        "return_reason": ReturnReason.NO_ANSWER,
    }
    return replace(form, **{**told, **changes})


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the SQL statements that are sent to any store."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


# search


@dataclass(frozen=True, slots=True)
class Practice:
    """A house with the twelve visits of practice mode, shared by tests that only search in it.

    The last visit is a repeat of the first; the matter of the seventh is confidential.
    """

    visits: tuple[Registered, ...]
    clerk: Desk
    supervisor: Desk


@pytest.fixture(scope="module")
def practice(founded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    folder = tmp_path_factory.mktemp("practice") / "data"
    shutil.copytree(founded_folder, folder)
    house = House(folder, practice=True, now=lambda: NINE, cost=Cost(memory_kib=8, passes=1, lanes=1))
    desks = {a.role: house.log_in(a.login, a.password) for a in PRACTICE_ACCOUNTS}
    yield Practice(seed(desks[Role.CLERK], desks[Role.LAWYER]), desks[Role.CLERK], desks[Role.SUPERVISOR])
    house.close()


@pytest.mark.parametrize(
    ("typed", "title", "why"),
    [
        ("林建军", "建筑工地拖欠工资", "姓名"),
        ("建军", "建筑工地拖欠工资", "姓名"),
        ("linjianjun", "建筑工地拖欠工资", "姓名"),
        ("LJJ", "建筑工地拖欠工资", "姓名"),
        ("𠮷", "对交通事故判决不服", "姓名"),
        ("方𬱖", "咨询随迁子女入学", "姓名"),
        ("古丽娜尔", "健身房停业，预付卡不退款", "姓名"),
        ("艾山", "健身房停业，预付卡不退款", "姓名"),
        ("某机械", "稳岗补贴没有到账", "姓名"),
        ("许丽", "商品房逾期交付", "姓名"),
        ("19520907", "老旧小区楼顶漏水无人维修", "证件号"),
        ("139 0000 0103", "修路占用承包地没有补偿", "电话"),
        ("00000103", "修路占用承包地没有补偿", "电话"),
        ("青苗补偿", "修路占用承包地没有补偿", "内容"),
        ("漏水照片", "老旧小区楼顶漏水无人维修", "内容"),
        ("某化工厂", "夜间偷排废水", "内容"),
        ("孙玉梅 漏水", "老旧小区楼顶漏水无人维修", "姓名、内容"),
        ("消费者协会", "健身房停业，预付卡不退款", "内容"),
    ],
)
def test_a_matter_is_found_by_whatever_one_remembers(practice: Practice, typed: str, title: str, why: str) -> None:
    page = lookup.search(practice.clerk, typed)
    assert [(hit.title, hit.why) for hit in page.hits] == [(title, why)]
    assert (page.total, page.more) == (1, False)


def test_the_last_four_digits_of_a_number_are_enough(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    register(clerk_desk, new_form())
    assert form.lead is not None
    page = lookup.search(clerk_desk, form.lead.id_number[-4:])
    assert [(hit.matter_id, hit.why) for hit in page.hits] == [(visit.matter_id, "证件号")]


@pytest.mark.parametrize("number", ["370499197506290391", "370499195511060444"])
def test_an_identity_number_that_reads_as_a_matter_number_is_found_all_the_same(
    clerk_desk: Desk, new_form: NewForm, number: str
) -> None:
    MatterNumber.parse(number)
    form = new_form()
    assert form.lead is not None
    visit = register(clerk_desk, replace(form, lead=replace(form.lead, id_number=number)))
    for typed in (number, f"{number[:6]} {number[6:14]} {number[14:]}"):
        page = lookup.search(clerk_desk, typed)
        assert [(hit.matter_id, hit.why) for hit in page.hits] == [(visit.matter_id, "证件号")]


@pytest.mark.parametrize("write", [str, lambda number: number.replace("-", ""), str.lower, lambda n: f" {n}\n"])
def test_whole_numbers_are_found_typed_or_scanned(practice: Practice, write: Callable[[str], str]) -> None:
    first, second = practice.visits[1], practice.visits[2]
    for number, visit, why in (
        (first.visit_no, first, "来访编号"),
        (second.matter_no, second, "事项编号"),
        (practice.visits[-1].visit_no, practice.visits[0], "来访编号"),
    ):
        page = lookup.search(practice.clerk, write(number))
        assert [(hit.matter_id, hit.why) for hit in page.hits] == [(visit.matter_id, why)]
        assert (page.total, page.more) == (1, False)
        assert lookup.search(practice.clerk, write(number), offset=50).hits == ()


def test_the_query_code_of_every_slip_is_found(practice: Practice) -> None:
    for visit in practice.visits:
        shown = f"{visit.query_code[:4]} {visit.query_code[4:]}"
        for typed in (visit.query_code, shown, shown.lower()):
            hits = {hit.matter_id for hit in lookup.search(practice.clerk, typed).hits}
            confidential = visit is practice.visits[6]
            assert (visit.matter_id in hits) is not confidential


def test_a_hit_tells_enough_to_choose_by(practice: Practice) -> None:
    (hit,) = lookup.search(practice.clerk, "林建军").hits
    assert (hit.matter_id, hit.matter_no) == (practice.visits[0].matter_id, practice.visits[0].matter_no)
    assert (hit.petitioners, hit.visits, hit.open, hit.confidential) == ("林建军", 2, True, False)
    assert (hit.classification, hit.last_visit) == ("求决 · 劳动社保 · 薛城区", date(2026, 11, 23))
    assert hit.masked_id.startswith("370499********")


@pytest.mark.parametrize("typed", ["没有这个人", "' OR 1=1 --", '"', "*", "(", "NEAR(a b)", "370400-01-2026-00001-0"])
def test_what_is_not_there_is_not_found(practice: Practice, typed: str) -> None:
    assert lookup.search(practice.clerk, typed) == lookup.SearchPage((), 0, more=False)


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000"])
def test_nothing_typed_gives_the_latest(practice: Practice, nothing: str) -> None:
    page = lookup.search(practice.supervisor, nothing)
    # the repeat visit came last, so its matter stands first
    expected = [visit.matter_id for visit in (practice.visits[-1], *reversed(practice.visits[1:-1]))]
    assert [hit.matter_id for hit in page.hits] == expected
    assert (page.total, page.more, {hit.why for hit in page.hits}) == (11, False, {""})
    assert lookup.search(practice.clerk, nothing).total == 10


@pytest.mark.parametrize("typed", ["", "枣庄 2026", "某"])
def test_pages_join_without_gap_or_overlap(practice: Practice, typed: str) -> None:
    for desk in (practice.clerk, practice.supervisor):
        whole = lookup.search(desk, typed)
        pages = [lookup.search(desk, typed, offset=start, limit=3) for start in range(0, 15, 3)]
        assert tuple(hit for page in pages for hit in page.hits) == whole.hits
        # what may not be known leaves no hole in a page
        assert [len(page.hits) for page in pages] == [max(0, min(3, whole.total - at)) for at in range(0, 15, 3)]
        assert {page.total for page in pages} == {whole.total}


# confidential matters


def test_a_confidential_matter_does_not_exist_for_another_clerk(
    clerk_desk: Desk, supervisor_desk: Desk, colleague: Colleague, new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True, title="要求保密的事"))
    open_one = register(clerk_desk, new_form())
    other = colleague(Role.CLERK)
    today = lookup.today(other)
    assert [row.visit_id for row in today.rows] == [open_one.visit_id]
    assert today.figures.batches == 1
    assert lookup.today(clerk_desk).figures.batches == 2
    for typed in ("", "王伟", "要求保密", secret.visit_no, secret.matter_no, secret.query_code, "0000001"):
        page = lookup.search(other, typed)
        assert secret.matter_id not in {hit.matter_id for hit in page.hits}
        assert page.total == len(page.hits)
        assert secret.matter_id in {hit.matter_id for hit in lookup.search(supervisor_desk, typed).hits}
    with pytest.raises(NotFoundError) as hidden:
        lookup.open_matter(other, secret.matter_id)
    with pytest.raises(NotFoundError) as missing:
        lookup.open_matter(other, 4711)
    assert hidden.value.sentence == missing.value.sentence


def test_the_clerk_who_registered_it_has_it_in_the_list_of_that_day_only(
    clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    day = lookup.today(clerk_desk).day
    assert [row.visit_id for row in lookup.today(clerk_desk).rows] == [secret.visit_id]
    with pytest.raises(NotFoundError):
        lookup.open_matter(clerk_desk, secret.matter_id)
    clock.advance(days=1)
    assert lookup.today(clerk_desk, day).rows == ()


def test_the_lawyer_has_it_in_the_list_once_it_was_sent(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    assert lookup.today(lawyer_desk).rows == ()
    consult.send_to_lawyer(clerk_desk, secret.visit_id)
    assert [row.visit_id for row in lookup.today(lawyer_desk).rows] == [secret.visit_id]
    assert lookup.search(lawyer_desk, "王伟").hits == ()
    with pytest.raises(NotFoundError):
        lookup.open_matter(lawyer_desk, secret.matter_id)


def test_reading_a_confidential_matter_leaves_a_trace_and_another_none(
    clerk_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True))
    open_one = register(clerk_desk, new_form())
    assert lookup.open_matter(supervisor_desk, secret.matter_id).confidential
    lookup.open_matter(supervisor_desk, open_one.matter_id)
    traces = [row for row in audit.entries(auditor_desk) if row.action == "打开信访事项"]
    assert [(row.who, row.record) for row in traces] == [("负责人（004）", f"信访事项 {secret.matter_id}")]


# full numbers


def test_a_full_number_is_shown_and_leaves_a_trace(
    clerk_desk: Desk, supervisor_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    visit = register(clerk_desk, form)
    (person,) = lookup.open_matter(clerk_desk, visit.matter_id).visits[0].people
    assert form.lead is not None
    assert lookup.full_id_number(clerk_desk, person.petitioner_id) == form.lead.id_number
    assert lookup.full_phone(supervisor_desk, person.petitioner_id) == form.lead.phone
    newest = [(row.who, row.action, row.record, row.detail) for row in audit.entries(auditor_desk, limit=2)]
    assert newest == [
        ("负责人（004）", "查看完整电话", f"信访人 {person.petitioner_id}", ""),
        ("窗口员（002）", "查看完整证件号", f"信访人 {person.petitioner_id}", ""),
    ]


def test_a_full_number_needs_the_right_and_an_acquaintance(
    clerk_desk: Desk, lawyer_desk: Desk, admin_desk: Desk, auditor_desk: Desk, colleague: Colleague, new_form: NewForm
) -> None:
    secret = register(clerk_desk, new_form(confidential=True, wants_lawyer=True))
    person = 1
    assert lookup.full_id_number(clerk_desk, person).startswith("37049919790412")
    other = colleague(Role.CLERK)
    before = audit.entries(auditor_desk, limit=1)
    for look in (lookup.full_id_number, lookup.full_phone):
        for desk in (lawyer_desk, admin_desk, auditor_desk):
            with pytest.raises(NotAllowedError):
                look(desk, person)
        for desk, petitioner in ((other, person), (clerk_desk, 4711)):
            with pytest.raises(NotFoundError):
                look(desk, petitioner)
    assert audit.entries(auditor_desk, limit=1) == before
    assert secret.matter_id


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_search_sees_nothing(log_in: Callable[[Role], Desk], role: Role) -> None:
    desk = log_in(role)
    tries: tuple[Callable[[], object], ...] = (
        lambda: lookup.today(desk),
        lambda: lookup.search(desk, "王伟"),
        lambda: lookup.open_matter(desk, 1),
        lambda: issue.copies(desk, 1),
    )
    for attempt in tries:
        with pytest.raises(NotAllowedError):
            attempt()


# one matter


def test_the_timeline_says_who_did_what_when(
    clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    form = new_form(wants_lawyer=True, headcount=2)
    first = register(clerk_desk, form)
    clock.advance(minutes=5)
    done = advised(lawyer_desk, first)
    clock.advance(minutes=5)
    printed(clerk_desk, first, PaperOutcome.CAME_OUT)
    clock.advance(days=1)
    consult.add_addendum(lawyer_desk, done.consultation_id, "补一句")
    second = register(clerk_desk, again(form, first, title="工资还没拿到", wants_lawyer=False, headcount=None))
    view = lookup.open_matter(clerk_desk, first.matter_id)
    assert [(line.kind, line.who, line.text) for line in view.timeline] == [
        ("登记", "窗口员（002）", f"登记来访 {first.visit_no}，来访 2 人"),
        ("转律师", "窗口员（002）", "转值班律师接待"),
        ("律师接待", "律师甲（003）", "律师甲开始接待"),
        ("律师签发", "律师甲（003）", "律师甲签发律师意见"),
        ("回执", "窗口员（002）", "打印回执第 1 版第 1 份"),
        ("补充意见", "律师甲（003）", "律师甲补充意见"),
        (
            "再次来访",
            "窗口员（002）",
            f"第 2 次来访 {second.visit_no}；再次来访原因：责任单位未按期答复；本次所述：工资还没拿到",
        ),
    ]
    moments = [line.at for line in view.timeline]
    assert moments == sorted(moments)
    assert moments[-1] == clerk_desk.now()
    assert {moment.utcoffset() for moment in moments} == {clerk_desk.now().utcoffset()}


def test_a_matter_tells_all_its_visits(clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm, clock: Clock) -> None:
    agent = PersonEntry("周涛", phone="13900000501", region_code="370402", town="光明路街道")
    form = new_form(wants_lawyer=True, agents=(agent,))
    first = register(clerk_desk, form)
    advised(lawyer_desk, first)
    clock.advance(days=2)
    note = again(form, first, return_note="单位说没收到", summary="还没有答复。", materials=(), agents=())
    second = register(clerk_desk, note)
    view = lookup.open_matter(lawyer_desk, first.matter_id)
    assert (view.matter_no, view.open, view.confidential, view.urgent) == (first.matter_no, True, False, False)
    assert (view.title, view.respondent) == (form.title, form.respondent)
    one, two = view.visits
    assert [(v.visit_no, v.ordinal) for v in (one, two)] == [(first.visit_no, 1), (second.visit_no, 2)]
    assert [(p.role, p.name, p.masked_phone, p.place) for p in one.people] == [
        ("主访人", "王伟", "139****0001", "枣庄市薛城区临城街道"),
        ("代理人", "周涛", "139****0501", "枣庄市市中区光明路街道"),
    ]
    assert (one.materials, one.reply, one.clerk_note) == (
        ("工资欠条（复印件 1 页）",),
        "电话联系您：139****0001",
        "来访人情绪激动",
    )
    assert (one.return_reason, two.return_reason) == ("", "责任单位未按期答复（单位说没收到）")
    assert one.advice is not None
    assert (one.advice.facts, one.advice.basis, two.advice) == ("有欠条。", "某条", None)
    everything = str(asdict(view))
    assert form.lead is not None
    for secret in (form.lead.id_number, form.lead.phone, agent.phone, "不给人看", "示例村"):
        assert secret not in everything


def test_results_are_whole_after_the_store_was_closed(
    house: House, clerk_desk: Desk, lawyer_desk: Desk, new_form: NewForm
) -> None:
    visit = register(clerk_desk, new_form(wants_lawyer=True))
    advised(lawyer_desk, visit)
    printed(clerk_desk, visit, PaperOutcome.CAME_OUT)
    results = (
        lookup.today(clerk_desk),
        lookup.search(clerk_desk, "王伟"),
        lookup.search(clerk_desk, ""),
        lookup.open_matter(clerk_desk, visit.matter_id),
    )
    before = [str(asdict(one)) for one in results]
    house.close()
    assert [str(asdict(one)) for one in results] == before


# how much is asked of the store


def test_a_longer_list_takes_no_more_statements(
    clerk_desk: Desk, lawyer_desk: Desk, supervisor_desk: Desk, new_form: NewForm
) -> None:
    def fill(count: int) -> None:
        for _ in range(count):
            form = new_form(wants_lawyer=True)
            first = register(clerk_desk, form)
            register(clerk_desk, again(form, first))
            printed(clerk_desk, first, PaperOutcome.CAME_OUT)

    def asked() -> list[int]:
        counts = []
        looks: tuple[Callable[[], object], ...] = (
            lambda: lookup.today(clerk_desk),
            lambda: lookup.search(clerk_desk, "王伟", limit=50),
            lambda: lookup.search(clerk_desk, "", limit=50),
            lambda: consult.waiting(lawyer_desk),
        )
        for look in looks:
            with statements() as seen:
                look()
            counts.append(len(seen))
        return counts

    fill(1)
    few = asked()
    fill(14)
    assert lookup.today(clerk_desk).figures.batches == 30
    assert asked() == few
    for _ in range(35):
        register(clerk_desk, new_form())
    assert len(lookup.search(clerk_desk, "王伟").hits) == 50
    assert asked() == few
    assert max(few) <= 16


def test_a_matter_of_many_visits_takes_no_more_statements(clerk_desk: Desk, new_form: NewForm) -> None:
    form = new_form(purpose=Purpose.APPEAL)
    first = register(clerk_desk, form)

    def asked() -> int:
        with statements() as seen:
            lookup.open_matter(clerk_desk, first.matter_id)
        return len(seen)

    register(clerk_desk, again(form, first))
    few = asked()
    for _ in range(8):
        register(clerk_desk, again(form, first))
    assert len(lookup.open_matter(clerk_desk, first.matter_id).visits) == 10
    assert asked() == few <= 12
