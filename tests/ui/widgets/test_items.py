"""Lists and tables painted by hand follow the theme."""

from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from onevisit.ui.theme import COLOURS, Theme, Variant
from onevisit.ui.widgets.items import Tones, TwoLines


def test_the_colours_of_tones_are_those_of_the_variant_worn(theme: Theme, qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    tones = Tones(view)
    for variant in Variant:
        theme.wear(variant, large=False)
        colours = COLOURS[variant]
        palette = QPalette(view.palette())
        for tone, colour in (("fault", colours.fault), ("attention", colours.attention), ("soft", colours.soft)):
            assert tones.colour(tone, palette) == QColor(colour)
        assert tones.colour("info", palette) == QColor(colours.brand)
        assert tones.colour("", palette) == palette.color(QPalette.ColorRole.Text)


def test_an_entry_grows_with_the_type(theme: Theme, qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    view.setModel(QStringListModel(["一"], view))
    view.setItemDelegate(TwoLines(view))
    view.show()
    usual = view.sizeHintForRow(0)
    theme.wear(Variant.LIGHT, large=True)
    qtbot.waitUntil(lambda: view.sizeHintForRow(0) > usual)
    assert usual >= 2 * view.fontMetrics().height() * 0.6
