"""The whole permission matrix: every use case, called for every role and duty, is refused exactly where it says so."""

import importlib
import inspect
import pkgutil
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.desk import matrix
from tests.desk.conftest import CHEAP, Clock
from tests.desk.matrix.use_case import UseCase

import onevisit.desk
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, NotAllowedError
from onevisit.desk.house import House
from onevisit.desk.practice import PRACTICE_ACCOUNTS
from onevisit.rules.accounts import MATRIX, Duty, Permission, Role, may

PARTS = [importlib.import_module(f"tests.desk.matrix.{found.name}") for found in pkgutil.iter_modules(matrix.__path__)]
USE_CASES: dict[str, UseCase] = {name: case for part in PARTS for name, case in getattr(part, "USE_CASES", {}).items()}
NO_USE_CASES: dict[str, str] = {name: why for part in PARTS for name, why in getattr(part, "NO_USE_CASES", {}).items()}

PEOPLE = [(role, Duty.ALL) for role in Role] + [(Role.ADMINISTRATOR, duty) for duty in Duty if duty is not Duty.ALL]


def test_every_use_case_is_in_the_table() -> None:
    found = set(_functions_of_a_desk())
    for name in sorted(found - USE_CASES.keys() - NO_USE_CASES.keys()):
        pytest.fail(
            f"desk.{name} takes a desk and stands in no table: add it to USE_CASES of a module in tests/desk/matrix "
            "with the permission that it needs and a call that fails for another reason or changes little"
        )
    gone = (USE_CASES.keys() | NO_USE_CASES.keys()) - found
    assert not gone, f"in a table of tests/desk/matrix, but not in desk: {sorted(gone)}"


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
