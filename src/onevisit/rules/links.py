"""How two matters belong together."""

from onevisit.rules.labels import Labelled


class LinkKind(Labelled):
    """What the first of two matters is to the second."""

    MERGED_INTO = "merged_into", "已并入"
    SPLIT_FROM = "split_from", "分自"
    RELATED = "related", "相关"
