"""Addresses about access; those of allauth's pages that are in use keep its names."""

from allauth.account.views import logout
from django.urls import path, re_path

from hallway.accounts.views import door, invitations, leaving, links, settings
from hallway.people.models.person import HANDLE

PERSON = rf"^accounts/people/(?P<handle>{HANDLE})/"

urlpatterns = [
    path("accounts/login/", door.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/language", door.language, name="account_language"),
    path("accounts/password/reset/", door.reset, name="account_reset_password"),
    path("accounts/password/reset/done/", door.reset_asked, name="account_reset_password_done"),
    path(
        "accounts/password/reset/key/<str:token>/",
        links.reset,
        name="account_reset_password_from_key",
    ),
    path("accounts/password/change/", settings.password, name="account_change_password"),
    path("accounts/invitation/<str:token>", links.invitation, name="account_invitation"),
    path("accounts/first/<str:token>", links.first, name="account_first"),
    path("accounts/invitations", invitations.invitations, name="account_invitations"),
    path("accounts/invitations/<int:number>/resend", invitations.resend, name="account_resend"),
    path(
        "accounts/invitations/<int:number>/withdraw",
        invitations.take_back,
        name="account_withdraw",
    ),
    re_path(PERSON + "deactivate$", leaving.deactivate, name="account_deactivate"),
    re_path(PERSON + "reactivate$", leaving.reactivate, name="account_reactivate"),
    path("settings", settings.overview, name="account_settings"),
    path("settings/security", settings.security, name="account_security"),
    path("settings/display", settings.display, name="account_display"),
    path("settings/sessions", settings.sessions, name="account_sessions"),
    path("settings/sessions/end-others", settings.end_others, name="account_end_others"),
    path("settings/sessions/<str:handle>/end", settings.end_one, name="account_end_session"),
]
