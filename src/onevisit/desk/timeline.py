"""The steps in the life of a matter: who did what, when."""

from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.rules.labels import Labelled
from onevisit.rules.matter_history import Happening, happening
from onevisit.store.tables import TimelineEntry, Visit


class Step(Labelled):
    """The kinds of step in the life of a matter."""

    REGISTERED = "registered", "登记"
    REPEATED = "repeated", "再次来访"
    PERSON_CHANGED = "person_changed", "资料更新"
    SENT_TO_LAWYER = "sent_to_lawyer", "转律师"
    ADVICE_BEGUN = "advice_begun", "律师接待"
    ADVICE_SIGNED = "advice_signed", "律师签发"
    ADVICE_ADDED = "advice_added", "补充意见"
    SLIP_HANDED = "slip_handed", "回执"
    SHEET_HANDED = "sheet_handed", "文书"
    EXTENDED = "extended", "延期"
    STOPPED = "stopped", "暂停"
    GOES_ON = "goes_on", "继续计算"
    CORRECTED = "corrected", "更正"
    LINKED = "linked", "关联"
    OPINION_WRITTEN = "opinion_written", "意见书"
    URGENT = "urgent", "紧急报告"
    PROMISED = "promised", "承诺"
    PROMISE_KEPT = "promise_kept", "承诺兑现"
    SERVED = "served", "送达"
    CALLED = "called", "回访"
    EVALUATED = "evaluated", "评价"
    ROSTER_SIGNED = "roster_signed", "代表签名"
    GATE_LEFT = "gate_left", "留下的问题"
    FILLED_IN = "filled_in", "补登"


def label_of(kind: str) -> str:
    """The word for a kind of step: one of the window's, or one in the life of the matter (``rules.matter_history``)."""
    return Step.from_code(kind).label if kind in set(Step) else happening(kind).label


_NAMED_IN_ITS_TEXT = frozenset(
    {
        *(Step.REGISTERED, Step.REPEATED, Step.PERSON_CHANGED, Step.SENT_TO_LAWYER, Step.SLIP_HANDED),
        *(Step.ADVICE_BEGUN, Step.ADVICE_SIGNED, Step.ADVICE_ADDED, Step.SHEET_HANDED, Step.LINKED),
        *(Step.OPINION_WRITTEN, Step.URGENT, Step.EVALUATED),
    }
)


def whole_line(kind: str, text: str) -> str:
    """A step in full: what it was, and what is said of it; of many the text says both."""
    if kind in _NAMED_IN_ITS_TEXT:
        return text
    return f"{label_of(kind)}：{text}" if text else label_of(kind)


def add_step(desk: Desk, session: Session, visit: Visit, kind: Step, text: str) -> None:
    """Write one step of the visit's matter, done now by the person at the desk."""
    add_matter_step(desk, session, visit.matter_id, kind, text, visit.id)


def add_matter_step(
    desk: Desk, session: Session, matter_id: int, kind: Step | Happening, text: str, visit_id: int | None = None
) -> None:
    """Write one step of a matter, by way of a visit if one is given, done now by the person at the desk."""
    session.add(
        TimelineEntry(
            matter_id=matter_id,
            visit_id=visit_id,
            at=desk.now(),
            account_id=desk.actor.account_id,
            kind=kind.value,
            text=text,
        )
    )
