"""代表名册: the representatives of a group visit, how each can be reached, and who has signed, also after the save."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from onevisit.desk import people
from onevisit.desk.cast import Cast, matters_of, tell_changes
from onevisit.desk.desk import Desk
from onevisit.desk.documents import reindex
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.form_rules import day_of_rules
from onevisit.desk.lawbook import rules_on
from onevisit.desk.sight import get_visit, people_to_know, require_kept
from onevisit.desk.timeline import Step, add_step
from onevisit.rules import groups, phones
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.groups import Representative
from onevisit.rules.masking import mask_phone
from onevisit.rules.people import PartyRole, PersonEntry
from onevisit.rules.rulesets import RuleSet, source
from onevisit.store.tables import Visit, VisitParty

_NO_GROUP = "这次来访没有登记代表，没有名册可签。"
_SPEAKERS = (PartyRole.LEAD, PartyRole.REPRESENTATIVE)


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One representative.

    Attributes:
        masked_phone: empty while no phone is known.
    """

    petitioner_id: int
    name: str
    masked_phone: str
    signed: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster of one visit.

    Attributes:
        headcount: how many came.
        article: what says that representatives are chosen.
    """

    visit_id: int
    visit_no: str
    headcount: int
    lines: tuple[RosterLine, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Signature:
    """What is recorded of one representative.

    Attributes:
        phone: newly told; empty where it is known or was not told.
    """

    petitioner_id: int
    signed: bool
    phone: str = ""


def roster(desk: Desk, visit_id: int) -> Roster:
    """The representatives of a visit. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
        DeskFault: it named no representatives.
    """
    with desk.look(Permission.REGISTER) as session:
        return _roster(desk, session, get_visit(desk, session, visit_id))


def sign(desk: Desk, visit_id: int, signatures: Sequence[Signature]) -> Roster:
    """Record who has signed, and the phones by which they tell the others the answer. Needs REGISTER.

    Raises:
        NotFoundError: the visit is not there, or may not be known.
        DeskFault: it named no representatives, or its content was forgotten.
        FormError: who signed cannot be reached (``roster.N.phone``), or there are too many.
    """
    with desk.work(Permission.REGISTER) as session:
        visit = get_visit(desk, session, visit_id)
        require_kept(visit.matter)
        before = _roster(desk, session, visit)
        given = {one.petitioner_id: one for one in signatures}
        parties = _parties(visit)
        _check(visit, rules_on(desk, session, day_of_rules(session, visit.day)), parties, given)
        _take(desk, session, visit, [(one, given[one.petitioner_id]) for one in parties if one.petitioner_id in given])
        after = _roster(desk, session, visit)
        if after.lines != before.lines:
            signed = sum(one.signed for one in after.lines)
            desk.record(session, "visit.roster_signed", "visit", visit.id, f"{signed}/{len(after.lines)}")
            names = "、".join(one.name for one in after.lines if one.signed)
            add_step(desk, session, visit, Step.ROSTER_SIGNED, f"已签名：{names}" if names else "没有人签名")
        return after


def _roster(desk: Desk, session: Session, visit: Visit) -> Roster:
    parties = _parties(visit)
    if not any(party.role is PartyRole.REPRESENTATIVE for party in parties):
        raise DeskFault(_NO_GROUP)
    rules = rules_on(desk, session, day_of_rules(session, visit.day))
    lines = tuple(
        RosterLine(one.petitioner_id, one.petitioner.name, mask_phone(one.petitioner.phone), one.signed)
        for one in parties
    )
    figure = rules.representatives
    return Roster(visit.id, visit.number, visit.headcount, lines, source(figure.article, example=figure.example))


def _parties(visit: Visit) -> list[VisitParty]:
    return [party for party in visit.parties if party.role in _SPEAKERS]


def _check(visit: Visit, rules: RuleSet, parties: Sequence[VisitParty], given: dict[int, Signature]) -> None:
    """Only who signs must be reachable, and what is told must be a phone; the places are those of the whole roster."""
    signing = [place for place, one in enumerate(parties) if _will_be_signed(one, given) or _tells_phone(one, given)]
    rows = [Representative(_as_told(parties[place], given), signed=True) for place in signing]
    at_most = rules.representatives_at_most(visit.headcount)
    faults = groups.check_roster(rows, at_most=at_most, article=rules.representatives.article)
    if faults:
        raise FormError(tuple(_at_place(fault, signing) for fault in faults))


def _will_be_signed(party: VisitParty, given: dict[int, Signature]) -> bool:
    found = given.get(party.petitioner_id)
    return found.signed if found else party.signed


def _tells_phone(party: VisitParty, given: dict[int, Signature]) -> bool:
    found = given.get(party.petitioner_id)
    return bool(found and found.phone.strip())


def _as_told(party: VisitParty, given: dict[int, Signature]) -> PersonEntry:
    found = given.get(party.petitioner_id)
    told = found.phone.strip() if found else ""
    return PersonEntry(name=party.petitioner.name, phone=told or party.petitioner.phone)


def _at_place(fault: Fault, signing: Sequence[int]) -> Fault:
    head, _, rest = fault.field.partition(".")
    place, _, field = rest.partition(".")
    path = f"{head}.{signing[int(place)]}.{field}" if place.isdecimal() else fault.field
    return Fault(path, fault.sentence, fault.article)


def _take(desk: Desk, session: Session, visit: Visit, told: Sequence[tuple[VisitParty, Signature]]) -> None:
    """Keep who signed, and the phones that were newly told."""
    cast = Cast()
    known_here = people_to_know(desk, session, [party.petitioner_id for party, _ in told])
    for party, given in told:
        party.signed = given.signed
        phone = phones.read(given.phone) if given.phone.strip() else ""
        changes = people.bring_up_to_date(party.petitioner, PersonEntry(phone=phone))
        if changes:
            cast.changes.append((party.petitioner, changes))
    if cast.changes:
        tell_changes(desk, session, visit, cast, known_here)
        reindex(session, matters_of(session, [one for one, _ in cast.changes]))
