"""The lists of papers taken apart for a screen: sections, their rows, and the lists with one row changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from onevisit.rules.classification import ContentClass
from onevisit.rules.papers import Paper, PaperLists
from onevisit.rules.people import AgentKind
from onevisit.ui.widgets.row_table import TextColumn, TextTable

AGENT: Final = "agent"
GROUP: Final = "group"
NOTHING: Final = Paper("", "", ())
_BETWEEN: Final = "、"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper.

    Attributes:
        path: where it stands, as the faults of ``rules.papers.check`` say it.
        place: in its section.
        named: the law gives its name.
    """

    path: str
    place: int
    paper: Paper
    named: bool = False


def sections(lists: PaperLists) -> tuple[tuple[str, str], ...]:
    """The keys of the sections with their words."""
    classes = ((one.value, f"{one.label}（{len(lists.classes.get(one, ()))}）") for one in ContentClass)
    return (*classes, (AGENT, "代理人的证明"), (GROUP, "集体访推选代表"))


def rows(lists: PaperLists, section: str) -> tuple[PaperRow, ...]:
    """The papers of one section."""
    if section == AGENT:
        kinds = ((f"kinds.{kind.value}", paper, True) for kind, paper in lists.kinds.items())
        listed = (("authority", lists.authority, True), ("proof", lists.proof, False), *kinds)
        return tuple(PaperRow(path, place, paper, named) for place, (path, paper, named) in enumerate(listed))
    if section == GROUP:
        return (PaperRow(GROUP, 0, lists.group),)
    listed_here = lists.classes.get(ContentClass.from_code(section), ())
    return tuple(PaperRow(f"classes.{section}.{place}", place, paper) for place, paper in enumerate(listed_here))


def new_path(lists: PaperLists, section: str) -> str:
    """Where a paper that is added to a class will stand."""
    return f"classes.{section}.{len(rows(lists, section))}"


def with_paper(lists: PaperLists, path: str, paper: Paper) -> PaperLists:
    """The lists with a paper at ``path``; a place behind the last of a class adds it."""
    head, *rest = path.split(".")
    if head == "classes":
        content = ContentClass.from_code(rest[0])
        papers = list(lists.classes.get(content, ()))
        papers[int(rest[1]) : int(rest[1]) + 1] = [paper]
        return _with_class(lists, content, tuple(papers))
    if head == "kinds":
        kinds: Mapping[AgentKind, Paper] = {**lists.kinds, AgentKind.from_code(rest[0]): paper}
        return replace(lists, kinds=kinds)
    if head == "authority":
        return replace(lists, authority=paper)
    return replace(lists, proof=paper) if head == "proof" else replace(lists, group=paper)


def without(lists: PaperLists, path: str) -> PaperLists:
    """The lists without a paper of a class."""
    _, code, place = path.split(".")
    content = ContentClass.from_code(code)
    papers = lists.classes.get(content, ())
    return _with_class(lists, content, (*papers[: int(place)], *papers[int(place) + 1 :]))


def joined(words: tuple[str, ...]) -> str:
    """Words as they stand in one field."""
    return _BETWEEN.join(words)


def parted(typed: str) -> tuple[str, ...]:
    """The words of one field, whatever stands between them."""
    for mark in "，,；; \u3000":
        typed = typed.replace(mark, _BETWEEN)
    return tuple(word for word in typed.split(_BETWEEN) if word)


def _with_class(lists: PaperLists, content: ContentClass, papers: tuple[Paper, ...]) -> PaperLists:
    return replace(lists, classes={**lists.classes, content: papers})


def _when(row: PaperRow) -> str:
    parts = (joined(row.paper.when) and f"说到{joined(row.paper.when)}", "代表单位" if row.paper.organisation else "")
    return "，".join(part for part in parts if part) or "都要"


COLUMNS: Final = (
    TextColumn[PaperRow]("材料", lambda row: row.paper.name),
    TextColumn[PaperRow]("到哪里开", lambda row: row.paper.where),
    TextColumn[PaperRow]("什么时候要", _when),
)


class PapersModel(TextTable[PaperRow]):
    """The papers of one section."""

    def __init__(self) -> None:
        super().__init__(COLUMNS, key=lambda row: row.place)
