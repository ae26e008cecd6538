"""Which papers a matter takes."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import groups, papers
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.faults import PlainFault
from onevisit.rules.forms import AgentPart, MaterialEntry, RegistrationForm
from onevisit.rules.groups import AgentKind
from onevisit.rules.papers import Paper, PaperLists
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
    lists = papers.shipped()
    assert list(lists.classes) == list(ContentClass)
    assert lists.label == "示例，以本地文件为准"
    assert papers.check(lists) == ()


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


@pytest.mark.parametrize("kind", AgentKind)
def test_an_agent_of_a_known_kind_shows_what_article_28_names(kind: AgentKind) -> None:
    form = replace(WAGES, agents=(PersonEntry(name="周涛"),), agent_parts=(AgentPart(kind),))
    assert names(papers.wanted_of_agents(form)) == list(groups.papers_of(kind))
    shown = replace(form, agent_parts=(AgentPart(kind, groups.papers_of(kind)),))
    assert papers.wanted_of_agents(shown) == ()
    handed_in = tuple(MaterialEntry(name) for name in groups.papers_of(kind))
    assert papers.wanted_of_agents(replace(form, materials=handed_in)) == ()


def test_two_agents_of_one_kind_want_each_paper_once() -> None:
    people = (PersonEntry(name="周涛"), PersonEntry(name="郑丽"))
    form = replace(WAGES, agents=people, agent_parts=(AgentPart(AgentKind.RELATIVE),) * 2)
    assert len(papers.wanted_of_agents(form)) == 2


# the unit's own lists


def own(**more: Any) -> PaperLists:  # noqa: ANN401 - whatever a field holds
    return replace(papers.shipped(), example=False, **more)


def test_lists_of_the_unit_stand_in_for_the_shipped_ones() -> None:
    slip = Paper("工资卡复印件", "在家复印", ("工资卡",))
    lists = own(classes={ContentClass.LABOUR: (slip,)}, group=Paper("推选表", "由同来的人签名", ("推选表",)))
    assert lists.label == ""
    assert papers.wanted_for_matter(WAGES, lists=lists) == (slip,)
    assert papers.wanted_for_matter(WAGES, ["工资卡"], lists) == ()
    assert papers.taken_by(replace(WAGES, content=ContentClass.HEALTH), lists) == ()
    assert names(papers.wanted_of_group(replace(WAGES, headcount=5), (), lists)) == ["推选表"]


def test_lists_are_read_again_as_they_were_written() -> None:
    assert papers.from_json(papers.to_json(papers.shipped())) == papers.shipped()


words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=8)
listed = st.builds(
    Paper, words, words, st.lists(words, min_size=1, max_size=3).map(tuple), st.lists(words).map(tuple), st.booleans()
)


@given(listed=st.lists(listed, max_size=4, unique_by=lambda one: one.name), example=st.booleans())
def test_any_lists_without_fault_survive_their_text(listed: list[Paper], example: bool) -> None:
    lists = replace(papers.shipped(), classes={ContentClass.OTHER: tuple(listed)}, example=example)
    assert papers.check(lists) == ()
    assert papers.from_json(papers.to_json(lists)) == lists


def only(**more: Any) -> Paper:  # noqa: ANN401 - whatever a field holds
    return replace(Paper("工资卡复印件", "在家复印", ("工资卡",)), **more)


@pytest.mark.parametrize(
    ("lists", "field", "said"),
    [
        (own(purposes=()), "purposes", "请至少选一项"),
        (own(classes={ContentClass.LABOUR: (only(name=" "),)}), "classes.06.0.name", "材料名称还没有填写"),
        (
            own(classes={ContentClass.LABOUR: (only(), only(name="长" * 61))}),
            "classes.06.1.name",
            "有 61 字，最多 60 字",
        ),
        (own(classes={ContentClass.LABOUR: (only(where=""),)}), "classes.06.0.where", "没有写到哪里开具"),
        (own(classes={ContentClass.LABOUR: (only(matches=()),)}), "classes.06.0.matches", "没有写认材料的词"),
        (own(classes={ContentClass.LABOUR: (only(when=("",)),)}), "classes.06.0.matches", "有一个词是空的"),
        (own(classes={ContentClass.LABOUR: (only(), only())}), "classes.06.1.name", "已经有了"),
        (own(authority=only(where="")), "authority.where", "没有写到哪里开具"),
        (own(proof=only(name="")), "proof.name", "材料名称还没有填写"),
        (own(group=only(matches=(" ",))), "group.matches", "没有写认材料的词"),
        (own(kinds={**papers.shipped().kinds, AgentKind.STAFF: only(where="")}), "kinds.staff.where", "到哪里开具"),
    ],
)
def test_a_fault_says_where_it_stands(lists: PaperLists, field: str, said: str) -> None:
    (fault,) = papers.check(lists)
    assert fault.field == field
    assert said in fault.sentence


def test_a_list_that_nobody_would_read_is_refused() -> None:
    many = tuple(only(name=f"第{number}样") for number in range(21))
    (fault,) = papers.check(own(classes={ContentClass.LABOUR: many}))
    assert (fault.field, "最多 20 样" in fault.sentence) == ("classes.06", True)


def change(how: Callable[[dict[str, Any]], object]) -> str:
    rows = json.loads(papers.to_json(papers.shipped()))
    how(rows)
    return json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "[]",
        "{这不是",
        change(lambda rows: rows.pop("agent")),
        change(lambda rows: rows["classes"].update({"99": []})),
        change(lambda rows: rows["purposes"].append("gossip")),
        change(lambda rows: rows["agent"]["kinds"].pop("lawyer")),
        change(lambda rows: rows["group"].update(matches="推选")),
        change(lambda rows: rows["group"].update(name=None)),
        change(lambda rows: rows["classes"]["06"][0].update(matches=[None])),
    ],
)
def test_what_cannot_be_read_is_one_sentence(source: str) -> None:
    with pytest.raises(PlainFault, match=r"^材料清单读不懂：.*请照导出的样子改正后再导入。$"):
        papers.from_json(source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (change(lambda rows: rows["classes"]["06"][1].update(where="")), "材料清单“劳动社保”第 2 样：没有写到哪里"),
        (change(lambda rows: rows["purposes"].clear()), "材料清单：还没有选哪些目的"),
        (change(lambda rows: rows["agent"]["kinds"]["lawyer"].update(where="")), "材料清单“律师、基层法律服务工作者”"),
        (change(lambda rows: rows["agent"]["proof"].update(name="")), "材料清单“代理人证明”：材料名称"),
        (change(lambda rows: rows["group"].update(matches=[])), "材料清单“代表推选书”：没有写认材料的词"),
        (change(lambda rows: rows["classes"]["06"].extend(rows["classes"]["13"] * 10)), "材料清单“劳动社保”：这一类有"),
    ],
)
def test_an_entry_at_fault_is_named(source: str, said: str) -> None:
    with pytest.raises(PlainFault) as told:
        papers.from_json(source)
    assert told.value.sentence.startswith(said)


def test_the_law_names_the_papers_of_agents_whatever_a_list_calls_them() -> None:
    source = change(lambda rows: rows["agent"]["authority"].update(name="随便写的"))
    assert papers.from_json(source).authority.name == groups.AUTHORITY
