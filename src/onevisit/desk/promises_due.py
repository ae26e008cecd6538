"""承诺: what was promised to a petitioner for a day, kept with a note, and what is due."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, NotFoundError
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.rules import text
from onevisit.rules.accounts import Permission
from onevisit.rules.after_visit import PromiseForm, kept_faults, promise_faults
from onevisit.rules.clocks import local_day, show_day
from onevisit.rules.slip import Promise
from onevisit.store.tables import Matter, PromiseRow


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise as a list shows it.

    Attributes:
        due: the last local day.
        kept_on: the local day on which it was kept; None while it was not.
        left: days that are left; less than 0 when the day has passed.
    """

    promise_id: int
    text: str
    due: date
    kept_on: date | None
    note: str
    left: int

    @property
    def words(self) -> str:
        """How it stands, in words."""
        if self.kept_on is not None:
            late = "，晚于答应的日期" if self.kept_on > self.due else ""
            return f"{show_day(self.kept_on)}已兑现{late}"
        if self.left < 0:
            return f"已过期 {-self.left} 天"
        return f"还有 {self.left} 天" if self.left else "今天到期"


def make(desk: Desk, shown: Seen, form: PromiseForm) -> int:
    """Write down a promise, and give its id. Needs FOLLOW_UP.

    Raises:
        FormError: no words, no day, or a day that is over.
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed the matter since it was shown.
    """
    plain = plain_promise(form)
    require_no_faults(promise_faults(plain, local_day(desk.now())))
    with desk.work(Permission.FOLLOW_UP) as session:
        return write(desk, session, open_for_change(desk, session, shown), plain, shown.visit_id)


def keep(desk: Desk, shown: Seen, promise_id: int, note: str) -> None:
    """Write down that a promise was kept today, and how. Needs FOLLOW_UP.

    Raises:
        FormError: the note says nothing (field ``note``).
        NotFoundError: the promise is not one of the matter, or the matter may not be known.
        ChangedElsewhereError: it was kept already, or somebody changed the matter since it was shown.
    """
    how = text.tidy_block(note).strip()
    require_no_faults(kept_faults(how))
    with desk.work(Permission.FOLLOW_UP) as session:
        matter = open_for_change(desk, session, shown)
        row = session.get(PromiseRow, promise_id)
        if row is None or row.matter_id != matter.id:
            raise NotFoundError("没有找到这条承诺，请刷新后再试。")
        if row.kept_on is not None:
            raise ChangedElsewhereError(f"这条承诺已经在{show_day(row.kept_on)}记为兑现，没有再记。")
        touch(matter)
        row.kept_on, row.kept_by, row.note = local_day(desk.now()), desk.actor.account_id, how
        add_matter_step(desk, session, matter.id, Step.PROMISE_KEPT, f"{row.text}：{how}", row.visit_id)
        desk.record(session, "promise.kept", "promise", row.id)


def plain_promise(form: PromiseForm) -> PromiseForm:
    """Clean what was typed."""
    return PromiseForm(text.tidy_block(form.text).strip(), form.due)


def write(desk: Desk, session: Session, matter: Matter, form: PromiseForm, visit_id: int | None) -> int:
    """Write a promise without faults, inside somebody's transaction; gives its id.

    Raises:
        ValueError: it has no day.
    """
    if form.due is None:
        raise ValueError("a promise needs a day")
    row = PromiseRow(
        matter_id=matter.id,
        visit_id=visit_id,
        text=form.text,
        due=form.due,
        made_at=desk.now(),
        account_id=desk.actor.account_id,
    )
    session.add(row)
    touch(matter)
    session.flush()
    add_matter_step(desk, session, matter.id, Step.PROMISED, f"{show_day(form.due)}前：{form.text}", visit_id)
    desk.record(session, "promise.made", "promise", row.id)
    return row.id


def promises_of(session: Session, matter_id: int, today: date) -> tuple[PromiseLine, ...]:
    """The promises on a matter: those that are not kept by their day, then the kept ones, newest first."""
    rows = session.scalars(select(PromiseRow).where(PromiseRow.matter_id == matter_id)).all()
    waiting = sorted((row for row in rows if row.kept_on is None), key=lambda row: (row.due, row.id))
    kept = sorted((row for row in rows if row.kept_on is not None), key=lambda row: -row.id)
    return tuple(_line(row, today) for row in (*waiting, *kept))


def broken_promise(session: Session, matter: Matter, today: date) -> Promise | None:
    """The last promise on a matter whose day has passed without a trace of its being kept; a step for the gate."""
    query = (
        select(PromiseRow)
        .where(PromiseRow.matter_id == matter.id, PromiseRow.kept_on.is_(None), PromiseRow.due < today)
        .order_by(PromiseRow.due.desc(), PromiseRow.id.desc())
    )
    row = session.scalars(query).first()
    return None if row is None else Promise(row.due, row.text)


def _line(row: PromiseRow, today: date) -> PromiseLine:
    return PromiseLine(row.id, row.text, row.due, row.kept_on, row.note, (row.due - today).days)
