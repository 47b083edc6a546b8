"""What must be there before somebody changes how they sign in: a confirmation, a key, a factor."""

import time

from allauth.mfa.totp.internal import auth as totp

from hallway.accounts.actions import ask_address, set_up_app
from hallway.accounts.factors import Factors, held_by
from hallway.accounts.views.app import KEY
from hallway.console.actions import change_logo
from hallway.core.images import Picture
from tests.doors.story import Story

Form = dict[str, object]

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def confirm(story: Story, who: str) -> None:
    """Somebody has just typed their password."""
    story.world.confirmed(story.world.people[who])


def with_app(story: Story) -> Form:
    """Ada has an authenticator app; she and Rita have just typed their passwords."""
    set_up_app(story.world.ada, SECRET)
    confirm(story, "ada")
    confirm(story, "rita")
    app = held_by(story.world.ada).app
    return {"number": app.pk if app else 0}


def confirmed(story: Story) -> Form:
    """Ada has just typed her password."""
    confirm(story, "ada")
    return {}


def office_confirmed(story: Story) -> Form:
    """Rita has just typed her password."""
    confirm(story, "rita")
    return {}


def with_logo(story: Story) -> Form:
    """There is a logo, and Rita has just typed her password."""
    picture = Picture({64: b"RIFF"}, 64, 64, "#aaaaaa")
    change_logo(picture, by=story.world.rita)
    return office_confirmed(story)


SETTLED: Form = {
    "seen": "0",
    "name": "Nordlicht",
    "hue": "250",
    "languages": "en",
    "language": "en",
    "second_step": "nobody",
    "shown_fields": "about",
    "joining": "invited",
    "largest_picture": "15",
    "longest_text": "20000",
}


def asked_for_address(story: Story) -> Form:
    """Ada has asked for another address."""
    ask_address(story.world.ada, "late@company.example")
    return {}


def with_key(story: Story) -> Form:
    """Ada replaces her app and has scanned the new key."""
    with_app(story)
    session = story.browser("ada").session
    session[KEY] = Factors().encrypt(SECRET)
    session.save()
    return {}


def first_code(story: Story) -> Form:
    """What the app makes of the key."""
    return {"code": totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30))}
