"""The code lists of what follows a visit: service of documents, follow-up calls, evaluations."""

from onevisit.rules.labels import Labelled


class ServedDocument(Labelled):
    """What is given to the petitioner in writing."""

    NOTICE = "notice", "告知书"
    ACCEPTANCE = "acceptance", "受理告知书"
    EXTENSION = "extension", "延期告知书"
    OPINION = "opinion", "信访处理意见书"
    REVIEW = "review", "复查意见书"
    FINAL_REVIEW = "final_review", "复核意见书"
    OTHER = "other", "其他文书"


class ServiceMethod(Labelled):
    """送达方式."""

    IN_PERSON = "in_person", "当面"
    POST = "post", "邮寄"
    VILLAGE_OFFICERS = "village_officers", "两员上门"
    OTHER = "other", "其他"


class ServiceOutcome(Labelled):
    """签收: signed, or refused, which needs a witness."""

    SIGNED = "signed", "已签收"
    REFUSED = "refused", "拒收"
    ON_ITS_WAY = "on_its_way", "已寄出，未回执"


class CallOutcome(Labelled):
    """What became of a call."""

    REACHED = "reached", "已联系上"
    NO_ANSWER = "no_answer", "无人接听"
    WRONG_NUMBER = "wrong_number", "号码不对"
    REFUSED = "refused", "不愿接受回访"


class EvaluationSubject(Labelled):
    """Whom an evaluation is about: two, never added together."""

    WINDOW = "window", "信访部门（窗口）"
    ORGAN = "organ", "责任单位"


class EvaluationValue(Labelled):
    """满意度: three answers, and silence, which is none of them."""

    SATISFIED = "satisfied", "满意"
    BASICALLY = "basically", "基本满意"
    DISSATISFIED = "dissatisfied", "不满意"
    SILENT = "silent", "未评价"
