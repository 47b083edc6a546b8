"""Throwing away what has run out; to be called once a day."""

from axes.models import AccessAttempt
from django.utils import timezone

from hallway.accounts.lockout_limits import COOL_OFF
from hallway.accounts.models import AddressLink, FirstLink, JoinLink, ResetLink, Session
from hallway.core.writing import writing


def trim() -> int:
    """Delete expired sessions and links and old counters of wrong passwords; returns how many.

    Invitations stay until they are withdrawn: an administrator sees there who has not come yet.
    """
    now = timezone.now()
    with writing():
        return sum(
            rows.delete()[0]
            for rows in (
                Session.objects.filter(expire_date__lt=now),
                ResetLink.objects.filter(expires_at__lt=now),
                AddressLink.objects.filter(expires_at__lt=now),
                JoinLink.objects.filter(expires_at__lt=now),
                FirstLink.objects.filter(expires_at__lt=now),
                AccessAttempt.objects.filter(attempt_time__lt=now - COOL_OFF),
            )
        )
