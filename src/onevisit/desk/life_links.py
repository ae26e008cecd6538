"""Matters that belong together: one goes on in another, one becomes several, or two are only related."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.life_steps import write_step
from onevisit.desk.sight import matters_to_know
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, seen, touch
from onevisit.desk.timeline import Step, add_matter_step
from onevisit.desk.urgent_later import carry
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_life import ENDED, Action
from onevisit.rules.numbering import MatterNumber, NumberFault
from onevisit.rules.step_forms import StepForm
from onevisit.store.tables import Matter, MatterLink


def merge(desk: Desk, shown: Seen, other_no: str, form: StepForm) -> Seen:
    """Let a matter go on in another one; its visits stay with it. Needs HANDLE.

    Args:
        desk: who acts.
        shown: the matter that ends.
        other_no: the number of the one it goes on in, as typed or scanned.
        form: the day and a note.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it cannot be merged now.
        FormError: with what is wrong at each field, ``other`` for the other one.
    """
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        other = _other(desk, session, matter, other_no)
        require_no_faults(_merge_faults(other))
        require_no_faults(_link_faults(session, LinkKind.MERGED_INTO, matter, other))
        after = write_step(desk, session, shown, Action.MERGE, form)
        _link(desk, session, LinkKind.MERGED_INTO, matter, other)
        desk.record(session, "matter.linked", "matter", other.id, LinkKind.MERGED_INTO.value)
        add_matter_step(desk, session, matter.id, Step.LINKED, f"并入 {other.number}", shown.visit_id)
        add_matter_step(desk, session, other.id, Step.LINKED, f"{matter.number} 并入这一件")
        carry(desk, session, matter, other)
        touch(other)
        session.flush()
        return after


def relate(desk: Desk, shown: Seen, other_no: str) -> Seen:
    """Note that two matters are related; both go on by themselves. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        FormError: ``other`` names no other matter, or one that is linked already.
    """
    with desk.work(Permission.HANDLE) as session:
        matter = open_for_change(desk, session, shown)
        other = _other(desk, session, matter, other_no)
        require_no_faults(_link_faults(session, LinkKind.RELATED, matter, other))
        _link(desk, session, LinkKind.RELATED, matter, other)
        desk.record(session, "matter.linked", "matter", matter.id, LinkKind.RELATED.value)
        add_matter_step(desk, session, matter.id, Step.LINKED, f"与 {other.number} 相关", shown.visit_id)
        add_matter_step(desk, session, other.id, Step.LINKED, f"与 {matter.number} 相关")
        touch(matter)
        touch(other)
        session.flush()
        return seen(matter, shown.visit_id)


def _other(desk: Desk, session: Session, matter: Matter, typed: str) -> Matter:
    try:
        number = str(MatterNumber.parse(typed))
    except NumberFault as fault:
        raise _wrong(f"{fault}，请核对事项编号。") from fault
    found = session.scalars(select(Matter).where(Matter.number == number, matters_to_know(desk))).first()
    if found is None:
        raise _wrong("没有找到这个编号的事项，请核对编号；也可以扫回执上的条码。")
    if found.id == matter.id:
        raise _wrong("这就是现在打开的这一件，请填另一件的编号。")
    return found


def _wrong(sentence: str) -> FormError:
    return FormError((Fault("other", sentence),))


def _merge_faults(other: Matter) -> list[Fault]:
    if other.state in ENDED:
        return [Fault("other", f"那一件{other.state.label}，不能再并入；请选正在办理的一件。")]
    return []


def _link_faults(session: Session, kind: LinkKind, matter: Matter, other: Matter) -> list[Fault]:
    if other.anonymised_at is not None:
        return [Fault("other", "那一件已到期匿名，不能再关联。")]
    if matter.confidential != other.confidential:
        said = "一件保密、一件不保密，关联以后会让不该知道的人看到，请不要关联（《信访工作条例》第三十条）。"
        return [Fault("other", said)]
    known = _known(session, matter, other)
    # what is only related may still become one
    if known is None or (known.kind is LinkKind.RELATED and kind is LinkKind.MERGED_INTO):
        return []
    return [Fault("other", "这两件已经关联过了。")]


def _known(session: Session, one: Matter, other: Matter) -> MatterLink | None:
    """The link between two matters, whichever way it was made."""
    ids = (one.id, other.id)
    query = select(MatterLink).where(
        or_(*((MatterLink.from_id == here) & (MatterLink.to_id == there) for here, there in (ids, ids[::-1])))
    )
    return session.scalars(query).first()


def _link(desk: Desk, session: Session, kind: LinkKind, one: Matter, other: Matter) -> None:
    """Link two matters, or let the link that relates them say more."""
    link = _known(session, one, other) or MatterLink()
    link.kind, link.from_id, link.to_id = kind, one.id, other.id
    link.made_at, link.account_id = desk.now(), desk.actor.account_id
    session.add(link)
