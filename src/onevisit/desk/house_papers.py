"""材料清单 of the unit's own: which papers each kind of matter takes, said all at once.

Whoever is logged in reads them; EDIT_LISTS writes. The shipped lists are examples (示例，以本地文件为准) until somebody
confirms that all of them were checked: one paper that was mended says nothing of the others.
"""

from dataclasses import replace

from sqlalchemy.orm import Session

from onevisit.desk.desk import Desk
from onevisit.desk.errors import FormError
from onevisit.desk.house_lists import HouseList, listed, text_of
from onevisit.desk.house_text import put, read_typed, take_away
from onevisit.desk.lawbook import PAPERS, paper_lists
from onevisit.rules import papers, text
from onevisit.rules.accounts import Permission
from onevisit.rules.papers import Paper, PaperLists


def papers_listed(desk: Desk) -> HouseList[PaperLists]:
    """The lists of papers. Whoever is logged in may read them."""
    with desk.look(None) as session:
        return listed(session, PAPERS, paper_lists, papers.shipped())


def save_papers(desk: Desk, lists: PaperLists, seen: str) -> None:
    """Put these lists in the place of the present ones; examples stay examples. Needs EDIT_LISTS.

    Raises:
        FormError: faults at the paths of ``rules.papers.check``.
        ChangedElsewhereError: another window changed the lists meanwhile; nothing was written.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        plain = replace(_tidied(lists), example=paper_lists(session).example)
        faults = papers.check(plain)
        if faults:
            raise FormError(faults)
        _put(desk, session, plain, seen)


def confirm_papers(desk: Desk, seen: str) -> None:
    """Say that all lists were checked and are no examples any more. Needs EDIT_LISTS.

    Raises:
        ChangedElsewhereError: as in ``save_papers``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        _put(desk, session, replace(paper_lists(session), example=False), seen)


def import_papers(desk: Desk, typed: str, seen: str) -> int:
    """Put the lists of a file, such as ``papers_text`` wrote, in the place of the present ones. Needs EDIT_LISTS.

    Returns:
        how many papers of matters there are now.

    Raises:
        PlainFault: what is wrong with the file, in one sentence.
        ChangedElsewhereError: as in ``save_papers``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        lists = _tidied(read_typed(papers.from_json, typed))
        # read once more: what was tidied away may have been all there was
        papers.from_json(papers.to_json(lists))
        _put(desk, session, lists, seen)
        return _count(lists)


def papers_text(desk: Desk) -> str:
    """The lists as text that people can edit and bring back. Whoever is logged in may read it."""
    with desk.look(None) as session:
        return text_of(session, PAPERS, paper_lists, papers.to_json)


def put_back_papers(desk: Desk, seen: str) -> None:
    """Take the unit's own lists out; the shipped examples hold again. Needs EDIT_LISTS.

    Raises:
        NotFoundError: the unit has none of its own.
        ChangedElsewhereError: as in ``save_papers``.
    """
    with desk.work(Permission.EDIT_LISTS) as session:
        take_away(session, PAPERS, seen)
        desk.record(session, "list.put_back", detail=PAPERS)


def _put(desk: Desk, session: Session, lists: PaperLists, seen: str) -> None:
    put(desk, session, PAPERS, papers.to_json(lists), seen)
    desk.record(session, "list.changed", detail=f"{PAPERS}/{_count(lists)}")


def _count(lists: PaperLists) -> int:
    return sum(len(listed) for listed in lists.classes.values())


def _tidied(lists: PaperLists) -> PaperLists:
    return replace(
        lists,
        classes={content: tuple(map(_plain, listed)) for content, listed in lists.classes.items()},
        authority=_plain(lists.authority),
        proof=_plain(lists.proof),
        kinds={kind: _plain(paper) for kind, paper in lists.kinds.items()},
        group=_plain(lists.group),
    )


def _plain(paper: Paper) -> Paper:
    return replace(
        paper,
        name=text.tidy(paper.name),
        where=text.tidy(paper.where),
        matches=tuple(word for word in map(text.tidy, paper.matches) if word),
        when=tuple(word for word in map(text.tidy, paper.when) if word),
    )
