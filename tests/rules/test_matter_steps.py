"""What the petitioner may know of the steps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules import matter_steps
from onevisit.rules.matter_life import Action, State
from onevisit.rules.matter_steps import HIDDEN, Happening
from onevisit.rules.routes import Handling

DAY = date(2026, 11, 24)
happenings = st.lists(
    st.builds(
        Happening,
        st.none() | st.sampled_from(Action),
        st.just(DAY),
        st.none() | st.sampled_from(Handling),
        st.sampled_from([(), ("市纪委监委信访室",)]),
    )
)


def told(handling: Handling | None, *addressees: str, secret: bool = False) -> str:
    (step,) = matter_steps.known_steps([Happening(Action.ROUTE, DAY, handling, addressees)], secret=secret)
    return step.text


def test_the_way_of_a_matter_in_plain_words() -> None:
    steps = matter_steps.known_steps(
        [
            Happening(None, date(2026, 11, 16)),
            Happening(Action.ROUTE, date(2026, 11, 17), Handling.TRANSFER, ("市住建局", "市城管局")),
            Happening(Action.OBJECT, date(2026, 11, 18)),
            Happening(Action.RETURN, date(2026, 11, 19)),
            Happening(Action.ROUTE, date(2026, 11, 19), Handling.LOWER, ("市中区信访局",)),
            Happening(Action.ACCEPT, date(2026, 11, 23)),
        ]
    )
    assert [(step.on.day, step.text) for step in steps] == [
        (16, "已登记"),
        (17, "已转交市住建局、市城管局"),
        (19, "已转交市中区信访局"),
        (23, "承办单位已经受理"),
    ]


def test_each_route_has_its_words() -> None:
    assert told(Handling.GUIDE, "市中级人民法院") == "已引导您到市中级人民法院"
    assert told(Handling.ANSWER) == "已当场答复"
    assert told(Handling.ENDED) == "已告知：已复查复核，不再受理"
    assert told(Handling.TRANSFER) == told(None) == "已转交有权处理的机关、单位"


def test_check_8_where_an_accusation_went_is_not_told() -> None:
    assert told(Handling.DISCIPLINE, "市纪委监委信访室") == "已转交有权处理的机关、单位"
    assert told(Handling.TRANSFER, "市生态环境局", secret=True) == "已转交有权处理的机关、单位"


@given(happenings)
def test_nothing_that_goes_on_between_offices_is_seen(found: list[Happening]) -> None:
    steps = matter_steps.known_steps(found, secret=True)
    assert len(steps) == sum(one.action not in HIDDEN for one in found)
    assert not any("异议" in step.text or "退回" in step.text or "纪委" in step.text for step in steps)


@pytest.mark.parametrize("state", State)
def test_every_state_is_said_in_one_sentence(state: State) -> None:
    sentence = matter_steps.where_it_stands(state)
    assert sentence.endswith("。")
    assert "异议" not in sentence
    assert "退回" not in sentence
