"""The consultation form: what must stand in it before it is signed."""

from dataclasses import replace

from onevisit.rules import consultation
from onevisit.rules.classification import AdvisedWay
from onevisit.rules.forms import ConsultationForm

FORM = ConsultationForm(facts="有欠条。", advice="可以直接起诉。", ways=(AdvisedWay.LITIGATION,))


def fields(form: ConsultationForm) -> list[str]:
    return [fault.field for fault in consultation.check(form)]


def test_facts_advice_and_a_way_are_needed() -> None:
    assert fields(ConsultationForm(facts=" \n", advice="\u200b")) == ["facts", "advice", "ways"]
    assert fields(FORM) == []


def test_a_referral_to_legal_aid_is_a_way() -> None:
    form = ConsultationForm(facts="有欠条。", advice="可以申请法律援助。", legal_aid=True)
    assert fields(form) == []
    assert consultation.normalise(form).ways == (AdvisedWay.LEGAL_AID,)


def test_ways_stand_once_in_the_order_of_the_list() -> None:
    form = replace(FORM, ways=(AdvisedWay.PETITION, AdvisedWay.LITIGATION, AdvisedWay.PETITION))
    assert consultation.normalise(form).ways == (AdvisedWay.LITIGATION, AdvisedWay.PETITION)


def test_texts_are_tidied_and_lines_kept() -> None:
    assert consultation.normalise(replace(FORM, advice="先调解。\r\n再起诉。  \n\n")).advice == "先调解。\n再起诉。"


def test_lengths() -> None:
    long = "长" * 20_001
    form = ConsultationForm(long, long, long, (AdvisedWay.PETITION,), working_notes=long)
    assert fields(form) == ["facts", "advice", "basis", "working_notes"]


def test_addenda() -> None:
    assert consultation.check_addendum("11月23日：法援中心已同意。") == ()
    assert [fault.field for fault in consultation.check_addendum(" \n")] == ["addendum"]
    assert "20001 字" in consultation.check_addendum("长" * 20_001)[0].sentence
