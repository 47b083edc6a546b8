"""How many people are in a town hall: each hub counts its own, and one of them tells the sum."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.townhalls.models import Presence, TownHall
from hallway.townhalls.models.crowd import STALE

REFRESH = timedelta(seconds=10)
"""So often a hub says that its number still holds."""


def begin_counting(hub: str) -> None:
    """Forget what an earlier process in the place of `hub` had counted."""
    with writing(), as_system("people are counted, not listed"):
        Presence.objects.filter(hub=hub).delete()


def on_air_of(halls: Iterable[int]) -> set[int]:
    """Those of `halls` (ids) in which people are counted now."""
    with as_system("people are counted, not listed"):
        on_air = TownHall.objects.filter(pk__in=set(halls), stage=TownHall.Stage.ON_AIR)
        return set(on_air.values_list("pk", flat=True))


def count_present(hall: int, hub: str, people: int, told: int | None) -> int | None:
    """Note that `hub` holds `people` people in `hall`; tell the sum if it is not the one `told`.

    Returns the sum that this hub has told last. Of several hubs the first by name tells, and one
    that has nobody left: one row in the journal for many changes.
    """
    now = timezone.now()
    with as_system("people are counted, not listed"):
        rows = {row.hub: row for row in Presence.objects.filter(hall_id=hall, at__gte=now - STALE)}
    held = rows.pop(hub, None)
    total = people + sum(row.people for row in rows.values())
    is_first = all(hub < other for other in rows)
    tells = total != told and (is_first or not people)
    is_known = held is not None and held.people == people and held.at > now - REFRESH
    if not tells and (is_known or (held is None and not people)):
        return told
    with writing(), as_system("people are counted, not listed"):
        found = TownHall.objects.select_for_update(no_key=True).filter(pk=hall)
        stored = found.filter(stage=TownHall.Stage.ON_AIR).first()
        if stored is None:
            return None
        if people:
            Presence.objects.update_or_create(
                hall=stored, hub=hub, defaults={"people": people, "at": now}
            )
        else:
            Presence.objects.filter(hall=stored, hub=hub).delete()
        if tells:
            record(Verb.HALL_PRESENT, space=stored.space_id, entry=hall, people=total)
    return total if tells else told
