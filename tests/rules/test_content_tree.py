"""The content classes in three levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import content_tree
from onevisit.rules.classification import ContentClass
from onevisit.rules.content_tree import ContentNode

WAGES = ContentNode("0601", "劳动报酬")
TREE = (ContentNode("060102", "加班费"), WAGES, ContentNode("060101", "拖欠工资"), ContentNode("0602", "旧称", True))


def test_a_tree_in_order_has_no_fault() -> None:
    assert content_tree.check(TREE) == ()


@pytest.mark.parametrize(("code", "level"), [("06", 1), ("0601", 2), ("060101", 3)])
def test_a_code_tells_its_level_and_class(code: str, level: int) -> None:
    assert content_tree.level(code) == level
    assert content_tree.first_level(code) is ContentClass.LABOUR
    assert content_tree.first_level("99") is None


def test_what_is_offered_below_in_order_without_what_is_retired() -> None:
    assert content_tree.children(TREE, "06") == (WAGES,)
    assert [one.code for one in content_tree.children(TREE, "0601")] == ["060101", "060102"]
    assert content_tree.children(TREE, "15") == ()


def test_a_code_is_named_from_its_class_on_even_when_retired() -> None:
    assert content_tree.name_of(TREE, "060101") == "劳动社保 › 劳动报酬 › 拖欠工资"
    assert content_tree.name_of(TREE, "0602") == "劳动社保 › 旧称"
    assert content_tree.name_of((), "060101") == "劳动社保"


@pytest.mark.parametrize(
    ("node", "fields"),
    [
        (ContentNode("06", "劳动社保"), ["code"]),
        (ContentNode("06a1", "名称"), ["code"]),
        (ContentNode("9901", "名称"), ["code"]),
        (ContentNode("060301", "名称"), ["code"]),
        (ContentNode("0601", "另一个"), ["code"]),
        (ContentNode("0603", " "), ["name"]),
        (ContentNode("0603", "长" * 31), ["name"]),
        (ContentNode("0603", "劳动报酬"), ["name"]),
        (ContentNode("0701", "劳动报酬"), []),
    ],
)
def test_an_entry_at_fault_says_where(node: ContentNode, fields: list[str]) -> None:
    faults = content_tree.check((*TREE, node))
    assert [one.field for one in faults] == [f"nodes.4.{field}" for field in fields]
    assert all(one.sentence.endswith("。") for one in faults)


@given(st.lists(st.builds(ContentNode, st.text(max_size=8), st.text(max_size=8)), max_size=8))
def test_any_tree_is_answered_and_one_without_fault_names_every_entry(tree: list[ContentNode]) -> None:
    if not content_tree.check(tree):
        assert all(" › " in content_tree.name_of(tree, one.code) for one in tree)
