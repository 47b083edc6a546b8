"""When a digest comes and when it is quiet, by the clock of the reader."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hallway.outside.models import Schedule
from hallway.outside.times import next_digest, quiet_until

ZONES = ["Europe/Berlin", "America/St_Johns", "Asia/Kolkata", "Pacific/Auckland", "UTC"]

hours = st.none() | st.integers(0, 23)
schedules = st.builds(
    Schedule,
    rhythm=st.sampled_from(["hourly", "daily", "weekly"]),
    hour=st.integers(0, 23),
    weekday=st.integers(0, 6),
    zone=st.sampled_from(ZONES),
    quiet_from=hours,
    quiet_until=hours,
    quiet_days=st.lists(st.integers(0, 6), unique=True, max_size=6),
)
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def plain(**fields: object) -> Schedule:
    return Schedule(**{"zone": "Europe/Berlin", "quiet_from": None, "quiet_until": None} | fields)


@given(schedules, moments)
def test_it_comes_later_and_never_in_the_quiet(schedule: Schedule, moment: datetime) -> None:
    due = next_digest(schedule, moment)
    assert due is not None
    assert moment < due
    assert quiet_until(schedule, due) is None
    over = quiet_until(schedule, moment)
    assert over is None or (over > moment and quiet_until(schedule, over) is None)


def test_it_comes_at_the_hour_of_the_reader_also_when_the_clocks_change() -> None:
    daily = plain(rhythm="daily", hour=8)
    assert next_digest(daily, utc("2026-03-28 06:00")) == utc("2026-03-28 07:00")
    assert next_digest(daily, utc("2026-03-28 07:00")) == utc("2026-03-29 06:00")
    assert next_digest(plain(rhythm="daily", hour=2), utc("2026-03-28 22:00")) == utc(
        "2026-03-29 01:00"
    )
    weekly = plain(rhythm="weekly", hour=8, weekday=4)
    assert next_digest(weekly, utc("2026-11-23 12:00")) == utc("2026-11-27 07:00")
    assert next_digest(weekly, utc("2026-11-27 07:00")) == utc("2026-12-04 07:00")
    india = plain(rhythm="hourly", zone="Asia/Kolkata")
    assert next_digest(india, utc("2026-11-23 12:10")) == utc("2026-11-23 12:30")
    assert next_digest(plain(rhythm="never"), utc("2026-11-23 12:10")) is None


def test_a_night_and_a_weekend_are_quiet() -> None:
    schedule = plain(rhythm="hourly", quiet_from=20, quiet_until=7, quiet_days=[5, 6])
    assert quiet_until(schedule, utc("2026-11-23 12:00")) is None
    assert quiet_until(schedule, utc("2026-11-23 19:00")) == utc("2026-11-24 06:00")
    # Friday evening until Monday morning.
    assert quiet_until(schedule, utc("2026-11-27 19:30")) == utc("2026-11-30 06:00")
    assert next_digest(schedule, utc("2026-11-27 18:30")) == utc("2026-11-30 06:00")
