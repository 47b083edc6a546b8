"""Playing a story of coroutines, whatever else goes on in this process."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any, TypeVar

from django.db import connections

Told = TypeVar("Told")


def play(story: Coroutine[Any, Any, Told], within: float = 60) -> Told:
    """Run `story` to its end and return what it returns; raises what it raises, or TimeoutError.

    In a thread of its own, since the main one has a running loop from the first browser test on:
    that of Playwright. What the story does with the database it does in that thread or in others,
    so a test whose rows they should see commits them (`transactional_db`).
    """
    context = copy_context()
    with ThreadPoolExecutor(1, thread_name_prefix="story") as thread:
        return thread.submit(context.run, _run, story, within).result()


async def in_thread(act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Do something with the database outside the loop; leaves no connection behind."""

    def acting() -> Any:
        try:
            return act(*given, **named)
        finally:
            connections.close_all()

    return await asyncio.to_thread(acting)


def _run(story: Coroutine[Any, Any, Told], within: float) -> Told:
    try:
        return asyncio.run(asyncio.wait_for(story, within))
    finally:
        connections.close_all()
