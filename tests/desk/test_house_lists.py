"""The directory of organs as the unit keeps it: rows changed, confirmed, removed, brought as a file, in two windows."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.desk import audit, lawbook
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, DeskFault, FormError, NotAllowedError, NotFoundError
from onevisit.desk.house_lists import (
    confirm_organs,
    import_organs,
    organs_listed,
    organs_text,
    put_back_organs,
    remove_organ,
    save_organ,
)
from onevisit.rules import organs
from onevisit.rules.classification import ContentClass
from onevisit.rules.faults import PlainFault
from onevisit.rules.organs import Organ
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling

NEW = Organ(
    key="",
    name=" 市医疗保障局 ",
    address="新城区示例路60号",
    phone="0632-3300060",
    hours="工作日 9:00–17:00",
    bring=("身份证", " ", "缴费凭证"),
    classes=(ContentClass.HEALTH,),
    procedures=(Procedure.DUTY,),
    handlings=(Handling.TRANSFER,),
)
A_YEAR = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def test_everybody_reads_the_shipped_examples(clerk_desk: Desk, lawyer_desk: Desk) -> None:
    for desk in (clerk_desk, lawyer_desk):
        listed = organs_listed(desk)
        assert (listed.entries, listed.own, listed.seen) == (organs.shipped(), False, "")
        assert all(one.example for one in listed.entries)


def test_a_row_is_added_under_a_key_of_its_own(admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk) -> None:
    saved = save_organ(admin_desk, NEW, "")
    assert (saved.key, saved.name, saved.bring) == ("organ-1", "市医疗保障局", ("身份证", "缴费凭证"))
    listed = organs_listed(clerk_desk)
    assert listed.own
    assert listed.entries == (*organs.shipped(), saved)
    again = save_organ(admin_desk, replace(NEW, name="另一家"), listed.seen)
    assert again.key == "organ-2"
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("修改名录", f"单位名录，现有 {len(organs.shipped()) + 2} 条")


def test_a_changed_row_is_no_example_any_more_and_the_others_still_are(admin_desk: Desk) -> None:
    police = next(one for one in organs.shipped() if one.key == "police")
    save_organ(admin_desk, replace(police, phone="0632-3311111"), "")
    listed = organs_listed(admin_desk).entries
    assert [one.key for one in listed if not one.example] == ["police"]
    assert [one.key for one in listed] == [one.key for one in organs.shipped()]
    assert organs.LABEL not in "".join(organs.taken_along(next(one for one in listed if one.key == "police")))


def test_an_example_that_was_checked_can_be_confirmed_as_it_is(admin_desk: Desk) -> None:
    assert confirm_organs(admin_desk, {"police", "court-city"}, "") == 2
    listed = organs_listed(admin_desk)
    assert [one.key for one in listed.entries if not one.example] == ["court-city", "police"]
    assert confirm_organs(admin_desk, {"police"}, listed.seen) == 0
    assert organs_listed(admin_desk) == listed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"phone": "123"}, "phone"),
        ({"place_code": "999999"}, "place_code"),
        ({"procedures": (), "handlings": ()}, "procedures"),
        ({"bring": ("证",) * 13}, "bring"),
        ({"bring": ("证" * 101,)}, "bring"),
        ({"address": "路" * 201}, "address"),
    ],
)
def test_a_fault_stands_at_its_field_and_nothing_is_written(
    admin_desk: Desk, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(FormError) as refused:
        save_organ(admin_desk, replace(NEW, **changes), "")  # type: ignore[arg-type]  # any field
    assert refused.value.faults[0].field == field
    assert not organs_listed(admin_desk).own


def test_the_second_of_two_windows_is_told_and_overwrites_nothing(admin_desk: Desk) -> None:
    shown = organs_listed(admin_desk)
    save_organ(admin_desk, NEW, shown.seen)
    for change in (
        lambda: save_organ(admin_desk, replace(NEW, name="后来的"), shown.seen),
        lambda: confirm_organs(admin_desk, {"police"}, shown.seen),
        lambda: remove_organ(admin_desk, "police", shown.seen),
        lambda: import_organs(admin_desk, organs.to_json(organs.shipped()), shown.seen),
        lambda: put_back_organs(admin_desk, shown.seen),
    ):
        with pytest.raises(ChangedElsewhereError, match="没有保存"):
            change()
    assert [one.name for one in organs_listed(admin_desk).entries][-1] == "市医疗保障局"


def test_a_list_that_was_put_back_and_written_again_is_another_one(admin_desk: Desk) -> None:
    save_organ(admin_desk, NEW, "")
    shown = organs_listed(admin_desk)
    put_back_organs(admin_desk, shown.seen)
    save_organ(admin_desk, replace(NEW, name="后来的"), "")
    with pytest.raises(ChangedElsewhereError):
        remove_organ(admin_desk, "organ-1", shown.seen)


def test_a_row_goes(admin_desk: Desk) -> None:
    remove_organ(admin_desk, "police", "")
    listed = organs_listed(admin_desk)
    assert "police" not in {one.key for one in listed.entries}
    with pytest.raises(NotFoundError):
        remove_organ(admin_desk, "police", listed.seen)


def test_two_organs_of_one_name_are_refused_since_a_matter_keeps_the_name(admin_desk: Desk) -> None:
    twin = replace(NEW, name=organs.shipped()[0].name)
    with pytest.raises(FormError) as refused:
        save_organ(admin_desk, twin, "")
    assert [fault.field for fault in refused.value.faults] == ["name"]
    rows = [*organs.shipped()[:2], replace(twin, key="twin")]
    with pytest.raises(DeskFault, match="第 3 个单位：名录里已经有“市中区人民法院诉讼服务中心”，请写明是哪里的"):
        import_organs(admin_desk, organs.to_json(tuple(rows)), "")
    assert not organs_listed(admin_desk).own


def test_a_file_is_brought_back_and_a_row_changed_in_it_is_no_example(admin_desk: Desk) -> None:
    typed = json.loads(organs_text(admin_desk))
    typed["organs"][0]["address"] = "市中区真实路1号"
    assert import_organs(admin_desk, json.dumps(typed), "") == len(organs.shipped())
    first, *others = organs_listed(admin_desk).entries
    assert (first.address, first.example) == ("市中区真实路1号", False)
    assert all(one.example for one in others)


def test_the_shipped_list_can_be_put_back(admin_desk: Desk, auditor_desk: Desk) -> None:
    save_organ(admin_desk, NEW, "")
    put_back_organs(admin_desk, organs_listed(admin_desk).seen)
    assert organs_listed(admin_desk).entries == organs.shipped()
    newest = audit.entries(auditor_desk)[0]
    assert (newest.action, newest.detail) == ("名录改回自带的", "单位名录")
    with pytest.raises(NotFoundError, match="没有可以删的"):
        put_back_organs(admin_desk, "")


@pytest.mark.parametrize(
    "typed",
    ["", "{}", '{"organs": []}', "[" * 100_000, '{"organs": [{"key": "\\ud800", "name": "x"}]}', "x" * 1_000_001],
)
def test_what_is_no_directory_is_refused_in_a_sentence(admin_desk: Desk, typed: str) -> None:
    with pytest.raises(PlainFault, match=r"。$"):
        import_organs(admin_desk, typed, "")
    assert not organs_listed(admin_desk).own


ROWS = st.fixed_dictionaries(
    {"key": st.text(max_size=4), "name": st.text(max_size=6), "procedures": st.just(["31(一)"])},
    optional={"bring": st.lists(st.text(max_size=4), max_size=3), "phone": st.text(max_size=3)},
)


@A_YEAR
@given(st.one_of(st.text(), st.lists(ROWS, max_size=3).map(lambda rows: json.dumps({"organs": rows}))))
def test_any_file_is_answered_and_what_was_taken_can_be_read(admin_desk: Desk, typed: str) -> None:
    said = "。"
    try:
        import_organs(admin_desk, typed, organs_listed(admin_desk).seen)
    except PlainFault as fault:
        said = fault.sentence
    assert said.endswith("。")
    with admin_desk.look(None) as session:
        assert lawbook.directory(session)


def test_only_whoever_keeps_the_lists_writes(clerk_desk: Desk, supervisor_desk: Desk) -> None:
    for desk in (clerk_desk, supervisor_desk):
        with pytest.raises(NotAllowedError, match="维护名录和规则"):
            save_organ(desk, NEW, "")
