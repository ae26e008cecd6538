"""What the unit's own lists are: its own where it has them, else the shipped ones."""

from dataclasses import replace

from onevisit.desk import lawbook
from onevisit.desk.desk import Desk
from onevisit.rules import papers
from onevisit.rules.accounts import Permission
from onevisit.rules.classification import ContentClass
from onevisit.store.tables import HouseText


def test_the_papers_are_the_shipped_ones_until_the_unit_has_its_own(clerk_desk: Desk) -> None:
    own = replace(papers.shipped(), classes={ContentClass.OTHER: ()}, example=False)
    with clerk_desk.work(Permission.REGISTER) as session:
        assert lawbook.paper_lists(session) == papers.shipped()
        session.add(
            HouseText(
                name=lawbook.PAPERS,
                content=papers.to_json(own),
                changed_at=clerk_desk.now(),
                account_id=clerk_desk.actor.account_id,
            )
        )
        session.flush()
        assert lawbook.paper_lists(session) == own
