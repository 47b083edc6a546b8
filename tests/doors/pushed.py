"""A browser of the story that takes pushes, and one elsewhere."""

from django.test import Client

from hallway.accounts.models import session_hash
from hallway.outside.actions.devices import Subscription, add_device
from hallway.outside.models import Device
from tests.doors.story import Story

SUBSCRIPTION: dict[str, object] = {
    "endpoint": "https://push.example/abc",
    # The receiver of the example in RFC 8291.
    "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
    "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
}


def takes_pushes(story: Story) -> dict[str, object]:
    """Ada's browser takes pushes."""
    key = story.browser("ada").session.session_key or ""
    add_device(Subscription(**SUBSCRIPTION), key, by=story.world.ada)  # type: ignore[arg-type]
    return {"number": Device.objects.get().pk}


def elsewhere(story: Story) -> dict[str, object]:  # Ada is signed in on a second browser
    browser = Client()
    browser.force_login(story.world.ada)
    return {"handle": session_hash(browser.session.session_key or "")}
