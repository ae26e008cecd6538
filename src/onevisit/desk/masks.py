"""How the people of a visit appear in lists and on paper: by name, with masked numbers."""

from sqlalchemy.orm import object_session

from onevisit.desk.lawbook import tree_of
from onevisit.rules import content_tree
from onevisit.rules.masking import mask_id
from onevisit.rules.people import PartyRole
from onevisit.rules.regions import join_address, name_of
from onevisit.rules.wording import classification
from onevisit.store.tables import Matter, Petitioner, Visit, VisitParty

ANONYMOUS = "匿名"


def lead_of(visit: Visit) -> Petitioner | None:
    """The lead visitor, None for an anonymous visit."""
    return next((party.petitioner for party in visit.parties if party.role is PartyRole.LEAD), None)


def organisation_of(visit: Visit) -> Petitioner | None:
    """The organisation that the visitors came for, if any."""
    return next((party.petitioner for party in visit.parties if party.petitioner.organisation), None)


def petitioner_name(visit: Visit) -> str:
    """Whose visit it is: the organisation, else the lead visitor, else ``匿名``."""
    petitioner = organisation_of(visit) or lead_of(visit)
    return petitioner.name if petitioner else ANONYMOUS


def other_visitors(visit: Visit) -> tuple[str, ...]:
    """The others who were named, each with a role word: ``代理人 周涛``."""
    first = organisation_of(visit) or lead_of(visit)
    others = [party for party in visit.parties if party.petitioner is not first]
    return tuple(f"{party.role.label} {party.petitioner.name}" for party in others)


def masked_id_of(visit: Visit) -> str:
    """The lead visitor's document number, masked; empty if none was given."""
    lead = lead_of(visit)
    return mask_id(lead.id_number) if lead and lead.id_number else ""


def place_of(petitioner: Petitioner) -> str:
    """Where somebody lives, no closer than street or town."""
    return join_address(petitioner.region_code, petitioner.town, "")


def role_word(party: VisitParty) -> str:
    """What somebody is to a visit: ``代理人（近亲属）``, ``代表（已签名）``; an organisation is named as such."""
    if party.petitioner.organisation:
        return "来访单位"
    more = party.agent_kind.label if party.agent_kind else "已签名" if party.signed else ""
    return f"{party.role.label}（{more}）" if more else party.role.label


def classification_of(matter: Matter) -> str:
    """Purpose, content class in its levels, and place: ``求决 · 劳动社保 › 劳动报酬 · 薛城区``."""
    return classification(matter.purpose, matter.content, name_of(matter.place_code), _content_name(matter))


def _content_name(matter: Matter) -> str:
    session = object_session(matter) if matter.content_code else None
    return content_tree.name_of(tree_of(session), matter.content_code) if session else ""
