"""Which papers a matter takes."""

import json
from dataclasses import replace
from importlib import resources

import pytest

from onevisit.rules import papers
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.people import PersonEntry

WAGES = RegistrationForm(
    lead=PersonEntry(name="王伟"),
    purpose=Purpose.REQUEST,
    content=ContentClass.LABOUR,
    title="建筑工地拖欠工资",
    summary="被拖欠工资28600元。",
)


def names(wanted: tuple[papers.Paper, ...]) -> list[str]:
    return [paper.name for paper in wanted]


def test_every_class_has_a_list_and_every_paper_says_where_to_get_it() -> None:
    facts = json.loads(resources.files("onevisit.rules").joinpath("data/papers.json").read_text(encoding="utf-8"))
    assert list(facts["classes"]) == [content.value for content in ContentClass]
    assert papers.label() == "示例，以本地文件为准"
    for rows in facts["classes"].values():
        assert all(row["name"] and row["where"] and row["matches"] for row in rows)


@pytest.mark.parametrize("content", ContentClass)
def test_a_paper_handed_in_under_its_own_name_is_not_wanted(content: ContentClass) -> None:
    form = replace(WAGES, content=content, organisation="某公司", summary="工资 补偿 购房 低保 报销 入学 收费 承包")
    handed_in = tuple(MaterialEntry(paper.name) for paper in papers.taken_by(form))
    assert papers.wanted_for_matter(replace(form, materials=handed_in)) == ()


def test_words_of_the_matter_choose_the_papers() -> None:
    assert len(papers.taken_by(WAGES)) == 2
    assert "工伤认定或诊断证明" in names(papers.taken_by(replace(WAGES, title="工伤赔偿", summary="工伤")))


def test_what_was_handed_in_now_or_before_is_not_wanted_again() -> None:
    form = replace(WAGES, materials=(MaterialEntry("工资欠条"),))
    assert names(papers.wanted_for_matter(form)) == ["劳动合同，没有的用考勤记录或工友证明代替"]
    assert papers.wanted_for_matter(form, ["考勤照片"]) == ()


@pytest.mark.parametrize("purpose", [Purpose.PROPOSAL, Purpose.ENQUIRY, Purpose.ACCUSATION, Purpose.OTHER, None])
def test_only_claims_take_papers(purpose: Purpose | None) -> None:
    assert papers.taken_by(replace(WAGES, purpose=purpose)) == ()


def test_anonymous_visitors_and_untold_classes_take_none() -> None:
    assert papers.taken_by(replace(WAGES, anonymous=True, lead=None)) == ()
    assert papers.taken_by(replace(WAGES, content=None)) == ()


def test_a_licence_is_wanted_of_organisations_only() -> None:
    form = replace(WAGES, content=ContentClass.ECONOMY)
    assert "营业执照复印件" not in names(papers.taken_by(form))
    assert "营业执照复印件" in names(papers.taken_by(replace(form, organisation="某机械有限公司")))


def test_an_agent_shows_authority_and_proof() -> None:
    form = replace(WAGES, agents=(PersonEntry(name="周涛"),))
    assert papers.wanted_of_agents(WAGES) == ()
    assert len(papers.wanted_of_agents(form)) == 2
    assert len(papers.wanted_of_agents(replace(form, materials=(MaterialEntry("授权委托书"),)))) == 1
    assert papers.wanted_of_agents(replace(form, materials=(MaterialEntry("授权委托书"),)), ["户口簿复印件"]) == ()


def test_a_group_shows_whom_it_chose() -> None:
    assert papers.wanted_of_group(replace(WAGES, headcount=4)) == ()
    assert names(papers.wanted_of_group(replace(WAGES, headcount=5))) == ["代表推选书"]
    assert papers.wanted_of_group(replace(WAGES, headcount=5, materials=(MaterialEntry("代表推选书"),))) == ()
