"""What each figure is called and how it is counted, in the same words on the screen, on paper and in the workbook."""

from datetime import date
from typing import Final

from onevisit.rules.after_visit import EvaluationValue
from onevisit.rules.classification import ContentClass, ReturnReason
from onevisit.rules.clocks import show_day, show_short_day
from onevisit.rules.figure_facts import Counted, Filters, class_label
from onevisit.rules.figures import (
    AGAIN,
    ALL,
    CLOCKS,
    EVALUATIONS,
    FIRST,
    IN_TIME,
    KEPT,
    LATE,
    MISSING,
    NO_CLOSING,
    NOT_CLOSED,
    NOT_PASSED,
    REPEAT,
    UNKNOWN,
    FigureKey,
    Figures,
    OneVisit,
    Satisfaction,
    Timeliness,
    Waiting,
)
from onevisit.rules.policy import EXAMPLE
from onevisit.rules.regions import name_of
from onevisit.rules.registration import GROUP_FROM

_PARTS: Final[dict[tuple[FigureKey, str], str]] = {
    (FigureKey.VISITS, FIRST): "初访",
    (FigureKey.VISITS, REPEAT): "重复访",
    (FigureKey.ONE_VISIT, KEPT): "一次办结",
    (FigureKey.ONE_VISIT, AGAIN): "办结了又来的",
    (FigureKey.ONE_VISIT, NOT_PASSED): "已办结，天数未满",
    (FigureKey.ONE_VISIT, NOT_CLOSED): "还没有办结",
    (FigureKey.ONE_VISIT, NO_CLOSING): "撤回、并入、分成几件",
    (FigureKey.ACCEPTANCE, IN_TIME): "及时受理",
    (FigureKey.ACCEPTANCE, LATE): "超期受理",
    (FigureKey.ACCEPTANCE, MISSING): "超期未受理",
    (FigureKey.ANSWER, IN_TIME): "按期答复",
    (FigureKey.ANSWER, LATE): "超期答复",
    (FigureKey.ANSWER, MISSING): "超期未答复",
}
RATE_HEADS: Final = {
    FigureKey.ONE_VISIT: "一次办结率",
    FigureKey.ACCEPTANCE: "及时受理率",
    FigureKey.ANSWER: "按期答复率",
    FigureKey.WINDOW: "窗口满意率",
    FigureKey.UNIT: "单位满意率",
}
"""What each rate is called where it heads a column."""

_UNKNOWN: Final = {
    FigureKey.REASONS: "没有记录原因",
    FigureKey.ORGANS: "还没有责任单位",
    FigureKey.PLACES: "没有填属地",
}


def part_words(key: FigureKey, part: str) -> str:
    """What a part of a figure is called: ``重复访``, ``劳动社保``, ``2026年3月``."""
    if part == ALL:
        return key.label
    if part == UNKNOWN:
        return _UNKNOWN[key]
    if key is FigureKey.REASONS:
        return ReturnReason.from_code(part).label
    if key in EVALUATIONS:
        return EvaluationValue.from_code(part).label
    if key is FigureKey.CLASSES:
        return class_label(part)
    if key is FigureKey.CONTENTS:
        return ContentClass.from_code(part).label
    if key is FigureKey.PLACES:
        return name_of(part) or part
    if key is FigureKey.TIMES:
        return _time(part)
    return _PARTS.get((key, part), key.label if part == key.value else part)


def behind_words(key: FigureKey, part: str) -> str:
    """What the rows behind a figure are headed by: ``按内容分类：劳动社保``."""
    whole = part == ALL or (key, part) in _PARTS or part == key.value
    return part_words(key, part) if whole else f"{key.label}：{part_words(key, part)}"


def _time(part: str) -> str:
    if len(part) > len("2026-11"):
        return show_short_day(date.fromisoformat(part))
    year, month = part.split("-")
    return f"{year}年{int(month)}月"


def how(key: FigureKey, by: Counted) -> str:
    """How a figure is counted, in a sentence or two."""
    days = by.return_days
    return {
        FigureKey.VISITS: (
            "来一次算一批，到场几人算几人次；同一件事第一次来本单位是初访，以后再来是重复访（在别处来过的，本机不知道）；"
            "一件分成几件的，仍算来了一次。"
        ),
        FigureKey.GROUPS: (
            f"{GROUP_FROM} 人及以上同来的（事项所用的规则另有人数的，按那个人数），单独列出，已含在总数里。"
        ),
        FigureKey.ONE_VISIT: (
            f"看这段时间的初访。一次办结率 = 从来访那天起 {days} 天内没有为同一件事再来的已办结初访"
            f" ÷ 满 {days} 天的已办结初访。"
            f"办结含终结；还没有办结的，撤回、并入另一件、分成几件的，都不计入；{days} 天由本单位设定（{EXAMPLE}）。"
        ),
        FigureKey.REASONS: "重复访登记时问明的原因，只数原因，不数人；占比以全部重复访为 100%。",
        FigureKey.ACCEPTANCE: (
            "及时受理率 = 及时受理 ÷ 应受理（及时受理 + 超期受理 + 超期未受理）。"
            "按承办单位书面告知的期限，期限在这段时间届满的算应受理；还没到期、也还没办的不算。"
        ),
        FigureKey.ANSWER: (
            "按期答复率 = 按期答复 ÷（按期答复 + 超期答复 + 超期未答复）。"
            "按办理期限，含批准的延期，期限在这段时间届满的计入；还没到期、也还没答复的不算。"
        ),
        FigureKey.WINDOW: _satisfaction(by),
        FigureKey.UNIT: _satisfaction(by),
        FigureKey.TO_DESK: (
            "从到达到登记完，隔天补登的不算；中位数是一半的人不超过的时间，九成是十个人里九个不超过的时间。"
        ),
        FigureKey.TO_LAWYER: "从登记完到律师开始接待，只算当天见了律师的。",
        FigureKey.CLASSES: "信访三类（《信访工作条例》第二十九条至第三十一条）；咨询等不属于三类的另列。",
        FigureKey.CONTENTS: "按登记时选的内容分类。",
        FigureKey.ORGANS: "按事项现在的责任单位。",
        FigureKey.PLACES: "按问题属地。",
        FigureKey.TIMES: (
            "来访、一次办结、等候按来访的日子，受理、答复按期限届满的日子，评价按请人评价的日子。"
            "各项比率的算法同上，“等候分钟”是等候登记的中位数。"
        ),
    }[key]


def rules_of_counting(by: Counted) -> list[tuple[str, str]]:
    """What each figure is called and how it is counted; figures that are counted alike stand together."""
    called: dict[str, list[str]] = {}
    for key in FigureKey:
        called.setdefault(how(key, by), []).append(key.label)
    return [*(("、".join(labels), words) for words, labels in called.items()), ("—", "没有可算的数，不是 0。")]


def one_visit_note(found: OneVisit, by: Counted) -> str:
    """What the rate rests on, and what is told apart from it."""
    days, rate = by.return_days, found.rate
    if not rate.whole and found.counted_from is not None:
        waiting = f"{found.not_passed} 件在等，其中 {found.quiet} 件至今没有再来"
        return f"还没有满 {days} 天的；{waiting}。{show_day(found.counted_from)}起有这个数。"
    passed = f"{rate.whole} 件中 {rate.part} 件没有再来" if rate.whole else f"还没有满 {days} 天的"
    if not found.not_passed:
        return f"{passed}。"
    return f"{passed}；另有 {found.not_passed} 件未满 {days} 天，不计入，其中 {found.quiet} 件至今没有再来。"


def timeliness_note(key: FigureKey, found: Timeliness) -> str:
    """The buckets in a line."""
    parts = ((IN_TIME, found.in_time), (LATE, found.late), (MISSING, found.missing))
    said = "　".join(f"{part_words(key, part)} {number}" for part, number in parts)
    return f"{said}　未到期 {found.not_due}（不计）" if found.not_due else said


def satisfaction_note(found: Satisfaction) -> str:
    """What was said, in a line."""
    said = f"满意 {found.satisfied}　基本满意 {found.basically}　不满意 {found.dissatisfied}　未评价 {found.silent}"
    return f"{said}　参评率 {found.taking_part.words}"


def waiting_note(found: Waiting) -> str:
    """The second figure of waiting, and of how many."""
    return f"九成不超过 {minutes(found.ninetieth)}（{found.people} 批）"


def minutes(number: int | None) -> str:
    """So many minutes, or ``—``."""
    if number is None:
        return "—"
    hours, rest = divmod(number, 60)
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"


def silence_words(by: Counted) -> str:
    """How silence counts, as the unit has set it."""
    return "按满意计" if by.silence_satisfied else "不计入"


def filter_words(filters: Filters) -> str:
    """What was filtered by; ``全部`` where nothing was."""
    words = [
        class_label(filters.petition_class) if filters.petition_class else "",
        filters.content.label if filters.content else "",
        part_words(FigureKey.PLACES, filters.place) if filters.place else "",
        part_words(FigureKey.ORGANS, filters.organ) if filters.organ else "",
    ]
    return "、".join(word for word in words if word) or "全部"


def reasons_by_size(figures: Figures) -> list[tuple[str, int]]:
    """The reasons that were given and how often, the most frequent first, the unknown last."""
    return sorted(figures.reasons.items(), key=lambda one: (one[0] == UNKNOWN, -one[1], one[0]))


def summary(figures: Figures) -> tuple[tuple[FigureKey, str, str, str], ...]:
    """The figures that stand first everywhere: key, what it is, the figure, and what it rests on."""
    by, visits = figures.counted, figures.visits
    groups = f"{visits.group_batches} 批 {visits.group_persons} 人次"
    return (
        (FigureKey.VISITS, "来访", f"{visits.batches} 批 {visits.persons} 人次", _visits_note(figures)),
        (FigureKey.GROUPS, "集体访", groups, "已含在来访里"),
        (FigureKey.ONE_VISIT, "一次办结率", figures.one_visit.rate.words, one_visit_note(figures.one_visit, by)),
        (FigureKey.ACCEPTANCE, "及时受理率", figures.acceptance.rate.words, _clock_note(figures, FigureKey.ACCEPTANCE)),
        (FigureKey.ANSWER, "按期答复率", figures.answer.rate.words, _clock_note(figures, FigureKey.ANSWER)),
        (FigureKey.WINDOW, "对窗口满意率", figures.window.rate.words, satisfaction_note(figures.window)),
        (FigureKey.UNIT, "对责任单位满意率", figures.unit.rate.words, satisfaction_note(figures.unit)),
        (FigureKey.TO_DESK, "等候登记", minutes(figures.to_desk.median), waiting_note(figures.to_desk)),
        (FigureKey.TO_LAWYER, "等候律师", minutes(figures.to_lawyer.median), waiting_note(figures.to_lawyer)),
    )


def _visits_note(figures: Figures) -> str:
    return f"初访 {figures.first} 批　重复访 {figures.repeat} 批"


def _clock_note(figures: Figures, key: FigureKey) -> str:
    assert key in CLOCKS  # noqa: S101 - only these have buckets
    said = timeliness_note(key, figures.acceptance if key is FigureKey.ACCEPTANCE else figures.answer)
    return f"{said}　另有 {figures.unread} 件的规则读不出，没有算（请管理员看“名录”）" if figures.unread else said


def _satisfaction(by: Counted) -> str:
    said = "来访人在屏幕上选的、回访时在电话里说的都算"
    silence = f"说明不评价的、请人评价后满 {by.evaluation_days} 天没有回音的算未评价"
    over = f"{silence}，{silence_words(by)}（{EXAMPLE}）"
    formula = (
        "（满意 + 基本满意 + 未评价）÷（已评价 + 未评价）" if by.silence_satisfied else "（满意 + 基本满意）÷ 已评价"
    )
    return f"满意率 = {formula}；参评率 = 已评价 ÷（已评价 + 未评价）。{said}；{over}。"
