"""What follows a visit: service of documents, promises, follow-up calls, evaluations, and what can be wrong with each.

That a document is served by hand, by post or by a visit, signed or refused before a witness, is how halls do it
(示例，以本地文件为准); so are the days after which silence is counted as silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from onevisit.rules import text
from onevisit.rules.clocks import show_day
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.labels import Labelled
from onevisit.rules.periods import event_fault


class ServedDocument(Labelled):
    """What is given to the petitioner in writing."""

    NOTICE = "notice", "告知书"
    ACCEPTANCE = "acceptance", "受理告知书"
    EXTENSION = "extension", "延期告知书"
    OPINION = "opinion", "信访处理意见书"
    REVIEW = "review", "复查意见书"
    FINAL_REVIEW = "final_review", "复核意见书"
    OTHER = "other", "其他文书"


class ServiceMethod(Labelled):
    """送达方式."""

    IN_PERSON = "in_person", "当面"
    POST = "post", "邮寄"
    VILLAGE_OFFICERS = "village_officers", "两员上门"
    OTHER = "other", "其他"


class ServiceOutcome(Labelled):
    """签收: signed, or refused, which needs a witness."""

    SIGNED = "signed", "已签收"
    REFUSED = "refused", "拒收"
    ON_ITS_WAY = "on_its_way", "已寄出，未回执"


class CallOutcome(Labelled):
    """What became of a call."""

    REACHED = "reached", "已联系上"
    NO_ANSWER = "no_answer", "无人接听"
    WRONG_NUMBER = "wrong_number", "号码不对"
    REFUSED = "refused", "不愿接受回访"


class EvaluationSubject(Labelled):
    """Whom an evaluation is about: two, never added together."""

    WINDOW = "window", "信访部门（窗口）"
    ORGAN = "organ", "责任单位"


class EvaluationValue(Labelled):
    """满意度: three answers, and silence, which is none of them: nobody has answered yet, or nobody wants to."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    SILENT = "silent", "未评价"


class EvaluationStanding(Labelled):
    """How far an evaluation is; silence comes by itself when the days are over, and never over an answer."""

    WAITING = "waiting", "等待评价"
    ANSWERED = "answered", "已评价"
    DECLINED = "declined", "不评价"
    SILENT = "silent", "到期未评价"


NUMBER_AT_MOST: Final = 80
NAME_AT_MOST: Final = 100
ORGAN_AT_MOST: Final = 200
TEXT_AT_MOST: Final = 2_000

EVALUATION_DAYS: Final = 30
"""Days after which whoever was asked and said nothing counts as silent; 示例，以本地文件为准."""


@dataclass(frozen=True, slots=True)
class ServiceForm:
    """One service as it is filled in.

    Attributes:
        on: the local day; None while nothing is filled in.
        witness: who saw it when the document was refused.
        step_id: the step whose opinion this document is; its period to ask for review begins with this day.
    """

    document: ServedDocument
    method: ServiceMethod
    outcome: ServiceOutcome
    on: date | None
    document_no: str = ""
    witness: str = ""
    note: str = ""
    step_id: int | None = None


@dataclass(frozen=True, slots=True)
class PromiseForm:
    """What is promised to a petitioner for a local day; None while no day is filled in."""

    text: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class EvaluationForm:
    """What a petitioner said of one subject."""

    subject: EvaluationSubject
    value: EvaluationValue
    comment: str = ""


@dataclass(frozen=True, slots=True)
class CallForm:
    """One call as it is filled in.

    Attributes:
        promise: what was promised during it; empty where nothing was.
        said: what the petitioner answered when asked about the window or the responsible unit.
    """

    outcome: CallOutcome
    note: str = ""
    promise: PromiseForm = PromiseForm()
    said: tuple[EvaluationForm, ...] = ()


def plain_service(form: ServiceForm) -> ServiceForm:
    """Clean what was typed; a witness is kept only where the document was refused."""
    refused = form.outcome is ServiceOutcome.REFUSED
    return replace(
        form,
        document_no=text.tidy(form.document_no),
        witness=text.tidy(form.witness) if refused else "",
        note=text.tidy_block(form.note),
    )


def service_faults(form: ServiceForm, today: date, *, after: date, after_what: str) -> Iterator[Fault]:
    """Say what is wrong with a service, in the order of the form.

    Args:
        form: cleaned by ``plain_service``.
        today: the local day of today.
        after: the local day of what it serves; the registration unless it serves a step.
        after_what: as read, ``登记日期``.
    """
    yield from length_faults("document_no", form.document_no, NUMBER_AT_MOST, "文号")
    if form.method is ServiceMethod.IN_PERSON and form.outcome is ServiceOutcome.ON_ITS_WAY:
        yield Fault("outcome", "当面送达的，当场就知道签收还是拒收，请选其中一个。")
    if form.outcome is ServiceOutcome.REFUSED and not form.witness:
        yield Fault("witness", "来访人拒收的，请写上在场的见证人是谁，再保存。")
    yield from length_faults("witness", form.witness, NAME_AT_MOST, "见证人")
    if form.on is None:
        yield Fault("on", "请填写送达的日期。")
    else:
        fault = event_fault("送达日期", form.on, today, after=after, after_what=after_what, field="on")
        if fault is not None:
            yield fault
    yield from length_faults("note", form.note, TEXT_AT_MOST, "备注")


def has_reached(outcome: ServiceOutcome) -> bool:
    """Whether a document has reached the petitioner: signed, or refused before a witness (示例，以本地文件为准)."""
    return outcome is not ServiceOutcome.ON_ITS_WAY


def promise_faults(form: PromiseForm, today: date, prefix: str = "") -> Iterator[Fault]:
    """Say what is wrong with a promise; its day is today or later."""
    if not form.text:
        yield Fault(f"{prefix}text", "请写明答应来访人什么事。")
    yield from length_faults(f"{prefix}text", form.text, TEXT_AT_MOST, "承诺")
    if form.due is None:
        yield Fault(f"{prefix}due", "请写明答应在哪一天以前办到。")
    elif form.due < today:
        yield Fault(f"{prefix}due", f"承诺的日期已经过了（今天是{show_day(today)}），请改为今天或以后的一天。")


def kept_faults(note: str) -> Iterator[Fault]:
    """Say what is wrong with the note of a kept promise: it says how, so that the next clerk can tell it."""
    if not note:
        yield Fault("note", "请用一句话写明是怎样兑现的，例如“已电话告知结果”。")
    yield from length_faults("note", note, TEXT_AT_MOST, "兑现情况")


def call_faults(form: CallForm, today: date) -> Iterator[Fault]:
    """Say what is wrong with a call; only somebody who was reached is promised anything, and can answer."""
    if form.outcome is CallOutcome.REACHED and not form.note:
        yield Fault("note", "请用一两句话写明来访人说了什么、答复了什么。")
    yield from length_faults("note", form.note, TEXT_AT_MOST, "回访情况")
    for one in form.said:
        if form.outcome is not CallOutcome.REACHED:
            yield Fault(f"{one.subject.value}.value", "没有联系上来访人，谈不上评价；请改选“没有问”。")
        yield from evaluation_faults(one, f"{one.subject.value}.")
    if not has_promise(form):
        return
    if form.outcome is not CallOutcome.REACHED:
        yield Fault("promise.text", "没有联系上来访人，谈不上答应；请清空承诺，或者改选“已联系上”。")
    yield from promise_faults(form.promise, today, "promise.")


def has_promise(form: CallForm) -> bool:
    """Whether something was promised during the call; a day alone counts, so that nothing half typed is lost."""
    return bool(form.promise.text) or form.promise.due is not None


def plain_evaluation(form: EvaluationForm) -> EvaluationForm:
    """Clean what was typed on the phone; a reason is kept only where the petitioner is not satisfied."""
    dissatisfied = form.value is EvaluationValue.DISSATISFIED
    return replace(form, comment=text.tidy_block(form.comment).strip() if dissatisfied else "")


def evaluation_faults(form: EvaluationForm, prefix: str = "") -> Iterator[Fault]:
    """Say what is wrong with an answer; silence is never filled in by hand."""
    if form.value is EvaluationValue.SILENT:
        yield Fault(f"{prefix}value", "“未评价”由期限自己算出，不能填写；来访人不想评价的，按“不评价”。")
    yield from length_faults(f"{prefix}comment", form.comment, TEXT_AT_MOST, "意见")


def silent_after(asked_on: date, days: int = EVALUATION_DAYS) -> date:
    """The last local day on which an answer still counts as one; whoever said nothing is silent from the next day."""
    return asked_on + timedelta(days=days)


def evaluation_standing(
    value: EvaluationValue, asked_on: date, answered_on: date | None, today: date, days: int = EVALUATION_DAYS
) -> EvaluationStanding:
    """Say how far an evaluation is on a local day.

    Args:
        value: what is kept: ``SILENT`` until somebody answers.
        asked_on: the local day on which the petitioner was asked.
        answered_on: the local day of the answer, or of saying that none will be given; None while nothing was said.
        today: the local day of today.
        days: how long an answer is waited for; the unit's own setting.
    """
    if value is not EvaluationValue.SILENT:
        return EvaluationStanding.ANSWERED
    if answered_on is not None:
        return EvaluationStanding.DECLINED
    return EvaluationStanding.SILENT if today > silent_after(asked_on, days) else EvaluationStanding.WAITING
