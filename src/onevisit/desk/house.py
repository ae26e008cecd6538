"""Opening the house: first set-up, logging in with a password, getting in with the recovery code."""

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import keys
from onevisit.desk import set_up as checks
from onevisit.desk.accounts import AccountForm, new_account, password_due, password_was_set, plain_login
from onevisit.desk.desk import Actor, Desk, system_clock
from onevisit.desk.errors import DeskFault, FormError, LogInFault, ShutOutFault
from onevisit.desk.founding import SetUp, SetUpForm, card_of, check_set_up, set_up_card, trace_alone, write_unit
from onevisit.desk.guesses import guess, tell, verify
from onevisit.desk.keys import Rekeyed
from onevisit.desk.policy import policy_of
from onevisit.desk.timekeeping import notice
from onevisit.desk.upgrading import upgrade_of_house
from onevisit.desk.witnesses import tell_head_missed
from onevisit.rules.accounts import Role
from onevisit.rules.faults import Fault
from onevisit.rules.progress import Progress, no_progress
from onevisit.rules.slip import UnitCard
from onevisit.store import recovery
from onevisit.store.engine import KEY_BYTES
from onevisit.store.errors import StoreFault
from onevisit.store.folder import is_founded
from onevisit.store.keyslots import Cost, KeySlots, NoSlotFitsError
from onevisit.store.names import SLOTS, TRIES
from onevisit.store.store import Store
from onevisit.store.tables import Account, Unit
from onevisit.store.tries import Tries


class House:
    """One data folder and the store in it.

    Args:
        directory: the folder of this store (real and practice stores have folders of their own).
        practice: this is the practice store: ``enter_practice`` may be called, ``found`` may not.
        now: the clock, in UTC.
        cost: what one guess of a password costs; slots of another cost are made anew at the next log-in.
    """

    def __init__(
        self,
        directory: Path,
        *,
        practice: bool = False,
        now: Callable[[], datetime] = system_clock,
        cost: Cost | None = None,
    ) -> None:
        self._directory = directory
        self._practice = practice
        self._now = now
        self._cost = cost or Cost()
        self._store: Store | None = None
        self._desks: list[Desk] = []
        self._tries = Tries(directory / TRIES)

    @property
    def founded(self) -> bool:
        """Whether a store is there (its files exist; whether they open is seen at log-in).

        Raises:
            StoreFault: the folder cannot be used (not writable, not ours, only half of the files there).
        """
        return is_founded(self._directory)

    def prepare(self, form: SetUpForm) -> SetUp:
        """Check the form and make a recovery code; nothing is written.

        Raises:
            FormError: the form has faults.
        """
        faults = check_set_up(form)
        if faults:
            raise FormError(faults)
        return SetUp(form, recovery.new_code())

    def found(self, set_up: SetUp, typed_back: str) -> None:
        """Make the store, its key slots, the unit and the administrator's account, in one go.

        Raises:
            DeskFault: the code typed back is not the one shown.
            StoreFault: the folder or disk does not allow it; nothing half-made is left.
        """
        if self._practice:
            raise DeskFault("练习模式的数据由程序自己准备，不用设置。")
        different = set_up.different_group(typed_back)
        if different is not None:
            raise DeskFault(f"恢复码第 {different} 组和显示的不一样，请核对后重新输入。")
        form = set_up.form
        administrator = AccountForm(form.login, form.name, form.staff_no, Role.ADMINISTRATOR, form.password)
        self._make(set_up.recovery_code, set_up_card(form), (administrator,))

    def found_practice(self, card: UnitCard, accounts: tuple[AccountForm, ...]) -> None:
        """Make the practice store with its ready accounts; nobody needs its recovery code, so nobody is told it.

        Raises:
            DeskFault: this is the house of real work.
            StoreFault: the folder or disk does not allow it; nothing half-made is left.
        """
        if not self._practice:
            raise DeskFault("这是正式数据的文件夹，不能用于练习，请换一个文件夹。")
        self._make(recovery.new_code(), card, accounts)

    def log_in(self, login: str, password: str, progress: Progress = no_progress) -> Desk:
        """Open the store with this account's key slot; an older store is upgraded first, and ``progress`` told of it.

        Raises:
            LogInFault: name or password is wrong, or the account is disabled (the same sentence for name and password).
            ShutOutFault: too many wrong ones; nothing was tried.
            StoreFault: the store cannot be opened.
        """
        login = plain_login(login)
        store = self._unlocked(lambda slots: slots.label(login), lambda slots: slots.unlock(login, password), progress)
        try:
            desk = self._seat(store, login)
        except BaseException:
            self._close_if_empty()
            raise
        self._desks.append(desk)
        if store.slots.is_outdated(login):
            # where there is no room for it now, it is made anew at the next log-in: nobody is kept out for that
            with suppress(StoreFault):
                store.give_key(login, password)
        return desk

    def check_password(self, desk: Desk, password: str) -> None:
        """Ask for the password of whoever is at the desk, before a window that was locked opens again.

        Raises:
            LogInFault: it is not the password.
            ShutOutFault: too many wrong ones; nothing was tried.
            StoreFault: the store was closed meanwhile.
        """
        try:
            verify(desk, password)
        except NoSlotFitsError as error:
            raise LogInFault("密码不对，请重新输入。") from error
        with desk.work(None) as session:
            desk.record(session, "window.unlocked", "account", desk.actor.account_id)

    def rekey(self, desk: Desk, progress: Progress = no_progress) -> Rekeyed:
        """Put the whole store under a new random key; whoever is logged in stays so. Needs CHANGE_KEY.

        The store is closed for a moment and opened again under the same lock, so that no other instance gets in.

        Raises:
            DeskFault: not allowed, or the recovery code would not open the new store.
            StoreFault: the store is as it was; or it is closed, and the next log-in finishes the change.
        """
        try:
            return keys.rekey(desk, self._put_in, progress)
        finally:
            if self._store is not None and self._store.closed:
                # the change was decided and could not be finished now
                self._store, self._desks = None, []

    def recover(self, recovery_code: str, login: str, new_password: str) -> None:
        """Give an administrator's account a new password by the recovery code; one slot is rewrapped, nothing else.

        Raises:
            FormError: faults at ``recovery_code``, ``login`` or ``new_password``.
            ShutOutFault: too many wrong codes; nothing was tried.
            StoreFault: the store cannot be opened or written; nothing was changed.
        """
        login = plain_login(login)
        said = (
            ("recovery_code", recovery.fault(recovery_code)),
            ("new_password", checks.new_password_fault(new_password, login)),
        )
        faults = checks.as_faults(said)
        if faults:
            raise FormError(faults)
        try:
            store = self._unlocked(
                lambda slots: slots.recovery_label, lambda slots: slots.unlock_recovery(recovery_code)
            )
        except ShutOutFault as fault:
            raise ShutOutFault(fault.seconds, "请逐组核对抄下或打印的恢复码") from fault
        except LogInFault as error:
            raise FormError((Fault("recovery_code", "这不是本单位的恢复码，请核对。"),)) from error
        try:
            self._rewrap_administrator(store, login, new_password)
            if store.slots.recovery_is_outdated:
                store.give_key_to_code(recovery_code)
        finally:
            self._close_if_empty()

    def close(self) -> None:
        """Close the store (log-out); the desks that were given out can no longer be used."""
        store, desks = self._store, self._desks
        self._store, self._desks = None, []
        if store is None:
            return
        try:
            if desks:
                with store.writing() as session:
                    for desk in desks:
                        desk.record(session, "account.logged_out", "account", desk.actor.account_id)
        finally:
            store.close()

    def _make(self, recovery_code: str, card: UnitCard, accounts: tuple[AccountForm, ...]) -> None:
        key, now = secrets.token_bytes(KEY_BYTES), self._moment()
        with Store.creating(self._directory, key, recovery_code, self._cost) as store:
            with store.writing() as session:
                unit = write_unit(session, checks.tidy_card(card), practice=self._practice, at=now)
                for form in accounts:
                    account = new_account(session, form, now)
                    trace_alone(session, "account.added", account.id, unit, now)
            for form in accounts:
                store.give_key(form.login, form.password)

    def _unlocked(
        self,
        label: Callable[[KeySlots], str],
        unlock: Callable[[KeySlots], bytes],
        progress: Progress = no_progress,
    ) -> Store:
        # a store that is open already must be opened all the same: the password is what is asked for
        slots = self._store.slots if self._store else self._load_slots()
        try:
            key = guess(self._tries, label(slots), lambda: unlock(slots), self._moment())
        except NoSlotFitsError as error:
            self._tell_failures()
            raise LogInFault from error
        except ShutOutFault:
            self._tell_failures()
            raise
        try:
            return self._told(self._store or self._opened(key, slots, progress))
        except BaseException:
            # nobody is in: whoever restores it next must find it closed
            self._close_if_empty()
            raise

    def _opened(self, key: bytes, slots: KeySlots, progress: Progress) -> Store:
        self._store = Store.open(self._directory, key, slots, progress, upgrade_of_house(self._moment()))
        self._store.tries = self._tries
        return self._store

    def _told(self, store: Store) -> Store:
        """Bring into the trail what happened while nobody could write it."""
        self._tell_failures()
        tell_head_missed(store, self._moment())
        return store

    def _load_slots(self) -> KeySlots:
        if not self.founded:
            raise DeskFault("这里还没有数据，请先完成首次设置。")
        return KeySlots.load(self._directory / SLOTS, self._cost)

    def _seat(self, store: Store, login: str) -> Desk:
        with store.reading() as session:
            account = session.scalars(select(Account).where(Account.login == login)).one_or_none()
            unit = session.scalars(select(Unit)).one()
        if account is None or not account.active:
            self._tries.failed(store.slots.label(login), self._moment())
            self._tell_failures()
            raise LogInFault
        if unit.practice != self._practice:
            raise DeskFault("练习数据和正式数据放在了同一个文件夹，请核对数据文件夹。")
        actor = Actor(account.id, account.login, account.name, account.staff_no, account.role, account.duty)
        desk = Desk(store, actor, card_of(unit), practice=unit.practice, now=self._now)
        with store.writing() as session:
            desk.clock_notice = notice(desk, session).sentence
            desk.password_due = self._password_due(session, account.id)
            desk.record(session, "account.logged_in", "account", account.id)
        return desk

    def _password_due(self, session: Session, account_id: int) -> str:
        account = session.get_one(Account, account_id)
        if self._practice:
            # the ready passwords are known to everybody, and stay
            return ""
        if account.password_set_at is None:
            # from before ages were kept: it is counted from now on
            account.password_set_at = self._moment()
        return password_due(account, policy_of(session), self._moment())

    def _rewrap_administrator(self, store: Store, login: str, new_password: str) -> None:
        with store.slots.restored_on_error(), store.writing() as session:
            account = session.scalars(select(Account).where(Account.login == login)).one_or_none()
            if account is None or not account.active or account.role is not Role.ADMINISTRATOR:
                raise FormError((Fault("login", "恢复码只能给在用的管理员账户换密码，请核对账号。"),))
            trace_alone(session, "account.recovered", account.id, session.scalars(select(Unit)).one(), self._moment())
            password_was_set(account, self._moment(), must_change=False)
            store.tries.forget(store.slots.label(account.login), self._moment())
            store.give_key(account.login, new_password)

    def _put_in(self, store: Store) -> None:
        self._store = store
        for desk in self._desks:
            desk.store = store

    def _tell_failures(self) -> None:
        # while the store is closed they wait in the file of tries
        if self._store is not None:
            tell(self._store, self._tries, self._moment())

    def _moment(self) -> datetime:
        return self._now().astimezone(UTC)

    def _close_if_empty(self) -> None:
        if not self._desks:
            self.close()
