"""Drafts: what somebody has half typed, kept every few seconds and gone only with the transaction that saves it.

A draft belongs to whoever typed it and is seen by nobody else. One that nobody went on with for long is not cleared
away; it is offered to its author with its age until that person goes on with it or lets it go. Only the carrying out
of a list of 到期清理 takes it away then, since nobody can tell whom it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotFoundError
from onevisit.desk.frozen import FrozenFault, freeze, thaw
from onevisit.desk.likeness import KnownMatter, KnownPerson
from onevisit.desk.masks import ANONYMOUS, petitioner_name
from onevisit.desk.policy import policy_of
from onevisit.desk.sight import may_know, require_kept
from onevisit.rules.accounts import Permission
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.keeping import DraftKind
from onevisit.rules.people import PersonEntry
from onevisit.store.numbers import take as take_number
from onevisit.store.tables import Consultation, Draft, Matter, Visit

NEEDS = {
    DraftKind.REGISTRATION: Permission.REGISTER,
    DraftKind.ADDENDUM: Permission.CONSULT,
    DraftKind.LIFE: Permission.HANDLE,
    DraftKind.AFTER_VISIT: Permission.FOLLOW_UP,
    DraftKind.URGENT: Permission.HANDLE,
}
"""What a draft of each kind is the beginning of, and so what its author must be allowed to do."""

_SERIES, _MATTER = "draft", "matter_form"
SAVED_ALREADY = "这一份已经存过了，没有再存一次，请到“今日”核对。"
_RECORDED_ALREADY = "这一份已经存过了，没有再存一次，请看办理经过核对。"
_UNREADABLE = "这份草稿读不出来，请放弃它，再重新填写。"


@dataclass(frozen=True, slots=True)
class TypedText:
    """What stands in a field as it was typed, though it is no value yet: half a date, a word that no list knows."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class HalfEntry:
    """What stands in the open dialog of one more person or material.

    Attributes:
        row: ``companions``, ``agents`` or ``materials``.
        place: which entry of the row is being changed; the number of entries for a new one.
        person, material: what of it is an entry already; the one that the row holds.
        texts: what is not.
    """

    row: str
    place: int
    person: PersonEntry | None = None
    material: MaterialEntry | None = None
    texts: tuple[TypedText, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationDraft:
    """A half-typed registration.

    Attributes:
        form: what of it is a form already, with what the kind of visitor now chosen would leave out.
        kind: ``person``, ``organisation`` or ``anonymous``.
        texts: what is not.
        chosen: which fields that the page fills in by itself were chosen by hand.
        persons, matters: who and what the answers on the form are about, as it was shown.
        entry: the open dialog.
    """

    form: RegistrationForm
    kind: str = ""
    texts: tuple[TypedText, ...] = ()
    chosen: tuple[str, ...] = ()
    persons: tuple[KnownPerson, ...] = ()
    matters: tuple[KnownMatter, ...] = ()
    entry: HalfEntry | None = None


@dataclass(frozen=True, slots=True)
class AddendumDraft:
    """A half-typed addendum to a signed consultation."""

    text: str


@dataclass(frozen=True, slots=True)
class MatterDraft:
    """A half-typed form of a matter: a step, a service, a promise, an opinion.

    Attributes:
        form: which form, by a word of the page that shows it.
        word: what the form is called.
        about: what it is about beside the matter (a promise, an opinion), by its id.
        version: of that, as it was shown.
        texts: what stands in its fields, as it stands there.
    """

    form: str
    word: str
    texts: tuple[TypedText, ...] = ()
    about: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft as it is offered to its author.

    Attributes:
        subject_id: of an addendum its consultation, of a form of a matter its matter.
        who: name of the visitor as far as it was typed; empty if it was not.
        what: the matter as far as it was typed.
        form: what the form of a matter is called; empty for what has but one.
        visit_id: of an addendum the visit that was advised, of a form of a matter its last visit.
        days: how many days ago it was kept, 0 for today.
        forgotten: nobody went on with it for longer than ``Policy.keep_draft_days``.
        readable: False for one that this version of the program cannot read.
    """

    draft_id: int
    kind: DraftKind
    subject_id: int | None
    content: str
    who: str
    what: str
    visit_id: int | None
    begun_at: datetime
    kept_at: datetime
    days: int
    forgotten: bool
    readable: bool
    form: str = ""


def registration_content(draft: RegistrationDraft) -> str:
    """A half-typed registration as ``keep`` takes it."""
    return freeze(DraftKind.REGISTRATION.value, draft)


def addendum_content(draft: AddendumDraft) -> str:
    """A half-typed addendum as ``keep`` takes it."""
    return freeze(DraftKind.ADDENDUM.value, draft)


def matter_content(draft: MatterDraft) -> str:
    """A half-typed form of a matter as ``keep`` takes it."""
    return freeze(_MATTER, draft)


def read_registration(content: str) -> RegistrationDraft:
    """Read a half-typed registration again.

    Raises:
        DeskFault: it cannot be read by this version of the program.
    """
    try:
        return thaw(RegistrationDraft, DraftKind.REGISTRATION.value, content)
    except FrozenFault as fault:
        raise DeskFault(_UNREADABLE) from fault


def read_addendum(content: str) -> AddendumDraft:
    """Read a half-typed addendum again.

    Raises:
        DeskFault: it cannot be read by this version of the program.
    """
    try:
        return thaw(AddendumDraft, DraftKind.ADDENDUM.value, content)
    except FrozenFault as fault:
        raise DeskFault(_UNREADABLE) from fault


def read_matter(content: str) -> MatterDraft:
    """Read a half-typed form of a matter again.

    Raises:
        DeskFault: it cannot be read by this version of the program.
    """
    try:
        return thaw(MatterDraft, _MATTER, content)
    except FrozenFault as fault:
        raise DeskFault(_UNREADABLE) from fault


class SavingDesk(Desk):
    """The same desk, whose next piece of work takes a draft away in its transaction: both are done, or neither.

    So a form that was kept as a draft is recorded once, whatever use case it is that records it.
    """

    def __init__(self, desk: Desk, kind: DraftKind, draft_id: int | None) -> None:
        super().__init__(desk.store, desk.actor, desk.unit, practice=desk.practice, now=desk.now)
        self.password_due = desk.password_due
        self._draft_kind, self._draft_id = kind, draft_id

    @contextmanager
    def work(self, permission: Permission | None) -> Iterator[Session]:
        """As at any desk, and the draft goes with it.

        Raises:
            DeskFault: the draft is gone, so what it held was saved before; nothing is saved again.
        """
        with super().work(permission) as session:
            take(self, session, self._draft_kind, self._draft_id)
            yield session
        self._draft_id = None


def keep(desk: Desk, kind: DraftKind, content: str, draft_id: int | None = None, subject_id: int | None = None) -> int:
    """Keep what is half typed; needs what saving it for good needs.

    Args:
        desk: who types.
        kind: what it is.
        content: as ``registration_content``, ``addendum_content`` or ``matter_content`` writes it.
        draft_id: the draft to write over; None begins one.
        subject_id: of an addendum its consultation, of a form of a matter its matter.

    Returns:
        The draft's id.

    Raises:
        NotFoundError: the draft is gone, since it was saved for good or dropped, or its matter is not there or may not
            be known; nothing is kept.
        DeskFault: its matter was anonymised.
        StoreFault: disk full, locked …
    """
    with desk.work(NEEDS[kind]) as session:
        if kind.of_matter:
            _require_matter(desk, session, subject_id)
        if draft_id is None:
            draft = Draft(
                id=take_number(session, _SERIES),  # never used again: a draft that is gone was saved or dropped
                account_id=desk.actor.account_id,
                kind=kind,
                subject_id=subject_id,
                begun_at=desk.now(),
                window_no=desk.unit.window_no,
            )
            session.add(draft)
        else:
            draft = _own(desk, session, draft_id, kind)
        draft.content, draft.kept_at = content, desk.now()
        session.flush()
        return draft.id


def offered(desk: Desk) -> tuple[DraftRow, ...]:
    """The drafts of the person at the desk, the last kept first. Whoever is logged in sees their own.

    A form of a matter that the person may not know of any more is not among them.
    """
    query = (
        select(Draft).where(Draft.account_id == desk.actor.account_id).order_by(Draft.kept_at.desc(), Draft.id.desc())
    )
    with desk.look(None) as session:
        days = policy_of(session).keep_draft_days
        return tuple(
            _row(desk, session, one, days) for one in session.scalars(query) if _is_offered(desk, session, one)
        )


def drop(desk: Desk, draft_id: int) -> None:
    """Let a draft go because its author said so; one that is gone already stays gone. It leaves a trace."""
    with desk.work(None) as session:
        draft = session.get(Draft, draft_id)
        if draft is not None and draft.account_id == desk.actor.account_id:
            session.delete(draft)
            desk.record(session, "draft.dropped", "draft", draft_id, draft.kind.value)


def take(desk: Desk, session: Session, kind: DraftKind, draft_id: int | None) -> None:
    """Take the draft away in the transaction that saves it for good, so that one form is saved once.

    Raises:
        DeskFault: the draft is gone, so what it held was saved before; nothing is saved again.
    """
    if draft_id is None:
        return
    try:
        session.delete(_own(desk, session, draft_id, kind))
    except NotFoundError as error:
        raise DeskFault(_RECORDED_ALREADY if kind.of_matter else SAVED_ALREADY) from error
    session.flush()


def _own(desk: Desk, session: Session, draft_id: int, kind: DraftKind) -> Draft:
    draft = session.get(Draft, draft_id)
    if draft is None or draft.account_id != desk.actor.account_id or draft.kind is not kind:
        raise NotFoundError("这份草稿已经不在了，请看一下是不是已经登记或放弃。")
    return draft


def _require_matter(desk: Desk, session: Session, matter_id: int | None) -> None:
    matter = _matter_of(desk, session, matter_id)
    if matter is None:
        raise NotFoundError("没有找到这件事项，请重新查找。")
    require_kept(matter)


def _is_offered(desk: Desk, session: Session, draft: Draft) -> bool:
    if not desk.may(NEEDS[draft.kind]):
        return False
    return not draft.kind.of_matter or _matter_of(desk, session, draft.subject_id) is not None


def _matter_of(desk: Desk, session: Session, matter_id: int | None) -> Matter | None:
    """The matter that a form is about, if its author may still know of it, be it by way of a visit."""
    matter = session.get(Matter, matter_id) if matter_id is not None else None
    if matter is None:
        return None
    known = may_know(desk, matter) or any(may_know(desk, matter, visit) for visit in matter.visits)
    return matter if known else None


def _row(desk: Desk, session: Session, draft: Draft, keep_days: int) -> DraftRow:
    visit = _visit_of(desk, session, draft)
    words = _words(draft, visit)
    days = max((local_day(desk.now()) - local_day(draft.kept_at)).days, 0)
    return DraftRow(
        draft_id=draft.id,
        kind=draft.kind,
        subject_id=draft.subject_id,
        content=draft.content,
        who=words[0] if words else "",
        what=words[1] if words else "",
        visit_id=visit.id if visit else None,
        begun_at=draft.begun_at,
        kept_at=draft.kept_at,
        days=days,
        forgotten=days > keep_days,
        readable=words is not None,
        form=read_matter(draft.content).word if words is not None and draft.kind.of_matter else "",
    )


def _visit_of(desk: Desk, session: Session, draft: Draft) -> Visit | None:
    """The visit that an addendum is about, if its author may still know of it; the last one of a form's matter."""
    if draft.kind.of_matter:
        matter = _matter_of(desk, session, draft.subject_id)
        return matter.visits[-1] if matter is not None and matter.visits else None
    if draft.kind is not DraftKind.ADDENDUM or draft.subject_id is None:
        return None
    consultation = session.get(Consultation, draft.subject_id)
    visit = consultation.visit if consultation else None
    return visit if visit is not None and may_know(desk, visit.matter, visit) else None


def _words(draft: Draft, visit: Visit | None) -> tuple[str, str] | None:
    """Who and what a draft is about, as far as it was typed; None if it cannot be read."""
    try:
        if draft.kind is DraftKind.ADDENDUM:
            read_addendum(draft.content)
            return (petitioner_name(visit), visit.matter.title) if visit else ("", "")
        if draft.kind.of_matter:
            read_matter(draft.content)
            return (petitioner_name(visit), visit.matter.title) if visit else ("", "")
        half = read_registration(draft.content)
    except DeskFault:
        return None
    form, lead = half.form, half.form.lead.name.strip() if half.form.lead else ""
    who = {"anonymous": ANONYMOUS, "organisation": form.organisation.strip() or lead}.get(half.kind, lead)
    return who, form.title.strip()
