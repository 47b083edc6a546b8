"""Pictures as people send them, and a post with one that waits for its time."""

import io
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from hallway.core.storage import store
from hallway.entries.actions import Ahead, Draft, NewImage, send_ahead
from hallway.entries.models import Upload
from hallway.people.models import Person
from hallway.scheduled.actions import schedule
from hallway.spaces.models import Space


def picture(colour: str) -> io.BytesIO:
    """An honest picture of one colour."""
    held = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(held, "PNG")
    held.seek(0)
    return held


def sent_ahead(person: Person) -> Upload:
    """A picture that `person` has sent ahead of a post."""
    stored = store(picture("teal").read(), ".webp")
    return send_ahead(NewImage({640: stored}, 640, 480), by=person)


def put_by(space: Space, person: Person) -> int:
    """The number of a post of `person` that will stand in `space` in three days."""
    later = timezone.now() + timedelta(days=3)
    images = [Ahead(sent_ahead(person).pk, "The kitchen")]
    draft = Draft("Come and **see**.", title="The kitchen is ready", images=images)
    return schedule(draft, space, later, by=person).pk
