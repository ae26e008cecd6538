"""Nothing an informant tells goes to those it is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import accused
from onevisit.rules.accused import is_accused


@pytest.mark.parametrize(
    ("addressee", "respondent"),
    [
        ("某化工厂", "某化工厂"),
        (" 某 化工厂 ", "某化工厂"),
        ("示例化工有限公司", "示例化工有限责任公司"),
        ("示例化工股份有限公司", "示例化工"),
        ("示例化工（枣庄）有限公司", "示例化工(枣庄)有限公司"),
        ("示例化工有限公司", "示例化工有限公司（原示例化肥厂）"),
        ("山东示例化工有限公司", "示例化工公司"),
        ("某村村委会", "某村村民委员会"),
        ("某镇政府", "某镇人民政府"),
        ("某镇人民政府信访办", "某镇人民政府"),
        ("某镇人民政府", "某镇人民政府镇长张某"),
        ("某镇人民政府", "某镇镇长张某"),
        ("某村村民委员会", "某村书记张某"),
        ("某镇党委", "某镇原副书记张某"),
        ("某街道办事处", "某街道办主任张某"),
        ("西某村村民委员会", "西某村会计张某"),
        ("某区住建局", "张某、某区住建局"),
        ("某区住建局", "某区住建局城中村改造办主任"),
        ("ＡＢＣ公司", "abc有限公司"),
        ("枣庄市某某局", "某某局"),
        ("𠮷𠮷厂", "𠮷𠮷厂"),
    ],
)
def test_check_8_the_accused_is_recognised_however_it_is_written(addressee: str, respondent: str) -> None:
    assert is_accused(addressee, respondent)


@pytest.mark.parametrize(
    ("addressee", "respondent"),
    [
        ("市纪委监委信访室", "某村村民委员会"),
        ("市纪委监委驻某某局纪检监察组", "某某局"),
        ("示例市公安局", "示例市公安局薛城分局"),
        ("某区教育局", "某区教育局某小学校"),
        ("某区住建局", "某区环保局"),
        ("某镇人民政府", "某镇人民政府某村村主任"),
        ("某镇人民政府", "某镇某村会计张某"),
        ("某区人民政府", "某区某局"),
        ("某区纪委监委", "某区人民政府"),
        ("某化工园区管委会", "某化工有限公司"),
        ("", "某化工厂"),
        ("某化工厂", ""),
        ("某化工厂", "、；"),
        ("某", "某化工厂"),
        ("（）", "某化工厂"),
    ],
)
def test_others_are_not_taken_for_the_accused(addressee: str, respondent: str) -> None:
    assert not is_accused(addressee, respondent)


@given(st.text(alphabet="某示例化工环保局厂村镇", min_size=2, max_size=12), st.sampled_from(["", " ", "　"]))
def test_every_unit_is_itself_with_blanks_and_a_companys_ending(name: str, blank: str) -> None:
    spaced = blank.join(name)
    assert is_accused(spaced, name)
    assert is_accused(f"{spaced}有限公司", name)
    assert is_accused(name, f"{name}有限责任公司")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_gives_an_answer(addressee: str, respondent: str) -> None:
    assert is_accused(addressee, respondent) in {True, False}


def test_the_sentence_names_the_addressee_and_says_what_to_do() -> None:
    assert "某化工厂" in accused.secrecy_sentence(" 某化工厂 ")
    assert "请改选" in accused.secrecy_sentence("某化工厂")
