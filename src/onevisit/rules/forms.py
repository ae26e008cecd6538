"""The forms that a clerk and a lawyer fill, as frozen values: what the screen hands to the desk.

A form may be wrong or half empty; ``rules.registration`` and ``rules.consultation`` say what is at
fault, field by field.
"""

from dataclasses import dataclass
from enum import StrEnum

from onevisit.rules.classification import AdvisedWay, ContentClass, MaterialForm, Purpose, ReplyMethod, ReturnReason
from onevisit.rules.people import AgentKind, PersonEntry


@dataclass(frozen=True, slots=True)
class MaterialEntry:
    """材料: one thing that was handed in.

    Attributes:
        pages: number of pages, 0 if not counted.
        kept: whether the window keeps it (else it was shown and given back).
    """

    name: str
    form: MaterialForm = MaterialForm.COPY
    pages: int = 0
    kept: bool = True


class Answer(StrEnum):
    """What the clerk answered when asked about a likeness."""

    SAME = "same"
    ANOTHER = "another"


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """The clerk's answer to "is this the same person?" about one known petitioner."""

    petitioner_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class MatterAnswer:
    """The clerk's answer to "is this the same matter?" about one matter of that person."""

    matter_id: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """Why a finding of the one-visit gate is left open.

    Attributes:
        finding: a code of ``readiness.Check``.
        reason: one line.
    """

    finding: str
    reason: str


@dataclass(frozen=True, slots=True)
class AgentPart:
    """What an agent is beside a person.

    Attributes:
        kind: None while it was not asked.
        shown: which of the papers of ``rules.groups.papers_of`` were shown, by name.
    """

    kind: AgentKind | None = None
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegistrationForm:
    """来访登记: everything that the registration page holds.

    Attributes:
        lead: the lead visitor (主访人); None only for an anonymous visit. When an agent comes for somebody who is not
            present, ``lead`` is the person the matter belongs to.
        companions: other visitors named; in a group visit these are representatives too (article 20: five at most, with
            the lead visitor).
        agents: agents (代理人) who speak for the lead visitor.
        agent_parts: of each agent in turn what they are and what they showed; of those left over nothing is known yet.
        signed: of the lead visitor and each companion in turn whether they signed the roster of a group (代表名册);
            those left over did not.
        organisation: name of the organisation (法人、其他组织) the visitors come for, empty if none.
        headcount: how many people are present; None means as many as are named.
        content_code: the second or third level of the content class (``rules.content_tree``), empty if none was chosen.
        place_code: GB/T 2260 code (or local extension) of where the problem is.
        respondent: whom it is about; a joint matter names several, with 、 between them.
        clerk_note: the clerk's own note; never printed.
        wants_lawyer: the visitor is to see the duty lawyer.
        person_answers: answers about people who look the same as the lead visitor.
        matter_answers: answers about that person's matters; at most one of them SAME.
        return_reason: required when a matter is the same: why the visitor had to come again.
        gate_reasons: what the gate found and the clerk leaves open all the same, with why.
    """

    lead: PersonEntry | None = None
    companions: tuple[PersonEntry, ...] = ()
    agents: tuple[PersonEntry, ...] = ()
    organisation: str = ""
    anonymous: bool = False
    headcount: int | None = None
    purpose: Purpose | None = None
    content: ContentClass | None = None
    place_code: str = ""
    respondent: str = ""
    title: str = ""
    summary: str = ""
    materials: tuple[MaterialEntry, ...] = ()
    reply_by: ReplyMethod | None = None
    confidential: bool = False
    urgent: bool = False
    clerk_note: str = ""
    wants_lawyer: bool = False
    person_answers: tuple[PersonAnswer, ...] = ()
    matter_answers: tuple[MatterAnswer, ...] = ()
    return_reason: ReturnReason | None = None
    return_note: str = ""
    gate_reasons: tuple[GateAnswer, ...] = ()
    content_code: str = ""
    agent_parts: tuple[AgentPart, ...] = ()
    signed: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class ConsultationForm:
    """律师接待: what the duty lawyer writes.

    Attributes:
        facts: what we understood.
        advice: the advice in plain words; this part is printed on the slip.
        basis: legal basis.
        ways: suggested ways.
        legal_aid: referred to legal aid (法律援助).
        working_notes: the lawyer's own notes; never printed, never shown to others.
    """

    facts: str = ""
    advice: str = ""
    basis: str = ""
    ways: tuple[AdvisedWay, ...] = ()
    legal_aid: bool = False
    working_notes: str = ""
