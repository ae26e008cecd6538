"""Invented visits in any number, written into a real store in bulk; the same seed gives the same people."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from onevisit.desk import accounts
from onevisit.desk.desk import Desk
from onevisit.desk.founding import SetUpForm
from onevisit.desk.house import House
from onevisit.rules.accounts import Permission, Role
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.numbering import MatterNumber, VisitNumber
from onevisit.rules.people import IdKind, PartyRole, PersonEntry, Sex
from onevisit.store.search import MatterDocument, index_matter
from onevisit.store.tables import Account, Matter, NumberSeries, Petitioner, Visit, VisitParty

PASSWORD = "Ceshi-2026"
CLERK = "clerk"
ADMINISTRATOR = "admin"
_FIRST_PASSWORD = "Erstes-2026"
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国志玉红梅"
_SUBJECTS = ("工资", "医保", "房屋漏水", "土地补偿", "低保", "学位", "预付卡", "噪声", "物业", "养老金")
_VERBS = ("拖欠未付", "申请未批", "无人处理", "标准不符", "迟迟未答复")
_PLACES = ("370402", "370403", "370404", "370405", "370406", "370481")
_PAGE = 2_000


def found_house(directory: Path) -> House:
    """Make a store with an administrator and a clerk."""
    house = House(directory)
    form = SetUpForm(
        unit_name="枣庄市人民来访接待中心",
        unit_address="枣庄市薛城区示例路1号",
        unit_phone="0632-3300000",
        name="管理员",
        password=PASSWORD,
        password_again=PASSWORD,
    )
    set_up = house.prepare(form)
    house.found(set_up, set_up.recovery_code)
    administrator = house.log_in(form.login, PASSWORD)
    clerk = accounts.AccountForm(login=CLERK, name="窗口员", staff_no="002", role=Role.CLERK, password=_FIRST_PASSWORD)
    accounts.add(administrator, clerk)
    accounts.change_own_password(house.log_in(CLERK, _FIRST_PASSWORD), _FIRST_PASSWORD, PASSWORD)
    house.close()
    return house


def id_number(serial: int, birth: date) -> str:
    """A number of an invented person; area 370499 belongs to no place."""
    body = f"370499{birth:%Y%m%d}{serial % 1000:03d}"
    return body + mod_11_2(body)


def person(serial: int) -> PersonEntry:
    """The invented person of a serial number."""
    luck = random.Random(serial)  # noqa: S311 - invented people need no secrecy
    name = luck.choice(_SURNAMES) + "".join(luck.choices(_GIVEN, k=luck.choice((1, 2, 2))))
    birth = date(1940, 1, 1) + timedelta(days=luck.randrange(24_000))
    number = id_number(serial, birth)
    return PersonEntry(
        name=name,
        sex=Sex.MALE if int(number[16]) % 2 else Sex.FEMALE,
        birth_date=birth,
        ethnic_group="汉族",
        id_number=number,
        phone=f"1390{serial % 10_000_000:07d}",
        region_code=luck.choice(_PLACES),
        address=f"示例街道示例社区{serial % 90}号楼",
    )


def subject(serial: int) -> str:
    """The title of an invented matter."""
    return f"{_SUBJECTS[serial % 10]}{_VERBS[serial // 10 % 5]}"


def form(serial: int) -> RegistrationForm:
    """A registration as the window would hand it in."""
    return RegistrationForm(
        lead=person(serial),
        purpose=Purpose.REQUEST,
        content=list(ContentClass)[serial % 18],
        place_code=_PLACES[serial % 6],
        respondent=f"某某单位{serial % 500}",
        title=subject(serial),
        summary=f"关于{subject(serial)}，2025年{serial % 12 + 1}月至今多次反映，请求依法处理。",
        materials=(MaterialEntry("身份证复印件"),),
        reply_by=ReplyMethod.PHONE,
    )


def fill(desk: Desk, count: int) -> None:
    """Write ``count`` matters with a visit each; the rows and the index are those that registering writes."""
    with desk.work(Permission.REGISTER) as session:
        clerk = session.scalars(select(Account).where(Account.login == CLERK)).one()
        for first in range(1, count + 1, _PAGE):
            _fill_page(session, clerk.id, range(first, min(first + _PAGE, count + 1)))
        session.execute(insert(NumberSeries), [{"series": "bench", "last": count}])


def _fill_page(session: Session, clerk_id: int, serials: range) -> None:
    tables = (Petitioner, Matter, Visit, VisitParty)
    for table, rows in zip(tables, zip(*(_rows(serial, clerk_id) for serial in serials), strict=True), strict=True):
        session.execute(insert(table), list(rows))
    for serial in serials:
        index_matter(session, serial, _document(serial))


def _moment(serial: int) -> datetime:
    return datetime(2006, 1, 4, 1, tzinfo=UTC) + timedelta(minutes=serial * 7)


def _numbers(serial: int) -> tuple[str, str]:
    day = _moment(serial).date()
    return str(MatterNumber("370400", "01", 1900 + serial // 100_000, serial % 100_000 + 1)), str(
        VisitNumber("370400", "01", day, serial % 90_000 + 1)
    )


def _rows(serial: int, clerk_id: int) -> tuple[dict[str, object], ...]:
    one, moment, (matter_no, visit_no) = person(serial), _moment(serial), _numbers(serial)
    told = form(serial)
    petitioner = {name: getattr(one, name) for name in ("name", "sex", "birth_date", "ethnic_group", "id_number")}
    petitioner |= {name: getattr(one, name) for name in ("phone", "region_code", "town", "address")}
    petitioner |= {"id": serial, "organisation": False, "id_kind": IdKind.RESIDENT, "created_at": moment, "version": 1}
    matter = {name: getattr(told, name) for name in ("title", "purpose", "content", "place_code", "respondent")}
    matter |= {"id": serial, "number": matter_no, "query_code": "7QX4M2PD", "registered_at": moment, "version": 1}
    matter |= {"confidential": False, "urgent": False, "open": True}
    visit = {"id": serial, "number": visit_no, "matter_id": serial, "ordinal": 1, "day": moment.date()}
    visit |= {"queue_no": serial, "arrived_at": moment, "registered_at": moment, "clerk_id": clerk_id}
    visit |= {"window_no": "01", "anonymous": False, "headcount": 1, "summary": told.summary, "clerk_note": ""}
    visit |= {"reply_by": ReplyMethod.PHONE, "return_note": "", "wants_lawyer": False}
    party = {"visit_id": serial, "petitioner_id": serial, "role": PartyRole.LEAD, "ordinal": 1}
    return petitioner, matter, visit, party


def _document(serial: int) -> MatterDocument:
    one, told = person(serial), form(serial)
    return MatterDocument(
        names=(one.name,),
        id_numbers=(one.id_number,),
        phones=(one.phone,),
        numbers=_numbers(serial),
        words=(told.title, told.summary, told.respondent),
    )


def forms(first: int, count: int) -> Iterator[RegistrationForm]:
    """Registrations of people who are not in the store yet."""
    return (form(first + step) for step in range(count))
