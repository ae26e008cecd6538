"""The consultation form: its plain form, and what must stand in it before the lawyer may sign."""

from collections.abc import Iterator
from dataclasses import replace

from onevisit.rules import text
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.faults import Fault, length_faults
from onevisit.rules.forms import ConsultationForm

TEXT_AT_MOST = 20_000


def normalise(form: ConsultationForm) -> ConsultationForm:
    """Tidy the texts; name every way once, in the order of the code list; a referral to legal aid is a way too."""
    named = {*form.ways, AdvisedWay.LEGAL_AID} if form.legal_aid else {*form.ways}
    return replace(
        form,
        facts=text.tidy_block(form.facts),
        advice=text.tidy_block(form.advice),
        basis=text.tidy_block(form.basis),
        working_notes=text.tidy_block(form.working_notes),
        ways=tuple(way for way in AdvisedWay if way in named),
    )


def check(form: ConsultationForm) -> tuple[Fault, ...]:
    """Say what still stops the signature, in reading order. A draft may be kept with any of these."""
    return tuple(_faults(form))


def check_addendum(addendum: str) -> tuple[Fault, ...]:
    """Say what is wrong with an addendum (field ``addendum``)."""
    if not text.tidy_block(addendum).strip():
        return (Fault("addendum", "补充意见还是空的，请写明要补充什么。"),)
    return tuple(length_faults("addendum", addendum, TEXT_AT_MOST, "补充意见"))


def _faults(form: ConsultationForm) -> Iterator[Fault]:
    if not text.tidy_block(form.facts).strip():
        yield Fault("facts", "请写明了解到的情况，再签发。")
    yield from length_faults("facts", form.facts, TEXT_AT_MOST, "了解到的情况")
    if not text.tidy_block(form.advice).strip():
        yield Fault("advice", "请用来访人听得懂的话写明意见，这一段会印在回执上。")
    yield from length_faults("advice", form.advice, TEXT_AT_MOST, "意见")
    yield from length_faults("basis", form.basis, TEXT_AT_MOST, "法律依据")
    if not form.ways and not form.legal_aid:
        yield Fault("ways", "请至少选择一种建议途径。")
    yield from length_faults("working_notes", form.working_notes, TEXT_AT_MOST, "工作记录")
