"""Paper profiles keep their own promises."""

from dataclasses import replace

import pytest

from onevisit.paper.profiles import A5, PROFILES, ROLL_58, ROLL_80, PaperProfile, TypeSizes, profile_by_key


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_a_profile_is_found_by_its_key(profile: PaperProfile) -> None:
    assert profile_by_key(profile.key) == profile
    assert profile.sizes.small >= profile.minimum >= 9


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KeyError):
        profile_by_key("a3")


@pytest.mark.parametrize("profile", [ROLL_80, ROLL_58, A5], ids=lambda profile: profile.key)
def test_large_print_is_larger_on_the_same_paper(profile: PaperProfile) -> None:
    assert profile.large.sizes.body >= 1.2 * profile.sizes.body
    assert profile.large.minimum > profile.minimum
    assert (profile.large.width_mm, profile.large.height_mm) == (profile.width_mm, profile.height_mm)


def test_type_below_the_minimum_is_refused() -> None:
    with pytest.raises(ValueError, match="minimum"):
        replace(ROLL_80, sizes=TypeSizes(18, 14, 10, 7))
