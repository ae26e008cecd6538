"""People as the window knows them: kinds of document, sex, and what a clerk may enter about a person."""

from dataclasses import dataclass
from datetime import date

from onevisit.rules.labels import Labelled


class Sex(Labelled):
    """性别 by GB/T 2261.1-2003 (the national feed differs: convert at export)."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    NOT_STATED = "9", "未说明"


class IdKind(Labelled):
    """证件类型; the check of a number is chosen by it."""

    RESIDENT = "resident", "居民身份证"
    HMT_RESIDENT = "hmt_resident", "港澳台居民居住证"
    FOREIGN_RESIDENT = "foreign_resident", "外国人永久居留身份证"
    PASSPORT = "passport", "护照"
    HM_PERMIT = "hm_permit", "港澳居民来往内地通行证"
    TW_PERMIT = "tw_permit", "台湾居民来往大陆通行证"
    OTHER = "other", "其他证件"


class AgentKind(Labelled):
    """Who may be an agent (山东省信访条例, article 28); a guardian acts for whoever cannot act alone."""

    RELATIVE = "relative", "近亲属"
    STAFF = "staff", "单位工作人员"
    RECOMMENDED = "recommended", "村（居）、单位或者社会团体推荐的人"
    LAWYER = "lawyer", "律师、基层法律服务工作者"
    GUARDIAN = "guardian", "监护人"


class PartyRole(Labelled):
    """What somebody is to a visit."""

    LEAD = "lead", "主访人"
    COMPANION = "companion", "随访人"
    REPRESENTATIVE = "representative", "代表"
    AGENT = "agent", "代理人"
    PRINCIPAL = "principal", "委托人"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What was entered about one person; every field may still be empty or wrong.

    Attributes:
        name: as on the document, any length and any character of Unicode.
        id_number: as typed; ``rules.registration.normalise`` brings it to its plain form.
        region_code: GB/T 2260 code of the district or the local extension, empty if unknown.
        town: street or town below the district, empty if unknown.
        address: the rest of the address as free text.
    """

    name: str = ""
    sex: Sex = Sex.UNKNOWN
    birth_date: date | None = None
    ethnic_group: str = ""
    id_kind: IdKind = IdKind.RESIDENT
    id_number: str = ""
    phone: str = ""
    region_code: str = ""
    town: str = ""
    address: str = ""
