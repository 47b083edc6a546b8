"""What everybody of the audience may know about the questions without a name, and its format.

The format is described in docs/anonymity.md; whoever changes it gives it another number.
"""

from typing import Any

from hallway.townhalls import access
from hallway.townhalls.blind import ALGORITHM, CONTEXT
from hallway.townhalls.checking import FORMAT
from hallway.townhalls.models import TownHall
from hallway.townhalls.models.question import VISIBLE

FEW = 10
"""An audience below this is warned: among so few, a guess is too often right."""


def for_browser(hall: TownHall) -> dict[str, Any]:
    """What a browser needs to make its tokens for a hall the viewer may see."""
    few = {is_small(hall), has_few(hall)}  # both are asked, so that it always costs the same
    return {
        "context": CONTEXT.decode(),
        "public_key": access.key_of(hall).public if hall.tokens else "",
        "tokens": hall.tokens,
        "few": any(few),
        "ended": hall.is_ended,
    }


def public_data(hall: TownHall) -> dict[str, Any]:
    """All that proves who could ask without a name in a hall the viewer may see, and who not.

    A question that not everybody sees (waiting, declined, united, withdrawn) has no number here.
    """
    data: dict[str, Any] = {
        "format": FORMAT,
        "town_hall": hall.pk,
        "algorithm": ALGORITHM,
        "context": CONTEXT.decode(),
        "tokens_per_person": hall.tokens,
        "audience_under_ten": is_small(hall),
        "ended": hall.is_ended,
    }
    if not hall.tokens:
        return data | {
            "public_key": "",
            "key_destroyed": True,
            "people_with_tokens": 0,
            "questions": [],
            "spent": [],
        }
    key = access.key_of(hall)
    spent = (
        access.spent_in(hall)
        .order_by("token")
        .values_list("token", "signature", "question", "question__state")
    )
    shown = access.nameless_in(hall).filter(state__in=VISIBLE).values_list("pk", flat=True)
    return data | {
        "public_key": key.public,
        "key_destroyed": not key.private,
        "people_with_tokens": access.issued_in(hall).count() if key.issued is None else key.issued,
        "questions": sorted(shown),
        "spent": [
            {
                "token": token,
                "signature": signature,
                "question": question if state in VISIBLE else None,
            }
            for token, signature, question, state in spent
        ],
    }


def is_small(hall: TownHall) -> bool:
    """Whether fewer than ten people may see the hall."""
    return len(access.readers_of(hall).values_list("pk")[:FEW]) < FEW


def has_few(hall: TownHall) -> bool:
    """Whether fewer than ten people could have asked without a name so far."""
    return len(access.issued_in(hall).values_list("pk")[:FEW]) < FEW
