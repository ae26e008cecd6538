"""The lists of papers as the unit keeps them."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onevisit.desk import audit, lawbook
from onevisit.desk.desk import Desk
from onevisit.desk.errors import ChangedElsewhereError, FormError, NotFoundError
from onevisit.desk.house_papers import (
    confirm_papers,
    import_papers,
    papers_listed,
    papers_text,
    put_back_papers,
    save_papers,
)
from onevisit.rules import papers
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.faults import PlainFault
from onevisit.rules.papers import Paper, PaperLists

PAPER = Paper(" 医保结算单 ", "到就诊医院打印", ("结算单", " "), ("医保",))
ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def with_paper(paper: Paper = PAPER) -> PaperLists:
    shipped = papers.shipped()
    return replace(shipped, classes={**shipped.classes, ContentClass.HEALTH: (paper,)})


def test_everybody_reads_the_shipped_examples(clerk_desk: Desk) -> None:
    listed = papers_listed(clerk_desk)
    assert (listed.entries, listed.own) == (papers.shipped(), False)
    assert listed.entries.example


def test_a_paper_is_changed_and_the_lists_are_examples_until_all_are_checked(
    admin_desk: Desk, clerk_desk: Desk, auditor_desk: Desk
) -> None:
    save_papers(admin_desk, replace(with_paper(), example=False), "")
    listed = papers_listed(clerk_desk)
    assert listed.entries.classes[ContentClass.HEALTH] == (
        Paper("医保结算单", "到就诊医院打印", ("结算单",), ("医保",)),
    )
    assert (listed.own, listed.entries.example) == (True, True)
    confirm_papers(admin_desk, listed.seen)
    checked = papers_listed(clerk_desk)
    assert not checked.entries.example
    save_papers(admin_desk, with_paper(replace(PAPER, name="发票")), checked.seen)
    assert not papers_listed(clerk_desk).entries.example
    newest = audit.entries(auditor_desk)[0]
    assert newest.action == "修改名录"
    assert newest.detail.startswith("材料清单，现有 ")


@pytest.mark.parametrize(
    ("lists", "field"),
    [
        (with_paper(replace(PAPER, name=" ")), "classes.08.0.name"),
        (with_paper(replace(PAPER, where="")), "classes.08.0.where"),
        (with_paper(replace(PAPER, matches=(" ",))), "classes.08.0.matches"),
        (replace(papers.shipped(), purposes=()), "purposes"),
        (replace(papers.shipped(), group=replace(PAPER, where="")), "group.where"),
    ],
)
def test_a_fault_stands_at_its_path(admin_desk: Desk, lists: PaperLists, field: str) -> None:
    with pytest.raises(FormError) as refused:
        save_papers(admin_desk, lists, "")
    assert [fault.field for fault in refused.value.faults] == [field]
    assert not papers_listed(admin_desk).own


def test_the_second_window_is_told(admin_desk: Desk) -> None:
    save_papers(admin_desk, with_paper(), "")
    changes: tuple[Callable[[], object], ...] = (
        lambda: save_papers(admin_desk, papers.shipped(), ""),
        lambda: confirm_papers(admin_desk, ""),
        lambda: import_papers(admin_desk, papers_text(admin_desk), ""),
        lambda: put_back_papers(admin_desk, ""),
    )
    for change in changes:
        with pytest.raises(ChangedElsewhereError):
            change()
    assert papers_listed(admin_desk).entries.classes[ContentClass.HEALTH][0].name == "医保结算单"


def test_lists_are_taken_out_changed_brought_back_and_put_back(admin_desk: Desk) -> None:
    typed = json.loads(papers_text(admin_desk))
    typed["purposes"] = [Purpose.REQUEST.value]
    typed["classes"]["01"] = []
    assert import_papers(admin_desk, json.dumps(typed), "") > 0
    listed = papers_listed(admin_desk)
    assert listed.entries.purposes == (Purpose.REQUEST,)
    assert listed.entries.classes[ContentClass.POLITICS] == ()
    put_back_papers(admin_desk, listed.seen)
    assert papers_listed(admin_desk).entries == papers.shipped()
    with pytest.raises(NotFoundError):
        put_back_papers(admin_desk, "")


@ANY
@given(st.text(), st.text(max_size=5), st.lists(st.text(max_size=3), max_size=3))
def test_any_file_is_answered_and_what_was_taken_can_be_read(
    admin_desk: Desk, typed: str, name: str, words: list[str]
) -> None:
    rows = json.loads(papers_text(admin_desk))
    rows["classes"]["08"] = [{"name": name, "where": name, "matches": words, "when": words}]
    for text in (typed, "[" * 50_000, json.dumps(rows)):
        said = "。"
        try:
            import_papers(admin_desk, text, papers_listed(admin_desk).seen)
        except PlainFault as fault:
            said = fault.sentence
        assert said.endswith("。")
    with admin_desk.look(None) as session:
        assert lawbook.paper_lists(session)
