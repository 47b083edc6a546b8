"""The pages about getting in and about one's settings, and their main states."""

from tests.journeys import acting
from tests.journeys.stop import WRONG, Stop

OF_ACCOUNTS = [
    Stop("account_settings", "full", "/settings", who="rita"),
    Stop("account_security", "full", "/settings/security"),
    Stop("account_display", "full", "/settings/display"),
    Stop("account_sessions", "full", "/settings/sessions"),
    Stop("notifications:choices", "full", "/settings/notifications"),
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
    Stop("account_logout", "asking", "/accounts/logout/"),
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
    Stop("account_first", "blank", lambda company: f"/accounts/first/{company.first}", who=""),
    Stop(
        "account_first",
        "error",
        lambda company: f"/accounts/first/{company.first}",
        who="",
        act=acting.sent(shown=WRONG),
    ),
    Stop("account_first", "over", "/accounts/first/unknown", who="", status=404),
]
