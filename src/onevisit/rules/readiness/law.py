"""Courts and the lawyer at the window."""

from onevisit.rules.articles import COURTS
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.clocks import show_short_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.readiness.knows import (
    FOCUS,
    SEND_TO_LAWYER,
    SHOW_WAITING,
    Check,
    Finding,
    Outcome,
    WindowKnows,
    is_guided,
    told,
)

_COURTS = ("法院", "检察院")
_COURT_WORDS = ("判决", "裁定", "上诉", "再审", "开庭")
_LEGAL_WORDS = (
    *("判决", "仲裁", "起诉", "诉讼", "复议", "合同", "欠条", "借条", "工资", "欠薪", "工伤", "赔偿", "离婚", "继承"),
    *("抚养", "赡养", "债务", "担保", "侵权", "违约", "退款", "律师"),
)
_LEGAL_CLASSES = {ContentClass.JUSTICE, ContentClass.LABOUR}
_WEEKDAYS = "一二三四五六日"


def is_court_matter(form: RegistrationForm) -> bool:
    """Whether a claim seems to be before a court or decided by one: its words say so, or a court is complained of.

    Accusations are not: those against people of a court go by management authority as any other (article 22).
    """
    if form.purpose in {Purpose.ACCUSATION, Purpose.PROPOSAL}:
        return False
    words = told(form).replace("仲裁裁定", "")
    return any(word in form.respondent for word in _COURTS) or any(word in words for word in _COURT_WORDS)


def belongs_to_court(knows: WindowKnows) -> Outcome:
    """Matters of courts are explained and guided, not handed on (articles 22 and 31(一))."""
    if not is_court_matter(knows.form):
        return None
    fine = "已说明诉讼途径"
    if _sees_lawyer(knows) or "引导" in knows.form.clerk_note or is_guided(knows):
        return fine
    why = "涉法涉诉的事要走诉讼等法定程序，今天不说清楚去哪里、期限到哪天，还会再来，也可能误了上诉期。"
    mend, label = (SEND_TO_LAWYER, "请律师说明") if knows.lawyer_on_duty else (FOCUS + "clerk_note", "记下怎样引导的")
    return Finding(Check.COURT, "这件事要走诉讼程序", why, mend, label, COURTS.under(knows.rules), fine)


def lawyer_asked(knows: WindowKnows) -> Outcome:
    """A question of law while a lawyer sits in the hall, or on another day that is known."""
    if is_court_matter(knows.form) or not _is_legal_question(knows.form):
        return None
    if _sees_lawyer(knows):
        return "已请律师接待"
    if knows.lawyer_on_duty:
        ahead = f"前面有 {knows.lawyers_waiting} 人" if knows.lawyers_waiting else "现在没有人等"
        why = f"这件事有法律问题，今天就可以问，{ahead}；以后再问要多跑一趟。"
        title = f"{knows.lawyer_on_duty}正在值班"
        return Finding(Check.LAWYER, title, why, SEND_TO_LAWYER, "现在转律师", fine="已请律师接待")
    if knows.lawyer_next is None or "律师" in knows.form.clerk_note:
        return None
    day = f"{show_short_day(knows.lawyer_next)}（周{_WEEKDAYS[knows.lawyer_next.weekday()]}）"
    why = f"这件事有法律问题，律师今天不在，{day}坐班；请告诉来访人那天来或者打电话问，免得白跑。"
    return Finding(Check.LAWYER, "律师今天不坐班", why, FOCUS + "clerk_note", "记下怎样约的")


def advice_given(knows: WindowKnows) -> Outcome:
    """Whoever was sent to the lawyer has not left before the advice is signed."""
    if not knows.sent_to_lawyer:
        return None
    if knows.advice_signed:
        return "律师意见已签发"
    why = "意见没有签发，回执上印不出来；请来访人等一等，见过律师再走。"
    return Finding(Check.ADVICE, "律师意见还没有签发", why, SHOW_WAITING, "查看等候情况", fine="律师意见已签发")


def _is_legal_question(form: RegistrationForm) -> bool:
    if form.purpose in {None, Purpose.PROPOSAL} or form.anonymous:
        return False
    return form.content in _LEGAL_CLASSES or any(word in told(form) for word in _LEGAL_WORDS)


def _sees_lawyer(knows: WindowKnows) -> bool:
    return knows.form.wants_lawyer or knows.sent_to_lawyer or knows.advice_signed
