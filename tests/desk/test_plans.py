"""No everyday question reads all that was ever registered: a hall keeps a million visits."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from onevisit.desk import audit, consult, day_due, figure_rows, figures, issue, lookup
from onevisit.desk.desk import Desk
from onevisit.desk.register import full_person, likenesses, register
from onevisit.rules.accounts import Role
from onevisit.rules.clocks import local_day
from onevisit.rules.figure_facts import Span
from onevisit.rules.figures import ALL, FigureKey
from onevisit.rules.forms import RegistrationForm

LogIn = Callable[[Role], Desk]
NewForm = Callable[..., RegistrationForm]
GROWING = (
    *("petitioner", "matter", "visit", "visit_party", "material", "sameness_answer", "timeline_entry"),
    *("consultation", "consultation_addendum", "slip", "slip_copy", "audit_entry"),
)
WHOLE_TABLE = re.compile(rf"SCAN (?:{'|'.join(GROWING)})(?:_\d+)?(?= |$)")


@contextmanager
def questions() -> Iterator[list[tuple[str, Any]]]:
    """The SELECTs that run inside; one that stops after so many rows may walk a table in its order."""
    asked: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:  # noqa: ANN401  of the driver
        if text.startswith("SELECT") and " LIMIT " not in text.upper().replace("\n", " "):
            asked.append((text, values))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def plan(desk: Desk, text: str, values: Any) -> list[str]:  # noqa: ANN401  of the driver
    with desk.look(None) as session:
        return [str(row[3]) for row in session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)]


@pytest.mark.parametrize(
    "work",
    [
        "likenesses",
        "likenesses by name",
        "register",
        "full_person",
        "today",
        "due",
        "search",
        "open_matter",
        "waiting",
        "waiting_count",
        "begin",
        "issue",
        "audit",
        "figures",
        "rows behind figures",
    ],
)
def test_no_question_reads_a_whole_table(log_in: LogIn, new_form: NewForm, work: str) -> None:
    clerk, lawyer, auditor = log_in(Role.CLERK), log_in(Role.LAWYER), log_in(Role.AUDITOR)
    form = new_form(organisation="示例物业公司", wants_lawyer=True)
    assert form.lead is not None
    known, nameless = register(clerk, form), replace(form, lead=replace(form.lead, id_number=""))
    month = Span.month_of(local_day(clerk.now()))
    works: dict[str, Callable[[], object]] = {
        "likenesses": lambda: likenesses(clerk, form),
        "likenesses by name": lambda: likenesses(clerk, nameless),
        "register": lambda: register(clerk, new_form()),
        "full_person": lambda: full_person(clerk, likenesses(clerk, form).persons[0].petitioner_id),
        "today": lambda: lookup.today(clerk),
        "due": lambda: day_due.day_due(clerk),
        "search": lambda: [lookup.search(clerk, typed) for typed in ("", "王伟 工资", known.visit_no, known.matter_no)],
        "open_matter": lambda: lookup.open_matter(clerk, known.matter_id),
        "waiting": lambda: consult.waiting(lawyer),
        "waiting_count": lambda: consult.waiting_count(clerk),
        "begin": lambda: consult.begin(lawyer, known.visit_id),
        "issue": lambda: issue.issue(clerk, known.visit_id, paper="a5", queue="PDF"),
        "audit": lambda: audit.entries(auditor),
        "figures": lambda: figures.figures(clerk, month),
        "rows behind figures": lambda: figure_rows.rows_behind(clerk, FigureKey.REASONS, ALL, month),
    }
    with questions() as asked:
        works[work]()
    read = [(step, text) for text, values in asked for step in plan(clerk, text, values) if WHOLE_TABLE.search(step)]
    assert read == []
