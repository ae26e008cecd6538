"""The unit's particulars and the printers."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from onevisit.desk import unit
from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError, NotAllowedError
from onevisit.desk.house import House
from onevisit.rules.accounts import Role

LogIn = Callable[[Role], Desk]


def test_what_is_saved_is_there_at_the_next_log_in(house: House, admin_desk: Desk, log_in: LogIn) -> None:
    card = replace(admin_desk.unit, name=" 新名称 ", window_no="7", phone="(0632)3311111")
    saved = unit.save_unit(admin_desk, card)
    assert (saved.name, saved.window_no, saved.phone) == ("新名称", "07", "0632-3311111")
    assert admin_desk.unit == saved
    house.close()
    assert log_in(Role.CLERK).unit == saved


def test_faults_stand_at_the_fields_of_the_card(admin_desk: Desk) -> None:
    before = admin_desk.unit
    with pytest.raises(FormError) as caught:
        unit.save_unit(admin_desk, replace(before, name="", phone="x", window_no="1a"))
    assert [fault.field for fault in caught.value.faults] == ["name", "phone", "window_no"]
    assert admin_desk.unit == before


def test_each_paper_has_its_own_printer(admin_desk: Desk, clerk_desk: Desk, lawyer_desk: Desk) -> None:
    assert unit.printer_choices(lawyer_desk) == {}
    unit.choose_printer(clerk_desk, "roll80", "POS-80")
    unit.choose_printer(admin_desk, "a5", "激光")
    unit.choose_printer(clerk_desk, "roll80", "POS-58")
    assert unit.printer_choices(lawyer_desk) == {"roll80": "POS-58", "a5": "激光"}


def test_who_may_not_is_told(lawyer_desk: Desk, clerk_desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        unit.choose_printer(lawyer_desk, "a5", "x")
    with pytest.raises(NotAllowedError):
        unit.save_unit(clerk_desk, clerk_desk.unit)
