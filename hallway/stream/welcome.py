"""The first steps of somebody new, until they are taken or waved away, on whichever device."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from hallway.company.present import company
from hallway.core.http import viewer_of
from hallway.people.models.person import FIRST_STEPS
from hallway.stream.menu import menu_of


@dataclass(frozen=True)
class Welcome:
    """Which of the three steps are taken."""

    introduced: bool
    belongs: bool
    follows: bool


def welcome(request: HttpRequest, followed: Sequence[int]) -> Welcome | None:
    """The steps of a viewer who belongs to nothing but the company yet, or follows nobody.

    Asks the database nothing: the page has read the menu, and `followed` is whom they follow.
    None for guests, who find nothing by themselves, and for whom has seen enough of it.
    """
    viewer = viewer_of(request)
    if not viewer.steps_left:
        return None
    steps = Welcome(
        introduced=bool(viewer.photo and (viewer.about or not company().shows("about"))),
        # The company is the first line of every employee's menu.
        belongs=len(menu_of(request)) > 1,
        follows=bool(followed),
    )
    return None if steps.belongs and steps.follows else steps


def number_of(step: str) -> int:
    """Which of the steps `step` is, counted from one."""
    return FIRST_STEPS.index(step) + 1
