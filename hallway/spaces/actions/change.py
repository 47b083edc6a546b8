"""Change what a space is called, looks like, and who may read it."""

from typing import Any

from django.db import models

from hallway.core.text import clean_name, clean_text
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.access import managers_of
from hallway.spaces.actions.holding import demand, holding
from hallway.spaces.actions.rule import settle_openness
from hallway.spaces.keys import keys_of
from hallway.spaces.models import Invitation, JoinRequest, Space

ON_CARDS = {"name", "hue_step"}


class Overtaken(Exception):
    """Somebody else changed the openness since the caller loaded the space."""


def change_space(space: Space, *, by: Person, **fields: Any) -> bool:
    """Write the given columns (name, description, openness, posting, hue_step, kind).

    Returns whether anything changed; `space` is read anew. A new openness also ends what it
    makes pointless or unsafe: requests, unless the space is closed; and, when it is no longer
    open, invitations by people who do not manage it. The journal row tells the new openness, so
    that the hub asks again for every open screen.

    Raises NotAllowed when `by` does not manage the space (any more), and Overtaken when the
    openness is to change but is no longer the one that `space` was loaded with: what the caller
    confirmed would then have another effect.
    """
    wanted = dict(fields)
    if "name" in wanted:
        wanted["name"] = clean_name(wanted["name"])
    if "description" in wanted:
        wanted["description"] = clean_text(wanted["description"])
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        changes = {key: value for key, value in wanted.items() if getattr(held, key) != value}
        if "openness" in changes and held.openness != space.openness:
            raise Overtaken
        if changes:
            _write(held, changes, by)
    space.refresh_from_db(from_queryset=models.QuerySet(Space))
    return bool(changes)


def _write(held: Space, changes: dict[str, Any], by: Person) -> None:
    columns = dict(changes)
    if ON_CARDS & changes.keys():
        columns["card_version"] = models.F("card_version") + 1
    columns |= keys_of(changes.get("name", held.name), changes.get("description", held.description))
    Space.objects.filter(pk=held.pk).update(**columns)
    detail: dict[str, Any] = {}
    if "openness" in changes:
        detail["openness"] = str(changes["openness"])
        _settle_ways_in(held, changes["openness"])
        settle_openness(held, changes["openness"])
    record(Verb.SPACE_CHANGED, actor=by.pk, space=held.pk, **detail)


def _settle_ways_in(held: Space, openness: str) -> None:
    if openness != Space.Openness.CLOSED:
        JoinRequest.objects.filter(space=held).delete()
    if openness != Space.Openness.OPEN:
        managers = managers_of(held).values("person_id")
        Invitation.objects.filter(space=held).exclude(by__in=managers).delete()
