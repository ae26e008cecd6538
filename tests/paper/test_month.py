"""The month's sheet, compared with golden text and pictures (see conftest.py on how to write them anew)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.paper.conftest import UNIT, bare
from tests.paper.test_golden import compare_picture, compare_text

from onevisit.paper.fonts import FontBook
from onevisit.paper.month import month_texts, render_month, title_of
from onevisit.rules.after_visit import EvaluationSubject, EvaluationValue
from onevisit.rules.classification import ContentClass, Purpose, ReturnReason
from onevisit.rules.figure_count import count
from onevisit.rules.figure_facts import ClockFact, Counted, EvaluationFact, Facts, Filters, Span, VisitFact
from onevisit.rules.figures import RATES, SLICED, FigureKey, MonthReport

TODAY = date(2026, 11, 30)
MADE = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)
BY = Counted(TODAY, 90, 30, silence_satisfied=False)
MONTH, YEAR = Span.month_of(TODAY), Span.year_of(TODAY)
_ORGANS = ("", "薛城区人力资源和社会保障局", "枣庄市住房和城乡建设局", "薛城区临城街道办事处")
_REASONS = (ReturnReason.NOT_TOLD, ReturnReason.NO_ANSWER, ReturnReason.ASKS_PROGRESS, None)


def _visit(number: int, day: date) -> VisitFact:
    arrived = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)
    repeat = number % 4 == 3
    return VisitFact(
        number, number, day, 2 if repeat else 1, 7 if number % 9 == 5 else 1 + number % 3,
        arrived, arrived + timedelta(minutes=number % 13), arrived + timedelta(minutes=40) if number % 5 == 0 else None,
        _REASONS[number // 4 % 4] if repeat else None, list(Purpose)[number % 6], list(ContentClass)[number * 7 % 18],
        ("370403", "370402", "370481", "")[number % 4], _ORGANS[number % 4], number % 2 == 0, None,
    )  # fmt: skip


def _about(number: int) -> tuple[Purpose, ContentClass, str, str]:
    place = ("370403", "370402", "370481", "")[number % 4]
    return list(Purpose)[number % 6], list(ContentClass)[number * 7 % 18], place, _ORGANS[1 + number % 3]


def _facts(span: Span, visits: int) -> Facts:
    step = max(1, span.days // visits)
    days = [span.first + timedelta(days=number * step % span.days) for number in range(visits)]
    clocks = [
        ClockFact(number, date(2026, 11, 1 + number), date(2026, 11, 2 + number * 2 % 27), *_about(number))
        for number in range(20)
    ]
    said = [
        EvaluationFact(
            n,
            n,
            list(EvaluationSubject)[n % 2],
            list(EvaluationValue)[n * 3 // 2 % 4],
            date(2026, 10, 3),
            None,
            *_about(n),
        )
        for n in range(22)
    ]
    return Facts([_visit(number, day) for number, day in enumerate(days)], clocks, clocks[:9], said)


def _report(span: Span, visits: int, by: Counted = BY) -> MonthReport:
    facts = _facts(span, visits) if visits else Facts()
    return MonthReport(
        UNIT, practice=False, made_at=MADE, staff_no="004", figures=count(facts, span, by), filters=Filters()
    )


PLAIN = _report(MONTH, 60)
YEARLY = replace(_report(YEAR, 300, replace(BY, return_days=60, silence_satisfied=True)), practice=True)
NOTHING = replace(_report(MONTH, 0), filters=Filters("claim", ContentClass.LABOUR, "370403"))
SHEETS = {"plain": PLAIN, "yearly": YEARLY, "nothing": NOTHING}
GOLDEN = Path(__file__).parent / "golden_month"


@pytest.mark.parametrize("name", SHEETS)
def test_text_and_first_page_are_as_they_were(name: str, fonts: FontBook, regolden: bool) -> None:
    pdf = render_month(SHEETS[name], fonts)
    assert pdf == render_month(SHEETS[name], fonts)
    compare_text(pdf, GOLDEN / f"{name}.txt", regolden=regolden)
    compare_picture(pdf, GOLDEN / f"{name}.png", regolden=regolden)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in GOLDEN.iterdir()} == {f"{name}.{kind}" for name in SHEETS for kind in ("txt", "png")}


def test_the_sheet_says_for_whom_when_by_whom_and_by_which_rules(fonts: FontBook, read: type) -> None:
    pages = read(render_month(PLAIN, fonts))
    for words in (
        *(UNIT.name, "信访接待统计月报", "2026年11月", "制表 2026年11月30日 17:05", "工号 004", "统计范围：全部"),
        *("来访那天起 90 天内", "示例，以本地文件为准", "超期未受理", "未评价，不计入", "没有记录原因"),
    ):
        assert pages.says(words), words
    yearly = read(render_month(YEARLY, fonts))
    assert yearly.says("来访那天起 60 天内")
    assert yearly.says("按满意计")
    assert yearly.says("2026年3月")


def test_tables_flow_over_pages_and_every_part_is_there(fonts: FontBook, read: type) -> None:
    pages = read(render_month(replace(YEARLY, practice=False), fonts))
    assert len(pages.texts) > 1
    assert all(pages.says(one.label) for one in ContentClass)
    for page in pages.texts[1:]:
        # what goes on from the page before stands under its heads again
        assert "重复访 办结率 受理率" in page.splitlines()[2], page


def test_every_rate_stands_by_class_content_district_organ_and_month(fonts: FontBook, read: type) -> None:
    pages = read(render_month(YEARLY, fonts))
    for key in SLICED:
        for one in YEARLY.figures.slices[key]:
            rates = "".join(one.rates[rate].words for rate in RATES)
            assert pages.says(f"{one.first}{one.repeat}{rates}"), (key, one.part)


def test_every_cause_stands_there_with_its_share(fonts: FontBook, read: type) -> None:
    causes = {one.value: place for place, one in enumerate(ReturnReason, start=1)}
    figures = replace(
        PLAIN.figures, reasons=causes, first=0, visits=replace(PLAIN.figures.visits, batches=sum(causes.values()))
    )
    pages = read(render_month(replace(PLAIN, figures=figures), fonts))
    assert all(
        pages.says(f"{one.label}{causes[one.value]}{figures.reason_share(one.value).words}") for one in ReturnReason
    )


def test_a_name_that_fills_pages_and_numbers_that_fill_their_columns_are_not_cut_off(
    fonts: FontBook, read: type
) -> None:
    name = "".join(f"第{number}办公室" for number in range(900))
    largest = replace(YEARLY.figures.slices[FigureKey.ORGANS][0], part=name, batches=99999, persons=1234567)
    slices = {**YEARLY.figures.slices, FigureKey.ORGANS: [largest]}
    pages = read(render_month(replace(YEARLY, practice=False, figures=replace(YEARLY.figures, slices=slices)), fonts))
    whole = bare(pages.text)
    assert all(f"第{number}办公室" in whole for number in range(4))
    assert sum(whole.count(f"{number}") > 0 for number in range(900)) == 900
    assert "99999" in whole


def test_a_name_with_a_character_that_no_font_has_says_which(fonts: FontBook, read: type) -> None:
    slices = {**PLAIN.figures.slices}
    slices[FigureKey.ORGANS] = [replace(slices[FigureKey.ORGANS][0], part="示例\U00031350局")]
    assert read(render_month(replace(PLAIN, figures=replace(PLAIN.figures, slices=slices)), fonts)).says("U+31350")


def test_of_nothing_there_are_dashes(fonts: FontBook, read: type) -> None:
    pages = read(render_month(NOTHING, fonts))
    assert pages.says("一次办结率 —")
    assert pages.says("这一段没有重复访。")
    assert pages.says("统计范围：申诉求决、劳动社保、薛城区")


def test_what_was_typed_is_tested_for_missing_characters() -> None:
    assert set(month_texts(PLAIN)) >= {UNIT.name, "枣庄市住房和城乡建设局"}
    assert title_of(Span(TODAY, TODAY)) == "信访接待统计表"
