"""The code lists of a visit: what for, about what, how the answer travels, why somebody had to come again."""

from onevisit.rules.labels import Labelled


class PetitionClass(Labelled):
    """The three classes of the law (信访工作条例 2022, articles 29 to 31)."""

    PROPOSAL = "proposal", "建议意见"
    ACCUSATION = "accusation", "检举控告"
    CLAIM = "claim", "申诉求决"


class Purpose(Labelled):
    """信访目的: the six purposes that registers use (national column ``xfmddm``)."""

    PROPOSAL = "proposal", "意见建议"
    APPEAL = "appeal", "申诉"
    REQUEST = "request", "求决"
    ACCUSATION = "accusation", "揭发控告"
    ENQUIRY = "enquiry", "咨询"
    OTHER = "other", "其他"

    @property
    def petition_class(self) -> PetitionClass | None:
        """The class of the law that this purpose falls under; none for enquiries and the rest."""
        return _CLASS_OF_PURPOSE.get(self)


_CLASS_OF_PURPOSE = {
    Purpose.PROPOSAL: PetitionClass.PROPOSAL,
    Purpose.APPEAL: PetitionClass.CLAIM,
    Purpose.REQUEST: PetitionClass.CLAIM,
    Purpose.ACCUSATION: PetitionClass.ACCUSATION,
}


class ContentClass(Labelled):
    """内容分类: the eighteen first-level classes in their national order."""

    POLITICS = "01", "政治综合"
    ECONOMY = "02", "经济综合"
    PUBLICITY = "03", "宣传舆论"
    DISCIPLINE = "04", "纪检监察"
    JUSTICE = "05", "政法"
    LABOUR = "06", "劳动社保"
    EDUCATION = "07", "教育"
    HEALTH = "08", "卫生计生"
    SCIENCE_SPORT = "09", "科技文体"
    PERSONNEL = "10", "组织人事"
    TRANSPORT_ENERGY = "11", "交通能源环保"
    CIVIL_AFFAIRS = "12", "民政"
    AGRICULTURE = "13", "农村农业"
    LAND_WATER = "14", "国土资源水利林业"
    CONSTRUCTION = "15", "城乡建设"
    INFORMATION = "16", "信息产业"
    COMMERCE = "17", "商贸旅游"
    OTHER = "18", "其他"


class ReplyMethod(Labelled):
    """答复方式: how the answer is to reach the visitor."""

    PHONE = "phone", "电话"
    MESSAGE = "message", "短信"
    WRITTEN = "written", "书面"
    HOME_VISIT = "home_visit", "上门"
    VILLAGE_OFFICERS = "village_officers", "两员上门"
    ON_THE_SPOT = "on_the_spot", "当场"
    NONE = "none", "无"


class ReturnReason(Labelled):
    """再次来访原因: why the visitor had to come again on the same matter; counted against causes, never people."""

    NOT_CONTACTED = "not_contacted", "未按承诺时间联系来访人"
    NOT_TOLD = "not_told", "上次未一次性告知所需材料"
    PAPERS_FORGOTTEN = "papers_forgotten", "来访人未带齐已告知的材料"
    NO_ANSWER = "no_answer", "责任单位未按期答复"
    NOT_SATISFIED = "not_satisfied", "对答复不满意"
    NEW_FACTS = "new_facts", "有新的事实或理由"
    WRONG_OFFICE = "wrong_office", "上次引导的单位不对"
    ASKS_PROGRESS = "asks_progress", "询问办理进度"
    OTHER = "other", "其他"


class AdvisedWay(Labelled):
    """建议途径: the ways that a duty lawyer may suggest; more than one may fit."""

    LITIGATION = "litigation", "诉讼"
    ARBITRATION = "arbitration", "仲裁"
    RECONSIDERATION = "reconsideration", "行政复议"
    MEDIATION = "mediation", "调解"
    LEGAL_AID = "legal_aid", "法律援助"
    PETITION = "petition", "信访"


class MaterialForm(Labelled):
    """材料形式."""

    ORIGINAL = "original", "原件"
    COPY = "copy", "复印件"


class PaperOutcome(Labelled):
    """What became of a copy that was sent to the printer."""

    PENDING = "pending", "待确认"
    CAME_OUT = "came_out", "已打印"
    JAMMED = "jammed", "卡纸"
    WRONG_PAPER = "wrong_paper", "纸张不对"
    REFUSED = "refused", "打印机拒绝"

    @property
    def spoiled(self) -> bool:
        """Whether certainly no readable copy reached the visitor."""
        return self in {PaperOutcome.JAMMED, PaperOutcome.WRONG_PAPER, PaperOutcome.REFUSED}
