"""去向: what is known of a matter before a route is chosen, the choice itself, and taking it back.

The window hands on, it does not decide (信访工作条例 2022, articles 22 and 31). A matter that an organ has accepted and
whose period runs, or that is over for good, keeps its route; at a later visit it is only told so (19¶3, 36¶3), and no
clock begins anew.
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import lawbook, masks, records
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.how_it_stands import how_they_stand
from onevisit.desk.issue import awaits_slip
from onevisit.desk.policy import policy_of
from onevisit.desk.route_rows import decisions, take_back
from onevisit.desk.route_views import DECLINED, Decided, RouteCase, decided
from onevisit.desk.sight import get_visit, may_know, require_kept
from onevisit.desk.slips import form_of
from onevisit.desk.standing import (
    Seen,
    StepFacts,
    open_for_change,
    require_no_faults,
    seen,
    standing_of,
    take_step,
    touch,
)
from onevisit.desk.timeline import add_matter_step
from onevisit.rules import route_choice, route_hints, route_law, routes, text
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.matter_life import Action, why_not
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Answers, Circumstances, Handling, Offer
from onevisit.store.tables import Matter, RouteDecision, Visit

__all__ = ["Decided", "RouteCase", "case", "circumstances_of", "decide", "recall"]

_NOT_FOUND: Final = "没有找到这件事项，请重新查找。"


def case(desk: Desk, matter_id: int | None = None, *, visit_id: int | None = None) -> RouteCase:
    """A matter as the route assistant sees it, by its id or by way of one of its visits. Needs ROUTE.

    Raises:
        NotFoundError: it is not there, or may not be known.
        DeskFault: it was anonymised.
        RuleSetFault: the rule set that it was registered under is not there any more.
    """
    with desk.look(Permission.ROUTE) as session:
        if visit_id is not None:
            visit = get_visit(desk, session, visit_id)
            return _case(desk, session, visit.matter, visit, by_way=visit_id)
        matter = session.get(Matter, matter_id) if matter_id is not None else None
        if matter is None or not may_know(desk, matter):
            raise NotFoundError(_NOT_FOUND)
        return _case(desk, session, matter, _visit_of(session, matter, None))


def decide(desk: Desk, shown: Seen, decision: Decision, answers: Answers, *, visit_id: int | None = None) -> Decided:
    """Decide the route of a matter, or tell a visitor that it keeps the one it has. Needs ROUTE.

    Args:
        desk: who decides.
        shown: what the page showed of the matter.
        decision: the route, its addressees, the day of the report, what was offered beside it.
        answers: to the questions of the assistant; those that were not asked are left out.
        visit_id: the visitor who is told; the last visit unless given.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: the decision has faults (``route_choice.check``): no addressee, whom it is about as addressee …
        PlainFault: the state of the matter does not allow it; the sentence says why.
    """
    with desk.work(Permission.ROUTE) as session:
        matter = open_for_change(desk, session, shown)
        visit = _visit_of(session, matter, visit_id if visit_id is not None else shown.visit_id)
        known = _case(desk, session, matter, visit, by_way=shown.visit_id)
        plain = _tidy(decision)
        require_no_faults(known.faults(plain, answers))
        if known.only_told and not (plain.handling and plain.handling.stops):
            raise DeskFault(known.why_not or why_not(standing_of(matter), Action.ROUTE))
        row = _written(desk, session, known, plain, answers)
        if known.only_told:
            _tell(desk, session, matter, row)
        else:
            _move(desk, session, matter, row)
        desk.record(session, "route.decided", "matter", matter.id, row.handling.value)
        return decided(row, known.rules, known.petition_class)


def recall(desk: Desk, shown: Seen, reason: str) -> Seen:
    """Take a route back, with the reason, so that another can be decided. Needs ROUTE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: no reason, or one that is too long.
        PlainFault: the organ has accepted the matter already; the sentence says so.
    """
    with desk.work(Permission.ROUTE) as session:
        matter = open_for_change(desk, session, shown)
        plain = text.tidy_block(reason).strip()
        require_no_faults(_reason_faults(plain))
        facts = StepFacts(local_day(desk.now()), organ=matter.lead_organ, note=plain)
        take_step(desk, session, matter, Action.RECALL, facts, visit_id=shown.visit_id)
        take_back(desk, session, matter)
        session.flush()
        return seen(matter, shown.visit_id)


def _reason_faults(reason: str) -> tuple[Fault, ...]:
    if not reason:
        return (Fault("reason", "请写一句为什么收回，办理经过里会写明。"),)
    return tuple(length_faults("reason", reason, route_choice.REASON_AT_MOST, "理由"))


def _visit_of(session: Session, matter: Matter, visit_id: int | None) -> Visit:
    """The visit that is told: the last one unless given; every matter has one."""
    if visit_id is None:
        last = select(Visit).where(Visit.matter_id == matter.id).order_by(Visit.id.desc()).limit(1)
        return session.scalars(last).one()
    visit = session.get(Visit, visit_id)
    if visit is None or visit.matter_id != matter.id:
        raise NotFoundError("没有找到这次来访，请刷新列表后再试。")
    return visit


def _case(desk: Desk, session: Session, matter: Matter, visit: Visit, *, by_way: int | None = None) -> RouteCase:
    require_kept(matter)
    whole = records.fetch_visit(session, visit.id)
    form, rules = form_of(whole), lawbook.rules_of(session, matter)
    known = circumstances_of(desk, session, matter, whole)
    suggested = route_hints.suggested_answers(form)
    proposal = routes.propose(known, suggested)
    standing = standing_of(matter)
    rows = decisions(session, [matter.id])
    current, told = rows.current.get(matter.id), rows.told.get(whole.id)
    kind = matter.purpose.petition_class
    stopped = why_not(standing, Action.ROUTE)
    only_told = bool(stopped) and (known.in_period or known.terminated)
    earlier = told if told is not None and told is not current else None
    return RouteCase(
        seen=seen(matter, by_way),
        visit_id=whole.id,
        matter_no=matter.number,
        visit_no=whole.number,
        petitioner=masks.petitioner_name(whole),
        title=matter.title,
        classification=masks.classification_of(matter),
        respondent=matter.respondent,
        today=local_day(desk.now()),
        circumstances=known,
        petition_class=kind,
        suggested=suggested,
        proposal=route_law.under(rules, proposal) if proposal else None,
        directory=lawbook.directory(session),
        rules=rules,
        current=decided(current, rules, kind) if current else None,
        told=decided(earlier, rules, kind) if earlier else None,
        why_not="" if only_told and earlier is None else stopped,
        why_no_recall=why_not(standing, Action.RECALL),
        report_days=policy_of(session).report_days,
        only_told=only_told,
        awaits_slip=awaits_slip(desk, session, whole),
    )


def circumstances_of(desk: Desk, session: Session, matter: Matter, visit: Visit) -> Circumstances:
    """What is known of the matter before anything is asked; a stop is for who comes again, never for a first visit."""
    repeat = visit.ordinal > 1
    refused = how_they_stand(desk, session, [matter])[matter.id].refused if repeat else None
    return Circumstances(
        purpose=matter.purpose,
        content=matter.content,
        place_code=matter.place_code,
        confidential=matter.confidential,
        repeat=repeat,
        in_period=refused is Handling.IN_PERIOD,
        terminated=refused is Handling.ENDED,
    )


def _tidy(decision: Decision) -> Decision:
    named = dict.fromkeys(text.tidy(one) for one in decision.addressees)
    return Decision(
        handling=decision.handling,
        procedure=decision.procedure,
        addressees=tuple(one for one in named if one),
        reply_by=decision.reply_by,
        reason=text.tidy_block(decision.reason).strip(),
        beside=decision.beside,
        declined=tuple(one for one in decision.declined if one not in decision.beside),
    )


def _written(desk: Desk, session: Session, known: RouteCase, decision: Decision, answers: Answers) -> RouteDecision:
    if decision.handling is None:
        raise ValueError("a decision that was not checked")
    proposed = known.propose(answers)
    otherwise = route_choice.differs(decision, proposed)
    route = known.chosen(decision.handling, decision.procedure) if otherwise or proposed is None else proposed
    row = RouteDecision(
        matter_id=known.seen.matter_id,
        visit_id=known.visit_id,
        decided_at=desk.now(),
        on_day=known.today,
        account_id=desk.actor.account_id,
        handling=decision.handling,
        procedure=decision.procedure,
        addressees=list(decision.addressees),
        reply_by=decision.reply_by,
        beside=[one.value for one in decision.beside],
        answers=_kept_answers(known.circumstances, answers, decision.declined),
        proposed=known.mark(proposed.handling, proposed.procedure) if proposed else "",
        article=route.article,
        why=route.why,
        reason=decision.reason,
    )
    session.add(row)
    session.flush()
    return row


def _kept_answers(known: Circumstances, answers: Answers, declined: tuple[Offer, ...]) -> dict[str, list[str]]:
    asked = [one.key for one in routes.questions(known, answers)]
    kept = {key: list(answers[key]) for key in asked if answers.get(key)}
    if declined:
        kept[DECLINED] = [one.value for one in declined]
    return kept


def _move(desk: Desk, session: Session, matter: Matter, row: RouteDecision) -> None:
    others = row.addressees[1:]
    told = (
        row.handling.label + (f"（{row.procedure.label}）" if row.procedure else ""),
        f"会同{'、'.join(others)}" if others else "",
        f"{show_day(row.reply_by)}前报办理结果" if row.reply_by else "",
    )
    lead = row.addressees[0] if row.addressees else ""
    facts = StepFacts(row.on_day, organ=lead, told="；".join(one for one in told if one), note=row.reason)
    matter.lead_organ = lead
    step = take_step(
        desk,
        session,
        matter,
        Action.ROUTE,
        facts,
        handling=row.handling,
        procedure=row.procedure,
        visit_id=row.visit_id,
    )
    row.step_id = step.id
    session.flush()


def _tell(desk: Desk, session: Session, matter: Matter, row: RouteDecision) -> None:
    """Nothing moves and no clock begins; the timeline says what the visitor was told."""
    touch(matter)
    add_matter_step(desk, session, matter.id, Action.ROUTE, f"{row.handling.label}；{row.article}", row.visit_id)
    session.flush()
