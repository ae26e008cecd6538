"""What the world did, in words; what we did wrong, as it is."""

import errno

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError, ProgrammingError

from onevisit.store.errors import (
    DamagedFault,
    DiskFullFault,
    LockedFault,
    NotOursFault,
    NotWritableFault,
    StoreFault,
    fault_of,
    fault_of_driver,
    fault_of_os,
    translate,
)


def reported(code: int, kind: type[DBAPIError] = OperationalError) -> DatabaseError:
    error = sqlcipher.OperationalError("x")
    error.sqlite_errorcode = code
    made = kind("statement", None, error)
    assert isinstance(made, DatabaseError)
    return made


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (5, LockedFault),
        (5 | 2 << 8, LockedFault),
        (8, NotWritableFault),
        (10 | 3 << 8, StoreFault),
        (11, DamagedFault),
        (13, DiskFullFault),
        (14, NotWritableFault),
        (26, NotOursFault),
    ],
)
def test_each_code_has_its_sentence(code: int, kind: type[StoreFault]) -> None:
    error = reported(code)
    with pytest.raises(kind) as caught, translate():
        raise error
    assert caught.value.sentence.endswith("。")
    assert caught.value.__cause__ is error


def test_what_the_driver_copies_pages_with_has_no_code_but_words() -> None:
    fault = fault_of_driver(sqlcipher.OperationalError("database or disk is full"))
    assert isinstance(fault, DiskFullFault)
    assert fault_of_driver(sqlcipher.OperationalError("no such table: x")) is None


@pytest.mark.parametrize("error", [reported(1), reported(5, IntegrityError), reported(5, ProgrammingError)])
def test_our_own_mistakes_pass_as_they_are(error: DatabaseError) -> None:
    assert fault_of(error) is None
    with pytest.raises(DatabaseError) as caught, translate():
        raise error
    assert caught.value is error


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFullFault), (errno.EACCES, NotWritableFault), (errno.EROFS, NotWritableFault)],
)
def test_the_operating_system_is_understood(number: int, kind: type[StoreFault]) -> None:
    assert isinstance(fault_of_os(OSError(number, "x")), kind)
