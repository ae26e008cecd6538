"""Which rows the form of each action shows, what stands in them at first, and what is sent to the desk."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from onevisit.desk import life, life_clocks, life_links, life_split, urgent_later
from onevisit.desk.desk import Desk
from onevisit.desk.life_clocks import Correction
from onevisit.desk.life_view import ActLine, Doing, LifeView, Special
from onevisit.desk.standing import Seen
from onevisit.rules.extensions import Approver, Extension
from onevisit.rules.matter_history import Event
from onevisit.rules.matter_life import Action
from onevisit.rules.pauses import Stop
from onevisit.rules.rulesets import ClockKind, StopReason
from onevisit.rules.step_forms import StepForm, StepRule

ROWS = ("choice", "choice2", "other", "days", "on", "until", "organ", "document_no", "note", "late_reason")
"""The rows of the form, in reading order."""

Choices = tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form; a row that is not shown is empty."""

    choice: Any = None
    choice2: Any = None
    other: str = ""
    days: str = ""
    on: date | None = None
    until: date | None = None
    organ: str = ""
    document_no: str = ""
    note: str = ""
    late_reason: str = ""


Send = Callable[[Desk, Seen, Typed], object]


@dataclass(frozen=True, slots=True)
class StepSpec:
    """The form of one action.

    Attributes:
        rows: which rows it has, and what each is called.
        send: does it at the desk; runs on the worker.
        hint: what is good to know before.
        choices: of the first choice; ``blank`` puts an empty one before them.
        choices2: of the second one.
        others: numbers and titles offered where another matter is to be named.
        start: what stands in the rows at first.
        follow: what a choice puts into other rows.
        faults: the rows of the desk's fields, where they are called otherwise.
        needed: the days without which the desk cannot be asked.
        then: the section of the matter where the person goes on at once; empty stays here.
    """

    doing: Doing
    heading: str
    rows: Mapping[str, str]
    send: Send
    hint: str = ""
    choices: Choices = ()
    blank: str = ""
    choices2: Choices = ()
    others: tuple[tuple[str, str], ...] = ()
    start: Mapping[str, str] = field(default_factory=dict)
    follow: Callable[[Any], Mapping[str, str]] | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    then: str = ""


def spec_of(view: LifeView, act: ActLine, today: date) -> StepSpec:
    """The form of an action on a matter as it is shown."""
    doing = act.doing
    if isinstance(doing, Special):
        return _SPECIAL[doing](view, today)
    if act.rule is None:
        raise ValueError(doing)
    if doing is Action.MERGE:
        return _merge(view, act.rule, today)
    if doing is Action.SPLIT:
        return _split(act.rule, today)
    return _step(view, act, act.rule, today)


def _step(view: LifeView, act: ActLine, rule: StepRule, today: date) -> StepSpec:
    rows = {"on": rule.day, "note": rule.note_word}
    rows |= {"choice": rule.outcome_word} if rule.outcomes else {}
    rows |= {"until": "送达来访人日期"} if rule.served else {}
    rows |= {"organ": "机关、单位"} if rule.organ else {}
    rows |= {"document_no": "文号"} if rule.document else {}
    by_organ = rule.organ and act.doing in _OF_THE_ORGAN
    return StepSpec(
        doing=act.doing,
        heading=act.label,
        rows=rows,
        send=_sender(act.doing),
        hint="还没有送达的，送达日期先空着；送到以后在“更正日期”里补上，来访人的期限从那天起算。"
        if rule.served
        else "",
        choices=rule.outcomes,
        blank="请选择" if rule.must_choose else "不选",
        start={"on": today.isoformat(), "organ": view.organ if by_organ else ""},
        faults={"outcome": "choice", "served_on": "until"},
    )


_SERVED_HINT = "还没有送达的，送达日期先空着，送到以后登记送达；来访人的期限从送达那天起算。"
_OF_THE_ORGAN = frozenset({Event.RECEIVED, Event.NOTICED, Action.ACCEPT, Action.ANSWER, Event.REPORTED, Action.OBJECT})


def _sender(doing: Doing) -> Send:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        form = _form(typed)
        if isinstance(doing, Event):
            return life.note(desk, seen, doing, form)
        if doing is Action.TERMINATE:
            return life.terminate(desk, seen, form)
        if doing is Action.REOPEN:
            return life.reopen(desk, seen, form)
        if isinstance(doing, Action):
            return life.take(desk, seen, doing, form)
        raise ValueError(doing)

    return send


def _form(typed: Typed) -> StepForm:
    return StepForm(
        on=typed.on,
        served_on=typed.until,
        organ=typed.organ,
        document_no=typed.document_no,
        outcome=typed.choice or "",
        note=typed.note,
        late_reason=typed.late_reason,
    )


_OTHER_HINT = "可以从同一来访人的其他事项里选，也可以填事项编号，或者扫回执上的条码。"


def _others(view: LifeView) -> tuple[tuple[str, str], ...]:
    return tuple((one.number, f"{one.title}（{one.number}）") for one in view.others)


def _merge(view: LifeView, rule: StepRule, today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return life_links.merge(desk, seen, typed.other, _form(typed))

    return StepSpec(
        doing=Action.MERGE,
        heading="并入另一件",
        rows={"other": "并入哪一件", "on": rule.day, "note": "备注"},
        send=send,
        hint=f"这一件从此不再办理，到那一件上办。{_OTHER_HINT}",
        others=_others(view),
        start={"on": today.isoformat()},
    )


def _split(rule: StepRule, today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return life_split.split(desk, seen, typed.note.splitlines(), StepForm(typed.on))

    return StepSpec(
        doing=Action.SPLIT,
        heading="分成几件",
        rows={"on": rule.day, "note": "每行写一件"},
        send=send,
        hint="每一件有自己的编号和查询码，来访人和来访日期照抄，从这一件起各办各的；这一件从此不再办理。",
        start={"on": today.isoformat()},
        faults={"titles": "note"},
    )


def _relate(view: LifeView, _today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return life_links.relate(desk, seen, typed.other)

    hint = f"两件各办各的，只是互相看得到。{_OTHER_HINT}"
    return StepSpec(Special.RELATE, "关联另一件", {"other": "与哪一件相关"}, send, hint=hint, others=_others(view))


def _extend(view: LifeView, today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        days = int(typed.days) if re.fullmatch(r"\d{1,4}", typed.days.strip()) else 0
        approver = Approver.from_code(typed.choice)
        return life_clocks.extend(desk, seen, Extension(days, approver, typed.organ, typed.note, typed.on or today))

    approver = Approver.ASSIGNING_ORGAN if view.assigner_approves else Approver.HEAD
    return StepSpec(
        doing=Special.EXTEND,
        heading="延长办理期限",
        rows={"choice": "由谁批准", "days": "延长几日", "on": "批准日期", "organ": "批准人", "note": "延期理由"},
        send=send,
        hint=f"最多 {view.most_days} 日，只能延期一次；延期理由要告知来访人。",
        choices=tuple((one.value, one.label) for one in sorted(Approver, key=lambda one: one is not approver)),
        start={"days": str(view.most_days), "on": today.isoformat()},
        faults={"approver": "choice", "approved_by": "organ", "reason": "note", "approved_on": "on"},
        needed=("on",),
    )


def _stop(view: LifeView, today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        stop = Stop(StopReason.from_code(typed.choice2), typed.on or today, typed.until, typed.note)
        return life_clocks.stop(desk, seen, ClockKind.from_code(typed.choice), stop)

    return StepSpec(
        doing=Special.STOP,
        heading="暂停计算期限",
        rows={
            "choice": "哪个期限",
            "choice2": "因为什么",
            "on": "起日",
            "until": "止日",
            "note": "说明",
        },
        send=send,
        hint="还没有结束的，止日空着。日期往不往后推，按这件事适用的规则（如听证只在复核中扣除），“为什么是这一天”里会写明。",
        choices=tuple((kind.value, label) for kind, label in view.running),
        choices2=tuple((one.value, one.label) for one in StopReason),
        start={"on": today.isoformat()},
        faults={"clock": "choice", "reason": "choice2", "first": "on", "last": "until"},
        needed=("on",),
    )


def _go_on(view: LifeView, today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return life_clocks.go_on(desk, seen, typed.choice, typed.until)

    return StepSpec(
        doing=Special.GO_ON,
        heading="继续计算期限",
        rows={"choice": "哪次暂停", "until": "暂停的最后一天"},
        send=send,
        hint="从这一天的第二天起继续计算。",
        choices=tuple((one.stop_id, one.label) for one in view.stops),
        start={"until": today.isoformat()},
        faults={"last": "until", "first": "until"},
    )


def _correct(view: LifeView, _today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return life_clocks.correct(desk, seen, typed.choice, Correction(typed.on, typed.until, typed.note))

    days = {one.step_id: one for one in view.steps}

    def follow(step_id: Any) -> Mapping[str, str]:  # noqa: ANN401 - what the choice holds
        step = days[step_id]
        return {"on": step.on.isoformat(), "until": step.served_on.isoformat() if step.served_on else ""}

    newest = tuple(reversed(view.steps))
    return StepSpec(
        doing=Special.CORRECT,
        heading="更正日期",
        rows={"choice": "哪一步", "on": "正确的日期", "until": "送达日期", "note": "更正理由"},
        send=send,
        hint="原来的日期留在办理经过里。送达日期只有答复、复查意见、复核意见才有，别的空着。",
        choices=tuple((one.step_id, one.label) for one in newest),
        start=follow(newest[0].step_id),
        follow=follow,
        faults={"served_on": "until", "reason": "note"},
    )


def _urgent(_view: LifeView, _today: date) -> StepSpec:
    def send(desk: Desk, seen: Seen, typed: Typed) -> object:
        return urgent_later.mark(desk, seen, typed.note)

    hint = "登记以后马上打开紧急报告单，写的情况会带过去；请随即向五方报告（《信访工作条例》第二十五条）。"
    return StepSpec(Special.URGENT, "改为紧急", {"note": "出现了什么情况"}, send, hint=hint, then="urgent")


_SPECIAL: Mapping[Special, Callable[[LifeView, date], StepSpec]] = {
    Special.EXTEND: _extend,
    Special.STOP: _stop,
    Special.GO_ON: _go_on,
    Special.CORRECT: _correct,
    Special.RELATE: _relate,
    Special.URGENT: _urgent,
}
