"""The six ways in which a claim (申诉求决) is handled, each by a procedure of its own."""

from onevisit.rules.labels import Labelled


class Procedure(Labelled):
    """The six routes of a claim: 信访工作条例 (2022), article 31."""

    LITIGATION = "31(一)", "诉讼、检察、公安程序"
    ARBITRATION = "31(二)", "仲裁"
    PARTY = "31(三)", "党内申诉、复审程序"
    ADMINISTRATIVE = "31(四)", "行政复议、裁决、许可等行政程序"
    DUTY = "31(五)", "申请查处、履行职责"
    OPINION = "31(六)", "信访处理意见"

    @property
    def article(self) -> str:
        """Name the article: ``《信访工作条例》第三十一条第（一）项``."""
        return f"《信访工作条例》第三十一条第（{self.value[3]}）项"
