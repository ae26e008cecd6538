"""分成几件: one matter that is really several, each with its number, its people and its day from now on.

Each part gets what a registration of its own would have given it: a matter number, a visit on the day people came, the
same people and words. So whatever asks for the visit of a matter (the slip, the query code, the search, forgetting)
finds one, and each part counts as if it had been registered apart in the first place.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.documents import reindex
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.life_steps import write_step
from onevisit.desk.standing import Seen, open_for_change
from onevisit.desk.timeline import Step, add_matter_step, add_step
from onevisit.desk.urgent_later import carry
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_life import Action
from onevisit.rules.numbering import MatterNumber, NumberFault, VisitNumber, new_query_code
from onevisit.rules.registration import TITLE_AT_MOST
from onevisit.rules.step_forms import StepForm
from onevisit.rules.text import tidy, visible_length
from onevisit.store.numbers import take
from onevisit.store.tables import Matter, MatterLink, MatterStep, Visit, VisitParty

FEWEST: Final = 2
MOST: Final = 6


def split(desk: Desk, shown: Seen, titles: Sequence[str], form: StepForm) -> Seen:
    """Let a matter end in several new ones, one for each title; its own visits stay with it. Needs HANDLE.

    Args:
        desk: who acts.
        shown: the matter that ends.
        titles: what each part is about, in one line each; empty lines are left out.
        form: the day and a note.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it cannot be split now, or the numbers of the day or year are used up.
        FormError: with what is wrong at each field, ``titles`` for the parts.
    """
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        named = [tidy(one) for one in titles if tidy(one)]
        faults = tuple(_title_faults(named))
        if faults:
            raise FormError(faults)
        after = write_step(desk, session, shown, Action.SPLIT, form)
        parts = [_part(desk, session, matter, title) for title in named]
        for part in parts:
            carry(desk, session, matter, part)
        numbers = "、".join(one.number for one in parts)
        add_matter_step(desk, session, matter.id, Step.LINKED, f"分成 {numbers}", shown.visit_id)
        reindex(session, [one.id for one in parts])
        return after


def _title_faults(titles: Sequence[str]) -> Iterator[Fault]:
    if not FEWEST <= len(titles) <= MOST:
        yield Fault("titles", f"请写 {FEWEST} 至 {MOST} 件，每行一件（现在是 {len(titles)} 件）。")
    elif len(set(titles)) < len(titles):
        yield Fault("titles", "有两行写得一样，请写清每一件各是什么事。")
    long = next((one for one in titles if visible_length(one) > TITLE_AT_MOST), "")
    if long:
        yield Fault("titles", f"每行最多 {TITLE_AT_MOST} 字，“{long[:10]}……”太长，请缩短。")


def _part(desk: Desk, session: Session, origin: Matter, title: str) -> Matter:
    last = origin.visits[-1]
    part = Matter(
        number=_matter_number(desk, session, last),
        query_code=new_query_code(secrets.choice),
        title=title,
        purpose=origin.purpose,
        content=origin.content,
        content_code=origin.content_code,
        place_code=origin.place_code,
        respondent=origin.respondent,
        confidential=origin.confidential,
        urgent=origin.urgent,
        registered_at=desk.now(),
        rule_set=origin.rule_set,
    )
    visit = _visit(desk, session, part, last)
    session.add(visit)
    session.flush()
    link = MatterLink(
        kind=LinkKind.SPLIT_FROM,
        from_id=part.id,
        to_id=origin.id,
        made_at=desk.now(),
        account_id=desk.actor.account_id,
    )
    session.add(link)
    _begin_again(desk, session, part, origin)
    add_step(desk, session, visit, Step.LINKED, f"分自 {origin.number}，来访 {last.number}")
    desk.record(session, "matter.linked", "matter", part.id, LinkKind.SPLIT_FROM.value)
    return part


def _begin_again(desk: Desk, session: Session, part: Matter, origin: Matter) -> None:
    """What came back to the window before it was divided has its days from then, and not from the visit."""
    came_back = (Action.RETURN.value, Action.REOPEN.value)
    query = select(MatterStep).where(MatterStep.matter_id == origin.id, MatterStep.kind.in_(came_back))
    last = session.scalars(query.order_by(MatterStep.id.desc()).limit(1)).first()
    if last is not None:
        session.add(
            MatterStep(
                matter_id=part.id,
                kind=last.kind,
                on_day=last.on_day,
                recorded_at=desk.now(),
                account_id=desk.actor.account_id,
            )
        )


def _visit(desk: Desk, session: Session, part: Matter, last: Visit) -> Visit:
    """The same coming, as if it had been registered for this part; who was sent to the lawyer went for the whole."""
    visit = Visit(
        number=_visit_number(desk, session, last),
        matter=part,
        ordinal=1,
        day=last.day,
        queue_no=take(session, f"queue:{last.day:%Y%m%d}"),
        arrived_at=last.arrived_at,
        registered_at=desk.now(),
        clerk_id=desk.actor.account_id,
        window_no=desk.unit.window_no,
        anonymous=last.anonymous,
        headcount=last.headcount,
        summary=last.summary,
        clerk_note=last.clerk_note,
        reply_by=last.reply_by,
        wants_lawyer=False,
        left_at=last.left_at,
    )
    visit.parties = [
        VisitParty(
            petitioner=one.petitioner,
            role=one.role,
            ordinal=one.ordinal,
            signed=one.signed,
            agent_kind=one.agent_kind,
            papers_shown=list(one.papers_shown),
        )
        for one in last.parties
    ]
    return visit


def _matter_number(desk: Desk, session: Session, last: Visit) -> str:
    unit, year = desk.unit, last.day.year
    serial = take(session, f"matter:{unit.region_code}:{unit.window_no}:{year}")
    try:
        return str(MatterNumber(unit.region_code, unit.window_no, year, serial))
    except NumberFault as fault:
        raise DeskFault(f"{fault}，没有保存，请让管理员核对本单位的区划和窗口号。") from fault


def _visit_number(desk: Desk, session: Session, last: Visit) -> str:
    unit, day = desk.unit, last.day
    serial = take(session, f"visit:{unit.region_code}:{unit.window_no}:{day:%Y%m%d}")
    try:
        return str(VisitNumber(unit.region_code, unit.window_no, day, serial))
    except NumberFault as fault:
        raise DeskFault(f"{fault}，没有保存，请让管理员核对本单位的区划和窗口号。") from fault
