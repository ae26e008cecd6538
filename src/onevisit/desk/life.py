"""The life of a matter once its route is decided: what its organ and its petitioner do, and how it ends.

Each use case is given what the window showed (``Seen``), so that the second of two windows is told what the first did.
"""

from typing import Final

from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault
from onevisit.desk.life_steps import case_of, request_due, write_step
from onevisit.desk.standing import Seen, open_for_change, require_no_faults, standing_of
from onevisit.rules.accounts import Permission
from onevisit.rules.faults import Fault
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action, TerminationGround, termination_fault, why_not
from onevisit.rules.step_forms import StepForm

STEPS: Final = (
    *(Action.OBJECT, Action.RETURN, Action.KEEP, Action.ACCEPT, Action.ANSWER, Action.CLOSE, Action.WITHDRAW),
    *(Action.ASK_REVIEW, Action.REVIEW, Action.END_REVIEW),
    *(Action.ASK_FINAL_REVIEW, Action.FINAL_REVIEW, Action.REDO),
)
"""What ``take`` takes; routing, ending for good, merging and splitting are use cases of their own."""


def take(desk: Desk, shown: Seen, action: Action, form: StepForm) -> Seen:
    """Take one of ``STEPS``. Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: the step cannot be taken now; the sentence says why.
        FormError: with what is wrong at each field; ``late_reason`` where a reason is wanted to go on.
    """
    with desk.work(Permission.HANDLE) as session:
        if action not in STEPS:
            raise DeskFault(f"“{action.label}”不在这里办，请用它自己的按钮。")
        return write_step(desk, session, shown, action, form)


def note(desk: Desk, shown: Seen, event: Event, form: StepForm) -> Seen:
    """Record what happened to a matter without moving it: receipt, notice, report, acceptance of a review, agreement.

    Needs HANDLE.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it cannot have happened now; the sentence says why.
        FormError: with what is wrong at each field.
    """
    with desk.work(Permission.HANDLE) as session:
        return write_step(desk, session, shown, event, form)


def terminate(desk: Desk, shown: Seen, form: StepForm) -> Seen:
    """End a matter for good; ``form.outcome`` is a code of ``TerminationGround``. Needs END_MATTER.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it cannot be ended now.
        FormError: with what is wrong at each field, the ground among them.
    """
    with desk.work(Permission.END_MATTER) as session:
        case = case_of(session, open_for_change(desk, session, shown))
        standing = standing_of(case.matter)
        said = ""
        if form.outcome in set(TerminationGround) and not why_not(standing, Action.TERMINATE):
            due = request_due(desk, session, case)
            said = termination_fault(standing, TerminationGround.from_code(form.outcome), form.on, due)
        require_no_faults([Fault("outcome", said)] if said else [])
        return write_step(desk, session, shown, Action.TERMINATE, form)


def reopen(desk: Desk, shown: Seen, form: StepForm) -> Seen:
    """Take up a closed matter again, with a reason; its route is to be decided anew. Needs END_MATTER.

    Raises:
        NotFoundError: the matter is not there, or may not be known.
        ChangedElsewhereError: somebody changed it since it was shown.
        DeskFault: it is not closed.
        FormError: with what is wrong at each field.
    """
    with desk.work(Permission.END_MATTER) as session:
        return write_step(desk, session, shown, Action.REOPEN, form)
