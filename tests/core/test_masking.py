"""The token of forms: Django takes off what we put on, and no two look alike."""

from string import ascii_letters, digits

from django.middleware.csrf import _does_token_match
from hypothesis import given
from hypothesis import strategies as st

from hallway.core.masking import masked

SECRETS = st.text(alphabet=ascii_letters + digits, min_size=32, max_size=32)


@given(SECRETS)
def test_django_takes_the_mask_off(secret: str) -> None:
    assert _does_token_match(masked(secret), secret)


@given(SECRETS, SECRETS)
def test_another_secret_does_not_match(secret: str, other: str) -> None:
    assert _does_token_match(masked(secret), other) == (secret == other)


def test_masks_use_every_sign_and_never_repeat() -> None:
    tokens = [masked("a" * 32) for _ in range(500)]
    assert len({token[:32] for token in tokens}) == 500
    assert {sign for token in tokens for sign in token[:32]} == set(ascii_letters + digits)
    # "a" stands for nothing, so the mask shows itself: the secret is under it and not beside it.
    assert all(token[:32] == token[32:] for token in tokens)
