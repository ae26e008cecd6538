"""The house itself and the first three pages: accounts, keys, backups, registration, advice, slips, keeping."""

from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk.matrix.use_case import DAY, NOBODY, UseCase

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
from onevisit.desk.errors import DeskFault
from onevisit.rules.accounts import Duty, Permission, Role
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.forms import ConsultationForm, RegistrationForm
from onevisit.rules.keeping import BackupOccasion, DraftKind
from onevisit.rules.own_data import OwnDataGround
from onevisit.rules.policy import Policy
from onevisit.rules.trail import ExportReason


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
