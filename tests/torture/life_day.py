"""What follows a registration in a day: route, urgent report, opinion, service, call, evaluation, a reason left."""

from dataclasses import replace
from datetime import timedelta

from onevisit.desk import (
    calls,
    evaluation,
    gate,
    life,
    lookup,
    opinions,
    promises_due,
    route,
    route_sheets,
    service,
    urgent,
)
from onevisit.desk.desk import Desk
from onevisit.desk.opinions import Draft, OpinionForm
from onevisit.desk.register import Registered
from onevisit.desk.standing import Seen
from onevisit.rules.after_visit import (
    CallForm,
    CallOutcome,
    EvaluationForm,
    EvaluationSubject,
    EvaluationValue,
    PromiseForm,
    ServedDocument,
    ServiceForm,
    ServiceMethod,
    ServiceOutcome,
)
from onevisit.rules.clocks import local_day
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.rules.opinions import Opinion, OpinionOutcome
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision
from onevisit.rules.route_sheets import SheetKind
from onevisit.rules.routes import Handling
from onevisit.rules.step_forms import StepForm
from onevisit.rules.urgent import UrgentAddressee

ORGAN = "示例岭街道工龄核定办公室"
REASON = "槐花巷的人都在这一片，先转给街道"
GATE_REASON = "老人不会用手机，儿子晚上回来再补电话"
URGENT_WHERE = "槐花巷东口老粮站门前"
URGENT_CONTENT = "三十多名退休职工说明早去粮站门前等答复"
URGENT_MEASURES = "已请街道书记当晚入户说明"
OPINION = Opinion(
    request="补算一九八七年到一九八九年的连续工龄",
    facts="查到当年的工资花名册，第十七页有他的名字",
    decision="同意补算两年零三个月",
    basis="本市关于连续工龄认定的通知第四条",
    remedy="不服的，自收到之日起三十日内请求复查",
    outcome=OpinionOutcome.SUPPORTED,
)
SERVED_NOTE = "请邻居司马样兰一同到场"
WITNESS = "社区干事闻人例芳"
CALL_NOTE = "儿媳接的电话，说老人在院里晒太阳"
PROMISE = "补发的钱到账以后打电话告诉他儿媳"
COMMENT = "那位姑娘说话慢，我听得懂"
ON_THE_PHONE = "钱补了，可是没人跟老人讲清楚"
STEP_NOTE = "街道当天派人来取的档案"

WORDS = (
    *(ORGAN, REASON, GATE_REASON, URGENT_WHERE, URGENT_CONTENT, URGENT_MEASURES),
    *(OPINION.request, OPINION.facts, OPINION.decision),
    *(SERVED_NOTE, WITNESS, CALL_NOTE, PROMISE, COMMENT, ON_THE_PHONE, STEP_NOTE),
)
"""Everything said here that nobody may find."""


def work(clerk: Desk, visit: Registered) -> None:
    """Go through it all with one matter, which was registered as urgent."""
    today = local_day(clerk.now())
    gate.leave_open(clerk, visit.visit_id, "reach", GATE_REASON)
    report = urgent.open_report(clerk, visit.matter_id)
    typed = replace(
        report.report, happened_at="明早八点", place=URGENT_WHERE, content=URGENT_CONTENT, measures=URGENT_MEASURES
    )
    key = urgent.save(clerk, report.key, typed).key
    urgent.tell(clerk, key, UrgentAddressee.GOVERNMENT)
    case = route.case(clerk, visit_id=visit.visit_id)
    decision = Decision(Handling.LOWER, Procedure.OPINION, (ORGAN,), reason=REASON)
    route.decide(clerk, case.seen, decision, case.suggested, visit_id=visit.visit_id)
    route_sheets.guidance(clerk, _shown(clerk, visit))
    route_sheets.record_printed(clerk, _shown(clerk, visit), SheetKind.TOLD)
    life.note(clerk, _shown(clerk, visit), Event.RECEIVED, StepForm(today, note=STEP_NOTE))
    life.take(clerk, _shown(clerk, visit), Action.ACCEPT, StepForm(today))
    opinions.make_final(clerk, _shown(clerk, visit), Draft(), OpinionForm(ORGAN, OPINION))
    life.take(clerk, _shown(clerk, visit), Action.ANSWER, StepForm(today, document_no="示信处〔2026〕77号"))
    refused = ServiceForm(ServedDocument.OPINION, ServiceMethod.OTHER, ServiceOutcome.REFUSED, today)
    service.serve(clerk, _shown(clerk, visit), replace(refused, witness=WITNESS, note=SERVED_NOTE))
    promise = PromiseForm(PROMISE, today + timedelta(days=3))
    promises_due.make(clerk, _shown(clerk, visit), promise)
    said = EvaluationForm(EvaluationSubject.ORGAN, EvaluationValue.DISSATISFIED, ON_THE_PHONE)
    calls.call(clerk, _shown(clerk, visit), CallForm(CallOutcome.REACHED, CALL_NOTE, said=(said,)))
    ((_, asked),) = evaluation.invite(clerk, visit.visit_id).asked
    evaluation.answer(clerk, _shown(clerk, visit), asked, EvaluationValue.SATISFIED, COMMENT)


def _shown(clerk: Desk, visit: Registered) -> Seen:
    return lookup.open_matter(clerk, visit.matter_id).seen
