"""Which papers a matter takes, and which of them are still wanted.

The lists in ``data/papers.json`` are examples (示例，以本地文件为准). Only an agent's papers are law: a letter of
authority and proof of who the agent is (山东省信访条例, article 28).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from onevisit.rules import registration
from onevisit.rules.forms import RegistrationForm
from onevisit.rules.sameness import text_likeness

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


def label() -> str:
    """Give the label under which the lists are shown."""
    return str(_facts()["label"])


def taken_by(form: RegistrationForm) -> tuple[Paper, ...]:
    """List the papers that this kind of matter takes; none for whoever stays anonymous, for nobody could bring them."""
    facts = _facts()
    if form.anonymous or form.purpose is None or form.content is None or form.purpose not in facts["purposes"]:
        return ()
    listed = (_paper(row) for row in facts["classes"][form.content])
    return tuple(paper for paper in listed if _applies(paper, form))


def wanted_for_matter(form: RegistrationForm, earlier: Sequence[str] = ()) -> tuple[Paper, ...]:
    """List the papers of this kind of matter that were handed in neither now nor ``earlier`` (names of materials)."""
    return _absent(taken_by(form), form, earlier)


def wanted_of_agents(form: RegistrationForm, earlier: Sequence[str] = ()) -> tuple[Paper, ...]:
    """List what the agents' authority still lacks (山东省信访条例, article 28)."""
    if not form.agents:
        return ()
    facts = _facts()["agent"]
    return _absent((_paper(facts["authority"]), _paper(facts["proof"])), form, earlier)


def wanted_of_group(form: RegistrationForm, earlier: Sequence[str] = ()) -> tuple[Paper, ...]:
    """List what a group still lacks to show whom it chose."""
    if form.anonymous or not registration.is_group(registration.headcount(form)):
        return ()
    return _absent((_paper(_facts()["group"]),), form, earlier)


def _applies(paper: Paper, form: RegistrationForm) -> bool:
    told = f"{form.title}\n{form.summary}"
    fits = not paper.when or any(word in told for word in paper.when)
    return fits and (bool(form.organisation) or not paper.organisation)


def _absent(wanted: Sequence[Paper], form: RegistrationForm, earlier: Sequence[str]) -> tuple[Paper, ...]:
    names = [*(one.name for one in form.materials), *earlier]
    return tuple(paper for paper in wanted if not any(_stands_for(name, paper) for name in names))


def _stands_for(name: str, paper: Paper) -> bool:
    return any(word in name for word in paper.matches) or text_likeness(name, paper.name) >= _NEAR_NAME


def _paper(row: dict[str, Any]) -> Paper:
    matches, when = tuple(row["matches"]), tuple(row.get("when", ()))
    return Paper(row["name"], row["where"], matches, when, row.get("organisation", False))


@cache
def _facts() -> dict[str, Any]:
    source = resources.files("onevisit.rules").joinpath("data/papers.json")
    facts: dict[str, Any] = json.loads(source.read_text(encoding="utf-8"))
    return facts
