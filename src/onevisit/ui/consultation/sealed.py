"""A signed consultation as it is read: words only, nothing that looks as if it could still be changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from onevisit.desk.consult import ConsultationView
from onevisit.rules.clocks import show_moment
from onevisit.ui.widgets.labels import plain_label
from onevisit.ui.widgets.layouts import clear
from onevisit.ui.widgets.style import set_style

_TOP_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


def show_sealed(column: QVBoxLayout, view: ConsultationView) -> None:
    """Fill ``column`` with a signed consultation (or one that somebody else is writing)."""
    clear(column)
    column.addWidget(_seal(view))
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnStretch(1, 1)
    for row, (word, text) in enumerate(_parts(view)):
        grid.addWidget(plain_label(word, "label", wrap=False), row, 0, _TOP_RIGHT)
        grid.addWidget(plain_label(text), row, 1)
    column.addLayout(grid)


def _seal(view: ConsultationView) -> QFrame:
    band = QFrame()
    layout = QVBoxLayout(band)
    layout.setContentsMargins(12, 8, 12, 8)
    if view.signed_at is None:
        set_style(band, role="band", tone="attention")
        layout.addWidget(plain_label(f"{view.lawyer}正在写这份意见，签发后才能看到。", tone="attention"))
    else:
        set_style(band, role="band", tone="fine")
        sentence = f"✓ 已签发封存，不能再改　{view.lawyer}　{show_moment(view.signed_at)}"
        layout.addWidget(plain_label(sentence, tone="fine"))
    return band


def _parts(view: ConsultationView) -> list[tuple[str, str]]:
    form = view.form
    ways = [way.label for way in form.ways] + (["已转法律援助机构"] if form.legal_aid else [])
    parts = [
        ("意见", form.advice),
        ("建议途径", "、".join(ways)),
        ("事实", form.facts),
        ("依据", form.basis),
        ("工作笔记", f"{form.working_notes}\n（只有您能看到）" if form.working_notes else ""),
    ]
    parts += [("补充", f"{one.text}\n（{one.author}，{show_moment(one.written_at)}）") for one in view.addenda]
    return [(word, text) for word, text in parts if text]
