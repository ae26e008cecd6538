"""What happened in practice mode before its day begins: matters routed, accepted, overdue and closed, about nobody.

They come through the same doors as real ones, by a clock that stands behind and goes on.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from onevisit.desk import gate, life, lookup, promises_due, route
from onevisit.desk.desk import Desk
from onevisit.desk.register import Registered, register
from onevisit.rules.after_visit import PromiseForm
from onevisit.rules.checksums import mod_11_2
from onevisit.rules.classification import ContentClass, Purpose, ReplyMethod
from onevisit.rules.clocks import local_day
from onevisit.rules.forms import MaterialEntry, RegistrationForm
from onevisit.rules.matter_life import Action
from onevisit.rules.people import PersonEntry
from onevisit.rules.route_choice import taken_over
from onevisit.rules.step_forms import StepForm

LONGEST = 26
"""Days; after more than 31 the client would ask whether the computer's clock is right."""


class PastClock:
    """A clock that stands some days behind another one."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._days = LONGEST

    def __call__(self) -> datetime:
        """The moment, in the past."""
        return self._now() - timedelta(days=self._days)

    def go_to(self, days_ago: int) -> None:
        """Go on to so many days ago."""
        self._days = min(self._days, days_ago)


def live_through(desk: Desk, clock: PastClock) -> tuple[Registered, ...]:
    """Let the weeks before the practice day happen; gives the four visits, oldest first.

    Args:
        desk: somebody who may REGISTER, in a house that goes by ``clock``.
        clock: at its beginning.
    """
    heating = register(desk, _HEATING)
    clock.go_to(25)
    _route(desk, heating)  # the organ has not given its notice since
    clock.go_to(20)
    road = register(desk, _ROAD)  # nobody decided where it goes
    clock.go_to(18)
    bill = register(desk, _BILL)
    gate.leave_open(desk, bill.visit_id, "papers", "发票在医院，说补好了托人送来")
    clock.go_to(17)
    _route(desk, bill)
    clock.go_to(12)
    school = register(desk, _SCHOOL)
    _route(desk, school)
    _step(desk, school, Action.CLOSE)
    clock.go_to(10)
    _step(desk, bill, Action.ACCEPT)
    shown = lookup.open_matter(desk, bill.matter_id).seen
    by = local_day(desk.now()) + timedelta(days=8)  # nobody called
    promises_due.make(desk, shown, PromiseForm("电话告诉您核对报销比例的情况", by))
    return heating, road, bill, school


def _route(desk: Desk, visit: Registered) -> None:
    """Decide what the assistant proposes."""
    case = route.case(desk, visit_id=visit.visit_id)
    proposal = case.proposal
    if proposal is None:
        return
    organs = case.organs_for(proposal.handling, proposal.procedure)
    names = tuple(one.name for one in organs[:1]) if proposal.handling.needs_addressee else ()
    route.decide(desk, case.seen, taken_over(proposal, names), case.suggested, visit_id=visit.visit_id)


def _step(desk: Desk, visit: Registered, action: Action) -> None:
    view = lookup.open_matter(desk, visit.matter_id)
    life.take(desk, view.seen, action, StepForm(local_day(desk.now())))


def _person(name: str, born: str, serial: str, phone: str, region_code: str, address: str) -> PersonEntry:
    body = f"370499{born}{serial}"
    return PersonEntry(
        name=name,
        ethnic_group="汉族",
        id_number=body + mod_11_2(body),
        phone=phone,
        region_code=region_code,
        address=address,
    )


_HEATING = RegistrationForm(
    lead=_person("周建华", "19660725", "165", "13900000121", "370402", "示例小区3号楼"),
    purpose=Purpose.REQUEST,
    content=ContentClass.CONSTRUCTION,
    place_code="370402",
    title="小区供热管网漏水停暖",
    summary="供热管网漏水后停暖两周，物业说归热力公司，热力公司说归物业，请求协调恢复供暖。",
    respondent="某热力有限公司",
    materials=(MaterialEntry("漏水照片"),),
    reply_by=ReplyMethod.PHONE,
)
_ROAD = RegistrationForm(
    lead=_person("吴桂芝", "19570412", "178", "13900000122", "370406", "示例镇南村"),
    purpose=Purpose.REQUEST,
    content=ContentClass.AGRICULTURE,
    place_code="370406",
    title="进村道路塌陷没有修",
    summary="雨季以后进村道路塌陷一处，车辆无法通行，请求安排维修。",
    respondent="某镇人民政府",
    reply_by=ReplyMethod.VILLAGE_OFFICERS,
)
_BILL = RegistrationForm(
    lead=_person("郑海燕", "19880903", "187", "13900000123", "370481", "示例街道5号"),
    purpose=Purpose.REQUEST,
    content=ContentClass.HEALTH,
    place_code="370481",
    title="异地就医报销比例和告知的不一致",
    summary="在外地住院，出院时按百分之五十报销，先前窗口告知的是百分之七十，请求核对。",
    respondent="某区医疗保障局",
    reply_by=ReplyMethod.PHONE,
)
_SCHOOL = RegistrationForm(
    lead=_person("冯小军", "19930118", "194", "13900000124", "370403", "示例街道8号"),
    purpose=Purpose.ENQUIRY,
    content=ContentClass.EDUCATION,
    place_code="370403",
    title="咨询转学要办的手续",
    summary="咨询孩子从外地转学回来要办哪些手续。",
    reply_by=ReplyMethod.ON_THE_SPOT,
)
