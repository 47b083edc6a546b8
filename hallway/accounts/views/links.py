"""Pages behind links from mails: choose a password and be in. Opening one changes nothing."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hallway.accounts import actions
from hallway.accounts.actions import (
    LinkUsed,
    Refused,
    begin_first,
    choose_password,
    has_administrator,
)
from hallway.accounts.forms import FirstForm, JoinForm, NewPasswordForm
from hallway.accounts.models import FirstLink, Invitation, JoinLink, ResetLink
from hallway.company.present import company
from hallway.people.models import Person


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation by choosing a password."""
    return _choose(request, Invitation.living(token), "invitation")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a new password in place of a forgotten one."""
    return _choose(request, ResetLink.living(token), "reset")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Create the first administrator."""
    link = FirstLink.living(token)
    if link is None or has_administrator():
        return over(request, "first")
    form = FirstForm(request.POST or None, person=Person())
    if request.method != "POST" or not form.is_valid():
        return _page(request, "accounts/first.html", form)
    given = {name: form.cleaned_data[name] for name in ("email", "name", "password")}
    try:
        person = begin_first(link, language=translation.get_language() or "en", **given)
    except LinkUsed:
        return over(request, "first")
    except Refused as refused:
        form.add_error("email", str(refused.words))
        return _page(request, "accounts/first.html", form)
    return _welcome(request, person)


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Join, as somebody whose address the company lets in."""
    link = JoinLink.living(token)
    if link is None or not company().admits(link.address):
        return over(request, "join")
    speak(request, company().speaks(link.language))
    form = JoinForm(request.POST or None, person=Person(email=link.address))
    if request.method != "POST" or not form.is_valid():
        return _page(request, "accounts/joining.html", form)
    given = {name: form.cleaned_data[name] for name in ("name", "password")}
    try:
        person = actions.join(link, **given)
    except LinkUsed:
        return over(request, "join")
    return _welcome(request, person)


def _choose(request: HttpRequest, link: Invitation | ResetLink | None, kind: str) -> HttpResponse:
    if link is None or link.person is None:
        return over(request, kind)
    speak(request, link.person.language)
    form = NewPasswordForm(request.POST or None, person=link.person)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "accounts/choose_password.html", form, kind)
    try:
        person = choose_password(link, form.cleaned_data["password"])
    except LinkUsed:
        return over(request, kind)
    return _welcome(request, person)


def speak(request: HttpRequest, language: str) -> None:
    """Have the page speak the language of whom the link was sent to."""
    translation.activate(language)
    request.LANGUAGE_CODE = language


def _page(request: HttpRequest, name: str, form: NewPasswordForm, kind: str = "") -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "kind": kind, "person": form.person}
    return private(render(request, name, context, status=status))


def over(request: HttpRequest, kind: str) -> HttpResponse:
    """The answer to a link of this kind that opens nothing."""
    # One page for unknown, used and expired links: it tells nobody which of them it was.
    return private(render(request, "accounts/link_over.html", {"kind": kind}, status=404))


def private(response: HttpResponse) -> HttpResponse:
    """Let nobody learn the address of the page that is answered with."""
    # The address of the page is the key, so it is told to nobody, not even to our own log.
    response.headers["Referrer-Policy"] = "no-referrer"
    response._has_been_logged = True  # type: ignore[attr-defined]
    response.headers["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    return response


def _welcome(request: HttpRequest, person: Person) -> HttpResponse:
    # As after typing it, so that whoever has a second factor is asked for it here as well.
    response: HttpResponse = perform_password_login(request, {}, Login(user=person))
    return response
