"""What the route assistant is given: a matter before its route is chosen, and the route as it was decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from onevisit.desk.standing import Seen
from onevisit.rules import accused, organs, route_choice, route_law, routes
from onevisit.rules.classification import PetitionClass
from onevisit.rules.faults import Fault
from onevisit.rules.organs import Directory
from onevisit.rules.procedures import Procedure
from onevisit.rules.route_choice import Decision
from onevisit.rules.routes import Answers, Circumstances, Handling, Offer, Route
from onevisit.rules.rulesets import RuleSet
from onevisit.store.tables import RouteDecision

DECLINED: Final = "declined"
"""Under this key, beside the answers, stands what was offered and not wanted."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A route that was decided.

    Attributes:
        mark: in short, by the matter's rule set: ``31(一)``, ``22(三)``; of 2005 ``21(四)``.
        sixty_days: whether the period for handling runs once an organ accepts.
        proposed: the mark of what was proposed; empty if the assistant was not asked to the end.
        taken: what was offered beside it and taken; ``declined`` what was not wanted.
        visit_id: at which visit it was told, if at one.
        recalled: it was taken back since.
    """

    decision_id: int
    handling: Handling
    procedure: Procedure | None
    mark: str
    sixty_days: bool
    article: str
    why: str
    reason: str
    proposed: str
    addressees: tuple[str, ...]
    reply_by: date | None
    taken: tuple[Offer, ...]
    declined: tuple[Offer, ...]
    on: date
    visit_id: int | None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class RouteCase:
    """A matter as the route assistant sees it.

    Attributes:
        seen: to be handed back with the decision.
        visit_id: the visit that is told of the route: the one asked for, or the last one; None if there is none.
        suggested: an answer to every question, from the words of the registration.
        proposal: what follows from the suggested answers; None while one is open.
        directory: every organ of the unit's list.
        current: the route that counts now, None before one is decided.
        told: what was told at this visit, where that is not the route of the matter.
        why_not: why no route can be decided now; empty when it can.
        why_no_recall: why it cannot be taken back now; empty when it can.
        report_days: after so many days an assigned matter is to be reported, unless the clerk sets another day.
        only_told: nothing moves: the visitor is told that the matter is in its period, or over.
        awaits_slip: whoever decides has the visitor there, without a slip so far.
    """

    seen: Seen
    visit_id: int | None
    matter_no: str
    visit_no: str
    petitioner: str
    title: str
    classification: str
    respondent: str
    today: date
    circumstances: Circumstances
    petition_class: PetitionClass | None
    suggested: Answers
    proposal: Route | None
    directory: Directory
    rules: RuleSet
    current: Decided | None
    told: Decided | None
    why_not: str
    why_no_recall: str
    report_days: int
    only_told: bool = False
    awaits_slip: bool = False

    @property
    def secret(self) -> bool:
        """Whether whom it is about may receive nothing of it."""
        return route_choice.is_secret(self.circumstances)

    def propose(self, answers: Answers) -> Route | None:
        """What follows from these answers, with the articles of the matter's rule set; None while one is open."""
        found = routes.propose(self.circumstances, answers)
        return route_law.under(self.rules, found) if found else None

    def chosen(self, handling: Handling, procedure: Procedure | None) -> Route:
        """A route that the clerk chose herself, with the article that it rests on."""
        return route_law.under(self.rules, route_law.chosen(handling, procedure, self.circumstances))

    def mark(self, handling: Handling, procedure: Procedure | None) -> str:
        """The route in short, by the matter's rule set."""
        return route_law.mark(self.rules, handling, procedure)

    def sixty_days(self, handling: Handling, procedure: Procedure | None) -> bool:
        """Whether the period for handling runs once an organ accepts, by the matter's rule set."""
        return route_law.runs_sixty_days(self.rules, handling, procedure, self.petition_class)

    def organs_for(self, handling: Handling, procedure: Procedure | None) -> Directory:
        """The organs of the directory for a route, the nearest first; never those that may not receive it."""
        found = organs.find(
            self.directory,
            handling=handling,
            procedure=procedure,
            content=self.circumstances.content,
            place_code=self.circumstances.place_code,
        )
        if not self.secret:
            return found
        return tuple(one for one in found if not accused.is_accused(one.name, self.respondent))

    def faults(self, decision: Decision, answers: Answers) -> tuple[Fault, ...]:
        """What stops a decision, in the reading order of the page; nothing when it may be saved."""
        return route_choice.check(
            decision,
            routes.propose(self.circumstances, answers),
            self.circumstances,
            respondent=self.respondent,
            rules=self.rules,
            today=self.today,
        )


def decided(row: RouteDecision, rules: RuleSet, kind: PetitionClass | None) -> Decided:
    """A decision as it is kept, read by the rule set of its matter."""
    kept: Mapping[str, list[str]] = row.answers
    return Decided(
        decision_id=row.id,
        handling=row.handling,
        procedure=row.procedure,
        mark=route_law.mark(rules, row.handling, row.procedure),
        sixty_days=route_law.runs_sixty_days(rules, row.handling, row.procedure, kind),
        article=row.article,
        why=row.why,
        reason=row.reason,
        proposed=row.proposed,
        addressees=tuple(row.addressees),
        reply_by=row.reply_by,
        taken=tuple(Offer.from_code(one) for one in row.beside),
        declined=tuple(Offer.from_code(one) for one in kept.get(DECLINED, ())),
        on=row.on_day,
        visit_id=row.visit_id,
        recalled=row.recalled_at is not None,
    )
