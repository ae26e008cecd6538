"""Registering: by which rules, and the roster of a group."""

from tests.desk.matrix.use_case import NOBODY, UseCase

from onevisit.desk import filling_in, form_rules, roster
from onevisit.desk.standing import Seen
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ReplyMethod
from onevisit.rules.matter_life import State

NOTHING = filling_in.FillIn(
    NOBODY, Seen(NOBODY, 1, State.REGISTERED, NOBODY), None, ReplyMethod.NONE, "", "", False, ""
)
USE_CASES: dict[str, UseCase] = {
    "filling_in.to_fill_in": UseCase(Permission.REGISTER, lambda desk: filling_in.to_fill_in(desk, NOBODY)),
    "filling_in.fill_in": UseCase(Permission.REGISTER, lambda desk: filling_in.fill_in(desk, NOTHING, NOTHING)),
    "roster.roster": UseCase(Permission.REGISTER, lambda desk: roster.roster(desk, NOBODY)),
    "roster.sign": UseCase(Permission.REGISTER, lambda desk: roster.sign(desk, NOBODY, ())),
    "form_rules.form_rules": UseCase(Permission.REGISTER, form_rules.form_rules),
}

NO_USE_CASES: dict[str, str] = {}
