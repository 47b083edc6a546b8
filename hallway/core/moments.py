"""Moments as people write them: a day and a time on the clocks of their zone."""

from datetime import UTC, datetime


def is_shown(moment: datetime) -> bool:
    """Whether the clocks of its zone ever show `moment`: not in the hour they are set forward by.

    Raises OverflowError at the ends of the calendar.
    """
    back_again = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back_again.replace(tzinfo=None) == moment.replace(tzinfo=None)
