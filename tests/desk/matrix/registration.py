"""Registering: by which rules, and the roster of a group."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import form_rules, roster
from onevisit.rules.accounts import Permission

USE_CASES: dict[str, UseCase] = {
    "roster.roster": UseCase(Permission.REGISTER, lambda desk: roster.roster(desk, NOBODY)),
    "roster.sign": UseCase(Permission.REGISTER, lambda desk: roster.sign(desk, NOBODY, ())),
    "form_rules.form_rules": UseCase(Permission.REGISTER, form_rules.form_rules),
}

NO_USE_CASES: dict[str, str] = {}
