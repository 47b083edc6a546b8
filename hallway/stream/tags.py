"""Find tags among the entries somebody may see."""

from django.db.models import Count

from hallway.entries import access
from hallway.people.models import Person


def tags_like(viewer: Person, start: str, limit: int) -> list[tuple[str, int]]:
    """Tags that begin with the folded `start` and how many visible entries carry each."""
    if not start:
        return []
    rows = access.tags_to(viewer).filter(tag__startswith=start, listed__isnull=False)
    counted = rows.values("tag").annotate(count=Count("pk")).order_by("-count", "tag")
    return list(counted.values_list("tag", "count")[:limit])
