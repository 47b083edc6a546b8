"""The access rule for what shares carry: nobody sees more of it than without the share."""

from django.db.models import QuerySet

from hallway.entries import access as entries
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.shares.models import Share


def carried_to(viewer: Person | None) -> QuerySet[Share]:
    """The shares whose original `viewer` may see; whether they see the share is another question.

    The rule is that of entries, asked of the original.
    """
    if viewer is None or not viewer.is_active:
        return QuerySet(Share).none()
    return QuerySet(Share).filter(entries.visible(viewer, "original__"))


def original_of(viewer: Person, entry: Entry) -> Entry | None:
    """What is passed on when `viewer` shares `entry`: itself, or what it carries.

    None when that is nothing the viewer may see.
    """
    seen = entries.visible_to(viewer).filter(root__isnull=True).select_related("space", "author")
    if entry.kind != "share":
        return seen.filter(pk=entry.pk).first()
    carried = carried_to(viewer).filter(entry_id=entry.pk).values("original_id")
    return seen.filter(pk__in=carried).first()
