"""How matters stand, in words for the clerk to whom somebody comes again: a step inside use cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from onevisit.desk.clock_reading import DueLine, due_lines, nearest
from onevisit.desk.desk import Desk
from onevisit.desk.lawbook import rules_of
from onevisit.desk.standing import standing_of
from onevisit.rules import rulebook
from onevisit.rules.clocks import local_day, show_day, show_short_day
from onevisit.rules.faults import PlainFault
from onevisit.rules.matter_history import happening
from onevisit.rules.repeats import period_of, refused_as, stop_sentence, stop_word
from onevisit.rules.route_law import article
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import Matter, MatterStep


@dataclass(frozen=True, slots=True)
class HowItStands:
    """A matter as it stands.

    Attributes:
        words: state, last step and what is due next, in one line.
        stop: what speaks against dealing with it once more, with its article; empty if nothing does.
        refused: why it is not accepted anew: in its period, or ended for good; None if it is.
        word: the same in a few words; empty if nothing speaks against it.
        article: what ``refused`` rests on, by the matter's rule set; empty where it is accepted anew.
    """

    words: str
    stop: str
    refused: Handling | None
    word: str
    article: str


def how_they_stand(desk: Desk, session: Session, matters: Sequence[Matter]) -> Mapping[int, HowItStands]:
    """Read how each matter stands, in a fixed number of statements."""
    steps = _last_steps(session, [matter.id for matter in matters], local_day(desk.now()))
    lines = due_lines(desk, session, matters)
    return {
        matter.id: _read(matter, steps.get(matter.id, ""), lines.get(matter.id, ()), _rules(session, matter))
        for matter in matters
    }


def _read(matter: Matter, last_step: str, lines: Sequence[DueLine], rules: RuleSet | None) -> HowItStands:
    standing, period = standing_of(matter), period_of(matter.state)
    running = next((one for one in lines if period is not None and one.key == period.value and one.is_open), None)
    state, due = (running.state, running.due) if running else (None, None)
    by, refused = rules or rulebook.RULES_2022, refused_as(standing, state)
    return HowItStands(
        words="，".join(part for part in (f"{matter.state.label}{last_step}", _next(lines), _older(rules)) if part),
        stop=stop_sentence(standing, by, state, due),
        refused=refused,
        word=stop_word(standing, refused),
        article=article(by, refused) if refused else "",
    )


def _rules(session: Session, matter: Matter) -> RuleSet | None:
    """The set that a matter keeps; None where the unit's own is gone, as its page says."""
    try:
        return rules_of(session, matter)
    except PlainFault:
        return None


def _older(rules: RuleSet | None) -> str:
    """By which rules a matter is counted that is not counted by those of today."""
    return f"期限按{rules.name}计算" if rules is not None and rules.code != rulebook.RULES_2022.code else ""


def _next(lines: Sequence[DueLine]) -> str:
    line = nearest(lines)
    return f"{line.label}{line.words}（{show_day(line.due)}）" if line is not None and line.due else ""


def _last_steps(session: Session, matter_ids: Sequence[int], today: date) -> Mapping[int, str]:
    if not matter_ids:
        return {}
    last = select(func.max(MatterStep.id)).where(MatterStep.matter_id.in_(matter_ids)).group_by(MatterStep.matter_id)
    query = select(MatterStep.matter_id, MatterStep.kind, MatterStep.on_day).where(MatterStep.id.in_(last))
    return {
        matter_id: f"（{_day(on_day, today)}{happening(kind).label}）"
        for matter_id, kind, on_day in session.execute(query)
    }


def _day(day: date, today: date) -> str:
    return show_short_day(day) if day.year == today.year else show_day(day)
