"""信访处理意见书: written as a draft, made final when nothing is missing, and printed as the one or the other.

What is final is never changed: after a review that revoked it another one is written.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import masks
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, NotFoundError
from onevisit.desk.lawbook import rules_of
from onevisit.desk.sight import may_know
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, seen, standing_of, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.faults import Fault
from onevisit.rules.matter_life import Action, opinion_why_not
from onevisit.rules.opinion_sheet import OpinionSheet
from onevisit.rules.opinions import (
    Opinion,
    OpinionItem,
    OpinionKind,
    faults_of_final,
    remedy_line,
    too_long,
    warnings_of,
)
from onevisit.store.tables import Matter, MatterStep
from onevisit.store.tables import Opinion as OpinionRow


@dataclass(frozen=True, slots=True)
class OpinionForm:
    """An opinion as typed.

    Attributes:
        organ: whose opinion it is.
        opinion: the text, finished or not.
    """

    organ: str
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """An opinion that is kept.

    Attributes:
        version: to be handed back with a change of it.
        final_at: None while it is a draft.
        items: what the rule set of the matter asks for.
        warnings: what may be written but is mostly wrong.
    """

    opinion_id: int
    version: int
    kind: OpinionKind
    organ: str
    opinion: Opinion
    written_at: datetime
    final_at: datetime | None
    items: tuple[OpinionItem, ...]
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """Which opinion is written on: a new one, or one that is kept, as it was shown."""

    opinion_id: int | None = None
    version: int = 0


def write(desk: Desk, shown: Seen, draft: Draft, form: OpinionForm) -> tuple[Seen, Draft]:
    """Keep an opinion as a draft. Needs HANDLE.

    Raises:
        NotFoundError: the matter or the opinion is not there, or may not be known.
        ChangedElsewhereError: somebody changed one of them since it was shown.
        DeskFault: the opinion is final, or the matter takes none now.
        FormError: something is too long.
    """
    form = _plain(form)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        require_no_faults(too_long(form.organ, form.opinion))
        row = _write(desk, session, matter, draft, form)
        return _done(session, matter, row, shown)


def make_final(
    desk: Desk, shown: Seen, draft: Draft, form: OpinionForm, *, in_spite: bool = False
) -> tuple[Seen, Draft]:
    """Keep an opinion and make it final. Needs HANDLE.

    Args:
        desk: who acts.
        shown: the matter.
        draft: which opinion.
        form: as typed.
        in_spite: the warnings were read, and it is meant so.

    Raises:
        NotFoundError: the matter or the opinion is not there, or may not be known.
        ChangedElsewhereError: somebody changed one of them since it was shown.
        DeskFault: it is final already, or the matter takes none now.
        FormError: what is missing (信访工作条例 2022 第32条; 山东省信访条例 第41条), or what is warned of.
    """
    form = _plain(form)
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        faults = (*faults_of_final(form.opinion, rules_of(session, matter)), *too_long(form.organ, form.opinion))
        if not form.organ:
            faults = (Fault("organ", "请填写出具意见书的机关、单位。"), *faults)
        require_no_faults(faults or (() if in_spite else warnings_of(form.opinion)))
        row = _write(desk, session, matter, draft, form)
        row.final_at = desk.now()
        desk.record(session, "opinion.made_final", "opinion", row.id)
        add_matter_step(desk, session, matter.id, Step.OPINION_WRITTEN, f"{row.kind.label}定稿", shown.visit_id)
        return _done(session, matter, row, shown)


def sheet(desk: Desk, opinion_id: int) -> OpinionSheet:
    """What is printed of an opinion: of a draft as a draft. Needs HANDLE.

    Raises:
        NotFoundError: it is not there, or its matter may not be known.
    """
    with desk.look(Permission.HANDLE) as session:
        return _sheet(desk, session, opinion_id)


def record_printed(desk: Desk, opinion_id: int) -> None:
    """Write into the trail that an opinion went to the printer. Needs HANDLE.

    Raises:
        NotFoundError: it is not there, or its matter may not be known.
    """
    with desk.work(Permission.HANDLE) as session:
        found = _sheet(desk, session, opinion_id)
        desk.record(session, "opinion.printed", "opinion", opinion_id, "final" if found.final_on else "draft")


def opinion_lines(
    desk: Desk, session: Session, matter: Matter, items: tuple[OpinionItem, ...]
) -> tuple[OpinionLine, ...]:
    """The opinions of a matter, oldest first; a step inside a use case that knows the matter may be known.

    Args:
        desk: who looks.
        session: the transaction.
        matter: whose opinions.
        items: what its rule set asks for.
    """
    if not desk.may(Permission.HANDLE):
        return ()
    query = select(OpinionRow).where(OpinionRow.matter_id == matter.id).order_by(OpinionRow.id)
    return tuple(_line(row, items) for row in session.scalars(query))


def _plain(form: OpinionForm) -> OpinionForm:
    """Clean what was typed."""
    request, facts, decision, basis, remedy = (
        text.tidy_block(getattr(form.opinion, item.value)) for item in OpinionItem
    )
    return OpinionForm(text.tidy(form.organ), Opinion(request, facts, decision, basis, remedy, form.opinion.outcome))


def _write(desk: Desk, session: Session, matter: Matter, draft: Draft, form: OpinionForm) -> OpinionRow:
    row = _open(desk, session, matter, draft)
    row.organ, row.outcome = form.organ, form.opinion.outcome
    for item in OpinionItem:
        setattr(row, item.value, getattr(form.opinion, item.value))
    row.written_at = desk.now()
    session.flush()
    desk.record(session, "opinion.written", "opinion", row.id)
    if draft.opinion_id is None:
        add_matter_step(desk, session, matter.id, Step.OPINION_WRITTEN, f"{row.kind.label}草稿")
    return row


def _open(desk: Desk, session: Session, matter: Matter, draft: Draft) -> OpinionRow:
    sentence = opinion_why_not(standing_of(matter))
    if sentence:
        raise DeskFault(sentence)
    if draft.opinion_id is None:
        new = OpinionRow(
            matter_id=matter.id,
            account_id=desk.actor.account_id,
            written_at=desk.now(),
            kind=_asked_for(session, matter),
        )
        session.add(new)
        return new
    row = session.get(OpinionRow, draft.opinion_id)
    if row is None or row.matter_id != matter.id:
        raise NotFoundError("没有找到这份意见书，请刷新后再看。")
    if row.final_at is not None:
        raise DeskFault("这份意见书已经定稿，不能再改；上级撤销以后，请另写一份。")
    if row.version != draft.version:
        raise ChangedElsewhereError("别的窗口刚刚改过这份意见书，您的内容没有保存，请看过最新的再改。")
    return row


def _done(session: Session, matter: Matter, row: OpinionRow, shown: Seen) -> tuple[Seen, Draft]:
    touch(matter)
    session.flush()
    return seen(matter, shown.visit_id), Draft(row.id, row.version)


def _sheet(desk: Desk, session: Session, opinion_id: int) -> OpinionSheet:
    row = session.get(OpinionRow, opinion_id)
    matter = session.get(Matter, row.matter_id) if row is not None else None
    if row is None or matter is None or matter.anonymised_at is not None or not may_know(desk, matter):
        raise NotFoundError("没有找到这份意见书，请刷新后再看。")
    rules = rules_of(session, matter)
    days = rules.final_request.days if row.kind is OpinionKind.REVIEW else rules.review_request.days
    return OpinionSheet(
        kind=row.kind,
        organ=row.organ,
        matter_no=matter.number,
        petitioner=masks.petitioner_name(matter.visits[0]) if matter.visits else "",
        opinion=_text(row),
        remedy_line=remedy_line(row.kind, days),
        final_on=local_day(row.final_at) if row.final_at else None,
        practice=desk.practice,
    )


def _line(row: OpinionRow, items: tuple[OpinionItem, ...]) -> OpinionLine:
    told = _text(row)
    return OpinionLine(
        row.id, row.version, row.kind, row.organ, told, row.written_at, row.final_at, items, warnings_of(told)
    )


def _text(row: OpinionRow) -> Opinion:
    return Opinion(row.request, row.facts, row.decision, row.basis, row.remedy, row.outcome)


_KINDS: Final = {
    Action.ACCEPT.value: OpinionKind.HANDLING,
    Action.REDO.value: OpinionKind.HANDLING,
    Action.ASK_REVIEW.value: OpinionKind.REVIEW,
    Action.ASK_FINAL_REVIEW.value: OpinionKind.FINAL_REVIEW,
}
_AFTER_NONE: Final = {OpinionKind.REVIEW: OpinionKind.HANDLING, OpinionKind.FINAL_REVIEW: OpinionKind.REVIEW}
"""What may still be written where a review came to no opinion: that which it was asked about."""


def _asked_for(session: Session, matter: Matter) -> OpinionKind:
    """Which opinion is begun: what was asked for last."""
    kind = OpinionKind.HANDLING
    query = select(MatterStep.kind).where(MatterStep.matter_id == matter.id).order_by(MatterStep.id)
    for step in session.scalars(query):
        kind = _AFTER_NONE.get(kind, kind) if step == Action.END_REVIEW.value else _KINDS.get(step, kind)
    return kind
