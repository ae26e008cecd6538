"""The route assistant: a few plain questions, and the route (办理方式、去向) that follows from the answers.

The window hands on, it does not decide (信访工作条例 2022, articles 22 and 31). What is proposed here rests on an
article each; the clerk may choose otherwise and then says why. Which of two routes fits a muddled story remains her
judgement: the words of a form only suggest answers (``rules.route_hints``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from onevisit.rules.articles import LEVELS, SECRECY
from onevisit.rules.classification import ContentClass, PetitionClass, Purpose
from onevisit.rules.labels import Labelled
from onevisit.rules.procedures import Procedure


class Handling(Labelled):
    """办理方式: what the window does with a matter."""

    ANSWER = "answer", "当场答复"
    GUIDE = "guide", "引导到法定程序"
    TRANSFER = "transfer", "转送"
    ASSIGN = "assign", "交办"
    LOWER = "lower", "转送下级"
    DISCIPLINE = "discipline", "密封转送纪检监察机关"
    PERSONNEL = "personnel", "密封转送组织（人事）部门"
    IN_PERIOD = "in_period", "办理期限内重复提出，不再受理"
    ENDED = "ended", "已复查复核，不再受理"

    @property
    def stops(self) -> bool:
        """Whether the matter is not accepted anew; it is registered all the same."""
        return self in {Handling.IN_PERIOD, Handling.ENDED}

    @property
    def seals(self) -> bool:
        """Whether it goes in a closed envelope, by management authority (articles 22 and 30)."""
        return self in {Handling.DISCIPLINE, Handling.PERSONNEL}

    @property
    def hands_on(self) -> bool:
        """Whether an organ receives the matter from the window."""
        return self in {Handling.TRANSFER, Handling.ASSIGN, Handling.LOWER} or self.seals

    @property
    def needs_addressee(self) -> bool:
        """Whether an organ must be named."""
        return self.hands_on or self is Handling.GUIDE


class Offer(Labelled):
    """What is offered beside every route (信访工作条例 2022, articles 33 and 37); the visitor may refuse."""

    MEDIATION = "mediation", "人民调解"
    LEGAL_AID = "legal_aid", "法律援助"
    SOCIAL_RELIEF = "social_relief", "社会救助"
    JUDICIAL_RELIEF = "judicial_relief", "司法救助"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a matter before anything is asked.

    Attributes:
        place_code: where the problem is; empty if unknown.
        confidential: what is handed on names no informant.
        repeat: the same person has come on the same matter before.
        in_period: an organ has accepted the same matter, and its period still runs.
        terminated: the matter went through the final review, or was ended otherwise.
    """

    purpose: Purpose
    content: ContentClass | None = None
    place_code: str = ""
    confidential: bool = False
    repeat: bool = False
    in_period: bool = False
    terminated: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: what the store keeps, what stands on the button, which question follows (empty: none)."""

    key: str
    text: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question in plain words.

    Attributes:
        several: more than one choice may be taken, or none.
    """

    key: str
    text: str
    choices: tuple[Choice, ...]
    several: bool = False


Answers = Mapping[str, tuple[str, ...]]
"""The keys of the choices taken, by the key of the question."""


@dataclass(frozen=True, slots=True)
class Route:
    """A route with its reason.

    Attributes:
        procedure: of a claim (article 31); None otherwise.
        article: what it rests on.
        why: one plain sentence.
        sealed: nothing that is handed on may name or show the informant.
        beside: what is offered beside it.
        notices: further sentences for the visitor, each with its article where it is law.
    """

    handling: Handling
    procedure: Procedure | None
    article: str
    why: str
    sealed: bool = False
    beside: tuple[Offer, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Name it in short, as lists and exports do: ``31(一)``, ``22(二)``, ``19¶3``."""
        return mark_of(self.handling, self.procedure)


def mark_of(handling: Handling, procedure: Procedure | None) -> str:
    """Name a route in short, by the articles of 2022: ``31(一)``, ``22(二)``, ``19¶3``."""
    return procedure.value if procedure else _MARKS[handling]


def article_of(handling: Handling, procedure: Procedure | None) -> str:
    """Name what a route rests on, by the articles of 2022."""
    if handling is Handling.GUIDE:
        return procedure.article if procedure else ARTICLE_22
    own = procedure.article if procedure else ""
    return "、".join(part for part in (_ARTICLES[handling], own) if part)


SPOT, ACCUSED, WAY, LEVEL, REPORT, BESIDE = "spot", "accused", "way", "level", "report", "beside"
"""The keys of the questions."""

QUESTIONS: Mapping[str, Question] = {
    one.key: one
    for one in (
        Question(
            SPOT,
            "今天在窗口就能答复清楚吗？",
            (Choice("yes", "能，当场答复"), Choice("no", "不能，要转给有关单位", LEVEL)),
        ),
        Question(
            ACCUSED,
            "反映的是谁的什么问题？",
            (
                Choice("discipline", "党员、干部或者其他公职人员违纪违法", BESIDE),
                Choice("personnel", "选人用人等干部人事问题", BESIDE),
                Choice("other", "企业、个人或者单位的其他违法行为", BESIDE),
            ),
        ),
        Question(
            WAY,
            "这件事是下面哪一种？从上往下，选第一个符合的。",
            (
                Choice("court", "已经或者只能由法院、检察院、公安机关处理（有判决、已立案等）", BESIDE),
                Choice("party", "党员对党组织的处理、处分不服", BESIDE),
                Choice("decision", "不服行政机关的决定，或者要办许可、确认、裁决", BESIDE),
                Choice("duty", "请求行政机关查处违法行为，或者保护人身、财产等权利", LEVEL),
                Choice("arbitration", "劳动争议、土地承包等可以申请仲裁的纠纷", BESIDE),
                Choice("none", "都不是", LEVEL),
            ),
        ),
        Question(
            LEVEL,
            "该由哪一级处理？",
            (
                Choice("city", "市级部门", REPORT),
                Choice("district", "区（市）及其部门", REPORT),
                Choice("town", "镇街或者村居", REPORT),
            ),
        ),
        Question(
            REPORT,
            "要不要承办单位按期报告办理结果？",
            (Choice("no", "不用，转送即可", BESIDE), Choice("yes", "要，情况重要，定期限报结果", BESIDE)),
        ),
        Question(
            BESIDE,
            "来访人还需要什么帮助？可以多选，也可以不选。",
            (
                Choice(Offer.MEDIATION.value, "双方愿意，请人民调解"),
                Choice(Offer.LEGAL_AID.value, "打官司有困难，申请法律援助"),
                Choice(Offer.SOCIAL_RELIEF.value, "生活困难，申请社会救助"),
                Choice(Offer.JUDICIAL_RELIEF.value, "案件受害得不到赔偿，申请司法救助"),
            ),
            several=True,
        ),
    )
}

ARTICLE_22 = "《信访工作条例》第二十二条"
_ARTICLE_IN_PERIOD = "《信访工作条例》第十九条第三款"
_ARTICLE_ENDED = "《信访工作条例》第三十六条第三款"
_ARTICLE_NOTICE = "《信访工作条例》第二十三条"
_ARTICLE_PROPOSAL = "《信访工作条例》第二十九条"

_MARKS = {
    Handling.ANSWER: "23",
    Handling.GUIDE: "22",
    Handling.TRANSFER: "22(一)",
    Handling.LOWER: "22(二)",
    Handling.ASSIGN: "22(三)",
    Handling.DISCIPLINE: "30",
    Handling.PERSONNEL: "30",
    Handling.IN_PERIOD: "19¶3",
    Handling.ENDED: "36¶3",
}
_ITEMS_OF_22 = {
    Handling.TRANSFER: f"{ARTICLE_22}第（一）项",
    Handling.LOWER: f"{ARTICLE_22}第（二）项",
    Handling.ASSIGN: f"{ARTICLE_22}第（三）项",
}
_ARTICLES = {
    Handling.ANSWER: _ARTICLE_NOTICE,
    Handling.DISCIPLINE: SECRECY.of_2022,
    Handling.PERSONNEL: SECRECY.of_2022,
    Handling.IN_PERIOD: _ARTICLE_IN_PERIOD,
    Handling.ENDED: _ARTICLE_ENDED,
    **_ITEMS_OF_22,
}
_WAYS = {
    "court": (Procedure.LITIGATION, "这件事要由法院、检察院或者公安机关按法定程序处理，窗口说明并引导。"),
    "party": (Procedure.PARTY, "党员对处理、处分的申诉，由党组织按党内程序复议、复查。"),
    "decision": (Procedure.ADMINISTRATIVE, "对行政决定不服或者要办行政手续，有专门的行政程序和期限。"),
    "arbitration": (Procedure.ARBITRATION, "这类纠纷有仲裁程序，由仲裁机构处理最有效。"),
    "duty": (Procedure.DUTY, "请求查处或者保护权利，由有职责的行政机关依法履行或者答复。"),
    "none": (Procedure.OPINION, "没有别的法定程序，由有权处理的机关调查核实，出具信访处理意见书。"),
}
_ACCUSATIONS = {
    "discipline": (Handling.DISCIPLINE, "违纪违法问题按管理权限密封转送纪检监察机关，不给被反映的人和单位看到。"),
    "personnel": (Handling.PERSONNEL, "干部人事问题密封转送组织（人事）部门，不给被反映的人和单位看到。"),
    "other": (Handling.TRANSFER, "检举其他违法行为的，转送有权处理的机关，材料不给被反映的人和单位看到。"),
}


_FIRST = {
    PetitionClass.ACCUSATION: ACCUSED,
    PetitionClass.CLAIM: WAY,
    PetitionClass.PROPOSAL: LEVEL,
    None: SPOT,
}


def first_question(case: Circumstances) -> str:
    """Give the key of the first question; empty where the facts alone decide: a stop."""
    if case.terminated or case.in_period:
        return ""
    return _FIRST[case.purpose.petition_class]


def questions(case: Circumstances, answers: Answers) -> tuple[Question, ...]:
    """List the questions asked so far and the next one, in order; what was answered to others is not looked at."""
    asked = []
    key = first_question(case)
    while key:
        question = QUESTIONS[key]
        asked.append(question)
        key = _follows(question, answers)
    return tuple(asked)


def open_question(case: Circumstances, answers: Answers) -> Question | None:
    """Give the question that must be answered before a route can be proposed; None when there is none."""
    last = questions(case, answers)[-1:]
    return next((one for one in last if not one.several and _taken(one, answers) is None), None)


def propose(case: Circumstances, answers: Answers) -> Route | None:
    """Propose a route; None while a question is open (``open_question``)."""
    if open_question(case, answers) is not None:
        return None
    if case.terminated:
        return Route(
            Handling.ENDED, None, _ARTICLE_ENDED, "这件事已经复查、复核终结，仍以同一事实和理由提出的不再受理。"
        )
    if case.in_period:
        why = "这件事有关机关已经受理，还在办理期限内，不再受理；原来的期限不变，不重新计算。"
        return Route(Handling.IN_PERIOD, None, _ARTICLE_IN_PERIOD, why)
    return _PROPOSERS[first_question(case)](case, answers)


def _follows(question: Question, answers: Answers) -> str:
    taken = None if question.several else _taken(question, answers)
    return taken.then if taken else ""


def _taken(question: Question, answers: Answers) -> Choice | None:
    given = answers.get(question.key, ())
    return next((choice for choice in question.choices if choice.key in given), None)


def _key(key: str, answers: Answers) -> str:
    taken = _taken(QUESTIONS[key], answers)
    return taken.key if taken else ""


def _spot(case: Circumstances, answers: Answers) -> Route:
    if _key(SPOT, answers) == "yes":
        return Route(
            Handling.ANSWER, None, _ARTICLE_NOTICE, "能当场答复的，当场答复清楚，不用再来。", case.confidential
        )
    return _handed_on(case, answers, None, "", "窗口答复不了，转给有职责的单位答复。")


def _proposal(case: Circumstances, answers: Answers) -> Route:
    why = "意见建议由有关机关研究论证，采纳或者部分采纳的予以回复。"
    return _handed_on(case, answers, None, _ARTICLE_PROPOSAL, why)


def _accusation(case: Circumstances, answers: Answers) -> Route:
    handling, why = _ACCUSATIONS[_key(ACCUSED, answers)]
    return Route(handling, None, SECRECY.of_2022, why, True, _beside(answers), _again(case))


def _claim(case: Circumstances, answers: Answers) -> Route:
    procedure, why = _WAYS[_key(WAY, answers)]
    if procedure in {Procedure.DUTY, Procedure.OPINION}:
        return _handed_on(case, answers, procedure, procedure.article, why)
    article, sealed = procedure.article, case.confidential
    return Route(Handling.GUIDE, procedure, article, why, sealed, _beside(answers), _again(case))


_PROPOSERS: Mapping[str, Callable[[Circumstances, Answers], Route]] = {
    SPOT: _spot,
    ACCUSED: _accusation,
    WAY: _claim,
    LEVEL: _proposal,
}


def _handed_on(case: Circumstances, answers: Answers, procedure: Procedure | None, article: str, why: str) -> Route:
    level = _key(LEVEL, answers)
    handling = Handling.TRANSFER if level == "city" else Handling.LOWER
    if _key(REPORT, answers) == "yes":
        handling = Handling.ASSIGN
    rests_on = "、".join(part for part in (_ITEMS_OF_22[handling], article) if part)
    notices = (*_again(case), *((_SKIPPED,) if level == "town" else ()))
    return Route(handling, procedure, rests_on, why, case.confidential, _beside(answers), notices)


_SKIPPED = f"这件事应当先向镇街或者区（市）提出；今天照样登记，并转到该办的地方（{LEVELS.of_2022}）。"


def _again(case: Circumstances) -> tuple[str, ...]:
    return ("这件事以前来过；请先说明上次办到哪一步，再告知这次的去向。",) if case.repeat else ()


def _beside(answers: Answers) -> tuple[Offer, ...]:
    given = answers.get(BESIDE, ())
    return tuple(offer for offer in Offer if offer.value in given)
