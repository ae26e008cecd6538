"""What stands on the sheet of an opinion: everything that the paper needs, frozen."""

from dataclasses import dataclass
from datetime import date

from onevisit.rules.opinions import Opinion, OpinionKind


@dataclass(frozen=True, slots=True)
class OpinionSheet:
    """An opinion as it is printed.

    Attributes:
        petitioner: whom it is for.
        remedy_line: the one way that is open, said by the program (``rules.opinions.remedy_line``).
        final_on: the local day on which it was made final; None while it is a draft, and every page says so.
        practice: made in practice mode.
    """

    kind: OpinionKind
    organ: str
    matter_no: str
    petitioner: str
    opinion: Opinion
    remedy_line: str
    final_on: date | None
    practice: bool
