"""A town hall that only one test knows, and what its page shows."""

import secrets
from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import Plan, announce
from hallway.townhalls.models import Question, TownHall, Vote
from tests.world import World


def hall_of(world: World) -> TownHall:
    """Announced in the closed room by Ben, who hosts it; Ada speaks."""
    title = f"Where we go {secrets.token_hex(3)}"
    begins = timezone.now() + timedelta(hours=2)
    plan = Plan(begins, hosts=[world.ben], speakers=[world.ada])
    return announce(Draft(title=title, text="Ask anything."), plan, world.closed, by=world.ben)


def votes(question: Question) -> int:
    """How many rows there are for a question."""
    with as_system("a test looks at the rows"):
        return Vote.objects.filter(question=question).count()


def order(page: Page) -> list[str]:
    """The words of the questions that are shown, from the top."""
    return page.locator(".question:visible .question-text").all_inner_texts()
