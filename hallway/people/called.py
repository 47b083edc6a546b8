"""Finding the one person whom somebody means by what they typed into a form."""

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from hallway.people import access
from hallway.people.models import Person
from hallway.people.naming import sort_name_of


def called(viewer: Person, written: str) -> Person | None:
    """Whom `viewer` means by a handle, an address or a name; None for nothing written.

    Raises ValidationError if that is nobody they see who is still here, or several people.
    """
    text = written.strip().lstrip("@").lower()
    if not text:
        return None
    there = access.visible_to(viewer).filter(is_active=True)
    found = list(there.filter(Q(handle=text) | Q(email__iexact=text))[:1])
    # A name may be that of several people, or somebody's handle.
    found = found or list(there.filter(sort_name=sort_name_of(text))[:2])
    if not found:
        raise ValidationError(_("Nobody has this name, handle or address."))
    if len(found) > 1:
        raise ValidationError(_("Several people have this name. Write the handle."))
    return found[0]
