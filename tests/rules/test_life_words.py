"""Where a matter stands, for the clerk: a plain sentence for every state."""

import pytest

from onevisit.rules.life_words import where_it_stands
from onevisit.rules.matter_life import Served, Standing, State
from onevisit.rules.procedures import Procedure
from onevisit.rules.routes import Handling


@pytest.mark.parametrize("state", State)
def test_every_state_has_its_sentence(state: State) -> None:
    said = where_it_stands(Standing(state, Handling.TRANSFER, Procedure.OPINION, Served.OPINION), "示例局")
    assert said.endswith("。")
    assert "{" not in said


def test_a_route_says_what_is_waited_for() -> None:
    assert where_it_stands(Standing(State.ROUTED)) == "已定去向。"
    assert where_it_stands(Standing(State.ROUTED, Handling.ANSWER)) == "当场答复，可以办结。"
    assert (
        where_it_stands(Standing(State.ROUTED, Handling.GUIDE), "示例法院") == "引导到法定程序（示例法院），可以办结。"
    )
    by_duty = Standing(State.ROUTED, Handling.TRANSFER, Procedure.DUTY)
    assert where_it_stands(by_duty, "示例局") == "已转送（示例局），等承办单位受理或者答复。"


def test_an_answer_that_nobody_was_served_can_be_closed() -> None:
    assert where_it_stands(Standing(State.ANSWERED)) == "承办单位已答复，可以办结。"
    asked = Standing(State.ANSWERED, served=Served.OPINION)
    assert where_it_stands(asked, "示例局") == "示例局已答复，来访人可以请求复查；不请求复查的，可以办结。"
