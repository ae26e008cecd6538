"""Which papers a matter takes, and which of them are still wanted.

The lists are the unit's own. Those shipped in ``data/papers.json`` are examples (示例，以本地文件为准). Only an agent's
papers are law: a letter of authority and proof of who the agent is (山东省信访条例, article 28); a list says where they
are to be had and by what they are known.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

from onevisit.rules import groups, json_text, registration, text
from onevisit.rules.classification import ContentClass, Purpose
from onevisit.rules.faults import Fault, PlainFault
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.people import AgentKind
from onevisit.rules.sameness import text_likeness

LABEL: Final = "示例，以本地文件为准"
NAME_AT_MOST: Final = 60
WHERE_AT_MOST: Final = 100
PAPERS_AT_MOST: Final = 20
"""Of one class; a longer list nobody reads."""

_NEAR_NAME = 0.6


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on the list.

    Attributes:
        where: where to get it.
        matches: words in the name of a material that show it to be this paper.
        when: words in title or summary of which one must stand there; empty for always.
        organisation: taken only where people come for an organisation.
    """

    name: str
    where: str
    matches: tuple[str, ...]
    when: tuple[str, ...] = ()
    organisation: bool = False


@dataclass(frozen=True, slots=True)
class PaperLists:
    """The lists of a unit.

    Attributes:
        purposes: what for people come when papers are taken at all.
        classes: the papers of each content class; a class without an entry takes none.
        authority: an agent's letter of authority.
        proof: who an agent is, while it is not known what kind of agent.
        kinds: the proof of each kind of agent; the names are those of ``groups.papers_of``.
        group: whom a group chose.
        example: shipped as an example, not yet checked by the unit.
    """

    purposes: tuple[Purpose, ...]
    classes: Mapping[ContentClass, tuple[Paper, ...]]
    authority: Paper
    proof: Paper
    kinds: Mapping[AgentKind, Paper]
    group: Paper
    example: bool = False

    @property
    def label(self) -> str:
        """The label under which examples are shown; empty once the lists are the unit's own."""
        return LABEL if self.example else ""


@cache
def shipped() -> PaperLists:
    """Give the lists as shipped: examples all of them."""
    source = resources.files("onevisit.rules").joinpath("data/papers.json")
    return from_json(source.read_text(encoding="utf-8"))


def taken_by(form: RegistrationForm, lists: PaperLists | None = None) -> tuple[Paper, ...]:
    """List the papers that this kind of matter takes; none for whoever stays anonymous, for nobody could bring them."""
    own = lists or shipped()
    if form.anonymous or form.content is None or form.purpose not in own.purposes:
        return ()
    return tuple(paper for paper in own.classes.get(form.content, ()) if _applies(paper, form))


def wanted_for_matter(
    form: RegistrationForm, earlier: Sequence[str] = (), lists: PaperLists | None = None
) -> tuple[Paper, ...]:
    """List the papers of this kind of matter that were handed in neither now nor ``earlier`` (names of materials)."""
    return _absent(taken_by(form, lists), form, earlier)


def wanted_of_agents(
    form: RegistrationForm, earlier: Sequence[str] = (), lists: PaperLists | None = None
) -> tuple[Paper, ...]:
    """List what the agents' authority still lacks (山东省信访条例, article 28).

    An agent of no known kind shows authority and some proof.
    """
    own = lists or shipped()
    wanted = [
        paper
        for one in groups.agents_of(form)
        for paper in _of_agent(one.kind, own)
        if one.kind is None or paper.name not in one.shown
    ]
    return _absent(tuple(dict.fromkeys(wanted)), form, earlier)


def wanted_of_group(
    form: RegistrationForm,
    earlier: Sequence[str] = (),
    lists: PaperLists | None = None,
    group_from: int = registration.GROUP_FROM,
) -> tuple[Paper, ...]:
    """List what a group still lacks to show whom it chose; ``group_from`` is the figure of the rule set."""
    if form.anonymous or not registration.is_group(registration.headcount(form), group_from):
        return ()
    return _absent(((lists or shipped()).group,), form, earlier)


def name_told(line: str) -> str:
    """The name of a paper in a line that tells where to get it: ``工资欠条：在家找``."""
    return line.partition("：")[0]


def check(lists: PaperLists) -> tuple[Fault, ...]:
    """Say what is at fault with the lists, as an administrator edits them.

    The fields are paths: ``purposes``, ``classes.06.2.name``, ``authority.where``, ``proof.matches``,
    ``kinds.lawyer.where``, ``group.name``.
    """
    return tuple(_faults(lists))


def from_json(source: str) -> PaperLists:
    """Read lists.

    Raises:
        PlainFault: they cannot be read, or an entry is at fault; the sentence names it.
    """
    try:
        lists = _lists(json_text.loads(source))
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise PlainFault(
            "材料清单读不懂：格式不对，或者有不认识的分类、目的；请照导出的样子改正后再导入。"
        ) from problem
    for fault in check(lists):
        raise PlainFault(f"材料清单{_place(fault.field)}：{fault.sentence}")
    return lists


def to_json(lists: PaperLists) -> str:
    """Write lists as text that people can read and edit."""
    kinds = {kind.value: {"where": one.where, "matches": one.matches} for kind, one in lists.kinds.items()}
    rows = {
        "example": lists.example,
        "purposes": [one.value for one in lists.purposes],
        "classes": {content.value: [_row(one) for one in papers] for content, papers in lists.classes.items()},
        "agent": {"authority": _row(lists.authority), "proof": _row(lists.proof), "kinds": kinds},
        "group": _row(lists.group),
    }
    return json.dumps(rows, ensure_ascii=False, indent=1)


def _of_agent(kind: AgentKind | None, lists: PaperLists) -> tuple[Paper, ...]:
    if kind is None:
        return lists.authority, lists.proof
    own = {lists.authority.name: lists.authority, lists.kinds[kind].name: lists.kinds[kind]}
    return tuple(own[name] for name in groups.papers_of(kind))


def _applies(paper: Paper, form: RegistrationForm) -> bool:
    told = f"{form.title}\n{form.summary}"
    fits = not paper.when or any(word in told for word in paper.when)
    return fits and (bool(form.organisation) or not paper.organisation)


def _absent(wanted: Sequence[Paper], form: RegistrationForm, earlier: Sequence[str]) -> tuple[Paper, ...]:
    names = [*(one.name for one in form.materials), *earlier]
    return tuple(paper for paper in wanted if not any(_stands_for(name, paper) for name in names))


def _stands_for(name: str, paper: Paper) -> bool:
    return any(word in name for word in paper.matches) or text_likeness(name, paper.name) >= _NEAR_NAME


def _faults(lists: PaperLists) -> Iterator[Fault]:
    if not lists.purposes:
        yield Fault("purposes", "还没有选哪些目的要收材料，请至少选一项。")
    for content, listed in lists.classes.items():
        yield from _class_faults(f"classes.{content.value}", listed)
    for path, paper in _single(lists):
        yield from _paper_faults(path, paper)


def _single(lists: PaperLists) -> Iterator[tuple[str, Paper]]:
    yield from (("authority", lists.authority), ("proof", lists.proof))
    yield from ((f"kinds.{kind.value}", paper) for kind, paper in lists.kinds.items())
    yield "group", lists.group


def _class_faults(path: str, listed: Sequence[Paper]) -> Iterator[Fault]:
    if len(listed) > PAPERS_AT_MOST:
        yield Fault(path, f"这一类有 {len(listed)} 样材料，最多 {PAPERS_AT_MOST} 样，请合并。")
    names = [text.tidy(one.name) for one in listed]
    for place, paper in enumerate(listed):
        if names[place] and names[place] in names[:place]:
            yield Fault(f"{path}.{place}.name", f"“{names[place]}”在这一类里已经有了，请删去一行。")
        yield from _paper_faults(f"{path}.{place}", paper)


def _paper_faults(path: str, paper: Paper) -> Iterator[Fault]:
    fields = (
        ("name", paper.name, NAME_AT_MOST, "材料名称还没有填写，请填写。"),
        ("where", paper.where, WHERE_AT_MOST, "没有写到哪里开具，请填写，来访人才知道去哪里办。"),
    )
    for field, value, most, empty in fields:
        length = text.visible_length(value.strip())
        if not length:
            yield Fault(f"{path}.{field}", empty)
        elif length > most:
            yield Fault(f"{path}.{field}", f"这一栏有 {length} 字，最多 {most} 字，请缩短。")
    if not any(word.strip() for word in paper.matches):
        yield Fault(f"{path}.matches", "没有写认材料的词，请至少写一个；交来的材料名称里有这个词的，就算带来了。")
    elif not all(word.strip() for word in (*paper.matches, *paper.when)):
        yield Fault(f"{path}.matches", "有一个词是空的，请删去。")


def _place(path: str) -> str:
    head, *rest = path.split(".")
    if head == "classes":
        row = f"第 {int(rest[1]) + 1} 样" if len(rest) > 1 else ""
        return f"“{ContentClass.from_code(rest[0]).label}”{row}"
    if head == "kinds":
        return f"“{AgentKind.from_code(rest[0]).label}”"
    return {"purposes": "", "authority": "“授权委托书”", "proof": "“代理人证明”", "group": "“代表推选书”"}[head]


def _lists(rows: dict[str, Any]) -> PaperLists:
    agent = rows["agent"]
    return PaperLists(
        purposes=tuple(Purpose.from_code(code) for code in rows["purposes"]),
        classes={
            ContentClass.from_code(code): tuple(_paper(row) for row in listed)
            for code, listed in rows["classes"].items()
        },
        # what the law asks for keeps the name that the law gives it
        authority=_paper({**agent["authority"], "name": groups.AUTHORITY}),
        proof=_paper(agent["proof"]),
        kinds={kind: _paper({**agent["kinds"][kind.value], "name": groups.papers_of(kind)[-1]}) for kind in AgentKind},
        group=_paper(rows["group"]),
        example=bool(rows.get("example", False)),
    )


def _paper(row: dict[str, Any]) -> Paper:
    return Paper(
        json_text.word(row["name"]),
        json_text.word(row["where"]),
        json_text.words(row["matches"]),
        json_text.words(row.get("when", ())),
        bool(row.get("organisation", False)),
    )


def _row(paper: Paper) -> dict[str, Any]:
    row: dict[str, Any] = {"name": paper.name, "where": paper.where, "matches": paper.matches}
    return row | ({"when": paper.when} if paper.when else {}) | ({"organisation": True} if paper.organisation else {})
