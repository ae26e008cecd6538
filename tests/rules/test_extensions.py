"""What speaks against an extension."""

from dataclasses import replace
from datetime import date

import pytest

from onevisit.rules.extensions import Approver, Extension, ExtensionCase, extension_faults
from onevisit.rules.rulebook import RULES_2005, RULES_2022, RULES_SHANDONG_2015, RULES_SHANDONG_2022
from onevisit.rules.rulesets import RuleSet

CASE = ExtensionCase(
    accepted=date(2019, 3, 1), due=date(2019, 4, 30), assigned=False, earlier=None, today=date(2019, 4, 28)
)
GOOD = Extension(30, Approver.HEAD, "局长 示例", "案情复杂，正在补充鉴定", date(2019, 4, 26))


def fields(one: Extension, case: ExtensionCase = CASE, rules: RuleSet = RULES_SHANDONG_2015) -> list[str]:
    return [fault.field for fault in extension_faults(one, case, rules)]


def test_a_whole_extension_is_fine() -> None:
    for days in (1, 30):
        assert fields(replace(GOOD, days=days)) == []


def test_check_5_an_extension_of_31_days_or_without_approver_or_reason_is_refused() -> None:
    (days,) = extension_faults(replace(GOOD, days=31), CASE, RULES_2022)
    assert days.sentence == "延期应在 1 至 30 日之间（现为 31 日），请改正。"
    assert days.article == "《信访工作条例》第三十四条"
    (approver,) = extension_faults(replace(GOOD, approved_by=" "), CASE, RULES_2022)
    assert approver.sentence == "延期须经本机关、单位负责人批准，请写明批准人。"
    (reason,) = extension_faults(replace(GOOD, reason="\n"), CASE, RULES_2022)
    assert reason.sentence == "请写明延期理由，要告知信访人。"
    assert fields(replace(GOOD, days=0)) == ["days"]
    assert fields(Extension(31, Approver.HEAD, "", "", GOOD.approved_on)) == ["days", "reason", "approved_by"]


@pytest.mark.parametrize(
    ("rules", "refused"),
    [(RULES_2005, False), (RULES_SHANDONG_2015, True), (RULES_2022, False), (RULES_SHANDONG_2022, True)],
    ids=lambda one: one.code if isinstance(one, RuleSet) else "",
)
def test_check_5_an_assigned_matter_in_shandong_asks_the_assigning_organ(rules: RuleSet, refused: bool) -> None:
    assigned = replace(CASE, assigned=True)
    assert fields(GOOD, assigned, rules) == (["approver"] if refused else [])
    assert fields(replace(GOOD, approver=Approver.ASSIGNING_ORGAN), assigned, rules) == []
    assert fields(GOOD, CASE, rules) == []
    (fault,) = extension_faults(replace(GOOD, approver=Approver.ASSIGNING_ORGAN), CASE, rules)
    assert fault.sentence == f"这件事不是交办的，没有交办机关；请经{rules.extension_approver}批准。"


def test_what_an_assigned_matter_is_told() -> None:
    assigned = replace(CASE, assigned=True)
    named, approver = extension_faults(replace(GOOD, approved_by=""), assigned, RULES_SHANDONG_2015)
    assert named.sentence == "延期须经交办机关批准，请写明批准人。"
    assert approver.sentence == "交办的事项延期，须经交办机关批准，请先报交办机关。"
    assert approver.article == "《山东省信访条例》第四十二条"
    (now,) = extension_faults(GOOD, assigned, RULES_SHANDONG_2022)
    assert now.article == "《山东省信访条例》第四十二条；示例，以本地文件为准"


def test_what_is_far_too_long_is_refused() -> None:
    assert fields(replace(GOOD, approved_by="长" * 101, reason="因" * 2001)) == ["reason", "approved_by"]


def test_there_is_one_extension_only() -> None:
    (fault,) = extension_faults(GOOD, replace(CASE, earlier=replace(GOOD, days=10)), RULES_2022)
    assert fault.sentence == "这件事已经延期 10 日，只能延期一次，请在延长后的期限内答复。"


def test_where_no_days_run_nothing_is_extended() -> None:
    (fault,) = extension_faults(GOOD, replace(CASE, due=None), RULES_2022)
    assert fault.sentence == "这件事没有办理期限，不需要延期。"


def test_the_day_of_the_approval() -> None:
    assert fields(replace(GOOD, approved_on=date(2019, 4, 29))) == ["approved_on"]
    assert fields(replace(GOOD, approved_on=date(2019, 2, 28))) == ["approved_on"]
    assert fields(replace(GOOD, approved_on=CASE.accepted)) == []
    later = replace(CASE, today=date(2019, 5, 2))
    assert fields(replace(GOOD, approved_on=date(2019, 4, 30)), later) == []
    (fault,) = extension_faults(replace(GOOD, approved_on=date(2019, 5, 1)), later, RULES_2022)
    assert "期限已于2019年4月30日届满" in fault.sentence
