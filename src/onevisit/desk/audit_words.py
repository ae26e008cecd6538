"""What the trail says, in words: the only place that knows the codes of actions, records and details.

A new action joins the list of its part of the house; the tests refuse one that stands in none, and a word without one.
"""

from collections.abc import Callable
from typing import Final

from onevisit.rules.accounts import Duty, Role
from onevisit.rules.after_visit import CallOutcome, EvaluationSubject, ServedDocument, ServiceOutcome
from onevisit.rules.classification import PaperOutcome
from onevisit.rules.keeping import BackupOccasion, BackupPlace, BackupState, DraftKind
from onevisit.rules.links import LinkKind
from onevisit.rules.matter_history import Event, happening
from onevisit.rules.matter_life import Action
from onevisit.rules.own_data import OwnDataGround
from onevisit.rules.readiness import Check
from onevisit.rules.route_sheets import SheetKind
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.trail import ExportReason, HeadFault
from onevisit.rules.urgent import UrgentAddressee

WHOLE: Final = "whole"
"""The result of a check that found nothing, as the trail keeps it."""

_ROUTE: Final[dict[str, str]] = {
    "route.decided": "决定去向",
    "route.sheet_printed": "打印去向单",
}
_LIFE: Final[dict[str, str]] = {
    "matter.stepped": "办理事项",
    "matter.event_recorded": "登记办理情况",
    "matter.day_corrected": "更正日期",
    "matter.linked": "关联事项",
    "clock.extended": "延长办理期限",
    "clock.stopped": "暂停期限",
    "clock.went_on": "期限继续计算",
    "opinion.written": "写意见书",
    "opinion.made_final": "意见书定稿",
    "opinion.printed": "打印意见书",
}
_AFTER_VISIT: Final[dict[str, str]] = {
    "visit.left": "送走来访人",
    "visit.came_back": "撤回送走",
    "promise.made": "登记承诺",
    "promise.kept": "兑现承诺",
    "service.recorded": "登记送达",
    "call.recorded": "登记回访",
    "evaluation.asked": "请来访人评价",
    "evaluation.answered": "收到评价",
    "evaluation.by_phone": "电话回访收到评价",
    "evaluation.declined": "来访人不评价",
}
_REGISTRATION: Final[dict[str, str]] = {
    "visit.roster_signed": "登记代表签名",
    "visit.filled_in": "补登来访",
}
_URGENT: Final[dict[str, str]] = {
    "urgent.opened": "打开紧急报告单",
    "urgent.saved": "填写紧急报告单",
    "urgent.told": "报告紧急情况",
    "urgent.corrected": "更正紧急报告",
    "urgent.printed": "打印紧急报告单",
    "urgent.marked": "改为紧急",
    "urgent.carried": "转来紧急报告单",
    "board.printed": "打印期限表",
    "enquiry.answered": "凭查询码查进度",
    "enquiry.refused": "查询码核对不上",
    "enquiry.printed": "打印进度单",
}
_LISTS: Final[dict[str, str]] = {
    "list.changed": "修改名录",
    "list.put_back": "名录改回自带的",
    "rules.added": "添加规则",
    "rules.removed": "删去规则",
    "rules.switched": "启用或停用规则",
    "holidays.saved": "录入放假安排",
    "holidays.removed": "删去录入的放假安排",
}
_FIGURES: Final[dict[str, str]] = {
    "figures.printed": "打印月报",
    "figures.exported": "导出统计表",
}
_GATE: Final[dict[str, str]] = {
    "gate.left_open": "留下未办的问题",
}

ACTIONS: Final = {
    "unit.founded": "首次设置",
    "unit.changed": "修改单位信息",
    "printer.chosen": "选择打印机",
    "account.added": "新建账户",
    "account.enabled": "启用账户",
    "account.disabled": "停用账户",
    "account.duty_changed": "修改管理员职责",
    "account.password_reset": "重置密码",
    "account.password_changed": "修改自己的密码",
    "account.recovered": "用恢复码重置密码",
    "account.logged_in": "登录",
    "account.logged_out": "退出登录",
    "account.log_in_failed": "登录失败",
    "account.shut_out": "连续输错，暂停登录",
    "window.locked": "锁定窗口",
    "window.unlocked": "解锁窗口",
    "recovery.changed": "更换恢复码",
    "store.rekeyed": "更换数据密钥",
    "visit.registered": "登记来访",
    "visit.sent_to_lawyer": "转值班律师",
    "consultation.opened": "开始律师接待",
    "consultation.signed": "签发律师意见",
    "consultation.added_to": "补充律师意见",
    "petitioner.changed": "更新信访人资料",
    "petitioner.read": "查看信访人全部资料",
    "petitioner.id_number_read": "查看完整证件号",
    "petitioner.phone_read": "查看完整电话",
    "matter.read": "打开信访事项",
    "own_data.given": "提供本人资料",
    "retention.proposed": "提出到期清理",
    "retention.approved": "批准到期清理",
    "retention.withdrawn": "撤回到期清理",
    "retention.anonymised": "到期匿名",
    "retention.carried_out": "执行到期清理",
    "slip.issued": "出具回执",
    "slip.outcome_recorded": "记录打印结果",
    "policy.changed": "修改安全设置",
    "draft.dropped": "放弃草稿",
    "store.upgraded": "升级数据",
    "store.restored": "恢复备份",
    "kept.removed": "删除恢复时换下的旧数据",
    "store.checked": "检查数据",
    "store.salvaged": "抢救数据",
    "backup.made": "备份",
    "backup.failed": "备份失败",
    "backup.checked": "核验备份",
    "clock.set_back": "发现电脑时间倒退",
    "clock.jumped_ahead": "发现电脑时间跳前",
    "audit.head_missed": "发现记录和库外末端不一致",
    "audit.verified": "检查操作记录",
    "audit.exported": "导出操作记录",
    "visits.exported": "导出来访清单",
    "day.closed": "日终",
    "day.sheet_printed": "打印日终单",
    **_ROUTE,
    **_LIFE,
    **_AFTER_VISIT,
    **_REGISTRATION,
    **_URGENT,
    **_LISTS,
    **_FIGURES,
    **_GATE,
}
"""Every action of the trail, in words."""

RECORDS: Final = {
    "": "",
    "account": "账户",
    "unit": "单位信息",
    "visit": "来访",
    "matter": "信访事项",
    "petitioner": "信访人",
    "retention_run": "到期清理清单",
    "consultation": "律师接待",
    "slip_copy": "回执打印件",
    "opinion": "意见书",
    "draft": "草稿",
    "day_close": "日终单",
    "backup_run": "备份",
    "promise": "承诺",
    "service": "送达记录",
    "follow_up_call": "回访",
    "evaluation": "评价",
    "urgent_report": "紧急报告单",
}
"""Every kind of record of the trail, in words."""


def _registered(matter_id: str, ordinal: str) -> str:
    return f"信访事项 {matter_id}，第 {ordinal} 次来访"


def _head_missed(fault: str, kept: str, present: str) -> str:
    return f"{HeadFault.from_code(fault).label}（库外 {kept}，库内 {present}）"


def _verified(result: str, entries: str) -> str:
    return f"完整，{entries} 条" if result == WHOLE else f"不一致，前 {entries} 条完好"


def _closed(edition: str, left: str) -> str:
    return f"第 {edition} 版，{f'{left} 项待办' if left != '0' else '没有待办'}"


def _exported(reason: str, rows: str, days: str) -> str:
    return f"{ExportReason.from_code(reason).label}，{days}，{rows} 行"


def _issued(edition: str, copy_no: str, reprint_no: str) -> str:
    reprint = f"，补打第 {reprint_no} 次" if reprint_no != "0" else ""
    return f"第 {edition} 版第 {copy_no} 份{reprint}"


def _checked(kind: str, findings: str) -> str:
    found = "完好" if findings == "0" else f"{findings} 处问题"
    return f"{'全面检查' if kind == 'full' else '快速检查'}：{found}"


def _restored(moment: str, series: str) -> str:
    carried = f"，{series} 组编号接着原来的数据往下编" if series != "0" else ""
    return f"{moment} 的备份{carried}"


def _backed_up(occasion: str, place: str) -> str:
    return f"{BackupOccasion.from_code(occasion).label}，{BackupPlace.from_code(place).label}"


def _added(role: str, duty: str = "") -> str:
    return Role.from_code(role).label + (f"（{Duty.from_code(duty).label}）" if duty else "")


def _served(document: str, outcome: str) -> str:
    return f"{ServedDocument.from_code(document).label}，{ServiceOutcome.from_code(outcome).label}"


_LIST_WORDS: Final[dict[str, str]] = {
    "organs": "单位名录",
    "papers": "材料清单",
    "content_tree": "内容分类",
    "code_maps": "外部代码对照",
}


def _list_word(name: str) -> str:
    return _LIST_WORDS.get(name, name)


_DETAILS: Final[dict[str, Callable[..., str]]] = {
    "list.changed": lambda name, rows: f"{_list_word(name)}，现有 {rows} 条",
    "list.put_back": _list_word,
    "rules.switched": lambda code, on: f"{'启用' if on == 'on' else '停用'} {code}",
    "holidays.saved": lambda year, off, worked: f"{year} 年，放假 {off} 天，调休上班 {worked} 天",
    "holidays.removed": lambda year: f"{year} 年",
    "visit.registered": _registered,
    "visit.roster_signed": lambda signed, of: f"{of} 位代表中 {signed} 位已签名",
    "route.sheet_printed": lambda kind: SheetKind.from_code(kind).label,
    "route.decided": lambda handling: Handling.from_code(handling).label,
    "matter.stepped": lambda action: Action.from_code(action).label,
    "gate.left_open": lambda check: Check.from_code(check).label,
    "matter.event_recorded": lambda event: Event.from_code(event).label,
    "matter.day_corrected": lambda kind: happening(kind).label,
    "matter.linked": lambda kind: LinkKind.from_code(kind).label,
    "clock.extended": lambda days: f"{days} 日",
    "clock.stopped": lambda clock, reason: f"{ClockKind.from_code(clock).label}，{StopReason.from_code(reason).label}",
    "opinion.printed": lambda state: "定稿" if state == "final" else "草稿",
    "clock.went_on": lambda clock: ClockKind.from_code(clock).label,
    "urgent.told": lambda addressee: UrgentAddressee.from_code(addressee).label,
    "urgent.corrected": lambda addressee: UrgentAddressee.from_code(addressee).label,
    "service.recorded": _served,
    "call.recorded": lambda outcome: CallOutcome.from_code(outcome).label,
    "evaluation.asked": lambda subject: EvaluationSubject.from_code(subject).label,
    "evaluation.answered": lambda subject: EvaluationSubject.from_code(subject).label,
    "evaluation.by_phone": lambda subject: EvaluationSubject.from_code(subject).label,
    "evaluation.declined": lambda subject: EvaluationSubject.from_code(subject).label,
    "consultation.added_to": lambda addendum_id: f"补充意见 {addendum_id}",
    "petitioner.changed": lambda visit_id: f"来访 {visit_id}",
    "own_data.given": lambda ground: OwnDataGround.from_code(ground).label,
    "retention.proposed": lambda matters: f"{matters} 件",
    "retention.approved": lambda matters: f"{matters} 件",
    "retention.withdrawn": lambda matters: f"{matters} 件",
    "retention.anonymised": lambda run_id: f"清单 {run_id}",
    "retention.carried_out": lambda done, dropped: f"匿名 {done} 件，不再到期 {dropped} 件",
    "slip.issued": _issued,
    "slip.outcome_recorded": lambda outcome: PaperOutcome.from_code(outcome).label,
    "store.rekeyed": lambda left_out: f"{left_out} 个账户需重设密码" if left_out != "0" else "",
    "account.shut_out": lambda minutes: f"{minutes} 分钟",
    "account.added": _added,
    "account.duty_changed": lambda duty: Duty.from_code(duty).label,
    "clock.set_back": lambda seconds: f"{seconds} 秒",
    "clock.jumped_ahead": lambda seconds: f"{seconds} 秒",
    "audit.head_missed": _head_missed,
    "audit.verified": _verified,
    "audit.exported": _exported,
    "visits.exported": _exported,
    "figures.exported": _exported,
    "day.closed": _closed,
    "day.sheet_printed": lambda edition: f"第 {edition} 版",
    "draft.dropped": lambda kind: DraftKind.from_code(kind).label,
    "store.restored": _restored,
    "kept.removed": lambda moment: f"{moment} 换下的",
    "store.checked": _checked,
    "store.salvaged": lambda read, lost: f"读出 {read} 行，读不出 {lost} 行",
    "store.upgraded": lambda revision, head: f"从第 {int(revision)} 版到第 {int(head)} 版",
    "backup.made": _backed_up,
    "backup.failed": _backed_up,
    "backup.checked": lambda place, state: (
        f"{BackupPlace.from_code(place).label}，{BackupState.from_code(state).label}"
    ),
}
"""How the codes of an entry's detail read; they are parted by ``/`` and hold no personal data."""


def detail_words(action: str, codes: str) -> str:
    """The codes in words; an entry that somebody forged may hold anything and is shown as it is."""
    words = _DETAILS.get(action)
    if words is None or not codes:
        return codes
    try:
        return words(*codes.split("/"))
    except (TypeError, ValueError):
        return codes
