"""Registering: by which rules, and the roster of a group."""

from tests.desk.matrix.use_case import UseCase

from onevisit.desk import form_rules
from onevisit.rules.accounts import Permission

USE_CASES: dict[str, UseCase] = {
    "form_rules.form_rules": UseCase(Permission.REGISTER, form_rules.form_rules),
}

NO_USE_CASES: dict[str, str] = {}
