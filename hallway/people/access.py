"""Who may see whom: the access rule for people."""

from django.db.models import Q, QuerySet

from hallway.people.models import Person


def visible_to(viewer: Person | None) -> QuerySet[Person]:
    """The people `viewer` may know of.

    Employees know everybody. A guest knows themselves and those with whom they share a space
    (the relation `memberships` is declared by the membership table on a higher floor). A
    signed-out or deactivated viewer knows nobody. Deactivated people stay visible, marked as
    such: what they wrote keeps its author.
    """
    if viewer is None or not viewer.is_active:
        return Person.objects.none()
    if not viewer.is_guest:
        return Person.objects.all()
    shared = Person.objects.filter(memberships__space__memberships__person=viewer).values("pk")
    return Person.objects.filter(Q(pk=viewer.pk) | Q(pk__in=shared))
