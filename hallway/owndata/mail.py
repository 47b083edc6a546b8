"""Mails about one's own data, written when they are sent."""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from hallway.accounts.models.link import digest_of
from hallway.company.present import company
from hallway.core.writing import writing
from hallway.outbox.kinds import register
from hallway.outbox.letters import Letter, mailed
from hallway.outbox.models import Outgoing
from hallway.owndata.models import GRACE, Download, Farewell
from hallway.people.models import Person

FAREWELL = "farewell"
DOWNLOAD = "download"


def register_mails() -> None:
    """Say how they are written."""
    register(FAREWELL, mailed(farewell))
    register(DOWNLOAD, mailed(download))


def farewell(row: Outgoing) -> Letter | None:
    """The link that keeps an account, unless it was kept already.

    Its token is made now, so it lies nowhere but in the mail; an earlier one stops working.
    """
    found = Farewell.objects.filter(person=row.person_id).select_related("person").first()
    if found is None:
        return None
    token = secrets.token_urlsafe(32)
    with writing():
        Farewell.objects.filter(pk=found.pk).update(digest=digest_of(token))
    url = settings.BASE_URL + reverse("owndata:stay", args=[token])
    with translation.override(found.person.language):
        subject = _("Your account at %(company)s will be erased")
        return _letter(found.person, subject, FAREWELL, {"url": url, "farewell": found})


def download(row: Outgoing) -> Letter | None:
    """That one's data is ready, if it still is."""
    ready = Download.objects.filter(
        person=row.person_id, ready_at__isnull=False, person__is_active=True
    )
    found = ready.select_related("person").first()
    if found is None:
        return None
    url = settings.BASE_URL + reverse("owndata:overview")
    with translation.override(found.person.language):
        subject = _("Your data from %(company)s is ready")
        return _letter(found.person, subject, DOWNLOAD, {"url": url, "days": GRACE.days})


def _letter(person: Person, subject: str, name: str, given: Mapping[str, object]) -> Letter:
    text = render_to_string(
        f"owndata/mail/{name}.txt", {"person": person, "company": company().name, **given}
    )
    return Letter(person.email, subject % {"company": company().name}, text)
