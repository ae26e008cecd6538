"""Contrast of every colour on every ground, the style source, type sizes, focus."""

import itertools
import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from onevisit.ui.fonts import RARE_FAMILY, body_font
from onevisit.ui.theme import BODY_POINTS, COLOURS, LARGE_POINTS, Colours, Theme, Variant, contrast, sizes, style_sheet
from onevisit.ui.widgets.style import set_style

_INKS = ("ink", "soft", "brand", "fine", "attention", "fault")
_GROUNDS = ("paper", "ground", "brand_soft", "fine_soft", "attention_soft", "fault_soft")


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(("ink", "ground"), list(itertools.product(_INKS, _GROUNDS)))
def test_every_text_can_be_read_on_every_ground(variant: Variant, ink: str, ground: str) -> None:
    colours = COLOURS[variant]
    least = 7 if variant is Variant.CONTRAST else 4.5
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= least


@pytest.mark.parametrize("variant", Variant)
def test_text_on_the_brand_can_be_read(variant: Variant) -> None:
    colours = COLOURS[variant]
    assert contrast(colours.on_brand, colours.brand) >= 4.5
    assert contrast(colours.on_brand, colours.brand_strong) >= 4.5
    assert contrast(colours.brand, colours.paper) >= 3, "the frame of the focus"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_the_style_source_uses_tokens_only(resources: Path) -> None:
    source = (resources / "style" / "onevisit.qss").read_text(encoding="utf-8")
    colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b", source))
    assert colours == {"#ffffff"}, "paper in the preview is white in every variant; all else is a token"


@pytest.mark.parametrize("variant", Variant)
def test_the_style_source_is_filled_completely(theme: Theme, resources: Path, variant: Variant) -> None:
    source = (resources / "style" / "onevisit.qss").read_text(encoding="utf-8")
    filled = style_sheet(source, COLOURS[variant], sizes(11, body_font(11)), resources / "icons")
    assert "$" not in filled
    for file in re.findall(r'url\("([^"]+)"\)', filled):
        assert Path(file).is_file()


def test_every_colour_token_is_used(resources: Path) -> None:
    source = (resources / "style" / "onevisit.qss").read_text(encoding="utf-8")
    unused = [one.name for one in fields(Colours) if f"${one.name}" not in source]
    assert unused == []


def test_large_type_makes_room_for_itself(theme: Theme, qtbot: QtBot) -> None:
    field, button = QLineEdit("王伟"), QPushButton("登记并打印回执")
    for widget in (field, button):
        qtbot.addWidget(widget)
        widget.show()
    small = field.sizeHint().height(), button.sizeHint().width()
    theme.wear(Variant.LIGHT, large=True)
    assert field.font().pointSizeF() == LARGE_POINTS
    assert field.sizeHint().height() > small[0]
    assert button.sizeHint().width() > small[1] * LARGE_POINTS / BODY_POINTS * 0.8
    assert field.sizeHint().height() >= field.fontMetrics().height() + 6


def test_a_fault_shows_at_the_field(theme: Theme, qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 40)
    field.show()
    set_style(field, tone="fault")
    image = field.grab().toImage()
    assert image.pixelColor(100, 1).name() == COLOURS[Variant.LIGHT].fault
    set_style(field, tone="")
    assert field.grab().toImage().pixelColor(100, 1).name() != COLOURS[Variant.LIGHT].fault


def test_focus_is_two_pixels_of_the_brand(theme: Theme, qtbot: QtBot) -> None:
    button = QPushButton("清空")
    qtbot.addWidget(button)
    button.resize(120, 40)
    with qtbot.waitActive(button):
        button.show()
    button.setFocus()
    image = button.grab().toImage()
    assert {image.pixelColor(60, y).name() for y in (0, 1)} == {theme.colours.brand}


def test_the_palette_follows_the_variant(theme: Theme, qapp: QApplication) -> None:
    theme.wear(Variant.DARK, large=False)
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(COLOURS[Variant.DARK].paper)
    assert theme.colours is COLOURS[Variant.DARK]


def test_a_rare_character_is_drawn(theme: Theme, qtbot: QtBot) -> None:
    label = QLabel("𠮷")
    qtbot.addWidget(label)
    label.show()
    drawn = label.grab().toImage()
    label.setText("\U000e0fff")
    assert RARE_FAMILY in body_font(11).families()
    dark = sum(drawn.pixelColor(x, y).lightness() < 100 for x in range(drawn.width()) for y in range(drawn.height()))
    assert dark > 20


def test_digits_are_tabular(theme: Theme, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    metrics = label.fontMetrics()
    assert len({metrics.horizontalAdvance(digit * 18) for digit in "0123456789"}) == 1
