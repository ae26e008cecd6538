"""One matter that is really several: each part has its number, its people, its day, and is found by all of them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.desk.conftest import Clock
from tests.desk.lived import TODAY, lines, routed, shown, stepped

from onevisit.desk import board, leaving, life_split, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.errors import DeskFault, FormError
from onevisit.desk.figures import figures
from onevisit.desk.life_view import life as life_of
from onevisit.desk.register import Registered, register
from onevisit.rules.board import DueGroup
from onevisit.rules.figure_facts import Span
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.matter_life import Action, State
from onevisit.rules.step_forms import StepForm

NewForm = Callable[..., RegistrationForm]
FORM = StepForm(TODAY)


@pytest.fixture
def whole(clerk_desk: Desk, new_form: NewForm) -> Registered:
    return register(clerk_desk, new_form())


def test_each_part_is_a_matter_of_its_own(clerk_desk: Desk, whole: Registered) -> None:
    titles = ["  工资被拖欠", "", "工伤没有赔"]
    after = life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), titles, FORM)
    assert after.state is State.SPLIT
    links = life_of(clerk_desk, whole.matter_id).links
    assert [(one.words, one.title) for one in links] == [("分出的", "工资被拖欠"), ("分出的", "工伤没有赔")]
    assert len({one.number for one in links} | {whole.matter_no}) == 3
    for link in links:
        part = lookup.open_matter(clerk_desk, link.matter_id)
        assert [person.name for person in part.visits[0].people] == ["王伟"]
        assert part.timeline[-1].text == f"分自 {whole.matter_no}，来访 {whole.visit_no}"
        view = life_of(clerk_desk, link.matter_id)
        assert [(one.words, one.number) for one in view.links] == [("分自", whole.matter_no)]
        assert view.stands == "已登记，等窗口定去向。"
        assert lines(clerk_desk, link.matter_id)["transfer"].is_open
    found = lookup.search(clerk_desk, "工伤").hits
    assert [one.title for one in found] == ["工伤没有赔"]


def test_whoever_came_about_what_was_split_came_once(clerk_desk: Desk, whole: Registered) -> None:
    span = Span(TODAY, TODAY)
    assert figures(clerk_desk, span).visits.batches == 1
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["一件", "另一件"], FORM)
    assert figures(clerk_desk, span).visits.batches == 1


def test_whoever_leaves_leaves_with_every_part(clerk_desk: Desk, whole: Registered, new_form: NewForm) -> None:
    register(clerk_desk, new_form())
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["一件", "另一件"], FORM)
    part = life_of(clerk_desk, whole.matter_id).links[-1].matter_id
    life_split.split(clerk_desk, shown(clerk_desk, part), ["再分一件", "再分另一件"], FORM)

    def gone() -> list[bool]:
        return [row.left_at is not None for row in reversed(lookup.today(clerk_desk, TODAY).rows)]

    leaving.leave(clerk_desk, whole.visit_id)
    assert gone() == [True, False, True, True, True, True]
    leaving.come_back(clerk_desk, lookup.today(clerk_desk, TODAY).rows[0].visit_id)
    assert not any(gone())


def test_what_came_back_to_the_window_has_its_days_from_then(clerk_desk: Desk, whole: Registered, clock: Clock) -> None:
    clock.advance(days=40)
    back = TODAY + timedelta(days=40)
    routed(clerk_desk, whole.matter_id, on=back)
    stepped(clerk_desk, whole.matter_id, Action.OBJECT, Action.RETURN, on=back)
    due = lines(clerk_desk, whole.matter_id)["transfer"].due
    life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["一件", "另一件"], StepForm(back))
    for part in life_of(clerk_desk, whole.matter_id).links:
        assert lines(clerk_desk, part.matter_id)["transfer"].due == due
        assert life_of(clerk_desk, part.matter_id).stands == "已登记，等窗口定去向。"
    found = board.board(clerk_desk, board.BoardChoice()).columns
    assert [column.group for column in found if column.matter_ids] == [DueGroup.LATER]


@pytest.mark.parametrize(
    ("titles", "sentence"),
    [
        (["只有一件"], "请写 2 至 6 件，每行一件（现在是 1 件）"),
        ([str(number) for number in range(7)], "现在是 7 件"),
        (["同一件", "同一件"], "写得一样"),
        (["短", "长" * 61], "每行最多 60 字"),
    ],
)
def test_what_is_wrong_with_the_parts_is_said(
    clerk_desk: Desk, whole: Registered, titles: list[str], sentence: str
) -> None:
    with pytest.raises(FormError) as wrong:
        life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), titles, FORM)
    assert wrong.value.faults[0].field == "titles"
    assert sentence in wrong.value.sentence


def test_what_is_routed_is_not_split_and_a_failed_split_takes_no_number(clerk_desk: Desk, new_form: NewForm) -> None:
    whole = register(clerk_desk, new_form())
    routed(clerk_desk, whole.matter_id)
    with pytest.raises(DeskFault, match="定去向以前才能分成几件"):
        life_split.split(clerk_desk, shown(clerk_desk, whole.matter_id), ["一件", "另一件"], FORM)
    assert life_of(clerk_desk, whole.matter_id).links == ()
