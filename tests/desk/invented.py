"""Invented people and their forms, and all that a store holds, for the tests of registering and saving."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, text

from onevisit.desk.desk import Desk
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, MaterialForm, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.store.tables import Base


def person(serial: int = 1, name: str = "") -> PersonEntry:
    """An invented person; every serial is another one."""
    body = f"37049919800101{serial:03d}"
    return PersonEntry(
        name=name or f"访客{serial}",
        id_number=body + mod_11_2(body),
        phone=f"1390000{serial:04d}",
        region_code="370403",
        town="临城街道",
        address=f"示例村1组{serial}号",
    )


FORM = RegistrationForm(
    lead=person(),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place_code="370403",
    title="建筑工地拖欠工资",
    summary="去年3月至9月务工，被拖欠工资28600元。",
    respondent="某建筑劳务有限公司",
    materials=(MaterialEntry("工资欠条", MaterialForm.ORIGINAL, 1, kept=False), MaterialEntry("考勤照片", pages=3)),
    reply_by=ReplyMethod.PHONE,
    clerk_note="说话慢，请多给时间",
)


def form_of(serial: int, **more: Any) -> RegistrationForm:  # noqa: ANN401 - whatever a field holds
    """The form of another person with nothing to answer."""
    return replace(FORM, lead=person(serial), **more)


def everything(desk: Desk) -> dict[str, object]:
    """Every row of every table, and how many matters the search index knows."""
    with desk.look(None) as session:
        rows: dict[str, object] = {
            table.name: session.execute(select(table)).all() for table in Base.metadata.sorted_tables
        }
        rows["matter_search"] = session.execute(text("SELECT count(*) FROM matter_search")).scalar_one()
    return rows
