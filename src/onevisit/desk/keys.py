"""The unit's own keys: another recovery code, another key for the whole store."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.rules.accounts import Permission
from onevisit.rules.progress import Progress, no_progress
from onevisit.store import recovery
from onevisit.store.store import Store
from onevisit.store.tables import Account

_OLD_CODE: Final = "恢复码的密钥还是旧格式，换密钥后会打不开数据，请先更换恢复码，再换密钥。"


@dataclass(frozen=True, slots=True)
class NewRecoveryCode:
    """A code that waits to be typed back; the one before opens the store until then."""

    recovery_code: str

    def different_group(self, typed: str) -> int | None:
        """Compare a code typed back: the number of the first group that is not as shown, from 1; None if all are."""
        return recovery.first_different_group(self.recovery_code, typed)


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What came of a change of the store key.

    Attributes:
        left_out: who has to be given a new password by an administrator, as staff number and name: they have not
            logged in since keys can be sealed for them.
        old_removed: whether the old files are gone; if not, somebody must remove the folder ``kept/before-rekey``.
    """

    left_out: tuple[str, ...]
    old_removed: bool

    @property
    def sentence(self) -> str:
        """What to tell the administrator, with what to do next."""
        said = "密钥已更换。以前的备份仍用旧密钥，请现在做一份新备份，确认完好后再删除旧备份"
        if self.left_out:
            said += f"；请给这些账户重设密码：{'、'.join(self.left_out)}"
        if not self.old_removed:
            said += "；旧数据没有删掉，请删除数据文件夹里的 kept/before-rekey"
        return f"{said}。"


def new_recovery_code(desk: Desk) -> NewRecoveryCode:
    """Draw a new recovery code; nothing is changed before it was typed back. Needs CHANGE_KEY."""
    with desk.look(Permission.CHANGE_KEY):
        return NewRecoveryCode(recovery.new_code())


def set_recovery_code(desk: Desk, new: NewRecoveryCode, typed_back: str) -> None:
    """Put a recovery code that was written down in the place of the present one. Needs CHANGE_KEY.

    Raises:
        DeskFault: the code typed back is not the one shown.
        StoreFault: the slot file cannot be written; the code before goes on being the one.
    """
    desk.require(Permission.CHANGE_KEY)
    different = new.different_group(typed_back)
    if different is not None:
        raise DeskFault(f"恢复码第 {different} 组和显示的不一样，请核对后重新输入。")
    with desk.store.slots.restored_on_error(), desk.work(Permission.CHANGE_KEY) as session:
        desk.record(session, "recovery.changed")
        desk.store.tries.forget(desk.store.slots.recovery_label, desk.now())
        desk.store.give_key_to_code(new.recovery_code)


def rekey(desk: Desk, put_in: Callable[[Store], None], progress: Progress = no_progress) -> Rekeyed:
    """Put the whole store under a new random key; ``House.rekey`` calls it. Needs CHANGE_KEY.

    The same passwords and the same recovery code open the new store. What a stolen copy of the old store or its key
    shows, it goes on showing; what is written from now on, it does not.

    Args:
        desk: of an administrator.
        put_in: takes the new store for everybody who is logged in; the one before is closed then.
        progress: told pages; what it raises ends it, and nothing has changed.

    Raises:
        DeskFault: the recovery code would not open the new store.
        StoreFault: disk full, damaged …; the store is as it was, or the next log-in finishes the change.
    """
    with desk.look(Permission.CHANGE_KEY):
        if not desk.store.slots.recovery_has_pair:
            raise DeskFault(_OLD_CODE)

    def tell(session: Session, left_out: int) -> None:
        desk.record(session, "store.rekeyed", detail=str(left_out))

    store, left_out, old_removed = desk.store.rekeyed(tell, progress)
    put_in(store)
    with desk.look(None) as session:
        rows = session.scalars(select(Account).where(Account.active.is_(True)).order_by(Account.staff_no))
        names = tuple(f"{one.name}（{one.staff_no}）" for one in rows if store.slots.label(one.login) in left_out)
    return Rekeyed(names, old_removed)
