"""Writing a registration: people, matter, numbers, visit, answers and timeline, all in the caller's transaction."""

import secrets
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import flag_modified

from onevisit.desk import people
from onevisit.desk.cast import gather, matters_of, tell_changes
from onevisit.desk.desk import Desk
from onevisit.desk.documents import reindex
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.gate import write_reasons
from onevisit.desk.how_it_stands import how_they_stand
from onevisit.desk.likeness import matter_likeness
from onevisit.desk.people import Candidate
from onevisit.desk.sight import may_know, people_to_know, require_kept
from onevisit.desk.timeline import Step, add_step
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import Answer, RegistrationForm
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_life import State
from onevisit.rules.numbering import MatterNumber, NumberFault, VisitNumber, new_query_code
from onevisit.rules.registration import headcount, same_matter
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet
from onevisit.store.numbers import last, put, take
from onevisit.store.tables import Material, Matter, MatterLink, Petitioner, SamenessAnswer, Visit


def save_visit(
    desk: Desk,
    session: Session,
    form: RegistrationForm,
    rules: RuleSet,
    arrived_at: datetime,
    numbered: date | None = None,
) -> Visit:
    """Write everything that belongs to a visit; ``form`` is normalised, without a fault, and all is answered.

    Args:
        desk: who registers.
        session: the transaction.
        form: the form.
        rules: the set of the visit's day, which a new matter keeps.
        arrived_at: when the visitors came.
        numbered: the day whose numbers go on, where that is not the day they came (``desk.timekeeping``).

    Raises:
        NotFoundError: the matter or a person that an answer names is not there, or may not be known.
        FormError: the person answered SAME has another identity number.
        DeskFault: the numbers of the day or of the year are used up.
    """
    found = people.candidates(session, form.lead) if form.lead else []
    # before anything is brought up to date: with the reasons that stood beside the questions
    answers = list(_answers(desk, session, form, found))
    cast = gather(desk, session, form, found, rules)
    known_here = people_to_know(desk, session, [one.id for one, _ in cast.changes])
    numbered = numbered or local_day(arrived_at)
    matter, repeat = _matter(desk, session, form, rules, numbered)
    visit = _visit(desk, session, form, matter, arrived_at, numbered, repeat=repeat)
    for place, party in enumerate(cast.parties, 1):
        party.ordinal = place
    visit.parties = cast.parties
    visit.materials = [
        Material(ordinal=place, name=one.name, form=one.form, pages=one.pages, kept=one.kept)
        for place, one in enumerate(form.materials, 1)
    ]
    session.add(visit)
    session.flush()
    for one in answers:
        one.visit_id = visit.id
    session.add_all(answers)
    _tell(desk, session, form, visit, repeat=repeat)
    write_reasons(desk, session, visit, form.gate_reasons)
    tell_changes(desk, session, visit, cast, known_here)
    desk.record(session, "visit.registered", "visit", visit.id, f"{matter.id}/{visit.ordinal}")
    reindex(session, [matter.id, *matters_of(session, [one for one, _ in cast.changes])])
    return visit


def _matter(
    desk: Desk, session: Session, form: RegistrationForm, rules: RuleSet, numbered: date
) -> tuple[Matter, bool]:
    """The matter of the visit, and whether it was there before."""
    known_id = same_matter(form)
    if known_id is not None:
        return _known_matter(desk, session, form, known_id), True
    if form.purpose is None or form.content is None:
        raise ValueError("a form that was not checked")
    unit, year = desk.unit, numbered.year
    serial = take(session, f"matter:{unit.region_code}:{unit.window_no}:{year}")
    matter = Matter(
        number=_written(lambda: MatterNumber(unit.region_code, unit.window_no, year, serial)),
        query_code=new_query_code(secrets.choice),
        title=form.title,
        purpose=form.purpose,
        content=form.content,
        place_code=form.place_code,
        respondent=form.respondent,
        confidential=form.confidential,
        urgent=form.urgent,
        registered_at=desk.now(),
        rule_set=rules.code,
        content_code=form.content_code,
    )
    return matter, False


def _known_matter(desk: Desk, session: Session, form: RegistrationForm, matter_id: int) -> Matter:
    """The matter that was answered SAME; what it was called stays, what was unknown is filled in."""
    matter = session.get(Matter, matter_id)
    if matter is None or not may_know(desk, matter):
        raise NotFoundError("选为“同一件事”的事项没有找到，请重新查找后再选。")
    matter = _merged_into(desk, session, matter)
    require_kept(matter)
    matter.confidential = matter.confidential or form.confidential
    matter.urgent = matter.urgent or form.urgent
    matter.respondent = matter.respondent or form.respondent
    matter.place_code = matter.place_code or form.place_code
    if form.content is matter.content:
        matter.content_code = matter.content_code or form.content_code
    # whoever has the matter open elsewhere must see that it went on, even if none of its own columns changed
    flag_modified(matter, "urgent")
    return matter


def _merged_into(desk: Desk, session: Session, matter: Matter) -> Matter:
    """The matter that one was merged into, as far as the clerk may know it: there it goes on."""
    seen = {matter.id}
    while matter.state is State.MERGED:
        query = select(MatterLink.to_id).where(MatterLink.from_id == matter.id, MatterLink.kind == LinkKind.MERGED_INTO)
        into = session.get(Matter, session.scalars(query).first() or 0)
        if into is None or into.id in seen or into.anonymised_at or not may_know(desk, into):
            return matter
        seen.add(into.id)
        matter = into
    return matter


def _visit(
    desk: Desk,
    session: Session,
    form: RegistrationForm,
    matter: Matter,
    arrived_at: datetime,
    numbered: date,
    *,
    repeat: bool,
) -> Visit:
    if form.reply_by is None:
        raise ValueError("a form that was not checked")
    day = local_day(arrived_at)
    unit = desk.unit
    serial = take(session, f"visit:{unit.region_code}:{unit.window_no}:{numbered:%Y%m%d}")
    return Visit(
        number=_written(lambda: VisitNumber(unit.region_code, unit.window_no, numbered, serial)),
        matter=matter,
        ordinal=_visits_so_far(session, matter.id) + 1 if repeat else 1,
        day=day,
        queue_no=_queue_no(session, day, numbered),
        arrived_at=arrived_at,
        registered_at=desk.now(),
        clerk_id=desk.actor.account_id,
        window_no=unit.window_no,
        anonymous=form.anonymous,
        headcount=headcount(form),
        summary=form.summary,
        clerk_note=form.clerk_note,
        reply_by=form.reply_by,
        return_reason=form.return_reason if repeat else None,
        return_note=form.return_note if repeat else "",
        wants_lawyer=form.wants_lawyer,
    )


def _queue_no(session: Session, day: date, numbered: date) -> int:
    """The next queue number; with a clock that was set back it is one that neither day's visitors hold."""
    mine, other = f"queue:{day:%Y%m%d}", f"queue:{numbered:%Y%m%d}"
    if other != mine:
        highest = max(last(session, mine), last(session, other))
        put(session, mine, highest)
        put(session, other, highest + 1)
    return take(session, mine)


def _written(number: Callable[[], MatterNumber | VisitNumber]) -> str:
    """A number in full; that a series is used up, or a clock far off, is no mistake of the program."""
    try:
        return str(number())
    except NumberFault as fault:
        raise DeskFault(f"{fault}，没有保存，请让管理员核对电脑的日期和本单位的区划、窗口号。") from fault


def _visits_so_far(session: Session, matter_id: int) -> int:
    return session.scalars(select(func.max(Visit.ordinal)).where(Visit.matter_id == matter_id)).one() or 0


def _answers(
    desk: Desk, session: Session, form: RegistrationForm, found: Sequence[Candidate]
) -> Iterator[SamenessAnswer]:
    """Every answer with the reasons that stood beside the question, so that the choice can be explained later."""
    # an anonymous visit keeps nothing that points to a person
    persons = form.person_answers if form.lead else ()
    reasons = {one.petitioner.id: one.likeness.reasons for one in found}
    for person in persons:
        if session.get(Petitioner, person.petitioner_id) is None:
            raise NotFoundError("答过“同一人”或“另一人”的信访人没有找到，请重新查找后再选。")
        words = reasons.get(person.petitioner_id, ())
        yield _answer(desk, person.answer, words, petitioner_id=person.petitioner_id)
    asked = {one.matter_id for one in form.matter_answers}
    query = select(Matter).where(Matter.id.in_(asked)).options(selectinload(Matter.visits))
    matters = {matter.id: matter for matter in session.scalars(query)} if asked else {}
    for one in form.matter_answers:
        if one.matter_id not in matters:
            raise NotFoundError("答过“同一件事”或“另一件事”的事项没有找到，请重新查找后再选。")
        words = matter_likeness(form, matters[one.matter_id]).reasons
        yield _answer(desk, one.answer, words, matter_id=one.matter_id)


def _answer(
    desk: Desk,
    answer: Answer,
    reasons: tuple[str, ...],
    *,
    petitioner_id: int | None = None,
    matter_id: int | None = None,
) -> SamenessAnswer:
    return SamenessAnswer(
        petitioner_id=petitioner_id,
        matter_id=matter_id,
        same=answer is Answer.SAME,
        reasons="、".join(reasons),
        answered_at=desk.now(),
        account_id=desk.actor.account_id,
    )


def _tell(desk: Desk, session: Session, form: RegistrationForm, visit: Visit, *, repeat: bool) -> None:
    people_present = f"，来访 {visit.headcount} 人" if visit.headcount > 1 else ""
    if not repeat:
        add_step(desk, session, visit, Step.REGISTERED, f"登记来访 {visit.number}{people_present}")
    else:
        parts = [f"第 {visit.ordinal} 次来访 {visit.number}{people_present}"]
        if visit.return_reason:
            parts.append(f"再次来访原因：{visit.return_reason.label}")
        stands = how_they_stand(desk, session, [visit.matter])[visit.matter_id]
        if stands.refused is Handling.IN_PERIOD:
            parts.append(f"办理期限内再次提出，期限不重新计算（{stands.article}）")
        if stands.refused is Handling.ENDED:
            parts.append(f"事项已终结，仍登记（{stands.article}）")
        if form.title != visit.matter.title:
            parts.append(f"本次所述：{form.title}")
        add_step(desk, session, visit, Step.REPEATED, "；".join(parts))
    if visit.wants_lawyer:
        add_step(desk, session, visit, Step.SENT_TO_LAWYER, "转值班律师接待")
