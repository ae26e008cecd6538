"""What a slip promises and where it sends the visitor, made of saved rows: rule set, days off, the route as decided.

Steps inside use cases; for any number of visits in a fixed number of statements.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from onevisit.desk import lawbook
from onevisit.desk.lawbook import OwnRules
from onevisit.desk.route_rows import decisions
from onevisit.rules import organs, promises, route_law, rulebook, wording
from onevisit.rules.clocks import DayTable, local_day
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.organs import Directory, Organ
from onevisit.rules.periods import Counting
from onevisit.rules.promises import ToldRoute
from onevisit.rules.readiness import is_court_matter
from onevisit.rules.regions import name_of
from onevisit.rules.routes import Handling
from onevisit.rules.rulesets import RuleSet
from onevisit.rules.slip import Promise
from onevisit.store.tables import PromiseRow, RouteDecision, Visit


@dataclass(frozen=True, slots=True)
class PromiseBook:
    """The rows that promises are made of.

    Attributes:
        own: the unit's own rule sets; none where no visit's matter keeps one.
        directory: the organs; none where nobody is guided anywhere.
        told: the route that was decided and told at a visit, by visit.
        routes: the route that counts now, by matter.
        by_hand: what the clerk promised besides, by matter.
    """

    own: OwnRules
    table: DayTable
    directory: Directory
    told: Mapping[int, RouteDecision]
    routes: Mapping[int, RouteDecision]
    by_hand: Mapping[int, Sequence[PromiseRow]]

    def rules(self, visit: Visit) -> RuleSet:
        """The rule set that the matter of a visit keeps.

        Raises:
            RuleSetFault: the unit's set of that code is not there any more, or cannot be read.
        """
        return self.own.named(visit.matter.rule_set)

    def is_guided(self, visit: Visit) -> bool:
        """Whether the visitor is sent on to somebody else's procedure, and brings the papers there."""
        one = self.told.get(visit.id) or self.routes.get(visit.matter_id)
        return one is not None and one.handling is Handling.GUIDE


def promise_book(session: Session, visits: Sequence[Visit]) -> PromiseBook:
    """Fetch what the promises of these visits depend on."""
    matter_ids = {visit.matter_id for visit in visits}
    found = decisions(session, matter_ids)
    guides = any(one.handling is Handling.GUIDE for one in found.told.values())
    shipped = {one.code for one in rulebook.SHIPPED}
    own = any(visit.matter.rule_set not in shipped for visit in visits)
    return PromiseBook(
        own=lawbook.own_rules(session) if own else OwnRules((), {}),
        table=lawbook.day_table(session),
        directory=lawbook.directory(session) if guides else (),
        told=found.told,
        routes=found.current,
        by_hand=_by_hand(session, matter_ids),
    )


def promises_of(visit: Visit, form: RegistrationForm, book: PromiseBook) -> tuple[Promise, ...]:
    """What was promised at a visit, by the rules and the day it was made on; ``form`` is ``slips.form_of`` it.

    What the clerk promised while the visitor was here stands there as well, whatever became of it since.
    """
    matter, day = visit.matter, local_day(visit.arrived_at)
    row = book.told.get(visit.id)
    by_rules = promises.promises(
        matter.purpose,
        matter.content,
        name_of(matter.place_code),
        anonymous=visit.anonymous,
        repeat=visit.ordinal > 1,
        in_litigation=is_court_matter(form),
        received=day,
        by=Counting(book.rules(visit), book.table, day),
        told=_told(row) if row is not None else None,
    )
    own = (one for one in book.by_hand.get(matter.id, ()) if _was_made_at(visit, one))
    return (*by_rules, *(Promise(one.due, one.text) for one in own))


def places_of(visit: Visit, book: PromiseBook) -> tuple[str, ...]:
    """Where the visitor is guided to, one organ each, line by line; nothing where nobody is sent anywhere."""
    row = book.told.get(visit.id)
    if row is None or row.handling is not Handling.GUIDE:
        return ()
    known = {one.name: one for one in book.directory}
    return tuple("\n".join(organs.taken_along(known.get(name) or Organ("", name))) for name in row.addressees)


def remedies_of(visit: Visit, form: RegistrationForm, book: PromiseBook) -> tuple[str, ...]:
    """What the visitor may do later: of a handling opinion a review, by the matter's rule set."""
    matter, rules, row = visit.matter, book.rules(visit), book.told.get(visit.id)
    elsewhere = is_court_matter(form)
    if row is not None:
        elsewhere = not route_law.runs_sixty_days(rules, row.handling, row.procedure, matter.purpose.petition_class)
    return wording.remedies(
        matter.purpose, anonymous=visit.anonymous, in_litigation=elsewhere, review=rules.review_request
    )


def _told(row: RouteDecision) -> ToldRoute:
    return ToldRoute(row.handling, row.procedure, tuple(row.addressees), row.article, row.on_day, row.reply_by)


def _by_hand(session: Session, matter_ids: Collection[int]) -> Mapping[int, Sequence[PromiseRow]]:
    query = select(PromiseRow).where(PromiseRow.matter_id.in_(matter_ids)).order_by(PromiseRow.due, PromiseRow.id)
    found = defaultdict(list)
    for row in session.scalars(query):
        found[row.matter_id].append(row)
    return found


def _was_made_at(visit: Visit, row: PromiseRow) -> bool:
    """Whether a promise was made to somebody who was still here: what is promised later is told on another way."""
    if row.visit_id not in {None, visit.id} or (visit.left_at is not None and row.made_at > visit.left_at):
        return False
    return row.made_at >= visit.registered_at and local_day(row.made_at) == local_day(visit.registered_at)
