"""The registration form: its plain form and its faults."""

import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import registration, rulebook
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.forms import (
    AgentPart,
    Answer,
    MaterialEntry,
    MatterAnswer,
    PersonAnswer,
    RegistrationForm,
)
from onevisit.rules.people import AgentKind, IdKind, PersonEntry, Sex
from onevisit.rules.rulesets import Tier

TODAY = date(2026, 11, 22)
WANG = PersonEntry(name="王伟", id_number="370499197904120232", phone="13900000011", region_code="370403")
FORM = RegistrationForm(
    lead=WANG,
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    place_code="370403",
    respondent="某建筑劳务有限公司",
    title="建筑工地拖欠工资",
    summary="2025年3月至9月在某建筑工地务工，被拖欠工资28600元，请求帮助追讨。",
    reply_by=ReplyMethod.PHONE,
)


def number(order: int, born: str = "19800101") -> str:
    body = f"370499{born}{order:03d}"
    return body + mod_11_2(body)


def person(order: int, name: str = "刘洋") -> PersonEntry:
    return PersonEntry(name=name, id_number=number(order))


def faults(form: RegistrationForm) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in registration.check(form, TODAY)}


def lead(**changes: object) -> RegistrationForm:
    return replace(FORM, lead=replace(WANG, **changes))  # type: ignore[arg-type]  # names of fields, checked by replace


def test_a_good_form_has_no_fault_typed_or_normalised() -> None:
    assert registration.check(FORM, TODAY) == ()
    assert registration.check(registration.normalise(FORM), TODAY) == ()


def test_an_empty_form_names_what_is_needed_in_reading_order() -> None:
    found = registration.check(RegistrationForm(), TODAY)
    assert [fault.field for fault in found] == ["lead.name", "purpose", "content", "title", "summary", "reply_by"]
    assert {fault.field: fault.article for fault in found if fault.article} == dict.fromkeys(
        ("lead.name", "summary"), "《信访工作条例》第十九条"
    )
    then = registration.check(RegistrationForm(), TODAY, rulebook.RULES_SHANDONG_2015)
    assert {fault.article for fault in then} == {"", "《信访条例》第十七条"}


@pytest.mark.parametrize(
    "name",
    [
        "王",
        "刘𠮷",
        "赵𬱖",
        "王\U00031350",
        "王\ue000",
        "阿依古丽·买买提",
        "Anna-Maria O'Neil",
        "欧" * 60,
        "甲" * 100,
        "<b>王</b>",
    ],
)
def test_names_of_every_shape_are_accepted_and_kept(name: str) -> None:
    form = lead(name=name)
    assert faults(form) == {}
    kept = registration.normalise(form).lead
    assert kept is not None
    assert kept.name == name


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_an_empty_name_asks_for_one_or_for_anonymity(name: str) -> None:
    assert faults(lead(name=name)) == {"lead.name": "请填写主访人姓名；不愿留姓名的，请勾选“匿名”。"}


@pytest.mark.parametrize(("name", "word"), [("12345", "没有文字"), ("···", "没有文字"), ("王" * 101, "101 字")])
def test_names_that_are_none(name: str, word: str) -> None:
    assert word in faults(lead(name=name))["lead.name"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("王 伟", "王伟"),
        ("王\u3000伟 ", "王伟"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("J. R. Smith", "J. R. Smith"),
        ("Zoë Émile", "Zoë Émile"),
    ],
)
def test_names_are_written_one_way(typed: str, kept: str) -> None:
    assert registration.plain_name(typed) == kept


def test_an_organisation_needs_somebody_who_comes_for_it() -> None:
    form = replace(FORM, lead=None, organisation="某机械有限公司")
    assert "代表该单位来访的人的姓名" in faults(form)["lead.name"]
    assert faults(replace(FORM, organisation="某机械有限公司")) == {}
    assert "organisation" in faults(replace(FORM, organisation="123"))


def test_a_number_fills_birth_date_and_sex_and_becomes_plain() -> None:
    form = registration.normalise(lead(id_number="３７０４９９ 19790412 0232", phone="139-0000-0011"))
    assert form.lead is not None
    assert (form.lead.id_number, form.lead.phone) == ("370499197904120232", "13900000011")
    assert (form.lead.birth_date, form.lead.sex) == (date(1979, 4, 12), Sex.MALE)


def test_a_number_never_overwrites_what_was_entered() -> None:
    form = registration.normalise(lead(sex=Sex.FEMALE, birth_date=date(1980, 1, 1)))
    found = faults(form)
    assert "证件号上是1979年4月12日" in found["lead.birth_date"]
    assert "证件号上是“男”" in found["lead.sex"]


@pytest.mark.parametrize(
    "typed", ["370499197904120233", "37049919790412023", "370499197913120232", "37049919790412O232"]
)
def test_a_wrong_number_is_a_fault_at_its_field_and_is_kept(typed: str) -> None:
    form = registration.normalise(lead(id_number=typed))
    assert list(faults(form)) == ["lead.id_number"]
    assert form.lead is not None
    assert form.lead.id_number == typed
    assert form.lead.birth_date is None


def test_an_empty_number_is_no_fault_and_passports_have_their_own_rule() -> None:
    assert faults(lead(id_number="")) == {}
    assert faults(lead(id_kind=IdKind.PASSPORT, id_number="E1234567")) == {}


def test_nobody_is_born_after_today() -> None:
    assert "lead.birth_date" in faults(lead(id_number="", birth_date=date(2026, 11, 23)))
    assert "lead.id_number" in faults(lead(id_number=number(1, "20261123")))


def test_phones() -> None:
    assert list(faults(lead(phone="1390000001a"))) == ["lead.phone"]
    assert faults(lead(phone="１３９００００００１１")) == {}


@pytest.mark.parametrize("way", [ReplyMethod.PHONE, ReplyMethod.MESSAGE])
def test_a_reply_by_phone_needs_a_number(way: ReplyMethod) -> None:
    form = replace(lead(phone=""), reply_by=way)
    assert "请填写号码，或改选别的答复方式" in faults(form)["lead.phone"]
    assert faults(replace(form, agents=(replace(person(1), phone="13900000019"),))) == {}
    assert faults(replace(form, reply_by=ReplyMethod.VILLAGE_OFFICERS)) == {}


def test_six_representatives_are_refused_by_article_20() -> None:
    form = replace(FORM, headcount=23, companions=tuple(person(n) for n in range(1, 6)))
    (fault,) = registration.check(form, TODAY)
    assert fault.field == "companions"
    assert fault.sentence == "推选的代表不得超过 5 人（现为 6 人），请减到 5 人，其余人只计入人数。"
    assert fault.article == "《信访工作条例》第二十条"
    assert registration.check(replace(form, companions=form.companions[:4]), TODAY) == ()


def test_a_third_agent_is_refused() -> None:
    agents = tuple(person(n) for n in range(1, 4))
    assert faults(replace(FORM, agents=agents[:2])) == {}
    (fault,) = registration.check(replace(FORM, agents=agents), TODAY)
    assert (fault.field, fault.article) == ("agents", "《山东省信访条例》第二十八条；示例，以本地文件为准")


@pytest.mark.parametrize("count", [0, -1, 10000])
def test_a_head_count_out_of_reason(count: int) -> None:
    assert "headcount" in faults(replace(FORM, headcount=count))


def test_a_head_count_below_those_named() -> None:
    form = replace(FORM, companions=(person(1), person(2)))
    assert "3 人" in faults(replace(form, headcount=2))["headcount"]
    assert faults(replace(form, headcount=3)) == {}


def test_head_counts_and_groups() -> None:
    assert registration.headcount(FORM) == 1
    assert registration.headcount(replace(FORM, companions=(person(1),))) == 2
    assert registration.headcount(replace(FORM, agents=(person(1),))) == 1  # the lead visitor stayed at home
    assert registration.headcount(RegistrationForm(anonymous=True)) == 1
    assert registration.headcount(replace(FORM, headcount=23)) == 23
    assert [registration.is_group(n) for n in (4, 5)] == [False, True]


def test_the_same_number_twice() -> None:
    twice = replace(person(1), id_number=WANG.id_number.lower())
    assert list(faults(replace(FORM, companions=(person(2), twice)))) == ["companions.1.id_number"]
    assert list(faults(replace(FORM, agents=(twice,)))) == ["agents.0.id_number"]


def test_empty_rows_are_dropped_and_rows_keep_their_place_in_the_paths() -> None:
    form = replace(FORM, companions=(PersonEntry(), PersonEntry(phone="13900000012")))
    assert list(faults(form)) == ["companions.1.name"]
    assert len(registration.normalise(form).companions) == 1
    form = replace(FORM, materials=(MaterialEntry(" "), MaterialEntry(" 欠条 ")))
    assert registration.normalise(form).materials == (MaterialEntry("欠条"),)


def test_materials() -> None:
    wrong = (MaterialEntry("欠条", pages=-1), MaterialEntry("", pages=2), MaterialEntry("长" * 101))
    assert list(faults(replace(FORM, materials=wrong))) == ["materials.0.pages", "materials.1.name", "materials.2.name"]
    assert list(faults(replace(FORM, materials=(MaterialEntry("照片"),) * 51))) == ["materials"]


def test_an_anonymous_visit_keeps_no_lead_and_takes_nobody_along() -> None:
    form = replace(FORM, anonymous=True, reply_by=ReplyMethod.NONE)
    assert registration.normalise(form).lead is None
    assert faults(form) == {}
    crowd = replace(form, companions=(person(1),), agents=(person(2),), organisation="某公司")
    assert {"companions", "agents", "organisation"} <= faults(crowd).keys()
    assert "改选“当场”或“无”" in faults(replace(form, reply_by=ReplyMethod.WRITTEN))["reply_by"]


def test_a_repeat_visit_asks_why() -> None:
    form = replace(FORM, matter_answers=(MatterAnswer(7, Answer.SAME), MatterAnswer(8, Answer.ANOTHER)))
    assert list(faults(form)) == ["return_reason"]
    assert faults(replace(form, return_reason=ReturnReason.NOT_CONTACTED)) == {}
    assert registration.same_matter(form) == 7
    assert registration.same_matter(FORM) is None


def test_only_one_may_be_the_same() -> None:
    form = replace(
        FORM,
        person_answers=(PersonAnswer(1, Answer.SAME), PersonAnswer(2, Answer.SAME)),
        matter_answers=(MatterAnswer(7, Answer.SAME), MatterAnswer(8, Answer.SAME)),
        return_reason=ReturnReason.OTHER,
    )
    assert list(faults(form)) == ["person_answers", "matter_answers"]


def test_lengths_and_unknown_places() -> None:
    long = replace(FORM, title="题" * 61, summary="内" * 20_001, respondent="某" * 201, place_code="999999")
    assert list(faults(long)) == ["place_code", "title", "summary", "respondent"]
    assert faults(replace(FORM, title="𠮷" * 60, summary="内" * 20_000)) == {}
    assert faults(lead(region_code="123456")) == {"lead.region_code": "住址的区（市）不在列表中，请重新选择。"}


def test_html_looking_text_is_kept_as_typed() -> None:
    form = registration.normalise(replace(FORM, title="<b>漏水</b> & x", summary="<script>\n  第二行"))
    assert (form.title, form.summary) == ("<b>漏水</b> & x", "<script>\n  第二行")
    assert faults(form) == {}


def test_address_and_phone_for_the_reply() -> None:
    home = replace(WANG, town="临城街道", address="示例村1组12号")
    assert registration.full_address(home) == "枣庄市薛城区临城街道示例村1组12号"
    assert registration.full_address(WANG) == ""
    assert registration.full_address(None) == ""
    assert registration.reply_phone(FORM) == "13900000011"
    assert registration.reply_phone(RegistrationForm(anonymous=True)) == ""


people = st.builds(
    PersonEntry,
    name=st.text(max_size=8),
    id_kind=st.sampled_from(IdKind),
    id_number=st.text(max_size=20) | st.just(WANG.id_number),
    phone=st.text(max_size=14) | st.just("13900000011"),
    address=st.text(max_size=10),
)
forms = st.builds(
    RegistrationForm,
    lead=st.none() | people,
    companions=st.lists(people, max_size=6).map(tuple),
    agents=st.lists(people, max_size=3).map(tuple),
    anonymous=st.booleans(),
    organisation=st.text(max_size=5),
    headcount=st.none() | st.integers(-1, 20),
    title=st.text(max_size=5),
    summary=st.text(max_size=20),
    purpose=st.none() | st.sampled_from(Purpose),
    reply_by=st.none() | st.sampled_from(ReplyMethod),
    materials=st.lists(st.builds(MaterialEntry, name=st.text(max_size=5)), max_size=3).map(tuple),
)


@given(forms)
def test_normalising_twice_changes_nothing_more(form: RegistrationForm) -> None:
    once = registration.normalise(form)
    assert registration.normalise(once) == once


@given(forms)
def test_every_fault_is_a_whole_sentence_at_a_known_field(form: RegistrationForm) -> None:
    for fault in registration.check(form, TODAY):
        assert fault.sentence.endswith("。")
        assert any(unicodedata.category(character) == "Lo" for character in fault.sentence)
        assert hasattr(form, fault.field.partition(".")[0])


def test_a_joint_matter_names_several() -> None:
    assert registration.respondents("市自然资源和规划局、 某镇政府；某公司") == (
        "市自然资源和规划局",
        "某镇政府",
        "某公司",
    )
    assert registration.respondents(" ") == ()


def test_a_province_may_allow_a_small_group_fewer_representatives() -> None:
    tiers = replace(rulebook.RULES_2022, tiers=(Tier(10, 3),))
    form = replace(FORM, headcount=9, companions=tuple(person(n) for n in range(1, 4)))
    assert [one.field for one in registration.check(form, TODAY, tiers)] == ["companions"]
    assert registration.check(replace(form, headcount=11), TODAY, tiers) == ()
    # four who are no group are no representatives
    assert registration.check(replace(form, headcount=4), TODAY, tiers) == ()


def test_what_stands_beside_people_goes_with_them() -> None:
    kin = AgentPart(AgentKind.RELATIVE)
    form = replace(
        FORM,
        companions=(PersonEntry(), person(1)),
        signed=(True, True, True),
        agents=(PersonEntry(), person(2), person(3)),
        agent_parts=(AgentPart(), kin),
    )
    plain = registration.normalise(form)
    assert plain.signed == (True, True)
    assert plain.agent_parts == (kin,)
    assert registration.normalise(plain) == plain


def test_a_level_below_belongs_to_its_class() -> None:
    assert faults(replace(FORM, content_code="0601")) == {}
    assert "细类不属于" in faults(replace(FORM, content_code="0501"))["content_code"]


def test_a_row_of_which_nothing_is_visible_takes_along_what_stands_beside_it() -> None:
    unseen, kind, other = PersonEntry(name="\u200b"), AgentPart(AgentKind.LAWYER), AgentPart(AgentKind.GUARDIAN)
    typed = replace(
        FORM,
        companions=(unseen, person(7)),
        signed=(False, True),
        agents=(unseen, person(8)),
        agent_parts=(kind, other),
    )
    plain = registration.normalise(typed)
    assert ([one.id_number for one in plain.agents], plain.agent_parts) == ([number(8)], (other,))
    assert plain.signed == ()
    assert registration.normalise(plain) == plain
