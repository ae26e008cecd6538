"""The whole permission matrix: every use case, called for every role and duty, is refused exactly where it says so."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from tests.desk.conftest import CHEAP, Clock

import onevisit.desk
from onevisit.desk import (
    accounts,
    audit,
    backups,
    checking,
    consult,
    day_close,
    drafts,
    exports,
    issue,
    kept,
    keys,
    locking,
    lookup,
    own_data,
    policy,
    register,
    retention,
    unit,
)
from onevisit.desk.accounts import AccountForm
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotAllowedError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import MATRIX, Duty, Permission, Role, may
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import BackupOccasion, DraftKind
from onevisit.rules.own_data import OwnDataGround
from onevisit.rules.policy import Policy
from onevisit.rules.trail import ExportReason

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


def _never_reached(_store: object) -> None:
    pytest.fail("reached")


def _stopped(_done: int, _total: int, _what: str) -> None:
    raise DeskFault("stopped before anything is changed")


USE_CASES: dict[str, UseCase] = {
    "accounts.accounts": UseCase(Permission.MANAGE_ACCOUNTS, accounts.accounts),
    "accounts.add": UseCase(
        Permission.MANAGE_ACCOUNTS, lambda desk: accounts.add(desk, AccountForm("", "", "", Role.CLERK, ""))
    ),
    "accounts.change_duty": UseCase(
        Permission.MANAGE_ACCOUNTS, lambda desk: accounts.change_duty(desk, NOBODY, Duty.ALL)
    ),
    "accounts.change_own_password": UseCase(None, lambda desk: accounts.change_own_password(desk, "", "")),
    "accounts.reset_password": UseCase(
        Permission.MANAGE_ACCOUNTS, lambda desk: accounts.reset_password(desk, NOBODY, "")
    ),
    "accounts.set_active": UseCase(
        Permission.MANAGE_ACCOUNTS, lambda desk: accounts.set_active(desk, NOBODY, active=False)
    ),
    "audit.entries": UseCase(Permission.READ_AUDIT, audit.entries),
    "audit.verify": UseCase(Permission.READ_AUDIT, audit.verify),
    "backups.check_backup": UseCase(Permission.KEEP_BACKUPS, lambda desk: backups.check_backup(desk, Path("nowhere"))),
    "backups.due": UseCase(None, backups.due),
    "backups.health": UseCase(None, backups.health),
    "backups.known_backups": UseCase(None, backups.known_backups),
    "backups.make_backup": UseCase(
        Permission.KEEP_BACKUPS, lambda desk: backups.make_backup(desk, BackupOccasion.BY_HAND)
    ),
    "checking.check": UseCase(Permission.CHECK_STORE, checking.check),
    "checking.quick_check": UseCase(None, checking.quick_check),
    "consult.add_addendum": UseCase(Permission.CONSULT, lambda desk: consult.add_addendum(desk, NOBODY, "")),
    "consult.begin": UseCase(Permission.CONSULT, lambda desk: consult.begin(desk, NOBODY)),
    "consult.save": UseCase(Permission.CONSULT, lambda desk: consult.save(desk, NOBODY, ConsultationForm(), 1)),
    "consult.send_to_lawyer": UseCase(Permission.REGISTER, lambda desk: consult.send_to_lawyer(desk, NOBODY)),
    "consult.sign": UseCase(Permission.CONSULT, lambda desk: consult.sign(desk, NOBODY, ConsultationForm(), 1)),
    "consult.view": UseCase(Permission.CONSULT, lambda desk: consult.view(desk, NOBODY)),
    "consult.waiting": UseCase(Permission.CONSULT, consult.waiting),
    "consult.waiting_count": UseCase(None, consult.waiting_count),
    "day_close.close": UseCase(Permission.CLOSE_DAY, day_close.close),
    "day_close.closes": UseCase(Permission.CLOSE_DAY, day_close.closes),
    "day_close.preview": UseCase(Permission.CLOSE_DAY, day_close.preview),
    "day_close.record_printed": UseCase(Permission.CLOSE_DAY, lambda desk: day_close.record_printed(desk, NOBODY)),
    "drafts.drop": UseCase(None, lambda desk: drafts.drop(desk, NOBODY)),
    "drafts.keep": UseCase(
        Permission.REGISTER, lambda desk: drafts.keep(desk, DraftKind.REGISTRATION, "", draft_id=NOBODY)
    ),
    "drafts.offered": UseCase(None, drafts.offered),
    "exports.export_audit": UseCase(
        Permission.READ_AUDIT, lambda desk: exports.export_audit(desk, DAY, DAY, ExportReason.AUDIT)
    ),
    "exports.export_visits": UseCase(
        Permission.EXPORT, lambda desk: exports.export_visits(desk, DAY, DAY, ExportReason.AUDIT)
    ),
    "issue.copies": UseCase(Permission.SEARCH, lambda desk: issue.copies(desk, NOBODY)),
    "issue.issue": UseCase(Permission.PRINT_SLIP, lambda desk: issue.issue(desk, NOBODY, paper="a5", queue="none")),
    "issue.preview": UseCase(Permission.PRINT_SLIP, lambda desk: issue.preview(desk, NOBODY)),
    "issue.record_outcome": UseCase(
        Permission.PRINT_SLIP, lambda desk: issue.record_outcome(desk, NOBODY, PaperOutcome.JAMMED)
    ),
    "locking.tell_locked": UseCase(None, locking.tell_locked),
    "kept.kept_stores": UseCase(Permission.KEEP_BACKUPS, kept.kept_stores),
    "kept.remove_kept": UseCase(Permission.KEEP_BACKUPS, lambda desk: kept.remove_kept(desk, [Path("nowhere")])),
    "keys.new_recovery_code": UseCase(Permission.CHANGE_KEY, keys.new_recovery_code),
    "keys.rekey": UseCase(Permission.CHANGE_KEY, lambda desk: keys.rekey(desk, _never_reached, _stopped)),
    "keys.set_recovery_code": UseCase(
        Permission.CHANGE_KEY, lambda desk: keys.set_recovery_code(desk, keys.NewRecoveryCode("2222"), "3333")
    ),
    "lookup.full_id_number": UseCase(Permission.SEE_FULL_ID, lambda desk: lookup.full_id_number(desk, NOBODY)),
    "lookup.full_phone": UseCase(Permission.SEE_FULL_ID, lambda desk: lookup.full_phone(desk, NOBODY)),
    "lookup.open_matter": UseCase(Permission.SEARCH, lambda desk: lookup.open_matter(desk, NOBODY)),
    "lookup.search": UseCase(Permission.SEARCH, lambda desk: lookup.search(desk, "王伟")),
    "lookup.today": UseCase(Permission.SEARCH, lambda desk: lookup.today(desk, DAY)),
    "policy.policy": UseCase(None, policy.policy),
    "policy.save_policy": UseCase(
        Permission.MANAGE_POLICY, lambda desk: policy.save_policy(desk, Policy(idle_minutes=0))
    ),
    "policy.second_folder": UseCase(None, lambda desk: policy.second_folder(desk, "")),
    "register.full_person": UseCase(Permission.REGISTER, lambda desk: register.full_person(desk, NOBODY)),
    "register.likenesses": UseCase(Permission.REGISTER, lambda desk: register.likenesses(desk, RegistrationForm())),
    "register.register": UseCase(Permission.REGISTER, lambda desk: register.register(desk, RegistrationForm())),
    "own_data.own_data": UseCase(
        Permission.GIVE_OWN_DATA,
        lambda desk: own_data.own_data(desk, NOBODY, OwnDataGround.READ, identity_checked=True),
    ),
    "retention.approve": UseCase(Permission.APPROVE_RETENTION, lambda desk: retention.approve(desk, NOBODY)),
    "retention.carry_out": UseCase(
        Permission.PROPOSE_RETENTION,
        lambda desk: retention.carry_out(desk, NOBODY),
        or_needs=Permission.APPROVE_RETENTION,
    ),
    "retention.due": UseCase(Permission.PROPOSE_RETENTION, retention.due, or_needs=Permission.APPROVE_RETENTION),
    "retention.listed": UseCase(
        Permission.PROPOSE_RETENTION,
        lambda desk: retention.listed(desk, NOBODY),
        or_needs=Permission.APPROVE_RETENTION,
    ),
    "retention.propose": UseCase(Permission.PROPOSE_RETENTION, lambda desk: retention.propose(desk, [NOBODY])),
    "retention.runs": UseCase(Permission.PROPOSE_RETENTION, retention.runs, or_needs=Permission.APPROVE_RETENTION),
    "retention.stores_kept": UseCase(
        Permission.PROPOSE_RETENTION, retention.stores_kept, or_needs=Permission.APPROVE_RETENTION
    ),
    "retention.withdraw": UseCase(
        Permission.PROPOSE_RETENTION,
        lambda desk: retention.withdraw(desk, NOBODY),
        or_needs=Permission.APPROVE_RETENTION,
    ),
    "unit.choose_printer": UseCase(
        Permission.PRINT_SLIP, lambda desk: unit.choose_printer(desk, "a5", "none"), or_needs=Permission.MANAGE_UNIT
    ),
    "unit.printer_choices": UseCase(None, unit.printer_choices),
    "unit.save_unit": UseCase(Permission.MANAGE_UNIT, lambda desk: unit.save_unit(desk, replace(desk.unit, name=""))),
}
"""Every use case, by module and name; what a session is handed to is a step inside one and stands not here."""

NO_USE_CASES = {
    "backup_rows.note_failure": "a step of making a backup",
    "backup_rows.note_made": "a step of making a backup",
    "guesses.verify": "asks for one's own password, inside changing it and unlocking the window",
    "sight.matters_to_know": "a condition for queries",
    "sight.may_know": "an answer about rows that a use case has read",
    "sight.visits_to_know": "a condition for queries",
    "witnesses.alarm": "says nothing to whoever it is not for",
    "witnesses.outside_witnesses": "a step of checking the trail",
    "practice_day.seed": "calls use cases for two desks of practice mode",
}
"""What takes a desk, is public, and asks nobody, with the reason why it need not."""

PEOPLE = [(role, Duty.ALL) for role in Role] + [(Role.ADMINISTRATOR, duty) for duty in Duty if duty is not Duty.ALL]


def test_every_use_case_is_in_the_table() -> None:
    found = set(_functions_of_a_desk())
    for name in sorted(found - USE_CASES.keys() - NO_USE_CASES.keys()):
        pytest.fail(
            f"desk.{name} takes a desk and stands in no table: add it to USE_CASES of tests/desk/test_permissions.py "
            "with the permission that it needs and a call that fails for another reason or changes little"
        )
    gone = (USE_CASES.keys() | NO_USE_CASES.keys()) - found
    assert not gone, f"in a table of tests/desk/test_permissions.py, but not in desk: {sorted(gone)}"


def _functions_of_a_desk() -> Iterator[str]:
    """All public functions whose first parameter is a desk, but for those that work in somebody else's transaction."""
    for found in pkgutil.iter_modules(onevisit.desk.__path__):
        module = importlib.import_module(f"onevisit.desk.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ != module.__name__ or name.startswith("_"):
                continue
            kinds = [_word(one.annotation) for one in inspect.signature(function).parameters.values()]
            if kinds[:1] == ["Desk"] and "Session" not in kinds:
                yield f"{found.name}.{name}"


def _word(annotation: object) -> str:
    return annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")


@pytest.fixture(scope="module")
def seat(founded_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Somebody's desk on a store that all tests of this module share; it is turned into that of others."""
    folder = tmp_path_factory.mktemp("matrix") / "data"
    shutil.copytree(founded_folder, folder)
    house = House(folder, practice=True, now=Clock(), cost=CHEAP)
    yield house.log_in(PRACTICE_ACCOUNTS[0].login, PRACTICE_ACCOUNTS[0].password)
    house.close()


def _seated(seat: Desk, role: Role, duty: Duty) -> Desk:
    return Desk(seat.store, replace(seat.actor, role=role, duty=duty), seat.unit, practice=True, now=seat.now)


@pytest.mark.parametrize("name", sorted(USE_CASES))
def test_a_use_case_is_refused_exactly_where_the_matrix_says(name: str, seat: Desk) -> None:
    case = USE_CASES[name]
    for role, duty in PEOPLE:
        refused = _is_refused(case, _seated(seat, role, duty))
        assert refused is not case.open_to(role, duty), (
            f"{name} for {role.label}（{duty.label}）: {'refused' if refused else 'let in'}"
        )


def _is_refused(case: UseCase, desk: Desk) -> bool:
    """Whether the person is turned away; what else keeps the call from being done does not matter here."""
    try:
        case.call(desk)
    except DeskFault as fault:
        return isinstance(fault, NotAllowedError)
    return False


def test_every_permission_opens_something_and_belongs_to_somebody() -> None:
    assert {permission for role in Role for permission in MATRIX[role]} == set(Permission)


@pytest.mark.parametrize("permission", sorted(MATRIX[Role.ADMINISTRATOR]))
def test_each_of_the_administrators_duties_lies_in_one_hand(permission: Permission) -> None:
    hands = [duty for duty in (Duty.SYSTEM, Duty.SECURITY) if may(Role.ADMINISTRATOR, permission, duty)]
    assert len(hands) == 1
    assert may(Role.ADMINISTRATOR, permission, Duty.ALL)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_a_duty_gives_nobody_more_than_the_matrix(role: Role) -> None:
    for duty in Duty:
        assert {permission for permission in Permission if may(role, permission, duty)} <= MATRIX[role]
