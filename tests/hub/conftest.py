"""A running hub for each test."""

from collections.abc import Iterator

import pytest

from tests.hub.hall import Hall


@pytest.fixture
def hall() -> Iterator[Hall]:
    with Hall().open() as opened:
        yield opened
