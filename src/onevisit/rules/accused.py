"""Nothing an informant tells goes to those it is about (信访工作条例 2022, article 30).

Names are typed by hand: blanks, brackets, width, 有限公司 and other endings do not make another unit. A part of the
accused unit is that unit, and so is the unit of an accused person. The inspectors that a discipline organ has
stationed there (派驻) are not, and the superior of an accused organ is not.
"""

import re
import unicodedata

_PARTS = re.compile(r"[、，,;；/\n]|以及")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_PROVINCE = re.compile(r"^山东省?(?=.)")
_COMPANY = re.compile(r"(?:股份|责任)?有限(?:责任)?公司")
_SUBORDINATE = re.compile(
    r"(?:局|所|站|队|中心|院|厂|公司|校|行|街道办|镇|乡|村|村委会|居委会|社区)$|(?:村|社区)(?:村|干部|书记|会计|主任|委|支)"
)
_GOVERNMENT = re.compile(r"(?:政府|党委|街道办)$")
_POST = re.compile(r"(?:党委|政府|街道办|原|副|代)*(?:[镇乡区市县]长|书记|主任|委员|领导|班子|干部|工作人员)")
_SHORT_FORMS = (
    *(("人民政府", "政府"), ("居民委员会", "居委会"), ("村民委员会", "村委会")),
    *(
        ("村村委会", "村"),
        ("社区居委会", "社区"),
        ("办事处", "办"),
        ("人民法院", "法院"),
        ("人民检察院", "检察院"),
        ("纪律检查委员会", "纪委"),
    ),
)
_SHORTEST_PART = 3
"""Characters; a shorter name inside another says nothing."""


def is_accused(addressee: str, respondent: str) -> bool:
    """Whether whoever is to receive a matter is whom it is about, or their unit.

    Args:
        addressee: a name as chosen from the directory or typed.
        respondent: as registered; several names may stand in it.
    """
    accused = [form for one in parts(respondent) for form in _bare_forms(one)]
    return any(_same_or_part(here, there) for here in _bare_forms(addressee) for there in accused)


def parts(respondent: str) -> tuple[str, ...]:
    """Part the names that stand in one field: ``某村村委会、张某`` names two."""
    return tuple(part for part in _PARTS.split(respondent) if part.strip())


def secrecy_sentence(addressee: str) -> str:
    """Say that this addressee is refused, and what to do instead."""
    return f"“{addressee.strip()}”就是被反映的人员、单位，或者是其中的一部分，不能转给它；请改选有管理权限的机关。"


def _same_or_part(addressee: str, accused: str) -> bool:
    if addressee.removesuffix("公司") == accused.removesuffix("公司"):
        return True
    if len(accused) >= _SHORTEST_PART and accused in addressee:
        return f"驻{accused}" not in addressee
    if _heads(addressee, accused):
        return True
    if len(addressee) >= _SHORTEST_PART and addressee in accused:
        # A post or a section of the addressee is accused; a subordinate organ has its superior for a judge.
        return not _SUBORDINATE.search(accused.partition(addressee)[2])
    return False


def _heads(addressee: str, accused: str) -> bool:
    """Whether whoever is accused heads or serves the addressee: ``某镇镇长`` the government of 某镇."""
    where = _GOVERNMENT.sub("", addressee)
    return where in accused and bool(_POST.match(accused.partition(where)[2]))


def _bare_forms(name: str) -> frozenset[str]:
    """Give the name without ornament, once with and once without what stands in brackets."""
    half = unicodedata.normalize("NFKC", name).casefold()
    for opening, closing in ("[]", "【】", "〔〕", "{}", "《》", "“”"):
        half = half.replace(opening, "(").replace(closing, ")")
    return frozenset({_bare(half), _bare(_IN_BRACKETS.sub("", half))} - {""})


def _bare(name: str) -> str:
    # Co and Cn: rare characters of names.
    plain = "".join(c for c in name if c.isalnum() or unicodedata.category(c) in {"Co", "Cn"})
    plain = _PROVINCE.sub("", plain)
    for long, short in _SHORT_FORMS:
        plain = plain.replace(long, short)
    return _COMPANY.sub("公司", plain)
