"""The rule for what only administrators do, asked inside the transaction of the deed."""

from django.core.exceptions import PermissionDenied

from hallway.people.models import Person


def demand_administrator(by: Person) -> None:
    """Raise PermissionDenied unless `by` is an active administrator now; inside `writing()`."""
    # The rows stay locked until the end, so two administrators cannot deactivate each other.
    administrators = Person.objects.filter(is_active=True, is_administrator=True)
    # Their keys stay free, because deeds in spaces name them while they hold what `depart` needs.
    held = administrators.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)
    if by.pk not in list(held):
        raise PermissionDenied
