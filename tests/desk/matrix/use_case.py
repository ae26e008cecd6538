"""One line of the matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from onevisit.desk.desk import Desk
from onevisit.rules.accounts import Duty, Permission, Role, may

NOBODY = 999_999
"""An id that no record has: whoever is let in is told that nothing was found."""

DAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class UseCase:
    """What a use case needs, and a call that can fail for no want of right but this one.

    Attributes:
        needs: the permission; None is what everybody who is logged in may do.
        call: does it in a way that changes as little as can be (an id that nobody has, a form with faults).
        or_needs: another permission that is enough as well.
    """

    needs: Permission | None
    call: Callable[[Desk], object]
    or_needs: Permission | None = None

    def open_to(self, role: Role, duty: Duty) -> bool:
        """Whether the matrix lets this role and duty do it."""
        enough = [permission for permission in (self.needs, self.or_needs) if permission is not None]
        return not enough or any(may(role, permission, duty) for permission in enough)
