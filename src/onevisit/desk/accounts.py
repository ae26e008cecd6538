"""Accounts: who may log in, with which role and which part of the administrator's duties; own password."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from unicodedata import normalize

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk import set_up as checks
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotFoundError
from onevisit.desk.guesses import verify
from onevisit.rules.accounts import Duty, Permission, Role, parts_of
from onevisit.rules.faults import Fault
from onevisit.rules.policy import Policy
from onevisit.rules.text import tidy
from onevisit.store.keyslots import NoSlotFitsError
from onevisit.store.tables import Account


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as the administrator sees it."""

    id: int
    login: str
    name: str
    staff_no: str
    role: Role
    active: bool
    firm: str
    licence_no: str
    duty: Duty = Duty.ALL


@dataclass(frozen=True, slots=True)
class AccountForm:
    """A new account; ``firm`` and ``licence_no`` are for lawyers, ``duty`` is for administrators."""

    login: str = ""
    name: str = ""
    staff_no: str = ""
    role: Role = Role.CLERK
    password: str = ""
    firm: str = ""
    licence_no: str = ""
    duty: Duty = Duty.ALL


def accounts(desk: Desk) -> tuple[AccountRow, ...]:
    """All accounts, by staff number. Needs MANAGE_ACCOUNTS."""
    with desk.look(Permission.MANAGE_ACCOUNTS) as session:
        return tuple(_row(account) for account in session.scalars(select(Account).order_by(Account.staff_no)))


def add(desk: Desk, form: AccountForm) -> AccountRow:
    """Make an account and its key slot; its owner is asked for a password of their own. Needs MANAGE_ACCOUNTS.

    Raises:
        FormError: faults at ``login``, ``name``, ``staff_no``, ``password``, ``firm``, ``licence_no``.
    """
    with desk.store.slots.restored_on_error(), desk.work(Permission.MANAGE_ACCOUNTS) as session:
        faults = (*_form_faults(form), *_taken_faults(session, form))
        if faults:
            raise FormError(faults)
        account = new_account(session, form, desk.now(), must_change=not desk.practice)
        desk.record(session, "account.added", "account", account.id, _kind(account))
        # the slot last: an account without a slot could not log in, a slot without an account lets nobody in
        desk.store.give_key(account.login, form.password)
        return _row(account)


def set_active(desk: Desk, account_id: int, *, active: bool, password: str = "") -> AccountRow:
    """Disable an account (its key slot is removed) or enable it again with a new password. Needs MANAGE_ACCOUNTS.

    Raises:
        DeskFault: one's own account, or the last one with a part of the administrator's duties, cannot be disabled.
        FormError: fault at ``password``.
    """
    with desk.store.slots.restored_on_error(), desk.work(Permission.MANAGE_ACCOUNTS) as session:
        account = _get(session, account_id)
        if active:
            _require_good("password", checks.new_password_fault(password, account.login))
        else:
            if account.id == desk.actor.account_id:
                raise DeskFault("不能停用自己的账户，请由另一位管理员办理。")
            _require_hands(session, account, frozenset())
        account.active = active
        desk.record(session, "account.enabled" if active else "account.disabled", "account", account.id)
        if active:
            _give_password(desk, account, password)
        else:
            desk.store.take_key(account.login)
        return _row(account)


def change_duty(desk: Desk, account_id: int, duty: Duty) -> AccountRow:
    """Give an administrator another part of the duties, from the next log-in on. Needs MANAGE_ACCOUNTS.

    Raises:
        DeskFault: not an administrator, one's own account, or a duty would be in nobody's hands.
    """
    with desk.work(Permission.MANAGE_ACCOUNTS) as session:
        account = _get(session, account_id)
        if account.role is not Role.ADMINISTRATOR:
            raise DeskFault("只有管理员账户才分职责，请核对账户。")
        if account.id == desk.actor.account_id:
            raise DeskFault("不能改自己的职责，请由另一位管理员办理。")
        if account.duty is not duty:
            _require_hands(session, account, parts_of(duty))
            account.duty = duty
            desk.record(session, "account.duty_changed", "account", account.id, duty.value)
        return _row(account)


def reset_password(desk: Desk, account_id: int, password: str) -> None:
    """Give somebody a new password, to be replaced by one of their own at log-in. Needs MANAGE_ACCOUNTS.

    Raises:
        DeskFault: the account is disabled.
        FormError: fault at ``password``.
    """
    with desk.store.slots.restored_on_error(), desk.work(Permission.MANAGE_ACCOUNTS) as session:
        account = _get(session, account_id)
        if not account.active:
            raise DeskFault("这个账户已停用，请先启用并同时设置新密码。")
        _require_good("password", checks.new_password_fault(password, account.login))
        desk.record(session, "account.password_reset", "account", account.id)
        _give_password(desk, account, password)


def change_own_password(desk: Desk, old: str, new: str) -> None:
    """Change the password of whoever is logged in.

    Raises:
        FormError: faults at ``old`` or ``new``.
        ShutOutFault: ``old`` was wrong too often.
    """
    login = desk.actor.login
    _require_good("new", checks.new_password_fault(new, login))
    _require_good("new", "新密码和原密码一样，请换一个。" if old == new else "")
    # before the transaction: a guess takes a while, and others may want to write
    try:
        verify(desk, old)
    except NoSlotFitsError as error:
        raise FormError((Fault("old", "原密码不对，请重新输入。"),)) from error
    with desk.store.slots.restored_on_error(), desk.work(None) as session:
        password_was_set(_get(session, desk.actor.account_id), desk.now(), must_change=False)
        desk.record(session, "account.password_changed", "account", desk.actor.account_id)
        desk.store.give_key(login, new)
    desk.password_due = ""


def plain_login(login: str) -> str:
    """Bring a log-in name as typed to the form in which it is kept: half width, small letters."""
    return normalize("NFKC", login).strip().casefold()


def password_was_set(account: Account, at: datetime, *, must_change: bool) -> None:
    """Note that an account has a new password, in the transaction that gives it its key slot.

    Args:
        account: whose.
        at: when.
        must_change: somebody else chose it, so its owner is to choose another one first of all.
    """
    account.password_set_at = at
    account.must_change_password = must_change


def password_due(account: Account, policy: Policy, now: datetime) -> str:
    """Say why a password must be changed before anything else is done; empty if it need not be."""
    if account.must_change_password:
        return "现在的密码是管理员设的，请先换成只有自己知道的密码。"
    age = now - account.password_set_at if account.password_set_at else timedelta()
    if policy.password_days and age >= timedelta(days=policy.password_days):
        return f"密码已用满 {policy.password_days} 天，请先换一个新密码。"
    return ""


def new_account(session: Session, form: AccountForm, at: datetime, *, must_change: bool = False) -> Account:
    """Write the row of a new account whose form was checked."""
    lawyer = form.role is Role.LAWYER
    account = Account(
        login=plain_login(form.login),
        name=tidy(form.name),
        staff_no=form.staff_no.strip(),
        role=form.role,
        firm=tidy(form.firm) if lawyer else "",
        licence_no=form.licence_no.strip() if lawyer else "",
        created_at=at,
        duty=form.duty if form.role is Role.ADMINISTRATOR else Duty.ALL,
        password_set_at=at,
        must_change_password=must_change,
    )
    session.add(account)
    session.flush()
    return account


def _form_faults(form: AccountForm) -> tuple[Fault, ...]:
    said = (
        ("login", checks.login_fault(plain_login(form.login))),
        ("name", checks.name_fault(form.name)),
        ("staff_no", checks.staff_no_fault(form.staff_no.strip())),
        ("password", checks.new_password_fault(form.password, plain_login(form.login))),
        ("firm", checks.firm_fault(form.role, form.firm)),
        ("licence_no", checks.licence_fault(form.role, form.licence_no.strip())),
    )
    return checks.as_faults(said)


def _taken_faults(session: Session, form: AccountForm) -> tuple[Fault, ...]:
    said = (
        ("login", Account.login == plain_login(form.login), "这个账号已经有人用，请换一个。"),
        ("staff_no", Account.staff_no == form.staff_no.strip(), "这个工号已经有人用，请核对。"),
    )
    taken = [(field, said_) for field, same, said_ in said if session.scalar(select(func.count()).where(same))]
    return checks.as_faults(tuple(taken))


def _give_password(desk: Desk, account: Account, password: str) -> None:
    # whoever was shut out may come in with the new one at once
    password_was_set(account, desk.now(), must_change=not desk.practice)
    desk.store.tries.forget(desk.store.slots.label(account.login), desk.now())
    desk.store.give_key(account.login, password)


def _require_hands(session: Session, account: Account, parts: frozenset[Duty]) -> None:
    """Refuse what would leave a part of the administrator's duties in nobody's hands.

    Args:
        session: the transaction.
        account: whose duties change.
        parts: what it keeps.
    """
    if account.role is not Role.ADMINISTRATOR or not account.active:
        return
    others = select(Account.duty).where(
        Account.role == Role.ADMINISTRATOR, Account.active.is_(True), Account.id != account.id
    )
    held = parts.union(*(parts_of(duty) for duty in session.scalars(others)))
    lost = sorted(parts_of(account.duty) - held)
    if lost:
        what = "、".join(part.label for part in lost)
        raise DeskFault(f"这是最后一个负责{what}的在用管理员账户，请先把这项职责交给另一位管理员。")


def _kind(account: Account) -> str:
    return f"{account.role.value}/{account.duty.value}" if account.duty is not Duty.ALL else account.role.value


def _require_good(field: str, sentence: str) -> None:
    if sentence:
        raise FormError((Fault(field, sentence),))


def _get(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFoundError("没有找到这个账户，请刷新列表后再试。")
    return account


def _row(account: Account) -> AccountRow:
    return AccountRow(
        account.id,
        account.login,
        account.name,
        account.staff_no,
        account.role,
        account.active,
        account.firm,
        account.licence_no,
        account.duty,
    )
