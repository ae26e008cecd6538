"""Registering a visit: likenesses while the clerk types, then one transaction that saves it all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from onevisit.desk import drafts, urgent
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.form_rules import day_of_rules
from onevisit.desk.how_it_stands import how_they_stand
from onevisit.desk.lawbook import rules_on, tree_of
from onevisit.desk.likeness import KnownMatter, KnownPerson, Likenesses, look_for, to_answer
from onevisit.desk.people import entry_of
from onevisit.desk.saving import save_visit
from onevisit.desk.sight import get_person
from onevisit.desk.timekeeping import notice
from onevisit.rules import content_tree, registration
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.people import PartyRole, PersonEntry
from onevisit.rules.rulebook import day_fault
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import Visit

__all__ = [
    "AnswerNeededError",
    "KnownMatter",
    "KnownPerson",
    "Likenesses",
    "Registered",
    "full_person",
    "likenesses",
    "register",
]


class AnswerNeededError(DeskFault):
    """Somebody or something looks the same and the form holds no answer yet; nothing was saved.

    Attributes:
        likenesses: only what still waits for an answer.
    """

    def __init__(self, likenesses: Likenesses) -> None:
        super().__init__("请先回答：是不是同一人、同一件事。")
        self.likenesses = likenesses


@dataclass(frozen=True, slots=True)
class Registered:
    """What was saved, as the clerk may say it.

    Attributes:
        clock_notice: what is to be said of the computer's clock, empty if nothing new.
        urgent: it was told as urgent at this visit; the report of article 25 is to be written at once.
        group: representatives were named, who sign the roster.
        stop_word: what speaks against dealing with the matter once more, in a few words; empty if nothing does.
    """

    visit_id: int
    matter_id: int
    visit_no: str
    matter_no: str
    query_code: str
    queue_no: int
    ordinal: int
    repeat: bool
    registered_at: datetime
    clock_notice: str = ""
    urgent: bool = False
    group: bool = False
    stop_word: str = ""


def likenesses(desk: Desk, form: RegistrationForm) -> Likenesses:
    """Who looks like the lead visitor, and which of that person's matters look like this one; cheap while typing.

    The document number alone decides ``certain``; otherwise a name needs a second agreeing field (phone, birth date or
    town); an empty field never agrees. Matters are looked for once a person is certain or was answered SAME, or when
    the visitors come for an organisation that was here before. Answers already on the form are left out.
    Needs REGISTER.
    """
    with desk.look(Permission.REGISTER) as session:
        return look_for(desk, session, registration.normalise(form))


def full_person(desk: Desk, petitioner_id: int) -> PersonEntry:
    """All of a known petitioner's particulars, to fill the form with; leaves a trace. Needs REGISTER.

    Raises:
        NotFoundError: the petitioner is not there, or may not be known.
    """
    with desk.work(Permission.REGISTER) as session:
        petitioner = get_person(desk, session, petitioner_id)
        desk.record(session, "petitioner.read", "petitioner", petitioner_id)
        return entry_of(petitioner)


def register(
    desk: Desk, form: RegistrationForm, *, arrived_at: datetime | None = None, draft_id: int | None = None
) -> Registered:
    """Save a visit: people, matter (new, or the one answered SAME), numbers, timeline, audit and index at once.

    Needs REGISTER. ``arrived_at`` is now unless given. The draft that the form was kept in goes in the same
    transaction; one that is gone already means that this form was saved before.

    Raises:
        DeskFault: the form was saved before (its draft is gone).
        FormError: the form has faults by the rules of the visit's day (``rules.registration.check``); six
            representatives are refused (article 20); ``arrived_at`` is before 2005-05-01 or still to come.
        AnswerNeededError: a likeness waits for its answer (asked once more at save).
        NotFoundError: a person or matter that was answered SAME is not there, or may not be known.
        DeskFault: the numbers of the day or of the year are used up.
    """
    with desk.work(Permission.REGISTER) as session:
        drafts.take(desk, session, DraftKind.REGISTRATION, draft_id)
        rules = _rules(desk, session, arrived_at)
        # the form as typed, so that the faults stand at the rows that the clerk sees
        faults = registration.check(form, local_day(desk.now()), rules)
        unknown = content_tree.chosen_fault(tree_of(session), form.content_code) if form.content_code else None
        if faults or unknown:
            raise FormError((*faults, *((unknown,) if unknown else ())))
        plain = registration.normalise(form)
        waiting = to_answer(desk, session, plain)
        if waiting:
            raise AnswerNeededError(waiting)
        noticed = notice(desk, session)
        numbered = noticed.day if arrived_at is None else local_day(arrived_at)
        visit = save_visit(desk, session, plain, rules, arrived_at or desk.now(), numbered)
        urgent.begin(desk, session, visit)
        return _registered(desk, session, visit, noticed.sentence if noticed.new else "", urgent=plain.urgent)


def _rules(desk: Desk, session: Session, arrived_at: datetime | None) -> RuleSet:
    """The set of the visit's day.

    Raises:
        FormError: the day that was given is older than every rule, or still to come.
    """
    today = local_day(desk.now())
    if arrived_at is None:
        return rules_on(desk, session, day_of_rules(session, today))
    day = local_day(arrived_at)
    fault = day_fault(day, today, "arrived_at", "来访日期")
    if fault:
        raise FormError((fault,))
    return rules_on(desk, session, day)


def _registered(desk: Desk, session: Session, visit: Visit, clock_notice: str, *, urgent: bool) -> Registered:
    repeat = visit.ordinal > 1
    stands = how_they_stand(desk, session, [visit.matter])[visit.matter_id] if repeat else None
    return Registered(
        visit_id=visit.id,
        matter_id=visit.matter_id,
        visit_no=visit.number,
        matter_no=visit.matter.number,
        query_code=visit.matter.query_code,
        queue_no=visit.queue_no,
        ordinal=visit.ordinal,
        repeat=repeat,
        registered_at=visit.registered_at,
        clock_notice=clock_notice,
        urgent=urgent,
        group=any(party.role is PartyRole.REPRESENTATIVE for party in visit.parties),
        stop_word=stands.word if stands else "",
    )
