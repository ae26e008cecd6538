"""Where the matter goes, and whether whoever is sent elsewhere has it all in writing."""

from onevisit.rules import organs
from onevisit.rules.classification import Purpose
from onevisit.rules.readiness.knows import (
    OPEN_ORGANS,
    OPEN_ROUTE,
    PRINT_NOTICE,
    PRINT_SLIP,
    Check,
    Finding,
    Outcome,
    WindowKnows,
    is_guided,
)
from onevisit.rules.route_law import article
from onevisit.rules.routes import Handling

_STOPS = {
    Handling.IN_PERIOD: "这件事还在办理期限内",
    Handling.ENDED: "这件事已经复查复核终结",
}


def route_decided(knows: WindowKnows) -> Outcome:
    """What becomes of the matter is decided while the visitor is still here to be told."""
    if not knows.saved or knows.stop is not None:
        return None
    if knows.route is not None:
        return f"去向已定：{knows.route.handling.label}"
    why = "去向没有定，来访人不知道这件事交给谁、什么时候有回音，只能再来问；现在几个问题就能定下来。"
    return Finding(Check.ROUTE, "还没有定去向", why, OPEN_ROUTE, "现在定去向", knows.rules.transfer.article)


def stop_told(knows: WindowKnows) -> Outcome:
    """That a matter is not accepted anew is said today, with its article, in writing."""
    if knows.stop is None:
        return None
    if knows.route is not None and knows.route.handling is not knows.stop:
        return None
    fine = "已书面告知不再受理"
    if knows.route is not None and knows.route.notice_printed:
        return fine
    why = f"{_STOPS[knows.stop]}，不再受理；今天不说明原来办到哪一步、依据是什么，过几天还会再来。"
    mend, label = (PRINT_NOTICE, "打印告知单") if knows.route is not None else (OPEN_ROUTE, "定为不再受理")
    if not knows.saved:
        # the visit is registered all the same; what is told rests on it, and is printed on its slip
        mend, label = OPEN_ROUTE, "登记并定去向"
    return Finding(Check.STOP, "不再受理要当面告知", why, mend, label, article(knows.rules, knows.stop), fine)


def organ_chosen(knows: WindowKnows) -> Outcome:
    """Whoever is guided elsewhere knows to whom."""
    route = knows.route
    if route is None or not is_guided(knows) or route.addressees:
        return None
    why = "只说了走什么程序，没说去哪个单位，来访人还要到处问，问不着又回到这里。"
    return Finding(Check.ORGAN, "没有写去哪个单位", why, OPEN_ROUTE, "选择单位", article(knows.rules, Handling.GUIDE))


def organ_known(knows: WindowKnows) -> Outcome:
    """Address, telephone and hours of the organ that the visitor is sent to."""
    route = knows.route
    if route is None or not is_guided(knows) or not route.addressees:
        return None
    name = route.addressees[0]
    if knows.organ is None:
        why = f"名录里没有{name}，告知单上印不出地址、电话和时间，来访人可能找不到或者跑空。"
        return Finding(Check.DIRECTORY, "名录里没有这个单位", why, OPEN_ORGANS, "查看名录")
    lacking = organs.what_is_lacking(knows.organ)
    if not lacking:
        return f"{name}的地址和时间已备好"
    return Finding(Check.DIRECTORY, "单位的信息不全", lacking, OPEN_ORGANS, "查看名录")


def notice_in_writing(knows: WindowKnows) -> Outcome:
    """Whoever is guided elsewhere leaves with where, when and what to bring in writing."""
    route = knows.route
    if route is None or not is_guided(knows) or not route.addressees:
        return None
    fine = "引导告知单已打印"
    if route.notice_printed:
        return fine
    why = f"去{route.addressees[0]}的地址、时间、要带的材料光说记不住；写在纸上带走，一次就能办成。"
    rests_on = article(knows.rules, Handling.GUIDE)
    return Finding(Check.NOTICE, "引导告知单还没有打印", why, PRINT_NOTICE, "打印告知单", rests_on, fine)


def slip_in_hand(knows: WindowKnows) -> Outcome:
    """Without the slip the visitor has no number to ask by."""
    if not knows.saved:
        return None
    if knows.slip_handed_over:
        return "回执已交给来访人"
    why = "没有回执就没有查询码，要问办到哪一步只能再来。"
    label = "打印答复回执" if knows.form.purpose is Purpose.ENQUIRY else "打印回执"
    return Finding(Check.SLIP, "回执还没有交给来访人", why, PRINT_SLIP, label, fine="回执已交给来访人")
