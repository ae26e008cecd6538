"""Why a use case did not do what it was asked to; each speaks plain Chinese."""

from onevisit.rules import lockout
from onevisit.rules.faults import Fault, PlainFault


class DeskFault(PlainFault):
    """The use case could not be done; nothing was changed."""


class NotAllowedError(DeskFault):
    """The person at the desk has no right to do this."""


class LogInFault(DeskFault):
    """Nobody was let in; name, password and disabled account are not told apart."""

    def __init__(self, sentence: str = "账号或密码不对，或账户已停用，请核对后重试。") -> None:
        super().__init__(sentence)


class ShutOutFault(DeskFault):
    """Too many wrong passwords in a row: nothing was tried.

    Attributes:
        seconds: how long is still to be waited.
    """

    def __init__(self, seconds: int, advice: str = "忘记密码可请管理员重设") -> None:
        super().__init__(f"连续输错次数太多，请等 {lockout.in_words(seconds)}后再试；{advice}。")
        self.seconds = seconds


class NotFoundError(DeskFault):
    """The record is not there, or this person may not know of it."""


class ChangedElsewhereError(DeskFault):
    """Somebody else changed the record since it was read; nothing was overwritten."""


class FormError(DeskFault):
    """The form has faults; each stands at its field.

    Attributes:
        faults: all faults, in reading order of the form.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("；".join(fault.sentence.rstrip("。") for fault in faults) + "。")
        self.faults = faults
