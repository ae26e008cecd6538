"""What is forgotten is nowhere any more, and what must stay is still there: on a real store, page by page."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, func, insert, select, table, text, update
from tests.desk.conftest import Clock
from tests.desk.opened import all_bytes

from onevisit.desk import consult, day_close, drafts, issue, lookup, retention
from onevisit.desk.desk import Desk
from onevisit.desk.drafts import (
    AddendumDraft,
    MatterDraft,
    RegistrationDraft,
    TypedText,
    addendum_content,
    matter_content,
    registration_content,
)
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.register import Registered, full_person, likenesses, register
from onevisit.desk.retention import CarriedOut, carry_out
from onevisit.rules.accounts import Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import AdvisedWay, MaterialForm, PaperOutcome, ReturnReason
from onevisit.rules.day_close import OpenKind
from onevisit.rules.forms import Answer, ConsultationForm, MaterialEntry, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.labels import Labelled
from onevisit.rules.people import PersonEntry, Sex
from onevisit.rules.retention import FORGOTTEN
from onevisit.store.tables import Base, Matter, Petitioner, SamenessAnswer, Visit
from onevisit.store.tables.base import Code, UtcMoment

NewForm = Callable[..., RegistrationForm]
LogIn = Callable[[Role], Desk]
Forget = Callable[..., CarriedOut]

# characters that stand nowhere else in the store: what is left of a word is found by any of them
NAME, COMPANION, TOWN_REST, TITLE = "魑魅", "魍魉", "饕餮胡同7号", "麒麟赔偿"
SUMMARY, NOTE, RESPONDENT, PAPER = "貔貅公司欠薪", "獬豸备注", "狻猊公司", "睚眦欠条"
FACTS, ADVICE, BASIS, WORKING, ADDED = "蒲牢事实", "囚牛意见", "狴犴依据", "蚣蝮笔记", "螭吻补充"
RETURN_NOTE, NEW_NAME, HALF = "赑屃未回", "鸱鸮", "獬廌草稿"
RARE = frozenset(
    word[:2]
    for word in (
        *(NAME, COMPANION, TOWN_REST, TITLE, SUMMARY, NOTE, RESPONDENT, PAPER, FACTS, BASIS, WORKING, ADDED),
        *(RETURN_NOTE, NEW_NAME, HALF),
    )
)
ID_NUMBER, PHONE = "37049919551107022", "13987650321"


HARMLESS = {
    "account": {"login", "name", "staff_no", "firm", "licence_no"},
    "audit_entry": {"action", "detail", "record_kind", "window_no"},
    "unit": {"address", "name", "opening_hours", "phone", "region_code", "window_no"},
    "setting": {"name", "value"},
    "backup_run": {"fault", "name"},
    # names nobody but staff numbers, see rules.day_close
    "day_close": {"frozen"},
    "number_series": {"series"},
    "printer_choice": {"paper", "queue"},
    "draft": {"window_no"},
    "house_text": {"content", "name"},
    "matter": {"content_code", "lead_organ", "number", "place_code", "rule_set"},
    "petitioner": {"region_code"},
    "slip_copy": {"paper", "queue"},
    "timeline_entry": {"kind"},
    "visit": {"number", "window_no"},
    # organs and articles are no people; what was offered beside the route and who was told are codes
    "route_decision": {"addressees", "article", "beside", "proposed", "why"},
    "urgent_report": {"told"},
    "retention_run": {"matter_ids"},
    "consultation": {"ways"},
    "matter_step": {"kind", "organ", "outcome"},
    "opinion": {"organ"},
    "evaluation": {"organ"},
    "gate_reason": {"finding"},
}
FORGOTTEN_COLUMNS = {
    "petitioner": {"address", "ethnic_group", "id_number", "name", "phone", "town"},
    "matter": {"query_code", "respondent", "title"},
    "visit": {"clerk_note", "return_note", "summary"},
    "material": {"name"},
    "sameness_answer": {"reasons"},
    "timeline_entry": {"text"},
    "consultation": {"advice", "basis", "facts", "working_notes"},
    "consultation_addendum": {"text"},
    "slip": {"frozen"},
    "draft": {"content"},
    "route_decision": {"answers", "reason"},
    "visit_party": {"papers_shown"},
    "matter_step": {"document_no", "late_reason", "note"},
    "clock_stop": {"note"},
    "clock_extension": {"approved_by", "reason"},
    "opinion": {"basis", "decision", "facts", "remedy", "request"},
    "urgent_report": {"content", "happened_at", "measures", "place", "who"},
    "promise": {"note", "text"},
    "service": {"document_no", "note", "witness"},
    "follow_up_call": {"note"},
    "evaluation": {"comment"},
    "gate_reason": {"reason"},
}
"""What is forgotten of each table, column by column; whatever else it holds is numbers, days, codes and organs."""


@dataclass(frozen=True)
class Told:
    """A matter with everything that can be told of one."""

    first: Registered
    again: Registered
    clerk: Desk
    lawyer: Desk


@pytest.fixture
def told(log_in: LogIn, new_form: NewForm, clock: Clock) -> Told:
    clerk, lawyer = log_in(Role.CLERK), log_in(Role.LAWYER)
    lead = PersonEntry(
        name=NAME,
        sex=Sex.FEMALE,
        id_number=_with_check(ID_NUMBER),
        phone=PHONE,
        region_code="370403",
        town="临城街道",
        address=TOWN_REST,
        ethnic_group="满族",
    )
    form = new_form(
        lead=lead,
        companions=(PersonEntry(name=COMPANION),),
        headcount=2,
        title=TITLE,
        summary=SUMMARY,
        respondent=RESPONDENT,
        materials=(MaterialEntry(PAPER, MaterialForm.COPY, 3),),
        clerk_note=NOTE,
        wants_lawyer=True,
    )
    first = register(clerk, form)
    _advise(lawyer, first.visit_id)
    sheet = issue.issue(clerk, first.visit_id, paper="a5", queue="q")
    issue.record_outcome(clerk, sheet.copy_id, PaperOutcome.CAME_OUT, pdf_digest=b"7" * 32)
    clock.advance(days=30)
    again = register(
        clerk,
        replace(
            form,
            lead=replace(lead, name=NEW_NAME),
            matter_answers=(MatterAnswer(first.matter_id, Answer.SAME),),
            return_reason=ReturnReason.OTHER,
            return_note=RETURN_NOTE,
        ),
    )
    return Told(first, again, clerk, lawyer)


def _with_check(body: str) -> str:
    return body + mod_11_2(body)


def _advise(lawyer: Desk, visit_id: int) -> None:
    view = consult.begin(lawyer, visit_id)
    form = ConsultationForm(FACTS, ADVICE, BASIS, (AdvisedWay.LITIGATION,), working_notes=WORKING)
    consult.sign(lawyer, view.consultation_id, form, view.version)
    consult.add_addendum(lawyer, view.consultation_id, ADDED)
    half = addendum_content(AddendumDraft(HALF))
    drafts.keep(lawyer, DraftKind.ADDENDUM, half, subject_id=view.consultation_id)


@pytest.fixture
def forget(log_in: LogIn, clock: Clock) -> Forget:
    """Let eleven years pass; the administrator proposes all that is due, the supervisor approves, it is carried out."""

    def forget(days: float = 11 * 366) -> CarriedOut:
        clock.advance(days=days)
        admin, supervisor = log_in(Role.ADMINISTRATOR), log_in(Role.SUPERVISOR)
        run_id = retention.propose(admin, [row.matter_id for row in retention.due(admin)])
        retention.approve(supervisor, run_id)
        return carry_out(admin, run_id)

    return forget


def _traces(desk: Desk) -> set[str]:
    """What of the matter can be read anywhere in the store, page by page."""
    everything = all_bytes(desk)
    words = {*RARE, ID_NUMBER, PHONE, "满族"}
    return {word for word in words for part in _parts(word) if part.encode() in everything}


def _parts(word: str) -> tuple[str, ...]:
    # terms of the index are written without the beginning that they share with the one before
    return (word,) if word.isascii() else (word, *word)


def test_the_words_are_there_before(told: Told) -> None:
    assert _traces(told.clerk) >= {*RARE, ID_NUMBER, PHONE, "满族"}


def test_no_page_of_the_store_holds_a_word_of_it_any_more(told: Told, forget: Forget) -> None:
    assert forget() == CarriedOut(1, 0)
    assert _traces(told.clerk) == set()
    assert not told.clerk.store.directory.joinpath("store.db-wal").stat().st_size


def test_no_table_holds_a_word_of_it_any_more(told: Told, forget: Forget) -> None:
    forget()
    with told.clerk.look(None) as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        assert {"matter_search_data", "matter_search_docsize"} <= set(tables)
        held = [repr(session.execute(select(text("*")).select_from(table(name))).all()) for name in tables]
    assert [word for word in RARE for rows in held if word in rows] == []


def test_nothing_finds_it_but_its_number(told: Told, forget: Forget) -> None:
    forget()
    for typed in (NAME, NEW_NAME, "chimei", "wl", PHONE, ID_NUMBER[-6:], TITLE, ADVICE, PAPER, RESPONDENT):
        assert lookup.search(told.clerk, typed).total == 0, typed
    (hit,) = lookup.search(told.clerk, told.first.matter_no).hits
    assert (hit.anonymised, hit.title, hit.petitioners, hit.masked_id) == (True, FORGOTTEN, FORGOTTEN, "")
    assert [one.matter_id for one in lookup.search(told.clerk, told.again.visit_no).hits] == [hit.matter_id]


def test_figures_stay_right(told: Told, clock: Clock, forget: Forget) -> None:
    day = clock().date() - timedelta(days=30)
    days = (day, clock().date())
    before = [_figures(told.clerk, one) for one in days]
    kept_before = _kept(told.clerk)
    forget()
    assert [_figures(told.clerk, one) for one in days] == before
    assert _kept(told.clerk) == kept_before
    assert lookup.today(told.clerk, day).rows[0].slip_state == "came_out"


def _figures(desk: Desk, day: date) -> object:
    # a slip that something changed after is outdated only as long as it is known what it said
    return replace(lookup.today(desk, day).figures, without_slip=0)


def _kept(desk: Desk) -> object:
    with desk.look(None) as session:
        matter = (Matter.number, Matter.purpose, Matter.content, Matter.place_code, Matter.registered_at, Matter.open)
        visit = (Visit.number, Visit.ordinal, Visit.day, Visit.headcount, Visit.reply_by, Visit.return_reason)
        return session.execute(select(*matter, *visit, Visit.queue_no).join(Visit.matter)).all()


def test_the_matter_reads_as_numbers_days_and_classes(told: Told, forget: Forget) -> None:
    forget()
    view = lookup.open_matter(told.clerk, told.first.matter_id)
    assert view.anonymised_at == told.clerk.now()
    assert (view.matter_no, view.title, view.respondent) == (told.first.matter_no, FORGOTTEN, "")
    first, again = view.visits
    assert [one.name for one in (*first.people, *again.people)] == [FORGOTTEN] * 4
    assert {(one.masked_id, one.masked_phone) for one in first.people} == {("", "")}
    assert first.advice is not None
    assert first.advice.ways == ("诉讼",)
    assert again.return_reason == ReturnReason.OTHER.label
    assert (first.materials, len(first.copies)) == (("已匿名（复印件 3 页）",), 1)
    assert {line.text for line in view.timeline} >= {"登记", "再次来访", "律师签发", "回执"}


def test_nothing_can_be_added_to_it(told: Told, new_form: NewForm, forget: Forget) -> None:
    view = consult.begin(told.lawyer, told.again.visit_id)
    forget()
    clerk, lawyer, visit_id = told.clerk, told.lawyer, told.first.visit_id
    with pytest.raises(DeskFault, match="不能再打印"):
        issue.issue(clerk, visit_id, paper="a5", queue="q")
    with pytest.raises(DeskFault, match="不能再打印"):
        issue.preview(clerk, visit_id)
    with pytest.raises(DeskFault, match="到期匿名"):
        consult.save(lawyer, view.consultation_id, ConsultationForm("事实"), view.version + 1)
    with pytest.raises(DeskFault, match="到期匿名"):
        consult.begin(lawyer, told.again.visit_id)
    same = (MatterAnswer(told.first.matter_id, Answer.SAME),)
    with pytest.raises(DeskFault, match="到期匿名"):
        register(clerk, new_form(matter_answers=same, return_reason=ReturnReason.NO_ANSWER))
    assert consult.waiting(lawyer) == ()
    assert not [one for one in day_close.preview(clerk).open_items if one.kind is OpenKind.UNSIGNED]


def test_the_person_is_nobody_any_more(told: Told, new_form: NewForm, forget: Forget) -> None:
    (lead, _) = lookup.open_matter(told.clerk, told.first.matter_id).visits[0].people
    forget()
    clerk = told.clerk
    for ask in (lookup.full_id_number, lookup.full_phone):
        with pytest.raises(NotFoundError, match="到期匿名"):
            ask(clerk, lead.petitioner_id)
    with pytest.raises(NotFoundError):
        full_person(clerk, lead.petitioner_id)
    form = new_form(lead=PersonEntry(name=FORGOTTEN, region_code="370403", town="临城街道", phone="13900007777"))
    assert not likenesses(clerk, form)
    with pytest.raises(NotFoundError):
        register(clerk, replace(form, person_answers=(PersonAnswer(lead.petitioner_id, Answer.SAME),)))
    same_number = new_form(lead=PersonEntry(name=NAME, id_number=_with_check(ID_NUMBER), phone=PHONE))
    assert not likenesses(clerk, same_number)
    assert register(clerk, same_number).matter_id != told.first.matter_id


def test_who_came_again_about_something_else_stays_known_there_and_only_there(
    told: Told, new_form: NewForm, clock: Clock, forget: Forget
) -> None:
    clock.advance(days=3000)
    lead = PersonEntry(name=NEW_NAME, id_number=_with_check(ID_NUMBER), phone=PHONE)
    form = new_form(lead=lead, matter_answers=(MatterAnswer(told.first.matter_id, Answer.ANOTHER),), title="楼道漏水")
    later = register(told.clerk, form)
    assert forget(days=1000) == CarriedOut(1, 0)
    kept, gone = (lookup.open_matter(told.clerk, one.matter_id) for one in (later, told.first))
    assert [one.name for one in kept.visits[0].people] == [NEW_NAME]
    assert {one.name for visit in gone.visits for one in visit.people} == {FORGOTTEN}
    person = kept.visits[0].people[0].petitioner_id
    assert person not in {one.petitioner_id for visit in gone.visits for one in visit.people}
    assert [hit.matter_id for hit in lookup.search(told.clerk, NEW_NAME).hits] == [later.matter_id]
    with told.clerk.look(None) as session:
        assert not session.scalars(select(SamenessAnswer.reasons)).one()
    # a change of the person reindexes what is theirs, and brings nothing back
    another = (MatterAnswer(later.matter_id, Answer.ANOTHER),)
    changed = register(told.clerk, replace(form, lead=replace(lead, phone="13900008888"), matter_answers=another))
    found = {hit.matter_id for hit in lookup.search(told.clerk, "13900008888").hits}
    assert found == {later.matter_id, changed.matter_id}


def test_the_same_person_is_forgotten_with_the_last_matter(
    told: Told, new_form: NewForm, clock: Clock, forget: Forget
) -> None:
    clock.advance(days=3000)
    lead = PersonEntry(name=NEW_NAME, id_number=_with_check(ID_NUMBER), phone=PHONE)
    register(
        told.clerk,
        new_form(
            lead=lead,
            matter_answers=(MatterAnswer(told.first.matter_id, Answer.ANOTHER),),
            title="楼道漏水",
            summary="漏",
        ),
    )
    assert forget(days=1000) == CarriedOut(1, 0)
    assert forget() == CarriedOut(1, 0)
    assert _traces(told.clerk) == set()
    with told.clerk.look(None) as session:
        assert set(session.scalars(select(Petitioner.name))) == {FORGOTTEN}


def test_a_half_typed_registration_forgets_what_it_was_shown(told: Told, log_in: LogIn, clock: Clock) -> None:
    clerk, admin, supervisor = told.clerk, log_in(Role.ADMINISTRATOR), log_in(Role.SUPERVISOR)
    clock.advance(days=11 * 366)
    lead = PersonEntry(name="王五", id_number=_with_check(ID_NUMBER))
    form = RegistrationForm(
        lead=lead, title="今天的事", matter_answers=(MatterAnswer(told.first.matter_id, Answer.SAME),)
    )
    seen = likenesses(clerk, replace(form, matter_answers=()))
    assert seen.matters
    assert seen.persons
    draft = RegistrationDraft(form, persons=seen.persons, matters=seen.matters)
    drafts.keep(clerk, DraftKind.REGISTRATION, registration_content(draft))
    run_id = retention.propose(admin, [told.first.matter_id])
    retention.approve(supervisor, run_id)
    carry_out(admin, run_id)
    (row,) = drafts.offered(clerk)
    left = drafts.read_registration(row.content)
    assert (left.persons, left.matters, left.form.matter_answers) == ((), (), ())
    assert (left.form.title, left.form.lead) == ("今天的事", lead)
    assert drafts.offered(told.lawyer) == ()


def test_what_is_half_typed_about_it_is_in_no_page_any_more(told: Told, forget: Forget) -> None:
    kinds = [kind for kind in DraftKind if kind.of_matter]
    words = [chr(0x3500 + 2 * place) + chr(0x3501 + 2 * place) for place in range(len(kinds))]
    for kind, word in zip(kinds, words, strict=True):
        half = matter_content(MatterDraft("step", "受理", (TypedText("note", word),)))
        drafts.keep(told.clerk, kind, half, subject_id=told.first.matter_id)
    before = all_bytes(told.clerk)
    assert all(_stands(word, before) for word in words)
    forget()
    after = all_bytes(told.clerk)
    assert [kind for kind, word in zip(kinds, words, strict=True) if _stands(word, after)] == []
    with pytest.raises(DeskFault, match="到期匿名"):
        drafts.keep(told.clerk, kinds[0], half, subject_id=told.first.matter_id)


def test_every_text_column_was_thought_of() -> None:
    """A new column that may hold somebody's words must be forgotten, or named above as harmless."""
    for one_table in Base.metadata.sorted_tables:
        texts = {one.name for one in one_table.columns if type(one.type).__name__ in {"String", "Text", "JSON"}}
        thought_of = HARMLESS.get(one_table.name, set()) | FORGOTTEN_COLUMNS.get(one_table.name, set())
        assert texts == thought_of, one_table.name


def test_no_column_of_what_belongs_to_a_matter_keeps_a_word_in_any_page(told: Told, forget: Forget) -> None:
    words = dict(_filled(told))
    before = all_bytes(told.clerk)
    assert [name for name, word in words.items() if not _stands(word, before)] == []
    assert forget() == CarriedOut(1, 0)
    after = all_bytes(told.clerk)
    assert [name for name, word in words.items() if _stands(word, after)] == []


def _filled(told: Told) -> Iterator[tuple[str, str]]:
    """Write a word of its own into every column that is to be forgotten, of the last row there is, or of a new one."""
    number = count(0x3400)  # characters that nobody writes
    with told.clerk.work(None) as session:
        for one in Base.metadata.sorted_tables:
            columns = sorted(FORGOTTEN_COLUMNS.get(one.name, set()))
            if not columns or one.name == "draft":
                continue
            if not session.scalar(select(func.count()).select_from(one)):
                session.execute(
                    insert(one).values({name: _value(column, told) for name, column in one.columns.items()})
                )
            for name in columns:
                word = chr(next(number)) + chr(next(number))
                kept = {"answers": {"way": [word]}, "papers_shown": [word]}.get(name, word)
                session.execute(update(one).values({name: kept}))
                yield f"{one.name}.{name}", word


def _value(column: Column[Any], told: Told) -> object:
    """Something that a column may hold in a row of the matter."""
    ids = {"id": 1, "version": 1, "matter_id": told.first.matter_id, "visit_id": told.first.visit_id}
    if column.name in ids:
        return ids[column.name]
    if column.nullable:
        return None
    if column.foreign_keys:
        return told.clerk.actor.account_id
    if isinstance(column.type, Code):
        codes: type[Labelled] = column.type.codes
        return next(iter(codes))
    if isinstance(column.type, UtcMoment):
        return told.clerk.now()
    return {Date: date(2026, 11, 23), Integer: 1, Boolean: True, JSON: {}}.get(type(column.type), "x")


def _stands(word: str, pages: bytes) -> bool:
    """Whether it, or one of its characters, stands there, as it is or as JSON writes it."""
    return any(form.encode() in pages for one in word for form in (one, json.dumps(one).strip('"')))
