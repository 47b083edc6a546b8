"""When things happened: on workdays and in working hours, spread over the last six weeks."""

from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

WEEKS = 6
FOUNDED = timedelta(weeks=WEEKS, days=1)
"""How long ago the company came to Hallway, before anything was said."""

_FIRST_HOUR, _LAST_HOUR = 7.5, 18.2
_LATEST = timedelta(hours=8)


def working_moment(now: datetime, zone: str, dice: Random) -> datetime:
    """A moment of the last six weeks on a workday, in the working hours of `zone`.

    Recent days come up more often, and nothing is younger than eight hours.
    """
    while True:
        # The square root of evenness favours the end of the span.
        days = WEEKS * 7 * (1 - dice.random() ** 0.5) + 0.3
        day = (now - timedelta(days=days)).astimezone(ZoneInfo(zone)).date()
        minutes = int(dice.uniform(_FIRST_HOUR, _LAST_HOUR) * 60)
        clock = time(minutes // 60, minutes % 60, dice.randrange(60))
        moment = datetime.combine(day, clock, ZoneInfo(zone)).astimezone(UTC)
        if day.weekday() < 5 and now - FOUNDED < moment < now - _LATEST:
            return moment


def following_moments(begin: datetime, now: datetime, count: int, dice: Random) -> list[datetime]:
    """Moments of `count` answers in order: the first after minutes, the last within two days.

    All of them lie between `begin` and `now`.
    """
    room = min(now - begin, timedelta(days=2))
    moments, last = [], 0.0
    for number in range(count):
        last += (0.92 - last) * dice.uniform(0.04, 0.4) if number else dice.uniform(0.02, 0.2)
        # The square crowds answers near the beginning, as people do.
        moments.append(begin + room * (last**2 if room > timedelta(hours=6) else last))
    return moments


def later_moment(begin: datetime, now: datetime, dice: Random) -> datetime:
    """A moment of a reaction: mostly within hours of `begin`, never after `now`."""
    room = min(now - begin, timedelta(days=3))
    return begin + room * float(dice.random() ** 3 * 0.98 + 0.005)
