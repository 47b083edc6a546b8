"""The pages about getting in and about one's settings, and their main states."""

from django.conf import settings
from playwright.sync_api import Page, expect

from hallway.accounts.actions import set_up_app
from hallway.accounts.factors import held_by
from hallway.accounts.models import Session
from hallway.outside.digest.writing import unsubscribe_url
from hallway.outside.models import Device
from hallway.people.models import Person
from tests.journeys import acting
from tests.journeys.furnishing import JOINING, STAYING
from tests.journeys.stop import WRONG, Stop
from tests.world import PASSWORD


def confirmed(page: Page) -> None:
    """Type the password where it is asked for, and come to the page of security."""
    page.locator("main [name=password]").fill(PASSWORD)
    page.locator("main .form .button").first.click()
    page.wait_for_url("**/settings/security")


def setting_up_app(page: Page) -> None:
    """Begin to set up an authenticator app."""
    confirmed(page)
    page.locator("[formaction$='/app/begin']").click()
    expect(page.locator(".secret-key")).to_be_visible()


def changing_address(page: Page) -> None:
    """Look at a change of address that is under way."""
    confirmed(page)
    page.locator("a[href$='/address']").click()
    expect(page.locator(".steps")).to_be_visible()


def adding_passkey(page: Page) -> None:
    """Begin to add a passkey."""
    confirmed(page)
    page.locator("a[href$='/passkeys/new']").click()
    expect(page.locator("passkey-form [name=name]")).to_be_visible()


def asked_for_code(page: Page) -> None:
    """Sign in as somebody who has a second step."""
    eve = Person.objects.get(handle="eve")
    if not held_by(eve).is_any:
        # As the house hashes it.
        eve.password = Person.objects.get(handle="ada").password
        eve.save(update_fields=["password"])
        set_up_app(eve, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    page.locator("[name=login]").fill(eve.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator(".form .button").first.click()
    expect(page.locator("[name=code]")).to_be_visible()


def told_here(page: Page) -> None:
    """Look at the devices that take pushes, among them this one."""
    for session in Session.objects.filter(person__handle="ada"):
        endpoint = f"https://push.example/{session.pk}"
        Device.objects.get_or_create(
            session=session, defaults={"person_id": session.person_id, "endpoint": endpoint}
        )
    page.reload()
    expect(page.locator(".row .badge")).to_be_visible()


OF_ACCOUNTS = [
    Stop("account_join", "blank", "/accounts/join", who=""),
    Stop(
        "account_join",
        "error",
        "/accounts/join",
        who="",
        act=acting.sent(shown=WRONG, email="a@b.example"),
    ),
    Stop("account_join_asked", "full", "/accounts/join/asked", who=""),
    Stop("account_join_link", "blank", f"/accounts/join/{JOINING}", who=""),
    Stop("account_settings", "full", "/settings", who="rita"),
    Stop("account_security", "full", "/settings/security"),
    Stop("account_confirm", "blank", "/settings/confirm"),
    Stop("account_confirm", "error", "/settings/confirm", act=acting.sent(shown=WRONG)),
    Stop("account_address", "under way", "/settings/confirm", act=changing_address),
    Stop("account_app", "blank", "/settings/confirm?next=/settings/security", act=setting_up_app),
    Stop("account_passkey_new", "blank", "/settings/confirm", act=adding_passkey),
    Stop("account_display", "full", "/settings/display"),
    Stop("account_sessions", "full", "/settings/sessions"),
    Stop("notifications:choices", "full", "/settings/notifications"),
    Stop("outside:mail", "full", "/settings/mail"),
    Stop(
        "outside:mail",
        "error",
        "/settings/mail",
        act=acting.sent("main form", WRONG, quiet_until=""),
    ),
    Stop("outside:devices", "none", "/settings/devices"),
    Stop("outside:devices", "full", "/settings/devices", act=told_here),
    Stop(
        "outside:unsubscribe",
        "asking",
        lambda company: unsubscribe_url(company.long.author).removeprefix(settings.BASE_URL),
        who="",
    ),
    Stop("account_change_password", "blank", "/accounts/password/change/"),
    Stop(
        "account_change_password",
        "error",
        "/accounts/password/change/",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_invitations", "full", "/accounts/invitations", who="rita"),
    Stop(
        "account_invitations",
        "error",
        "/accounts/invitations",
        who="rita",
        act=acting.sent(shown=WRONG),
    ),
    Stop("owndata:overview", "blank", "/settings/data"),
    Stop("owndata:overview", "ready", "/settings/data", who="ben"),
    Stop("owndata:overview", "waiting", "/settings/data", who="cleo"),
    Stop("owndata:overview", "refused", "/settings/data", who="gus"),
    Stop("owndata:leave", "blank", "/settings/data/delete"),
    Stop(
        "owndata:leave",
        "error",
        "/settings/data/delete",
        act=acting.sent("main form.form", shown=WRONG),
    ),
    Stop("owndata:leave-of", "going", "/accounts/people/dora/erase", who="rita"),
    Stop("owndata:left", "full", "/accounts/left", who=""),
    Stop("owndata:stay", "asking", f"/accounts/stay/{STAYING}", who=""),
    Stop("owndata:stay", "over", "/accounts/stay/unknown", who="", status=404),
    Stop("account_logout", "asking", "/accounts/logout/"),
    Stop("site:offline", "shown", "/offline", who=""),
    Stop("account_login", "blank", "/accounts/login/", who=""),
    Stop("account_login", "asked for", "/e/99999999", who=""),
    Stop("account_login", "error", "/accounts/login/", who="", act=acting.sent(shown=WRONG)),
    Stop("account_reset_password", "blank", "/accounts/password/reset/", who=""),
    Stop(
        "account_reset_password",
        "error",
        "/accounts/password/reset/",
        who="",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_reset_password_done", "full", "/accounts/password/reset/done/", who=""),
    Stop(
        "account_reset_password_from_key",
        "blank",
        lambda company: f"/accounts/password/reset/key/{company.resetting}/",
        who="",
    ),
    Stop(
        "account_reset_password_from_key",
        "over",
        "/accounts/password/reset/key/unknown/",
        who="",
        status=404,
    ),
    Stop(
        "account_invitation",
        "error",
        lambda company: f"/accounts/invitation/{company.invited}",
        who="",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_invitation", "over", "/accounts/invitation/unknown", who="", status=404),
    Stop(
        "account_address_answer",
        "asking",
        lambda company: f"/accounts/address/{company.moving}",
        who="",
    ),
    Stop("account_address_answer", "over", "/accounts/address/unknown", who="", status=404),
    Stop("account_first", "blank", lambda company: f"/accounts/first/{company.first}", who=""),
    Stop(
        "account_first",
        "error",
        lambda company: f"/accounts/first/{company.first}",
        who="",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_first", "over", "/accounts/first/unknown", who="", status=404),
    # The last at the door, since that is where the browser goes from now on.
    Stop("mfa_authenticate", "blank", "/accounts/login/", who="", act=asked_for_code),
]
