"""接下来由我们做: what the slip promises, by the rules of 2022.

The window registers and hands on; it does not decide. So it promises what article 22 asks of it, and says what the law
asks of the organ that receives the matter. An organ's period of handling is never promised here: it begins with an
acceptance that is still to come.
"""

from datetime import date

from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import DayTable, Roll, calendar_days
from onevisit.rules.slip import Promise

TRANSFER_DAYS = 15
"""Days from receipt within which the window transfers (信访工作条例 2022, article 22)."""

NOTICE_DAYS = 15
"""Days from its own receipt within which the organ gives notice in writing (article 23)."""

_ARTICLE_22 = "《信访工作条例》第二十二条"
_ARTICLE_23 = "《信访工作条例》第二十三条"
_ARTICLE_29 = "《信访工作条例》第二十九条"
_ARTICLE_30 = "《信访工作条例》第三十条"
_ARTICLE_31 = "《信访工作条例》第三十一条"


def promises(
    purpose: Purpose,
    content: ContentClass,
    place_name: str,
    *,
    anonymous: bool,
    repeat: bool,
    in_litigation: bool,
    received: date,
    table: DayTable,
    roll: Roll = Roll.REST_DAYS,
) -> tuple[Promise, ...]:
    """Say what happens next, in order; a text that rests on an article ends without a stop, for the article follows it.

    Args:
        purpose: what the visitor came for.
        content: the content class; organs of justice and of discipline give notice by rules of their own (article 23).
        place_name: where the problem is, ``薛城区``; empty if unknown.
        anonymous: nobody can be told in writing (article 23).
        repeat: a visit on a matter that is registered already; its dates stay as they were.
        in_litigation: the matter belongs to a court, an arbiter or the police.
        received: the local day of the visit.
        table: the days off.
        roll: which days off move a last day onwards.
    """
    if purpose is Purpose.ENQUIRY:
        return (Promise(None, "您咨询的事，今天在窗口当面解答；还有不清楚的，打电话问就行，不用再来。"),)
    if in_litigation:
        return _guidance()
    if repeat:
        return _repeat()
    transfer = calendar_days(received, TRANSFER_DAYS, table=table, roll=roll).due
    if purpose is Purpose.ACCUSATION:
        return _accusation(transfer)
    handed_on = Promise(transfer, f"把您反映的事转送{_organ(place_name)}办理", _ARTICLE_22)
    if anonymous:
        return handed_on, _no_notice()
    if content in {ContentClass.DISCIPLINE, ContentClass.JUSTICE}:
        return handed_on, Promise(None, "政法机关、纪检监察机关收到后，按各自的规定告知您", _ARTICLE_23)
    # The organ's days begin with its receipt: the transfer reaches it through the common system on the same day.
    notice = calendar_days(transfer, NOTICE_DAYS, table=table, roll=roll).due
    told = "收到转送的机关、单位在 15 日内书面告知您接收情况和处理的途径、程序"
    considered = "有关机关、单位研究论证您的建议；采纳或者部分采纳的，予以回复"
    further = (Promise(None, considered, _ARTICLE_29),) if purpose is Purpose.PROPOSAL else ()
    return handed_on, Promise(notice, told, _ARTICLE_23), *further


def reply_line(reply_by: ReplyMethod, masked_phone: str, address: str) -> str:
    """Say how the answer reaches the visitor; empty if none is wanted.

    The address is never repeated on the slip; it only tells whether there is one.
    """
    by_number = masked_phone or "尚未登记号码，请打电话补报"
    lines = {
        ReplyMethod.PHONE: f"电话联系您：{by_number}",
        ReplyMethod.MESSAGE: f"短信发到：{by_number}",
        ReplyMethod.WRITTEN: "书面答复寄到您登记的住址" if address else "书面答复（尚未登记住址，请打电话补报）",
        ReplyMethod.HOME_VISIT: "上门答复" if address else "上门答复（尚未登记住址，请打电话补报）",
        ReplyMethod.VILLAGE_OFFICERS: "由村（居）两员上门告知",
        ReplyMethod.ON_THE_SPOT: "已当场答复",
        ReplyMethod.NONE: "",
    }
    return lines[reply_by]


def _guidance() -> tuple[Promise, ...]:
    """Matters of courts: explained and guided, no clock of an organ (articles 22 and 31(一))."""
    return (
        Promise(None, "这件事要通过诉讼等法定程序解决，今天已当面说明、引导您向有关政法机关提出", _ARTICLE_22),
        Promise(None, "不服判决、裁定的，请注意文书上写明的期限，到期前向法院提出", f"{_ARTICLE_31}第（一）项"),
    )


def _repeat() -> tuple[Promise, ...]:
    return (
        Promise(None, "这件事已经登记，原来告知的日期不变，不重新计算。"),
        Promise(None, "您这次补充的情况，随原来的事项一并转给办理的机关、单位。"),
    )


def _accusation(transfer: date) -> tuple[Promise, ...]:
    """Handed on by management authority without naming anybody (articles 22 and 30)."""
    return (
        Promise(transfer, "按管理权限转送有权处理的机关", _ARTICLE_22),
        Promise(None, "您反映的材料和有关情况，不会透露或者转给被检举、揭发的人员或者单位", _ARTICLE_30),
    )


def _no_notice() -> Promise:
    return Promise(None, "没有留下姓名、住址，办理的机关、单位不另行书面告知", _ARTICLE_23)


def _organ(place_name: str) -> str:
    return f"{place_name}有权处理的机关、单位" if place_name else "有权处理的机关、单位"
