"""What is handed out about a route: the visitor's sheet, and the organ's, which names no informant where it must not.

The data is read anew each time, so that no sheet is older than the store; that it was printed is recorded.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import lawbook, masks, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.people import entry_of
from onevisit.desk.route_rows import current_decisions, decision_told
from onevisit.desk.sight import may_know, require_kept
from onevisit.desk.slips import material_line_of
from onevisit.desk.standing import Seen
from onevisit.desk.timeline import Step, add_step
from onevisit.rules import informants, route_law, wording
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.masking import mask_id
from onevisit.rules.organs import Directory
from onevisit.rules.people import PersonEntry
from onevisit.rules.regions import join_address
from onevisit.rules.route_choice import joint_notice
from onevisit.rules.route_sheets import Guidance, Place, SheetKind, Transfer, asks_of_organ, organs_kind, visitors_kind
from onevisit.rules.routes import Handling, Offer
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import Matter, RouteDecision, Visit

_OWN_RULES = frozenset({ContentClass.DISCIPLINE, ContentClass.JUSTICE})


def guidance(desk: Desk, shown: Seen) -> Guidance:
    """What the visitor takes along of the route that was decided or told last. Needs ROUTE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        DeskFault: no route is decided, or the matter was anonymised.
    """
    with desk.look(Permission.ROUTE) as session:
        matter, visits = _matter(desk, session, shown)
        visit = next((one for one in visits if one.id == shown.visit_id), visits[-1])
        told = decision_told(session, visit)
        row = told or _decision(session, matter)
        rules, names = lawbook.rules_of(session, matter), lawbook.directory(session)
        return Guidance(
            kind=visitors_kind(row.handling),
            unit=desk.unit,
            practice=desk.practice,
            visit_no=visit.number,
            matter_no=matter.number,
            query_code=matter.query_code,
            petitioner=masks.petitioner_name(visit),
            title=matter.title,
            classification=masks.classification_of(matter),
            decided_on=row.on_day,
            handling=row.handling.label,
            way=row.procedure.label if row.procedure else "",
            article=row.article,
            why=row.why,
            places=tuple(_place(names, one) for one in row.addressees),
            next_steps=tuple(_next_steps(matter, row, rules, anonymous=visit.anonymous)),
            beside=tuple(Offer.from_code(one).label for one in row.beside),
            enquiry=wording.enquiry(desk.unit),
            staff_no=desk.actor.staff_no,
            made_at=desk.now(),
        )


def transfer(desk: Desk, shown: Seen) -> Transfer:
    """What goes to the organ; of an accusation or a confidential matter without anybody who brought it. Needs ROUTE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        DeskFault: nothing is handed on, or the matter was anonymised.
    """
    with desk.look(Permission.ROUTE) as session:
        matter, visits = _matter(desk, session, shown)
        row = _decision(session, matter)
        kind = organs_kind(row.handling)
        if kind is None:
            raise DeskFault(f"这件事是“{row.handling.label}”，没有交给别的单位，不用打印转送单。")
        rules = lawbook.rules_of(session, matter)
        return _transfer(desk, matter, visits, row, kind, rules)


def record_printed(desk: Desk, shown: Seen, kind: SheetKind) -> None:
    """Record that a sheet of a route was printed; that the visitor got theirs stands in the timeline. Needs ROUTE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
    """
    with desk.work(Permission.ROUTE) as session:
        matter, visits = _matter(desk, session, shown)
        if kind.to_visitor:
            visit = next((one for one in visits if one.id == shown.visit_id), visits[-1])
            add_step(desk, session, visit, Step.SHEET_HANDED, f"打印{kind.label}")
        desk.record(session, "route.sheet_printed", "matter", matter.id, kind.value)


def _matter(desk: Desk, session: Session, shown: Seen) -> tuple[Matter, list[Visit]]:
    query = select(Matter).where(Matter.id == shown.matter_id).options(*records.whole_matter())
    matter = session.scalars(query).one_or_none()
    by_way = None
    if matter is not None and shown.visit_id is not None:
        by_way = next((one for one in matter.visits if one.id == shown.visit_id), None)
    if matter is None or not may_know(desk, matter, by_way) or not matter.visits:
        raise NotFoundError("没有找到这件事项，请重新查找。")
    require_kept(matter)
    return matter, list(matter.visits)


def _decision(session: Session, matter: Matter) -> RouteDecision:
    row = current_decisions(session, [matter.id]).get(matter.id)
    if row is None:
        raise DeskFault("这件事还没有定去向，请先定去向再打印。")
    return row


def _place(directory: Directory, name: str) -> Place:
    known = next((one for one in directory if one.name == name), None)
    if known is None:
        return Place(name)
    return Place(name, known.address, known.phone, known.hours, known.bring, known.example)


def _next_steps(matter: Matter, row: RouteDecision, rules: RuleSet, *, anonymous: bool) -> Iterator[str]:
    joint = _joint(row, rules) if row.handling.hands_on else ""
    if joint:
        yield joint
    if row.handling.hands_on and not anonymous and not _by_own_rules(matter, row):
        period = rules.notice
        yield f"承办单位收到后 {period.words}内书面告知您{route_law.notice_tells(rules)}（{period.article}）。"
    if _sixty_days(matter, row, rules):
        yield f"承办单位受理以后，{rules.handling.words}内办结（{rules.handling.article}）。"
    if row.handling is Handling.GUIDE:
        yield "您在这里登记过的内容我们留着，凭查询码可以查；到那里办的事按那里的期限算。"


def _joint(row: RouteDecision, rules: RuleSet) -> str:
    return joint_notice(tuple(row.addressees), rules)


def _by_own_rules(matter: Matter, row: RouteDecision) -> bool:
    """Organs of justice and of discipline tell by rules of their own (article 23)."""
    return matter.content in _OWN_RULES or row.handling.seals


def _sixty_days(matter: Matter, row: RouteDecision, rules: RuleSet) -> bool:
    return route_law.runs_sixty_days(rules, row.handling, row.procedure, matter.purpose.petition_class)


def _transfer(
    desk: Desk, matter: Matter, visits: list[Visit], row: RouteDecision, kind: SheetKind, rules: RuleSet
) -> Transfer:
    sealed = matter.confidential or matter.purpose is Purpose.ACCUSATION or row.handling.seals
    people = [entry_of(party.petitioner) for visit in visits for party in visit.parties]
    organisation = next((one.name for one in map(masks.organisation_of, visits) if one), "")

    def clean(told: str) -> str:
        return informants.without_traces(told, people, organisation) if sealed else told

    first = visits[0]
    return Transfer(
        kind=kind,
        unit=desk.unit,
        practice=desk.practice,
        sealed=sealed,
        matter_no=matter.number,
        to=tuple(row.addressees),
        joint=_joint(row, rules),
        decided_on=row.on_day,
        article=row.article,
        way=row.procedure.label if row.procedure else "",
        title=clean(matter.title),
        classification=masks.classification_of(matter),
        respondent=clean(matter.respondent),
        petitioner=() if sealed else tuple(_who(first)),
        told=tuple(clean(one.summary) for one in visits if one.summary),
        materials=tuple(clean(material_line_of(one)) for visit in visits for one in visit.materials if one.kept),
        asks=asks_of_organ(
            rules,
            reply_by=row.reply_by,
            sixty_days=_sixty_days(matter, row, rules),
            gives_notice=not sealed and not first.anonymous and not _by_own_rules(matter, row),
            sealed=sealed,
        ),
        reply_by=row.reply_by,
        staff_no=desk.actor.staff_no,
        made_at=desk.now(),
    )


def _who(visit: Visit) -> Iterator[tuple[str, str]]:
    """Who brought it, so that the organ can tell them; numbers of documents stay masked."""
    if visit.anonymous:
        yield "姓名", masks.ANONYMOUS
        return
    organisation, lead = masks.organisation_of(visit), masks.lead_of(visit)
    if organisation is not None:
        yield "单位", organisation.name
    if lead is not None:
        person: PersonEntry = entry_of(lead)
        yield "姓名", person.name
        yield "证件号", mask_id(person.id_number) if person.id_number else ""
        yield "电话", person.phone
        yield "住址", join_address(person.region_code, person.town, person.address)
    if visit.headcount > 1:
        yield "人数", f"{visit.headcount} 人"
