"""The petitioner's version of one matter, made of its rows: a step inside the use cases of ``desk.enquiry``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import records
from onevisit.desk.clock_reading import DueLine, due_lines
from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import rules_of
from onevisit.desk.promises_due import promises_of
from onevisit.desk.service import services_of
from onevisit.desk.slips import form_of
from onevisit.rules import informants, wording
from onevisit.rules.after_visit import has_reached
from onevisit.rules.classification import Purpose
from onevisit.rules.clocks import local_day
from onevisit.rules.enquiry import OWED, KnownDay, KnownDocument, KnownPromise, PetitionersVersion, scrubbed
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_history import Whose, happening
from onevisit.rules.matter_life import Action, State
from onevisit.rules.matter_steps import Happening, known_steps, where_it_stands
from onevisit.rules.readiness import is_court_matter
from onevisit.rules.route_law import runs_sixty_days
from onevisit.rules.rulebook import RuleSetFault
from onevisit.rules.rulesets import ClockKind
from onevisit.store.tables import Matter, MatterLink, MatterStep, RouteDecision

_TOLD_BY_SERVICE: Final = frozenset({Action.REVIEW, Action.FINAL_REVIEW})
"""Steps that the petitioner knows of from the day on which their opinion was served."""


_MERGED: Final = "已和同一件事合并办理："


def version_of(desk: Desk, session: Session, matter: Matter) -> PetitionersVersion:
    """What the petitioner may read of a matter; of one that was merged, how the one stands that it goes on in."""
    goes_on_in = _merged_into(session, matter)
    if goes_on_in is None:
        return _version(desk, session, matter, secret=_secret(matter))
    secret = _secret(matter) or _secret(goes_on_in)
    own, other = (_version(desk, session, one, secret=secret) for one in (matter, goes_on_in))
    merged_on = own.steps[-1].on
    # its own days alone: what was promised and served there may be somebody else's
    after = [one for one in other.steps[1:] if one.on >= merged_on]
    return replace(own, where=f"{_MERGED}{other.where}", steps=(*own.steps, *after), days=other.days)


def _secret(matter: Matter) -> bool:
    return matter.confidential or matter.purpose is Purpose.ACCUSATION


def _merged_into(session: Session, matter: Matter) -> Matter | None:
    """The matter that this one goes on in, however often it was merged on; None while it goes on by itself."""
    here, been = matter, {matter.id}
    while here.state is State.MERGED:
        query = select(MatterLink.to_id).where(MatterLink.from_id == here.id, MatterLink.kind == LinkKind.MERGED_INTO)
        target = session.get(Matter, session.scalars(query).first() or 0)
        if target is None or target.id in been or target.anonymised_at is not None:
            break
        been.add(target.id)
        here = target
    return here if here is not matter else None


def _version(desk: Desk, session: Session, matter: Matter, *, secret: bool) -> PetitionersVersion:
    decisions = session.scalars(
        select(RouteDecision).where(RouteDecision.matter_id == matter.id).order_by(RouteDecision.id)
    ).all()
    forms = [form_of(visit) for visit in matter.visits]
    words = _Words(session, forms, _addressees(decisions, matter) if secret else ())
    today = local_day(desk.now())
    happenings = sorted(_happenings(session, matter, decisions), key=lambda one: one.on)
    return PetitionersVersion(
        unit=desk.unit,
        practice=desk.practice,
        made_at=desk.now(),
        matter_id=matter.id,
        matter_no=matter.number,
        title="" if secret else words.clean(matter.title),
        registered_on=happenings[0].on,
        visits=len(matter.visits),
        where=where_it_stands(matter.state),
        steps=known_steps(happenings, secret=secret),
        days=tuple(_days(due_lines(desk, session, [matter])[matter.id])),
        promises=tuple(
            KnownPromise(one.due, words.clean(one.text), one.words) for one in promises_of(session, matter.id, today)
        ),
        documents=tuple(_documents(session, matter, secret=secret)),
        enquiry=wording.enquiry(desk.unit),
        remedies=_remedies(session, matter, forms),
        secret=secret,
    )


def _happenings(session: Session, matter: Matter, decisions: Sequence[RouteDecision]) -> Iterator[Happening]:
    """Every step with its day; a route that was taken back is left out, the one that came of it stands."""
    yield Happening(None, min([visit.day for visit in matter.visits], default=local_day(matter.registered_at)))
    with_step = {one.step_id: one for one in decisions if one.step_id is not None}
    steps = session.scalars(select(MatterStep).where(MatterStep.matter_id == matter.id).order_by(MatterStep.id))
    for step in steps:
        kind = happening(step.kind)
        if not isinstance(kind, Action) or (kind in _TOLD_BY_SERVICE and step.served_on is None):
            continue
        if kind is not Action.ROUTE:
            yield Happening(kind, step.served_on or step.on_day)
            continue
        decision = with_step.get(step.id)
        if decision is None:
            yield Happening(kind, step.on_day, matter.handling)
        elif decision.recalled_at is None:
            yield Happening(kind, step.on_day, decision.handling, tuple(decision.addressees))
    for decision in decisions:
        if decision.step_id is None and decision.handling.stops and decision.recalled_at is None:
            yield Happening(Action.ROUTE, decision.on_day, decision.handling)


def _documents(session: Session, matter: Matter, *, secret: bool) -> Iterator[KnownDocument]:
    """What reached the petitioner; the number of a document names whose it is, so that of a secret is left out."""
    for one in services_of(session, matter.id):
        if has_reached(one.outcome):
            number = "" if secret else one.document_no
            yield KnownDocument(one.on, f"{one.document.label} {number}".strip(), f"{one.method}，{one.outcome.label}")


def _days(lines: Iterable[DueLine]) -> Iterator[KnownDay]:
    """The days that run for the petitioner: what they may expect by when, and what they must do by when."""
    for line in lines:
        if not line.is_open or line.due is None or line.key not in set(ClockKind):
            continue
        kind, own = ClockKind.from_code(line.key), line.whose is Whose.PETITIONER
        if own or kind in OWED:
            yield KnownDay(line.due, _what(kind), line.words, own=own, provisional=line.provisional)


_IN_WORDS = {
    ClockKind.TRANSFER: "窗口转交有权处理的机关、单位",
    ClockKind.NOTICE: "收到的机关、单位书面告知您",
    ClockKind.HANDLING: "承办单位办结",
    ClockKind.REVIEW_REQUEST: "您不服处理意见的，可以请求复查",
    ClockKind.REVIEW_ACCEPTANCE: "决定是否受理复查",
    ClockKind.REVIEW: "提出复查意见",
    ClockKind.FINAL_REQUEST: "您不服复查意见的，可以请求复核",
    ClockKind.FINAL_ACCEPTANCE: "决定是否受理复核",
    ClockKind.FINAL_REVIEW: "提出复核意见",
    ClockKind.CONFIRMATION: "双方可以共同申请司法确认",
}


def _what(kind: ClockKind) -> str:
    return _IN_WORDS.get(kind, kind.label)


def _remedies(session: Session, matter: Matter, forms: Sequence[RegistrationForm]) -> tuple[str, ...]:
    """What may be done later, as the slip says it: once the route is decided, by where it leads."""
    try:
        last, rules = forms[-1] if forms else None, rules_of(session, matter)
    except RuleSetFault:
        # which days are theirs nobody can say now; how the matter stands they may read all the same
        return ()
    elsewhere = last is not None and is_court_matter(last)
    if matter.handling is not None:
        elsewhere = not runs_sixty_days(rules, matter.handling, matter.procedure, matter.purpose.petition_class)
    return wording.remedies(
        matter.purpose,
        anonymous=last is None or last.anonymous,
        in_litigation=elsewhere,
        review=rules.review_request,
    )


def _addressees(decisions: Iterable[RouteDecision], matter: Matter) -> tuple[str, ...]:
    named = {name for one in decisions for name in one.addressees} | {matter.lead_organ, matter.respondent}
    return tuple(name for name in named if name)


class _Words:
    """Takes out of typed words what is not the petitioner's to read: staff, other petitioners, organs of secrets."""

    def __init__(self, session: Session, forms: Sequence[RegistrationForm], organs: Sequence[str]) -> None:
        self._staff = [one.name for one in records.staff(session).values()]
        self._organs = organs
        self._people = [one for form in forms for one in (form.lead, *form.companions, *form.agents) if one is not None]
        self._organisation = next((form.organisation for form in forms if form.organisation), "")

    def clean(self, words: str) -> str:
        """The words without any of them; the same for whoever asks, since the code does not say who it is."""
        plain = scrubbed(words, self._staff, self._organs)
        return informants.without_traces(plain, self._people, self._organisation)
