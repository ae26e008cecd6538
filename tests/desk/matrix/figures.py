"""Figures: seen by clerks and supervisors; what leaves the store with them is for whoever may export."""

from tests.desk.matrix.use_case import DAY, UseCase

from onevisit.desk import figure_rows, figures
from onevisit.rules.accounts import Permission
from onevisit.rules.figure_facts import Span
from onevisit.rules.figures import ALL, FigureKey
from onevisit.rules.trail import ExportReason

_SPAN = Span(DAY, DAY)

USE_CASES: dict[str, UseCase] = {
    "figure_rows.rows_behind": UseCase(
        Permission.SEE_FIGURES, lambda desk: figure_rows.rows_behind(desk, FigureKey.VISITS, ALL, _SPAN)
    ),
    "figure_rows.visit_table": UseCase(Permission.EXPORT, lambda desk: figure_rows.visit_table(desk, _SPAN)),
    "figures.figures": UseCase(Permission.SEE_FIGURES, lambda desk: figures.figures(desk, _SPAN)),
    "figures.record_printed": UseCase(Permission.SEE_FIGURES, lambda desk: figures.record_printed(desk, _SPAN)),
    "figures.record_workbook": UseCase(
        Permission.SEE_FIGURES, lambda desk: figures.record_workbook(desk, _SPAN, ExportReason.STATISTICS, 0)
    ),
    "figures.report": UseCase(Permission.SEE_FIGURES, lambda desk: figures.report(desk, _SPAN)),
}

NO_USE_CASES: dict[str, str] = {}
