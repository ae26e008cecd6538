"""Known persons: found again however they are written, brought up to date, told of in masked words only."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from onevisit.desk.desk import Desk
from onevisit.desk.lookup import open_matter, search
from onevisit.desk.people import new_person
from onevisit.desk.register import Registered, full_person, likenesses, register
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.forms import Answer, MatterAnswer, PersonAnswer, RegistrationForm
from onevisit.rules.people import IdKind, PersonEntry, Sex
from onevisit.store.tables import Petitioner


def number(serial: int) -> str:
    body = f"37049919800101{serial:03d}"
    return body + mod_11_2(body)


KNOWN = PersonEntry(
    name="王伟",
    ethnic_group="汉族",
    id_number=number(23),
    phone="13900000011",
    region_code="370403",
    town="临城街道",
    address="示例村1组12号",
)
FORM = RegistrationForm(
    lead=KNOWN,
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    title="建筑工地拖欠工资",
    summary="被拖欠工资28600元。",
    reply_by=ReplyMethod.WRITTEN,
)


def lead_id(desk: Desk, saved: Registered) -> int:
    return open_matter(desk, saved.matter_id).visits[-1].people[0].petitioner_id


def come_again(desk: Desk, first: Registered, lead: PersonEntry) -> Registered:
    """The same person, by number or by answer, with another matter."""
    return register(
        desk,
        replace(
            FORM,
            lead=lead,
            title="另一件事",
            person_answers=(PersonAnswer(lead_id(desk, first), Answer.SAME),),
            matter_answers=(MatterAnswer(first.matter_id, Answer.ANOTHER),),
        ),
    )


def told(desk: Desk, saved: Registered) -> list[str]:
    """What the timeline says of changed particulars."""
    return [step.text for step in open_matter(desk, saved.matter_id).timeline if step.kind == "资料更新"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"phone": "13900000099"}, "电话由 139****0011 改为 139****0099"),
        ({"address": "示例新村3号楼"}, "住址有变，原住址在枣庄市薛城区临城街道"),
        ({"region_code": "370402", "town": "", "address": ""}, "住址有变，原住址在枣庄市薛城区临城街道"),
        ({"name": "王炜"}, "姓名由“王伟”改为“王炜”"),
        ({"ethnic_group": "回族"}, "民族登记为回族"),
        (
            {"phone": "0632-3300099", "address": "示例新村"},
            "电话由 139****0011 改为 0632-***0099；住址有变，原住址在枣庄市薛城区临城街道",
        ),
    ],
)
def test_what_is_newly_given_is_taken_over(clerk_desk: Desk, given: dict[str, Any], words: str) -> None:
    first = register(clerk_desk, FORM)
    lead = replace(KNOWN, **given)
    saved = come_again(clerk_desk, first, lead)
    assert lead_id(clerk_desk, saved) == lead_id(clerk_desk, first)
    assert told(clerk_desk, saved) == [f"{lead.name}：{words}"]
    known = full_person(clerk_desk, lead_id(clerk_desk, saved))
    assert {field: getattr(known, field) for field in given} == given


def test_what_is_left_empty_stays_as_it_was(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    before = full_person(clerk_desk, lead_id(clerk_desk, first))
    saved = come_again(clerk_desk, first, PersonEntry(name="王伟", id_number=number(23)))
    assert told(clerk_desk, saved) == []
    assert full_person(clerk_desk, lead_id(clerk_desk, saved)) == before


def test_only_part_of_a_known_address_is_no_change(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    saved = come_again(clerk_desk, first, replace(KNOWN, town="", address=""))
    assert told(clerk_desk, saved) == []
    assert full_person(clerk_desk, lead_id(clerk_desk, saved)).address == KNOWN.address


def test_what_was_missing_is_filled_in(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(FORM, lead=PersonEntry(name="王伟")))
    saved = come_again(clerk_desk, first, KNOWN)
    masked = f"370499********{number(23)[-4:]}"
    sex = Sex.FEMALE if int(number(23)[16]) % 2 == 0 else Sex.MALE
    contact = "补登电话 139****0011；补登住址"
    rest = f"性别登记为{sex.label}；补登出生日期；民族登记为汉族"
    assert told(clerk_desk, saved) == [f"王伟：补登证件（{masked}）；{contact}；{rest}"]


def test_a_card_takes_the_place_of_a_passport_and_not_the_reverse(clerk_desk: Desk) -> None:
    passport = replace(KNOWN, id_kind=IdKind.PASSPORT, id_number="E12345678")
    first = register(clerk_desk, replace(FORM, lead=passport))
    second = come_again(clerk_desk, first, KNOWN)
    assert told(clerk_desk, second)[0].startswith(
        f"王伟：证件由护照（E1*****78）改为居民身份证（370499********{number(23)[-4:]}）"
    )
    again = register(
        clerk_desk,
        replace(
            FORM,
            lead=passport,
            person_answers=(PersonAnswer(lead_id(clerk_desk, first), Answer.SAME),),
            matter_answers=tuple(MatterAnswer(one.matter_id, Answer.ANOTHER) for one in (first, second)),
        ),
    )
    (words,) = told(clerk_desk, again)
    assert "本次出示护照（E1*****78）" in words
    known = full_person(clerk_desk, lead_id(clerk_desk, again))
    assert (known.id_kind, known.id_number) == (IdKind.RESIDENT, number(23))


def test_no_full_number_stands_in_any_timeline(clerk_desk: Desk) -> None:
    first = register(clerk_desk, replace(FORM, lead=PersonEntry(name="王伟", phone="13900000055")))
    saved = come_again(clerk_desk, first, KNOWN)
    said = " ".join(step.text for step in open_matter(clerk_desk, saved.matter_id).timeline)
    for secret in ("13900000055", KNOWN.phone, KNOWN.id_number, "19800101", KNOWN.address):
        assert secret not in said


def test_companions_and_agents_are_known_by_number_alone(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    lead = replace(KNOWN, name="李某", id_number=number(40), phone="13900000040")
    joined = register(
        clerk_desk,
        replace(FORM, lead=lead, companions=(replace(KNOWN, phone="13900000012"), replace(KNOWN, id_number=""))),
    )
    by_number, by_name = open_matter(clerk_desk, joined.matter_id).visits[0].people[1:]
    assert by_number.petitioner_id == lead_id(clerk_desk, first)
    assert by_name.petitioner_id != by_number.petitioner_id, "nobody is asked about them, so a name is not enough"
    assert told(clerk_desk, joined) == ["王伟：电话由 139****0011 改为 139****0012"]


def test_a_new_telephone_finds_the_earlier_matters_and_the_old_one_nothing(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    saved = come_again(clerk_desk, first, replace(KNOWN, phone="13900000099"))
    assert {hit.matter_id for hit in search(clerk_desk, "13900000099").hits} == {first.matter_id, saved.matter_id}
    assert search(clerk_desk, "13900000011").total == 0


@pytest.mark.parametrize(
    ("kept", "typed"),
    [("阿依古丽·买买提", "阿依古丽买买提"), ("阿依古丽买买提", "阿依古丽·买买提"), ("John Smith", "JOHN SMITH")],
)
def test_a_name_written_another_way_is_found_by_the_telephone(clerk_desk: Desk, kept: str, typed: str) -> None:
    register(clerk_desk, replace(FORM, lead=PersonEntry(name=kept, phone="13900000011")))
    (one,) = likenesses(clerk_desk, RegistrationForm(lead=PersonEntry(name=typed, phone="13900000011"))).persons
    assert (one.name, one.reasons) == (kept, ("姓名相同", "电话相同"))


@pytest.mark.parametrize(
    "typed",
    [
        PersonEntry(name="王伟"),
        PersonEntry(phone="13900000011"),
        PersonEntry(name="王伟", phone="13900000012"),
        PersonEntry(name="李某", phone="13900000011"),
        PersonEntry(name="王伟", region_code="370403"),
        PersonEntry(name="王伟", id_number=number(24), phone="13900000011"),
    ],
)
def test_one_field_alone_or_another_number_is_nobody(clerk_desk: Desk, typed: PersonEntry) -> None:
    register(clerk_desk, FORM)
    assert not likenesses(clerk_desk, RegistrationForm(lead=typed))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (PersonEntry(name="王伟", birth_date=date(1980, 1, 1)), "出生日期相同"),
        (PersonEntry(name="王伟", region_code="370403", town="临城街道"), "住同一镇街"),
        (PersonEntry(name="王 伟", phone="139-0000-0011"), "电话相同"),
    ],
)
def test_a_name_and_one_more_field_are_somebody_to_ask_about(clerk_desk: Desk, typed: PersonEntry, reason: str) -> None:
    register(clerk_desk, FORM)
    (one,) = likenesses(clerk_desk, RegistrationForm(lead=typed)).persons
    assert (one.reasons, one.certain) == (("姓名相同", reason), False)


def test_a_number_is_found_among_any_many_namesakes(clerk_desk: Desk) -> None:
    first = register(clerk_desk, FORM)
    namesake = replace(KNOWN, id_number="")
    with clerk_desk.work(None) as session:
        session.add_all(new_person(namesake, clerk_desk.now()) for _ in range(120))
    (one,) = likenesses(clerk_desk, FORM).persons
    assert (one.petitioner_id, one.certain) == (lead_id(clerk_desk, first), True)
    before = _count(clerk_desk)
    register(clerk_desk, replace(FORM, matter_answers=(MatterAnswer(first.matter_id, Answer.ANOTHER),)))
    assert _count(clerk_desk) == before, "no second one was made"


def _count(desk: Desk) -> int:
    with desk.look(None) as session:
        return session.scalars(select(func.count()).select_from(Petitioner)).one()
