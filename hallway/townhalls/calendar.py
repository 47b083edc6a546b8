"""A town hall as a calendar file (RFC 5545), whose later versions replace earlier ones."""

from datetime import UTC
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vText

from hallway.townhalls import access
from hallway.townhalls.queries import Bill


def calendar_of(bill: Bill) -> bytes:
    """The file for one hall.

    UID stays the same and SEQUENCE grows with every version of hall and words, so that a calendar
    program moves the event it has (RFC 5545, 3.8.7.4). Moments are in UTC: they mean the same in
    every zone, also across a change of clocks, and need no table of zones in the file.
    """
    hall = bill.hall
    host = urlsplit(settings.CONFIG.base_url).hostname or "hallway"
    address = f"{settings.CONFIG.base_url.rstrip('/')}{hall.url}"
    words = access.words_of([hall.pk]).get()
    event = Event()
    event.add("uid", f"townhall-{hall.pk}@{host}")
    event.add("sequence", hall.version + hall.entry.version)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", hall.starts_at.astimezone(UTC))
    event.add("dtend", hall.ends_at.astimezone(UTC))
    event.add("summary", bill.title)
    event.add("description", "\n\n".join(filter(None, [words.plain, address])))
    event.add("location", vText(address))
    event.add("url", address)
    event.add("status", "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Hallway//Town halls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
