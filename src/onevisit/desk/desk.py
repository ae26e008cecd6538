"""The desk with one person working at it: who acts, on which store, by which clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from onevisit.desk.errors import ChangedElsewhereError, NotAllowedError
from onevisit.rules import accounts
from onevisit.rules.accounts import Duty, Permission, Role
from onevisit.rules.slip import UnitCard
from onevisit.store import audit
from onevisit.store.store import Store
from onevisit.store.tables import Account


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is logged in."""

    account_id: int
    login: str
    name: str
    staff_no: str
    role: Role
    duty: Duty = Duty.ALL


class Desk:
    """What every use case is given first.

    Attributes:
        store: the open store; only for the use cases, which reach it by ``work`` and ``look``.
        actor: who acts; every use case asks whether this person may.
        unit: the reception unit as it stands at log-in (``desk.unit`` changes it).
        practice: whether this is practice mode.
        clock_notice: what was noticed of the computer's clock at log-in, to be said once; empty if it is right.
        password_due: why the password must be changed before anything else is done; empty if it need not be.
    """

    def __init__(
        self, store: Store, actor: Actor, unit: UnitCard, *, practice: bool, now: Callable[[], datetime]
    ) -> None:
        self.store = store
        self.actor = actor
        self.unit = unit
        self.practice = practice
        self.clock_notice = ""
        self.password_due = ""
        self._now = now

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._now().astimezone(UTC)

    def may(self, permission: Permission) -> bool:
        """Whether the person at the desk has ``permission``."""
        return accounts.may(self.actor.role, permission, self.actor.duty)

    def require(self, permission: Permission | None) -> None:
        """Refuse whoever lacks ``permission``; None is what everybody who is logged in may do.

        Raises:
            NotAllowedError: the person at the desk has it not, or must change the password first.
        """
        if permission is None:
            return
        if self.password_due:
            raise NotAllowedError(self.password_due)
        if not self.may(permission):
            role = self.actor.role.label
            raise NotAllowedError(f"{role}没有“{permission.label}”的权限，请由有权限的人员办理。")

    @contextmanager
    def work(self, permission: Permission | None) -> Iterator[Session]:
        """One use case that writes: one transaction, begun IMMEDIATE; leaving it by an exception rolls back.

        Raises:
            NotAllowedError: before anything is read.
            ChangedElsewhereError: a version check failed at the end.
            StoreFault: disk full, locked, logged out …; nothing was changed.
        """
        self.require(permission)
        try:
            with self.store.writing() as session:
                self._require_account(session)
                yield session
        except StaleDataError as error:
            raise ChangedElsewhereError("这条记录刚被别人修改过，没有保存，请重新打开后再改。") from error

    @contextmanager
    def look(self, permission: Permission | None) -> Iterator[Session]:
        """One use case that only reads.

        Raises:
            NotAllowedError: before anything is read.
            StoreFault: the store cannot be read, or was logged out of.
        """
        self.require(permission)
        with self.store.reading() as session:
            self._require_account(session)
            yield session

    def _require_account(self, session: Session) -> None:
        # asked each time: whoever was disabled does nothing more, not even at a window that is open already
        if not session.scalar(select(Account.active).where(Account.id == self.actor.account_id)):
            raise NotAllowedError("这个账户已停用，没有办理，请退出登录；有疑问请找管理员。")

    def record(
        self, session: Session, action: str, record_kind: str = "", record_id: int | None = None, detail: str = ""
    ) -> None:
        """Add to the audit trail what the person at the desk did, now and at this window.

        Args:
            session: the transaction of what was done.
            action: a code of ``desk.audit_words.ACTIONS``.
            record_kind: the table of the record.
            record_id: the record.
            detail: codes and numbers only, never personal data.
        """
        audit.append(
            session,
            at=self.now(),
            account_id=self.actor.account_id,
            window_no=self.unit.window_no,
            action=action,
            record_kind=record_kind,
            record_id=record_id,
            detail=detail,
        )
