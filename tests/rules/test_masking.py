"""Masked numbers give away no more than they may."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onevisit.rules.masking import mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("370499197904120232", "370499********0232"),
        ("37049919910315030X", "370499********030X"),
        ("E12345678", "E1*****78"),
        ("ABC123456789012", "AB***********12"),
        ("军字第0000001号", "军字*******1号"),
        ("A1234567890123456B", "A1**************6B"),
        ("E1234", "E***4"),
        ("123", "***"),
        ("", ""),
    ],
)
def test_mask_id(number: str, masked: str) -> None:
    assert mask_id(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13900000011", "139****0011"),
        ("0632-3312345", "0632-***2345"),
        ("010-82345678", "010-****5678"),
        ("0632-3312345-123", "0632-***2345-***"),
        ("3312345", "***2345"),
        ("82345678-1", "****5678-***"),
        ("12345", "1***5"),
        ("", ""),
    ],
)
def test_mask_phone(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@given(st.text(max_size=30))
def test_length_stays_and_at_least_half_is_hidden_unless_it_is_an_identity_number(number: str) -> None:
    masked = mask_id(number)
    assert len(masked) == len(number)
    assert sum(a != b for a, b in zip(masked, number, strict=True)) + number.count("*") >= min(len(number) / 2, 8)


def test_of_a_name_only_the_first_character_stays() -> None:
    assert [mask_name(name) for name in ("王伟", "欧阳建华", "阿卜杜热合曼·买买提", "王", "")] == [
        "王*",
        "欧***",
        "阿***",
        "*",
        "",
    ]
