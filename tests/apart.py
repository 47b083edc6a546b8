"""Keeps what a browser leaves in the process away from the tests that have none.

Playwright's event loop counts as running in the main thread from the first browser test to the
end. Django would refuse the database there and asyncio a loop of its own, so tests with a browser
lift Django's guard; in all others there is no loop and the guard stands, whatever ran before.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from tests.environment import LIFTED

_hidden: list[asyncio.AbstractEventLoop] = []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a test apart from the browser, with its setting up and taking down, if it has none.

    All three, since Django has one connection where a loop runs and another one where none does.
    """
    if item.get_closest_marker("browser"):
        return (yield)
    with apart():
        return (yield)


@contextmanager
def apart() -> Iterator[None]:
    """Hide the browser's loop, if there is one."""
    loop = asyncio._get_running_loop()
    if loop is None:
        yield
        return
    # Playwright, too, says so in this way which loop is the running one.
    asyncio._set_running_loop(None)
    _hidden.append(loop)
    lifted = os.environ.pop(LIFTED, None)
    try:
        yield
    finally:
        if _hidden:
            asyncio._set_running_loop(_hidden.pop())
        if lifted is not None:
            os.environ[LIFTED] = lifted


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Iterator[Browser]:
    """The browser; it is closed where its loop is seen, whatever test was the last."""
    yield browser
    if _hidden:
        asyncio._set_running_loop(_hidden.pop())
