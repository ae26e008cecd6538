"""Content classes of the second and third level, and what other systems call our codes."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.invented import form_of

from onevisit.desk import audit, lawbook
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotFoundError
from onevisit.desk.house_content import (
    code_maps_listed,
    code_maps_text,
    content_as_text,
    content_listed,
    import_code_maps,
    import_content,
    put_back_code_maps,
    remove_code_map,
    remove_content,
    save_code_map,
    save_content,
)
from onevisit.desk.register import register
from onevisit.rules.code_maps import CodeMap, Field
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.faults import PlainFault
from onevisit.store.tables import Matter

TREE = "0601,劳动报酬\n060101,拖欠农民工工资\n0602,社会保险\n1401,征地补偿,停用\n"
SEX = CodeMap("省系统", Field.SEX, {"0": "9", "1": "1", "2": "0", "9": "9"})
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def seen(admin_desk: Desk) -> str:
    """The edition after a small tree was brought in."""
    assert import_content(admin_desk, TREE, content_listed(admin_desk).seen) == 4
    return content_listed(admin_desk).seen


def bear(desk: Desk, code: str) -> None:
    matter_id = register(desk, form_of(1)).matter_id
    with desk.work(None) as session:
        session.get_one(Matter, matter_id).content_code = code


def test_a_tree_is_brought_in_and_taken_out_as_text(admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk) -> None:
    assert content_listed(clerk_desk).entries == ()
    import_content(admin_desk, "\ufeff" + TREE.replace(",", "，"), "")
    assert content_as_text(clerk_desk) == TREE
    assert [line.node.code for line in content_listed(clerk_desk).entries] == ["0601", "060101", "0602", "1401"]
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("修改名录", "内容分类，现有 4 条")


def test_entries_are_added_renamed_retired_and_removed(admin_desk: Desk, seen: str) -> None:
    save_content(admin_desk, ContentNode("0603", " 工伤,职业病 "), seen)
    shown = content_listed(admin_desk)
    assert ContentNode("0603", "工伤、职业病") in [line.node for line in shown.entries]
    save_content(admin_desk, ContentNode("0602", "社会保险", retired=True), shown.seen, instead_of="0602")
    remove_content(admin_desk, "0603", content_listed(admin_desk).seen)
    assert content_as_text(admin_desk) == TREE.replace("社会保险", "社会保险,停用")
    changes: tuple[Callable[[], object], ...] = (
        lambda: save_content(admin_desk, ContentNode("0604", "x"), "", instead_of="0699"),
        lambda: remove_content(admin_desk, "0699", ""),
    )
    for change in changes:
        with pytest.raises(NotFoundError):
            change()


@pytest.mark.parametrize(
    ("node", "field"),
    [
        (ContentNode("06", "太短"), "code"),
        (ContentNode("1901", "没有这一类"), "code"),
        (ContentNode("0601", "代码用过"), "code"),
        (ContentNode("060301", "没有上级"), "code"),
        (ContentNode("0604", " "), "name"),
        (ContentNode("0604", "劳动报酬"), "name"),
        (ContentNode("0604", "长" * 31), "name"),
    ],
)
def test_a_fault_stands_at_its_field(admin_desk: Desk, seen: str, node: ContentNode, field: str) -> None:
    with pytest.raises(FormError) as refused:
        save_content(admin_desk, node, seen)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert content_as_text(admin_desk) == TREE


def test_a_code_that_matters_bear_is_retired_never_removed(admin_desk: Desk, clerk_desk: Desk, seen: str) -> None:
    bear(clerk_desk, "060101")
    assert [line.node.code for line in content_listed(admin_desk).entries if line.borne] == ["0601", "060101"]
    changes: tuple[Callable[[], object], ...] = (
        lambda: remove_content(admin_desk, "060101", seen),
        lambda: save_content(admin_desk, ContentNode("060102", "拖欠农民工工资"), seen, instead_of="060101"),
        lambda: import_content(admin_desk, "0601,劳动报酬\n", seen),
    )
    for change in changes:
        with pytest.raises(DeskFault, match=r"060101.*请停用它"):
            change()
    with pytest.raises(DeskFault, match="下面还有三级分类"):
        remove_content(admin_desk, "0601", seen)
    save_content(admin_desk, ContentNode("060101", "拖欠工资", retired=True), seen, instead_of="060101")
    with admin_desk.look(None) as session:
        assert ContentNode("060101", "拖欠工资", retired=True) in lawbook.content_tree(session)


def test_the_second_window_is_told(admin_desk: Desk, seen: str) -> None:
    save_content(admin_desk, ContentNode("0603", "工伤"), seen)
    changes: tuple[Callable[[], object], ...] = (
        lambda: save_content(admin_desk, ContentNode("0605", "后来的"), seen),
        lambda: remove_content(admin_desk, "0602", seen),
        lambda: import_content(admin_desk, TREE, seen),
    )
    for change in changes:
        with pytest.raises(ChangedElsewhereError):
            change()
    assert "0603,工伤\n" in content_as_text(admin_desk)


@ANY
@given(st.one_of(st.text(), st.lists(st.tuples(st.sampled_from(["0601", "060101", "x"]), st.text(max_size=5)))))
def test_any_text_is_answered_and_a_tree_that_was_taken_can_be_read(
    admin_desk: Desk, typed: str | list[tuple[str, str]]
) -> None:
    text = typed if isinstance(typed, str) else "".join(f"{code},{name}\n" for code, name in typed)
    said = "。"
    try:
        import_content(admin_desk, text, content_listed(admin_desk).seen)
    except PlainFault as fault:
        said = fault.sentence
    assert said.endswith("。")
    content_listed(admin_desk)


def test_maps_are_examples_until_somebody_changes_them(admin_desk: Desk, clerk_desk: Desk) -> None:
    shipped = code_maps_listed(clerk_desk)
    assert all(one.example for one in shipped.entries)
    first = shipped.entries[0]
    save_code_map(admin_desk, first, "", place=0)
    save_code_map(admin_desk, SEX, code_maps_listed(admin_desk).seen)
    listed = code_maps_listed(clerk_desk)
    assert listed.entries == (replace(first, example=False), *shipped.entries[1:], SEX)
    remove_code_map(admin_desk, 1, listed.seen)
    assert len(code_maps_listed(admin_desk).entries) == len(shipped.entries)
    put_back_code_maps(admin_desk, code_maps_listed(admin_desk).seen)
    assert code_maps_listed(admin_desk) == shipped


@pytest.mark.parametrize(
    ("code_map", "field"),
    [
        (replace(SEX, system=" "), "system"),
        (replace(SEX, pairs={**SEX.pairs, "1": ""}), "pairs.1"),
        (replace(SEX, pairs={**SEX.pairs, "7": "7"}), "pairs.7"),
        (replace(SEX, system="全国信访数据（性别 0 女 1 男，其余留 9）"), "system"),
    ],
)
def test_a_fault_of_a_map_stands_at_its_field(admin_desk: Desk, code_map: CodeMap, field: str) -> None:
    with pytest.raises(FormError) as refused:
        save_code_map(admin_desk, code_map, "")
    assert [fault.field for fault in refused.value.faults] == [field]


def test_maps_of_a_file_take_the_place_of_all(admin_desk: Desk) -> None:
    typed = json.loads(code_maps_text(admin_desk))
    typed["maps"][0]["pairs"]["appeal"] = "999"
    assert import_code_maps(admin_desk, json.dumps(typed), "") == 4
    listed = code_maps_listed(admin_desk)
    assert [one.example for one in listed.entries] == [False, True, True, True]
    typed["maps"].append(typed["maps"][0])
    for wrong, words in ((json.dumps(typed), "第 5 张对照表"), ("{}", "读不懂"), ("[" * 100_000, "读不懂")):
        with pytest.raises(PlainFault, match=words):
            import_code_maps(admin_desk, wrong, listed.seen)
    for place in (-1, 4):
        with pytest.raises(NotFoundError):
            remove_code_map(admin_desk, place, listed.seen)
        with pytest.raises(NotFoundError):
            save_code_map(admin_desk, SEX, listed.seen, place=place)
    with pytest.raises(ChangedElsewhereError):
        save_code_map(admin_desk, SEX, "")
