"""How the outbox stands, for whoever runs the installation."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from hallway.outbox.models import Outgoing

LATE = timedelta(minutes=15)


@dataclass(frozen=True)
class State:
    """`failed` were given up, `late` wait for long, the first since `since`; the last `error`."""

    failed: int
    late: int
    since: datetime | None
    error: str


def state() -> State:
    """Look at the outbox."""
    failed = Outgoing.objects.filter(failed_at__isnull=False)
    waiting = Outgoing.objects.filter(failed_at=None)
    # Put off for the night is not late; put off because nobody took it is.
    late = waiting.filter(due_at__lt=timezone.now() - LATE) | waiting.exclude(error="").filter(
        posted_at__lt=timezone.now() - LATE
    )
    first = late.order_by("posted_at").first()
    said = Outgoing.objects.exclude(error="").order_by("-pk").first()
    return State(
        failed=failed.count(),
        late=late.count(),
        since=first.posted_at if first else None,
        error=said.error if said else "",
    )
