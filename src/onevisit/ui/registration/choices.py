"""What the lists of the page offer."""

from collections.abc import Sequence

from onevisit.rules import regions
from onevisit.rules.classification import ContentClass, ReplyMethod, ReturnReason
from onevisit.rules.content_tree import ContentNode, below, name_of
from onevisit.rules.labels import Labelled
from onevisit.rules.people import AgentKind, IdKind

Choices = tuple[tuple[str, str], ...]

DEFAULT_ETHNIC_GROUP = "汉族"

_GROUPS = (
    "汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 "
    "土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 "
    "景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 "
    "普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 "
    "独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 其他 外国血统中国籍人士"
)
ETHNIC_GROUPS = tuple(_GROUPS.split())
"""The ethnic groups in the order of GB/T 3304-1991, then the two classes for the rest."""

DOCUMENTS_WITH_BIRTH = frozenset({IdKind.RESIDENT, IdKind.HMT_RESIDENT, IdKind.FOREIGN_RESIDENT})
"""Kinds of document whose number tells the birth date and the sex (GB 11643 and those modelled on it)."""


SHORT_AGENT_KINDS = {
    AgentKind.RELATIVE: "近亲属",
    AgentKind.STAFF: "工作人员",
    AgentKind.RECOMMENDED: "推荐的人",
    AgentKind.LAWYER: "法律工作者",
    AgentKind.GUARDIAN: "监护人",
}
"""The kinds of agent in few words, for lists."""


def _labelled(kinds: type[Labelled]) -> Choices:
    return tuple((kind.value, kind.label) for kind in kinds)


def ethnic_groups() -> Choices:
    """民族."""
    return tuple((name, name) for name in ETHNIC_GROUPS)


def id_kinds() -> Choices:
    """证件类型."""
    return _labelled(IdKind)


def agent_kinds() -> Choices:
    """代理人身份."""
    return _labelled(AgentKind)


def details(tree: Sequence[ContentNode], content: str | None) -> Choices:
    """What can be chosen below a content class: ``0601 劳动报酬``, ``060101 劳动报酬 › 拖欠农民工工资``."""
    if content is None:
        return ()
    inner = (name_of(tree, one.code).partition(" › ")[2] for one in below(tree, content))
    return tuple((one.code, f"{one.code} {name}") for one, name in zip(below(tree, content), inner, strict=True))


def contents() -> Choices:
    """内容分类, each with its national number: ``06 劳动社保``."""
    return tuple((kind.value, f"{kind.value} {kind.label}") for kind in ContentClass)


def places() -> Choices:
    """问题属地: the districts, then the city as a whole."""
    city = regions.city()
    return (*((region.code, region.name) for region in regions.districts()), (city.code, f"{city.name}（市本级）"))


def replies() -> Choices:
    """答复方式."""
    return _labelled(ReplyMethod)


def return_reasons() -> Choices:
    """再次来访原因."""
    return _labelled(ReturnReason)
