"""A visit in order, as the window knows it, for the tests of the one-visit gate."""

from dataclasses import replace
from datetime import date

from onevisit.rules import readiness
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry
from onevisit.rules.readiness import Finding, WindowKnows

WANG = PersonEntry(
    name="王伟",
    id_number="370499197904120232",
    phone="13900000011",
    region_code="370403",
    town="临城街道",
    address="示例村1组12号",
)
FORM = RegistrationForm(
    lead=WANG,
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place_code="370403",
    respondent="某建筑劳务有限公司",
    title="建筑工地拖欠工资",
    summary="2025年3月至9月在某建筑工地务工，被拖欠工资28600元，请求帮助追讨。",
    materials=(MaterialEntry("工资欠条"), MaterialEntry("考勤照片")),
    reply_by=ReplyMethod.PHONE,
)
KNOWS = WindowKnows(FORM, date(2026, 11, 22))


def keys(knows: WindowKnows) -> list[str]:
    return [finding.key for finding in readiness.check_all(knows).findings]


def finding(knows: WindowKnows, key: str) -> Finding:
    return next(one for one in readiness.check_all(knows).findings if one.key == key)


def with_form(**changes: object) -> WindowKnows:
    return replace(KNOWS, form=replace(FORM, **changes))  # type: ignore[arg-type]  # names of fields, checked by replace


def with_lead(**changes: object) -> WindowKnows:
    return with_form(lead=replace(WANG, **changes))  # type: ignore[arg-type]  # names of fields, checked by replace
