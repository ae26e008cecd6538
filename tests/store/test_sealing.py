"""What is sealed to a public key opens with its private key alone, and only where it belongs."""

import pytest

from onevisit.store.sealing import SealBrokenError, new_pair, seal, unseal

KEY = bytes(range(32))


def test_only_the_private_key_opens_and_only_what_it_was_bound_to() -> None:
    private, public = new_pair()
    half, sealed = seal(public, KEY, b"here")
    assert unseal(private, half, sealed, b"here") == KEY
    assert KEY not in sealed
    other_half, other = seal(public, KEY, b"here")
    assert (other_half, other) != (half, sealed), "no sealing is like another"
    spoiled = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for who, with_half, what, bound in (
        (private, half, sealed, b"there"),
        (new_pair()[0], half, sealed, b"here"),
        (private, other_half, sealed, b"here"),
        (private, half, spoiled, b"here"),
    ):
        with pytest.raises(SealBrokenError):
            unseal(who, with_half, what, bound)


def test_a_public_key_that_makes_every_secret_the_same_is_refused() -> None:
    private, public = new_pair()
    half, sealed = seal(public, KEY, b"")
    with pytest.raises(SealBrokenError):
        seal(bytes(32), KEY, b"")
    with pytest.raises(SealBrokenError):
        unseal(private, bytes(32), sealed, b"")
    assert half != bytes(32)
