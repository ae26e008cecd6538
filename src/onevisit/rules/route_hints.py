"""What the words of a form suggest as answers to the route assistant's questions.

A suggestion is shown as taken and may be changed before it counts. The words are examples (示例，以本地文件为准).
"""

import re

from onevisit.rules import readiness, registration
from onevisit.rules.classification import ContentClass
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.routes import ACCUSED, BESIDE, LEVEL, REPORT, SPOT, WAY, Circumstances, Offer

_WAY_WORDS = {
    "party": ("党纪处分", "党内处分", "党员申诉", "开除党籍"),
    "decision": ("行政处罚", "处罚决定", "许可", "征收决定", "不予登记", "未获批", "确权", "行政裁决", "认定决定"),
    "duty": ("查处", "拖欠工资", "欠薪", "退款", "无法退回", "违法", "违规", "污染", "偷排", "噪音", "噪声"),
    "arbitration": ("仲裁", "劳动争议", "解除劳动合同", "承包纠纷"),
}
_OFFER_WORDS = {
    Offer.MEDIATION: ("邻里", "邻居纠纷", "物业", "调解", "相互推诿"),
    Offer.LEGAL_AID: ("拖欠工资", "欠薪", "工伤", "赡养", "抚养", "法律援助"),
    Offer.SOCIAL_RELIEF: ("低保", "最低生活保障", "生活困难", "大病", "救助"),
    Offer.JUDICIAL_RELIEF: ("被害人", "执行不到", "司法救助"),
}
# 城乡建设局 and 农业农村局 are not below the district.
_BELOW_DISTRICT = re.compile(r"[镇乡](?:人民)?政府|街道|村民委员会|村委会|居民委员会|居委会|社区|[镇乡村]$")
_OFFICIAL_WORDS = ("干部", "书记", "主任", "局长", "镇长", "村长", "贪污", "受贿", "侵占集体")


def circumstances(
    form: RegistrationForm, *, repeat: bool = False, in_period: bool = False, terminated: bool = False
) -> Circumstances | None:
    """Read from a form what is known before anything is asked; None before the purpose is chosen.

    Args:
        form: what is registered; that it names a matter already known makes it a repeat visit too.
        repeat: the same person has come on the same matter before.
        in_period: an organ has accepted that matter, and its period still runs.
        terminated: that matter is over for good.
    """
    if form.purpose is None:
        return None
    again = repeat or registration.same_matter(form) is not None
    return Circumstances(form.purpose, form.content, form.place_code, form.confidential, again, in_period, terminated)


def suggested_answers(form: RegistrationForm) -> dict[str, tuple[str, ...]]:
    """Suggest an answer to every question, by the key of the question, as ``routes.propose`` takes them."""
    told = f"{form.title}\n{form.summary}"
    beside = tuple(offer.value for offer, words in _OFFER_WORDS.items() if any(word in told for word in words))
    return {
        SPOT: ("yes",),
        ACCUSED: (_suggested_accusation(form),),
        WAY: (_suggested_way(form, told),),
        LEVEL: (_suggested_level(form),),
        REPORT: ("yes" if form.urgent else "no",),
        BESIDE: beside,
    }


def _suggested_way(form: RegistrationForm, told: str) -> str:
    if readiness.is_court_matter(form):
        return "court"
    return next((way for way, words in _WAY_WORDS.items() if any(word in told for word in words)), "none")


def _suggested_accusation(form: RegistrationForm) -> str:
    if form.content is ContentClass.PERSONNEL:
        return "personnel"
    told = f"{form.title}\n{form.summary}\n{form.respondent}"
    disciplined = form.content is ContentClass.DISCIPLINE or any(word in told for word in _OFFICIAL_WORDS)
    return "discipline" if disciplined else "other"


def _suggested_level(form: RegistrationForm) -> str:
    if _BELOW_DISTRICT.search(form.respondent.strip()):
        return "town"
    return "district" if form.place_code and not form.place_code.endswith("00") else "city"
