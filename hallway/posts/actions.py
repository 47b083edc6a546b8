"""Publish a post."""

from hallway.entries.actions import Draft, publish
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.models import Space


def publish_post(draft: Draft, space: Space, *, by: Person) -> Entry:
    """Publish `draft` as a post in `space`; the same `draft.key` publishes once."""
    return publish("post", draft, space, by=by)
