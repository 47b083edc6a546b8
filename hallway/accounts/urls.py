"""Addresses about access; those of allauth's pages that are in use keep its names."""

from allauth.account.views import logout
from django.urls import path, re_path

from hallway.accounts.views import (
    address,
    app,
    confirming,
    door,
    invitations,
    leaving,
    links,
    new_passkey,
    second_step,
    security,
    settings,
)
from hallway.people.models.person import HANDLE

PERSON = rf"^accounts/people/(?P<handle>{HANDLE})/"

urlpatterns = [
    path("accounts/login/", door.SignIn.as_view(), name="account_login"),
    path("accounts/logout/", logout, name="account_logout"),
    path("accounts/second-step", second_step.step, name="mfa_authenticate"),
    path("accounts/passkey", second_step.sign_in, name="account_passkey"),
    path("accounts/passkey/options", second_step.options, name="account_passkey_options"),
    path("accounts/language", door.language, name="account_language"),
    path("accounts/password/reset/", door.reset, name="account_reset_password"),
    path("accounts/password/reset/done/", door.reset_asked, name="account_reset_password_done"),
    path(
        "accounts/password/reset/key/<str:token>/",
        links.reset,
        name="account_reset_password_from_key",
    ),
    path("accounts/password/change/", settings.password, name="account_change_password"),
    path("accounts/join", door.join, name="account_join"),
    path("accounts/join/asked", door.join_asked, name="account_join_asked"),
    path("accounts/join/<str:token>", links.join, name="account_join_link"),
    path("accounts/invitation/<str:token>", links.invitation, name="account_invitation"),
    path("accounts/address/<str:token>", address.answer, name="account_address_answer"),
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
    re_path(PERSON + "reset-factors$", leaving.reset_factors, name="account_reset_factors"),
    path("settings", settings.overview, name="account_settings"),
    path("settings/security", security.security, name="account_security"),
    path("settings/confirm", confirming.confirm, name="account_confirm"),
    path("settings/security/address", address.address, name="account_address"),
    path("settings/security/address/withdraw", address.withdraw, name="account_withdraw_address"),
    path("settings/security/app", app.app, name="account_app"),
    path("settings/security/app/begin", app.begin, name="account_app_begin"),
    path("settings/security/app/qr", app.qr, name="account_app_qr"),
    path("settings/security/codes", security.codes, name="account_codes"),
    path("settings/security/factors/<int:number>/remove", security.remove, name="account_remove"),
    path("settings/security/passkeys/new", new_passkey.new, name="account_passkey_new"),
    path("settings/security/passkeys/ask", new_passkey.ask, name="account_passkey_ask"),
    path("settings/display", settings.display, name="account_display"),
    path("settings/theme", settings.theme, name="account_theme"),
    path("settings/sessions", settings.sessions, name="account_sessions"),
    path("settings/sessions/end-others", settings.end_others, name="account_end_others"),
    path("settings/sessions/<str:handle>/end", settings.end_one, name="account_end_session"),
]
