"""Devices that take pushes: added, ended, and owed what is told."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hallway.accounts.models import Session
from hallway.core.reaching import Unreachable, checked
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.notifications.models import Notification
from hallway.outbox.actions import post_all
from hallway.outbox.models import Outgoing
from hallway.outside.models import Device
from hallway.outside.push.encryption import decoded, public_key
from hallway.people.models import Person

PUSH = "push"


class NoSubscription(ValueError):
    """What a browser sent is no subscription to pushes that we could use."""


@dataclass(frozen=True)
class Subscription:
    """What a browser says of where and how it takes pushes (the Push API's own names)."""

    endpoint: str
    p256dh: str
    auth: str


def add_device(subscription: Subscription, session: str, *, by: Person) -> None:
    """The browser with the key `session` takes pushes for `by`, instead of what it took before.

    Raises NoSubscription.
    """
    _check(subscription)
    with writing():
        # A browser has one endpoint, whoever uses it: who did before is told nothing there now.
        Device.objects.filter(endpoint=subscription.endpoint).delete()
        Device.objects.filter(session_id=session).delete()
        if not Session.objects.filter(pk=session, person=by).exists():
            raise NoSubscription(_("You are not signed in here any more."))
        Device.objects.create(
            person=by,
            session_id=session,
            endpoint=subscription.endpoint,
            receiver=subscription.p256dh,
            secret=subscription.auth,
        )
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def end_device(device: Device, *, by: Person) -> None:
    """Nothing is pushed to this device any more."""
    with writing():
        Device.objects.filter(pk=device.pk).delete()
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def owe_pushes(notices: Sequence[Notification]) -> None:
    """Owe each person's devices this news; inside the transaction that tells it."""
    by_person = {notice.person_id: notice for notice in notices}
    devices = Device.objects.filter(person__in=by_person)
    now = timezone.now()
    post_all(
        Outgoing(
            kind=PUSH,
            key=f"{device}:{by_person[person].pk}",
            person_id=person,
            about={"device": device, "notice": by_person[person].pk},
            due_at=now,
        )
        for device, person in devices.values_list("pk", "person_id")
    )


def _check(subscription: Subscription) -> None:
    try:
        checked(subscription.endpoint)
        public_key(decoded(subscription.p256dh))
        usable = len(decoded(subscription.auth)) == 16 and len(subscription.endpoint) <= 1000
    except (Unreachable, ValueError) as error:
        raise NoSubscription(_("This browser's subscription cannot be used.")) from error
    if not usable:
        raise NoSubscription(_("This browser's subscription cannot be used."))
