"""Which decision belongs to which step, where a day saw several."""

from datetime import UTC, date, datetime, timedelta

from onevisit.desk.route_rows import decided_with
from onevisit.rules.matter_life import Action
from onevisit.rules.routes import Handling
from onevisit.store.tables import MatterStep, RouteDecision

DAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def decision(minutes: int, handling: Handling, on: date = DAY) -> RouteDecision:
    return RouteDecision(on_day=on, decided_at=NINE + timedelta(minutes=minutes), handling=handling)


def step(minutes: int) -> MatterStep:
    return MatterStep(kind=Action.ROUTE.value, on_day=DAY, recorded_at=NINE + timedelta(minutes=minutes))


def test_a_step_belongs_to_the_decision_written_with_it() -> None:
    recalled, anew = decision(0, Handling.TRANSFER), decision(30, Handling.GUIDE)
    only_told = decision(90, Handling.IN_PERIOD)
    other_day = decision(31, Handling.LOWER, DAY + timedelta(days=1))
    among = [recalled, anew, only_told, other_day]
    assert decided_with(step(0), among) is recalled
    assert decided_with(step(30), among) is anew
    assert decided_with(step(30), [other_day]) is None
