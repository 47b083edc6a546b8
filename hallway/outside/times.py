"""When a digest is due and when it is quiet: pure functions of a schedule and a moment."""

from datetime import UTC, datetime, time, timedelta

from hallway.outside.models import Schedule

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DAYS = range(7)


def next_digest(schedule: Schedule, after: datetime) -> datetime | None:
    """The moment after `after` at which the next digest is due; None for never.

    One that would fall into the quiet time is due when that is over.
    """
    if schedule.rhythm == Schedule.Rhythm.NEVER:
        return None
    if schedule.rhythm == Schedule.Rhythm.HOURLY:
        due = _full_hour(schedule, after) + HOUR
    else:
        due = _next_day(schedule, after)
    return quiet_until(schedule, due) or due


def quiet_until(schedule: Schedule, moment: datetime) -> datetime | None:
    """When the quiet time that `moment` lies in is over; None if it lies in none."""
    if not _is_quiet(schedule, moment):
        return None
    hour = _full_hour(schedule, moment)
    # A week and a day hold every hour there is, also one that the clocks pass over.
    for _ in range(8 * 24):
        hour += HOUR
        if not _is_quiet(schedule, hour):
            break
    return hour


def _is_quiet(schedule: Schedule, moment: datetime) -> bool:
    local = moment.astimezone(schedule.time_zone)
    if local.weekday() in schedule.quiet_days and not set(DAYS) <= set(schedule.quiet_days):
        return True
    begin, end = schedule.quiet_from, schedule.quiet_until
    if begin is None or end is None or begin == end:
        return False
    if begin < end:
        return begin <= local.hour < end
    return local.hour >= begin or local.hour < end


def _full_hour(schedule: Schedule, moment: datetime) -> datetime:
    local = moment.astimezone(schedule.time_zone)
    return local.replace(minute=0, second=0, microsecond=0).astimezone(UTC)


def _next_day(schedule: Schedule, after: datetime) -> datetime:
    zone = schedule.time_zone
    day = after.astimezone(zone).date()
    while True:
        # An hour that the clocks pass over is the one after it.
        due = datetime.combine(day, time(schedule.hour), zone).astimezone(UTC)
        weekly = schedule.rhythm == Schedule.Rhythm.WEEKLY
        if due > after and (not weekly or day.weekday() == schedule.weekday):
            return due
        day += DAY
