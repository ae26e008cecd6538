"""A list of the unit that this version cannot read: told, given out as it is kept, mended or put back, never lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from onevisit.desk import house_content, house_lists, house_papers
from onevisit.desk.desk import Desk
from onevisit.desk.house_lists import HouseList
from onevisit.desk.lawbook import CODE_MAPS, CONTENT_TREE, ORGANS, PAPERS
from onevisit.rules import code_maps, organs, papers
from onevisit.rules.content_tree import ContentNode
from onevisit.rules.faults import PlainFault
from onevisit.rules.organs import Organ
from onevisit.rules.routes import Handling
from onevisit.store.tables import HouseText

SPOILT = "{这个版本读不懂"


@dataclass(frozen=True)
class Case:
    """One list: how it is read, given out, brought in, put back."""

    name: str
    good: str
    listed: Callable[[Desk], HouseList[Any]]
    text: Callable[[Desk], str]
    bring: Callable[[Desk, str, str], int]
    put_back: Callable[[Desk, str], None] | None


CASES = [
    Case(
        ORGANS,
        organs.to_json(organs.shipped()),
        house_lists.organs_listed,
        house_lists.organs_text,
        house_lists.import_organs,
        house_lists.put_back_organs,
    ),
    Case(
        PAPERS,
        papers.to_json(papers.shipped()),
        house_papers.papers_listed,
        house_papers.papers_text,
        house_papers.import_papers,
        house_papers.put_back_papers,
    ),
    Case(
        CONTENT_TREE,
        "0601,劳动报酬\n",
        house_content.content_listed,
        house_content.content_as_text,
        house_content.import_content,
        None,
    ),
    Case(
        CODE_MAPS,
        code_maps.to_json(code_maps.shipped()),
        house_content.code_maps_listed,
        house_content.code_maps_text,
        house_content.import_code_maps,
        house_content.put_back_code_maps,
    ),
]


@pytest.fixture(params=CASES, ids=lambda case: str(case.name))
def case(request: pytest.FixtureRequest, admin_desk: Desk) -> Case:
    """A list whose text was written by something else than this version."""
    found: Case = request.param
    with admin_desk.work(None) as session:
        session.add(HouseText(name=found.name, content=SPOILT, changed_at=admin_desk.now(), account_id=1))
    return found


def test_it_is_told_mended_and_brought_back(admin_desk: Desk, clerk_desk: Desk, case: Case) -> None:
    found = case.listed(clerk_desk)
    assert found.own
    assert found.unread.endswith("。")
    assert case.text(admin_desk) == SPOILT
    with pytest.raises(PlainFault):
        case.bring(admin_desk, SPOILT, found.seen)
    assert case.bring(admin_desk, case.good, found.seen) > 0
    assert case.listed(clerk_desk).unread == ""


def test_it_can_be_put_back(admin_desk: Desk, case: Case) -> None:
    if case.put_back is not None:
        case.put_back(admin_desk, case.listed(admin_desk).seen)
        found = case.listed(admin_desk)
        assert (found.own, found.unread) == (False, "")


def test_nothing_is_written_over_what_cannot_be_read(admin_desk: Desk, case: Case) -> None:
    seen = case.listed(admin_desk).seen
    changes: tuple[Callable[[], object], ...] = (
        lambda: house_lists.save_organ(admin_desk, Organ("", "示例", handlings=(Handling.TRANSFER,)), seen),
        lambda: house_papers.save_papers(admin_desk, papers.shipped(), seen),
        lambda: house_content.save_content(admin_desk, ContentNode("0602", "甲"), seen),
        lambda: house_content.remove_code_map(admin_desk, 0, seen),
    )
    with pytest.raises(PlainFault):
        changes[[one.name for one in CASES].index(case.name)]()
    assert case.text(admin_desk) == SPOILT
