"""One more agent on the form: a person, what they are, and which of the papers were shown."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from onevisit.rules.groups import Agent, papers_of
from onevisit.rules.people import AgentKind, PartyRole, PersonEntry
from onevisit.ui.registration import choices
from onevisit.ui.registration.people_dialog import PersonDialog, person_words

_KIND, _SHOWN, _BETWEEN = "agent_kind", "shown", "\n"


class AgentDialog(PersonDialog):
    """Asks for one agent (山东省信访条例, article 28); a guardian needs no letter of authority.

    Args:
        agent: whom to change; None for a new one.
        today: the local day.
    """

    def __init__(self, agent: Agent | None, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(PartyRole.AGENT, agent.person if agent else None, today, parent)
        ui = self.ui
        ui.agent_kind.set_choices(choices.agent_kinds())
        ui.agent_kind.set_value(agent.kind.value if agent and agent.kind else None)
        ui.agent_kind.chosen.connect(self._show_papers)
        self._show_papers()
        if agent is not None:
            ui.shown.tick(agent.shown)

    def entry(self) -> Agent:
        """The agent as typed."""
        return Agent(self.person.entry(), self.kind(), self.ui.shown.ticked())

    def kind(self) -> AgentKind | None:
        """What the agent is."""
        value = self.ui.agent_kind.value()
        return AgentKind.from_code(value) if value else None

    def half_typed(self) -> dict[str, str]:
        """What stands in the fields and is no part of the person; the kind and the papers are none."""
        kind = self.kind()
        found = {_KIND: kind.value if kind else "", _SHOWN: _BETWEEN.join(self.ui.shown.ticked())}
        return super().half_typed() | {name: text for name, text in found.items() if text}

    def set_half_typed(self, entry: Agent | PersonEntry, texts: Mapping[str, str]) -> None:
        """Show an agent and, over it, what ``half_typed`` gave."""
        super().set_half_typed(entry.person if isinstance(entry, Agent) else entry, texts)
        kinds = {kind.value for kind in AgentKind}
        self.ui.agent_kind.set_value(texts.get(_KIND) if texts.get(_KIND) in kinds else None)
        self.ui.shown.tick(texts.get(_SHOWN, "").split(_BETWEEN))

    def _show_papers(self) -> None:
        """The papers of this kind of agent; while it is not known, none can be ticked."""
        kind = self.kind()
        self.ui.shown.set_words(papers_of(kind) if kind else ())
        for widget in (self.ui.shown, self.ui.shown_label):
            widget.setVisible(kind is not None)
        self.order_stops()
        self.adjustSize()


def agent_words(agent: Agent) -> str:
    """Name an agent in the list: ``周涛（近亲属）``."""
    name = person_words(agent.person)
    return f"{name}（{choices.SHORT_AGENT_KINDS[agent.kind]}）" if agent.kind else name
