"""Commands as an operator gives them, each in a process of its own."""

from collections.abc import Iterator

import pytest

from tests.cli.mother import Mother


@pytest.fixture(scope="session")
def mother() -> Iterator[Mother]:
    """The process from which commands are forked."""
    held = Mother()
    try:
        yield held
    finally:
        held.close()
