"""What stands in the form: enough for somebody else to act upon, secret where it must be, reported where it burns."""

from onevisit.rules import regions, text, urgent
from onevisit.rules.articles import REGISTRATION, SECRECY
from onevisit.rules.classification import Purpose
from onevisit.rules.clocks import show_short_day
from onevisit.rules.readiness.knows import (
    FOCUS,
    OPEN_URGENT,
    Check,
    Finding,
    Outcome,
    WindowKnows,
)

SHORTEST_SUMMARY = 15
"""Characters; below this nobody can act on a text. A setting, 示例，以本地文件为准."""


def promise_kept(knows: WindowKnows) -> Outcome:
    """The last promise on this matter."""
    broken = knows.broken_promise
    if broken is None:
        return None
    fine = "上次答应的事没有做到，原因已记下"
    if knows.form.return_reason is not None:
        return fine
    by = f"{show_short_day(broken.by)}前" if broken.by else ""
    why = f"答应{by}“{broken.text.rstrip('。')}”，没有记录。请写明原因，并重新约定。"
    return Finding(Check.PROMISE, "上次承诺没有兑现", why, FOCUS + "return_reason", "记下原因", fine=fine)


def summary_sufficient(knows: WindowKnows) -> Outcome:
    """Request, facts and reasons (article 19): enough for somebody else to act upon."""
    form = knows.form
    length = text.visible_length(form.summary.strip())
    if not length or form.purpose in {None, Purpose.ENQUIRY, Purpose.PROPOSAL} or length >= SHORTEST_SUMMARY:
        return None
    why = f"内容只有 {length} 个字，承办的人看不明白，会把来访人再叫来问。请补上请求、事实和理由。"
    return Finding(Check.SUMMARY, "内容写得太少", why, FOCUS + "summary", "补写内容", REGISTRATION.under(knows.rules))


def place_known(knows: WindowKnows) -> Outcome:
    """Where the problem is decides who receives the matter."""
    form = knows.form
    name = regions.name_of(form.place_code)
    if name:
        return f"地点：{name}"
    if form.purpose in {None, Purpose.ENQUIRY} or form.content is None:
        return None
    why = "不知道问题在哪个区（市），转不到该办的单位，转错了还要再来。"
    return Finding(Check.PLACE, "没有选问题属地", why, FOCUS + "place_code", "选择属地")


def respondent_known(knows: WindowKnows) -> Outcome:
    """Whom the matter is about."""
    form = knows.form
    if form.purpose not in {Purpose.APPEAL, Purpose.REQUEST, Purpose.ACCUSATION} or form.content is None:
        return None
    if form.respondent.strip() or not form.title.strip():
        return None
    why = "没有写反映的是哪个单位或者谁，承办单位要再问一遍。"
    return Finding(Check.RESPONDENT, "没有写被反映单位", why, FOCUS + "respondent", "补写被反映单位")


def accusation_kept_secret(knows: WindowKnows) -> Outcome:
    """What an informant tells must not reach those it is about (article 30)."""
    form = knows.form
    if form.purpose is not Purpose.ACCUSATION:
        return None
    fine = "已设为保密"
    if form.confidential:
        return fine
    why = "检举控告不得透露或者转给被检举的人员、单位；设为保密后，只有有权的人能看到。"
    mend = FOCUS + "confidential"
    article = SECRECY.under(knows.rules)
    return Finding(Check.SECRET, "检举控告还没有设为保密", why, mend, "设为保密", article, fine)


def urgency_explained(knows: WindowKnows) -> Outcome:
    """Urgent for whom, by when; without it nobody can report it (article 25)."""
    form, report = knows.form, knows.urgent_report
    if not form.urgent:
        return None
    fine = "紧急情况已说明"
    if form.clerk_note.strip() or (report is not None and report.content.strip() and report.happened_at.strip()):
        return fine
    why = "只标了紧急，没写时间、地点、人数和已告诉谁，接手的人没法马上处理。"
    article = urgent.ARTICLE_URGENT
    return Finding(Check.URGENT, "没有写为什么紧急", why, FOCUS + "clerk_note", "写明情况", article, fine)


def urgency_reported(knows: WindowKnows) -> Outcome:
    """An urgent matter is told to all five at once (article 25)."""
    if not knows.form.urgent or not knows.saved:
        return None
    waiting = urgent.outstanding(knows.urgent_report or urgent.UrgentReport())
    if not waiting:
        return "紧急情况已报告五处"
    why = f"还没有报告{'、'.join(one.label for one in waiting)}；没有人接手，事情会变大，来访人也会再来。"
    title = f"紧急情况还有 {len(waiting)} 处没有报告"
    return Finding(
        Check.URGENT_TOLD, title, why, OPEN_URGENT, "打开报告单", urgent.ARTICLE_URGENT, "紧急情况已报告五处"
    )
