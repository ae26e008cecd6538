"""Lists that leave the store: masked, without other people's words, with a trace of who took what why."""

import csv
import io
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import shown

from onevisit.desk import audit, exports, life_split
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError, NotAllowedError
from onevisit.desk.exports import ExportedFile, export_audit, export_visits, save_export
from onevisit.desk.house_rules import add_rules
from onevisit.desk.register import register
from onevisit.rules import ruleset_text
from onevisit.rules.accounts import MATRIX, Permission, Role
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.step_forms import StepForm
from onevisit.rules.trail import ExportReason

DAY = date(2026, 11, 23)
NewForm = Callable[..., RegistrationForm]


def table(file: ExportedFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


def newest(auditor: Desk) -> audit.AuditRow:
    return audit.entries(auditor, limit=1)[0]


def test_visits_come_oldest_first_masked_and_in_words(
    supervisor_desk: Desk, clerk_desk: Desk, auditor_desk: Desk, new_form: NewForm
) -> None:
    saved = [register(clerk_desk, new_form(headcount=count, wants_lawyer=count == 5)) for count in (1, 5)]
    file = export_visits(supervisor_desk, DAY, DAY, ExportReason.STATISTICS)
    assert (file.name, file.rows) == ("来访清单_20261123-20261123.csv", 2)
    first, second = table(file)
    assert [first["来访编号"], second["来访编号"]] == [one.visit_no for one in saved]
    assert first["来访人"] == "王伟"
    assert first["证件号（已遮盖）"].startswith("370499********")
    assert (first["来访时间"], first["窗口"], first["人数"], first["集体访"]) == ("2026-11-23 09:00", "01", "1", "")
    assert (second["人数"], second["集体访"], second["律师接待"]) == ("5", "是", "等候")
    assert (first["信访目的"], first["内容分类"], first["问题属地"]) == ("求决", "劳动社保", "薛城区")
    assert (first["标题"], first["答复方式"], first["登记人工号"]) == ("建筑工地拖欠工资", "电话", "002")
    row = newest(auditor_desk)
    assert (row.action, row.detail, row.who) == (
        "导出来访清单",
        "统计报送，20261123-20261123，2 行",
        "负责人（004）",
    )


def test_people_whose_matter_was_divided_stand_there_once(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    whole = register(clerk_desk, new_form(headcount=6))
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["工资", "工伤"], StepForm(DAY))
    file = export_visits(supervisor_desk, DAY, DAY, ExportReason.STATISTICS)
    assert [(row["来访编号"], row["人数"]) for row in table(file)] == [(whole.visit_no, "6")]


def test_a_group_is_one_by_the_rules_that_its_matter_keeps(
    supervisor_desk: Desk, admin_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    figure = replace(RULES_2022.group_from, value=10)
    own = replace(RULES_2022, code="local-2026", name="本市试行办法", in_force=date(2026, 1, 1), group_from=figure)
    add_rules(admin_desk, ruleset_text.to_json(own), {})
    for people in (9, 10):
        register(clerk_desk, new_form(headcount=people))
    file = export_visits(supervisor_desk, DAY, DAY, ExportReason.STATISTICS)
    assert [row["集体访"] for row in table(file)] == ["", "是"]


def test_no_full_number_and_nobody_s_own_words_leave_the_store(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    form = new_form()
    register(clerk_desk, form)
    text = export_visits(supervisor_desk, DAY, DAY, ExportReason.HAND_OVER).content.decode("utf-8-sig")
    assert form.lead is not None
    for words in (form.lead.id_number, form.lead.phone, form.summary, form.clerk_note, form.respondent, "示例村"):
        assert words not in text


def test_confidential_matters_are_marked_for_whoever_may_see_them_and_absent_for_others(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(clerk_desk, new_form(confidential=True, title="保密的事"))
    register(clerk_desk, new_form())
    assert [row["保密"] for row in table(export_visits(supervisor_desk, DAY, DAY, ExportReason.COURT))] == ["保密", ""]
    monkeypatch.setitem(MATRIX, Role.SUPERVISOR, frozenset({Permission.EXPORT}))
    file = export_visits(supervisor_desk, DAY, DAY, ExportReason.COURT)
    assert file.rows == 1
    assert "保密的事" not in file.content.decode("utf-8-sig")


def test_only_the_days_that_are_asked_for(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm, clock: Clock
) -> None:
    register(clerk_desk, new_form())
    clock.advance(days=1)
    later = register(clerk_desk, new_form())
    clock.advance(days=1)
    register(clerk_desk, new_form())
    file = export_visits(supervisor_desk, date(2026, 11, 24), date(2026, 11, 24), ExportReason.ARCHIVE)
    assert [row["来访编号"] for row in table(file)] == [later.visit_no]


def test_many_visits_come_in_pages_and_tell_how_far_it_is(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "_AT_ONCE", 2)
    saved = [register(clerk_desk, new_form()).visit_no for _ in range(5)]
    told: list[tuple[int, int]] = []
    file = export_visits(
        supervisor_desk, DAY, DAY, ExportReason.AUDIT, lambda done, total, _: told.append((done, total))
    )
    assert [row["来访编号"] for row in table(file)] == saved
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_title_that_a_spreadsheet_would_run_is_only_text(
    supervisor_desk: Desk, clerk_desk: Desk, new_form: NewForm
) -> None:
    register(clerk_desk, new_form(title="=cmd|' /C calc'!A0"))
    assert table(export_visits(supervisor_desk, DAY, DAY, ExportReason.AUDIT))[0]["标题"] == "'=cmd|' /C calc'!A0"


def test_the_trail_is_exported_with_its_digests(auditor_desk: Desk, clerk_desk: Desk) -> None:
    file = export_audit(auditor_desk, DAY, DAY, ExportReason.INSPECTION)
    rows = table(file)
    assert file.name == "操作记录_20261123-20261123.csv"
    assert [int(row["编号"]) for row in rows] == list(range(1, file.rows + 1))
    assert rows[0]["做了什么"] == "首次设置"
    assert rows[-1]["代码"] == "account.logged_in"
    assert rows[-1]["时间"] == "2026-11-23 09:00:00"
    assert all(len(row["摘要（SM3）"]) == 64 for row in rows)
    row = newest(auditor_desk)
    assert (row.action, row.detail) == ("导出操作记录", f"上级检查或督查，20261123-20261123，{file.rows} 行")


def test_an_empty_span_is_a_file_with_its_header_alone(auditor_desk: Desk, supervisor_desk: Desk) -> None:
    early = date(2020, 1, 1)
    assert export_audit(auditor_desk, early, early, ExportReason.AUDIT).rows == 0
    assert export_visits(supervisor_desk, early, early, ExportReason.AUDIT).rows == 0


def test_days_the_wrong_way_round_are_said_at_their_field(auditor_desk: Desk, supervisor_desk: Desk) -> None:
    for export, desk in ((export_audit, auditor_desk), (export_visits, supervisor_desk)):
        with pytest.raises(FormError) as caught:
            export(desk, DAY, date(2026, 11, 22), ExportReason.AUDIT)
        assert [fault.field for fault in caught.value.faults] == ["last_day"]


def test_whoever_may_not_exports_nothing(clerk_desk: Desk, admin_desk: Desk, auditor_desk: Desk) -> None:
    for desk in (clerk_desk, admin_desk, auditor_desk):
        with pytest.raises(NotAllowedError):
            export_visits(desk, DAY, DAY, ExportReason.AUDIT)
    for desk in (clerk_desk, admin_desk):
        with pytest.raises(NotAllowedError):
            export_audit(desk, DAY, DAY, ExportReason.AUDIT)


def test_a_file_is_written_whole_for_its_owner_alone_and_over_nothing(tmp_path: Path) -> None:
    file = ExportedFile("a.csv", b"x", 0)
    places = [save_export(tmp_path, file) for _ in range(3)]
    assert [place.name for place in places] == ["a.csv", "a（2）.csv", "a（3）.csv"]
    for place in places:
        assert place.read_bytes() == b"x"
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == 3


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(DeskFault, match="换一个文件夹"):
        save_export(tmp_path / "nowhere", ExportedFile("a.csv", b"", 0))
    if os.geteuid() == 0:
        return
    tmp_path.chmod(0o500)
    with pytest.raises(DeskFault):
        save_export(tmp_path, ExportedFile("a.csv", b"", 0))
