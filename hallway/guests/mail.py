"""The mail that says a stay ends soon: to the guest and to who invited them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hallway.company.present import company
from hallway.guests.models import WARNED_BEFORE, Stay, today
from hallway.outbox.letters import Letter
from hallway.outbox.models import Outgoing

ENDING = "guest-end"


def ending(row: Outgoing) -> Letter | None:
    """The mail to the person of `row`, unless the stay was prolonged or is over by now."""
    stay = Stay.objects.filter(pk=row.about["stay"]).select_related("person", "host").first()
    if stay is None or not stay.person.is_active or row.person is None or not row.person.is_active:
        return None
    if stay.is_over or stay.until > today() + WARNED_BEFORE:
        return None
    with translation.override(row.person.language):
        day = date_format(stay.until, "DATE_FORMAT")
        given = {
            "person": row.person,
            "guest": stay.person,
            "host": stay.host,
            "to_guest": row.person_id == stay.person_id,
            "company": company().name,
            "day": day,
            "url": settings.BASE_URL + stay.person.url,
        }
        text = render_to_string("guests/mail/ending.txt", given)
        subject = _("Until %(day)s at %(company)s") % {"day": day, "company": given["company"]}
        return Letter(row.person.email, subject, text)
