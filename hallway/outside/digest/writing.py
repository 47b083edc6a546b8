"""Writing a digest, in the language and by the clock of its reader."""

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallway.company.present import company
from hallway.notifications.models import Notification
from hallway.outbox.kinds import Later
from hallway.outbox.letters import Letter
from hallway.outbox.models import Outgoing
from hallway.outside.actions.owe import DIGEST
from hallway.outside.colours import hex_of
from hallway.outside.digest.reading import MOST_COUNTED, Digest, read
from hallway.outside.models import Mailed, Schedule
from hallway.outside.times import quiet_until
from hallway.people.models import Person

__all__ = ["DIGEST", "digest", "person_of", "unsubscribe_url"]

SALT = "hallway.outside.unsubscribe"


def digest(row: Outgoing) -> Letter | Later | None:
    """The digest of the row's person as things are now; None where there is nothing to say."""
    now = timezone.now()
    schedule = Schedule.objects.filter(pk=row.person_id).select_related("person").first()
    if schedule is None or not schedule.person.is_active:
        return None
    if schedule.rhythm == Schedule.Rhythm.NEVER:
        return None
    quiet = quiet_until(schedule, now)
    if quiet is not None:
        return Later(quiet)
    person = schedule.person
    with translation.override(person.language), timezone.override(schedule.time_zone):
        found = read(person, schedule, now)
        return None if found.is_empty else _letter(found, schedule)


def unsubscribe_url(person: Person) -> str:
    """The address that ends the digest of `person` without signing in; it opens nothing else."""
    token = signing.Signer(salt=SALT).sign(str(person.pk))
    return settings.BASE_URL + reverse("outside:unsubscribe", args=[token])


def person_of(token: str) -> Person | None:
    """Whose digest the token of such an address ends; None if we did not make it."""
    try:
        number = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Person.objects.filter(pk=int(number)).first()


def _letter(found: Digest, schedule: Schedule) -> Letter:
    person, settled = found.person, company()
    unsubscribe = unsubscribe_url(person)
    context = {
        "digest": found,
        "company": settled.name,
        "base": settings.BASE_URL,
        "language": person.language,
        "today": timezone.localtime(),
        "notices_url": settings.BASE_URL + reverse("notifications:notices"),
        "settings_url": settings.BASE_URL + reverse("outside:mail"),
        "unsubscribe_url": unsubscribe,
        "brand": hex_of(0.465, 0.09, settled.hue),
        "wash": hex_of(0.962, 0.018, settled.hue),
    }

    def sent() -> None:
        # Held, because what is taken back at this moment would make the whole transaction fail.
        held: QuerySet[Notification] = QuerySet(Notification).select_for_update()
        rows = held.filter(pk__in=found.notices)
        Mailed.objects.bulk_create(
            [Mailed(notification=row, bumped_at=found.notices[row.pk]) for row in rows],
            update_conflicts=True,
            unique_fields=["notification"],
            update_fields=["bumped_at"],
        )
        Schedule.objects.filter(pk=schedule.pk).update(covered_until=found.until)

    return Letter(
        to=person.email,
        subject=_subject(found),
        text=render_to_string("outside/mail/digest.txt", context),
        html=render_to_string("outside/mail/digest.html", context),
        headers={
            "List-Id": f"<digest.{settings.CONFIG.host}>",
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        },
        then=sent,
    )


def _subject(found: Digest) -> str:
    name, count = company().name, len(found.notices)
    if not count:
        return _("New in your spaces at %(company)s") % {"company": name}
    if count >= MOST_COUNTED:
        return _("Very much new for you at %(company)s") % {"company": name}
    words = ngettext(
        "%(count)d new for you at %(company)s", "%(count)d new for you at %(company)s", count
    )
    return words % {"count": count, "company": name}
