"""Sentences that stand on the slip and on the registration page, in plain words."""

from onevisit.rules.classification import ContentClass, PetitionClass, Purpose
from onevisit.rules.forms import MaterialEntry
from onevisit.rules.rulesets import Period
from onevisit.rules.slip import UnitCard


def enquiry(unit: UnitCard) -> str:
    """Say how to ask without coming."""
    if not unit.phone:
        return "报上面的查询码，就能知道办到哪一步。"
    hours = f"（{unit.opening_hours}）" if unit.opening_hours else ""
    return f"打电话 {unit.phone}{hours}，报上面的查询码，就能知道办到哪一步。"


def remedies(purpose: Purpose, *, anonymous: bool, in_litigation: bool, review: Period) -> tuple[str, ...]:
    """Say what the visitor may do later; ``review`` is the period of the matter's rule set for asking for a review.

    A review may be asked for only of a handling opinion, that is on a claim (申诉求决) outside of litigation. Neither
    reconsideration nor a suit is ever named: registration, transfer and review are outside of both
    (法释〔2018〕1号, article 1, paragraph 2 (九)).
    """
    if purpose.petition_class is not PetitionClass.CLAIM or anonymous or in_litigation:
        return ()
    whom = "原办理机关、单位的上一级机关、单位"
    return (f"对信访处理意见不服的，自收到书面答复之日起 {review.words}内，可以请求{whom}复查（{review.article}）。",)


def classification(
    purpose: Purpose | None, content: ContentClass | None, place_name: str, content_name: str = ""
) -> str:
    """Write a matter's classification in one line: ``求决 · 劳动社保 · 薛城区``; what is unknown is left out.

    Args:
        purpose: what for.
        content: about what.
        place_name: where.
        content_name: about what in its levels (``rules.content_tree.name_of``), where one below the first was chosen.
    """
    parts = (purpose.label if purpose else "", content_name or (content.label if content else ""), place_name)
    return " · ".join(part for part in parts if part)


def material_line(material: MaterialEntry) -> str:
    """Write one thing that was handed in: ``工资欠条（复印件 1 页）``, ``身份证（原件，已当场退还）``."""
    # 身份证复印件（复印件 1 页） would say it twice.
    said = material.form.label in material.name
    pages = f"{material.pages} 页" if material.pages else ""
    form = " ".join(part for part in ("" if said else material.form.label, pages) if part)
    details = "，".join(part for part in (form, "" if material.kept else "已当场退还") if part)
    return f"{material.name}（{details}）" if details else material.name
