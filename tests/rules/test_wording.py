"""Sentences of the slip and the registration page."""

from dataclasses import replace

import pytest

from onevisit.rules import wording
from onevisit.rules.classification import ContentClass, MaterialForm, Purpose
from onevisit.rules.forms import MaterialEntry
from onevisit.rules.rulebook import RULES_2022
from onevisit.rules.slip import UnitCard

REVIEW = RULES_2022.review_request
UNIT = UnitCard("示例接待中心", "薛城区示例路1号", "0632-0000000", "工作日 8:30–17:00", "370400", "01")


def test_how_to_ask_without_coming() -> None:
    told = wording.enquiry(UNIT)
    assert told.startswith("打电话 0632-0000000（工作日 8:30–17:00），报上面的查询码")
    assert "（）" not in wording.enquiry(replace(UNIT, opening_hours=""))
    assert "打电话" not in wording.enquiry(replace(UNIT, phone=""))


@pytest.mark.parametrize("purpose", [Purpose.APPEAL, Purpose.REQUEST])
def test_a_claim_may_be_reviewed(purpose: Purpose) -> None:
    (told,) = wording.remedies(purpose, anonymous=False, in_litigation=False, review=REVIEW)
    assert "30 日内" in told
    assert "《信访工作条例》第三十五条" in told
    assert "诉讼" not in told
    assert "复议" not in told


@pytest.mark.parametrize("purpose", [Purpose.PROPOSAL, Purpose.ACCUSATION, Purpose.ENQUIRY, Purpose.OTHER])
def test_nothing_else_has_a_review(purpose: Purpose) -> None:
    assert wording.remedies(purpose, anonymous=False, in_litigation=False, review=REVIEW) == ()


def test_no_review_without_a_name_or_beside_a_suit() -> None:
    assert wording.remedies(Purpose.REQUEST, anonymous=True, in_litigation=False, review=REVIEW) == ()
    assert wording.remedies(Purpose.REQUEST, anonymous=False, in_litigation=True, review=REVIEW) == ()


def test_classification() -> None:
    assert wording.classification(Purpose.REQUEST, ContentClass.LABOUR, "薛城区") == "求决 · 劳动社保 · 薛城区"
    assert wording.classification(None, ContentClass.LABOUR, "") == "劳动社保"
    assert wording.classification(None, None, "") == ""


@pytest.mark.parametrize(
    ("material", "line"),
    [
        (MaterialEntry("工资欠条", pages=1), "工资欠条（复印件 1 页）"),
        (MaterialEntry("工资欠条"), "工资欠条（复印件）"),
        (MaterialEntry("身份证复印件", pages=1), "身份证复印件（1 页）"),
        (MaterialEntry("身份证复印件"), "身份证复印件"),
        (MaterialEntry("身份证", MaterialForm.ORIGINAL, kept=False), "身份证（原件，已当场退还）"),
        (MaterialEntry("<b>照片</b>", MaterialForm.ORIGINAL, 6, kept=False), "<b>照片</b>（原件 6 页，已当场退还）"),
    ],
)
def test_material_lines(material: MaterialEntry, line: str) -> None:
    assert wording.material_line(material) == line
